//! What the browser's console said.

use serde_json::Value;

/// One line of the console.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) source: String,
    pub(crate) text: String,
}

impl Message {
    pub(crate) fn read(entry: &Value) -> Self {
        let text = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        Self { source: text("source"), text: text("message") }
    }

    /// Chromium itself says of each answer with an error status that there was one, and of each that never came or broke off. Only
    /// where the journey wanted it, that is in order.
    pub(crate) fn is_expected(&self, provoked: &[(u16, &str)]) -> bool {
        let (url, said) = self.text.split_once(" - ").unwrap_or((&self.text, ""));
        let said_of = |status: u16| if status == 0 { said.contains("net::ERR_") } else { said.contains(&format!("status of {status} ")) };
        self.source == "network"
            && provoked.iter().any(|(status, path)| url.split(['?', '#']).next().is_some_and(|url| is_at(url, path)) && said_of(*status))
    }
}

/// Whether an address ends with this path; a `*` at its end stands for one segment.
pub(crate) fn is_at(url: &str, path: &str) -> bool {
    match path.strip_suffix('*') {
        Some(folder) => url.rsplit_once('/').is_some_and(|(before, _)| format!("{before}/").ends_with(folder)),
        None => url.ends_with(path),
    }
}

#[test]
fn lets_through_only_the_status_that_was_provoked() {
    let text = "http://localhost:1/api/auth/customer/verify-mfa - Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)";
    let message = Message { source: "network".to_owned(), text: text.to_owned() };
    assert!(message.is_expected(&[(422, "/verify-mfa")]));
    assert!(!message.is_expected(&[(404, "/verify-mfa")]));
    assert!(!message.is_expected(&[(422, "/login")]));
    assert!(!message.is_expected(&[(0, "/verify-mfa")]));
    assert!(!Message { source: "javascript".to_owned(), ..message }.is_expected(&[(422, "/verify-mfa")]));
    let text = "http://localhost:1/api/proposals/a1 - Failed to load resource: net::ERR_INTERNET_DISCONNECTED";
    let cut = Message { source: "network".to_owned(), text: text.to_owned() };
    assert!(cut.is_expected(&[(0, "/proposals/*")]));
    assert!(!cut.is_expected(&[(0, "/proposals")]));
    assert!(!cut.is_expected(&[(200, "/proposals/*")]));
}
