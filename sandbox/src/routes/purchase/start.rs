//! `POST …/products/{productId}/purchase/async`

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::body::Body;
use crate::caller::Caller;
use crate::catalogue::insurers::Temper;
use crate::clock::Millis;
use crate::error::AppError;
use crate::middleware::ledger::List;
use crate::model::attempt::{Attempt, PAGE_LIFE, ReturnBy, State as AttemptState};
use crate::model::product::{Phase, Product};
use crate::pay::act::charge_all;
use crate::routes::proposals::{own, product};
use crate::routes::purchase::request::{PurchaseRequest, read};
use crate::sandbox::Sandbox;
use crate::scenarios::{Chosen, Payment};
use crate::world::World;

/// Opens a payment page. What the customer does there decides; this answer says nothing about it.
pub(crate) async fn start(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    chosen: Chosen,
    Path((proposal_id, product_id)): Path<(String, String)>,
    body: Body,
) -> Result<Json<Value>, AppError> {
    let request = read(&body, &sandbox, (&proposal_id, &product_id));
    let mut world = sandbox.world();
    let opened = request.and_then(|request| open(&mut world, (&caller, chosen), (&proposal_id, &product_id), request));
    let now = world.clock.now();
    let fields = json!({ "proposalId": proposal_id, "proposalProductId": product_id, "accepted": opened.is_ok() });
    world.ledger.note(List::Purchases, now, fields);
    Ok(Json(json!({ "redirectUrl": format!("{}/odeme/{}", sandbox.addresses().pay, opened?) })))
}

fn open(
    world: &mut World,
    (caller, chosen): (&Caller, Chosen),
    (proposal_id, product_id): (&str, &str),
    request: PurchaseRequest,
) -> Result<String, AppError> {
    let (now, naive, return_by) = (world.clock.now(), world.naive, world.return_by);
    let proposal = own(world, caller, proposal_id)?;
    let payment = chosen.payment().or_else(|| proposal.chosen.payment());
    let bought = matches!(product(proposal, product_id)?.phase, Phase::Purchased { .. });
    let mut amount = price(product(proposal, product_id)?, &request, now, naive)?;
    match (payment, proposal.product_mut(product_id)) {
        (Some(Payment::PriceChanges), Some(product)) if !product.repriced => {
            product.repriced = true;
            product.price = dearer(product.price);
            return Err(AppError::rule("PRODUCT_PREMIUM_CHANGED", "Teklifin primi değişti."));
        }
        (Some(Payment::PriceDiffers), _) => amount = dearer(amount),
        _ => {}
    }
    if let Some(product) = proposal.product_mut(product_id)
        && product.state(now) == "ACTIVE"
    {
        product.phase = Phase::Purchasing { until: now + PAGE_LIFE };
        product.payment_failure = None;
    }
    let id = world.random.token();
    world.attempts.push(Attempt {
        id: id.clone(),
        proposal_id: proposal_id.to_owned(),
        product_id: product_id.to_owned(),
        customer_id: caller.customer_id.clone(),
        method: request.method,
        installment_number: request.installment_number,
        callback_url: request.callback_url,
        amount,
        payment,
        return_by: if payment == Some(Payment::ReturnsByPost) { ReturnBy::Post } else { return_by },
        opened_at: now,
        state: AttemptState::Open,
    });
    if naive && bought {
        charge_all(world, product_id);
    }
    Ok(id)
}

/// Seven per cent more.
const fn dearer(price: u32) -> u32 {
    price + price / 100 * 7
}

/// What the offer costs in the wanted plan, if it can be bought at all.
fn price(product: &Product, request: &PurchaseRequest, now: Millis, naive: bool) -> Result<u32, AppError> {
    match product.state(now) {
        "ACTIVE" => {}
        "PURCHASING" | "PURCHASED" if naive => {}
        "PURCHASING" => return Err(AppError::invalid_state("PRODUCT_PURCHASING", "Bu teklif için devam eden bir ödeme var.")),
        "PURCHASED" => return Err(AppError::invalid_state("PRODUCT_PURCHASED", "Bu teklif zaten poliçeleşmiş.")),
        _ => return Err(AppError::invalid_state("PRODUCT_NOT_ACTIVE", "Bu teklif satın alınamaz.")),
    }
    if matches!(product.line.temper, Temper::Investigates(_)) {
        return Err(AppError::rule("PRODUCT_NEEDS_INVESTIGATION", "Bu teklif sigorta şirketinin incelemesinden sonra satın alınabilir."));
    }
    if !product.options().contains(&request.method.option()) {
        return Err(AppError::rule("PAYMENT_OPTION_NOT_SUPPORTED", "Sigorta şirketi bu ödeme yöntemini desteklemiyor."));
    }
    let plans = product.plans(now);
    let plan = plans.iter().find(|(count, _)| *count == request.installment_number);
    plan.map(|(_, price)| *price).ok_or_else(|| AppError::rule("INSTALLMENT_NOT_AVAILABLE", "Bu taksit seçeneği sunulmuyor."))
}
