//! The way to the payment page, which some banks lead through several addresses.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::model::attempt::{Detour, State as AttemptState};
use crate::pay::act::callback;
use crate::pay::page::page;
use crate::sandbox::Sandbox;

/// Where a detour that has an end comes to it.
const LAST: u32 = 5;

/// The address that the API gave.
pub(super) async fn begin(State(sandbox): State<Sandbox>, Path(attempt_id): Path<String>) -> Response {
    let world = sandbox.world();
    if world.detour == Detour::None { page(&world, &attempt_id) } else { on(station(&attempt_id, 1)) }
}

/// A station of a detour.
pub(super) async fn pass(State(sandbox): State<Sandbox>, Path((attempt_id, at)): Path<(String, u32)>) -> Response {
    let world = sandbox.world();
    if world.detour == Detour::Endless || at < LAST {
        return on(station(&attempt_id, at.saturating_add(1)));
    }
    match world.attempts.iter().find(|attempt| attempt.id == attempt_id) {
        // Nobody has paid.
        Some(attempt) if world.detour == Detour::ToReturn => on(callback(attempt, AttemptState::Approved)),
        _ => page(&world, &attempt_id),
    }
}

fn station(attempt_id: &str, at: u32) -> String {
    format!("/gecis/{attempt_id}/{at}")
}

fn on(location: String) -> Response {
    let headers =
        [(header::LOCATION, location), (header::REFERRER_POLICY, "no-referrer".to_owned()), (header::CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::FOUND, headers).into_response()
}
