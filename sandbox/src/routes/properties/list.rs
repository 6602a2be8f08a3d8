//! `GET /api/customers/me/properties`, `GET /api/customers/{id}/properties`

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::error::AppError;
use crate::model::property::Property;
use crate::routes::properties::address::address;
use crate::sandbox::Sandbox;

/// The caller's homes, newest first.
pub(crate) async fn list_own(State(sandbox): State<Sandbox>, caller: Caller) -> Json<Value> {
    let world = sandbox.world();
    let own = world.properties.iter().rev().filter(|property| property.customer_id == caller.customer_id);
    Json(own.map(to_json).collect())
}

/// The same, by customer id.
pub(crate) async fn list(sandbox: State<Sandbox>, caller: Caller, Path(customer_id): Path<String>) -> Result<Json<Value>, AppError> {
    caller.must_be(&customer_id)?;
    Ok(list_own(sandbox, caller).await)
}

fn to_json(property: &Property) -> Value {
    json!({
        "id": property.id,
        "customerId": property.customer_id,
        "number": property.number,
        "address": address(property.number),
        "squareMeter": property.square_meter,
        "constructionYear": property.construction_year,
        "damageStatus": property.damage_status,
        "floor": property.floor,
        "structure": property.structure,
        "utilizationStyle": property.utilization_style,
        "ownershipType": property.ownership_type,
        "daskOldPolicyNumber": null,
        "lossPayeeClause": null,
    })
}
