//! Links to documents.

use std::fmt;

use crate::domain::normalise::{split_before, trim};
use crate::json::{DecodeError, Value};

/// Where a document can be opened for a short time: an `https` address, or `http` on this machine.
///
/// The address alone opens the document, so it is not for logs.
#[derive(Clone, PartialEq, Eq)]
pub struct DocumentUrl(String);

impl DocumentUrl {
    /// Takes an address a browser may be sent to.
    pub fn parse(url: &str) -> Option<Self> {
        let url = trim(url);
        // A browser drops control characters and reads a backslash as a slash, so none may take part in the checks below.
        if url.chars().any(|c| c.is_control() || c.is_ascii_whitespace() || c == '\\') {
            return None;
        }
        let (scheme, rest) = split_before(url, ":");
        let (authority, _) = split_before(rest.strip_prefix("://")?, "/?#");
        let (host, port) = split_before(authority, ":");
        let port = port.strip_prefix(':').unwrap_or("");
        let is_here = matches!(host, "localhost" | "127.0.0.1");
        let is_allowed = scheme.eq_ignore_ascii_case("https") || (scheme.eq_ignore_ascii_case("http") && is_here);
        let is_plain = !host.is_empty() && !authority.contains('@') && port.bytes().all(|byte| byte.is_ascii_digit());
        (is_allowed && is_plain).then(|| Self(url.to_owned()))
    }

    /// Takes the address of a file that the browser holds, as it gave it.
    pub fn of_file(url: &str) -> Option<Self> {
        url.starts_with("blob:").then(|| Self(url.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads `{ url }`, or the bare address.
    pub(super) fn decode(body: &Value) -> Result<Self, DecodeError> {
        let url = body.as_text().or_else(|| body.field("url").as_text());
        url.and_then(Self::parse).ok_or(DecodeError { path: "url" })
    }
}

impl fmt::Debug for DocumentUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentUrl(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_https_and_this_machine_only() {
        for url in [
            "https://files.example/offer.pdf?sig=a%2Bb",
            "HTTPS://files.example",
            "https://files.example:8443/x",
            "http://localhost:8080/x",
            "http://127.0.0.1/x",
            " https://files.example/x ",
        ] {
            assert!(DocumentUrl::parse(url).is_some(), "{url}");
        }
        for url in [
            "",
            "http://files.example/x",
            "http://localhost.evil.example/x",
            "http://127.0.0.1.evil.example/",
            "javascript:alert(1)",
            "java\nscript://x",
            "data:text/html,x",
            "//files.example/x",
            "/x",
            "https://",
            "https:///x",
            "https://user@files.example/x",
            "https://files.example\\@evil.example/",
            "http://localhost:80@evil.example/",
            "blob:https://files.example/1",
            "https:files.example",
            "https://files.example:x/",
            "ftp://localhost/x",
        ] {
            assert!(DocumentUrl::parse(url).is_none(), "{url}");
        }
    }
}
