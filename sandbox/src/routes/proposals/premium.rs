//! `GET …/products/{productId}/premiums/{count}`: references without amounts.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::error::AppError;
use crate::routes::proposals::{own, product, products};
use crate::sandbox::Sandbox;

/// The references of one instalment plan.
pub(crate) async fn premium(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path((proposal_id, product_id, count)): Path<(String, String, String)>,
) -> Result<Json<Value>, AppError> {
    let mut world = sandbox.world();
    let now = world.clock.now();
    let proposal = own(&mut world, &caller, &proposal_id)?;
    let one = product(proposal, &product_id)?;
    let plans = one.plans(now);
    let (count, _) = plans.iter().find(|(known, _)| known.to_string() == count).ok_or_else(|| AppError::not_found("Prim"))?;
    Ok(Json(json!({
        "proposalId": proposal.id,
        "proposalProductId": one.id,
        "insurerCustomerId": proposal.customer_id,
        "insuredCustomerId": proposal.insured_id,
        "installmentNumber": count,
        "insuranceServicesProposalId": one.id,
        "insuranceServicesPremiumId": format!("{}-{count}", one.id),
        "insuranceCompanyProposalNumber": products::number(one),
    })))
}
