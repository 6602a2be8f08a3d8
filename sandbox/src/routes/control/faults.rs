//! `GET|POST|DELETE /__sandbox/faults`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;

use crate::error::AppError;
use crate::middleware::faults::{Fault, nonsense};
use crate::sandbox::Sandbox;

/// The faults that are still waiting.
pub(crate) async fn list(State(sandbox): State<Sandbox>) -> Json<Vec<Fault>> {
    Json(sandbox.world().faults.clone())
}

/// Adds one fault, or a list of them, behind those that wait already.
pub(crate) async fn add(sandbox: State<Sandbox>, Json(added): Json<Value>) -> Result<Json<Vec<Fault>>, AppError> {
    let added = if added.is_array() { added } else { Value::Array(vec![added]) };
    let added: Vec<Fault> = serde_json::from_value(added).map_err(|error| AppError::malformed("$", &error.to_string()))?;
    if let Some((property, message)) = added.iter().find_map(nonsense) {
        return Err(AppError::malformed(property, &message));
    }
    sandbox.world().faults.extend(added);
    Ok(list(sandbox).await)
}

/// Nothing goes wrong any more.
pub(crate) async fn clear(State(sandbox): State<Sandbox>) -> StatusCode {
    sandbox.world().faults.clear();
    StatusCode::NO_CONTENT
}
