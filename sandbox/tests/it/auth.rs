use insurup_sandbox::WireMode;
use serde_json::json;

use crate::support::{NEW, RETURNING, login, visit};

const LOGIN: &str = "/api/auth/customer/login-or-register";
const VERIFY: &str = "/api/auth/customer/verify-mfa";
const REFRESH: &str = "/api/auth/customer/refresh";

#[tokio::test]
async fn knows_the_returning_customer_and_sends_her_a_code() {
    let visitor = visit(WireMode::Current);
    let known = visitor.post(LOGIN, login(RETURNING)).await.expect(200).json();
    assert!(known["token"].is_string() && known["customerId"].is_string());
    let new = visitor.post(LOGIN, login(NEW)).await.expect(200).json();
    assert!(new["token"].is_string() && new["customerId"].is_null());
    let sms = &visitor.sandbox.sms()[0];
    assert_eq!(sms.text, format!("ORNEKSGRT: Doğrulama kodunuz: {}. Kodu kimseyle paylaşmayın.", sms.code));
    assert_eq!((sms.to.as_str(), sms.code.len()), ("+905321234567", 6));
}

#[tokio::test]
async fn refuses_wrong_identity_numbers_by_field() {
    let visitor = visit(WireMode::Current);
    let problem = visitor.post(LOGIN, login(10_000_000_147)).await.expect(422).json();
    assert_eq!(problem["type"], "https://api.insurup.com/problems/input-validation");
    assert_eq!(problem["validationErrors"][0]["propertyName"], "identityNumber");
    assert_eq!(problem["validationErrors"][0]["attemptedValue"], 10_000_000_147_u64);
    let mut company = json!({ "$type": "company", "taxNumber": "4540536920", "phoneNumber": { "countryCode": 90, "number": "5321234567" }, "agentId": "a" });
    visitor.post(LOGIN, company.clone()).await.expect(200);
    company["taxNumber"] = json!("4540536921");
    visitor.post(LOGIN, company).await.expect(422);
}

#[tokio::test]
async fn registers_nobody_without_a_birth_date() {
    let visitor = visit(WireMode::Current);
    let mut body = login(NEW);
    body.as_object_mut().expect("an object").remove("birthDate");
    visitor.post(LOGIN, body.clone()).await.problem(422, "CUSTOMER_BIRTH_DATE_REQUIRED");
    body["identityNumber"] = json!(RETURNING);
    visitor.post(LOGIN, body).await.expect(200);
}

#[tokio::test]
async fn registers_nobody_before_the_code_is_right() {
    let visitor = visit(WireMode::Current);
    visitor.post(LOGIN, login(NEW)).await.expect(200);
    assert_eq!(visitor.sandbox.ledger()["totals"]["customers"], 0);
    let visitor = visitor.sign_in(NEW).await;
    assert_eq!(visitor.sandbox.ledger()["totals"]["customers"], 1);
    assert_eq!(visitor.get("/api/customers/me").await.expect(200).json()["fullName"], json!(null));
}

#[tokio::test]
async fn counts_wrong_codes_and_locks_after_five() {
    let visitor = visit(WireMode::Current);
    let token = visitor.post(LOGIN, login(RETURNING)).await.json()["token"].clone();
    for remaining in (1..=4).rev() {
        let problem = visitor.post(VERIFY, json!({ "token": token, "code": "000000" })).await.problem(422, "MFA_CODE_WRONG");
        assert_eq!(problem["remainingAttempts"], remaining);
    }
    visitor.post(VERIFY, json!({ "token": token, "code": "000000" })).await.problem(422, "MFA_CODE_LOCKED");
    visitor.post(VERIFY, json!({ "token": token, "code": visitor.code() })).await.problem(422, "MFA_CODE_LOCKED");
}

#[tokio::test]
async fn lets_a_code_expire_after_three_minutes() {
    let visitor = visit(WireMode::Current);
    let token = visitor.post(LOGIN, login(RETURNING)).await.json()["token"].clone();
    visitor.sandbox.advance(3 * 60 * 1000);
    visitor.post(VERIFY, json!({ "token": token, "code": visitor.code() })).await.problem(422, "MFA_CODE_EXPIRED");
}

#[tokio::test]
async fn takes_a_code_once() {
    let visitor = visit(WireMode::Current);
    let token = visitor.post(LOGIN, login(RETURNING)).await.json()["token"].clone();
    let body = json!({ "token": token, "code": visitor.code() });
    let tokens = visitor.post(VERIFY, body.clone()).await.expect(200).json();
    assert_eq!(tokens["expiresIn"], 600);
    visitor.post(VERIFY, body).await.problem(422, "MFA_CODE_USED");
    visitor.post(VERIFY, json!({ "token": "nonsense", "code": "123456" })).await.problem(422, "MFA_TOKEN_UNKNOWN");
}

