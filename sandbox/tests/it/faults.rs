use std::time::{Duration, Instant};

use insurup_sandbox::{Options, WireMode, start};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{RETURNING, SITE, visit};

#[tokio::test]
async fn answers_what_a_fault_says_as_often_as_it_says() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let fault = json!({
        "route": "GET /customers/me", "times": 2, "skip": 1, "status": 429, "headers": { "retry-after": "7" }, "body": { "title": "slow down" },
    });
    visitor.post("/__sandbox/faults", fault).await.expect(200);
    visitor.get("/api/customers/me").await.expect(200);
    for _ in 0..2 {
        let answer = visitor.send("GET", "/api/customers/me", None, &[("origin", SITE)]).await.expect(429);
        assert_eq!((answer.header("retry-after"), answer.header("content-type")), (Some("7"), Some("application/problem+json")));
        assert_eq!(answer.header("access-control-allow-origin"), Some(SITE), "spoilt answers can be read as well");
    }
    visitor.get("/api/customers/me").await.expect(200);
    assert_eq!(visitor.get("/__sandbox/faults").await.json(), json!([]));
}

#[tokio::test]
async fn can_let_the_effect_happen_and_lose_the_answer() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let vehicle = visitor.vehicle().await;
    visitor.post("/__sandbox/faults", json!([{ "route": "POST /proposals", "after": true, "status": 502, "body": "<h1>Bad gateway</h1>", "contentType": "text/html" }])).await.expect(200);
    let answer = visitor.post("/api/proposals", visitor.proposal_body(&vehicle, &[])).await.expect(502);
    assert_eq!(answer.header("content-type"), Some("text/html"));
    assert_eq!(visitor.sandbox.ledger()["totals"]["proposals"], 1);
    visitor.post("/__sandbox/faults", json!({ "route": "POST /proposals", "status": 502 })).await.expect(200);
    visitor.post("/api/proposals", visitor.proposal_body(&vehicle, &[])).await.expect(502);
    let ledger = visitor.sandbox.ledger();
    assert_eq!(ledger["totals"]["proposals"], 1);
    assert_eq!(
        ledger["requests"].as_array().and_then(|requests| requests.last()).map(|last| last["fault"].clone()),
        Some(json!("POST /proposals"))
    );
}

#[tokio::test]
async fn waits_before_it_answers() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    visitor.post("/__sandbox/faults", json!({ "route": "GET /customers/me", "delayMs": 80 })).await.expect(200);
    #[expect(clippy::disallowed_methods, reason = "a native test measures real time")]
    let before = Instant::now();
    visitor.get("/api/customers/me").await.expect(200);
    assert!(before.elapsed() >= Duration::from_millis(80));
}

#[tokio::test]
async fn refuses_faults_it_does_not_understand() {
    let visitor = visit(WireMode::Current);
    visitor.post("/__sandbox/faults", json!({ "route": "GET /x", "explode": true })).await.expect(400);
    visitor.post("/__sandbox/faults", json!({ "route": "/x" })).await.expect(400);
    visitor.post("/__sandbox/faults", json!({ "route": "GET /x" })).await.expect(200);
    visitor.send("DELETE", "/__sandbox/faults", None, &[]).await.expect(204);
    assert_eq!(visitor.get("/__sandbox/faults").await.json(), json!([]));
}

#[tokio::test]
async fn cuts_the_connection_without_an_answer() {
    let running = start(Options { pace: 0.1, ..Options::default() }).await.expect("free ports");
    let ask = async |path: &str| {
        let port = running.addresses.api.rsplit(':').next().expect("a port").to_owned();
        let mut line = TcpStream::connect(format!("127.0.0.1:{port}")).await.expect("a connection");
        line.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes()).await.expect("a request");
        let mut answer = Vec::new();
        // A cut connection may end in an error or in silence.
        let _ = line.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    };
    running.state().add_fault(insurup_sandbox::Fault { route: "GET /customers/me".to_owned(), drop: true, ..Default::default() });
    assert_eq!(ask("/api/customers/me").await, "");
    assert!(ask("/api/customers/me").await.starts_with("HTTP/1.1 401"));
    assert_eq!(running.state().ledger()["requests"][0]["status"], 0);
    running.stop().await;
}
