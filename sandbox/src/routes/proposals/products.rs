//! `GET /api/proposals/{id}/products[/{productId}]`: known to the guides only; today the proposal carries its offers.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::catalogue::coverage;
use crate::catalogue::insurers::Temper;
use crate::catalogue::prices;
use crate::clock::Millis;
use crate::error::AppError;
use crate::model::product::Product;
use crate::model::proposal::Proposal;
use crate::money;
use crate::routes::proposals::malformed::break_some;
use crate::routes::proposals::{own, product};
use crate::sandbox::Sandbox;
use crate::scenarios::{Chosen, Offers};
use crate::wire::{Form, WireMode};

/// All offers of a proposal.
pub(crate) async fn list(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    chosen: Chosen,
    Path(proposal_id): Path<String>,
) -> Result<Json<Value>, AppError> {
    known_here(&sandbox)?;
    let mut world = sandbox.world();
    let now = world.clock.now();
    let proposal = own(&mut world, &caller, &proposal_id)?;
    let api = &sandbox.addresses().api;
    Ok(Json(Value::Array(all(proposal, chosen, (now, api, caller.form)))))
}

/// One offer of a proposal.
pub(crate) async fn show(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path((proposal_id, product_id)): Path<(String, String)>,
) -> Result<Json<Value>, AppError> {
    known_here(&sandbox)?;
    let mut world = sandbox.world();
    let now = world.clock.now();
    let proposal = own(&mut world, &caller, &proposal_id)?;
    let one = product(proposal, &product_id)?;
    Ok(Json(to_json(one, proposal, (now, &sandbox.addresses().api, caller.form))))
}

fn known_here(sandbox: &Sandbox) -> Result<(), AppError> {
    if sandbox.wire() == WireMode::Current { Err(AppError::no_such_endpoint()) } else { Ok(()) }
}

/// The offers of a proposal, broken where a scenario wants that.
pub(super) fn all(proposal: &Proposal, chosen: Chosen, how: (Millis, &str, Form)) -> Vec<Value> {
    let mut offers: Vec<Value> = proposal.products.iter().map(|one| to_json(one, proposal, how)).collect();
    match chosen.offers().or_else(|| proposal.chosen.offers()) {
        Some(Offers::Malformed) => break_some(&mut offers),
        Some(Offers::Foreign) => offers.iter_mut().zip(RATES.iter().cycle()).for_each(|(offer, rate)| exchange(offer, *rate)),
        _ => {}
    }
    offers
}

/// Currencies in turn, with what one of them costs in lira.
const RATES: [(&str, f64); 4] = [("TURKISH_LIRA", 1.0), ("UNITED_STATES_DOLLAR", 40.0), ("EURO", 50.0), ("UNKNOWN", 1.0)];

/// Writes an offer's amounts in another currency. What is charged stays lira.
fn exchange(offer: &mut Value, (currency, rate): (&str, f64)) {
    for plan in offer["premiums"].as_array_mut().into_iter().flatten() {
        for amount in ["netPremium", "grossPremium", "commission"] {
            let lira = plan[amount].as_f64().unwrap_or_default();
            plan[amount] = json!((lira / rate * 100.0).round() / 100.0);
        }
        plan["currency"] = json!(currency);
        plan["exchangeRate"] = json!(rate);
    }
}

/// An offer as the API reads it out.
pub(super) fn to_json(product: &Product, proposal: &Proposal, (now, api, form): (Millis, &str, Form)) -> Value {
    let insurer = product.insurer();
    let arrived = now >= product.arrives_at;
    let offered = arrived && product.failure.is_none();
    let state = match product.state(now) {
        // The guides have a name of their own for an offer whose payment failed.
        "ACTIVE" if form == Form::Guide && product.payment_failure.is_some() => "PURCHASE_FAILED",
        state => state,
    };
    let error = if arrived { product.failure.or(product.payment_failure) } else { None };
    let investigation = match product.line.temper {
        Temper::Investigates(message) if offered => Some(message),
        _ => None,
    };
    let provided = offered.then(|| coverage::offered(proposal.branch, product.group, Some(product.line)));
    json!({
        "id": product.id,
        "insuranceCompanyId": insurer.id,
        "insuranceCompanyName": insurer.name,
        "insuranceCompanyLogo": format!("{api}/files/logo/{}.svg", insurer.id),
        "productId": product.line.product_id,
        "productName": product.line.name.unwrap_or(product_name(proposal)),
        "productType": if product.line.robot { "ROBOT" } else { "WEB_SERVICE" },
        "state": state,
        "errorMessage": error,
        "premiums": premiums(product, now, form),
        "supportedPaymentOptions": product.options(),
        "needsInvestigationByCompany": investigation.is_some(),
        "investigationMessage": investigation,
        "hasVocationalDiscount": false,
        "hasUndamagedDiscount": offered,
        "hasUndamagedDiscountRate": if offered { json!(40) } else { Value::Null },
        "revised": false,
        "isManual": false,
        "manualPdfUrl": null,
        "policyId": product.policy_id(now),
        "coverageGroupId": product.group.id,
        "coverageGroupName": product.group.name,
        "initialCoverage": coverage::offered(proposal.branch, product.group, None),
        "insuranceServiceProviderCoverage": provided,
        "pdfCoverage": null,
        "optimalCoverage": provided,
    })
}

/// What the insurers call their product.
pub(super) fn product_name(proposal: &Proposal) -> &'static str {
    use crate::model::enums::ProductBranch;
    match proposal.branch {
        ProductBranch::Trafik => "Zorunlu Trafik Sigortası",
        ProductBranch::Tss => "Tamamlayıcı Sağlık Sigortası",
        _ => "Genişletilmiş Kasko",
    }
}

fn premiums(product: &Product, now: Millis, form: Form) -> Vec<Value> {
    let currency = if form == Form::Guide { "TRY" } else { "TURKISH_LIRA" };
    let plan = |(count, gross): (u32, u32)| {
        json!({
            "installmentNumber": count,
            "netPremium": money::wire(prices::net(gross)),
            "grossPremium": money::wire(gross),
            "commission": money::wire(prices::commission(gross)),
            "exchangeRate": 1.0,
            "currency": currency,
            "insuranceCompanyProposalNumber": number(product),
        })
    };
    product.plans(now).into_iter().map(plan).collect()
}

/// The insurer's own number for the offer.
pub(super) fn number(product: &Product) -> String {
    format!("T{}-{}", product.insurer().id, product.id.get(..8).unwrap_or_default().to_uppercase())
}
