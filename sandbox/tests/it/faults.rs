use std::time::{Duration, Instant};

use insurup_sandbox::{Fault, Options, Running, WireMode, start};
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

/// Asks a running sandbox who is calling, over a connection of its own, and gives whatever bytes come back.
async fn ask(running: &Running) -> Vec<u8> {
    let port = running.addresses.api.rsplit(':').next().expect("a port").to_owned();
    let mut line = TcpStream::connect(format!("127.0.0.1:{port}")).await.expect("a connection");
    line.write_all(b"GET /api/customers/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.expect("a request");
    let mut answer = Vec::new();
    // A cut connection may end in an error or in silence.
    let _ = line.read_to_end(&mut answer).await;
    answer
}

fn on_me(fault: Fault) -> Fault {
    Fault { route: "GET /customers/me".to_owned(), ..fault }
}

/// Head and body of an answer, and the length that the head promises.
fn parts(answer: &[u8]) -> (String, usize, String) {
    let text = String::from_utf8_lossy(answer).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let promised = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length").parse().expect("a number");
    (head.to_owned(), promised, body.to_owned())
}

async fn running() -> Running {
    start(Options { pace: 0.1, ..Options::default() }).await.expect("free ports")
}

#[tokio::test]
async fn cuts_the_connection_without_an_answer() {
    let running = running().await;
    running.state().add_fault(on_me(Fault { drop: true, ..Fault::default() }));
    assert_eq!(ask(&running).await, b"");
    assert!(ask(&running).await.starts_with(b"HTTP/1.1 401"));
    assert_eq!(running.state().ledger()["requests"][0]["status"], 0);
    running.stop().await;
}

#[tokio::test]
async fn ends_a_body_before_its_length() {
    let running = running().await;
    let (_, whole, body) = parts(&ask(&running).await);
    assert_eq!(body.len(), whole);
    for (truncate, kept) in [(0.5, whole / 2), (40.0, 40), (0.0, 0)] {
        running.state().add_fault(on_me(Fault { truncate: Some(truncate), ..Fault::default() }));
        let (head, promised, half) = parts(&ask(&running).await);
        assert!(head.starts_with("HTTP/1.1 401") && promised == whole, "{head}");
        // Each answer names its own request, so the beginnings agree and the ends need not.
        assert_eq!(half.len(), kept, "{truncate}");
        assert!(body.starts_with(&half[..kept.min(60)]));
    }
    running.stop().await;
}

#[tokio::test]
async fn cuts_the_body_it_puts_in_place_too() {
    let running = running().await;
    running.state().add_fault(on_me(Fault { truncate: Some(6.0), body: Some(json!({ "a": [1, 2] })), ..Fault::default() }));
    let (head, promised, body) = parts(&ask(&running).await);
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("application/json"), "{head}");
    assert_eq!((promised, body.as_str()), (11, "{\"a\":["));
    running.stop().await;
}

#[tokio::test]
async fn lets_a_body_drip() {
    let running = running().await;
    let (_, whole, _) = parts(&ask(&running).await);
    running.state().add_fault(on_me(Fault { drip_ms: Some(20), drip_bytes: Some(whole / 4), ..Fault::default() }));
    #[expect(clippy::disallowed_methods, reason = "a native test measures real time")]
    let before = Instant::now();
    let (_, promised, body) = parts(&ask(&running).await);
    assert!(before.elapsed() >= Duration::from_millis(80));
    assert_eq!(body.len(), promised);
    running.stop().await;
}

#[tokio::test]
async fn answers_with_a_page_instead_of_json() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    for (fault, status) in [
        (json!({ "route": "GET /customers/me", "html": true }), 200),
        (json!({ "route": "* /customers/me", "html": true, "status": 503 }), 503),
    ] {
        visitor.post("/__sandbox/faults", fault).await.expect(200);
        let answer = visitor.get("/api/customers/me").await.expect(status);
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(answer.text().starts_with("<!doctype html>"));
    }
    visitor.post("/__sandbox/faults", json!({ "route": "GET /customers/me", "truncate": -1 })).await.expect(400);
}
