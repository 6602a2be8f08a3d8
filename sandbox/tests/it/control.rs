use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::support::{RETURNING, login, visit};

#[tokio::test]
async fn remembers_unknown_routes() {
    let visitor = visit(WireMode::Current);
    let problem = visitor.get("/api/insurance-companies").await.expect(404).json();
    assert_eq!(
        (problem["type"].as_str(), problem["instance"].as_str()),
        (Some("https://api.insurup.com/problems/endpoint-not-found"), Some("/insurance-companies"))
    );
    visitor.post("/api/customers/me", json!({})).await.expect(405);
    visitor.get("/api/customers/me").await.expect(401);
    let unknown = visitor.sandbox.ledger()["unknownRoutes"].clone();
    assert_eq!(unknown.as_array().map(Vec::len), Some(2));
    assert_eq!((unknown[0]["path"].as_str(), unknown[1]["method"].as_str()), (Some("/insurance-companies"), Some("POST")));
}

#[tokio::test]
async fn keeps_requests_in_order_with_patterns_and_without_people() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    visitor.get(&format!("/api/customers/{}/vehicles", visitor.customer)).await.expect(200);
    let ledger = visitor.sandbox.ledger();
    let routes: Vec<_> = ledger["requests"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| format!("{} {} {}", one["method"], one["route"], one["status"]).replace('"', ""))
        .collect();
    assert_eq!(
        routes,
        [
            "POST /auth/customer/login-or-register 200",
            "POST /auth/customer/verify-mfa 200",
            "GET /customers/me 200",
            "GET /customers/{customer_id}/vehicles 200",
        ]
    );
    assert_eq!(ledger["smsSent"][0]["request"], 1);
    let text = ledger.to_string();
    assert!(!text.contains("10000000146") && !text.contains("5321234567"), "no identity or phone number in the ledger");
}

#[tokio::test]
async fn moves_the_clock() {
    let visitor = visit(WireMode::Current);
    let clock = visitor.post("/__sandbox/clock", json!({ "now": "2027-01-02T03:04:05Z", "frozen": true })).await.expect(200).json();
    assert_eq!(clock["now"], "2027-01-02T03:04:05Z");
    let clock = visitor.post("/__sandbox/clock", json!({ "advanceMs": 1000 })).await.expect(200).json();
    assert_eq!((clock["now"].as_str(), clock["frozen"].as_bool()), (Some("2027-01-02T03:04:06Z"), Some(true)));
    visitor.post("/api/auth/customer/login-or-register", login(RETURNING)).await.expect(200);
    assert_eq!(visitor.get("/__sandbox/sms").await.json()[0]["at"], "2027-01-02T03:04:06Z");
    visitor.post("/__sandbox/clock", json!({})).await.expect(400);
}

#[tokio::test]
async fn changes_the_prices_of_open_offers() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let price =
        async || visitor.product(&proposal, "Poyraz Sigorta").await["premiums"][0]["grossPremium"].as_f64().expect("an offer has a price");
    let before = price().await;
    let changed = visitor.post("/__sandbox/prices", json!({ "percent": 10 })).await.expect(200).json();
    assert!(changed["changed"].as_u64() > Some(0));
    assert!((price().await - before * 1.1).abs() < 0.02, "{before}");
    visitor.post("/__sandbox/prices", json!({ "percent": -100 })).await.expect(400);
}

#[tokio::test]
async fn has_as_many_offers_as_wanted_at_once() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    visitor.post("/__sandbox/settings", json!({ "offers": 201 })).await.expect(200);
    let body = visitor.proposal_body(&visitor.vehicle().await, &[]);
    let id = visitor.post("/api/proposals", body).await.expect(200).json()["proposalId"].as_str().expect("an id").to_owned();
    let read =
        async || visitor.get(&format!("/api/proposals/{id}")).await.expect(200).json()["products"].as_array().expect("offers").clone();
    let count = |products: &[Value], state: &str| products.iter().filter(|one| one["state"] == state).count();
    assert_eq!(count(&read().await, "WAITING"), 201);
    visitor.sandbox.advance(2_000);
    let before = read().await;
    assert_eq!((count(&before, "ACTIVE"), count(&before, "WAITING")), (200, 1));
    visitor.post("/__sandbox/prices", json!({ "percent": 5, "offers": 1 })).await.expect(200);
    let after = read().await;
    assert_eq!(before.iter().zip(&after).filter(|(before, after)| before != after).count(), 1);
    visitor.sandbox.advance(28_000);
    assert_eq!(count(&read().await, "ACTIVE"), 201);
    visitor.post("/__sandbox/settings", json!({ "offers": null })).await.expect(200);
    for wrong in [json!(0), json!(1001), json!("many")] {
        visitor.post("/__sandbox/settings", json!({ "offers": wrong })).await.expect(400);
    }
    assert_eq!(visitor.get("/__sandbox/settings").await.json()["offers"], json!(null));
}

#[tokio::test]
async fn starts_over() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    visitor.post("/__sandbox/reset", json!({ "seed": 5, "pace": 0.1 })).await.expect(204);
    visitor.get("/api/customers/me").await.problem(401, "TOKEN_UNKNOWN");
    let settings = visitor.get("/__sandbox/settings").await.json();
    assert_eq!((settings["seed"].as_u64(), settings["pace"].as_f64(), settings["naive"].as_bool()), (Some(5), Some(0.1), Some(false)));
    visitor.send("POST", "/__sandbox/reset", None, &[]).await.expect(204);
    assert_eq!(visitor.get("/__sandbox/settings").await.json()["seed"], 5);
    assert_eq!(visitor.sandbox.ledger()["requests"], json!([]));
}

#[tokio::test]
async fn shows_a_page_about_itself() {
    let visitor = visit(WireMode::Current);
    visitor.post("/api/auth/customer/login-or-register", login(RETURNING)).await.expect(200);
    let page = visitor.get("/__sandbox/").await.expect(200);
    assert!(page.text().contains(&visitor.code()) && page.text().contains("http://localhost:8803"));
}
