//! A session that a page leaves in its tab: when it does, who may go on with it, and for how long.

use insurup_core::flow::{Event, Screen};
use js_sys::{Date, Function};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::api::{BASE, PRODUCT, PROPOSAL};
use super::page::{Page, fresh};
use super::storage::{put_record, record};
use super::watch::no_locks;

const AGENT: &str = "3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90";
const MINUTE: f64 = 60_000.0;

fn ids() -> String {
    format!("1\n{PROPOSAL}\n{PRODUCT}\n1\n0")
}

fn happens(event: &str) {
    let happen = Function::new_with_args("kind", "dispatchEvent(new Event(kind))");
    happen.call1(&JsValue::UNDEFINED, &event.into()).expect("an event that is heard");
}

#[wasm_bindgen_test]
async fn goes_on_with_what_is_its_own_and_not_too_old() {
    no_locks().await;
    let ours = format!("{BASE} {AGENT}");
    for (owner, age, goes_on) in [
        (ours.as_str(), 0.0, true),
        (ours.as_str(), 19.9 * MINUTE, true),
        (ours.as_str(), 20.0 * MINUTE, false),
        (ours.as_str(), -MINUTE, false),
        ("https://other.example/ 3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90", 0.0, false),
        (BASE, 0.0, false),
    ] {
        let (stub, _) = fresh();
        put_record(&format!("{}\n{owner}\n{}\n{}\nrefresh-1", ids(), Date::now() - age, Date::now() - 2.0 * MINUTE));
        let page = Page::resuming();
        // Deleted before anything is done with it, whoever's it was.
        assert_eq!(record(), Some(ids()), "{owner} {age}");
        if goes_on {
            page.reaches("checking").await;
            assert_eq!(stub.sent_to("/auth/customer/refresh").len(), 1);
        } else {
            let view = page.driver.view();
            assert!(matches!(&view.screen, Screen::Identify(identify) if identify.again.is_some()), "{owner} {age}: {view:?}");
            assert_eq!(stub.sent_to("/auth/customer/refresh").len(), 0);
        }
        drop(page);
        no_locks().await;
    }
}

#[wasm_bindgen_test]
async fn leaves_a_session_only_where_the_payment_page_was_opened_and_takes_it_back() {
    no_locks().await;
    let (_stub, _) = fresh();
    let page = Page::resuming();
    page.sign_in().await;
    page.reaches("consents").await;
    happens("pagehide");
    assert_eq!(record(), None);
    page.review().await;
    page.pay();
    page.reaches("payment-ready").await;
    happens("pagehide");
    assert_eq!(record(), Some(ids()));

    page.send(Event::PageOpened);
    happens("pagehide");
    let left = record().expect("a record");
    assert!(left.starts_with(&ids()) && left.lines().count() == 9, "{} lines", left.lines().count());
    // The browser had kept the page, and shows it again: what it left is its own again, and no longer in the tab.
    happens("pageshow");
    assert_eq!(record(), Some(ids()));
    page.reaches("checking").await;
    happens("pagehide");
    assert_eq!(record().map(|record| record.lines().count()), Some(9));
}
