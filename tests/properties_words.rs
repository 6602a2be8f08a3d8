//! Words a customer chooses from: what the screen says, what is chosen and what is sent are the same, for every word there is and for
//! those that a release may add.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests, which the lints know only by `#[test]`")]

#[path = "properties/sale.rs"]
mod sale;

use insurup_core::domain::{
    CaseStatus, CaseType, ConsentType, CustomerId, FuelType, PaymentOption, PolicyState, ProductBranch, ProductState, ProductType,
    UtilizationStyle,
};
use insurup_core::endpoint::customers::{ReadHealthInfo, SaveHealthInfo};
use insurup_core::endpoint::{Call, CallKind, Endpoint as _, Wire, customers::HealthInfo};
use insurup_core::flow::{Action, Event, Screen, VehicleForm};
use insurup_core::json::Value;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use sale::Sale;
use serde_json::json;

const FUELS: [&str; 6] = ["GASOLINE", "DIESEL", "LPG", "ELECTRIC", "LPG_GASOLINE", "HYBRID"];
const OPTIONS: [&str; 7] = [
    "SYNC_CREDIT_CARD",
    "SYNC_OPEN_ACCOUNT",
    "ASYNC_3D_SECURE",
    "ASYNC_INSURANCE_COMPANY_REDIRECT",
    "ASYNC_THIRD_PARTY_3D_SECURE",
    "UNKNOWN",
    "BARTER",
];

fn wire() -> impl Strategy<Value = Wire> {
    select(&[Wire::Current, Wire::Guide][..])
}

/// A known fuel, or one that a release may add.
fn fuel() -> impl Strategy<Value = String> {
    prop_oneof![4 => select(&FUELS[..]).prop_map(str::to_owned), 1 => "[A-Z]{3,9}_[A-Z]{2,9}"]
}

/// A known use, or one that a release may add.
fn utilization() -> impl Strategy<Value = String> {
    let known = select(&[1, 2, 6, 12, 19, 24, 32][..])
        .prop_map(|number| UtilizationStyle::from_ordinal(number).expect("a word of the list").as_str().to_owned());
    prop_oneof![4 => known, 1 => "[A-Z]{3,9}_[A-Z]{2,9}"]
}

/// The body of the one call of this kind.
#[track_caller]
fn body_of(sale: &Sale, kind: CallKind, wire: Wire) -> Value {
    let calls: Vec<_> = sale.asked.iter().filter(|call| call.kind() == kind).collect();
    assert_eq!(calls.len(), 1, "{kind:?}");
    calls[0].body(wire).expect("a body")
}

fn search(sale: &mut Sale, wire: Wire) {
    let serial = if wire == Wire::Guide { "A 1234567" } else { "AB 123456" };
    sale.send(Event::AddVehicle);
    sale.send(Event::SubmitLookup { plate: "34 ABD 77".to_owned(), serial: serial.to_owned() });
}

#[track_caller]
fn check_body(sale: &Sale, wire: Wire, fuel: &str, utilization: &str) {
    let body = body_of(sale, CallKind::CreateVehicle, wire);
    // The guides list neither.
    if wire == Wire::Current {
        assert_eq!(body.field("fuel").any_of(&["type"]).as_text().or_else(|| body.field("fuel").as_text()), Some(fuel), "{body:?}");
        assert_eq!(body.field("utilizationStyle").as_text(), Some(utilization), "{body:?}");
    }
}

