//! Rules about everything but money that a cell of the table can't say: the list of offers, what runs beside the sale.

use super::money::{check, sign_in};
use super::sample::{self, CONSENTS, DOCUMENT, ME, PRICE, Sample, VEHICLES, config, product, proposal};
use super::{Effect, effects};
use crate::domain::ProductId;
use crate::endpoint::CallKind;
use crate::flow::{Event, FlowView, OfferState, Screen, StateKind};
use crate::transport::Failure;

// Offers.

#[test]
fn plan_and_choice_survive_every_read() {
    let mut sample = Sample::at(StateKind::Offers);
    sample.send(Event::ChoosePlan { product: product(), instalments: 3 });
    for price in [PRICE, "8400", "8300.10"] {
        sample.send(Event::KeepWaiting);
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", price));
        if sample.flow.view().screen == Sample::at(StateKind::Offers).flow.view().screen {
            panic!("the plan is forgotten");
        }
    }
    sample.send(Event::PickOffer(product()));
    let chosen = |view: FlowView| if let Screen::Review(review) = view.screen { review.plan.map(|plan| plan.instalments) } else { None };
    assert_eq!(chosen(sample.flow.view()), Some(3));
    sample.answer(CallKind::InformationForm, DOCUMENT);
    sample.send(Event::Pay { acknowledged: true });
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", "1"));
    // Another plan's price changed, not this one's.
    check(&sample, StateKind::Sending);
    assert_eq!(sample.journal.map(|journal| journal.instalments), Some(3));
}

#[test]
fn only_what_the_agency_may_sell_here_can_be_picked() {
    for change in [
        |config: &mut crate::flow::Config| config.insurers.clear(),
        |config: &mut crate::flow::Config| config.insurers[0].1.quote = false,
        |config: &mut crate::flow::Config| config.insurers[0].1.sell_online.clear(),
        |config: &mut crate::flow::Config| config.host_origin = "https://www.acente.example".to_owned(),
    ] {
        let mut config = config();
        change(&mut config);
        let mut sample = Sample::with(config);
        offers(&mut sample);
        assert!(sample.send(Event::PickOffer(product())).is_empty());
        check(&sample, StateKind::Offers);
    }
    let mut sample = Sample::at(StateKind::Offers);
    assert!(sample.send(Event::PickOffer(sample::id(ProductId::new("o2")))).is_empty());
}

