//! Faults on demand: late answers, wrong answers, half an answer, no answer, and answers lost after the deed is done.

mod body;

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::caller::bearer;
use crate::error::AppError;
use crate::listener::Cut;
use crate::middleware::record::{CONTROL, without_api};
use crate::model::session::Bearer;
use crate::sandbox::Sandbox;
use crate::scenarios::{self, Chosen, Effect};

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

/// Marks an answer that never left.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dropped;

/// Spoils the request if a fault is waiting for it.
pub(crate) async fn spoil(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Response {
    let path = without_api(request.uri().path()).to_owned();
    if path.starts_with(CONTROL) || request.method() == Method::OPTIONS {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let chosen = match choose(&sandbox, &parts) {
        Ok(chosen) => chosen,
        Err(error) => return error.into_response(),
    };
    parts.extensions.insert(chosen);
    let fault = take(&sandbox, parts.method.as_str(), &path).or_else(|| of_scenario(&sandbox, chosen, parts.method.as_str(), &path));
    let request = Request::from_parts(parts, body);
    match fault {
        Some(fault) => play(&fault, request, next).await,
        None => next.run(request).await,
    }
}

/// The scenarios of a request, as far as they can be told before its body is read.
fn choose(sandbox: &Sandbox, parts: &Parts) -> Result<Chosen, AppError> {
    let header = match parts.headers.get(scenarios::HEADER) {
        None => None,
        Some(name) => {
            let name = name.to_str().unwrap_or_default();
            let unknown = || AppError::malformed("X-Sandbox-Scenario", &format!("`{name}` is no scenario; `--help` lists them"));
            Some(scenarios::by_name(name).ok_or_else(unknown)?)
        }
    };
    let world = sandbox.world();
    let chosen = Chosen::new(header, world.scenario);
    let Some(token) = bearer(parts) else { return Ok(chosen) };
    let Bearer::Live { customer_id, .. } = world.sessions.bearer(token, world.clock.now()) else { return Ok(chosen) };
    Ok(world.customer(&customer_id).map_or(chosen, |customer| chosen.with_person(&customer.identity)))
}

/// What the request's scenario does to its answer.
fn of_scenario(sandbox: &Sandbox, chosen: Chosen, method: &str, path: &str) -> Option<Fault> {
    let (name, fault) = chosen.scenarios().find_map(|scenario| {
        let Effect::Spoilt(routes) = scenario.effect else { return None };
        let (route, spoil) = routes.iter().find(|(route, _)| matches(route, method, path))?;
        Some((scenario.name, spoil.fault(route)))
    })?;
    sandbox.world().ledger.spoilt(&format!("scenario {name}"));
    Some(fault)
}

/// Answers as the fault has it.
async fn play(fault: &Fault, request: Request, next: Next) -> Response {
    let cut = request.extensions().get::<ConnectInfo<Cut>>().map(|info| info.0.clone());
    let replaces = fault.drop || fault.html || fault.status.is_some() || fault.body.is_some();
    let answer = if fault.after || !replaces {
        // The effect comes first even when the client hangs up during the delay.
        let answer = next.run(request).await;
        wait(fault).await;
        Some(answer)
    } else {
        wait(fault).await;
        None
    };
    let answer = match answer {
        Some(answer) if !replaces => answer,
        _ if fault.drop => return dropped(cut),
        _ => instead(fault),
    };
    body::spoilt(with_headers(answer, fault), fault).await
}

/// The first fault waiting for this request, used up by one.
fn take(sandbox: &Sandbox, method: &str, path: &str) -> Option<Fault> {
    let mut world = sandbox.world();
    for fault in world.faults.iter_mut().filter(|fault| fault.times > 0 && matches(&fault.route, method, path)) {
        if fault.skip > 0 {
            fault.skip -= 1;
            continue;
        }
        fault.times -= 1;
        let taken = fault.clone();
        world.ledger.spoilt(&taken.route);
        world.faults.retain(|fault| fault.times > 0);
        return Some(taken);
    }
    None
}

fn matches(route: &str, method: &str, path: &str) -> bool {
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

async fn wait(fault: &Fault) {
    if let Some(ms) = fault.delay_ms {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

fn instead(fault: &Fault) -> Response {
    let status = fault.status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK);
    if fault.html {
        let mut page = body::page();
        *page.status_mut() = status;
        return page;
    }
    let (body, kind) = match &fault.body {
        None => (String::new(), None),
        Some(Value::String(text)) => (text.clone(), Some("text/plain; charset=utf-8")),
        Some(json) if status.as_u16() >= 400 => (json.to_string(), Some("application/problem+json")),
        Some(json) => (json.to_string(), Some("application/json")),
    };
    let mut response = (status, Body::from(body)).into_response();
    if let Some(kind) = fault.content_type.as_deref().or(kind).and_then(|kind| HeaderValue::from_str(kind).ok()) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}

fn with_headers(mut response: Response, fault: &Fault) -> Response {
    for (name, value) in &fault.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The connection refuses to carry anything from here on, so this answer never leaves.
fn dropped(cut: Option<Cut>) -> Response {
    if let Some(cut) = cut {
        cut.now();
    }
    let mut response = StatusCode::BAD_GATEWAY.into_response();
    response.extensions_mut().insert(Dropped);
    response
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
