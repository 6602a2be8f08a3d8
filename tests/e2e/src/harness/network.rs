//! What went over the network, of all windows, as the browser logs it.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::{Value, json};

use super::browser::Browser;

/// Requests and answers so far.
#[derive(Debug, Default)]
pub(crate) struct Network {
    pub(crate) requests: Vec<Request>,
    pub(crate) responses: Vec<Response>,
    read: BTreeSet<String>,
}

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) url: String,
    pub(crate) headers: Value,
    pub(crate) body: String,
    /// What asked, as DevTools call it: `Document` for a window or a frame.
    pub(crate) kind: String,
}

/// The head of an answer.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    id: String,
    pub(crate) url: String,
    pub(crate) headers: Value,
    kind: String,
}

impl Network {
    /// Takes in the browser's log.
    pub(crate) fn take(&mut self, entries: &[Value]) {
        for entry in entries {
            let Some(message) = entry["message"].as_str().and_then(|text| serde_json::from_str::<Value>(text).ok()) else { continue };
            let (method, parameters) = (&message["message"]["method"], &message["message"]["params"]);
            match method.as_str() {
                Some("Network.requestWillBeSent") => {
                    // A redirect's answer has no event of its own.
                    if parameters["redirectResponse"].is_object() {
                        self.responses.push(Response::read(parameters, &parameters["redirectResponse"]));
                    }
                    let request = &parameters["request"];
                    self.requests.push(Request {
                        url: format!("{}{}", text(&request["url"]), text(&request["urlFragment"])),
                        headers: request["headers"].clone(),
                        body: text(&request["postData"]),
                        kind: text(&parameters["type"]),
                    });
                }
                Some("Network.responseReceived") => self.responses.push(Response::read(parameters, &parameters["response"])),
                _ => {}
            }
        }
    }

    /// Answers about tokens whose content was not read yet.
    pub(crate) fn unread_tokens(&mut self) -> Vec<Response> {
        const PATHS: [&str; 3] = ["/login-or-register", "/verify-mfa", "/refresh"];
        let is_new = |response: &&Response| {
            response.kind != "Preflight" && PATHS.iter().any(|path| response.url.ends_with(path)) && self.read.insert(response.id.clone())
        };
        self.responses.iter().filter(is_new).cloned().collect()
    }
}

impl Response {
    fn read(parameters: &Value, response: &Value) -> Self {
        Self {
            id: text(&parameters["requestId"]),
            url: text(&response["url"]),
            headers: response["headers"].clone(),
            kind: text(&parameters["type"]),
        }
    }

    /// A header, whatever the case of its name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.as_object()?.iter().find(|(of, _)| of.eq_ignore_ascii_case(name))?.1.as_str()
    }

    /// The content, while the window that asked is the one of the moment.
    pub(crate) async fn body(&self, browser: &Browser) -> Result<Value> {
        let answer = browser.devtools("Network.getResponseBody", json!({ "requestId": self.id })).await?;
        Ok(serde_json::from_str(answer["body"].as_str().unwrap_or("null"))?)
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