fn offers(sample: &mut Sample) {
    sample.send(Event::Started(None));
    sign_in(sample);
    sample.answer(CallKind::OpenCases, sample::CASES);
    sample.answer(CallKind::ListVehicles, VEHICLES);
    sample.answer(CallKind::ReadConsents, CONSENTS);
    sample.send(Event::SubmitConsents { kvkk: false, etk: false });
    sample.send(Event::ChooseVehicle(sample::id(crate::domain::VehicleId::new("v1"))));
    sample.answer(CallKind::CreateProposal, r#""q1""#);
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
}

#[test]
fn a_hidden_page_asks_nothing_until_it_is_seen() {
    let mut sample = Sample::at(StateKind::Offers);
    sample.send(Event::Hidden);
    assert!(sample.fire().is_empty());
    assert_eq!(effects(&sample.send(Event::Shown)), [Effect::Call(CallKind::ReadProposal)]);
    assert!(sample.send(Event::Shown).is_empty());
}

#[test]
fn asks_the_insurers_once_for_a_vehicle() {
    let mut sample = Sample::at(StateKind::Offers);
    sample.send(Event::Back);
    let commands = sample.send(Event::ChooseVehicle(sample::id(crate::domain::VehicleId::new("v1"))));
    assert_eq!(effects(&commands), [Effect::Call(CallKind::ReadProposal)]);
}

#[test]
fn a_plan_survives_a_look_at_the_vehicles() {
    let mut sample = Sample::at(StateKind::Offers);
    sample.send(Event::ChoosePlan { product: product(), instalments: 3 });
    sample.send(Event::MarkOffer { product: product(), marked: true });
    sample.send(Event::Back);
    sample.send(Event::ChooseVehicle(sample::id(crate::domain::VehicleId::new("v1"))));
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    let Screen::Offers(offers) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    let OfferState::Priced { chosen, .. } = &offers.offers[0].state else { panic!("{:?}", offers.offers[0].state) };
    assert_eq!((*chosen, offers.marked), (3, 1));
}

#[test]
fn a_plan_that_is_no_longer_offered_gives_way_to_one_that_is() {
    let mut sample = Sample::at(StateKind::Offers);
    let chosen = |sample: &Sample| match sample.flow.view().screen {
        Screen::Offers(offers) => match &offers.offers[0].state {
            OfferState::Priced { chosen, .. } => Some(*chosen),
            _ => None,
        },
        _ => None,
    };
    for (plan, after) in [(3, 3), (9, 3)] {
        sample.send(Event::ChoosePlan { product: product(), instalments: plan });
        assert_eq!(chosen(&sample), Some(after));
    }
    sample.send(Event::KeepWaiting);
    let without = proposal("ACTIVE", PRICE).replace(r#""installmentNumber": 3"#, r#""installmentNumber": 6"#);
    sample.answer(CallKind::ReadProposal, &without);
    assert_eq!(chosen(&sample), Some(1));
    sample.send(Event::PickOffer(product()));
    check(&sample, StateKind::Review);
    // And a plan that is not offered can't be chosen at the last look.
    sample.send(Event::ChooseInstalments(9));
    let Screen::Review(review) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    assert_eq!(review.plan.map(|plan| plan.instalments), Some(1));
}

#[test]
fn an_empty_list_of_offers_is_believed_after_a_while() {
    let empty = r#"{"proposalId": "q1", "totalProductsCount": 0, "products": []}"#;
    let mut sample = Sample::at(StateKind::Requesting);
    sample.answer(CallKind::CreateProposal, r#"{"proposalId": "q1"}"#);
    let done = |sample: &Sample| matches!(sample.flow.view().screen, Screen::Offers(offers) if offers.done);
    sample.answer(CallKind::ReadProposal, empty);
    let mut reads = 1;
    while !done(&sample) {
        sample.fire();
        sample.answer(CallKind::ReadProposal, empty);
        reads += 1;
    }
    // Twenty seconds of two each, and two reads that agree.
    assert_eq!(reads, 12);
}

/// Without a rate nobody can say that 250 dollars are less than 8500 lira.
#[test]
fn the_lowest_price_is_one_in_lira() {
    let mut sample = Sample::at(StateKind::Offers);
    sample.send(Event::KeepWaiting);
    let lira = proposal("ACTIVE", PRICE);
    let dollars = lira.replace("\"o1\"", "\"o2\"").replace(PRICE, "250.00").replace("TRY", "USD");
    let (_, offer) = dollars.split_once("\"products\": [").expect("products");
    sample.answer(
        CallKind::ReadProposal,
        &lira.replace("\"products\": [", &format!("\"products\": [{},", offer.strip_suffix("]}").expect("an end"))),
    );
    let Screen::Offers(offers) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    let shown: Vec<_> = offers.offers.iter().map(|offer| (offer.id.as_str(), offer.lowest)).collect();
    assert_eq!(shown, [("o1", true), ("o2", false)]);
}

// What runs beside the sale.

#[test]
fn the_case_holds_nobody_up_and_its_late_answer_loses_nothing() {
    let case = |sample: &Sample| sample.flow.view().case.map(|id| id.as_str().to_owned());
    for (answer, known) in
        [(Ok(sample::CASES), Some("k1")), (Ok(r#"{"data": {"cases": {"items": []}}}"#), Some("k2")), (Err(Failure::Timeout), None)]
    {
        let mut sample = Sample::at(StateKind::Opening);
        sample.answer(CallKind::Me, ME);
        sample.answer(CallKind::ListVehicles, VEHICLES);
        check(&sample, StateKind::Opening);
        sample.fire();
        check(&sample, StateKind::Consents);
        let view = sample.flow.view();
        let created = effects(&sample.end(CallKind::OpenCases, answer));
        check(&sample, StateKind::Consents);
        assert_eq!(sample.flow.view().screen, view.screen);
        if created == [Effect::Call(CallKind::CreateCase)] {
            sample.send(Event::SubmitConsents { kvkk: false, etk: false });
            sample.answer(CallKind::CreateCase, r#""k2""#);
            check(&sample, StateKind::Vehicles);
        }
        // It is kept until the customer leaves.
        assert_eq!(case(&sample).as_deref(), known);
        sample.send(Event::SignOut);
        assert_eq!(case(&sample), None);
    }
}
