//! `POST /api/proposals/{id}/products/compare-pdf`, by GET in the guides: offers side by side on paper.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::body::{Body, Checks};
use crate::caller::Caller;
use crate::error::AppError;
use crate::model::proposal::Proposal;
use crate::routes::files::link;
use crate::routes::proposals::own;
use crate::sandbox::Sandbox;
use crate::wire::WireMode;

/// So many offers fit on the page.
const MOST: usize = 6;

/// A link to the comparison of the offers named.
pub(crate) async fn compare(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path(proposal_id): Path<String>,
    body: Body,
) -> Result<Json<Value>, AppError> {
    let mut world = sandbox.world();
    let now = world.clock.now();
    let proposal = own(&mut world, &caller, &proposal_id)?;
    let mut checks = body.checks();
    if checks.text("proposalId").is_some_and(|id| id != proposal_id) {
        checks.refuse("proposalId", "'proposalId' yol ile aynı olmalıdır.");
    }
    checks.list("excludedCoverageFields");
    let places = places(&mut checks, proposal);
    checks.done()?;
    if places.iter().any(|place| proposal.products[*place].plans(now).is_empty()) {
        return Err(AppError::invalid_state("PRODUCT_NOT_ACTIVE", "Yalnızca hazır teklifler karşılaştırılabilir."));
    }
    let seed = world.seed;
    Ok(answer(&sandbox, &proposal_id, &places, (now, seed)))
}

/// The guides name no offers: the first that are ready are compared.
pub(crate) async fn compare_by_get(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path(proposal_id): Path<String>,
) -> Result<Json<Value>, AppError> {
    if sandbox.wire() == WireMode::Current {
        return Err(AppError::wrong_method());
    }
    let mut world = sandbox.world();
    let now = world.clock.now();
    let proposal = own(&mut world, &caller, &proposal_id)?;
    let ready = proposal.products.iter().enumerate().filter(|(_, product)| !product.plans(now).is_empty());
    let places: Vec<usize> = ready.map(|(place, _)| place).take(MOST).collect();
    let seed = world.seed;
    Ok(answer(&sandbox, &proposal_id, &places, (now, seed)))
}

/// The offers named, as places in the proposal.
fn places(checks: &mut Checks<'_>, proposal: &Proposal) -> Vec<usize> {
    let Some(given) = checks.list("proposalProductIds") else {
        checks.refuse("proposalProductIds", "'proposalProductIds' boş olamaz.");
        return Vec::new();
    };
    let place = |id: &Value| proposal.products.iter().position(|product| id == product.id.as_str());
    let places: Vec<usize> = given.iter().filter_map(place).collect();
    if places.len() != given.len() || !(1..=MOST).contains(&places.len()) {
        checks.refuse("proposalProductIds", "Bu teklife ait en az bir, en çok altı ürün seçilmelidir.");
    }
    places
}

fn answer(sandbox: &Sandbox, proposal_id: &str, places: &[usize], (now, seed): (i64, u64)) -> Json<Value> {
    let places: Vec<_> = places.iter().map(usize::to_string).collect();
    let id = format!("{proposal_id}-{}", places.join("-"));
    Json(json!({ "url": link(&sandbox.addresses().api, "comparison", &id, now, seed) }))
}
