//! `GET /api/vehicle-parameters/brands`

use axum::Json;
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::catalogue::brands::BRANDS;

/// All brands.
pub(crate) async fn brands(_: Caller) -> Json<Value> {
    Json(BRANDS.iter().map(|brand| json!({ "value": brand.reference, "text": brand.name })).collect())
}
