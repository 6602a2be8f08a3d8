//! Rules about single offers: asking again, looking closely, comparing, asking to be called.

use std::rc::Rc;

use super::compliance::come_to_offers;
use super::sample::{self, COVERAGE, DOCUMENT, PRICE, Sample, id, proposal, refused};
use super::{Effect, effects};
use crate::domain::{CatalogueId, ProductId};
use crate::endpoint::CallKind::{InformationForm, OfferDocument, ReadCoverage, ReadProposal, RetryProduct};
use crate::flow::{
    Action, Arrangement, Command, Compared, Config, Display, DocumentView, Event, Notice, OfferState, OfferView, OffersView, Order, Reason,
    Screen, StateKind,
};
use crate::transport::Failure;

/// An offer of a list: name, state, kind, price.
fn one(name: &str, state: &str, kind: &str, price: &str) -> String {
    let all = proposal(state, price);
    let (_, offer) = all.split_once("\"products\": [").expect("its offers");
    let offer = offer.strip_suffix("]}").expect("their end");
    // Ids are plain letters.
    let id: String = name.chars().filter(char::is_ascii).collect();
    offer.replace("o1", &id).replace("Örnek", name).replace("WEB_SERVICE", kind)
}

fn list(offers: &[String]) -> String {
    format!(r#"{{"proposalId": "q1", "totalProductsCount": {}, "products": [{}]}}"#, offers.len(), offers.join(","))
}

fn of(name: &str) -> ProductId {
    id(ProductId::new(name))
}

/// A sale at this list of offers.
fn at(offers: &[String]) -> Sample {
    let mut sample = Sample::at(StateKind::Offers);
    read(&mut sample, offers);
    sample
}

fn read(sample: &mut Sample, offers: &[String]) {
    sample.send(Event::KeepWaiting);
    sample.answer(ReadProposal, &list(offers));
}

fn view(sample: &Sample) -> OffersView {
    match sample.flow.view().screen {
        Screen::Offers(view) => view,
        other => panic!("{other:?}"),
    }
}

fn offer(sample: &Sample, name: &str) -> Rc<OfferView> {
    view(sample).offers.into_iter().find(|offer| offer.id == of(name)).expect("the offer is in the list")
}

fn names(sample: &Sample) -> Vec<String> {
    view(sample).offers.into_iter().map(|offer| offer.id.as_str().to_owned()).collect()
}

fn web(name: &str, state: &str) -> String {
    one(name, state, "WEB_SERVICE", PRICE)
}

#[test]
fn a_failed_insurer_is_asked_again_once_at_a_time() {
    let mut sample = at(&[web("a", "ACTIVE"), web("b", "FAILED")]);
    assert_eq!(offer(&sample, "b").action, Action::Retry);
    assert_eq!(effects(&sample.send(Event::RetryOffer(of("b")))), [Effect::Call(RetryProduct)]);
    assert!(sample.send(Event::RetryOffer(of("b"))).is_empty());
    // It says so, also where an older read still says that it failed.
    read(&mut sample, &[web("a", "ACTIVE"), web("b", "FAILED")]);
    assert_eq!((offer(&sample, "b").state.clone(), offer(&sample, "b").action.clone()), (OfferState::Waiting, Action::None));
    assert_eq!(effects(&sample.answer(RetryProduct, "null")), [Effect::Call(ReadProposal)]);
    assert_eq!(offer(&sample, "b").state, OfferState::Waiting);
    assert!(sample.send(Event::RetryOffer(of("b"))).is_empty());
    sample.answer(ReadProposal, &list(&[web("a", "ACTIVE"), web("b", "WAITING")]));
    assert_eq!(offer(&sample, "b").state, OfferState::Waiting);
    sample.fire();
    sample.answer(ReadProposal, &list(&[web("a", "ACTIVE"), web("b", "FAILED")]));
    assert_eq!(offer(&sample, "b").action, Action::Retry);
    assert_eq!(effects(&sample.send(Event::RetryOffer(of("b")))), [Effect::Call(RetryProduct)]);
}

#[test]
fn only_failed_web_services_are_asked_again() {
    let mut sample = at(&[web("a", "ACTIVE"), web("b", "WAITING"), one("c", "FAILED", "ROBOT", PRICE), web("d", "PURCHASE_FAILED")]);
    for name in ["a", "b", "c", "d", "nobody"] {
        assert!(sample.send(Event::RetryOffer(of(name))).is_empty(), "{name}");
    }
    assert_eq!(offer(&sample, "c").action, Action::None);
}

#[test]
fn all_are_asked_again_two_at_a_time_and_the_list_is_read_when_all_were() {
    let failed: Vec<_> = ["a", "b", "c"].map(|name| web(name, "FAILED")).into();
    let mut sample = at(&failed);
    assert_eq!(effects(&sample.send(Event::RetryOffers)), [Effect::Call(RetryProduct), Effect::Call(RetryProduct)]);
    assert!(sample.send(Event::RetryOffers).iter().all(|command| matches!(Effect::from(command), Effect::Call(ReadProposal))));
    assert!(!view(&sample).done);
    assert_eq!(effects(&sample.answer(RetryProduct, "null")), [Effect::Call(RetryProduct)]);
    // What the list says meanwhile may be older than the questions.
    read(&mut sample, &failed);
    assert!(names(&sample).iter().all(|name| offer(&sample, name).state == OfferState::Waiting));
    assert!(sample.answer(RetryProduct, "null").is_empty());
    // One that can't be asked is read like the others.
    assert_eq!(effects(&sample.end(RetryProduct, Err(refused(403)))), [Effect::Call(ReadProposal)]);
    assert_eq!(sample.flow.view().notice, Some(Notice::Forbidden));
    sample.answer(ReadProposal, &list(&failed));
    // The reason stays until something else is asked.
    assert_eq!(sample.flow.view().notice, Some(Notice::Forbidden));
    assert!(names(&sample).iter().all(|name| offer(&sample, name).action == Action::Retry));
}

#[test]
fn asking_again_goes_on_where_the_customer_is_by_then() {
    let mut sample = at(&[web("a", "ACTIVE"), web("b", "FAILED")]);
    sample.send(Event::RetryOffer(of("b")));
    sample.send(Event::PickOffer(of("a")));
    assert!(sample.answer(RetryProduct, "null").is_empty());
    assert_eq!(sample.flow.kind(), StateKind::Review);
    assert_eq!(effects(&sample.send(Event::Back)), [Effect::Call(ReadProposal)]);
    assert_eq!(offer(&sample, "b").state, OfferState::Waiting);
    assert!(offer(&sample, "a").chosen);
}

#[test]
fn coverages_are_read_once_and_kept() {
    let mut sample = at(&[web("a", "ACTIVE"), web("b", "ACTIVE")]);
    let commands = sample.send(Event::ShowCoverages(of("a")));
    assert_eq!(effects(&commands), [Effect::Call(ReadCoverage), Effect::Call(OfferDocument)]);
    assert_eq!(effects(&sample.answer(ReadCoverage, COVERAGE)), [Effect::Call(InformationForm)]);
    sample.answer(OfferDocument, DOCUMENT);
    sample.answer(InformationForm, DOCUMENT);
    let Screen::Coverages(shown) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    assert_eq!((shown.covers.len(), shown.busy, shown.failed), (1, false, false));
    assert!(matches!((&shown.offer.document, &shown.information), (DocumentView::There(_), DocumentView::There(_))));
    sample.send(Event::Back);
    assert!(sample.send(Event::ShowCoverages(of("a"))).is_empty());
    assert_eq!(sample.flow.kind(), StateKind::Detail);
}

#[test]
fn what_could_not_be_read_is_read_again_and_nothing_else() {
    let mut sample = at(&[web("a", "ACTIVE")]);
    sample.send(Event::ShowCoverages(of("a")));
    sample.end(ReadCoverage, Err(Failure::Timeout));
    sample.answer(OfferDocument, DOCUMENT);
    sample.answer(InformationForm, DOCUMENT);
    let failed = |sample: &Sample| matches!(sample.flow.view().screen, Screen::Coverages(view) if view.failed);
    assert!(failed(&sample));
    assert_eq!(effects(&sample.send(Event::Retry)), [Effect::Call(ReadCoverage)]);
    assert!(sample.send(Event::Retry).is_empty());
    sample.answer(ReadCoverage, COVERAGE);
    assert!(!failed(&sample));
}

#[test]
fn offers_come_in_behind_a_detail_and_nothing_chosen_is_lost() {
    let mut sample = at(&[web("a", "ACTIVE"), web("b", "WAITING")]);
    sample.send(Event::ChoosePlan { product: of("a"), instalments: 3 });
    sample.send(Event::MarkOffer { product: of("a"), marked: true });
    sample.send(Event::ShowCoverages(of("a")));
    sample.fire();
    sample.answer(ReadProposal, &list(&[web("a", "ACTIVE"), web("b", "ACTIVE")]));
    assert_eq!(sample.flow.kind(), StateKind::Detail);
    sample.send(Event::Back);
    assert!(matches!(offer(&sample, "a").state, OfferState::Priced { chosen: 3, .. }));
    assert!(offer(&sample, "a").marked);
    assert!(matches!(offer(&sample, "b").state, OfferState::Priced { .. }));
    // A detail of an offer that is gone gives way to the list.
    sample.send(Event::ShowCoverages(of("a")));
    sample.fire();
    sample.answer(ReadProposal, &list(&[web("b", "ACTIVE")]));
    assert_eq!(sample.flow.kind(), StateKind::Offers);
}

#[test]
fn a_session_that_ends_in_a_detail_leads_back_to_it() {
    let mut sample = at(&[web("a", "ACTIVE")]);
    sample.send(Event::ShowCoverages(of("a")));
    sample.end(ReadCoverage, Err(Failure::SessionEnded));
    assert_eq!(sample.flow.kind(), StateKind::SendingCode);
    sample.answer(crate::endpoint::CallKind::SignIn, r#"{"token": "t"}"#);
    sample.send(Event::SubmitCode(sample::secret("123456")));
    sample.answer(crate::endpoint::CallKind::VerifyCode, sample::TOKENS);
    let commands = sample.answer(crate::endpoint::CallKind::Me, sample::ME);
    assert_eq!(sample.flow.kind(), StateKind::Detail);
    assert!(effects(&commands).contains(&Effect::Call(ReadCoverage)), "{commands:?}");
}

#[test]
fn three_offers_are_compared_and_no_fourth() {
    let offers: Vec<_> = ["a", "b", "c", "d"].map(|name| web(name, "ACTIVE")).into();
    let mut sample = at(&offers);
    let mark = |sample: &mut Sample, name, marked| drop(sample.send(Event::MarkOffer { product: of(name), marked }));
    mark(&mut sample, "a", true);
    assert!(sample.send(Event::CompareOffers).is_empty());
    assert_eq!(sample.flow.kind(), StateKind::Offers);
    for name in ["b", "c", "c", "d"] {
        mark(&mut sample, name, true);
    }
    assert_eq!((view(&sample).marked, view(&sample).too_many, offer(&sample, "d").marked), (3, true, false));
    mark(&mut sample, "b", false);
    mark(&mut sample, "d", true);
    read(&mut sample, &offers);
    assert_eq!((view(&sample).marked, view(&sample).too_many, offer(&sample, "d").marked), (3, false, true));
    assert_eq!(effects(&sample.send(Event::CompareOffers)), [Effect::Call(ReadCoverage), Effect::Call(ReadCoverage)]);
    sample.answer(ReadCoverage, COVERAGE);
    sample.answer(ReadCoverage, COVERAGE);
    sample.answer(ReadCoverage, r#"{"coverage": {"yanma": {"$type": "NOT_INCLUDED"}, "carpma": {"$type": "INCLUDED"}}}"#);
    let Screen::Comparison(compared) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    let rows: Vec<_> = compared
        .rows
        .iter()
        .map(|row| match &row.row {
            Compared::Cover(name, values) => (name.clone(), values.len(), row.differs),
            Compared::Plan(instalments, values) => (instalments.to_string(), values.len(), row.differs),
        })
        .collect();
    let expected = [("yanma", 3, true), ("carpma", 3, true), ("3", 3, false)];
    assert_eq!(rows, expected.map(|(name, values, differs)| (name.to_owned(), values, differs)));
    mark(&mut sample, "a", false);
    assert_eq!(sample.flow.kind(), StateKind::Detail);
    mark(&mut sample, "c", false);
    assert_eq!(sample.flow.kind(), StateKind::Offers);
}

#[test]
fn the_agency_is_told_once_that_it_is_to_call() {
    let mut sample = at(&[web("a", "ACTIVE"), one("r", "ACTIVE", "ROBOT", PRICE)]);
    assert!(offer(&sample, "r").call_me && !offer(&sample, "a").call_me);
    assert!(sample.send(Event::RequestCall(of("a"))).is_empty());
    let commands = sample.send(Event::RequestCall(of("r")));
    assert!(matches!(&commands[..], [Command::CallRequested(product, _, Reason::Robot)] if *product == of("r")), "{commands:?}");
    let Screen::Called(called) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    assert_eq!((called.phone.as_str(), called.insurer.as_str(), called.support_code.as_str()), ("0532 ••• •• 67", "r", "Q1"));
    sample.send(Event::Back);
    assert!(sample.send(Event::RequestCall(of("r"))).is_empty());
    assert_eq!(sample.flow.kind(), StateKind::Detail);
}

#[test]
fn the_list_is_sorted_and_filtered_as_the_customer_likes() {
    let offers = [
        one("Çınar", "ACTIVE", "WEB_SERVICE", "300"),
        one("ARDIÇ", "ACTIVE", "WEB_SERVICE", "200"),
        one("Zeytin", "ACTIVE", "ROBOT", "50"),
        one("Araba", "ACTIVE", "WEB_SERVICE", "100"),
        one("Işık", "FAILED", "WEB_SERVICE", "1"),
        one("İnci", "WAITING", "WEB_SERVICE", "1"),
    ];
    let mut sample = at(&offers);
    let insurers = |sample: &Sample| view(sample).offers.into_iter().map(|offer| offer.insurer.clone()).collect::<Vec<_>>();
    assert_eq!(insurers(&sample), ["Araba", "ARDIÇ", "Çınar", "İnci", "Zeytin", "Işık"]);
    sample.send(Event::Arrange(Arrangement { order: Order::Name, ..Arrangement::default() }));
    assert_eq!(insurers(&sample), ["Araba", "ARDIÇ", "Çınar", "İnci", "Zeytin", "Işık"]);
    assert!(view(&sample).splits_online && !view(&sample).splits_instalments);
    sample.send(Event::Arrange(Arrangement { online: true, ..Arrangement::default() }));
    assert_eq!(insurers(&sample), ["Araba", "ARDIÇ", "Çınar", "İnci"]);
    assert_eq!((view(&sample).hidden, view(&sample).ready), (2, 4));
}

/// An offer of the product with this id in the catalogue.
fn product(catalogue: &str, offer: &str) -> String {
    offer.replace(r#""productName""#, &[r#""productId": "#, catalogue, r#", "productName""#].concat())
}

#[test]
fn the_agency_is_asked_to_call_about_what_it_sells_only_so() {
    let products = vec![(id(CatalogueId::new("61")), Display::Call)];
    let mut sample = Sample::with(Config { products, ..sample::config() });
    come_to_offers(&mut sample, &list(&[web("a", "ACTIVE"), product("61", &web("b", "ACTIVE"))]));
    assert!(!offer(&sample, "a").call_me);
    assert!(offer(&sample, "b").call_me);
    assert_eq!(effects(&sample.send(Event::RequestCall(of("b")))), [Effect::CallRequested]);
    assert_eq!(sample.flow.kind(), StateKind::Detail);
}

#[test]
fn nothing_is_asked_about_a_hidden_product() {
    let products = vec![(id(CatalogueId::new("61")), Display::Hidden)];
    let mut sample = Sample::with(Config { products, ..sample::config() });
    let offers = [web("a", "ACTIVE"), web("b", "FAILED"), product("61", &web("c", "ACTIVE")), product("61", &web("d", "FAILED"))];
    come_to_offers(&mut sample, &list(&offers));
    assert_eq!(names(&sample), ["a", "b"]);
    assert_eq!((view(&sample).ready, view(&sample).hidden, view(&sample).total), (1, 0, 2));
    for name in ["a", "c"] {
        sample.send(Event::MarkOffer { product: of(name), marked: true });
    }
    assert_eq!(view(&sample).marked, 1);
    for event in [Event::CompareOffers, Event::ShowCoverages(of("c")), Event::ShowDocument(of("c")), Event::RequestCall(of("c"))] {
        assert!(sample.send(event).is_empty());
        assert_eq!(sample.flow.kind(), StateKind::Offers);
    }
    assert!(sample.send(Event::RetryOffer(of("d"))).is_empty());
    assert_eq!(effects(&sample.send(Event::RetryOffers)), [Effect::Call(RetryProduct)]);
}
