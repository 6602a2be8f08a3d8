//! What the customer does on the payment page, and the way back.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::clock::{Millis, istanbul_date, years_later};
use crate::middleware::ledger::List;
use crate::model::attempt::{ABANDONED_FOR, Attempt, PAGE_LIFE, ReturnBy, State as AttemptState};
use crate::model::case;
use crate::model::policy::Policy;
use crate::model::product::Phase;
use crate::pay::page;
use crate::sandbox::Sandbox;
use crate::scenarios::Payment;
use crate::world::World;

/// How long nothing is heard of a payment that is stuck.
const STUCK_FOR: Millis = 60 * 60 * 1000;
/// How long a late document takes, at pace 1.
const DOCUMENT_LATE_BY: u32 = 30_000;

/// Pays, declines or walks away, then sends the browser back. What has been decided once stays decided.
pub(super) async fn act(State(sandbox): State<Sandbox>, Path((attempt_id, act)): Path<(String, String)>) -> Result<Response, StatusCode> {
    let wanted = match act.as_str() {
        "approve" => AttemptState::Approved,
        "decline" => AttemptState::Declined,
        "abandon" => AttemptState::Abandoned,
        _ => return Err(StatusCode::NOT_FOUND),
    };
    let mut world = sandbox.world();
    let attempt = world.attempts.iter().find(|attempt| attempt.id == attempt_id).cloned().ok_or(StatusCode::NOT_FOUND)?;
    let expired = world.clock.now() - attempt.opened_at >= PAGE_LIFE;
    if attempt.state == AttemptState::Open && !expired {
        settle(&mut world, &attempt, wanted);
    }
    let state = if expired && attempt.state == AttemptState::Open { AttemptState::Abandoned } else { settled(&world, &attempt) };
    Ok(match attempt.return_by {
        ReturnBy::Get => (StatusCode::SEE_OTHER, [(header::LOCATION, callback(&attempt, state))]).into_response(),
        ReturnBy::Post => page::leaving(&attempt, state),
    })
}

fn settled(world: &World, attempt: &Attempt) -> AttemptState {
    world.attempts.iter().find(|one| one.id == attempt.id).map_or(attempt.state, |one| one.state)
}

/// What the page says on the way back, in the words of the wild. It proves nothing.
pub(super) fn parameters(attempt: &Attempt, state: AttemptState) -> Vec<(&'static str, String)> {
    let status: &[(&str, &str)] = match state {
        AttemptState::Approved => &[("status", "success"), ("responseCode", "00"), ("mdStatus", "1")],
        AttemptState::Declined => &[("status", "fail"), ("responseCode", "05"), ("mdStatus", "0")],
        AttemptState::Abandoned | AttemptState::Open => &[("status", "cancel")],
    };
    let mut parameters: Vec<_> = status.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    parameters.push(("proposalId", attempt.proposal_id.clone()));
    parameters.push(("proposalProductId", attempt.product_id.clone()));
    parameters.push(("transactionId", attempt.id.get(..12).unwrap_or_default().to_owned()));
    parameters
}

/// Where the browser goes when it is sent back by an address.
pub(super) fn callback(attempt: &Attempt, state: AttemptState) -> String {
    let (url, fragment) =
        attempt.callback_url.split_once('#').map_or((attempt.callback_url.as_str(), None), |(url, rest)| (url, Some(rest)));
    let join = if url.contains('?') { '&' } else { '?' };
    let query: Vec<_> = parameters(attempt, state).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let fragment = fragment.map(|rest| format!("#{rest}")).unwrap_or_default();
    format!("{url}{join}{}{fragment}", query.join("&"))
}

fn settle(world: &mut World, attempt: &Attempt, state: AttemptState) {
    if let Some(kept) = world.attempts.iter_mut().find(|kept| kept.id == attempt.id) {
        kept.state = state;
    }
    let now = world.clock.now();
    let abandoned_until = now + world.paced(ABANDONED_FOR);
    let product = world.proposals.iter_mut().find(|one| one.id == attempt.proposal_id).and_then(|one| one.product_mut(&attempt.product_id));
    let Some(product) = product else { return };
    let purchasing = matches!(product.phase, Phase::Purchasing { .. });
    match state {
        AttemptState::Approved if attempt.payment == Some(Payment::Fails) => {
            product.phase = Phase::Offered;
            product.payment_failure = Some("Ödeme onaylandı, ancak poliçe düzenlenemedi. Tutar kartınıza iade edilecektir.");
        }
        AttemptState::Approved => {
            charge(world, attempt);
            if world.naive {
                charge_all(world, &attempt.product_id);
            }
        }
        AttemptState::Declined if purchasing => {
            product.phase = Phase::Offered;
            product.payment_failure = Some("Ödeme banka tarafından reddedildi.");
        }
        AttemptState::Abandoned if purchasing => product.phase = Phase::Purchasing { until: abandoned_until },
        _ => {}
    }
}

/// What a naive server makes of purchase calls for an offer that is paid for: each of them is charged, whether or not anybody saw its page.
pub(crate) fn charge_all(world: &mut World, product_id: &str) {
    let open = |attempt: &&mut Attempt| attempt.product_id == product_id && attempt.state == AttemptState::Open;
    let mut unpaid = Vec::new();
    for attempt in world.attempts.iter_mut().filter(open) {
        attempt.state = AttemptState::Approved;
        unpaid.push(attempt.clone());
    }
    for attempt in &unpaid {
        charge(world, attempt);
    }
}

/// Takes the money and issues the policy. A naive server takes it again, for the same policy.
fn charge(world: &mut World, attempt: &Attempt) {
    let now = world.clock.now();
    let charge = json!({
        "proposalId": attempt.proposal_id,
        "proposalProductId": attempt.product_id,
        "amountMinor": attempt.amount,
        "installmentNumber": attempt.installment_number,
    });
    world.ledger.note(List::Charges, now, charge);
    let delay = if attempt.payment == Some(Payment::Stuck) { STUCK_FOR } else { world.settle_delay_ms };
    let document_at = if attempt.payment == Some(Payment::DocumentLate) { now + world.paced(DOCUMENT_LATE_BY) } else { now };
    let visible_at = now + delay;
    let (policy_id, number) = (world.random.object_id(), world.policies.len() + 1);
    let Some(proposal) = world.proposals.iter_mut().find(|one| one.id == attempt.proposal_id) else { return };
    let start = proposal.start.max(istanbul_date(now));
    let Some(product) = proposal.product_mut(&attempt.product_id) else { return };
    if matches!(product.phase, Phase::Purchased { .. }) {
        return;
    }
    product.phase = Phase::Purchased { policy_id: policy_id.clone(), visible_at };
    product.payment_failure = None;
    let policy = Policy {
        id: policy_id.clone(),
        number: format!("{}-{}-{number:06}", product.insurer().id, start.year()),
        proposal_id: attempt.proposal_id.clone(),
        product_id: attempt.product_id.clone(),
        customer_id: attempt.customer_id.clone(),
        installment_number: attempt.installment_number,
        payment_type: attempt.method.option(),
        created_at: now,
        document_at,
        start,
        end: years_later(start, 1),
    };
    world.policies.push(policy);
    if let Some(case_id) = case::close_won(&mut world.cases, &attempt.proposal_id, now) {
        world.ledger.note(List::CaseChanges, now, json!({ "caseId": case_id, "mainState": "SUCCESS", "policyId": policy_id }));
    }
    let fields = json!({ "policyId": policy_id, "proposalId": attempt.proposal_id, "proposalProductId": attempt.product_id });
    world.ledger.note(List::Policies, now, fields);
}
