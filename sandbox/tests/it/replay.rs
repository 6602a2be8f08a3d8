//! The client's golden requests, sent as they are written over a real connection.
//!
//! They were written by hand from the API's descriptions and are the third witness beside client and sandbox. Only what the server itself
//! has issued is put in: ids, tokens, codes, and references of brands and models.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use insurup_sandbox::{Options, Running, WireMode, start};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const CUSTOMER: &str = "0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f";
const VEHICLE: &str = "7d1f0a2b-3c4d-4e5f-8a6b-9c0d1e2f3a4b";
const PROPOSAL: &str = "68f0c0ffee0123456789ad01";
const PRODUCT: &str = "68f0c0ffee0123456789ae01";
const OTHER_PRODUCT: &str = "68f0c0ffee0123456789ae02";
const POLICY: &str = "68f0c0ffee0123456789af01";

/// A client that knows nothing but the golden files.
struct Replay {
    running: Running,
    form: &'static str,
    bearer: Option<String>,
    /// What the golden files say, and what the server has issued instead.
    issued: Vec<(&'static str, String)>,
    sent: BTreeSet<String>,
}

impl Replay {
    async fn begin(wire: WireMode, form: &'static str) -> Self {
        let allowed_origins = vec!["https://acente.example".to_owned()];
        let running = start(Options { wire, allowed_origins, ..Options::default() }).await.expect("free ports");
        let references = [
            ("\"107\"", "\"117\""),
            ("\"1070412\"", "\"1171001\""),
            ("68f0c0ffee0123456789aa01", "65f0c0de0000000000000001"),
            ("68f0c0ffee0123456789aa02", "65f0c0de0000000000000002"),
        ];
        let issued = references.map(|(golden, own)| (golden, own.to_owned())).to_vec();
        Self { running, form, bearer: None, issued, sent: BTreeSet::new() }
    }

    /// From here on the server's `own` stands where the files say `golden`.
    fn issue(&mut self, golden: &'static str, own: &Value) {
        let own = own.as_str().expect("something issued").to_owned();
        self.issued.retain(|(known, _)| *known != golden);
        self.issued.push((golden, own));
    }

    fn filled(&self, text: &str) -> String {
        self.issued.iter().fold(text.to_owned(), |text, (golden, own)| text.replace(golden, own))
    }

    /// Sends a golden request and expects this status.
    async fn send(&mut self, file: &str, line: &str, status: u16) -> Value {
        let body = fs::read_to_string(folder(self.form).join(format!("{file}.request.json"))).expect(file);
        self.sent.insert(file.to_owned());
        self.ask(line, Some(&self.filled(&body)), status).await
    }

    async fn get(&self, path: &str) -> Value {
        self.ask(&format!("GET {path}"), None, 200).await
    }

