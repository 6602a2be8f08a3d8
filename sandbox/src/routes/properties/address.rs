//! `POST /api/properties/query-address-by-property-number`, by GET in the guides

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Query, State};
use serde_json::{Value, json};

use crate::body::Body;
use crate::caller::Caller;
use crate::error::AppError;
use crate::random::hash;
use crate::sandbox::Sandbox;
use crate::wire::WireMode;

/// The address with this number.
pub(crate) async fn query(_: Caller, body: Body) -> Result<Json<Value>, AppError> {
    let mut checks = body.checks();
    let number = checks.get("propertyNumber").and_then(Value::as_u64);
    if number.is_none() {
        checks.misshapen("propertyNumber", "a whole number");
    }
    checks.done()?;
    found(number.unwrap_or_default())
}

/// The guides' way to ask for the same.
pub(crate) async fn query_by_get(
    State(sandbox): State<Sandbox>,
    _: Caller,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, AppError> {
    if sandbox.wire() == WireMode::Current {
        return Err(AppError::wrong_method());
    }
    found(query.get("propertyNumber").and_then(|number| number.parse().ok()).unwrap_or_default())
}

/// Numbers have ten digits; those that end in 404 are nobody's address.
fn found(number: u64) -> Result<Json<Value>, AppError> {
    if number.to_string().len() != 10 || number % 1000 == 404 {
        return Err(AppError::not_found("Adres").code("PROPERTY_NOT_FOUND"));
    }
    Ok(Json(address(number)))
}

/// An invented address that depends on the number alone.
pub(super) fn address(number: u64) -> Value {
    const PLACES: [(&str, &str, &str); 4] =
        [("34", "İstanbul", "Kadıköy"), ("06", "Ankara", "Çankaya"), ("35", "İzmir", "Karşıyaka"), ("16", "Bursa", "Nilüfer")];
    let chance = hash(17, &[&number.to_string()]);
    let (reference, city, district) = PLACES[usize::try_from(chance % 4).unwrap_or_default()];
    let part = |level: u64, text: String| json!({ "value": format!("{reference}{level}{:04}", (chance >> level) % 10_000), "text": text });
    json!({
        "city": { "value": reference, "text": city },
        "district": part(1, district.to_owned()),
        "town": part(2, "Merkez".to_owned()),
        "neighborhood": part(3, "Örnek Mahallesi".to_owned()),
        "street": part(4, format!("{}. Sokak", 1 + chance % 90)),
        "building": part(5, (1 + (chance >> 9) % 60).to_string()),
        "apartment": part(6, (1 + (chance >> 17) % 20).to_string()),
    })
}
