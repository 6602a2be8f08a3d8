//! What a customer sees of the offers, whatever the reads of a proposal bring, and in whatever order.
//!
//! Reads come late, partly, twice, in another order, or not at all; offers come, change, fail and vanish. What was chosen stays, no offer
//! is there twice, none moves for another's sake, and every price is the one that was read last for this very offer and plan.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests, which the lints know only by `#[test]`")]

#[path = "properties/sale.rs"]
mod sale;

use insurup_core::domain::ProductId;
use insurup_core::endpoint::CallKind;
use insurup_core::flow::{Action, Event, OfferState, OffersView, Screen, StateKind};
use insurup_core::transport::Failure;
use proptest::prelude::*;
use sale::{Sale, decode};
use serde_json::json;

const PRODUCTS: u8 = 5;
const PLANS: [u8; 3] = [1, 3, 6];

/// One product in one read.
#[derive(Debug, Clone)]
struct Told {
    product: u8,
    state: &'static str,
    /// Instalments and price in kuruş.
    premiums: Vec<(u8, i64)>,
}

/// One thing that happens.
#[derive(Debug, Clone)]
enum Happening {
    Read(Vec<Told>),
    /// The answer to a question that was given up long ago.
    Late(Vec<Told>),
    Lost,
    Choose(u8, u8),
    Hide,
}

fn told() -> impl Strategy<Value = Told> {
    let states = prop::sample::select(&["WAITING", "ACTIVE", "ACTIVE", "ACTIVE", "FAILED", "PURCHASE_FAILED", "QUANTUM"][..]);
    let prices = prop::collection::vec(prop::option::weighted(0.9, 1..900_000_i64), PLANS.len());
    (0..PRODUCTS, states, prices).prop_map(|(product, state, prices)| {
        let priced = PLANS.into_iter().zip(prices).filter_map(|(plan, price)| Some((plan, price?)));
        Told { product, state, premiums: priced.collect() }
    })
}

fn happening() -> impl Strategy<Value = Happening> {
    let read = || prop::collection::vec(told(), 0..8);
    prop_oneof![
        6 => read().prop_map(Happening::Read),
        1 => read().prop_map(Happening::Late),
        1 => Just(Happening::Lost),
        3 => (0..PRODUCTS, prop::sample::select(&PLANS[..])).prop_map(|(product, plan)| Happening::Choose(product, plan)),
        1 => Just(Happening::Hide),
    ]
}

fn body(read: &[Told]) -> serde_json::Value {
    let products: Vec<_> = read
        .iter()
        .map(|told| {
            let premiums: Vec<_> = told
                .premiums
                .iter()
                .map(|(plan, minor)| {
                    let price: serde_json::Value = serde_json::from_str(&format!("{}.{:02}", minor / 100, minor % 100)).expect("a number");
                    json!({ "installmentNumber": plan, "grossPremium": price, "currency": "TRY" })
                })
                .collect();
            json!({
                "id": format!("o{}", told.product), "insuranceCompanyId": 12, "insuranceCompanyName": format!("Sigorta {}", told.product),
                "productName": "Kasko", "productType": "WEB_SERVICE", "state": told.state, "premiums": premiums,
                "supportedPaymentOptions": ["ASYNC_INSURANCE_COMPANY_REDIRECT"],
            })
        })
        .collect();
    json!({ "proposalId": "q1", "totalProductsCount": 8, "products": products })
}

fn id(product: u8) -> ProductId {
    ProductId::new(format!("o{product}")).expect("an id")
}

