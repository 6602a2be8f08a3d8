//! `GET /__sandbox/scenarios`

use axum::Json;
use serde_json::{Value, json};

use crate::scenarios::SCENARIOS;

/// All scenarios: what the header calls them, how else they are chosen, what is to be seen.
pub(crate) async fn list() -> Json<Value> {
    Json(SCENARIOS.iter().map(|one| json!({ "name": one.name, "how": one.how.to_string(), "what": one.what })).collect())
}
