//! Asking for offers and reading them.

pub(crate) mod compare;
pub(crate) mod coverage;
pub(crate) mod create;
pub(crate) mod documents;
mod family;
mod malformed;
pub(crate) mod premium;
pub(crate) mod products;
pub(crate) mod retry;
pub(crate) mod show;

use crate::caller::Caller;
use crate::error::AppError;
use crate::model::product::Product;
use crate::model::proposal::Proposal;
use crate::world::World;

/// The caller's proposal, brought up to date.
pub(super) fn own<'a>(world: &'a mut World, caller: &Caller, proposal_id: &str) -> Result<&'a mut Proposal, AppError> {
    let now = world.clock.now();
    let mut proposals = world.proposals.iter_mut();
    let proposal = proposals.find(|one| one.id == proposal_id && one.customer_id == caller.customer_id);
    let proposal = proposal.ok_or_else(|| AppError::not_found("Teklif"))?;
    proposal.settle(now);
    Ok(proposal)
}

/// One offer of a proposal.
pub(super) fn product<'a>(proposal: &'a Proposal, product_id: &str) -> Result<&'a Product, AppError> {
    proposal.product(product_id).ok_or_else(|| AppError::not_found("Teklif ürünü"))
}
