//! `GET …/products/{productId}/coverage`

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::catalogue::coverage::offered;
use crate::error::AppError;
use crate::routes::proposals::{own, product};
use crate::sandbox::Sandbox;

/// What an offer covers.
pub(crate) async fn coverage(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path((proposal_id, product_id)): Path<(String, String)>,
) -> Result<Json<Value>, AppError> {
    let mut world = sandbox.world();
    let proposal = own(&mut world, &caller, &proposal_id)?;
    let one = product(proposal, &product_id)?;
    Ok(Json(json!({ "coverage": offered(proposal.branch, one.group, Some(one.line)) })))
}
