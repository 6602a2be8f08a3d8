//! No token comes out, whatever one looks at.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::api::{POLICY, PRODUCT, PROPOSAL};
use super::fetch_stub::Reply;
use super::package::{WHO, all_of, bearer, call, client, json, me, server};
use super::sale::{IDENTITY, Told, event};

/// Tokens of the golden answers, and of a renewal.
const TOKENS: [&str; 5] = ["mfa-7Qd2", "access-1", "refresh-1", "access-2", "refresh-2"];

#[track_caller]
fn holds_none(value: &JsValue, of: &[&str]) {
    let everything = all_of(value);
    for needle in of {
        assert!(!everything.contains(needle), "{needle} in {everything}");
    }
}

#[wasm_bindgen_test]
async fn no_answer_and_no_error_of_a_client_holds_a_token() {
    // Every call is refused once, so that there is a renewal too.
    let (stub, _) = server(|request| (bearer(request) == "access-1").then(|| Reply::Json(401, "{}".to_owned())));
    let client = client().await;
    let ids = format!(r#"{{"proposalId": "{PROPOSAL}", "productId": "{PRODUCT}"}}"#);
    let calls = [
        ("signIn", WHO.to_owned()),
        ("verifyCode", r#"{"code": "123456"}"#.to_owned()),
        ("me", "null".to_owned()),
        ("listVehicles", "null".to_owned()),
        ("openCases", r#"{"customerId": "c"}"#.to_owned()),
        ("readProposal", format!(r#"{{"proposalId": "{PROPOSAL}"}}"#)),
        ("offerDocument", ids.clone()),
        ("readPolicy", format!(r#"{{"policyId": "{POLICY}"}}"#)),
        ("readPolicy", "{}".to_owned()),
        ("signIn", "{}".to_owned()),
    ];
    for (name, arguments) in calls {
        let outcome = match arguments.as_str() {
            "null" => call(&client, name, &[]).await,
            arguments => call(&client, name, &[json(arguments)]).await,
        };
        holds_none(&outcome.unwrap_or_else(JsValue::from), &TOKENS);
        holds_none(&client, &TOKENS);
    }
    assert_eq!(stub.sent_to("/refresh").len(), 1);
    assert_eq!(bearer(&stub.sent_to("/me")[1]), "access-2");
    client.close();
    holds_none(&client, &TOKENS);
}

#[wasm_bindgen_test]
async fn no_error_at_the_end_of_a_session_holds_a_token() {
    for failure in [Reply::Json(401, "{}".to_owned()), Reply::Lost, Reply::json("{}")] {
        let (_stub, _) = server(move |request| match () {
            () if request.url().ends_with("/refresh") => Some(failure.clone()),
            () => (!bearer(request).is_empty()).then(|| Reply::Json(401, "{}".to_owned())),
        });
        let client = super::package::signed_in().await;
        let error = me(&client).await.expect_err("the session has ended");
        holds_none(&error, &TOKENS);
        client.close();
    }
}

#[wasm_bindgen_test]
async fn no_picture_and_no_message_of_a_sale_holds_a_token_or_what_was_typed() {
    let (_stub, api) = server(|_| None);
    let told = Told::pressing_on().await;
    told.sale.send(&event("submitIdentity", IDENTITY)).expect("an event");
    told.reaches("payment-ready").await;
    api.offer.set("PURCHASED");
    told.sale.send(&event("pageOpened", "")).expect("an event");
    told.reaches("policy").await;
    let typed = ["10000000146", "23.04.1990", "1990-04-23", "5321234567", "0532 123 45 67", "907351"];
    let needles: Vec<_> = TOKENS.into_iter().chain(typed).collect();
    assert!(told.views.borrow().len() > 8 && told.messages.borrow().len() > 8);
    for value in told.views.borrow().iter().chain(told.messages.borrow().iter()) {
        holds_none(value, &needles);
    }
    holds_none(&told.sale, &needles);
    told.sale.close();
}
