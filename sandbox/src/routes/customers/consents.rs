//! `GET|POST /api/customers/{id}/consents`, `DELETE …/{type}`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::body::Body;
use crate::caller::Caller;
use crate::clock::iso;
use crate::error::AppError;
use crate::middleware::ledger::List;
use crate::model::customer::Consent;
use crate::model::enums::{CONSENT_CHANNEL, CONSENT_TYPE};
use crate::sandbox::Sandbox;

/// What the caller has agreed to, and when.
pub(crate) async fn list(State(sandbox): State<Sandbox>, caller: Caller, Path(customer_id): Path<String>) -> Result<Json<Value>, AppError> {
    caller.must_be(&customer_id)?;
    let world = sandbox.world();
    let customer = world.customer(&caller.customer_id).ok_or_else(|| AppError::not_found("Müşteri"))?;
    let consents: Vec<_> =
        CONSENT_TYPE.iter().map(|purpose| json!({ "consentType": purpose, "isActive": customer.consents_to(purpose) })).collect();
    let line = |consent: &Consent| {
        json!({
            "consentType": consent.purpose,
            "action": if consent.given { "GIVEN" } else { "REVOKED" },
            "performedAt": iso(consent.at),
            "performedBy": null,
            "channel": consent.channel,
        })
    };
    let history: Vec<_> = customer.consents.iter().rev().map(line).collect();
    Ok(Json(json!({ "consents": consents, "history": history })))
}

/// Records a consent. The deployed API wants the customer's id in the body as well.
pub(crate) async fn give(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path(customer_id): Path<String>,
    body: Body,
) -> Result<StatusCode, AppError> {
    caller.must_be(&customer_id)?;
    let mut checks = body.checks();
    let purpose = checks.required_one_of("consentType", CONSENT_TYPE);
    let channel = checks.required_one_of("channel", CONSENT_CHANNEL);
    if !checks.required_text("customerId").eq_ignore_ascii_case(&customer_id) {
        checks.refuse("customerId", "'customerId' yol ile aynı olmalıdır.");
    }
    checks.done()?;
    let (Some(purpose), Some(channel)) = (purpose, channel) else { return Err(AppError::not_found("Müşteri")) };
    let mut world = sandbox.world();
    let now = world.clock.now();
    if let Some(customer) = world.customers.iter_mut().find(|customer| customer.id == caller.customer_id) {
        customer.consents.push(Consent { purpose, given: true, channel, at: now });
    }
    let consent = json!({ "customerId": caller.customer_id, "consentType": purpose, "channel": channel, "atLogin": false });
    world.ledger.note(List::Consents, now, consent);
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a consent back; one that was never given too.
pub(crate) async fn revoke(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path((customer_id, purpose)): Path<(String, String)>,
) -> Result<StatusCode, AppError> {
    caller.must_be(&customer_id)?;
    let purpose = CONSENT_TYPE.iter().find(|known| known.eq_ignore_ascii_case(&purpose)).ok_or_else(|| AppError::not_found("Onay"))?;
    let mut world = sandbox.world();
    let now = world.clock.now();
    if let Some(customer) = world.customers.iter_mut().find(|customer| customer.id == caller.customer_id) {
        customer.consents.push(Consent { purpose, given: false, channel: "WEB", at: now });
    }
    let consent = json!({ "customerId": caller.customer_id, "consentType": purpose, "revoked": true });
    world.ledger.note(List::Consents, now, consent);
    Ok(StatusCode::NO_CONTENT)
}
