//! `GET /__sandbox/sms`

use axum::Json;
use axum::extract::State;

use crate::model::challenge::Sms;
use crate::sandbox::Sandbox;

/// The messages sent, newest first.
pub(crate) async fn sms(State(sandbox): State<Sandbox>) -> Json<Vec<Sms>> {
    Json(sandbox.sms())
}
