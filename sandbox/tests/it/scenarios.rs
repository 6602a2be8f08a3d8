//! Each scenario, seen as a client sees it.

use insurup_sandbox::{How, SCENARIOS, WireMode};
use serde_json::{Value, json};

use crate::support::{Answer, NEW, RETURNING, Visitor, login, visit};

const LOGIN: &str = "/api/auth/customer/login-or-register";
const VERIFY: &str = "/api/auth/customer/verify-mfa";
const REDIRECT: &str = "insurance-company-redirect";

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The identity number that chooses the scenario.
fn identity(name: &str) -> u64 {
    match SCENARIOS.iter().find(|scenario| scenario.name == name).map(|scenario| scenario.how) {
        Some(How::Identity(identity)) => identity.parse().expect("a number"),
        other => panic!("{name} is chosen by {other:?}"),
    }
}

async fn save_car(visitor: &Visitor, code: &str) -> String {
    let body = json!({
        "customerId": visitor.customer, "plate": { "city": 34, "code": code }, "modelYear": 2021, "brandReference": "117",
        "modelTypeReference": "1171001", "utilizationStyle": "PRIVATE_CAR", "accessories": [],
    });
    text(&visitor.post(&format!("/api/customers/{}/vehicles", visitor.customer), body).await.expect(201).json()["id"])
}

/// A new customer's proposal for a car with this plate.
async fn proposal_for(code: &str) -> (Visitor, String) {
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    let vehicle = save_car(&visitor, code).await;
    let body = visitor.proposal_body(&vehicle, &[]);
    let id = text(&visitor.post("/api/proposals", body).await.expect(200).json()["proposalId"]);
    (visitor, id)
}

async fn read(visitor: &Visitor, proposal: &str) -> Value {
    visitor.get(&format!("/api/proposals/{proposal}")).await.expect(200).json()
}

fn count(proposal: &Value, state: &str) -> usize {
    proposal["products"].as_array().map_or(0, |products| products.iter().filter(|one| one["state"] == state).count())
}

/// A customer on the payment page of an offer for a car with this plate.
async fn paying_for(code: &str) -> (Visitor, String, String) {
    let (visitor, proposal) = proposal_for(code).await;
    visitor.sandbox.advance(13_000);
    let product = visitor.product(&proposal, "Poyraz Sigorta").await;
    let url = text(&visitor.purchase(&proposal, &product, REDIRECT).await.expect(200).json()["redirectUrl"]);
    (visitor, proposal, url)
}

async fn with_header(visitor: &Visitor, scenario: &str, method: &str, path: &str) -> Answer {
    visitor.send(method, path, None, &[("x-sandbox-scenario", scenario)]).await
}

#[tokio::test]
async fn are_listed_and_unknown_ones_refused() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let listed = visitor.get("/__sandbox/scenarios").await.expect(200).json();
    assert_eq!(listed.as_array().map(Vec::len), Some(SCENARIOS.len()));
    assert_eq!(
        listed[3],
        json!({ "name": "sms-refused", "how": "TCKN 30000000182", "what": "no code is sent: 429, try again after 60 s" })
    );
    let problem = with_header(&visitor, "sunshine", "GET", "/api/customers/me").await.expect(400).json();
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("`sunshine` is no scenario")));
    visitor.post("/__sandbox/settings", json!({ "scenario": "sunshine" })).await.expect(400);
}

#[tokio::test]
async fn the_header_counts_for_one_request_and_the_setting_for_all() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    with_header(&visitor, "too-many-requests", "GET", "/api/customers/me").await.expect(429);
    visitor.get("/api/customers/me").await.expect(200);
    visitor.post("/__sandbox/settings", json!({ "scenario": "too-many-requests" })).await.expect(200);
    assert_eq!(visitor.get("/api/customers/me").await.expect(429).header("retry-after"), Some("5"));
    visitor.post("/__sandbox/settings", json!({ "scenario": null })).await.expect(200);
    visitor.get("/api/customers/me").await.expect(200);
}

