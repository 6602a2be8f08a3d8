//! One sale in each form, written down: `fixtures/<form>/` is what a client can expect, and this test keeps it true.
//! `UPDATE_FIXTURES=1` writes the files anew.

use std::fs;
use std::path::Path;

use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::support::{Answer, CALLBACK, NEW, STANDARD, Visitor, login, visit};

/// A visitor whose exchanges are compared with the files.
struct Recorder {
    visitor: Visitor,
    form: &'static str,
    count: usize,
    differing: Vec<String>,
}

impl Recorder {
    async fn new(wire: WireMode, form: &'static str) -> Self {
        let visitor = visit(wire);
        visitor.post("/__sandbox/clock", json!({ "now": "2026-03-02T09:00:00Z", "frozen": true })).await.expect(200);
        Self { visitor, form, count: 0, differing: Vec::new() }
    }

    async fn get(&mut self, name: &str, path: &str) -> Value {
        self.exchange(name, "GET", path, None).await
    }

    async fn post(&mut self, name: &str, path: &str, body: Value) -> Value {
        self.exchange(name, "POST", path, Some(body)).await
    }

    async fn exchange(&mut self, name: &str, method: &str, path: &str, body: Option<Value>) -> Value {
        let answer = self.visitor.send(method, path, body.as_ref().map(Value::to_string), &[]).await;
        self.keep(name, method, path, body.as_ref(), &answer);
        answer.json()
    }

    fn keep(&mut self, name: &str, method: &str, path: &str, body: Option<&Value>, answer: &Answer) {
        self.count += 1;
        let answered = if answer.body.starts_with(b"%PDF-") { json!("(a PDF)") } else { answer.json() };
        let mut request = json!({ "method": method, "path": path });
        if let Some(body) = body {
            request["body"] = body.clone();
        }
        let kind = answer.header("content-type");
        let exchange = json!({ "request": request, "response": { "status": answer.status, "contentType": kind, "body": answered } });
        let text = format!("{:#}\n", exchange);
        let file = Path::new("fixtures").join(self.form).join(format!("{:02}-{name}.json", self.count));
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(&file, text).expect("a fixture can be written");
        } else if fs::read_to_string(&file).unwrap_or_default() != text {
            self.differing.push(file.display().to_string());
        }
    }

    fn id(value: &Value) -> String {
        value.as_str().expect("an id").to_owned()
    }

    #[track_caller]
    fn done(self) {
        assert!(self.differing.is_empty(), "UPDATE_FIXTURES=1 writes these anew: {:#?}", self.differing);
        assert_eq!(self.visitor.sandbox.ledger()["unknownRoutes"], json!([]));
    }
}

