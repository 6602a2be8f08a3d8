//! The one record in the tab's storage, where there is a storage, and where there is none.

use js_sys::{Error, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Storage;

use insurup_core::flow::Screen;

use super::api::{Api, PRODUCT, PROPOSAL};
use super::fetch_stub::{Override, Stub};
use super::page::{Page, fresh, purchases};
use super::watch::{locks, no_locks};

const RECORD: &str = "insurup-checkout";

fn session() -> Storage {
    web_sys::window().expect("a window").session_storage().expect("no denial").expect("a storage")
}

pub(crate) fn clear() {
    session().clear().expect("a storage that can be cleared");
}

pub(crate) fn record() -> Option<String> {
    session().get_item(RECORD).expect("a storage that can be read")
}

pub(crate) fn put_record(text: &str) {
    session().set_item(RECORD, text).expect("a storage that can be written");
}

/// A whole sale goes on as if nothing were wrong.
async fn sells() {
    let (stub, _) = fresh();
    sells_with(&stub).await;
}

async fn sells_with(stub: &Stub) {
    let page = Page::paying().await;
    assert_eq!(purchases(stub), 1);
    drop(page);
    no_locks().await;
}

#[wasm_bindgen_test]
async fn keeps_ids_of_an_open_purchase_and_nothing_else() {
    let (_stub, _) = fresh();
    let page = Page::at_review().await;
    assert_eq!(session().length(), Ok(0));
    page.pay();
    page.reaches("payment-ready").await;
    assert_eq!(record(), Some(format!("1\n{PROPOSAL}\n{PRODUCT}\n1\n0")));
    let local = web_sys::window().expect("a window").local_storage().expect("no denial").expect("a storage");
    assert_eq!((session().length(), local.length()), (Ok(1), Ok(0)));
}

#[wasm_bindgen_test]
async fn sells_where_the_page_may_have_no_storage() {
    let (stub, _) = fresh();
    let window = web_sys::window().expect("a window");
    let denied = || Err(Error::new("SecurityError").unchecked_into());
    let denial = Override::new(&window, "sessionStorage", denied);
    sells_with(&stub).await;
    drop(denial);
    let absence = Override::new(&window, "sessionStorage", || Ok(JsValue::NULL));
    drop(stub);
    // Clearing it would be the test's mistake.
    let api = Api::default();
    let stub = Stub::new(move |request| api.answer(request));
    sells_with(&stub).await;
    drop(absence);
    assert_eq!(record(), None);
}

#[wasm_bindgen_test]
async fn sells_where_each_access_to_the_storage_fails() {
    let prototype = Reflect::get(&session(), &"__proto__".into()).expect("a prototype");
    for name in ["getItem", "setItem", "removeItem"] {
        let throws = Function::new_no_args("throw new DOMException('no', 'InvalidStateError')");
        let _failing = Override::new(&prototype, name, move || Ok(throws.clone().into()));
        sells().await;
    }
}

#[wasm_bindgen_test]
async fn sells_where_the_storage_is_full() {
    let (stub, _) = fresh();
    let (mut size, mut count) = (4 * 1024 * 1024, 0);
    while size > 0 {
        if session().set_item(&format!("x{count}"), &"x".repeat(size)).is_err() {
            size /= 2;
        }
        count += 1;
    }
    sells_with(&stub).await;
    assert_eq!(record(), None);
    clear();
}

#[wasm_bindgen_test]
async fn takes_somebody_elses_record_for_none() {
    // Those of the test before.
    no_locks().await;
    let ours = [PROPOSAL, PRODUCT].join("\n");
    let junk = [
        String::new(),
        "1".to_owned(),
        "null".to_owned(),
        "[object Object]".to_owned(),
        r#"{"proposal": "x", "product": "y"}"#.to_owned(),
        format!("2\n{ours}\n1\n0"),
        format!("1\n{ours}\n1"),
        format!("1\n{ours}\n999\n0"),
        format!("1\n{ours}\n-1\n0"),
        format!("1\n\n{PRODUCT}\n1\n0"),
        format!("1\n../../auth\n{PRODUCT}\n1\n0"),
        format!("1\n{PROPOSAL}\n{}\n1\n0", "x".repeat(1_000_000)),
        "\n".repeat(100_000),
    ];
    for text in junk {
        let (_stub, _) = fresh();
        put_record(&text);
        let page = Page::open();
        let view = page.driver.view();
        assert!(matches!(&view.screen, Screen::Identify(identify) if identify.again.is_none()), "{view:?}");
        assert_eq!(locks().await, [""; 0]);
    }
    let (stub, _) = fresh();
    put_record("somebody else's");
    sells_with(&stub).await;
    assert_eq!(record(), Some(format!("1\n{ours}\n1\n0")));
}
