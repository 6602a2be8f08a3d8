//! How the browser's `fetch` carries a request: what goes out, what an answer is taken for, and why none came.
#![cfg(target_arch = "wasm32")]

#[path = "transport/answers.rs"]
mod answers;
#[path = "transport/ends.rs"]
mod ends;
#[path = "browser/fetch_stub.rs"]
mod fetch_stub;
#[path = "transport/sent.rs"]
mod sent;

use std::cell::RefCell;
use std::rc::Rc;

use insurup_core::domain::Secret;
use insurup_core::endpoint::Method;
use insurup_core::json::Value;
use insurup_core::transport::{Carried, Request, fetch};
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test_configure;
use web_sys::AbortController;

wasm_bindgen_test_configure!(run_in_browser);

const BASE: &str = "https://api.example/api/";
const TOKEN: &str = "needle-of-a-token";

fn read() -> Request {
    Request { method: Method::Get, path: "customers/me".to_owned(), bearer: None, body: None, deadline_ms: 5_000 }
}

fn signed_in() -> Request {
    Request { bearer: Some(Rc::new(Secret::new(TOKEN.to_owned()))), ..read() }
}

fn written() -> Request {
    Request { method: Method::Post, body: Some(Value::of("name", "Ö\"")), ..read() }
}

fn aborter() -> AbortController {
    AbortController::new().expect("a controller")
}

/// One exchange, to be waited for.
async fn exchange(
    base: &str,
    language: &str,
    request: Request,
    aborter: &AbortController,
    blocked: impl Fn(&str) -> Option<String> + 'static,
) -> Carried {
    let place = Rc::new(RefCell::new(None));
    let theirs = Rc::clone(&place);
    let mut resolve = Function::default();
    let ended = Promise::new(&mut |end, _| resolve = end);
    fetch::carry(base, language, request, aborter, blocked, move |carried| {
        theirs.replace(Some(carried));
        let _ = resolve.call0(&JsValue::UNDEFINED);
    });
    let _ = JsFuture::from(ended).await;
    place.take().expect("an end")
}

/// Carries a request that nothing ends from outside.
async fn carry(request: Request) -> Carried {
    let carried = async move { exchange(BASE, "tr-TR", request, &aborter(), |_| None).await };
    fetch_stub::outcome(carried).await.expect("an end")
}
