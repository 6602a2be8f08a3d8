use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::support::{CALLBACK, NEW, RETURNING, Visitor, visit};

const LOGIN: &str = "/api/auth/customer/login-or-register";
const VERIFY: &str = "/api/auth/customer/verify-mfa";

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn a_new_customer_buys_in_todays_form() {
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    let me = visitor.customer.clone();
    visitor
        .post(&format!("/api/customers/{me}/consents"), json!({ "consentType": "KVKK", "channel": "WEB", "customerId": me }))
        .await
        .expect(204);
    visitor
        .post("/api/cases:new-sale-opportunity", json!({ "customerId": me, "productBranch": "KASKO", "channel": "WEBSITE" }))
        .await
        .expect(201);
    let plate = json!({ "city": 34, "code": "ZRN45" });
    let serial = json!({ "code": "AB", "number": "123456" });
    let lookup = json!({ "customerId": me, "plate": plate, "documentSerial": serial });
    let found = visitor.post(&format!("/api/customers/{me}/vehicles/external-lookup"), lookup).await.expect(200).json();
    let vehicle = json!({
        "customerId": me, "plate": plate, "documentSerial": serial, "modelYear": found["model"]["year"],
        "brandReference": found["model"]["brand"]["value"], "modelTypeReference": found["model"]["type"]["value"],
        "utilizationStyle": found["utilizationStyle"], "fuel": { "type": found["fuelType"] }, "engine": found["engine"],
        "chassis": found["chassis"], "registrationDate": found["registrationDate"], "seatNumber": found["seatNumber"], "accessories": [],
    });
    let vehicle = text(&visitor.post(&format!("/api/customers/{me}/vehicles"), vehicle).await.expect(201).json()["id"]);
    let proposal = text(&visitor.post("/api/proposals", visitor.proposal_body(&vehicle, &[])).await.expect(200).json()["proposalId"]);
    visitor.sandbox.advance(13_000);
    let product = visitor.product(&proposal, "Fener Sigorta").await;
    let url = text(&visitor.purchase(&proposal, &product, "insurance-company-redirect").await.expect(200).json()["redirectUrl"]);
    visitor.pay(&url, Some("approve")).await.expect(303);
    let policy = text(&visitor.product(&proposal, "Fener Sigorta").await["policyId"]);
    let policy = visitor.get(&format!("/api/policies/{policy}")).await.expect(200).json();
    assert_eq!((policy["state"].as_str(), &policy["proposalId"]), (Some("ACTIVE"), &json!(proposal)));
    assert_eq!(policy["grossPremium"], product["premiums"][0]["grossPremium"]);
    assert_eq!(visitor.sandbox.ledger()["unknownRoutes"], json!([]));
}

async fn guide_sign_in(mut visitor: Visitor) -> Visitor {
    let body = json!({
        "identityNumber": RETURNING.to_string(), "birthday": "23.04.1990", "phoneNumber": "+905321234567", "agentId": "AGENT-001", "type": "individual",
    });
    let token = visitor.post(LOGIN, body).await.expect(200).json()["token"].clone();
    let tokens = visitor.post(VERIFY, json!({ "token": token, "code": visitor.code() })).await.expect(200).json();
    assert!(tokens["customerId"].is_null());
    visitor.keep(&tokens);
    visitor.customer = text(&visitor.get("/api/customers/me").await.expect(200).json()["id"]);
    visitor
}

