//! `GET /__sandbox/ledger`

use axum::Json;
use axum::extract::State;
use serde_json::Value;

use crate::sandbox::Sandbox;

/// Everything the API was asked, and what came of it.
pub(crate) async fn ledger(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(sandbox.ledger())
}
