//! What goes out.

use insurup_core::transport::{Carried, Content, Failure, Request};
use wasm_bindgen_test::wasm_bindgen_test;

use super::fetch_stub::{Reply, Sent, Stub};
use super::{BASE, TOKEN, aborter, carry, read, signed_in, written};

async fn sent(request: Request) -> Sent {
    let stub = Stub::new(|_| Reply::json("{}"));
    carry(request).await;
    let [sent] = <[Sent; 1]>::try_from(stub.sent()).expect("one request");
    sent
}

#[wasm_bindgen_test]
async fn sends_no_cookie_and_no_referrer_and_follows_no_redirect() {
    for request in [read(), signed_in(), written()] {
        let sent = sent(request).await;
        assert_eq!(sent.url(), format!("{BASE}customers/me"));
        assert_eq!(sent.mode().as_deref(), Some("cors"));
        assert_eq!(sent.credentials().as_deref(), Some("omit"));
        assert_eq!(sent.redirect().as_deref(), Some("error"));
        assert_eq!(sent.referrer_policy().as_deref(), Some("no-referrer"));
        assert_eq!(sent.cache().as_deref(), Some("no-store"));
        assert_eq!(sent.header("Accept-Language").as_deref(), Some("tr-TR"));
    }
}

#[wasm_bindgen_test]
async fn sends_only_what_the_request_has() {
    let of = |sent: Sent| (sent.method(), sent.header("Authorization"), sent.header("Content-Type"), sent.body());
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(of(sent(read()).await), (some("GET"), None, None, None));
    assert_eq!(of(sent(signed_in()).await), (some("GET"), some(&format!("Bearer {TOKEN}")), None, None));
    assert_eq!(of(sent(written()).await), (some("POST"), None, some("application/json"), some(r#"{"name":"Ö\""}"#)));
}

#[wasm_bindgen_test]
async fn asks_why_nobody_answered_without_the_token() {
    let stub = Stub::new(|_| Reply::Lost);
    carry(Request { body: written().body, method: written().method, ..signed_in() }).await;
    let [_, probe] = <[Sent; 2]>::try_from(stub.sent()).expect("a request and a probe");
    assert_eq!(probe.url(), format!("{BASE}customers/me"));
    assert_eq!((probe.method().as_deref(), probe.mode().as_deref()), (Some("HEAD"), Some("no-cors")));
    assert_eq!((probe.credentials().as_deref(), probe.cache().as_deref()), (Some("omit"), Some("no-store")));
    assert_eq!(probe.referrer_policy().as_deref(), Some("no-referrer"));
    assert_eq!((probe.header("Authorization"), probe.header("Content-Type"), probe.body()), (None, None, None));
}

/// Without a stub: Chromium itself takes all of these settings together.
#[wasm_bindgen_test]
async fn speaks_with_the_browser_itself() {
    let carry = |path: &str| {
        let request = Request { path: path.to_owned(), ..signed_in() };
        async move { super::exchange("", "en-US", request, &aborter(), |_| None).await }
    };
    let json = carry("data:application/json,[1]").await;
    assert!(matches!(json, Carried::Response { status: 200, content: Content::Json(_), .. }), "{json:?}");
    let html = carry("data:text/html,<p>").await;
    assert!(matches!(html, Carried::Response { status: 200, content: Content::NotJson, .. }), "{html:?}");
    // Nobody listens there.
    let nobody = carry("http://127.0.0.1:9/").await;
    assert!(matches!(nobody, Carried::Lost(Failure::Unreachable)), "{nobody:?}");
    // An address that is none: `fetch` itself refuses it.
    let none = carry("http://").await;
    assert!(matches!(none, Carried::Lost(Failure::Unreachable)), "{none:?}");
}
