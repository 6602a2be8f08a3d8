//! `POST …/products/{productId}/retry`, by GET in the guides

use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::caller::Caller;
use crate::error::AppError;
use crate::routes::proposals::{own, product};
use crate::sandbox::Sandbox;
use crate::wire::WireMode;

/// Asks an insurer again that gave no offer.
pub(crate) async fn retry(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path((proposal_id, product_id)): Path<(String, String)>,
) -> Result<StatusCode, AppError> {
    let mut world = sandbox.world();
    let (now, delay) = (world.clock.now(), world.paced(3_000));
    let proposal = own(&mut world, &caller, &proposal_id)?;
    if product(proposal, &product_id)?.state(now) != "FAILED" {
        return Err(AppError::invalid_state("PRODUCT_NOT_FAILED", "Yalnızca başarısız teklifler yeniden denenebilir."));
    }
    if let Some(product) = proposal.product_mut(&product_id) {
        product.retry(now + delay);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The guides' verb for the same.
pub(crate) async fn retry_by_get(sandbox: State<Sandbox>, caller: Caller, path: Path<(String, String)>) -> Result<StatusCode, AppError> {
    if sandbox.wire() == WireMode::Current { Err(AppError::wrong_method()) } else { retry(sandbox, caller, path).await }
}