#[tokio::test]
async fn tells_a_code_of_an_earlier_message_apart() {
    let visitor = visit(WireMode::Current);
    let first = visitor.post(LOGIN, login(RETURNING)).await.json()["token"].clone();
    let first_code = visitor.code();
    let second = visitor.post(LOGIN, login(RETURNING)).await.json()["token"].clone();
    visitor.post(VERIFY, json!({ "token": second, "code": first_code })).await.problem(422, "MFA_CODE_SUPERSEDED");
    visitor.post(VERIFY, json!({ "token": first, "code": first_code })).await.problem(422, "MFA_CODE_SUPERSEDED");
    visitor.post(VERIFY, json!({ "token": second, "code": visitor.code() })).await.expect(200);
}

#[tokio::test]
async fn sends_no_code_to_another_phone_than_the_known_one() {
    let visitor = visit(WireMode::Current);
    let mut body = login(RETURNING);
    body["phoneNumber"]["number"] = json!("5329999999");
    visitor.post(LOGIN, body).await.problem(422, "CUSTOMER_PHONE_MISMATCH");
    assert!(visitor.sandbox.sms().is_empty());
}

#[tokio::test]
async fn keeps_consents_given_at_login_until_the_code_is_right() {
    let visitor = visit(WireMode::Current);
    let mut body = login(NEW);
    body["approvedConsentTypes"] = json!(["KVKK"]);
    let token = visitor.post(LOGIN, body).await.expect(200).json()["token"].clone();
    assert_eq!(visitor.sandbox.ledger()["totals"]["consents"], 0);
    visitor.post(VERIFY, json!({ "token": token, "code": visitor.code() })).await.expect(200);
    assert_eq!(visitor.sandbox.ledger()["consents"][0]["consentType"], "KVKK");
}

#[tokio::test]
async fn rotates_refresh_tokens_and_ends_the_family_on_reuse() {
    let mut visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let first = visitor.refresh.clone();
    let renewed = visitor.post(REFRESH, json!({ "refreshToken": first })).await.expect(200).json();
    visitor.keep(&renewed);
    visitor.get("/api/customers/me").await.expect(200);
    visitor.post(REFRESH, json!({ "refreshToken": first })).await.problem(401, "REFRESH_TOKEN_REUSED");
    visitor.get("/api/customers/me").await.problem(401, "TOKEN_EXPIRED");
    visitor.post(REFRESH, json!({ "refreshToken": visitor.refresh })).await.problem(401, "SESSION_ENDED");
    let refreshes = visitor.sandbox.ledger()["refreshes"].clone();
    assert_eq!((refreshes[0]["reused"].clone(), refreshes[1]["reused"].clone()), (json!(false), json!(true)));
}

#[tokio::test]
async fn lets_access_tokens_expire_after_ten_minutes() {
    let mut visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    visitor.sandbox.advance(599_000);
    visitor.get("/api/customers/me").await.expect(200);
    visitor.sandbox.advance(2_000);
    let answer = visitor.get("/api/customers/me").await;
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    answer.problem(401, "TOKEN_EXPIRED");
    let renewed = visitor.post(REFRESH, json!({ "refreshToken": visitor.refresh })).await.expect(200).json();
    visitor.keep(&renewed);
    visitor.get("/api/customers/me").await.expect(200);
}

#[tokio::test]
async fn answers_nobody_without_a_known_bearer() {
    let mut visitor = visit(WireMode::Current);
    for path in ["/api/customers/me", "/api/customers/me/vehicles", "/api/vehicle-parameters/brands", "/api/proposals/1", "/api/policies/1"]
    {
        visitor.get(path).await.problem(401, "TOKEN_MISSING");
    }
    visitor.access = Some("sandbox-access-made-up".to_owned());
    visitor.get("/api/customers/me").await.problem(401, "TOKEN_UNKNOWN");
}

#[tokio::test]
async fn says_what_can_be_done_where_something_can() {
    let visitor = visit(WireMode::Current);
    let token = visitor.post(LOGIN, login(RETURNING)).await.json()["token"].clone();
    let body = json!({ "token": token, "code": visitor.code() });
    visitor.post(VERIFY, json!({ "token": token, "code": "000000" })).await.problem(422, "MFA_CODE_WRONG");
    visitor.post(VERIFY, body.clone()).await.expect(200);
    let used = visitor.post(VERIFY, body).await.problem(422, "MFA_CODE_USED");
    assert!(used["suggestions"].is_null() && used["detail"].is_string());
    let second = visitor.post(LOGIN, login(RETURNING)).await.json()["token"].clone();
    let wrong = visitor.post(VERIFY, json!({ "token": second, "code": "000000" })).await.problem(422, "MFA_CODE_WRONG");
    assert_eq!(wrong["suggestions"], json!(["Son mesajdaki kodu yeniden yazın."]));
}
