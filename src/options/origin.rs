//! Addresses an agency writes down.

use crate::domain::normalise::split_before;

/// Whether an address is encrypted.
#[must_use]
pub fn is_secure(url: &str) -> bool {
    url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty())
}

/// Whether an address is plain http on this machine: a developer's own, where nothing needs to be encrypted.
#[must_use]
pub fn is_local(url: &str) -> bool {
    let host = url.strip_prefix("http://").map(|rest| split_before(rest, "/:?#").0);
    matches!(host, Some("localhost" | "127.0.0.1"))
}

/// Whether this is an origin exactly as browsers write one: scheme, host in small letters, and a port unless it is the usual one. No path,
/// no slash at the end, no placeholder. Permissions are compared with it letter by letter, so another spelling would silently grant nothing.
#[must_use]
pub fn is_exact(origin: &str) -> bool {
    let (rest, usual) = match origin.strip_prefix("https://") {
        Some(rest) => (rest, "443"),
        None if is_local(origin) => (&origin["http://".len()..], "80"),
        None => return false,
    };
    let (host, port) = split_before(rest, ":");
    // The beginning and the end count as dots: none may be beside another.
    let mut before = b'.';
    for byte in host.bytes().chain([b'.']) {
        if !(matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-') || (byte == b'.' && before != b'.')) {
            return false;
        }
        before = byte;
    }
    // A port that is spelt as itself, and is not the usual one.
    let port = port.strip_prefix(':').unwrap_or("1").as_bytes();
    // Of two numbers as long as each other the larger is also the later word.
    let is_port = port.len() < 5 || port.len() == 5 && port <= b"65535";
    is_port && port != usual.as_bytes() && !matches!(port, [] | [b'0', ..]) && port.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_would_write_is_an_origin() {
        for good in [
            "https://acente.example",
            "https://www.acente.example",
            "https://acente.example:8443",
            "https://acente.example:65535",
            "https://acente.example:1",
            "https://xn--ornek-9ya.example",
            "http://localhost",
            "http://localhost:8800",
            "http://127.0.0.1:8800",
        ] {
            assert!(is_exact(good), "{good}");
        }
        for bad in [
            "",
            "https://",
            "acente.example",
            "http://acente.example",
            "https://acente.example/",
            "https://acente.example/kasko",
            "https://acente.example?x",
            "https://acente.example#x",
            "https://*.acente.example",
            "https://*",
            "*",
            "null",
            "https://Acente.example",
            "HTTPS://acente.example",
            "https://örnek.example",
            "https://user@acente.example",
            "https://acente.example:443",
            "http://localhost:80",
            "https://acente.example:",
            "https://acente.example:0",
            "https://acente.example:08443",
            "https://acente.example:+8443",
            "https://acente.example:8443:1",
            "https://acente.example:84 43",
            "https://acente.example:99999",
            "https://acente.example:65536",
            "https://acente.example:100000",
            "https://acente.example.",
            "https://.acente.example",
            "https://acente..example",
            " https://acente.example",
            "https://acente.example ",
            "http://localhost.evil.example",
        ] {
            assert!(!is_exact(bad), "{bad}");
        }
    }
}
