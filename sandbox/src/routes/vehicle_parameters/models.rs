//! `GET /api/vehicle-parameters/models?brandReference=&year=`

use std::collections::HashMap;

use axum::Json;
use axum::extract::Query;
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::catalogue::brands;
use crate::error::{AppError, Invalid};

/// The models a brand sold in a year.
pub(crate) async fn models(_: Caller, Query(query): Query<HashMap<String, String>>) -> Result<Json<Value>, AppError> {
    let named = |name: &str| query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str());
    let year = named("year").and_then(|year| year.parse::<u16>().ok());
    let (Some(reference), Some(year)) = (named("brandReference"), year) else {
        let missing = if year.is_none() { "year" } else { "brandReference" };
        return Err(AppError::invalid(vec![Invalid {
            property_name: missing.to_owned(),
            error_message: format!("'{missing}' boş olamaz."),
            attempted_value: Value::Null,
        }]));
    };
    let Some(brand) = brands::by_reference(reference) else { return Ok(Json(json!([]))) };
    let sold = brand.models.iter().enumerate().filter(|(index, _)| brand.sold_in(*index, year));
    Ok(Json(sold.map(|(index, name)| json!({ "value": brand.model_reference(index), "text": name })).collect()))
}
