//! A client of the sandbox that knows nothing but HTTP and JSON.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, header};
use insurup_sandbox::{Addresses, Panel, Sandbox, Setup, WireMode, app, payment_page};
use serde_json::{Value, json};
use tower::ServiceExt;

pub(crate) const SITE: &str = "http://localhost:8800";
pub(crate) const CALLBACK: &str = "http://localhost:8800/odeme-donus";
pub(crate) const RETURNING: u64 = 10_000_000_146;
pub(crate) const NEW: u64 = 11_111_111_110;
pub(crate) const ECONOMY: &str = "65f0c0de0000000000000001";
pub(crate) const STANDARD: &str = "65f0c0de0000000000000002";

/// Somebody who talks to one sandbox, signed in or not.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) sandbox: Sandbox,
    app: Router,
    pay: Router,
    pub(crate) access: Option<String>,
    pub(crate) refresh: String,
    pub(crate) customer: String,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The answer is a problem with this code.
    #[track_caller]
    pub(crate) fn problem(self, status: u16, code: &str) -> Value {
        let problem = self.expect(status).json();
        assert_eq!(problem["codes"][0], code, "{problem}");
        assert_eq!(problem["status"], status);
        problem
    }
}

pub(crate) fn visit(wire: WireMode) -> Visitor {
    visit_with(wire, 1)
}

pub(crate) fn visit_with(wire: WireMode, seed: u64) -> Visitor {
    visit_panel(wire, seed, Panel::Invented)
}

/// A visit to a sandbox whose offers come from the insurers an agency meets.
pub(crate) fn visit_market() -> Visitor {
    visit_panel(WireMode::Current, 1, Panel::Market)
}

fn visit_panel(wire: WireMode, seed: u64, panel: Panel) -> Visitor {
    let addresses = Addresses {
        site: SITE.to_owned(),
        cdn: "http://localhost:8801".to_owned(),
        api: "http://localhost:8802".to_owned(),
        pay: "http://localhost:8803".to_owned(),
    };
    let allowed_origins = vec!["https://acente.example".to_owned()];
    let sandbox = Sandbox::new(Setup { addresses, wire, seed, allowed_origins, pace: 1.0, panel });
    let (app, pay) = (app(sandbox.clone()), payment_page(sandbox.clone()));
    Visitor { sandbox, app, pay, access: None, refresh: String::new(), customer: String::new() }
}

