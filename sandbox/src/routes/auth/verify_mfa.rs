//! `POST /api/auth/customer/verify-mfa`

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::body::Body;
use crate::error::AppError;
use crate::middleware::ledger::List;
use crate::model::challenge::{LIFE, Verdict, judge};
use crate::model::customer::Consent;
use crate::model::session::USUAL;
use crate::routes::auth::tokens;
use crate::sandbox::Sandbox;
use crate::scenarios::{Chosen, Code};
use crate::world::World;

/// Trades a code for tokens; a new customer is registered now, not earlier.
pub(crate) async fn verify_mfa(State(sandbox): State<Sandbox>, chosen: Chosen, body: Body) -> Result<Json<Value>, AppError> {
    let mut checks = body.checks();
    let token = checks.required_text("token");
    let code = checks.required_text("code");
    checks.done()?;
    let mut world = sandbox.world();
    let now = world.clock.now();
    let identity = world.challenges.iter().find(|challenge| challenge.token == token).map(|challenge| challenge.applicant.identity.clone());
    let chosen = identity.map_or(chosen, |identity| chosen.with_person(&identity));
    let (code, at) = match chosen.code() {
        Some(Code::Refused) => ("", now),
        Some(Code::Expired) => (code, now + LIFE),
        None => (code, now),
    };
    match judge(&mut world.challenges, token, code, at) {
        Verdict::Right => {}
        refused => return Err(refusal(&refused)),
    }
    let Some(challenge) = world.challenges.iter().find(|challenge| challenge.token == token).cloned() else {
        return Err(refusal(&Verdict::Unknown));
    };
    let id = challenge.applicant.id.clone();
    if world.customer(&id).is_none() {
        world.customers.push(challenge.applicant);
        world.ledger.note(List::Customers, now, json!({ "customerId": id }));
    }
    give(&mut world, &id, &challenge.approved_consents);
    let world = &mut *world;
    let issued = world.sessions.open(&id, (challenge.form, chosen.session().unwrap_or(USUAL)), now, &mut world.random);
    Ok(Json(tokens(&issued, challenge.form)))
}

/// Consents that were ticked at login count from the moment the person is proved.
fn give(world: &mut World, customer_id: &str, purposes: &[&'static str]) {
    let now = world.clock.now();
    for purpose in purposes {
        if let Some(customer) = world.customers.iter_mut().find(|customer| customer.id == customer_id) {
            customer.consents.push(Consent { purpose, given: true, channel: "WEB", at: now });
        }
        let consent = json!({ "customerId": customer_id, "consentType": purpose, "channel": "WEB", "atLogin": true });
        world.ledger.note(List::Consents, now, consent);
    }
}

fn refusal(verdict: &Verdict) -> AppError {
    match verdict {
        Verdict::Wrong { remaining } => AppError::rule("MFA_CODE_WRONG", "Doğrulama kodu hatalı.").with("remainingAttempts", *remaining),
        Verdict::Earlier => AppError::rule("MFA_CODE_SUPERSEDED", "Bu kod önceki mesaja ait. Son gelen kodu girin."),
        Verdict::Superseded => AppError::rule("MFA_CODE_SUPERSEDED", "Yeni bir kod gönderildi. Son gelen kodu girin."),
        Verdict::Expired => AppError::rule("MFA_CODE_EXPIRED", "Doğrulama kodunun süresi doldu."),
        Verdict::Locked => {
            AppError::rule("MFA_CODE_LOCKED", "Çok fazla hatalı deneme yapıldı. Yeni kod isteyin.").with("remainingAttempts", 0)
        }
        Verdict::Used => AppError::rule("MFA_CODE_USED", "Bu kod daha önce kullanıldı."),
        Verdict::Unknown | Verdict::Right => AppError::rule("MFA_TOKEN_UNKNOWN", "Doğrulama isteği bulunamadı. Yeniden giriş yapın."),
    }
}
