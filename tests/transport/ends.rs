//! Why nothing came back.

use std::cell::Cell;
use std::rc::Rc;

use insurup_core::transport::{Carried, Failure, Request};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use super::fetch_stub::{Override, Reply, Sent, Stub, outcome, pause};
use super::{BASE, aborter, carry, read};

fn is_probe(request: &Sent) -> bool {
    request.mode().as_deref() == Some("no-cors")
}

/// Nobody answers; this is how the probe ends.
fn silent(probe: Reply) -> Stub {
    Stub::new(move |request| if is_probe(request) { probe.clone() } else { Reply::Lost })
}

fn opaque() -> Reply {
    Reply::Other(200, None, JsValue::NULL, None)
}

fn failure(carried: Carried) -> Failure {
    match carried {
        Carried::Lost(failure) => failure,
        answered @ Carried::Response { .. } => panic!("{answered:?}"),
    }
}

#[wasm_bindgen_test]
async fn tells_by_the_probe_whether_only_the_permission_is_missing() {
    for (probe, expected) in [(opaque(), Failure::CorsDenied), (Reply::Lost, Failure::Unreachable)] {
        let _stub = silent(probe);
        assert_eq!(failure(carry(read()).await), expected);
    }
}

#[wasm_bindgen_test]
async fn believes_the_page_that_says_what_it_blocks() {
    for probe in [opaque(), Reply::Lost] {
        let _stub = silent(probe);
        let blocked = |url: &str| url.starts_with(BASE).then(|| "connect-src".to_owned());
        let carried = super::exchange(BASE, "tr-TR", read(), &aborter(), blocked).await;
        assert_eq!(failure(carried), Failure::BlockedByHostCsp { directive: "connect-src".to_owned() });
    }
}

#[wasm_bindgen_test]
async fn asks_the_browser_each_time_whether_it_is_offline() {
    let stub = silent(opaque());
    let online = Rc::new(Cell::new(true));
    let navigator = web_sys::window().expect("a window").navigator();
    let told = Rc::clone(&online);
    let _override = Override::new(&navigator, "onLine", move || Ok(told.get().into()));
    for (is_online, expected, requests) in [(true, Failure::CorsDenied, 2), (false, Failure::Offline, 3), (true, Failure::CorsDenied, 5)] {
        online.set(is_online);
        assert_eq!(failure(carry(read()).await), expected);
        // Whoever is offline is not asked why.
        assert_eq!(stub.sent().len(), requests);
    }
}

#[wasm_bindgen_test]
async fn a_browser_without_a_word_about_the_network_is_online() {
    let _stub = silent(Reply::Lost);
    let navigator = web_sys::window().expect("a window").navigator();
    let _override = Override::new(&navigator, "onLine", || Ok(JsValue::UNDEFINED));
    assert_eq!(failure(carry(read()).await), Failure::Unreachable);
}

#[wasm_bindgen_test]
async fn gives_up_at_the_deadline_also_while_the_body_arrives() {
    for reply in [Reply::Never, Reply::Stalls] {
        let stub = Stub::new(move |_| reply.clone());
        let began = js_sys::Date::now();
        assert_eq!(failure(carry(Request { deadline_ms: 60, ..read() }).await), Failure::Timeout);
        assert!((50.0..2_000.0).contains(&(js_sys::Date::now() - began)));
        // It is really ended, and nobody asks why.
        assert_eq!((stub.sent().len(), stub.sent()[0].aborted()), (1, true));
    }
}

#[wasm_bindgen_test]
async fn a_probe_that_nobody_answers_ends_at_the_deadline_too() {
    let stub = silent(Reply::Never);
    assert_eq!(failure(carry(Request { deadline_ms: 60, ..read() }).await), Failure::Timeout);
    assert!(stub.sent()[1].aborted());
}

#[wasm_bindgen_test]
async fn an_answer_just_in_time_is_one() {
    let _stub = Stub::new(|_| Reply::After(60, Box::new(Reply::json("{}"))));
    let carried = carry(Request { deadline_ms: 2_000, ..read() }).await;
    assert!(matches!(carried, Carried::Response { status: 200, .. }), "{carried:?}");
}

/// Carries a request that is given up after 30 ms.
async fn given_up(reply: Reply, give_up: impl Fn(&AbortController) + 'static) -> Failure {
    let stub = Stub::new(move |request| if is_probe(request) { Reply::Never } else { reply.clone() });
    let aborter = aborter();
    let theirs = aborter.clone();
    wasm_bindgen_futures::spawn_local(async move {
        pause(30).await;
        give_up(&theirs);
    });
    let carried = outcome(async move { super::exchange(BASE, "tr-TR", read(), &aborter, |_| None).await }).await;
    assert!(stub.sent().iter().all(Sent::aborted));
    failure(carried.expect("an end"))
}

#[wasm_bindgen_test]
async fn ends_when_it_is_given_up_for_whatever_reason() {
    for reply in [Reply::Never, Reply::Stalls, Reply::Lost] {
        assert_eq!(given_up(reply.clone(), AbortController::abort).await, Failure::Aborted);
        for reason in [JsValue::from("a string"), JsValue::from(7), JsValue::NULL, js_sys::Object::new().into()] {
            let reason = reason.clone();
            assert_eq!(given_up(reply.clone(), move |aborter| aborter.abort_with_reason(&reason)).await, Failure::Aborted);
        }
    }
}

#[wasm_bindgen_test]
async fn a_request_that_was_given_up_before_it_began_is_not_made() {
    let stub = Stub::new(|_| Reply::json("{}"));
    let aborter = aborter();
    aborter.abort();
    let carried = super::exchange(BASE, "tr-TR", read(), &aborter, |_| None).await;
    assert_eq!((failure(carried), stub.sent().len()), (Failure::Aborted, 0));
}
