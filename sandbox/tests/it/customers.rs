use insurup_sandbox::WireMode;
use serde_json::json;

use crate::support::{NEW, RETURNING, visit};

#[tokio::test]
async fn reads_out_the_returning_customer() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let me = visitor.get("/api/customers/me").await.expect(200).json();
    assert_eq!((me["type"].as_str(), me["fullName"].as_str()), (Some("INDIVIDUAL"), Some("Işıl Erdoğmuş")));
    assert_eq!((me["birthDate"].as_str(), me["vehicleCount"].as_u64()), (Some("1990-04-23"), Some(1)));
    assert_eq!(me["primaryPhoneNumber"], json!({ "countryCode": 90, "number": "5321234567" }));
}

#[tokio::test]
async fn replaces_what_a_customer_may_change() {
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    let path = format!("/api/customers/{}", visitor.customer);
    let body = json!({ "$type": "individual", "id": visitor.customer, "fullName": "Çağrı Şahin", "primaryEmail": "cagri@ornek.com.tr", "job": 7, "cityReference": "26" });
    visitor.put(&path, body).await.expect(204);
    let me = visitor.get(&path).await.expect(200).json();
    assert_eq!((me["fullName"].as_str(), me["job"].as_str()), (Some("Çağrı Şahin"), Some("TEACHER")));
    assert_eq!(me["city"], json!({ "value": "26", "text": "Eskişehir" }));
    visitor.put(&path, json!({ "$type": "individual", "primaryEmail": "no address" })).await.expect(422);
    visitor.put(&path, json!({ "$type": "individual", "cityReference": "82" })).await.expect(422);
    visitor.put(&path, json!({ "$type": "individual", "gender": "BOTH" })).await.expect(400);
    visitor.put(&path, json!({ "fullName": "x" })).await.expect(500);
}

#[tokio::test]
async fn hides_other_customers() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let foreign = visitor.customer.clone();
    let proposal = visitor.propose(&[]).await;
    let vehicle = visitor.vehicle().await;
    let other = visitor.clone().sign_in(NEW).await;
    for path in [
        format!("/api/customers/{foreign}"),
        format!("/api/customers/{foreign}/vehicles"),
        format!("/api/customers/{foreign}/vehicles/{vehicle}"),
        format!("/api/customers/{}/vehicles/{vehicle}", other.customer),
        format!("/api/customers/{foreign}/consents"),
        format!("/api/customers/{foreign}/health-info"),
        format!("/api/proposals/{proposal}"),
    ] {
        let problem = other.get(&path).await.expect(404).json();
        assert_eq!(problem["type"], "https://api.insurup.com/problems/resource-not-found", "{path}");
    }
    let mut body = other.proposal_body(&vehicle, &[]);
    other.post("/api/proposals", body.clone()).await.expect(404);
    body["insurerCustomerId"] = json!(foreign);
    other.post("/api/proposals", body).await.expect(404);
}

#[tokio::test]
async fn records_consents_in_order() {
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    let path = format!("/api/customers/{}/consents", visitor.customer);
    visitor.post(&path, json!({ "consentType": "ETK", "channel": "WEB" })).await.expect(422);
    visitor.post(&path, json!({ "consentType": "ALL", "channel": "WEB", "customerId": visitor.customer })).await.expect(400);
    visitor.post(&path, json!({ "consentType": "KVKK", "channel": "WEB", "customerId": visitor.customer })).await.expect(204);
    let consents = visitor.get(&path).await.expect(200).json();
    assert_eq!(consents["consents"], json!([{ "consentType": "KVKK", "isActive": true }, { "consentType": "ETK", "isActive": false }]));
    assert_eq!(consents["history"][0]["action"], "GIVEN");
    assert_eq!(visitor.sandbox.ledger()["totals"]["consents"], 1);
    visitor.send("DELETE", &format!("{path}/KVKK"), None, &[]).await.expect(204);
    visitor.send("DELETE", &format!("{path}/ALL"), None, &[]).await.expect(404);
    let consents = visitor.get(&path).await.expect(200).json();
    assert_eq!(consents["consents"][0], json!({ "consentType": "KVKK", "isActive": false }));
    assert_eq!(consents["history"][0]["action"], "REVOKED");
}

#[tokio::test]
async fn keeps_health_answers_in_either_form() {
    let body = json!({ "height": 170, "weight": 65, "surgeries": [], "diseases": [] });
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    let path = format!("/api/customers/{}/health-info", visitor.customer);
    visitor.put(&path, json!({ "height": 170, "weight": 65, "surgeries": null, "diseases": null })).await.expect(422);
    visitor.put(&path, body).await.expect(204);
    assert_eq!(visitor.get(&path).await.expect(200).json()["surgeries"], json!([]));
}
