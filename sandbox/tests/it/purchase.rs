use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::support::{CALLBACK, RETURNING, Visitor, purchase_body, visit};

const REDIRECT: &str = "insurance-company-redirect";

async fn ready() -> (Visitor, String, Value) {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let product = visitor.product(&proposal, "Poyraz Sigorta").await;
    (visitor, proposal, product)
}

async fn begun() -> (Visitor, String, String) {
    let (visitor, proposal, product) = ready().await;
    let url = visitor.purchase(&proposal, &product, REDIRECT).await.expect(200).json()["redirectUrl"].as_str().expect("a URL").to_owned();
    (visitor, proposal, url)
}

async fn state(visitor: &Visitor, proposal: &str) -> (String, Value, Value) {
    let product = visitor.product(proposal, "Poyraz Sigorta").await;
    (product["state"].as_str().expect("a state").to_owned(), product["policyId"].clone(), product["errorMessage"].clone())
}

#[tokio::test]
async fn sells_one_policy_for_one_charge() {
    let (visitor, proposal, url) = begun().await;
    assert_eq!(state(&visitor, &proposal).await.0, "PURCHASING");
    let page = visitor.pay(&url, None).await.expect(200);
    for part in ["Poyraz Sigorta", "34 ABC 123", "id=\"approve\"", "id=\"decline\"", "id=\"abandon\"", "Öde", "Reddet", "Vazgeç", " TL"] {
        assert!(page.text().contains(part), "{part}");
    }
    let back = visitor.pay(&url, Some("approve")).await.expect(303);
    let location = back.header("location").expect("a way back").to_owned();
    assert!(
        location.starts_with(&format!("{CALLBACK}?status=success")) && location.contains(&format!("proposalId={proposal}")),
        "{location}"
    );
    let (state, policy, _) = state(&visitor, &proposal).await;
    assert!(state == "PURCHASED" && policy.is_string());
    visitor.pay(&url, Some("approve")).await.expect(303);
    let ledger = visitor.sandbox.ledger();
    assert_eq!((ledger["totals"]["charges"].as_u64(), ledger["totals"]["policies"].as_u64()), (Some(1), Some(1)));
    let gross = visitor.product(&proposal, "Poyraz Sigorta").await["premiums"][0]["grossPremium"].as_f64().expect("a price");
    assert_eq!(ledger["charges"][0]["amountMinor"].as_f64(), Some((gross * 100.0).round()));
}

#[tokio::test]
async fn a_declined_card_frees_the_offer() {
    let (visitor, proposal, url) = begun().await;
    let back = visitor.pay(&url, Some("decline")).await.expect(303);
    assert!(back.header("location").is_some_and(|location| location.contains("status=fail")));
    let (state, policy, error) = state(&visitor, &proposal).await;
    assert!(state == "ACTIVE" && policy.is_null() && error.is_string());
    visitor.pay(&url, Some("approve")).await.expect(303);
    assert_eq!(visitor.sandbox.ledger()["totals"]["charges"], 0);
}

#[tokio::test]
async fn an_abandoned_page_keeps_the_offer_for_a_while() {
    let (visitor, proposal, url) = begun().await;
    let back = visitor.pay(&url, Some("abandon")).await.expect(303);
    assert!(back.header("location").is_some_and(|location| location.contains("status=cancel")));
    visitor.sandbox.advance(19_000);
    assert_eq!(state(&visitor, &proposal).await.0, "PURCHASING");
    visitor.sandbox.advance(1_500);
    assert_eq!(state(&visitor, &proposal).await.0, "ACTIVE");
}

#[tokio::test]
async fn a_forgotten_page_expires() {
    let (mut visitor, proposal, url) = begun().await;
    visitor.sandbox.advance(15 * 60 * 1000 + 1);
    let body = json!({ "refreshToken": visitor.refresh });
    let renewed = visitor.post("/api/auth/customer/refresh", body).await.expect(200).json();
    visitor.keep(&renewed);
    assert_eq!(state(&visitor, &proposal).await.0, "ACTIVE");
    assert!(!visitor.pay(&url, None).await.expect(200).text().contains("id=\"approve\""));
    visitor.pay(&url, Some("approve")).await.expect(303);
    assert_eq!(visitor.sandbox.ledger()["totals"]["charges"], 0);
}

