//! After the end nothing happens.

use std::cell::Cell;
use std::rc::Rc;

use insurup_core::client::Message;
use insurup_core::client::browser::Driver;
use insurup_core::domain::{ProductId, VehicleId};
use insurup_core::flow::{Event, FlowView};
use wasm_bindgen_test::wasm_bindgen_test;

use super::api::{PRODUCT, PROPOSAL, VEHICLE};
use super::fetch_stub::{Reply, Sent, Stub, pause, until};
use super::page::{Page, identity, with};
use super::storage::record;
use super::watch::{Timers, come_into_view, no_locks};

/// Whatever can still happen, happens; the page learns nothing of it.
async fn is_over(page: &Page, stub: &Stub, timers: &Timers) {
    let (seen, heard, sent, kept) = (page.views.borrow().len(), page.messages.borrow().len(), stub.sent().len(), record());
    assert_eq!(come_into_view(), 0);
    // The deadlines of requests end with them, in a moment.
    pause(5).await;
    assert_eq!(timers.running(), 0);
    for event in [identity(), Event::Retry, Event::Pay { acknowledged: true }, Event::SignOut, Event::Shown] {
        page.send(event);
    }
    page.driver.close();
    pause(120).await;
    assert_eq!((page.views.borrow().len(), page.messages.borrow().len()), (seen, heard));
    assert_eq!((stub.sent().len(), record()), (sent, kept));
    assert_eq!(timers.running(), 0);
    no_locks().await;
}

#[wasm_bindgen_test]
async fn ends_requests_that_are_on_their_way() {
    for late in [Reply::Never, Reply::Stalls, Reply::After(60, Box::new(Reply::json(r#"{"url": "https://files.example/f.pdf"}"#)))] {
        let (stub, _) = with(move |request| request.url().ends_with("document").then(|| late.clone()));
        let timers = Timers::new();
        let page = Page::signed_in().await;
        page.send(Event::SubmitConsents { kvkk: false, etk: false });
        page.send(Event::ChooseVehicle(VehicleId::new(VEHICLE).expect("an id")));
        let asked = || stub.sent().into_iter().filter(|request| request.url().ends_with("document")).collect::<Vec<_>>();
        until("a document is asked for", || {
            page.send(Event::PickOffer(ProductId::new(PRODUCT).expect("an id")));
            asked().len() == 2
        })
        .await;
        assert!(timers.running() >= 2, "deadlines");
        page.driver.close();
        assert!(asked().iter().all(Sent::aborted));
        is_over(&page, &stub, &timers).await;
    }
}

#[wasm_bindgen_test]
async fn ends_waiting_times_locks_and_listeners() {
    let (stub, api) = with(|_| None);
    let timers = Timers::new();
    let page = Page::paying().await;
    page.send(Event::PageOpened);
    page.reaches("payment-away").await;
    pause(30).await;
    assert!(timers.running() >= 1, "the result will be asked for again");
    let seen = page.views.borrow().len();
    assert_eq!(come_into_view(), 0);
    assert_eq!(page.views.borrow().len(), seen + 1, "it does listen before");
    pause(30).await;
    api.offer.set("PURCHASED");
    page.driver.close();
    is_over(&page, &stub, &timers).await;
    assert!(record().is_some(), "the purchase is not forgotten");
}

#[wasm_bindgen_test]
async fn ends_a_try_that_would_be_made_again() {
    let (stub, _) = with(|request| request.url().ends_with("/me").then(|| Reply::Json(503, "{}".to_owned())));
    let timers = Timers::new();
    let page = Page::open();
    page.sign_in().await;
    // The second try comes within a second; what matters is that none comes after the end.
    until("it was tried", || !stub.sent_to("/me").is_empty()).await;
    pause(20).await;
    page.driver.close();
    is_over(&page, &stub, &timers).await;
}

#[wasm_bindgen_test]
async fn a_listener_may_close_the_sale() {
    // An error comes with what is to be done about it: reading again after a while, in this case.
    let (stub, _) = with(|request| request.url().ends_with(PROPOSAL).then(|| Reply::Json(403, "{}".to_owned())));
    let timers = Timers::new();
    let shown_after = Rc::new(Cell::new(0));
    let (closed, shown) = (Rc::new(Cell::new(false)), Rc::clone(&shown_after));
    let is_closed = Rc::clone(&closed);
    let on_view = move |_: &_, _: &_| shown.set(shown.get() + u32::from(is_closed.get()));
    let on_message = move |driver: &Rc<Driver>, message: &Message| {
        if matches!(message, Message::Error(_)) {
            driver.close();
            closed.set(true);
        }
    };
    let page = Page::listening(on_view, on_message);
    page.sign_in().await;
    page.reaches("consents").await;
    page.send(Event::SubmitConsents { kvkk: false, etk: false });
    page.send(Event::ChooseVehicle(VehicleId::new(VEHICLE).expect("an id")));
    until("it is closed", || matches!(page.messages.borrow().last(), Some(Message::Error("refused")))).await;
    is_over(&page, &stub, &timers).await;
    assert_eq!(shown_after.get(), 0);
}

#[wasm_bindgen_test]
async fn a_listener_may_close_the_sale_at_any_screen() {
    for last in ["code", "opening", "consents", "vehicles", "offers", "review", "payment-ready"] {
        let (stub, _) = with(|_| None);
        let timers = Timers::new();
        let on_view = move |driver: &Rc<Driver>, view: &FlowView| {
            if view.screen.name() == last {
                driver.close();
            }
        };
        let page = Page::listening(on_view, |_, _| {});
        wasm_bindgen_futures::spawn_local({
            let driver = Rc::clone(&page.driver);
            async move { super::listeners::press_on(&driver).await }
        });
        page.reaches(last).await;
        is_over(&page, &stub, &timers).await;
        assert_eq!(page.screen(), last);
    }
}
