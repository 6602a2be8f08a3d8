//! Writes each request into the ledger, unknown ones too.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::json;

use crate::error::NoSuchEndpoint;
use crate::middleware::ledger::List;
use crate::middleware::{faults, trace};
use crate::sandbox::Sandbox;

/// Requests under this prefix steer the sandbox and are no part of the record.
pub(crate) const CONTROL: &str = "/__sandbox";

/// Opens an entry, lets the request through, closes the entry.
pub(crate) async fn record(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Response {
    let path = without_api(request.uri().path()).to_owned();
    if path.starts_with(CONTROL) {
        return next.run(request).await;
    }
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map(|matched| without_api(matched.as_str()).to_owned());
    let origin = request.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).map(str::to_owned);
    let number = {
        let mut world = sandbox.world();
        let now = world.clock.now();
        world.ledger.begin(now, &method, route.as_deref(), &path, origin.as_deref())
    };
    trace::scope(number, path.clone(), async {
        let response = next.run(request).await;
        let dropped = response.extensions().get::<faults::Dropped>().is_some();
        let status = if dropped { 0 } else { response.status().as_u16() };
        let mut world = sandbox.world();
        world.ledger.end(number, status);
        let unknown = response.extensions().get::<NoSuchEndpoint>().is_some() || response.status() == StatusCode::METHOD_NOT_ALLOWED;
        if unknown && method != "OPTIONS" {
            let now = world.clock.now();
            world.ledger.note(List::UnknownRoutes, now, json!({ "method": method, "path": path }));
        }
        response
    })
    .await
}

/// Both prefixes of the API lead to the same place.
pub(crate) fn without_api(path: &str) -> &str {
    path.strip_prefix("/api").filter(|rest| rest.starts_with('/')).unwrap_or(path)
}
