//! `GET /api/policies/{id}`

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::catalogue::{coverage, prices};
use crate::clock::{iso, iso_date};
use crate::error::AppError;
use crate::model::enums::name_of;
use crate::money;
use crate::routes::policies::own;
use crate::sandbox::Sandbox;
use crate::wire::Form;

/// A policy in full.
pub(crate) async fn show(State(sandbox): State<Sandbox>, caller: Caller, Path(policy_id): Path<String>) -> Result<Json<Value>, AppError> {
    let world = sandbox.world();
    let policy = own(&world, &caller, &policy_id)?;
    let missing = || AppError::not_found("Poliçe");
    let proposal = world.proposals.iter().find(|one| one.id == policy.proposal_id).ok_or_else(missing)?;
    let product = proposal.product(&policy.product_id).ok_or_else(missing)?;
    let gross = prices::plan(product.price, policy.installment_number);
    let (net, commission) = (prices::net(gross), prices::commission(gross));
    Ok(Json(json!({
        "id": policy.id,
        "proposalId": policy.proposal_id,
        "proposalProductId": policy.product_id,
        "productId": product.line.product_id,
        "insuranceCompanyId": product.insurer().id,
        "insuranceCompanyName": product.insurer().name,
        "productBranch": name_of(&proposal.branch),
        "state": "ACTIVE",
        "installmentNumber": policy.installment_number,
        "paymentType": policy.payment_type,
        "netPremium": money::wire(net),
        "grossPremium": money::wire(gross),
        "commission": money::wire(commission),
        "netPremiumTL": money::wire(net),
        "grossPremiumTL": money::wire(gross),
        "commissionTL": money::wire(commission),
        "currency": if caller.form == Form::Guide { "TRY" } else { "TURKISH_LIRA" },
        "exchangeRate": 1.0,
        "insuranceCompanyProposalNumber": format!("T{}", policy.number),
        "insuranceCompanyPolicyNumber": policy.number,
        "createdAt": iso(policy.created_at),
        "startDate": iso_date(policy.start),
        "endDate": iso_date(policy.end),
        "arrangementDate": iso_date(crate::clock::istanbul_date(policy.created_at)),
        "renewalNumber": 0,
        "endorsementNumber": 0,
        "insurerCustomerId": policy.customer_id,
        "insuredCustomerId": proposal.insured_id,
        "vehicleId": proposal.vehicle_id,
        "coverage": coverage::offered(proposal.branch, product.group, Some(product.line)),
        "channel": name_of(&proposal.channel),
        "agentBranchId": proposal.agent_branch_id,
        "createdBy": null,
        "representedBy": null,
        "metadata": null,
        "currentVersion": 1,
        "versions": [],
    })))
}
