//! `GET /api/customers/{id}/vehicles/{vehicleId}`

use axum::Json;
use axum::extract::{Path, State};
use serde_json::Value;

use crate::caller::Caller;
use crate::error::AppError;
use crate::routes::vehicles::list::to_json;
use crate::sandbox::Sandbox;

/// One of the caller's vehicles.
pub(crate) async fn show(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path((customer_id, vehicle_id)): Path<(String, String)>,
) -> Result<Json<Value>, AppError> {
    caller.must_be(&customer_id)?;
    let world = sandbox.world();
    let mut own = world.vehicles.iter().filter(|vehicle| vehicle.customer_id == caller.customer_id);
    own.find(|vehicle| vehicle.id == vehicle_id).map(|vehicle| Json(to_json(vehicle))).ok_or_else(|| AppError::not_found("Araç"))
}