#[tokio::test]
async fn sends_no_code() {
    let visitor = visit(WireMode::Current);
    let refused = visitor.post(LOGIN, login(identity("sms-refused"))).await;
    assert_eq!(refused.header("retry-after"), Some("60"));
    refused.problem(429, "SMS_LIMIT_EXCEEDED");
    assert!(visitor.sandbox.sms().is_empty());
}

#[tokio::test]
async fn refuses_every_code() {
    let visitor = visit(WireMode::Current);
    for (name, code) in [("code-refused", "MFA_CODE_WRONG"), ("code-expired", "MFA_CODE_EXPIRED")] {
        let token = visitor.post(LOGIN, login(identity(name))).await.expect(200).json()["token"].clone();
        visitor.post(VERIFY, json!({ "token": token, "code": visitor.code() })).await.problem(422, code);
    }
}

#[tokio::test]
async fn ends_sessions_early() {
    for (name, seconds, renewed) in [("session-60s", 30_i64, 401), ("tokens-60s", 60, 200)] {
        let mut visitor = visit(WireMode::Current);
        // Whole seconds are compared.
        visitor.post("/__sandbox/clock", json!({ "frozen": true })).await.expect(200);
        let token = visitor.post(LOGIN, login(identity(name))).await.expect(200).json()["token"].clone();
        let tokens = visitor.post(VERIFY, json!({ "token": token, "code": visitor.code() })).await.expect(200).json();
        assert_eq!(tokens["expiresIn"], 60);
        visitor.keep(&tokens);
        visitor.sandbox.advance(30_000);
        let tokens = visitor.post("/api/auth/customer/refresh", json!({ "refreshToken": visitor.refresh })).await.expect(200).json();
        visitor.keep(&tokens);
        assert_eq!(tokens["expiresIn"], seconds, "a new token does not outlive its session");
        visitor.sandbox.advance(seconds * 1000 - 1_000);
        visitor.get("/api/customers/me").await.expect(200);
        visitor.sandbox.advance(2_000);
        visitor.get("/api/customers/me").await.problem(401, "TOKEN_EXPIRED");
        visitor.post("/api/auth/customer/refresh", json!({ "refreshToken": visitor.refresh })).await.expect(renewed);
    }
}

#[tokio::test]
async fn a_lookup_can_be_chosen_by_header_too() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let path = format!("/api/customers/{}/vehicles/external-lookup", visitor.customer);
    let body = json!({ "customerId": visitor.customer, "plate": { "city": 34, "code": "ABC77" }, "documentSerial": { "code": "AB", "number": "123456" } });
    let ask = async |scenario| visitor.send("POST", &path, Some(body.to_string()), &[("x-sandbox-scenario", scenario)]).await;
    ask("lookup-missing").await.problem(404, "VEHICLE_NOT_FOUND");
    ask("lookup-unreachable").await.problem(502, "VEHICLE_LOOKUP_UNAVAILABLE");
    assert!(ask("lookup-partial").await.expect(200).json()["model"].is_null());
    for (scenario, engine, chassis) in [("lookup-engine-masked", true, false), ("lookup-chassis-masked", false, true)] {
        let found = ask(scenario).await.expect(200).json();
        assert_eq!((&found["engineIsMasked"], &found["chassisIsMasked"]), (&json!(engine), &json!(chassis)), "{scenario}");
        assert_eq!(found["engine"].as_str().is_some_and(|engine| engine.ends_with('*')), engine);
        assert_eq!(found["chassis"].as_str().is_some_and(|chassis| chassis.ends_with('*')), chassis);
    }
    assert_eq!(ask("guide-car").await.expect(200).json()["engineIsMasked"], true, "an ordinary scenario changes nothing");
}