/// The guides' sale, which `guide` and `both` must play alike.
pub(crate) async fn guide_sale(wire: WireMode) -> Visitor {
    let visitor = guide_sign_in(visit(wire)).await;
    let me = visitor.customer.clone();
    let case = json!({ "customerId": me, "assetType": null, "assetId": null, "productBranch": "KASKO", "channel": "WEBSITE" });
    let case = visitor.post("/api/cases:new-sale-opportunity", case).await.expect(201).json();
    assert!(text(&case["id"]).starts_with("CASE-SO-"));
    let flat = json!({ "customerId": me, "plate": "35KRD35", "documentSerialCode": "A", "documentSerialNumber": "1234567" });
    let found = visitor.post(&format!("/api/customers/{me}/vehicles/external-lookup"), flat.clone()).await.expect(200).json();
    let mut vehicle = flat;
    vehicle["brandCode"] = found["model"]["brand"]["value"].clone();
    vehicle["modelCode"] = found["model"]["type"]["value"].clone();
    vehicle["year"] = found["model"]["year"].clone();
    let vehicle = visitor.post(&format!("/api/customers/{me}/vehicles"), vehicle).await.expect(201).json()["id"].clone();
    let body = json!({
        "type": "kasko", "vehicleId": vehicle, "coverageGroupIds": [123, "124"], "channel": "website", "insuredCustomerId": me, "customerId": me,
    });
    let proposal = text(&visitor.post("/api/proposals", body).await.expect(200).json()["proposalId"]);
    visitor.sandbox.advance(13_000);
    let head = visitor.get(&format!("/api/proposals/{proposal}")).await.expect(200).json();
    assert!(head["products"].is_null() && head["totalProductsCount"] == 28);
    let products = visitor.get(&format!("/api/proposals/{proposal}/products")).await.expect(200).json();
    let product =
        products.as_array().into_iter().flatten().find(|one| one["insuranceCompanyName"] == "Fener Sigorta").expect("an offer").clone();
    assert_eq!(product["premiums"][0]["currency"], "TRY");
    let path = format!("/api/proposals/{proposal}/products/{}", text(&product["id"]));
    let failed = products.as_array().into_iter().flatten().find(|one| one["state"] == "FAILED").expect("a failure").clone();
    visitor.get(&format!("/api/proposals/{proposal}/products/{}/retry", text(&failed["id"]))).await.expect(204);
    let purchase = json!({ "installmentNumber": 3, "callbackUrl": CALLBACK, "$type": "insurance-company-redirect" });
    let purchase = if wire == WireMode::Guide {
        purchase
    } else {
        json!({ "type": "InsuranceCompanyRedirect", "installmentNumber": 3, "callbackUrl": CALLBACK })
    };
    let pay = async || text(&visitor.post(&format!("{path}/purchase/async"), purchase.clone()).await.expect(200).json()["redirectUrl"]);
    visitor.pay(&pay().await, Some("decline")).await.expect(303);
    assert_eq!(visitor.get(&path).await.expect(200).json()["state"], "PURCHASE_FAILED");
    visitor.pay(&pay().await, Some("approve")).await.expect(303);
    let policy = text(&visitor.get(&path).await.expect(200).json()["policyId"]);
    let paper = visitor.get(&format!("/api/policies/{policy}/document")).await.expect(200);
    assert_eq!(paper.header("content-type"), Some("application/pdf"));
    let cases = visitor.post("/graphql", json!({ "query": "{ cases { items { status mainState subState } } }" })).await.expect(200).json();
    let won = json!({ "status": "CLOSED_WON", "mainState": "SUCCESS", "subState": "SUCCESS_COMPLETED" });
    assert_eq!(cases["data"]["cases"]["items"], json!([won]));
    assert_eq!(visitor.sandbox.ledger()["unknownRoutes"], json!([]));
    visitor
}

#[tokio::test]
async fn a_returning_customer_buys_in_the_guides_form() {
    guide_sale(WireMode::Guide).await;
}

#[tokio::test]
async fn both_forms_play_the_guides_sale_too() {
    guide_sale(WireMode::Both).await;
}

#[tokio::test]
async fn keeps_the_guides_null_lists() {
    let visitor = guide_sign_in(visit(WireMode::Guide)).await;
    let path = format!("/api/customers/{}/health-info", visitor.customer);
    let body = json!({ "height": 170, "weight": 65, "surgeries": null, "diseases": null });
    let health = visitor.put(&path, body).await.expect(200).json();
    assert!(health["height"] == 170 && health["surgeries"].is_null());
}

#[tokio::test]
async fn sells_health_cover_only_to_people_who_answered() {
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    let me = visitor.customer.clone();
    let body = json!({ "$type": "tss", "insurerCustomerId": me, "insuredCustomerId": me, "coverageGroupIds": null, "channel": "WEBSITE" });
    visitor.post("/api/proposals", body.clone()).await.problem(400, "PROPOSAL_HEIGHT_REQUIRED");
    let health = json!({ "height": 170, "weight": 65, "surgeries": [], "diseases": [] });
    visitor.put(&format!("/api/customers/{me}/health-info"), health).await.expect(204);
    visitor.post("/api/proposals", body).await.expect(200);
}
