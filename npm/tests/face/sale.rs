//! A whole sale through `Checkout`, with events and pictures as programs see them.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::api::{PRODUCT, VEHICLE};
use super::fetch_stub::until;
use super::package::{Instance, create, get, json, sale_options, server, text};

pub(crate) const IDENTITY: &str = r#", "tckn": "10000000146", "birthDate": "23.04.1990", "phone": "0532 123 45 67""#;

pub(crate) fn event(kind: &str, more: &str) -> JsValue {
    json(&format!(r#"{{"type": "{kind}"{more}}}"#))
}

/// What the customer presses next, if anything.
fn next(view: &JsValue) -> Option<JsValue> {
    let is = |name: &str| get(view, name).is_truthy();
    let screen = get(view, "screen").as_string().unwrap_or_default();
    Some(match screen.as_str() {
        "identify" if !is("busy") => event("submitIdentity", IDENTITY),
        "code" if !is("busy") => event("submitCode", r#", "code": "907351""#),
        "consents" => event("submitConsents", ""),
        "vehicles" => event("chooseVehicle", &format!(r#", "vehicle": "{VEHICLE}""#)),
        "offers" if get(&get(view, "offers"), "length").is_truthy() => event("pickOffer", &format!(r#", "product": "{PRODUCT}""#)),
        "review" if is("informationUrl") && !is("busy") => event("pay", r#", "acknowledged": true"#),
        _ => return None,
    })
}

/// A sale, with everything that is told in its order.
pub(crate) struct Told {
    pub(crate) sale: Instance,
    pub(crate) views: Rc<RefCell<Vec<JsValue>>>,
    pub(crate) messages: Rc<RefCell<Vec<JsValue>>>,
    _listeners: [Closure<dyn FnMut(JsValue)>; 2],
}

impl Told {
    /// A sale whose listener presses what comes next, while it is told.
    pub(crate) async fn pressing_on() -> Self {
        let sale = create("Checkout", &sale_options()).await.expect("a sale");
        let (views, messages) = (Rc::<RefCell<Vec<_>>>::default(), Rc::<RefCell<Vec<_>>>::default());
        let (seen, heard, theirs) = (Rc::clone(&views), Rc::clone(&messages), sale.clone());
        let on_change = Closure::<dyn FnMut(JsValue)>::new(move |view: JsValue| {
            seen.borrow_mut().push(view.clone());
            assert!(js_sys::Object::is(&theirs.view(), &view), "the picture of the moment is the one that is told");
            if let Some(event) = next(&view) {
                theirs.send(&event).expect("an event");
            }
        });
        let on_message = Closure::<dyn FnMut(JsValue)>::new(move |message| heard.borrow_mut().push(message));
        sale.on_change(on_change.as_ref());
        sale.on_message(on_message.as_ref());
        Self { sale, views, messages, _listeners: [on_change, on_message] }
    }

    pub(crate) async fn reaches(&self, screen: &str) {
        until(&format!("the screen is '{screen}'"), || get(&self.sale.view(), "screen") == screen).await;
    }
}

#[wasm_bindgen_test]
async fn sells_to_a_program_that_answers_from_within_its_listener() {
    let (stub, api) = server(|_| None);
    let told = Told::pressing_on().await;
    // Told to nobody: the first picture is there before anybody can listen.
    assert_eq!(get(&told.sale.view(), "screen"), "identify");
    told.sale.send(&event("submitIdentity", IDENTITY)).expect("an event");
    told.reaches("payment-ready").await;
    assert_eq!(stub.sent_to("/purchase/async").len(), 1);
    let view = told.sale.view();
    assert_eq!(text(&get(&view, "amount")), r#"{"minorUnits":850055,"currency":"TRY"}"#);
    assert_eq!((get(&view, "url"), get(&view, "host")), ("https://pay.example/start?id=9f".into(), "pay.example".into()));
    let steps: Vec<_> = told.messages.borrow().iter().map(|message| get(message, "screen").as_string().unwrap_or_default()).collect();
    assert_eq!(steps, ["code", "opening", "consents", "vehicles", "offers", "review", "payment-ready"]);
    let mut screens: Vec<_> = told.views.borrow().iter().map(|view| get(view, "screen").as_string().unwrap_or_default()).collect();
    screens.dedup();
    assert_eq!(screens[1..], steps);

    api.offer.set("PURCHASED");
    told.sale.send(&event("pageOpened", "")).expect("an event");
    told.reaches("policy").await;
    until("it says so", || told.messages.borrow().iter().any(|message| get(message, "type") == "completed")).await;
    let last = told.sale.view();
    told.sale.close();
    assert!(js_sys::Object::is(&told.sale.view(), &last), "the last picture stays readable");
    assert_eq!(stub.sent_to("/purchase/async").len(), 1);
}

#[wasm_bindgen_test]
async fn every_listener_sees_every_picture_in_its_order() {
    let (_stub, _) = server(|_| None);
    let told = Told::pressing_on().await;
    // It is told after the one that has pressed already.
    let seen = Rc::<RefCell<Vec<JsValue>>>::default();
    let theirs = Rc::clone(&seen);
    let second = Closure::<dyn FnMut(JsValue)>::new(move |view| theirs.borrow_mut().push(view));
    told.sale.on_change(second.as_ref());
    told.sale.send(&event("submitIdentity", IDENTITY)).expect("an event");
    told.reaches("payment-ready").await;
    let (first, second) = (told.views.borrow(), seen.borrow());
    assert_eq!(first.len(), second.len());
    assert!(first.iter().zip(second.iter()).all(|(first, second)| js_sys::Object::is(first, second)));
    told.sale.close();
}

#[wasm_bindgen_test]
async fn what_is_no_event_changes_nothing() {
    let (stub, _) = server(|_| None);
    let sale = create("Checkout", &sale_options()).await.expect("a sale");
    let before = sale.view();
    for wrong in ["{}", "null", "7", r#"{"type": "started"}"#, r#"{"type": "pay", "acknowleged": true}"#, r#"{"type": "submitCode"}"#] {
        let error = sale.send(&json(wrong)).expect_err("no event");
        assert_eq!((error.name().as_deref(), error.code().as_deref()), (Some("ClientError"), Some("invalid-argument")), "{wrong}");
        assert!(js_sys::Object::is(&sale.view(), &before));
    }
    // One that makes no sense at the moment is none of these, and changes nothing either.
    sale.send(&event("pay", r#", "acknowledged": true"#)).expect("an event");
    assert_eq!((text(&sale.view()), stub.sent().len()), (text(&before), 0));
    sale.close();
    assert_eq!(sale.send(&event("retry", "")).expect_err("closed").code().as_deref(), Some("closed"));
}