#[tokio::test]
async fn todays_form_is_as_written_down() {
    let mut sale = Recorder::new(WireMode::Current, "current").await;
    let wrong = sale.post("login", "/api/auth/customer/login-or-register", login(NEW)).await;
    sale.post("verify-wrong-code", "/api/auth/customer/verify-mfa", json!({ "token": wrong["token"], "code": "000000" })).await;
    sale.post("login-wrong-identity", "/api/auth/customer/login-or-register", login(11_111_111_111)).await;
    let code = json!({ "token": wrong["token"], "code": sale.visitor.code() });
    let tokens = sale.post("verify", "/api/auth/customer/verify-mfa", code).await;
    sale.visitor.keep(&tokens);
    let renewed = sale.post("refresh", "/api/auth/customer/refresh", json!({ "refreshToken": tokens["refreshToken"] })).await;
    sale.visitor.keep(&renewed);
    let me = Recorder::id(&sale.get("me", "/api/customers/me").await["id"]);
    sale.visitor.customer.clone_from(&me);
    let consent = json!({ "consentType": "KVKK", "channel": "WEB", "customerId": me });
    sale.post("consent", &format!("/api/customers/{me}/consents"), consent).await;
    sale.get("consents", &format!("/api/customers/{me}/consents")).await;
    let update = json!({ "$type": "individual", "id": me, "fullName": "Çağrı Şahin", "birthDate": "1990-01-01", "primaryEmail": "cagri@ornek.com.tr", "primaryPhoneNumber": { "countryCode": 90, "number": "5321234567" } });
    sale.exchange("update", "PUT", &format!("/api/customers/{me}"), Some(update)).await;
    let query = format!(
        "query {{ cases(skip: 0, take: 100, where: {{ customerId: {{ eq: \"{me}\" }}, status: {{ eq: OPEN }}, type: {{ eq: SALE_OPPORTUNITY }}, productBranch: {{ eq: KASKO }} }}, order: {{ createdAt: DESC }}) {{ totalCount items {{ id ref productBranch type status channel createdAt customerId }} }} }}"
    );
    let case = json!({ "customerId": me, "assetType": null, "assetId": null, "productBranch": "KASKO", "channel": "WEBSITE" });
    sale.post("case", "/api/cases:new-sale-opportunity", case).await;
    sale.post("cases", "/graphql", json!({ "query": query })).await;
    sale.get("brands", "/api/vehicle-parameters/brands").await;
    sale.get("models", "/api/vehicle-parameters/models?brandReference=117&year=2021").await;
    let plate = json!({ "city": 34, "code": "ABC123" });
    let serial = json!({ "code": "AB", "number": "123456" });
    let lookup = format!("/api/customers/{me}/vehicles/external-lookup");
    let found = sale.post("lookup", &lookup, json!({ "customerId": me, "plate": plate, "documentSerial": serial })).await;
    sale.post("lookup-masked", &lookup, json!({ "customerId": me, "plate": { "city": 34, "code": "ABC77" }, "documentSerial": serial }))
        .await;
    sale.post("lookup-not-found", &lookup, json!({ "customerId": me, "plate": { "city": 34, "code": "AB404" }, "documentSerial": serial }))
        .await;
    let vehicle = json!({
        "customerId": me, "plate": plate, "modelYear": found["model"]["year"], "brandReference": found["model"]["brand"]["value"],
        "modelTypeReference": found["model"]["type"]["value"], "utilizationStyle": "PRIVATE_CAR", "fuel": { "type": found["fuelType"] },
        "engine": found["engine"], "chassis": found["chassis"], "documentSerial": serial, "registrationDate": found["registrationDate"],
        "seatNumber": 5, "accessories": [],
    });
    let vehicles = format!("/api/customers/{me}/vehicles");
    let vehicle_id = Recorder::id(&sale.post("vehicle", &vehicles, vehicle.clone()).await["id"]);
    sale.post("vehicle-duplicate", &vehicles, vehicle).await;
    sale.get("vehicles", "/api/customers/me/vehicles").await;
    let proposal = sale.visitor.proposal_body(&vehicle_id, &[STANDARD]);
    let proposal = Recorder::id(&sale.post("proposal", "/api/proposals", proposal).await["proposalId"]);
    let path = format!("/api/proposals/{proposal}");
    sale.visitor.sandbox.advance(6_000);
    sale.get("proposal-arriving", &path).await;
    sale.visitor.sandbox.advance(7_000);
    let ready = sale.get("proposal-ready", &path).await;
    let product = ready["products"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|one| one["insuranceCompanyName"] == "Poyraz Sigorta")
        .expect("an offer")
        .clone();
    let product = Recorder::id(&product["id"]);
    sale.get("coverage", &format!("{path}/products/{product}/coverage")).await;
    sale.get("premium", &format!("{path}/products/{product}/premiums/3")).await;
    sale.get("document", &format!("{path}/products/{product}/document")).await;
    sale.get("information-form", &format!("{path}/products/{product}/information-form-document")).await;
    let purchase = json!({ "$type": "insurance-company-redirect", "proposalId": proposal, "proposalProductId": product, "installmentNumber": 3, "callbackUrl": CALLBACK });
    let purchase_path = format!("{path}/products/{product}/purchase/async");
    let redirect = Recorder::id(&sale.post("purchase", &purchase_path, purchase.clone()).await["redirectUrl"]);
    sale.post("purchase-again", &purchase_path, purchase).await;
    sale.visitor.pay(&redirect, Some("approve")).await.expect(303);
    let bought = sale.get("proposal-purchased", &path).await;
    let bought = bought["products"].as_array().into_iter().flatten().find(|one| one["policyId"].is_string()).expect("a policy").clone();
    let policy = Recorder::id(&bought["policyId"]);
    sale.get("policy", &format!("/api/policies/{policy}")).await;
    sale.get("policy-document", &format!("/api/policies/{policy}/document")).await;
    sale.visitor.access = None;
    sale.get("unauthorized", "/api/customers/me").await;
    sale.done();
}

