//! A purchase is sent once, whatever becomes of its page.

use insurup_core::flow::{Again, Event, Screen};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::api::{PRODUCT, PROPOSAL};
use super::fetch_stub::{Reply, pause, until};
use super::page::{Page, fresh, purchases, with};
use super::storage::{put_record, record};
use super::watch::no_locks;

/// What a customer might try who sees no result.
fn presses() -> [Event; 8] {
    let pay = || Event::Pay { acknowledged: true };
    [pay(), Event::PayAgain, Event::Retry, Event::Back, Event::GaveUp, Event::Returned, Event::CheckNow, pay()]
}

#[wasm_bindgen_test]
async fn a_reload_leads_to_the_result_and_to_no_second_purchase() {
    let (stub, api) = fresh();
    let before = Page::paying().await;
    before.driver.close();

    let page = Page::open();
    let view = page.driver.view();
    assert!(matches!(&view.screen, Screen::Identify(identify) if identify.again == Some(Again::Payment)), "{view:?}");
    page.sign_in().await;
    page.reaches("checking").await;
    for press in presses() {
        page.send(press);
        pause(10).await;
    }
    assert_eq!((page.screen(), purchases(&stub)), ("checking", 1));
    assert!(record().is_some());

    api.offer.set("PURCHASED");
    page.send(Event::CheckNow);
    page.reaches("policy").await;
    until("the record is gone", || record().is_none()).await;
    no_locks().await;
    assert_eq!(purchases(&stub), 1);
}

#[wasm_bindgen_test]
async fn a_record_alone_is_looked_at_and_never_paid() {
    let (stub, api) = fresh();
    put_record(&format!("1\n{PROPOSAL}\n{PRODUCT}\n3\n1"));
    api.offer.set("PURCHASE_FAILED");
    // Two tabs, the second a copy of the first.
    for page in [Page::open(), Page::open()] {
        page.sign_in().await;
        page.reaches("checking").await;
        for press in presses() {
            page.send(press);
            pause(10).await;
        }
        assert_eq!(page.screen(), "checking");
    }
    assert_eq!((purchases(&stub), stub.sent_to("/proposals").len()), (0, 0));
}

#[wasm_bindgen_test]
async fn whatever_the_answer_is_a_purchase_is_sent_once() {
    let html = Reply::Other(200, Some("text/html"), "<h1>Bad Gateway</h1>".into(), None);
    let busy = Reply::Other(503, None, JsValue::NULL, Some("1"));
    let elsewhere = Reply::json(r#"{"redirectUrl": "javascript:alert(1)"}"#);
    for answer in [Reply::Lost, html, busy, elsewhere, Reply::Json(500, "{}".to_owned()), Reply::Json(401, "{}".to_owned())] {
        let said = answer.clone();
        let (stub, api) = with(move |request| request.url().ends_with("/purchase/async").then(|| said.clone()));
        let page = Page::at_review().await;
        page.pay();
        until("the purchase is on its way", || purchases(&stub) == 1).await;
        api.offer.set("PURCHASING");
        page.reaches("checking").await;
        for press in presses() {
            page.send(press);
            pause(5).await;
        }
        assert_eq!((page.screen(), purchases(&stub)), ("checking", 1), "{answer:?}");
        page.driver.close();
        no_locks().await;
    }
}

#[wasm_bindgen_test]
async fn a_page_that_goes_while_the_purchase_is_sent_does_not_forget_it() {
    let (stub, _) = with(|request| request.url().ends_with("/purchase/async").then_some(Reply::Never));
    let before = Page::at_review().await;
    before.pay();
    until("the purchase is on its way", || purchases(&stub) == 1).await;
    assert!(record().is_some());
    before.driver.close();
    let page = Page::open();
    page.sign_in().await;
    page.reaches("checking").await;
    assert_eq!(purchases(&stub), 1);
}
