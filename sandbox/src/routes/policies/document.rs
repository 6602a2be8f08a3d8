//! `GET /api/policies/{id}/document`

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::caller::Caller;
use crate::error::AppError;
use crate::pdf;
use crate::routes::files::{as_pdf, link};
use crate::routes::policies::own;
use crate::sandbox::Sandbox;
use crate::wire::Form;

/// A link to the policy on paper; the guides' form hands out the paper itself.
pub(crate) async fn document(State(sandbox): State<Sandbox>, caller: Caller, Path(policy_id): Path<String>) -> Result<Response, AppError> {
    let world = sandbox.world();
    let policy = own(&world, &caller, &policy_id)?;
    if world.clock.now() < policy.document_at {
        return Err(AppError::not_found("Poliçe belgesi").code("POLICY_DOCUMENT_NOT_READY"));
    }
    Ok(match caller.form {
        Form::Current => {
            let url = link(&sandbox.addresses().api, "policy", &policy.id, world.clock.now(), world.seed);
            Json(json!({ "url": url })).into_response()
        }
        Form::Guide => as_pdf(pdf::of(&world, "policy", &policy.id)?),
    })
}
