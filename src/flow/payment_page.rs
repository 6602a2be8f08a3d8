//! The address of the page on which the customer pays: nothing a server says is opened unread (`security.md` T-21).

use crate::domain::normalise::{has, small, split_before};

/// Where the customer pays.
#[derive(Debug, Clone)]
pub(super) struct PaymentPage {
    pub(super) url: String,
    pub(super) host: String,
}

/// Reads the address of a payment page as the flow does before it shows one: the address and its host, if a customer may be sent there.
/// `local` also allows plain http on this machine.
#[must_use]
pub fn payment_page(url: &str, local: bool) -> Option<(String, String)> {
    PaymentPage::checked(url, local).map(|page| (page.url, page.host))
}

impl PaymentPage {
    /// Reads the address of a payment page: https, a host, no user name, nothing invisible. `local` also allows plain http on this machine.
    pub(super) fn checked(url: &str, local: bool) -> Option<Box<Self>> {
        let clean = url.len() <= 4096 && url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '\\' | '<' | '>' | '"' | '`'));
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://").filter(|_| local))?;
        let (authority, _) = split_before(rest, "/?#");
        let host = authority.bytes().rposition(|byte| byte == b':').map_or(authority, |colon| &authority[..colon]);
        let port = authority.strip_prefix(host)?.strip_prefix(':');
        // A browser drops zeros in front, and reads a host whose last part begins with a digit as an address in one of many spellings:
        // what is shown would not be where the customer goes.
        let good_port =
            port.is_none_or(|port| !port.starts_with('0') && port.bytes().all(|b| b.is_ascii_digit()) && small::<u16>(port).is_some());
        let last = host.bytes().rposition(|byte| byte == b'.').and_then(|dot| host.as_bytes().get(dot + 1));
        let this_machine = matches!(host, "localhost" | "127.0.0.1");
        let good_host = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
            && !matches!(host.bytes().next(), None | Some(b'.' | b'-'))
            && !has(host, "..")
            && (last.is_some_and(u8::is_ascii_alphabetic) || (local && this_machine));
        let encrypted = url.starts_with("https://") || this_machine;
        (clean && good_host && good_port && encrypted).then(|| Box::new(Self { url: url.to_owned(), host: shown(authority) }))
    }
}

/// As a browser spells it.
fn shown(authority: &str) -> String {
    authority.strip_suffix(":443").unwrap_or(authority).to_ascii_lowercase()
}
