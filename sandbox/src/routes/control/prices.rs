//! `POST /__sandbox/prices`: the insurers think again.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::body::Body;
use crate::error::AppError;
use crate::model::product::Phase;
use crate::sandbox::Sandbox;

/// Changes the price of every offer nobody is paying for by `percent`, which may be negative; with `offers`, of so many and no more.
pub(crate) async fn change(State(sandbox): State<Sandbox>, body: Body) -> Result<Json<Value>, AppError> {
    let percent = body.get("percent").and_then(Value::as_i64).filter(|percent| (-90..=900).contains(percent));
    let percent = percent.ok_or_else(|| AppError::malformed("percent", "a whole number from -90 to 900"))?;
    let mut changed = 0_u32;
    let most = body.get("offers").and_then(Value::as_u64).unwrap_or(u64::MAX);
    // The newest proposal first: it is the one somebody looks at.
    for product in sandbox.world().proposals.iter_mut().rev().flat_map(|proposal| &mut proposal.products) {
        if product.phase == Phase::Offered && u64::from(changed) < most {
            product.price = u32::try_from(i64::from(product.price) * (100 + percent) / 100).unwrap_or(u32::MAX);
            changed += 1;
        }
    }
    Ok(Json(json!({ "changed": changed })))
}
