//! `POST /__sandbox/cases`: what the agency's people do with a case, the customer meanwhile elsewhere.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::body::Body;
use crate::error::AppError;
use crate::middleware::ledger::List;
use crate::model::enums::{CaseSubState, name_of, named};
use crate::sandbox::Sandbox;

/// Puts the case `case`, named by id or reference, into `subState`.
pub(crate) async fn put(State(sandbox): State<Sandbox>, body: Body) -> Result<Json<Value>, AppError> {
    let mut checks = body.checks();
    let case = checks.required_text("case");
    let sub_state = named::<CaseSubState>(checks.required_text("subState"), false);
    if sub_state.is_none() {
        checks.misshapen("subState", "a known enum value");
    }
    checks.done()?;
    let missing = || AppError::not_found("Talep");
    let sub_state = sub_state.ok_or_else(missing)?;
    let mut world = sandbox.world();
    let now = world.clock.now();
    let found = world.cases.iter_mut().find(|one| one.id == case || one.reference == case).ok_or_else(missing)?;
    found.put = Some(sub_state);
    found.main_state = sub_state.main();
    found.updated_at = now;
    let change = json!({ "caseId": found.id, "mainState": name_of(&sub_state.main()), "subState": name_of(&sub_state) });
    world.ledger.note(List::CaseChanges, now, change.clone());
    Ok(Json(change))
}