/// A word of a list, any text at all as well: what is not known is kept as it came.
#[track_caller]
fn kept(name: &str, word: &str, read: &str) {
    assert!(read == word || (read.eq_ignore_ascii_case(word) && read.is_ascii()), "{name}: `{word}` became `{read}`");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The vendor's own site registered every new vehicle as diesel.
    #[test]
    fn a_vehicle_that_was_found_is_saved_as_it_was_shown(wire in wire(), fuel in fuel(), utilization in utilization()) {
        let mut sale = Sale::at_vehicles(wire);
        search(&mut sale, wire);
        sale.answer(CallKind::LookUpVehicle, &json!({
            "plate": { "city": 34, "code": "ABD77" }, "fuelType": fuel, "utilizationStyle": utilization,
            "model": { "year": 2019, "brand": { "value": "107", "text": "RENAULT" }, "type": { "value": "1070412", "text": "CLIO" } },
        }));
        let Screen::Found(found) = sale.flow.view().screen else { panic!("{:?}", sale.flow.kind()) };
        prop_assert_eq!(found.fuel.as_ref().map(FuelType::as_str), Some(fuel.as_str()));
        prop_assert_eq!(found.utilization.as_ref().map(UtilizationStyle::as_str), Some(utilization.as_str()));
        sale.send(Event::ConfirmVehicle);
        check_body(&sale, wire, &fuel, &utilization);
    }

    #[test]
    fn a_vehicle_that_was_typed_is_saved_as_it_was_chosen(wire in wire(), fuel in fuel(), utilization in utilization()) {
        let mut sale = Sale::at_vehicles(wire);
        sale.send(Event::AddVehicle);
        sale.send(Event::TypeByHand);
        let text = str::to_owned;
        sale.send(Event::SubmitVehicle(Box::new(VehicleForm {
            plate: text("34 ABD 77"),
            serial: text(if wire == Wire::Guide { "A 1234567" } else { "AB 123456" }),
            brand: text("107"),
            year: text("2019"),
            model: text("1070412"),
            fuel: fuel.clone(),
            utilization: utilization.clone(),
            ..VehicleForm::default()
        })));
        check_body(&sale, wire, &fuel, &utilization);
    }

    /// A consent is recorded for each box that is ticked, and for no other (decision 11).
    #[test]
    fn each_consent_is_the_one_that_was_ticked(wire in wire(), kvkk: bool, etk: bool) {
        let mut sale = Sale::at_consents(wire);
        sale.send(Event::SubmitConsents { kvkk, etk });
        let given: Vec<_> = sale.asked.iter().filter_map(|call| match call {
            Call::GiveConsent(give) => Some(give.consent.as_str().to_owned()),
            _ => None,
        }).collect();
        let ticked: Vec<_> = [(kvkk, "KVKK"), (etk, "ETK")].into_iter().filter(|(ticked, _)| *ticked).map(|(_, word)| word).collect();
        prop_assert_eq!(given, ticked);
        for call in sale.asked.iter().filter(|call| call.kind() == CallKind::GiveConsent) {
            let Call::GiveConsent(give) = call else { continue };
            let body = call.body(wire).expect("a body");
            prop_assert!(body.members().iter().any(|(_, value)| value.as_text() == Some(give.consent.as_str())), "{:?}", body);
        }
    }

    /// An offer can be bought here exactly when its own insurer takes payment on a page of its own (decision 7).
    #[test]
    fn the_way_to_pay_is_one_of_the_offers_own(options in subsequence(&OPTIONS[..], 0..=OPTIONS.len()), is_robot: bool) {
        let mut sale = Sale::at_offers();
        sale.answer(CallKind::ReadProposal, &json!({ "proposalId": "q1", "products": [{
            "id": "o1", "insuranceCompanyId": 12, "productType": if is_robot { "ROBOT" } else { "WEB_SERVICE" }, "state": "ACTIVE",
            "supportedPaymentOptions": options, "premiums": [{ "installmentNumber": 1, "grossPremium": 8500.55, "currency": "TRY" }],
        }] }));
        let redirects = options.contains(&"ASYNC_INSURANCE_COMPANY_REDIRECT") && !is_robot;
        prop_assert_eq!(sale.offers().offers[0].action == Action::Buy, redirects);
    }

    /// Lists a customer ticks several words of: everything is replaced, so everything has to come back.
    #[test]
    fn health_answers_come_back(surgeries in prop::collection::vec("[A-Z][A-Z_0-9]{0,20}", 0..5), diseases in prop::collection::vec("[A-Z][A-Z_0-9]{0,20}", 0..5), wire in wire()) {
        let info = HealthInfo { surgeries, diseases, ..HealthInfo::default() };
        let customer = CustomerId::new("c1").expect("an id");
        let body = SaveHealthInfo { customer, info: info.clone() }.body(wire).expect("a body");
        prop_assert!(ReadHealthInfo::decode(&body).expect("what was sent can be read") == info);
    }

    #[test]
    fn every_list_keeps_what_it_does_not_know(word: String) {
        kept("fuel", &word, FuelType::parse(&word).as_str());
        kept("use", &word, UtilizationStyle::parse(&word).as_str());
        kept("branch", &word, ProductBranch::parse(&word).as_str());
        kept("payment", &word, PaymentOption::parse(&word).as_str());
        kept("kind", &word, ProductType::parse(&word).as_str());
        kept("state", &word, ProductState::parse(&word).as_str());
        kept("consent", &word, ConsentType::parse(&word).as_str());
        kept("case", &word, CaseStatus::parse(&word).as_str());
        kept("case type", &word, CaseType::parse(&word).as_str());
        kept("policy", &word, PolicyState::parse(&word).as_str());
    }
}

/// What the register says in its own case is the word of the list all the same.
#[test]
fn a_word_in_another_case_is_the_same_word() {
    for fuel in FUELS {
        assert_eq!(FuelType::parse(&fuel.to_lowercase()), FuelType::parse(fuel));
        assert_eq!(FuelType::parse(fuel).as_str(), fuel);
    }
}
