//! `GET …/products/{productId}/document` and `…/information-form-document`

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::error::AppError;
use crate::routes::files::link;
use crate::routes::proposals::{own, product};
use crate::sandbox::Sandbox;

/// A link to the offer on paper.
pub(crate) async fn offer(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path((proposal_id, product_id)): Path<(String, String)>,
) -> Result<Json<Value>, AppError> {
    document(&sandbox, &caller, "offer", (&proposal_id, &product_id))
}

/// A link to what the law wants a customer to read before paying.
pub(crate) async fn information_form(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path((proposal_id, product_id)): Path<(String, String)>,
) -> Result<Json<Value>, AppError> {
    document(&sandbox, &caller, "information-form", (&proposal_id, &product_id))
}

fn document(sandbox: &Sandbox, caller: &Caller, kind: &str, (proposal_id, product_id): (&str, &str)) -> Result<Json<Value>, AppError> {
    let mut world = sandbox.world();
    let now = world.clock.now();
    let proposal = own(&mut world, caller, proposal_id)?;
    let one = product(proposal, product_id)?;
    if one.plans(now).is_empty() {
        return Err(AppError::invalid_state("PRODUCT_NOT_ACTIVE", "Teklif henüz hazır değil."));
    }
    let seed = world.seed;
    Ok(Json(json!({ "url": link(&sandbox.addresses().api, kind, product_id, now, seed) })))
}