#[tokio::test]
async fn the_guides_form_is_as_written_down() {
    let mut sale = Recorder::new(WireMode::Guide, "guide").await;
    let body = json!({ "identityNumber": NEW.to_string(), "birthday": "01.01.1990", "phoneNumber": "+905321234567", "agentId": "AGENT-001", "type": "individual" });
    let challenge = sale.post("login", "/api/auth/customer/login-or-register", body).await;
    let code = json!({ "token": challenge["token"], "code": sale.visitor.code() });
    let tokens = sale.post("verify", "/api/auth/customer/verify-mfa", code).await;
    sale.visitor.keep(&tokens);
    let renewed = sale.post("refresh", "/api/auth/customer/refresh", json!({ "refreshToken": tokens["refreshToken"] })).await;
    sale.visitor.keep(&renewed);
    let me = Recorder::id(&sale.get("me", "/api/customers/me").await["id"]);
    let case = json!({ "customerId": me, "assetType": null, "assetId": null, "productBranch": "KASKO", "channel": "WEBSITE" });
    sale.post("case", "/api/cases:new-sale-opportunity", case).await;
    let flat = json!({ "customerId": me, "plate": "34ABC123", "documentSerialCode": "A", "documentSerialNumber": "1234567" });
    let found = sale.post("lookup", &format!("/api/customers/{me}/vehicles/external-lookup"), flat.clone()).await;
    let mut vehicle = flat;
    vehicle["brandCode"] = found["model"]["brand"]["value"].clone();
    vehicle["modelCode"] = found["model"]["type"]["value"].clone();
    vehicle["year"] = found["model"]["year"].clone();
    let vehicle = sale.post("vehicle", &format!("/api/customers/{me}/vehicles"), vehicle).await["id"].clone();
    sale.get("vehicles", "/api/customers/me/vehicles").await;
    let health = json!({ "height": 170, "weight": 65, "surgeries": null, "diseases": null });
    sale.exchange("health", "PUT", &format!("/api/customers/{me}/health-info"), Some(health)).await;
    let body = json!({ "vehicleId": vehicle, "coverageGroupIds": [123], "channel": "website", "insuredCustomerId": me, "customerId": me, "type": "kasko" });
    let proposal = Recorder::id(&sale.post("proposal", "/api/proposals", body).await["proposalId"]);
    sale.visitor.sandbox.advance(13_000);
    let path = format!("/api/proposals/{proposal}");
    sale.get("proposal-ready", &path).await;
    let products = sale.get("products", &format!("{path}/products")).await;
    let product =
        products.as_array().into_iter().flatten().find(|one| one["insuranceCompanyName"] == "Poyraz Sigorta").expect("an offer").clone();
    let product = format!("{path}/products/{}", Recorder::id(&product["id"]));
    sale.get("document", &format!("{product}/document")).await;
    let purchase = json!({ "installmentNumber": 1, "callbackUrl": CALLBACK, "$type": "insurance-company-redirect" });
    let redirect = Recorder::id(&sale.post("purchase", &format!("{product}/purchase/async"), purchase).await["redirectUrl"]);
    sale.visitor.pay(&redirect, Some("approve")).await.expect(303);
    let policy = Recorder::id(&sale.get("product-purchased", &product).await["policyId"]);
    sale.get("policy", &format!("/api/policies/{policy}")).await;
    sale.get("policy-document", &format!("/api/policies/{policy}/document")).await;
    sale.done();
}
