//! `GET /api/customers/me/vehicles`, `GET /api/customers/{id}/vehicles`

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::catalogue::brands;
use crate::clock::iso_date;
use crate::error::AppError;
use crate::model::vehicle::Vehicle;
use crate::sandbox::Sandbox;

/// The caller's vehicles, newest first.
pub(crate) async fn list_own(State(sandbox): State<Sandbox>, caller: Caller) -> Json<Value> {
    let world = sandbox.world();
    let own = world.vehicles.iter().rev().filter(|vehicle| vehicle.customer_id == caller.customer_id);
    Json(own.map(to_json).collect())
}

/// The same, by customer id.
pub(crate) async fn list(sandbox: State<Sandbox>, caller: Caller, Path(customer_id): Path<String>) -> Result<Json<Value>, AppError> {
    caller.must_be(&customer_id)?;
    Ok(list_own(sandbox, caller).await)
}

/// A vehicle as the API reads it out. Engine and chassis have other names here than when written.
pub(super) fn to_json(vehicle: &Vehicle) -> Value {
    let serial = vehicle.document_serial.as_ref().map(|(code, number)| json!({ "code": code, "number": number }));
    json!({
        "id": vehicle.id,
        "customerId": vehicle.customer_id,
        "hasPlate": vehicle.plate_code.is_some(),
        "plate": { "city": vehicle.plate_city, "code": vehicle.plate_code },
        "model": model(vehicle),
        "utilizationStyle": vehicle.utilization_style,
        "fuel": vehicle.fuel.map(|kind| json!({ "type": kind, "customLpg": false, "customLpgPrice": null })),
        "engineNumber": vehicle.engine,
        "chassisNumber": vehicle.chassis,
        "registrationDate": vehicle.registration_date.map(iso_date),
        "seatNumber": vehicle.seat_number,
        "documentSerial": serial,
        "accessories": [],
        "kaskoOldPolicy": null,
        "trafikOldPolicy": null,
        "lossPayeeClause": null,
    })
}

fn model(vehicle: &Vehicle) -> Option<Value> {
    let brand = brands::by_reference(vehicle.brand_reference.as_deref()?)?;
    let reference = vehicle.model_reference.as_deref()?;
    let name = brand.models.get(brand.model_index(reference)?)?;
    Some(json!({
        "year": vehicle.model_year,
        "brand": { "value": brand.reference, "text": brand.name },
        "type": { "value": reference, "text": name },
    }))
}
