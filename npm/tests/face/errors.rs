//! Whatever fails, a program gets a real error that says which.

use js_sys::{Error, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::fetch_stub::{Override, Reply, Sent};
use super::package::{
    ClientError, Outcome, WHO, all_of, call, client, client_options, code, create, exports, get, json, me, method, sale_options, server,
    signed_in, text,
};

/// What was handed in: no error may repeat it.
const HANDED_IN: [&str; 4] = ["10000000146", "0532 123 45 67", "1990-04-23", "4111111111111111"];

fn is_probe(request: &Sent) -> bool {
    request.mode().as_deref() == Some("no-cors")
}

async fn check(outcome: &Outcome, expected: &str) -> ClientError {
    assert_eq!(code(outcome), expected);
    let error = outcome.clone().expect_err("an error");
    assert!(error.is_instance_of::<Error>(), "{error:?}");
    assert_eq!(error.name().as_deref(), Some("ClientError"));
    assert!(error.message().is_some_and(|message| !message.is_empty()));
    assert!(get(&error, "stack").is_string());
    let package = exports().await;
    let is_ours = method(&package, "isClientError").call1(&JsValue::UNDEFINED, &error);
    assert_eq!(is_ours, Ok(JsValue::TRUE));
    let everything = all_of(&error);
    assert!(!HANDED_IN.iter().any(|value| everything.contains(value)), "{everything}");
    assert_eq!((error.status().is_some(), !error.problem().is_undefined()), (expected == "refused", expected == "refused"));
    assert_eq!(error.field().is_some(), expected == "invalid-argument");
    error
}

async fn signing_in(reply: Reply, probe: Reply) -> Outcome {
    let (_stub, _) = server(move |request| Some(if is_probe(request) { probe.clone() } else { reply.clone() }));
    let client = client().await;
    let outcome = call(&client, "signIn", &[json(WHO)]).await;
    client.close();
    outcome
}

#[wasm_bindgen_test]
async fn every_kind_of_failure_is_an_error_with_its_code() {
    let json_kind = Some("application/json");
    let opaque = || Reply::Other(200, None, JsValue::NULL, None);
    let other = |status, kind, body: &str| Reply::Other(status, kind, body.into(), None);
    for (reply, expected) in [
        (Reply::Lost, "cors-denied"),
        (other(200, Some("text/html"), "<h1>"), "not-json"),
        (other(200, json_kind, "{"), "malformed"),
        (other(200, json_kind, &"[".repeat(1000)), "too-large"),
        (Reply::json("{}"), "unexpected"),
        (Reply::json("null"), "unexpected"),
        (other(500, Some("text/html"), "<h1>"), "refused"),
        (Reply::Json(429, "{}".to_owned()), "refused"),
        (Reply::Json(401, "[]".to_owned()), "refused"),
    ] {
        check(&signing_in(reply, opaque()).await, expected).await;
    }
    check(&signing_in(Reply::Lost, Reply::Lost).await, "unreachable").await;
    let navigator = get(&js_sys::global(), "navigator");
    let _offline = Override::new(&navigator, "onLine", || Ok(JsValue::FALSE));
    check(&signing_in(Reply::Lost, Reply::Lost).await, "offline").await;
}

#[wasm_bindgen_test]
async fn a_refusal_carries_what_the_api_said_and_not_what_was_typed() {
    let problem = include_str!("../../../tests/golden/current/problem.response.json");
    let error = check(&signing_in(Reply::Json(400, problem.to_owned()), Reply::Lost).await, "refused").await;
    assert_eq!(error.status(), Some(400));
    let problem = error.problem();
    assert_eq!(text(&get(&problem, "codes")), r#"["CUSTOMER_IDENTITY_INVALID"]"#);
    assert_eq!(text(&get(&problem, "fields")), r#"[{"name":"IdentityNumber","message":"Kimlik numarası geçersiz."}]"#);
    assert_eq!(get(&problem, "detail").as_string().as_deref(), Some("Girilen bilgileri kontrol edin."));
}

#[wasm_bindgen_test]
async fn what_is_asked_wrongly_is_said_and_not_sent() {
    let (stub, _) = server(|_| None);
    let client = client().await;
    check(&me(&client).await, "session-ended").await;
    check(&call(&client, "verifyCode", &[json(r#"{"code": "123456"}"#)]).await, "no-code-sent").await;
    let card = r#"{"proposalId": "q", "productId": "o", "instalments": 1, "callbackUrl": "https://a.example/", "method": "3dSecure",
        "card": {"number": "4111111111111111", "holder": "Deniz", "expiry": "13/29", "cvc": "123"}}"#;
    for (name, arguments, field) in [
        ("signIn", "{}", "tckn"),
        ("signIn", "null", "tckn"),
        ("signIn", "[]", "arguments"),
        ("signIn", r#"{"tckn": "10000000147", "phone": "0532 123 45 67", "birthDate": "1990-04-23"}"#, "tckn"),
        ("signIn", r#"{"tckn": 10000000146, "phone": "0532 123 45 67", "birthDate": "1990-04-23"}"#, "tckn"),
        ("readPolicy", r#"{"policyId": "../me"}"#, "policyId"),
        ("readPolicy", r#"{"policyId": "p", "10000000146": 1}"#, "10000000146"),
        ("startPurchase", card, "card.expiry"),
    ] {
        let outcome = call(&client, name, &[json(arguments)]).await;
        assert_eq!(
            (code(&outcome).as_str(), outcome.expect_err("an error").field().as_deref()),
            ("invalid-argument", Some(field)),
            "{name}"
        );
    }
    assert_eq!(stub.sent().len(), 0);
    client.close();
    check(&me(&client).await, "closed").await;
}

#[wasm_bindgen_test]
async fn wrong_options_make_no_client() {
    for (class, options, field) in [
        ("Client", JsValue::UNDEFINED, "agentId"),
        ("Client", client_options(r#", "withoutCode": "yes""#), "withoutCode"),
        ("Client", sale_options(), "coverageGroups"),
        ("Checkout", client_options(""), "coverageGroups"),
    ] {
        let outcome = create(class, &options).await.map(JsValue::from);
        assert_eq!(check(&outcome, "invalid-argument").await.field().as_deref(), Some(field));
    }
    for class in ["Client", "Checkout"] {
        let class = get(&exports().await, class);
        let error =
            Reflect::construct(class.unchecked_ref::<js_sys::Function>(), &js_sys::Array::new()).expect_err("only `create` makes one");
        assert!(error.is_instance_of::<js_sys::TypeError>());
    }
}

#[wasm_bindgen_test]
async fn an_error_of_somebody_else_is_none_of_ours() {
    let package = exports().await;
    let is_ours = |value: &JsValue| method(&package, "isClientError").call1(&JsValue::UNDEFINED, value);
    for value in [
        JsValue::UNDEFINED,
        JsValue::NULL,
        "ClientError".into(),
        Error::new("x").into(),
        json(r#"{"name": "ClientError", "code": "closed"}"#),
    ] {
        assert_eq!(is_ours(&value), Ok(JsValue::FALSE), "{value:?}");
    }
    let (_stub, _) = server(|request| request.url().ends_with("/me").then(|| Reply::Json(403, "{}".to_owned())));
    let client = signed_in().await;
    check(&me(&client).await, "refused").await;
    client.close();
}
