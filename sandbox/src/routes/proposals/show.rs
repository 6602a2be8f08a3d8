//! `GET /api/proposals/{id}`

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::catalogue::coverage;
use crate::clock::{Millis, iso, iso_date};
use crate::error::AppError;
use crate::model::enums::name_of;
use crate::model::proposal::Proposal;
use crate::money;
use crate::routes::proposals::{own, products};
use crate::sandbox::Sandbox;
use crate::scenarios::Chosen;
use crate::wire::Form;

/// The proposal; today its offers are in it, in the guides they are a list of their own.
pub(crate) async fn show(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    chosen: Chosen,
    Path(proposal_id): Path<String>,
) -> Result<Json<Value>, AppError> {
    let mut world = sandbox.world();
    let now = world.clock.now();
    let proposal = own(&mut world, &caller, &proposal_id)?;
    let mut answer = head(proposal, now);
    if caller.form == Form::Current {
        let api = &sandbox.addresses().api;
        answer.insert("products".to_owned(), Value::Array(products::all(proposal, chosen, (now, api, caller.form))));
    }
    Ok(Json(Value::Object(answer)))
}

fn head(proposal: &Proposal, now: Millis) -> Map<String, Value> {
    let prices: Vec<u32> = proposal.products.iter().filter_map(|one| one.plans(now).first().map(|(_, price)| *price)).collect();
    let groups: Vec<_> = proposal
        .groups
        .iter()
        .map(|group| json!({ "id": group.id, "name": group.name, "description": group.description, "coverageTable": null }))
        .collect();
    let head = json!({
        "proposalId": proposal.id,
        "productBranch": name_of(&proposal.branch),
        "state": proposal.state(now),
        "channel": name_of(&proposal.channel),
        "createdAt": iso(proposal.created_at),
        "agentUserCreatedBy": null,
        "representedBy": null,
        "agentBranchId": proposal.agent_branch_id,
        "totalProductsCount": proposal.products.len(),
        "succeedProductsCount": prices.len(),
        "lowestPremium": prices.iter().min().map(|price| money::wire(*price)),
        "highestPremium": prices.iter().max().map(|price| money::wire(*price)),
        "insurerCustomerId": proposal.customer_id,
        "insuredCustomerId": proposal.insured_id,
        "vehicleId": proposal.vehicle_id,
        "policyStartDate": iso_date(proposal.start),
        "policyEndDate": iso_date(proposal.end),
        "initialCoverage": proposal.groups.first().map(|group| coverage::offered(proposal.branch, group, None)),
        "snapshot": null,
        "coverageGroups": groups,
    });
    match head {
        Value::Object(head) => head,
        _ => Map::new(),
    }
}