#[tokio::test]
async fn a_case_service_can_be_down_for_a_person() {
    let visitor = visit(WireMode::Current).sign_in(identity("case-down")).await;
    let case = json!({ "customerId": visitor.customer, "productBranch": "KASKO", "channel": "WEBSITE" });
    visitor.post("/api/cases:new-sale-opportunity", case).await.expect(503);
    visitor.post("/graphql", json!({ "query": "{ cases { totalCount } }" })).await.expect(503);
    let ledger = visitor.sandbox.ledger();
    assert_eq!(
        ledger["requests"].as_array().and_then(|all| all.last()).map(|last| last["fault"].clone()),
        Some(json!("scenario case-down"))
    );
    visitor.get("/api/customers/me").await.expect(200);
}

#[tokio::test]
async fn insurers_are_slow_or_silent_or_unwilling() {
    let (visitor, slow) = proposal_for("ABC901").await;
    visitor.sandbox.advance(12_000);
    assert_eq!(count(&read(&visitor, &slow).await, "WAITING"), 14);
    visitor.sandbox.advance(60_000);
    assert_eq!(count(&read(&visitor, &slow).await, "WAITING"), 0);

    let (visitor, stuck) = proposal_for("ABC902").await;
    visitor.sandbox.advance(10 * 60_000 - 1_000);
    assert_eq!(count(&read(&visitor, &stuck).await, "WAITING"), 5);

    let (visitor, failing) = proposal_for("ABC903").await;
    visitor.sandbox.advance(13_000);
    let failing = read(&visitor, &failing).await;
    assert_eq!((count(&failing, "FAILED"), failing["state"].as_str()), (14, Some("FAILED")));
    assert!(failing["products"].as_array().into_iter().flatten().all(|one| one["errorMessage"].is_string()));

    for (code, products) in [("ABC904", 0), ("ABC905", 1)] {
        let (visitor, proposal) = proposal_for(code).await;
        assert_eq!(read(&visitor, &proposal).await["products"].as_array().map(Vec::len), Some(products));
    }
}

#[tokio::test]
async fn some_offers_can_be_malformed_and_the_others_not() {
    let (visitor, proposal) = proposal_for("ABC906").await;
    visitor.sandbox.advance(13_000);
    let proposal = read(&visitor, &proposal).await;
    let products = proposal["products"].as_array().expect("a list").clone();
    assert_eq!(products.len(), 14);
    assert_eq!(products[0]["premiums"][0]["grossPremium"], "NaN");
    assert_eq!(products[3]["state"], "QUANTUM");
    assert!(products[4]["insuranceCompanyName"].as_str().is_some_and(|name| name.starts_with("<img")));
    assert!(products[5]["premiums"].is_null() && products[6]["id"].is_null() && products[7].is_string());
    assert!(products[8..].iter().all(|one| one["id"].is_string() && one["premiums"].is_array()));
}

#[tokio::test]
async fn reading_offers_can_go_wrong_for_a_person() {
    for (name, status) in [("offers-html", 200), ("offers-truncated", 200)] {
        let visitor = visit(WireMode::Current).sign_in(identity(name)).await;
        let vehicle = save_car(&visitor, "KLM45").await;
        let id = text(&visitor.post("/api/proposals", visitor.proposal_body(&vehicle, &[])).await.expect(200).json()["proposalId"]);
        let request = visitor.try_get(&format!("/api/proposals/{id}")).await;
        match request {
            Ok(page) => assert!(page.status == status && page.text().starts_with("<!doctype html>"), "{name}"),
            Err(broken) => assert!(name == "offers-truncated" && broken.contains("end of file"), "{broken}"),
        }
    }
}