/// What the list must be like after a read.
fn check(offers: &OffersView, read: &[Told], chosen: &[(u8, u8)]) {
    let ids: Vec<_> = offers.offers.iter().map(|offer| offer.id.clone()).collect();
    for product in 0..PRODUCTS {
        let told: Vec<_> = read.iter().filter(|told| told.product == product).collect();
        let shown = ids.iter().filter(|shown| **shown == id(product)).count();
        assert_eq!(shown, usize::from(!told.is_empty()), "offer {product} of {ids:?}");
        let Some(offer) = offers.offers.iter().find(|offer| offer.id == id(product)) else { continue };
        assert_eq!(offer.insurer, format!("Sigorta {product}"));
        // A body that lists an offer twice means the first one, as everywhere.
        let told = told[0];
        let plan = chosen.iter().rev().find(|(of, _)| *of == product).map(|(_, plan)| *plan);
        match &offer.state {
            OfferState::Priced { plans, chosen } => {
                assert!(matches!(told.state, "ACTIVE" | "PURCHASE_FAILED"), "{} has a price", told.state);
                let shown: Vec<_> = plans.iter().map(|plan| (plan.instalments, plan.total.minor())).collect();
                assert_eq!(shown, told.premiums, "a price of another offer or an older read");
                let plan = plan.filter(|plan| told.premiums.iter().any(|(of, _)| of == plan));
                assert_eq!(*chosen, plan.unwrap_or(told.premiums[0].0), "the choice is lost");
                assert_eq!(offer.action, Action::Buy);
            }
            OfferState::NoPrice => assert!(told.premiums.is_empty(), "a price that was read is not shown"),
            OfferState::Waiting => assert!(matches!(told.state, "WAITING" | "QUANTUM"), "{}", told.state),
            OfferState::Failed(_) => assert_eq!(told.state, "FAILED"),
        }
    }
    let cheapest = |offers: &OffersView| {
        let price = |state: &OfferState| if let OfferState::Priced { plans, .. } = state { Some(plans[0].total.minor()) } else { None };
        let all: Vec<_> = offers.offers.iter().map(|offer| (price(&offer.state), offer.lowest)).collect();
        (all.iter().filter_map(|(price, _)| *price).min(), all.iter().filter(|(_, lowest)| *lowest).map(|(price, _)| *price).collect())
    };
    let (least, called): (Option<i64>, Vec<Option<i64>>) = cheapest(offers);
    assert_eq!(called, least.map(Some).into_iter().collect::<Vec<_>>(), "what is called the lowest price");
}

/// Two offers of which nothing changed keep their order.
fn check_order(before: &OffersView, after: &OffersView) {
    let place = |offers: &OffersView, of: &ProductId| offers.offers.iter().position(|offer| offer.id == *of);
    let same: Vec<_> = before
        .offers
        .iter()
        .filter(|offer| {
            after.offers.iter().any(|other| (&other.id, &other.state, &other.action) == (&offer.id, &offer.state, &offer.action))
        })
        .map(|offer| &offer.id)
        .collect();
    assert!(
        same.windows(2).all(|pair| place(after, pair[0]) < place(after, pair[1])),
        "cards jumped: {same:?} stood as they were, and are now {:?}",
        after.offers.iter().map(|offer| &offer.id).collect::<Vec<_>>()
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_choice_and_every_price_survive_any_reads(happenings in prop::collection::vec(happening(), 1..30)) {
        let mut sale = Sale::at_offers();
        let mut last: Vec<Told> = Vec::new();
        let mut chosen: Vec<(u8, u8)> = Vec::new();
        for happening in happenings {
            let before = sale.offers();
            match happening {
                Happening::Read(read) => {
                    sale.ask();
                    sale.answer(CallKind::ReadProposal, &body(&read));
                    last = read;
                }
                Happening::Late(read) => {
                    let late = sale.early.expect("a call of long ago");
                    sale.send(Event::Answered(late, Ok(decode(CallKind::ReadProposal, &body(&read)))));
                    prop_assert_eq!(&sale.offers(), &before);
                }
                Happening::Lost => {
                    sale.ask();
                    let lost = sale.call.take().expect("a question");
                    sale.send(Event::Answered(lost, Err(Failure::Timeout)));
                    prop_assert_eq!(&sale.offers().offers, &before.offers);
                }
                Happening::Choose(product, plan) => {
                    // Only what is on the screen can be chosen.
                    let there = before.offers.iter().find(|offer| offer.id == id(product)).is_some_and(|offer| {
                        matches!(&offer.state, OfferState::Priced { plans, .. } if plans.iter().any(|of| of.instalments == plan))
                    });
                    if there {
                        sale.send(Event::ChoosePlan { product: id(product), instalments: plan });
                        chosen.push((product, plan));
                    }
                }
                Happening::Hide => sale.send(Event::Hidden),
            }
            prop_assert_eq!(sale.flow.kind(), StateKind::Offers);
            let after = sale.offers();
            check(&after, &last, &chosen);
            check_order(&before, &after);
        }
        // And what is shown is what is bought.
        let offers = sale.offers();
        for offer in offers.offers {
            let OfferState::Priced { plans, chosen } = &offer.state else { continue };
            sale.send(Event::PickOffer(offer.id.clone()));
            let Screen::Review(review) = sale.flow.view().screen else { panic!("{:?}", sale.flow.kind()) };
            prop_assert_eq!(&review.insurer, &offer.insurer);
            prop_assert_eq!(review.plan, plans.iter().find(|plan| plan.instalments == *chosen).copied());
            sale.send(Event::Back);
        }
    }
}