    async fn ask(&self, line: &str, body: Option<&str>, status: u16) -> Value {
        let line = self.filled(line).replacen(" /", " /api/", 1);
        let (answered, text) = exchange(&self.running.addresses.api, &line, self.bearer.as_deref(), body).await;
        assert_eq!(answered, status, "{} {line}: {text}", self.form);
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Signs in with the golden request `file`, and keeps what comes of it.
    async fn sign_in(&mut self, file: &str) {
        self.bearer = None;
        let challenge = self.send(file, "POST /auth/customer/login-or-register", 200).await;
        self.issue("mfa-7Qd2", &challenge["token"]);
        let code = Value::from(self.running.state().sms()[0].code.as_str());
        self.issue("482913", &code);
        let tokens = self.send("verify_code", "POST /auth/customer/verify-mfa", 200).await;
        self.keep(&tokens);
        let me = self.get("/customers/me").await;
        self.issue(CUSTOMER, &me["id"]);
    }

    fn keep(&mut self, tokens: &Value) {
        self.bearer = tokens["accessToken"].as_str().map(str::to_owned);
        self.issue("refresh-1", &tokens["refreshToken"]);
    }

    /// All offers of the proposal made last.
    async fn offers(&self) -> Vec<Value> {
        let path = format!("/proposals/{PROPOSAL}");
        let offers =
            if self.form == "guide" { self.get(&format!("{path}/products")).await } else { self.get(&path).await["products"].clone() };
        offers.as_array().expect("offers").clone()
    }

    /// From here on the golden offer is that of this insurer.
    async fn choose(&mut self, insurer: &str) -> Value {
        let offer = self.offers().await.into_iter().find(|one| one["insuranceCompanyName"] == insurer).expect(insurer);
        self.issue(PRODUCT, &offer["id"]);
        offer
    }

    /// Nothing was left out and nothing was sent where there is nothing.
    async fn end(self) {
        let files = fs::read_dir(folder(self.form)).expect("golden files").map(|file| file.expect("a file").file_name());
        let files = files.filter_map(|name| name.to_str()?.strip_suffix(".request.json").map(str::to_owned));
        assert_eq!(self.sent, files.collect::<BTreeSet<_>>(), "each golden request is sent");
        assert_eq!(self.running.state().ledger()["unknownRoutes"], Value::Array(Vec::new()));
        self.running.stop().await;
    }
}

fn folder(form: &str) -> PathBuf {
    Path::new("../tests/golden").join(form)
}

/// One request over a connection of its own; status and body of the answer.
async fn exchange(origin: &str, line: &str, bearer: Option<&str>, body: Option<&str>) -> (u16, String) {
    let host = origin.trim_start_matches("http://");
    let mut request = format!("{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    if let Some(token) = bearer {
        request.push_str(&format!("Authorization: Bearer {token}\r\n"));
    }
    let body = body.unwrap_or_default();
    request.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
    let port = host.rsplit(':').next().expect("a port");
    let mut connection = TcpStream::connect(format!("127.0.0.1:{port}")).await.expect("a connection");
    connection.write_all(request.as_bytes()).await.expect("a request");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    (head.split(' ').nth(1).expect("a status").parse().expect("a number"), body.to_owned())
}

/// Approves the payment that `begun` leads to.
async fn approve(replay: &Replay, begun: &Value) {
    let url = begun["redirectUrl"].as_str().expect("a payment page");
    let path = url.strip_prefix(replay.running.addresses.pay.as_str()).expect("the insurer's page");
    let (status, _) = exchange(&replay.running.addresses.pay, &format!("POST {path}/approve"), None, None).await;
    assert_eq!(status, 303);
}

#[tokio::test]
async fn todays_golden_requests_are_accepted() {
    let mut replay = Replay::begin(WireMode::Current, "current").await;
    let customer = format!("/customers/{CUSTOMER}");
    replay.sign_in("sign_in").await;
    let renewed = replay.send("refresh", "POST /auth/customer/refresh", 200).await;
    replay.keep(&renewed);
    replay.send("give_consent", &format!("POST {customer}/consents"), 204).await;
    replay.send("update_customer", &format!("PUT {customer}"), 204).await;
    replay.sign_in("sign_in_company").await;
    replay.send("update_customer_company", &format!("PUT {customer}"), 204).await;

    // The first customer has the golden car already, so somebody else saves it and buys.
    replay.sign_in("sign_in_foreign").await;
    replay.send("update_customer_foreign", &format!("PUT {customer}"), 204).await;
    replay.send("save_health_info", &format!("PUT {customer}/health-info"), 204).await;
    replay.send("create_case", "POST /cases:new-sale-opportunity", 201).await;
    let cases = replay.send("open_cases", "POST /graphql", 200).await;
    assert_eq!(cases["data"]["cases"]["items"][0]["productBranch"], "KASKO");
    replay.send("look_up_vehicle", &format!("POST {customer}/vehicles/external-lookup"), 200).await;
    replay.send("create_vehicle_without_plate", &format!("POST {customer}/vehicles"), 201).await;
    let vehicle = replay.send("create_vehicle", &format!("POST {customer}/vehicles"), 201).await;
    replay.issue(VEHICLE, &vehicle["id"]);
    replay.send("create_proposal_trafik", "POST /proposals", 200).await;
    replay.send("create_proposal_tss", "POST /proposals", 200).await;
    let proposal = replay.send("create_proposal", "POST /proposals", 200).await;
    replay.issue(PROPOSAL, &proposal["proposalId"]);
    replay.running.state().advance(13_000);

    let product = format!("/proposals/{PROPOSAL}/products/{PRODUCT}");
    replay.choose("Kervan Sigorta").await;
    replay.send("retry_product", &format!("POST {product}/retry"), 204).await;
    let other = replay.choose("Fener Sigorta").await;
    replay.issue(OTHER_PRODUCT, &other["id"]);
    replay.choose("Liman Sigorta").await;
    replay.send("start_purchase_3d", &format!("POST {product}/purchase/async"), 200).await;
    replay.choose("Kumsal Sigorta").await;
    replay.send("start_purchase_third_party", &format!("POST {product}/purchase/async"), 200).await;
    replay.choose("Poyraz Sigorta").await;
    replay.send("compare_offers", &format!("POST /proposals/{PROPOSAL}/products/compare-pdf"), 200).await;
    replay.send("send_product_document", &format!("POST {product}/document/send"), 204).await;
    replay.send("send_information_form", &format!("POST {product}/information-form-document/send"), 204).await;
    let begun = replay.send("start_purchase", &format!("POST {product}/purchase/async"), 200).await;
    approve(&replay, &begun).await;
    let bought = replay.choose("Poyraz Sigorta").await;
    replay.issue(POLICY, &bought["policyId"]);
    replay.send("send_policy", &format!("POST /policies/{POLICY}/document/send"), 204).await;
    let mine = replay.send("list_mine", "POST /graphql", 200).await;
    assert_eq!(
        [&mine["data"]["policies"]["items"], &mine["data"]["proposals"]["items"]].map(|items| items.as_array().map_or(0, Vec::len) > 0),
        [true; 2]
    );
    replay.end().await;
}

#[tokio::test]
async fn the_guides_golden_requests_are_accepted() {
    let mut replay = Replay::begin(WireMode::Guide, "guide").await;
    let customer = format!("/customers/{CUSTOMER}");
    replay.sign_in("sign_in_company").await;
    replay.sign_in("sign_in").await;
    let renewed = replay.send("refresh", "POST /auth/customer/refresh", 200).await;
    replay.keep(&renewed);
    replay.send("give_consent", &format!("POST {customer}/consents"), 204).await;

    replay.sign_in("sign_in_foreign").await;
    let case = replay.send("create_case", "POST /cases:new-sale-opportunity", 201).await;
    assert!(case["id"].as_str().is_some_and(|id| id.starts_with("CASE-SO-")));
    let cases = replay.send("open_cases", "POST /graphql", 200).await;
    assert_eq!(cases["data"]["cases"]["items"][0]["status"], "OPEN");
    // Health is insured once height and weight are known; the guides print no request for that.
    replay.send("create_case_mobile", "POST /cases:new-sale-opportunity", 201).await;
    let health = format!(r#"{{"customerId": "{CUSTOMER}", "height": 170, "weight": 70, "surgeries": [], "diseases": []}}"#);
    replay.ask(&format!("PUT {customer}/health-info"), Some(&replay.filled(&health)), 200).await;
    replay.send("create_proposal_tss", "POST /proposals", 200).await;
    replay.send("look_up_vehicle", &format!("POST {customer}/vehicles/external-lookup"), 200).await;
    let vehicle = replay.send("create_vehicle", &format!("POST {customer}/vehicles"), 201).await;
    replay.issue(VEHICLE, &vehicle["id"]);
    replay.send("create_proposal_trafik", "POST /proposals", 200).await;
    let proposal = replay.send("create_proposal", "POST /proposals", 200).await;
    replay.issue(PROPOSAL, &proposal["proposalId"]);
    replay.running.state().advance(13_000);

    let product = format!("/proposals/{PROPOSAL}/products/{PRODUCT}");
    replay.choose("Poyraz Sigorta").await;
    replay.send("send_information_form", &format!("POST {product}/information-form-document/send"), 204).await;
    let begun = replay.send("start_purchase", &format!("POST {product}/purchase/async"), 200).await;
    approve(&replay, &begun).await;
    assert!(replay.choose("Poyraz Sigorta").await["policyId"].is_string());
    // An open case is a closed one by now: it has moved with the sale.
    let cases = replay.send("open_cases", "POST /graphql", 200).await;
    assert_eq!(cases["data"]["cases"]["items"], Value::Array(Vec::new()));
    let mine = replay.send("list_mine", "POST /graphql", 200).await;
    assert_eq!(
        [&mine["data"]["policies"]["items"], &mine["data"]["proposals"]["items"]].map(|items| items.as_array().map_or(0, Vec::len) > 0),
        [true; 2]
    );
    replay.end().await;
}