#[tokio::test]
async fn an_answer_is_lost_and_the_deed_is_done() {
    let visitor = visit(WireMode::Current).sign_in(identity("proposal-answer-lost")).await;
    let vehicle = save_car(&visitor, "KLM45").await;
    visitor.post("/api/proposals", visitor.proposal_body(&vehicle, &[])).await.expect(502);
    let ledger = visitor.sandbox.ledger();
    assert_eq!(ledger["totals"]["proposals"], 1);
    assert_eq!(ledger["requests"].as_array().and_then(|all| all.last()).map(|last| last["status"].clone()), Some(json!(0)));

    let visitor = visit(WireMode::Current).sign_in(identity("purchase-answer-lost")).await;
    let vehicle = save_car(&visitor, "KLM45").await;
    let id = text(&visitor.post("/api/proposals", visitor.proposal_body(&vehicle, &[])).await.expect(200).json()["proposalId"]);
    visitor.sandbox.advance(13_000);
    let product = visitor.product(&id, "Poyraz Sigorta").await;
    visitor.purchase(&id, &product, REDIRECT).await.expect(502);
    assert_eq!(visitor.product(&id, "Poyraz Sigorta").await["state"], "PURCHASING");
}

#[tokio::test]
async fn a_price_can_change_before_the_payment_or_on_its_page() {
    let (visitor, proposal) = proposal_for("ABC911").await;
    visitor.sandbox.advance(13_000);
    let before = visitor.product(&proposal, "Poyraz Sigorta").await;
    let problem = visitor.purchase(&proposal, &before, REDIRECT).await.problem(422, "PRODUCT_PREMIUM_CHANGED");
    assert!(problem["suggestions"][0].is_string());
    let after = visitor.product(&proposal, "Poyraz Sigorta").await;
    let price = |product: &Value| product["premiums"][0]["grossPremium"].as_f64().expect("a price");
    assert!((price(&after) / price(&before) - 1.07).abs() < 0.001);
    visitor.purchase(&proposal, &after, REDIRECT).await.expect(200);

    let (visitor, proposal, url) = paying_for("ABC912").await;
    let offered = price(&visitor.product(&proposal, "Poyraz Sigorta").await);
    visitor.pay(&url, Some("approve")).await.expect(303);
    let charged = visitor.sandbox.ledger()["charges"][0]["amountMinor"].as_f64().expect("an amount") / 100.0;
    assert!((charged / offered - 1.07).abs() < 0.001, "{charged} for {offered}");
}

#[tokio::test]
async fn a_bank_can_approve_what_then_fails_or_hangs() {
    let (visitor, proposal, url) = paying_for("ABC913").await;
    let back = visitor.pay(&url, Some("approve")).await.expect(303);
    assert!(back.header("location").is_some_and(|location| location.contains("status=success")));
    let product = visitor.product(&proposal, "Poyraz Sigorta").await;
    assert!(product["state"] == "ACTIVE" && product["errorMessage"].is_string() && product["policyId"].is_null());
    assert_eq!(visitor.sandbox.ledger()["totals"]["charges"], 0);

    let (visitor, proposal, url) = paying_for("ABC914").await;
    visitor.pay(&url, Some("approve")).await.expect(303);
    visitor.sandbox.advance(5 * 60_000);
    assert_eq!(visitor.product(&proposal, "Poyraz Sigorta").await["state"], "PURCHASING");
}

#[tokio::test]
async fn a_policy_can_come_before_its_document() {
    let (visitor, proposal, url) = paying_for("ABC915").await;
    visitor.pay(&url, Some("approve")).await.expect(303);
    let policy = text(&visitor.product(&proposal, "Poyraz Sigorta").await["policyId"]);
    let path = format!("/api/policies/{policy}/document");
    visitor.get(&path).await.problem(404, "POLICY_DOCUMENT_NOT_READY");
    visitor.get(&format!("/api/policies/{policy}")).await.expect(200);
    visitor.sandbox.advance(30_000);
    visitor.get(&path).await.expect(200);
}

#[tokio::test]
async fn everything_can_be_late_refused_or_down() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    with_header(&visitor, "unauthorized", "GET", "/api/customers/me/vehicles").await.expect(401);
    let page = with_header(&visitor, "maintenance", "GET", "/api/customers/me").await.expect(503);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    with_header(&visitor, "unreachable", "GET", "/api/customers/me").await.expect(502);
    let ledger = visitor.sandbox.ledger();
    assert_eq!(ledger["requests"].as_array().and_then(|all| all.last()).map(|last| last["status"].clone()), Some(json!(0)));
}
