//! What an answer is taken for.

use insurup_core::transport::{Carried, Content};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::fetch_stub::{Reply, Stub};
use super::{carry, read};

const JSON: Option<&str> = Some("application/json");
const MEGABYTE: usize = 1024 * 1024;

async fn answered(reply: Reply) -> (u16, Option<u32>, Content) {
    let _stub = Stub::new(move |_| reply.clone());
    match carry(read()).await {
        Carried::Response { status, retry_after_seconds, content } => (status, retry_after_seconds, content),
        lost @ Carried::Lost(_) => panic!("{lost:?}"),
    }
}

async fn check(status: u16, kind: Option<&'static str>, body: &str, expected: &str) {
    let body = if body.is_empty() { JsValue::NULL } else { body.into() };
    let (seen, _, content) = answered(Reply::Other(status, kind, body, None)).await;
    assert_eq!((seen, format!("{content:?}").as_str()), (status, expected), "{kind:?}");
}

#[wasm_bindgen_test]
async fn takes_an_answer_for_what_it_is() {
    let problem = Some("application/problem+json; charset=utf-8");
    let html = Some("text/html; charset=utf-8");
    check(200, JSON, r#"{"id": 7}"#, r#"Json({"id": Integer(..)})"#).await;
    check(200, Some("Application/JSON; charset=UTF-8"), r#"["ğ"]"#, "Json([Text(..)])").await;
    check(422, problem, r#"{"status": 422}"#, r#"Json({"status": Integer(..)})"#).await;
    check(500, JSON, "null", "Json(Null)").await;
    check(204, None, "", "Empty").await;
    check(200, JSON, "", "Empty").await;
    check(401, None, "", "Empty").await;
    check(200, html, "<script>alert(1)</script>", "NotJson").await;
    check(502, html, "<h1>Bad Gateway</h1>", "NotJson").await;
    check(200, None, r#"{"id": 7}"#, "NotJson").await;
    check(200, JSON, r#"{"id": "#, "Malformed").await;
    check(200, JSON, "<html>", "Malformed").await;
    // A document only where it is one: what an error calls itself does not matter.
    check(500, Some("application/pdf"), "%PDF-", "NotJson").await;
}

#[wasm_bindgen_test]
async fn refuses_what_is_larger_or_deeper_than_anything_the_api_sends() {
    let list = |length: usize| format!("[{}]", " ".repeat(length - 2));
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    check(200, JSON, &list(2 * MEGABYTE), "Json([])").await;
    check(200, JSON, &list(2 * MEGABYTE + 1), "TooLarge").await;
    check(200, JSON, &nested(65), "TooLarge").await;
    // It parses in no browser, and nothing of it may reach a parser that recurses.
    check(200, JSON, &"[".repeat(100_000), "TooLarge").await;
    check(200, JSON, &r#"{"a":"#.repeat(100_000), "TooLarge").await;
    // And the module is as well as before.
    check(200, JSON, "[]", "Json([])").await;
}

#[wasm_bindgen_test]
async fn gives_a_document_an_address_on_this_page() {
    let reply = Reply::Other(200, Some("application/pdf"), "%PDF-1.7".into(), None);
    let (_, _, content) = answered(reply).await;
    let Content::File(url) = content else { panic!("{content:?}") };
    assert!(url.starts_with("blob:http://"), "{url}");
    // The real `fetch` again, which finds the document there.
    let request = insurup_core::transport::Request { path: url, ..read() };
    let again = super::exchange("", "tr-TR", request, &super::aborter(), |_| None).await;
    assert!(matches!(again, Carried::Response { status: 200, content: Content::File(_), .. }), "{again:?}");
}

#[wasm_bindgen_test]
async fn reads_when_to_come_back() {
    for (header, expected) in [
        (None, None),
        (Some("7"), Some(7)),
        (Some(" 120 "), Some(120)),
        (Some("0"), Some(0)),
        (Some("-1"), None),
        (Some("1.5"), None),
        (Some("99999999999999999999"), None),
        (Some("soon"), None),
        (Some("Wed, 21 Oct 2015 07:28:00 GMT"), Some(0)),
        (Some("no date GMT"), None),
        (Some("Wed, 21 Oct 2099 07:28:00"), None),
    ] {
        let (status, seconds, _) = answered(Reply::Other(429, None, JsValue::NULL, header)).await;
        assert_eq!((status, seconds), (429, expected), "{header:?}");
    }
    let in_a_minute = js_sys::Date::new(&(js_sys::Date::now() + 60_000.0).into());
    let header: &'static str = String::from(in_a_minute.to_utc_string()).leak();
    let (_, seconds, _) = answered(Reply::Other(429, None, JsValue::NULL, Some(header))).await;
    assert!(seconds.is_some_and(|seconds| (55..=60).contains(&seconds)), "{header}: {seconds:?}");
}
