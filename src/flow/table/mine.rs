//! Rules about the list of what a customer has already.

use super::money::{check, sign_in};
use super::sample::{DOCUMENT, LISTS, PRICE, Sample, id, proposal, purchased, refused};
use super::{Effect, effects};
use crate::domain::{PolicyId, ProductBranch, ProposalId};
use crate::endpoint::CallKind::{ListMine, PolicyDocument, ReadPolicy, ReadProposal};
use crate::flow::{Apart, DocumentView, Event, MineView, Notice, ResumeView, Screen, StateKind, Step};
use crate::transport::Failure;

fn view(sample: &Sample) -> Apart<MineView> {
    match sample.flow.view().screen {
        Screen::Mine(view) => view,
        other => panic!("{other:?}"),
    }
}

fn resume(which: &str) -> Event {
    Event::ResumeProposal(id(ProposalId::new(which)))
}

fn download(which: &str) -> Event {
    Event::ShowPolicyDocument(id(PolicyId::new(which)))
}

/// A sale at this answer to the question.
fn at(lists: &str) -> Sample {
    let mut sample = Sample::at(StateKind::Vehicles);
    sample.send(Event::ShowMine);
    sample.answer(ListMine, lists);
    sample
}

fn lists(proposals: &str, policies: &str) -> String {
    format!(r#"{{"data": {{"proposals": {proposals}, "policies": {policies}}}}}"#)
}

#[test]
fn leads_back_to_where_the_customer_was() {
    for state in [StateKind::Vehicles, StateKind::Lookup, StateKind::Issued] {
        let mut sample = Sample::at(state);
        let before = sample.flow.view();
        assert_eq!(effects(&sample.send(Event::ShowMine)), [Effect::Call(ListMine)]);
        assert!(view(&sample).busy && !view(&sample).failed);
        assert!(sample.send(Event::Back).is_empty());
        assert_eq!(sample.flow.view(), before);
        // An answer that nobody waits for any more.
        assert!(sample.answer(ListMine, LISTS).is_empty());
        assert_eq!(sample.flow.view(), before);
    }
}

#[test]
fn is_asked_for_by_nobody_but_the_customer() {
    for state in StateKind::ALL.iter().filter(|state| **state != StateKind::Mine) {
        let mut sample = Sample::at(*state);
        assert_ne!(sample.flow.kind(), StateKind::Mine);
        let possible = matches!(state, StateKind::Vehicles | StateKind::Lookup | StateKind::Issued);
        assert_eq!(!sample.send(Event::ShowMine).is_empty(), possible, "{state:?}");
    }
}

#[test]
fn an_open_offer_leads_to_its_offers() {
    let mut sample = at(LISTS);
    assert_eq!((view(&sample).proposals.len(), view(&sample).policies.len(), view(&sample).more), (1, 1, false));
    assert_eq!(view(&sample).proposals[0].resume, ResumeView::Possible);
    assert_eq!(effects(&sample.send(resume("q1"))), [Effect::Call(ReadProposal)]);
    assert_eq!(view(&sample).proposals[0].resume, ResumeView::Busy);
    assert!(sample.send(resume("q1")).is_empty());
    assert_eq!(effects(&sample.answer(ReadProposal, &proposal("ACTIVE", PRICE))), [Effect::Call(ReadProposal)]);
    check(&sample, StateKind::Offers);
    let Screen::Offers(offers) = sample.flow.view().screen else { panic!("no offers") };
    let vehicle = offers.vehicle.expect("a vehicle");
    assert_eq!((vehicle.plate.map(|plate| plate.spaced()).as_deref(), &*vehicle.text), (Some("34 ABC 123"), "Renault Clio · 2019"));
    // The same vehicle is not asked about anew.
    sample.answer(ReadProposal, &proposal("ACTIVE", PRICE));
    sample.send(Event::Back);
    let commands = sample.send(Event::ChooseVehicle(id(crate::domain::VehicleId::new("v1"))));
    assert_eq!(effects(&commands), [Effect::Call(ReadProposal)]);
}

#[test]
fn an_offer_that_is_no_more_says_so_and_stays() {
    for status in [404, 410] {
        let mut sample = at(LISTS);
        sample.send(resume("q1"));
        assert!(sample.end(ReadProposal, Err(refused(status))).is_empty());
        check(&sample, StateKind::Mine);
        assert_eq!(view(&sample).proposals[0].resume, ResumeView::Gone);
        assert!(sample.send(resume("q1")).is_empty());
    }
    let mut sample = at(LISTS);
    sample.send(resume("q1"));
    sample.end(ReadProposal, Err(Failure::Offline));
    assert_eq!((sample.flow.view().notice, view(&sample).proposals[0].resume), (Some(Notice::Offline), ResumeView::Possible));
    assert_eq!(effects(&sample.send(resume("q1"))), [Effect::Call(ReadProposal)]);
    assert_eq!(sample.flow.view().notice, None);
}

#[test]
fn what_is_being_bought_leads_to_the_check_and_to_no_second_purchase() {
    let mut sample = at(LISTS);
    sample.send(resume("q1"));
    assert_eq!(effects(&sample.answer(ReadProposal, &proposal("PURCHASING", PRICE))), [Effect::Call(ReadProposal)]);
    check(&sample, StateKind::Checking);
    sample.answer(ReadProposal, &purchased());
    check(&sample, StateKind::Issued);
    // Bought meanwhile.
    let mut sample = at(LISTS);
    sample.send(resume("q1"));
    sample.answer(ReadProposal, &purchased());
    check(&sample, StateKind::Checking);
}

#[test]
fn a_payment_of_unknown_instalments_that_failed_can_be_repeated() {
    let mut sample = at(LISTS);
    sample.send(resume("q1"));
    sample.answer(ReadProposal, &proposal("PURCHASING", PRICE));
    sample.answer(ReadProposal, &proposal("PURCHASE_FAILED", PRICE));
    check(&sample, StateKind::NotTaken);
    sample.send(Event::PayAgain);
    sample.answer(crate::endpoint::CallKind::InformationForm, DOCUMENT);
    sample.send(Event::Pay { acknowledged: true });
    sample.answer(ReadProposal, &proposal("PURCHASE_FAILED", PRICE));
    check(&sample, StateKind::Sending);
    assert_eq!(sample.journal.map(|journal| journal.instalments), Some(1));
}

#[test]
fn only_listed_open_kasko_can_be_carried_on_with() {
    let proposals = r#"{"items": [{"id": "t", "productBranch": "TRAFIK"}, {"id": "u", "productBranch": "UZAY"}, {"id": "n"},
        {"id": "b", "productBranch": "KASKO", "state": "PURCHASED"}, {"id": "k", "productBranch": "kasko", "state": "NEW_STATE"}]}"#;
    let mut sample = at(&lists(proposals, r#"{"items": []}"#));
    let shown = view(&sample);
    let ids: Vec<_> = shown.proposals.iter().map(|proposal| (proposal.id.as_str(), proposal.resume)).collect();
    let none = ResumeView::None;
    assert_eq!(ids, [("t", none), ("u", none), ("n", none), ("k", ResumeView::Possible)]);
    assert_eq!(shown.proposals[1].branch, Some(ProductBranch::Unknown("UZAY".to_owned())));
    for which in ["t", "u", "n", "b", "x"] {
        assert!(sample.send(resume(which)).is_empty(), "{which}");
    }
    assert!(!sample.send(resume("k")).is_empty());
}

#[test]
fn a_list_that_failed_is_asked_for_again_and_is_never_empty() {
    let mut sample = Sample::at(StateKind::Lookup);
    sample.send(Event::ShowMine);
    sample.end(ListMine, Err(Failure::Timeout));
    assert!(view(&sample).failed && sample.flow.view().notice == Some(Notice::Timeout));
    assert_eq!(effects(&sample.send(Event::Retry)), [Effect::Call(ListMine)]);
    assert!(sample.send(Event::Retry).is_empty());
    // One of the two is there; the other is asked for again.
    sample.answer(ListMine, &lists("null", r#"{"items": [{"id": "p1"}]}"#));
    assert!(view(&sample).proposals_failed && !view(&sample).policies_failed && !view(&sample).failed);
    assert_eq!(effects(&sample.send(Event::Retry)), [Effect::Call(ListMine)]);
    sample.answer(ListMine, LISTS);
    assert!(!view(&sample).proposals_failed && sample.send(Event::Retry).is_empty());
}

#[test]
fn a_long_list_says_that_there_may_be_more() {
    let items: Vec<_> = (0..50).map(|number| format!(r#"{{"id": "p{number}"}}"#)).collect();
    let long = format!(r#"{{"items": [{}]}}"#, items.join(","));
    assert!(view(&at(&lists(r#"{"items": []}"#, &long))).more);
    assert!(!view(&at(LISTS)).more);
}

#[test]
fn documents_are_fetched_two_at_a_time_and_kept() {
    let policies = r#"{"items": [{"id": "p1"}, {"id": "p2"}, {"id": "p3"}]}"#;
    let mut sample = at(&lists(r#"{"items": []}"#, policies));
    assert_eq!(effects(&sample.send(download("p1"))), [Effect::Call(PolicyDocument)]);
    assert!(sample.send(download("p1")).is_empty() && sample.send(download("p9")).is_empty());
    assert_eq!(effects(&sample.send(download("p2"))), [Effect::Call(PolicyDocument)]);
    assert!(sample.send(download("p3")).is_empty());
    assert!(view(&sample).policies.iter().all(|policy| policy.document == DocumentView::Busy));
    // The newest is answered first: the second.
    assert_eq!(effects(&sample.end(PolicyDocument, Err(refused(404)))), [Effect::Call(PolicyDocument)]);
    assert!(view(&sample).policies[1].document_failed);
    sample.answer(PolicyDocument, DOCUMENT);
    assert!(matches!(view(&sample).policies[2].document, DocumentView::There(_)));
    assert!(sample.send(download("p3")).is_empty());
    assert_eq!(effects(&sample.send(download("p2"))), [Effect::Call(PolicyDocument)]);
}

#[test]
fn a_session_that_ends_leads_back_to_the_list() {
    for ended in [ListMine, ReadProposal, PolicyDocument] {
        let mut sample = Sample::at(StateKind::Vehicles);
        sample.send(Event::ShowMine);
        if ended != ListMine {
            sample.answer(ListMine, LISTS);
            sample.send(if ended == ReadProposal { resume("q1") } else { download("p1") });
        }
        sample.end(ended, Err(Failure::SessionEnded));
        check(&sample, StateKind::SendingCode);
        sign_in(&mut sample);
        check(&sample, StateKind::Mine);
        assert_eq!(view(&sample).busy, ended == ListMine);
        assert_eq!(sample.flow.view().step, Step::Vehicle);
    }
}

#[test]
fn a_policy_below_is_still_awaited_and_read_after_signing_in_again() {
    let mut sample = Sample::at(StateKind::Issued);
    sample.send(Event::ShowMine);
    sample.answer(ListMine, LISTS);
    assert_eq!(sample.flow.view().step, Step::Policy);
    sample.answer(ReadPolicy, r#"{"id": "p1", "policyNumber": "77"}"#);
    sample.end(PolicyDocument, Err(Failure::SessionEnded));
    check(&sample, StateKind::Mine);
    sample.send(download("p1"));
    sample.end(PolicyDocument, Err(Failure::SessionEnded));
    check(&sample, StateKind::SendingCode);
    sign_in(&mut sample);
    check(&sample, StateKind::Mine);
    sample.answer(PolicyDocument, DOCUMENT);
    sample.send(Event::Back);
    let Screen::Policy(policy) = sample.flow.view().screen else { panic!("no policy") };
    assert_eq!((policy.number.as_deref(), policy.document_url.is_some()), (Some("77"), true));
}
