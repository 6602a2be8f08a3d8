//! `GET /api/cases/{id or reference}`, `…/proposals`, `…/policies`: a case and what has come of it.
//!
//! The original has these routes; their answers are nowhere described, so the members here are those of its lists.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::clock::iso;
use crate::error::AppError;
use crate::model::case::Case;
use crate::model::enums::name_of;
use crate::sandbox::Sandbox;
use crate::world::World;

/// One of the caller's cases, with the proposals and policies linked to it.
pub(crate) async fn show(State(sandbox): State<Sandbox>, caller: Caller, Path(case): Path<String>) -> Result<Json<Value>, AppError> {
    let world = sandbox.world();
    let case = own(&world, &caller, &case)?;
    let sub_state = case.sub_state(&world.proposals, world.clock.now());
    let policies: Vec<_> =
        world.policies.iter().filter(|one| case.proposal_ids.contains(&one.proposal_id)).map(|one| json!(one.id)).collect();
    Ok(Json(json!({
        "id": case.id,
        "ref": case.reference,
        "type": "SALE_OPPORTUNITY",
        "status": name_of(&case.status(caller.form)),
        "mainState": name_of(&sub_state.main()),
        "subState": name_of(&sub_state),
        "productBranch": name_of(&case.branch),
        "channel": name_of(&case.channel),
        "customerId": case.customer_id,
        "assetType": case.asset_type.as_ref().map(name_of),
        "assetId": case.asset_id,
        "createdAt": iso(case.created_at),
        "lastUpdateDate": iso(case.updated_at),
        "proposalIds": case.proposal_ids,
        "policyIds": policies,
    })))
}

/// The proposals made for a case, oldest first.
pub(crate) async fn proposals(State(sandbox): State<Sandbox>, caller: Caller, Path(case): Path<String>) -> Result<Json<Value>, AppError> {
    let world = sandbox.world();
    let (case, now) = (own(&world, &caller, &case)?, world.clock.now());
    let linked = world.proposals.iter().filter(|one| case.proposal_ids.contains(&one.id));
    let line = |id: &str, state: &str, at| json!({ "id": id, "state": state, "createdAt": iso(at) });
    Ok(Json(linked.map(|one| line(&one.id, one.state(now), one.created_at)).collect()))
}

/// The policies that were bought for a case.
pub(crate) async fn policies(State(sandbox): State<Sandbox>, caller: Caller, Path(case): Path<String>) -> Result<Json<Value>, AppError> {
    let world = sandbox.world();
    let case = own(&world, &caller, &case)?;
    let linked = world.policies.iter().filter(|one| case.proposal_ids.contains(&one.proposal_id));
    let line = |id: &str, number: &str, at| json!({ "id": id, "insuranceCompanyPolicyNumber": number, "createdAt": iso(at) });
    Ok(Json(linked.map(|one| line(&one.id, &one.number, one.created_at)).collect()))
}

fn own<'a>(world: &'a World, caller: &Caller, case: &str) -> Result<&'a Case, AppError> {
    let mut cases = world.cases.iter().filter(|one| one.customer_id == caller.customer_id);
    cases.find(|one| one.id == case || one.reference == case).ok_or_else(|| AppError::not_found("Talep"))
}