impl Visitor {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, &[]).await
    }

    /// As `get`, for answers that may break off; then with the reason.
    pub(crate) async fn try_get(&self, path: &str) -> Result<Answer, String> {
        try_ask(&self.app, self.request("GET", path, None, &[])).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, Some(body.to_string()), &[]).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, Some(body.to_string()), &[]).await
    }

    /// Sends text as it is, so that the order of properties is the test's.
    pub(crate) async fn post_text(&self, path: &str, body: &str) -> Answer {
        self.send("POST", path, Some(body.to_owned()), &[]).await
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<String>, headers: &[(&str, &str)]) -> Answer {
        ask(&self.app, self.request(method, path, body, headers)).await
    }

    fn request(&self, method: &str, path: &str, body: Option<String>, headers: &[(&str, &str)]) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = &self.access {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(body.map_or_else(Body::empty, Body::from)).expect("a request")
    }

    /// Opens or acts on a payment page, by the URL that the API gave.
    pub(crate) async fn pay(&self, redirect_url: &str, act: Option<&str>) -> Answer {
        let path = redirect_url.strip_prefix("http://localhost:8803").expect("the payment page has its own origin");
        let (method, path) = match act {
            Some(act) => ("POST", format!("{path}/{act}")),
            None => ("GET", path.to_owned()),
        };
        ask(&self.pay, Request::builder().method(method).uri(path).body(Body::empty()).expect("a request")).await
    }

    pub(crate) fn code(&self) -> String {
        self.sandbox.sms().first().expect("a message was sent").code.clone()
    }

    /// Signs in, in today's form.
    pub(crate) async fn sign_in(mut self, identity: u64) -> Self {
        let answer = self.post("/api/auth/customer/login-or-register", login(identity)).await.expect(200).json();
        let code = json!({ "token": answer["token"], "code": self.code() });
        let tokens = self.post("/api/auth/customer/verify-mfa", code).await.expect(200).json();
        self.keep(&tokens);
        self.customer = self.get("/api/customers/me").await.expect(200).json()["id"].as_str().expect("an id").to_owned();
        self
    }

    pub(crate) fn keep(&mut self, tokens: &Value) {
        self.access = tokens["accessToken"].as_str().map(str::to_owned);
        self.refresh = tokens["refreshToken"].as_str().expect("a refresh token").to_owned();
    }

    /// The only vehicle of the returning customer.
    pub(crate) async fn vehicle(&self) -> String {
        self.get("/api/customers/me/vehicles").await.expect(200).json()[0]["id"].as_str().expect("a vehicle").to_owned()
    }

    pub(crate) fn proposal_body(&self, vehicle: &str, groups: &[&str]) -> Value {
        json!({
            "$type": "kasko",
            "productBranch": "KASKO",
            "insurerCustomerId": self.customer,
            "insuredCustomerId": self.customer,
            "vehicleId": vehicle,
            "coverageGroupIds": groups,
            "channel": "WEBSITE",
        })
    }

    /// A proposal for the returning customer's car, all offers arrived.
    pub(crate) async fn propose(&self, groups: &[&str]) -> String {
        let body = self.proposal_body(&self.vehicle().await, groups);
        let id = self.post("/api/proposals", body).await.expect(200).json()["proposalId"].as_str().expect("an id").to_owned();
        self.sandbox.advance(13_000);
        id
    }

    pub(crate) async fn product(&self, proposal: &str, insurer: &str) -> Value {
        let proposal = self.get(&format!("/api/proposals/{proposal}")).await.expect(200).json();
        let products = proposal["products"].as_array().expect("offers").clone();
        products.into_iter().find(|one| one["insuranceCompanyName"] == insurer).expect("an insurer of that name")
    }

    /// Starts paying by the insurer's page.
    pub(crate) async fn purchase(&self, proposal: &str, product: &Value, kind: &str) -> Answer {
        let id = product["id"].as_str().expect("an id");
        self.post(&format!("/api/proposals/{proposal}/products/{id}/purchase/async"), purchase_body(proposal, id, kind)).await
    }
}

pub(crate) fn purchase_body(proposal: &str, product: &str, kind: &str) -> Value {
    let mut body = json!({
        "$type": kind,
        "proposalId": proposal,
        "proposalProductId": product,
        "installmentNumber": 1,
        "callbackUrl": CALLBACK,
    });
    if kind != "insurance-company-redirect" {
        body["card"] = json!({
            "identityNumber": null, "number": "4242424242424242", "cvc": "123",
            "expiryMonth": "12", "expiryYear": "2030", "holderName": "DENEME KULLANICI",
        });
    }
    body
}

pub(crate) fn login(identity: u64) -> Value {
    json!({
        "$type": "individual",
        "identityNumber": identity,
        "birthDate": "1990-01-01",
        "phoneNumber": { "countryCode": 90, "number": "5321234567" },
        "agentId": "0b1b7a52-0000-4000-8000-000000000001",
    })
}

async fn ask(app: &Router, request: Request<Body>) -> Answer {
    try_ask(app, request).await.expect("a body")
}

async fn try_ask(app: &Router, request: Request<Body>) -> Result<Answer, String> {
    let answer = app.clone().oneshot(request).await.expect("a router never fails");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let body = to_bytes(answer.into_body(), 10_000_000).await.map_err(|error| error.to_string())?;
    Ok(Answer { status, headers, body })
}
