//! `GET /api/customers/me`, `GET /api/customers/{id}`

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::clock::{iso, iso_date};
use crate::error::AppError;
use crate::model::customer::{Customer, Kind};
use crate::model::enums::CONSENT_TYPE;
use crate::sandbox::Sandbox;
use crate::world::World;

/// The caller's own record.
pub(crate) async fn me(State(sandbox): State<Sandbox>, caller: Caller) -> Result<Json<Value>, AppError> {
    let world = sandbox.world();
    let customer = world.customer(&caller.customer_id).ok_or_else(|| AppError::not_found("Müşteri"))?;
    Ok(Json(to_json(&world, customer)))
}

/// The same, by id.
pub(crate) async fn by_id(sandbox: State<Sandbox>, caller: Caller, Path(customer_id): Path<String>) -> Result<Json<Value>, AppError> {
    caller.must_be(&customer_id)?;
    me(sandbox, caller).await
}

/// A customer as the API reads them out.
pub(super) fn to_json(world: &World, customer: &Customer) -> Value {
    let phone = json!({ "countryCode": 90, "number": customer.phone });
    let option = |pair: &Option<(String, String)>| pair.as_ref().map(|(value, text)| json!({ "value": value, "text": text }));
    let consents: Vec<_> =
        CONSENT_TYPE.iter().map(|purpose| json!({ "consentType": purpose, "isActive": customer.consents_to(purpose) })).collect();
    let mut all = Map::new();
    let mut put = |name: &str, value: Value| all.insert(name.to_owned(), value);
    put("type", json!(customer.kind.name()));
    put("id", json!(customer.id));
    if customer.kind == Kind::Company {
        put("title", json!(customer.full_name));
        put("taxNumber", json!(customer.identity));
    } else {
        put("fullName", json!(customer.full_name));
        put("identityNumber", json!(customer.identity));
        put("birthDate", json!(customer.birth_date.map(iso_date)));
        put("gender", json!(customer.gender));
        put("educationStatus", json!(customer.education_status));
        put("nationality", json!(customer.nationality));
        put("maritalStatus", json!(customer.marital_status));
        put("job", json!(customer.job));
        put("passportNumber", Value::Null);
    }
    put("primaryEmail", json!(customer.email));
    put("primaryPhoneNumber", phone);
    put("city", json!(option(&customer.city)));
    put("district", json!(option(&customer.district)));
    put("createdAt", json!(iso(customer.created_at)));
    put("createdBy", Value::Null);
    put("representedBy", Value::Null);
    put("creationChannel", json!("WEBSITE"));
    put("agentBranchId", json!(customer.agent_branch_id));
    put("consents", json!(consents));
    put("vehicleCount", json!(world.vehicles.iter().filter(|one| one.customer_id == customer.id).count()));
    put("propertyCount", json!(world.properties.iter().filter(|one| one.customer_id == customer.id).count()));
    put("proposalCount", json!(world.proposals.iter().filter(|one| one.customer_id == customer.id).count()));
    put("policyCount", json!(world.policies.iter().filter(|one| one.customer_id == customer.id).count()));
    put("caseCount", json!(world.cases.iter().filter(|one| one.customer_id == customer.id).count()));
    put("emailCount", json!(usize::from(customer.email.is_some())));
    put("phoneCount", json!(1));
    Value::Object(all)
}