#[tokio::test]
async fn refuses_a_second_purchase() {
    let (visitor, proposal, url) = begun().await;
    let product = visitor.product(&proposal, "Poyraz Sigorta").await;
    visitor.purchase(&proposal, &product, REDIRECT).await.problem(409, "PRODUCT_PURCHASING");
    visitor.pay(&url, Some("approve")).await.expect(303);
    visitor.purchase(&proposal, &product, REDIRECT).await.problem(409, "PRODUCT_PURCHASED");
    assert_eq!(visitor.sandbox.ledger()["purchases"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn a_naive_server_charges_every_call() {
    let (visitor, proposal, url) = begun().await;
    visitor.sandbox.set_naive(true);
    let product = visitor.product(&proposal, "Poyraz Sigorta").await;
    let second =
        visitor.purchase(&proposal, &product, REDIRECT).await.expect(200).json()["redirectUrl"].as_str().expect("a URL").to_owned();
    let totals = || {
        let totals = visitor.sandbox.ledger()["totals"].clone();
        (totals["charges"].as_u64(), totals["policies"].as_u64())
    };
    // Nobody ever looks at the second call's page; approving it afterwards takes nothing more.
    visitor.pay(&url, Some("approve")).await.expect(303);
    assert_eq!(totals(), (Some(2), Some(1)));
    visitor.pay(&second, Some("approve")).await.expect(303);
    assert_eq!(totals(), (Some(2), Some(1)));
    // What is bought is charged again by the call itself.
    visitor.purchase(&proposal, &product, REDIRECT).await.expect(200);
    assert_eq!(totals(), (Some(3), Some(1)));
}

#[tokio::test]
async fn sells_only_what_can_be_sold_online() {
    let (visitor, proposal, _) = ready().await;
    for (insurer, kind, status, code) in [
        ("Meltem Sigorta", REDIRECT, 422, "PRODUCT_NEEDS_INVESTIGATION"),
        ("Lodos Sigorta", REDIRECT, 422, "PAYMENT_OPTION_NOT_SUPPORTED"),
        ("Zeytin Sigorta", REDIRECT, 422, "PAYMENT_OPTION_NOT_SUPPORTED"),
        ("Liman Sigorta", REDIRECT, 422, "PAYMENT_OPTION_NOT_SUPPORTED"),
        ("Ceviz Sigorta", REDIRECT, 409, "PRODUCT_NOT_ACTIVE"),
    ] {
        let product = visitor.product(&proposal, insurer).await;
        visitor.purchase(&proposal, &product, kind).await.problem(status, code);
    }
    let product = visitor.product(&proposal, "Liman Sigorta").await;
    visitor.purchase(&proposal, &product, "3d-secure").await.expect(200);
}

#[tokio::test]
async fn wants_a_whole_card_where_one_is_typed_here() {
    let (visitor, proposal, _) = ready().await;
    let product = visitor.product(&proposal, "Liman Sigorta").await["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/proposals/{proposal}/products/{product}/purchase/async");
    for (name, value) in [("number", "4242424242424241"), ("cvc", "12"), ("expiryMonth", "13"), ("expiryYear", "30"), ("holderName", "")] {
        let mut body = purchase_body(&proposal, &product, "3d-secure");
        body["card"][name] = json!(value);
        let problem = visitor.post(&path, body).await.expect(422).json();
        assert_eq!(problem["validationErrors"][0]["propertyName"], format!("card.{name}"));
    }
    let ledger = visitor.sandbox.ledger().to_string();
    assert!(!ledger.contains("4242"), "no card data in the ledger");
}

#[tokio::test]
async fn returns_only_to_allowed_pages() {
    let (visitor, proposal, product) = ready().await;
    let product = product["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/proposals/{proposal}/products/{product}/purchase/async");
    for url in [
        "https://evil.example/",
        "http://acente.example/",
        "javascript:alert(1)",
        "//localhost:8800",
        "http://localhost:8800@evil.example/",
        "http://localhost:9999/",
    ] {
        let mut body = purchase_body(&proposal, &product, REDIRECT);
        body["callbackUrl"] = json!(url);
        let problem = visitor.post(&path, body).await.expect(422).json();
        assert_eq!(problem["validationErrors"][0]["propertyName"], "callbackUrl", "{url}");
    }
    let mut body = purchase_body(&proposal, &product, REDIRECT);
    body["callbackUrl"] = json!("https://acente.example/donus?a=1#x");
    let url = visitor.post(&path, body).await.expect(200).json()["redirectUrl"].as_str().expect("a URL").to_owned();
    let policy = visitor.pay(&url, None).await.header("content-security-policy").expect("a policy").to_owned();
    assert!(policy.contains("form-action 'self' https://acente.example;"), "{policy}");
    let back = visitor.pay(&url, Some("decline")).await.header("location").expect("a way back").to_owned();
    assert!(back.starts_with("https://acente.example/donus?a=1&status=fail") && back.ends_with("#x"), "{back}");
}

#[tokio::test]
async fn can_lag_behind_an_approved_payment() {
    let (visitor, proposal, url) = begun().await;
    visitor.post("/__sandbox/settings", json!({ "settleDelayMs": 5000 })).await.expect(200);
    visitor.pay(&url, Some("approve")).await.expect(303);
    let (before, policy, _) = state(&visitor, &proposal).await;
    assert!(before == "PURCHASING" && policy.is_null());
    visitor.sandbox.advance(5_000);
    assert_eq!(state(&visitor, &proposal).await.0, "PURCHASED");
}

#[tokio::test]
async fn leads_through_several_addresses_where_that_is_wanted() {
    for (detour, redirects, end) in [("none", 0, None), ("page", 5, None), ("return", 6, Some(CALLBACK)), ("endless", 30, Some("/gecis/"))]
    {
        let (visitor, proposal, url) = begun().await;
        visitor.post("/__sandbox/settings", json!({ "detour": detour })).await.expect(200);
        let (mut answer, mut location, mut count) = (visitor.pay(&url, None).await, None, 0);
        while let Some(next) = answer.header("location").map(str::to_owned) {
            assert_eq!(
                (answer.status, answer.header("referrer-policy"), answer.header("cache-control")),
                (302, Some("no-referrer"), Some("no-store"))
            );
            (location, count) = (Some(next.clone()), count + 1);
            if count == 30 || next.starts_with(CALLBACK) {
                break;
            }
            answer = visitor.pay(&format!("http://localhost:8803{next}"), None).await;
        }
        assert_eq!(count, redirects, "{detour}");
        match end {
            Some(end) => assert!(location.as_ref().is_some_and(|location| location.starts_with(end)), "{detour}: {location:?}"),
            None => assert!(answer.expect(200).text().contains("id=\"approve\""), "{detour}"),
        }
        // What the way back says was said by nobody who paid.
        assert_eq!(location.is_some_and(|location| location.contains("status=success")), detour == "return");
        assert_eq!(visitor.sandbox.ledger()["totals"]["charges"], 0);
        assert_eq!(state(&visitor, &proposal).await.0, "PURCHASING");
    }
    let visitor = visit(WireMode::Current);
    visitor.post("/__sandbox/settings", json!({ "detour": "scenic" })).await.expect(400);
}

#[tokio::test]
async fn returns_by_a_form_where_that_is_wanted() {
    for (act, status, code) in [("approve", "success", Some("00")), ("decline", "fail", Some("05")), ("abandon", "cancel", None)] {
        let (visitor, proposal, product) = ready().await;
        visitor.post("/__sandbox/settings", json!({ "returnBy": "post" })).await.expect(200);
        let url =
            visitor.purchase(&proposal, &product, REDIRECT).await.expect(200).json()["redirectUrl"].as_str().expect("a URL").to_owned();
        let page = visitor.pay(&url, Some(act)).await.expect(200);
        let policy = page.header("content-security-policy").expect("a policy").to_owned();
        assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self' http://localhost:8800;"), "{policy}");
        assert!(!policy.contains("script") && page.header("location").is_none());
        let form = page.text();
        assert!(form.contains(&format!(r#"<form method="post" action="{CALLBACK}">"#)) && !form.contains("<script"), "{form}");
        let field = |name: &str, value: &str| form.contains(&format!(r#"<input type="hidden" name="{name}" value="{value}">"#));
        assert!(field("status", status) && field("proposalId", &proposal), "{form}");
        assert_eq!(code.is_some_and(|code| field("responseCode", code)), code.is_some());
        assert!(form.contains(r#"<button id="back""#), "the customer can go on");
        let again = visitor.pay(&url, None).await.expect(200).text();
        assert!(again.contains(r#"<form method="post""#) && !again.contains("id=\"approve\""), "a reload offers the same way");
    }
    let visitor = visit(WireMode::Current);
    visitor.post("/__sandbox/settings", json!({ "returnBy": "pigeon" })).await.expect(400);
}

#[tokio::test]
async fn a_scenario_returns_by_a_form_too() {
    let (visitor, proposal, product) = ready().await;
    let id = product["id"].as_str().expect("an id");
    let body = purchase_body(&proposal, id, REDIRECT).to_string();
    let path = format!("/api/proposals/{proposal}/products/{id}/purchase/async");
    let begun = visitor.send("POST", &path, Some(body), &[("x-sandbox-scenario", "returns-by-post")]).await.expect(200).json();
    let page = visitor.pay(begun["redirectUrl"].as_str().expect("a URL"), Some("approve")).await.expect(200);
    assert!(page.text().contains(r#"name="status" value="success""#));
}
