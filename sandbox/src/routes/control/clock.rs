//! `GET|POST /__sandbox/clock`

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::body::Body;
use crate::clock::{Clock, iso, parse_iso};
use crate::error::AppError;
use crate::sandbox::Sandbox;

/// What time it is here.
pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(to_json(sandbox.world().clock))
}

/// Moves on by `advanceMs`, or to `now`: an ISO instant or milliseconds since 1970. `frozen` stops the clock or lets it run.
pub(crate) async fn set(State(sandbox): State<Sandbox>, body: Body) -> Result<Json<Value>, AppError> {
    let by = body.get("advanceMs").and_then(Value::as_i64);
    let to = body.get("now").and_then(|now| now.as_i64().or_else(|| parse_iso(now.as_str()?)));
    let clock = &mut sandbox.world().clock;
    // First, so that it stands at the very millisecond asked for and not at one a little later.
    if let Some(frozen) = body.get("frozen").and_then(Value::as_bool) {
        clock.freeze(frozen);
    }
    match (by, to) {
        (Some(by), None) => clock.advance(by),
        (None, Some(to)) => clock.set(to),
        (None, None) if body.get("frozen").is_some() => {}
        _ => return Err(AppError::malformed("advanceMs", "either `advanceMs` or `now` is needed, or `frozen`")),
    }
    Ok(Json(to_json(*clock)))
}

fn to_json(clock: Clock) -> Value {
    json!({ "now": iso(clock.now()), "offsetMs": clock.offset(), "frozen": clock.is_frozen() })
}
