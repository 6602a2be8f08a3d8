//! Faults on demand: late answers, wrong answers, half an answer, no answer, and answers lost after the deed is done.

mod body;
mod fault;

use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

pub use fault::Fault;
pub(crate) use fault::nonsense;

use crate::caller::bearer;
use crate::error::AppError;
use crate::listener::Cut;
use crate::middleware::faults::fault::matches;
use crate::middleware::record::{CONTROL, without_api};
use crate::model::session::Bearer;
use crate::sandbox::Sandbox;
use crate::scenarios::{self, Chosen, Effect};

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
