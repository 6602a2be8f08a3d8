//! What a fault is, and which requests it means.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::middleware::record::without_api;

/// How the next answers of a route go wrong. Faults are looked up in the order they were added.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// Method and path without `/api`; a segment `*` or `{anything}` stands for any, and a last one `**` for
    /// all that may follow: `GET /proposals/{id}`.
    pub route: String,
    /// How many requests it spoils.
    #[serde(default = "once")]
    pub times: u32,
    /// How many requests it lets pass first.
    #[serde(default)]
    pub skip: u32,
    /// Waits this long before it does anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    /// Answers with this status instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Answers with this body: a string as it is, anything else as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// The content type of that body; problem+json for JSON bodies of an error status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Further headers of the answer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Answers with an HTML page, as proxies do, and with status 200 unless another is given.
    #[serde(default)]
    pub html: bool,
    /// Ends the body early and cuts the connection: below 1 after that share of it, otherwise after so many bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub truncate: Option<f64>,
    /// Sends the body in pieces, and waits so long before each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drip_ms: Option<u64>,
    /// How large such a piece is, in bytes; 1 unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drip_bytes: Option<usize>,
    /// Cuts the connection without an answer.
    #[serde(default)]
    pub drop: bool,
    /// Lets the request take effect first, and only then goes wrong.
    #[serde(default)]
    pub after: bool,
}

const fn once() -> u32 {
    1
}

impl Default for Fault {
    /// A fault of no route that spoils one request.
    fn default() -> Self {
        Self {
            route: String::new(),
            times: once(),
            skip: 0,
            delay_ms: None,
            status: None,
            body: None,
            content_type: None,
            headers: BTreeMap::new(),
            html: false,
            truncate: None,
            drip_ms: None,
            drip_bytes: None,
            drop: false,
            after: false,
        }
    }
}

/// Whether a fault of `route` means this request.
pub(super) fn matches(route: &str, method: &str, path: &str) -> bool {
    let Some((wanted, pattern)) = route.split_once(' ') else { return false };
    let pattern: Vec<&str> = without_api(pattern.trim()).trim_matches('/').split('/').collect();
    let path: Vec<&str> = path.trim_matches('/').split('/').collect();
    let (pattern, path) = match pattern.split_last() {
        Some((&"**", front)) => (front.to_vec(), path.into_iter().take(front.len()).collect()),
        _ => (pattern, path),
    };
    let any = |segment: &str| segment == "*" || (segment.starts_with('{') && segment.ends_with('}'));
    (wanted == "*" || wanted.eq_ignore_ascii_case(method))
        && pattern.len() == path.len()
        && pattern.iter().zip(path).all(|(pattern, segment)| any(pattern) || *pattern == segment)
}

/// What a fault cannot be; nothing when it makes sense.
pub(crate) fn nonsense(fault: &Fault) -> Option<(&'static str, String)> {
    if !fault.route.contains(' ') {
        return Some(("route", format!("`{}` is no method and path, like `GET /proposals/*`", fault.route)));
    }
    let cut = fault.truncate.is_some_and(|wanted| wanted < 0.0);
    cut.then(|| ("truncate", "a share below 1, or a number of bytes".to_owned()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn finds_the_route_of_a_fault() {
        for (route, method, path, expected) in [
            ("POST /proposals", "POST", "/proposals", true),
            ("POST /api/proposals", "POST", "/proposals", true),
            ("GET /proposals/{id}", "GET", "/proposals/65f0", true),
            ("GET /proposals/*/products/*/document", "GET", "/proposals/1/products/2/document", true),
            ("* /proposals", "DELETE", "/proposals", true),
            ("* /**", "GET", "/customers/me", true),
            ("POST /proposals/**", "POST", "/proposals/1/products/2/retry", true),
            ("POST /proposals/**", "POST", "/customers/1", false),
            ("GET /proposals", "POST", "/proposals", false),
            ("GET /proposals/{id}", "GET", "/proposals/1/products", false),
            ("proposals", "GET", "/proposals", false),
        ] {
            assert_eq!(super::matches(route, method, path), expected, "{route} {method} {path}");
        }
    }
}
