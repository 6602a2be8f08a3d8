use insurup_sandbox::WireMode;
use serde_json::json;

use crate::support::{RETURNING, purchase_body, visit};

const LOGIN: &str = "/api/auth/customer/login-or-register";
const LATE: &str =
    r#"{"identityNumber":10000000146,"$type":"individual","phoneNumber":{"countryCode":90,"number":"5321234567"},"agentId":"a"}"#;
const FIRST: &str =
    r#"{"$type":"individual","identityNumber":10000000146,"phoneNumber":{"countryCode":90,"number":"5321234567"},"agentId":"a"}"#;
const GUIDE: &str =
    r#"{"identityNumber":"10000000146","birthday":"23.04.1990","phoneNumber":"+905321234567","agentId":"AGENT-001","type":"individual"}"#;

#[tokio::test]
async fn refuses_a_late_discriminator() {
    let visitor = visit(WireMode::Current);
    let problem = visitor.post_text(LOGIN, LATE).await.expect(500).json();
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("first property")));
    visitor.post_text(LOGIN, FIRST).await.expect(200);
}

#[tokio::test]
async fn refuses_late_discriminators_of_proposals_and_purchases() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let product = visitor.product(&proposal, "Poyraz Sigorta").await["id"].as_str().expect("an id").to_owned();
    for (path, body) in [
        ("/api/proposals".to_owned(), visitor.proposal_body(&visitor.vehicle().await, &[])),
        (
            format!("/api/proposals/{proposal}/products/{product}/purchase/async"),
            purchase_body(&proposal, &product, "insurance-company-redirect"),
        ),
    ] {
        let mut late = body.as_object().expect("an object").clone();
        let kind = late.shift_remove("$type").expect("a discriminator");
        late.insert("$type".to_owned(), kind);
        visitor.post(&path, json!(late)).await.expect(500);
        visitor.post(&path, body).await.expect(200);
    }
}

#[tokio::test]
async fn refuses_the_other_form() {
    visit(WireMode::Current).post_text(LOGIN, GUIDE).await.expect(500);
    visit(WireMode::Guide).post_text(LOGIN, FIRST).await.expect(400);
    visit(WireMode::Guide).post_text(LOGIN, GUIDE).await.expect(200);
}

#[tokio::test]
async fn answers_in_the_form_of_the_request_where_both_are_played() {
    let visitor = visit(WireMode::Both);
    assert!(visitor.post_text(LOGIN, FIRST).await.expect(200).json()["customerId"].is_string());
    assert_eq!(visitor.post_text(LOGIN, GUIDE).await.expect(200).json()["mfaRequired"], true);
    visitor.post_text(LOGIN, LATE).await.expect(500);
}

#[tokio::test]
async fn reads_property_names_in_any_case_and_ignores_unknown_ones() {
    let body = r#"{"$type":"individual","IdentityNumber":10000000146,"PHONENUMBER":{"CountryCode":90,"Number":"5321234567"},"AgentId":"a","colour":"blue"}"#;
    visit(WireMode::Current).post_text(LOGIN, body).await.expect(200);
}

#[tokio::test]
async fn tells_misshapen_from_invalid() {
    let visitor = visit(WireMode::Current);
    let body = |phone: &str| format!(r#"{{"$type":"individual","identityNumber":10000000146,"phoneNumber":{phone},"agentId":"a"}}"#);
    visitor.post_text(LOGIN, &body(r#""+905321234567""#)).await.expect(400);
    visitor.post_text(LOGIN, &body(r#"{"countryCode":90,"number":"2121234567"}"#)).await.expect(422);
    visitor.post_text(LOGIN, "{").await.expect(400);
    visitor.post_text(LOGIN, "[]").await.expect(400);
    let answer = visitor.send("POST", LOGIN, Some(FIRST.to_owned()), &[("content-type", "text/plain")]).await;
    assert_eq!(answer.status, 200, "the first of two content types counts");
}

#[tokio::test]
async fn answers_with_and_without_the_prefix() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    assert_eq!(visitor.get("/customers/me").await.expect(200).json(), visitor.get("/api/customers/me").await.expect(200).json());
}

#[tokio::test]
async fn wants_the_expired_bearer_for_a_refresh_in_the_guides_form() {
    let mut visitor = visit(WireMode::Guide);
    let token = visitor.post_text(LOGIN, GUIDE).await.expect(200).json()["token"].clone();
    let tokens = visitor.post("/api/auth/customer/verify-mfa", json!({ "token": token, "code": visitor.code() })).await.expect(200).json();
    visitor.keep(&tokens);
    let body = json!({ "refreshToken": visitor.refresh });
    let access = visitor.access.take();
    visitor.post("/api/auth/customer/refresh", body.clone()).await.problem(401, "TOKEN_MISSING");
    visitor.access = access;
    visitor.sandbox.advance(700_000);
    visitor.post("/api/auth/customer/refresh", body).await.expect(200);
}

#[tokio::test]
async fn keeps_the_guides_routes_out_of_the_current_form() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let problem = visitor.get(&format!("/api/proposals/{proposal}/products")).await.expect(404).json();
    assert_eq!(problem["type"], "https://api.insurup.com/problems/endpoint-not-found");
    let failed = visitor.product(&proposal, "Kervan Sigorta").await["id"].as_str().expect("an id").to_owned();
    visitor.get(&format!("/api/proposals/{proposal}/products/{failed}/retry")).await.expect(405);
    assert_eq!(visitor.sandbox.ledger()["unknownRoutes"].as_array().map(Vec::len), Some(2));
}
