//! What only one of several sales in a browser may do.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use insurup_core::flow::{Event, Notice};

use super::api::PRODUCT;
use super::fetch_stub::{Override, Stub, pause, until};
use super::page::{Page, fresh, purchases};
use super::watch::{Held, locks, no_locks};

const CASE: &str = "insurup-checkout:case";

fn purchase_lock() -> String {
    format!("insurup-checkout:purchase:{PRODUCT}")
}

fn cases_created(stub: &Stub) -> usize {
    stub.sent_to("/cases:new-sale-opportunity").len()
}

/// `navigator.locks` is something else until this is dropped.
fn locks_are(value: JsValue) -> Override {
    let navigator = web_sys::window().expect("a window").navigator();
    Override::new(&navigator, "locks", move || Ok(value.clone()))
}

/// Two sales of a customer who has no case yet, side by side up to the screen after the case.
async fn two_sales() -> usize {
    let (stub, api) = fresh();
    api.has_case.set(false);
    let pages = [Page::open(), Page::open()];
    for page in &pages {
        page.sign_in().await;
    }
    for page in &pages {
        page.reaches("consents").await;
    }
    until("nobody looks for a case", || stub.sent_to("/graphql").len() == 2).await;
    cases_created(&stub)
}

#[wasm_bindgen_test]
async fn two_sales_create_one_case() {
    assert_eq!(two_sales().await, 1);
    no_locks().await;
}

#[wasm_bindgen_test]
async fn waits_for_whoever_looks_for_a_case_already() {
    let (stub, _) = fresh();
    let held = Held::new(CASE).await;
    let page = Page::open();
    page.sign_in().await;
    until("the vehicles are read", || !stub.sent_to("/vehicles").is_empty()).await;
    pause(50).await;
    assert_eq!((page.screen(), stub.sent_to("/graphql").len()), ("opening", 0));
    drop(held);
    page.reaches("consents").await;
    assert_eq!(stub.sent_to("/graphql").len(), 1);
}

#[wasm_bindgen_test]
async fn without_locks_a_sale_takes_itself_for_the_only_one() {
    let object_with = |request: Function| {
        let locks = Object::new();
        Reflect::set(&locks, &"request".into(), &request).expect("a plain object");
        JsValue::from(locks)
    };
    let rejects = object_with(Function::new_no_args("return Promise.reject(new DOMException('no', 'SecurityError'))"));
    let throws = object_with(Function::new_no_args("throw new DOMException('no', 'SecurityError')"));
    for kind in [JsValue::UNDEFINED, rejects, throws] {
        let _locks = locks_are(kind);
        // Nothing keeps them apart: this is what the lock is for.
        assert_eq!(two_sales().await, 2);
        let (stub, _) = fresh();
        let _page = Page::paying().await;
        assert_eq!(purchases(&stub), 1);
    }
}

#[wasm_bindgen_test]
async fn refuses_to_pay_beside_another_sale() {
    let (stub, _) = fresh();
    let (first, second) = (Page::at_review().await, Page::at_review().await);
    first.pay();
    first.reaches("payment-ready").await;
    assert_eq!(locks().await, [purchase_lock()]);
    for _ in 0..2 {
        second.pay();
        until("the second one is refused", || second.notice() == Some(Notice::PaidElsewhere)).await;
        assert_eq!((second.screen(), purchases(&stub)), ("review", 1));
    }
    // The customer is on the payment page, and nothing is known yet: still refused.
    first.send(Event::PageOpened);
    second.pay();
    until("the second one is refused", || second.notice() == Some(Notice::PaidElsewhere)).await;
    // Its page is gone, what it began is not.
    first.driver.close();
    no_locks().await;
    second.pay();
    second.reaches("checking").await;
    assert_eq!(purchases(&stub), 1);
}

#[wasm_bindgen_test]
async fn two_presses_at_once_are_one_purchase() {
    let (stub, _) = fresh();
    let (first, second) = (Page::at_review().await, Page::at_review().await);
    for page in [&first, &second, &first, &second] {
        page.pay();
    }
    until("one is at the payment page", || [&first, &second].iter().any(|page| page.screen() == "payment-ready")).await;
    pause(50).await;
    assert_eq!(purchases(&stub), 1);
}

#[wasm_bindgen_test]
async fn a_closed_sale_holds_no_lock_and_waits_for_none() {
    let (_stub, _) = fresh();
    let page = Page::paying().await;
    assert_eq!(locks().await, [purchase_lock()]);
    page.driver.close();
    no_locks().await;

    let (stub, _) = fresh();
    let held = Held::new(CASE).await;
    let page = Page::open();
    page.sign_in().await;
    until("the vehicles are read", || !stub.sent_to("/vehicles").is_empty()).await;
    page.driver.close();
    drop(held);
    no_locks().await;
    pause(50).await;
    assert_eq!(stub.sent_to("/graphql").len(), 0);
}
