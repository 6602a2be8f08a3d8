//! `POST …/document/send`: papers that are sent to the customer, by e-mail or as a link in a text message.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::body::{Body, Checks};
use crate::caller::Caller;
use crate::error::AppError;
use crate::middleware::ledger::List;
use crate::routes::{policies, proposals};
use crate::sandbox::Sandbox;
use crate::wire::Form;

/// Sends an offer.
pub(crate) async fn offer(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path(ids): Path<(String, String)>,
    body: Body,
) -> Result<StatusCode, AppError> {
    product_document(&sandbox, &caller, "offer", ids, &body)
}

/// Sends what the law wants a customer to read before paying.
pub(crate) async fn information_form(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path(ids): Path<(String, String)>,
    body: Body,
) -> Result<StatusCode, AppError> {
    product_document(&sandbox, &caller, "information-form", ids, &body)
}

/// Sends a policy. The guides' form takes no body.
pub(crate) async fn policy(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path(policy_id): Path<String>,
    body: Result<Body, AppError>,
) -> Result<StatusCode, AppError> {
    let mut world = sandbox.world();
    let id = policies::own(&world, &caller, &policy_id)?.id.clone();
    let by = match (body, caller.form) {
        (Err(_), Form::Guide) => "email",
        (Err(error), Form::Current) => return Err(error),
        (Ok(body), _) => sent_by(&body, &caller, &[("policyId", &id)])?,
    };
    let now = world.clock.now();
    world.ledger.note(List::DocumentsSent, now, json!({ "kind": "policy", "of": id, "by": by }));
    Ok(StatusCode::NO_CONTENT)
}

fn product_document(
    sandbox: &Sandbox,
    caller: &Caller,
    kind: &str,
    (proposal_id, product_id): (String, String),
    body: &Body,
) -> Result<StatusCode, AppError> {
    let mut world = sandbox.world();
    let now = world.clock.now();
    let proposal = proposals::own(&mut world, caller, &proposal_id)?;
    if proposals::product(proposal, &product_id)?.plans(now).is_empty() {
        return Err(AppError::invalid_state("PRODUCT_NOT_ACTIVE", "Teklif henüz hazır değil."));
    }
    let by = sent_by(body, caller, &[("proposalId", &proposal_id), ("proposalProductId", &product_id)])?;
    world.ledger.note(List::DocumentsSent, now, json!({ "kind": kind, "of": product_id, "by": by }));
    Ok(StatusCode::NO_CONTENT)
}

/// How it is sent, when the body repeats the ids of the path and says where to. Where to is personal and kept nowhere.
fn sent_by(body: &Body, caller: &Caller, ids: &[(&str, &str)]) -> Result<&'static str, AppError> {
    let mut checks = body.checks();
    for (name, id) in ids.iter().chain(&[("customerId", caller.customer_id.as_str())]) {
        if !checks.required_text(name).eq_ignore_ascii_case(id) {
            checks.refuse(name, &format!("'{name}' yol ile aynı olmalıdır."));
        }
    }
    let by = checks.object("communication", communication).flatten();
    if by.is_none() {
        checks.refuse("communication", "'communication' boş olamaz.");
    }
    checks.done()?;
    by.ok_or_else(|| AppError::not_found("Gönderim"))
}

/// The descriptions disagree on the name of the discriminator: either is read.
fn communication(checks: &mut Checks<'_>) -> Option<&'static str> {
    match checks.get("$type").or_else(|| checks.get("type")).and_then(Value::as_str) {
        Some("email") => (checks.required_text("email").contains('@')).then_some("email"),
        Some("sms") => checks.get("phoneNumber").map(|_| "sms"),
        _ => None,
    }
}
