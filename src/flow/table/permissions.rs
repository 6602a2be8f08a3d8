//! What each permission allows on each page, alone: four permissions × three origins, each cell played to the last look.

use super::compliance::come_to_offers;
use super::sample::{self, Sample, proposal};
use crate::domain::{CatalogueId, InsurerId, PaymentOption};
use crate::flow::{Action, Config, Display, Event, FlowView, OfferState, OfferView, Permissions, Reason, Screen, StateKind};

const PERMITTED: &str = "https://acente.example";
const SUBDOMAIN: &str = "https://kasko.acente.example";
const OTHER: &str = "https://baska.example";

/// What is allowed: a price, the buy button, the logo, payment through a third party.
type Allowed = (bool, bool, bool, bool);

fn config(origin: &str, permissions: Permissions) -> Config {
    let insurer = InsurerId::new("12").unwrap();
    Config { host_origin: origin.to_owned(), insurers: vec![(insurer, permissions)], ..sample::config() }
}

fn permissions(quote: bool, sell: bool, logo: bool, third_party: bool) -> Permissions {
    let sell_online = if sell { vec![PERMITTED.to_owned()] } else { Vec::new() };
    Permissions { quote, sell_online, logo, third_party, three_d_secure: false }
}

/// The picture of the one offer under this configuration, and whether pressing its button leads to the last look.
fn offer(config: Config, body: &str) -> (FlowView, bool) {
    let mut sample = Sample::with(config);
    come_to_offers(&mut sample, body);
    let view = sample.flow.view();
    sample.send(Event::PickOffer(sample::product()));
    let leads_on = sample.flow.kind() == StateKind::Review;
    (view, leads_on)
}

fn shown(view: &FlowView) -> Option<&OfferView> {
    match &view.screen {
        Screen::Offers(offers) => offers.offers.first().map(|offer| &**offer),
        other => panic!("not the offers but {}", other.name()),
    }
}

#[track_caller]
fn check(origin: &str, permissions: &Permissions, expected: Allowed) {
    let insurer = InsurerId::new("12").unwrap();
    let rules = config(origin, permissions.clone());
    let (logo, third_party) =
        (rules.may_show_logo(&insurer, "https://marks.example/12.svg"), rules.may_pay(&insurer, &PaymentOption::AsyncThirdParty3dSecure));
    let (view, leads_on) = offer(rules, &proposal("ACTIVE", "8500.55"));
    let offer = shown(&view).expect("an offer");
    let priced = matches!(offer.state, OfferState::Priced { .. });
    let buys = offer.action == Action::Buy;
    assert_eq!((priced, buys, logo, third_party), expected, "{permissions:?} on {origin}");
    // What the button says and what the flow does are one rule; without it, the agency is called.
    assert_eq!(buys, leads_on);
    assert!(buys || offer.action == Action::Call(if priced { Reason::Offline } else { Reason::Hidden }));
}

#[test]
fn four_permissions_on_three_origins() {
    const YES: bool = true;
    const NO: bool = false;
    let table: &[(Permissions, [Allowed; 3])] = &[
        // Granted                              On the permitted origin, on its subdomain, elsewhere.
        (permissions(NO, NO, NO, NO), [(NO, NO, NO, NO), (NO, NO, NO, NO), (NO, NO, NO, NO)]),
        (permissions(YES, NO, NO, NO), [(YES, NO, NO, NO), (YES, NO, NO, NO), (YES, NO, NO, NO)]),
        (permissions(NO, YES, NO, NO), [(NO, NO, NO, NO), (NO, NO, NO, NO), (NO, NO, NO, NO)]),
        (permissions(NO, NO, YES, NO), [(NO, NO, YES, NO), (NO, NO, YES, NO), (NO, NO, YES, NO)]),
        (permissions(NO, NO, NO, YES), [(NO, NO, NO, YES), (NO, NO, NO, YES), (NO, NO, NO, YES)]),
        (permissions(YES, YES, NO, NO), [(YES, YES, NO, NO), (YES, NO, NO, NO), (YES, NO, NO, NO)]),
        (permissions(YES, YES, YES, YES), [(YES, YES, YES, YES), (YES, NO, YES, YES), (YES, NO, YES, YES)]),
        (permissions(YES, NO, YES, YES), [(YES, NO, YES, YES), (YES, NO, YES, YES), (YES, NO, YES, YES)]),
    ];
    for (permissions, expected) in table {
        for (origin, expected) in [PERMITTED, SUBDOMAIN, OTHER].into_iter().zip(expected) {
            check(origin, permissions, *expected);
        }
    }
}

#[test]
fn another_spelling_of_the_origin_is_another_origin() {
    let all = permissions(true, true, false, false);
    for origin in
        ["http://acente.example", "https://acente.example:8443", "https://acente.example.evil.example", "https://www.acente.example", ""]
    {
        check(origin, &all, (true, false, false, false));
    }
}

#[test]
fn each_insurer_has_permissions_of_its_own() {
    let mut config = config(PERMITTED, permissions(true, true, true, true));
    config.insurers[0].0 = InsurerId::new("13").unwrap();
    let (view, leads_on) = offer(config, &proposal("ACTIVE", "8500.55"));
    assert_eq!(shown(&view).expect("an offer").action, Action::Call(Reason::Hidden));
    assert!(!leads_on);
}

#[test]
fn an_insurer_that_requires_3d_secure_is_not_sold_by_its_own_page() {
    let required = Permissions { three_d_secure: true, ..permissions(true, true, true, true) };
    let (view, leads_on) = offer(config(PERMITTED, required.clone()), &proposal("ACTIVE", "8500.55"));
    assert_eq!(shown(&view).expect("an offer").action, Action::Call(Reason::Offline));
    assert!(!leads_on);
    let insurer = InsurerId::new("12").unwrap();
    let rules = config(PERMITTED, required);
    for (option, may) in [
        (PaymentOption::AsyncInsuranceCompanyRedirect, false),
        (PaymentOption::Async3dSecure, true),
        (PaymentOption::AsyncThirdParty3dSecure, true),
        (PaymentOption::SyncCreditCard, false),
        (PaymentOption::SyncOpenAccount, false),
        (PaymentOption::Unknown("ASYNC_PIGEON".to_owned()), false),
    ] {
        assert_eq!(rules.may_pay(&insurer, &option), may, "{option:?}");
    }
}

#[test]
fn a_product_is_sold_called_about_or_hidden() {
    let body = proposal("ACTIVE", "8500.55").replace(r#""productName""#, r#""productId": 61, "productName""#);
    let id = |text: &str| CatalogueId::new(text).unwrap();
    let with = |products| Config { products, ..config(PERMITTED, permissions(true, true, false, false)) };

    for products in [Vec::new(), vec![(id("61"), Display::Sell)], vec![(id("12"), Display::Hidden)]] {
        let (view, leads_on) = offer(with(products), &body);
        assert_eq!((shown(&view).expect("an offer").action.clone(), leads_on), (Action::Buy, true));
    }

    let (view, leads_on) = offer(with(vec![(id("61"), Display::Call)]), &body);
    let called = shown(&view).expect("an offer");
    assert!(matches!(called.state, OfferState::Priced { .. }));
    assert_eq!((called.action.clone(), leads_on), (Action::Call(Reason::Offline), false));

    let (view, leads_on) = offer(with(vec![(id("61"), Display::Hidden)]), &body);
    let Screen::Offers(offers) = &view.screen else { panic!("not the offers") };
    assert_eq!((offers.offers.len(), offers.total, offers.answered, offers.ticks.len(), leads_on), (0, 0, 0, 0, false));
}
