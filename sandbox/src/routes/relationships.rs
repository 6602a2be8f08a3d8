//! `GET|POST /api/customers/{id}/relationships`, `DELETE …/{relationshipId}`: the caller's family.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::body::Body;
use crate::caller::Caller;
use crate::clock::iso;
use crate::error::AppError;
use crate::model::relationship::{Relation, Relationship, check, part, relate};
use crate::sandbox::Sandbox;
use crate::world::World;

/// The caller's relatives.
pub(crate) async fn list(State(sandbox): State<Sandbox>, caller: Caller, Path(customer_id): Path<String>) -> Result<Json<Value>, AppError> {
    caller.must_be(&customer_id)?;
    let world = sandbox.world();
    let own = world.relationships.iter().filter(|one| one.customer_id == caller.customer_id);
    Ok(Json(own.map(|one| to_json(&world, one)).collect()))
}

/// Adds a spouse or a child, who must be a customer already.
pub(crate) async fn add(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path(customer_id): Path<String>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), AppError> {
    caller.must_be(&customer_id)?;
    let mut checks = body.checks();
    let related = checks.required_text("relatedCustomerId").to_ascii_lowercase();
    let relation = Relation::named(checks.required_text("relationType"));
    if relation.is_none() {
        checks.misshapen("relationType", "a known enum value");
    }
    checks.done()?;
    let missing = || AppError::not_found("Müşteri");
    let relation = relation.ok_or_else(missing)?;
    let mut world = sandbox.world();
    let people = (caller.customer_id.as_str(), related.as_str());
    check(&world.relationships, people, relation).map_err(|(code, detail)| AppError::rule(code, detail))?;
    world.customer(&related).ok_or_else(missing)?;
    let now = world.clock.now();
    let world = &mut *world;
    let id = relate(&mut world.relationships, people, relation, &mut world.random, now);
    Ok((StatusCode::CREATED, Json(json!({ "id": id }))))
}

/// Takes a relative out of the family.
pub(crate) async fn remove(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path((customer_id, relationship_id)): Path<(String, String)>,
) -> Result<StatusCode, AppError> {
    caller.must_be(&customer_id)?;
    let parted = part(&mut sandbox.world().relationships, &caller.customer_id, &relationship_id);
    parted.map(|()| StatusCode::NO_CONTENT).ok_or_else(|| AppError::not_found("İlişki"))
}

fn to_json(world: &World, one: &Relationship) -> Value {
    let related = world.customer(&one.related_id);
    json!({
        "id": one.id,
        "customerId": one.customer_id,
        "relatedCustomerId": one.related_id,
        "relatedCustomerType": "Individual",
        "relationType": one.relation.name(),
        "relatedCustomerName": related.and_then(|related| related.full_name.clone()),
        "relatedCustomerEmail": related.and_then(|related| related.email.clone()),
        "relatedCustomerPhoneNumber": related.map(|related| format!("+90{}", related.phone)),
        "createdAt": iso(one.created_at),
    })
}
