use std::fs;
use std::path::PathBuf;

use insurup_sandbox::{Options, Ports, Running, StartError, start};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("insurup-sandbox-{name}-{}", std::process::id()));
        for (file, content) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
            fs::write(path, content).expect("a file can be written");
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn ask(origin: &str, method: &str, path: &str) -> String {
    let answer = ask_with(origin, method, path, "").await;
    String::from_utf8(answer).expect("a text")
}

/// The answer as it is on the line; `headers` are whole lines.
async fn ask_with(origin: &str, method: &str, path: &str, headers: &str) -> Vec<u8> {
    let port = origin.rsplit(':').next().expect("a port");
    let mut line = TcpStream::connect(format!("127.0.0.1:{port}")).await.expect("a connection");
    let request = format!("{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 0\r\nConnection: close\r\n{headers}\r\n");
    line.write_all(request.as_bytes()).await.expect("a request");
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).await.expect("an answer");
    answer
}

async fn running(site: &Folder, cdn: &Folder) -> Running {
    start(Options { site: Some(site.0.clone()), cdn: Some(cdn.0.clone()), ..Options::default() }).await.expect("free ports")
}

#[tokio::test]
async fn serves_the_site_under_its_policy_with_the_origins_filled_in() {
    let site =
        Folder::with("site", &[("index.html", "<p>{{site}} {{cdn}} {{api}} {{pay}}</p>"), ("donus.html", "back"), ("a.svg", "{{api}}")]);
    let running = running(&site, &Folder::with("cdn0", &[("x.js", "")])).await;
    let addresses = running.addresses.clone();
    let page = ask(&addresses.site, "GET", "/").await;
    assert!(page.contains(&format!("<p>{} {} {} {}</p>", addresses.site, addresses.cdn, addresses.api, addresses.pay)), "{page}");
    let policy = format!(
        "content-security-policy: default-src 'none'; script-src 'self' {} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src {} {}; frame-src {} {}/__sandbox/phone; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'\r\n",
        addresses.cdn, addresses.cdn, addresses.api, addresses.cdn, addresses.api
    );
    assert!(page.contains(&policy), "{page}");
    assert!(page.contains("x-content-type-options: nosniff"));
    assert!(ask(&addresses.site, "GET", "/a.svg").await.ends_with("{{api}}"));
    assert!(ask(&addresses.site, "GET", "/donus?x=1").await.ends_with("back"));
    let back = ask(&addresses.site, "POST", "/donus.html?x=1").await;
    assert!(back.starts_with("HTTP/1.1 303") && back.contains("location: /donus.html?x=1\r\n"), "{back}");
    assert!(ask(&addresses.site, "GET", "/../Cargo.toml").await.starts_with("HTTP/1.1 404"));
    running.stop().await;
}

#[tokio::test]
async fn serves_assets_to_every_page() {
    let cdn = Folder::with(
        "cdn",
        &[("app.0123456789AB.wasm", "wasm"), ("loader.js", "{{api}}"), ("config.schema.json", "{}"), ("frame.html", "{{api}} {{site}}")],
    );
    let running = running(&Folder::with("site1", &[("index.html", "")]), &cdn).await;
    for (path, parts) in [
        ("/app.0123456789AB.wasm", ["content-type: application/wasm", "cache-control: public, max-age=31536000, immutable"]),
        ("/loader.js", ["content-type: text/javascript", "cache-control: no-cache"]),
        ("/config.schema.json", ["content-type: application/json", "cache-control: no-cache"]),
        ("/frame.html", ["content-type: text/html; charset=utf-8", "cache-control: no-store"]),
    ] {
        let answer = ask(&running.addresses.cdn, "GET", path).await;
        for part in parts.iter().chain(&["access-control-allow-origin: *", "cross-origin-resource-policy: cross-origin"]) {
            assert!(answer.contains(part), "{path}: {part} in {answer}");
        }
    }
    assert!(ask(&running.addresses.cdn, "GET", "/loader.js").await.ends_with("{{api}}"), "only documents are filled in");
    let document = ask(&running.addresses.cdn, "GET", "/frame.html").await;
    assert!(document.ends_with(&format!("{} {}", running.addresses.api, running.addresses.site)), "{document}");
    running.stop().await;
}

#[tokio::test]
async fn compresses_for_whoever_takes_brotli() {
    let text = "insurup ".repeat(1_000);
    let site = Folder::with("site2", &[("index.html", &format!("{{{{api}}}} {text}"))]);
    let cdn = Folder::with("cdn2", &[("app.0123456789AB.wasm", text.as_str()), ("tiny.js", "1"), ("picture.png", text.as_str())]);
    let running = running(&site, &cdn).await;
    let addresses = running.addresses.clone();
    for (origin, path, small) in [
        (&addresses.cdn, "/app.0123456789AB.wasm", true),
        (&addresses.site, "/", true),
        // Smaller than anything it could be packed into, and packed already.
        (&addresses.cdn, "/tiny.js", false),
        (&addresses.cdn, "/picture.png", false),
    ] {
        let answer = ask_with(origin, "GET", path, "Accept-Encoding: gzip, br\r\n").await;
        let end = answer.windows(4).position(|part| part == b"\r\n\r\n").expect("an end of the head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        assert_eq!(head.contains("content-encoding: br"), small, "{path}: {head}");
        assert_eq!(head.contains("vary: Accept-Encoding"), path != "/picture.png", "{path}: {head}");
        assert_eq!(answer.len() - end < 200, small || path == "/tiny.js", "{path}: {} bytes", answer.len() - end);
        let plain = ask(origin, "GET", path).await;
        assert!(!plain.contains("content-encoding") && (plain.ends_with(&text) || path == "/tiny.js"), "{path}: {plain:.300}");
    }
    running.stop().await;
}

#[tokio::test]
async fn shows_the_phone_to_pages_that_may_call_the_api() {
    let running =
        start(Options { allowed_origins: vec!["http://localhost:3000/".to_owned()], ..Options::default() }).await.expect("free ports");
    let api = &running.addresses.api;
    let page = ask(api, "GET", "/__sandbox/phone").await;
    assert!(page.contains("<html lang=\"tr\">") && page.contains("Deneme telefonu"), "{page}");
    let policy = "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; \
                  form-action 'none'; frame-ancestors 'self' http://localhost:3000; require-trusted-types-for 'script'; trusted-types 'none'\r\n";
    assert!(page.contains(policy), "{page}");
    for (path, kind) in [("phone.css", "text/css"), ("phone.js", "text/javascript")] {
        assert!(page.contains(path), "{page}");
        assert!(
            ask(api, "GET", &format!("/__sandbox/{path}")).await.contains(&format!("content-type: {kind}; charset=utf-8\r\n")),
            "{path}"
        );
    }
    let english = ask(api, "GET", "/__sandbox/phone?lang=en").await;
    assert!(english.contains("<html lang=\"en\">") && english.contains("Demo phone") && !english.contains("Deneme"), "{english}");
    assert_eq!(running.state().ledger()["requests"], serde_json::json!([]), "controls are no part of the ledger");
    running.stop().await;
}

#[tokio::test]
async fn says_which_port_is_taken() {
    let first = start(Options::default()).await.expect("free ports");
    let port: u16 = first.addresses.pay.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let refused =
        start(Options { ports: Ports { pay: port, ..Ports::default() }, ..Options::default() }).await.expect_err("the port is taken");
    assert!(matches!(refused, StartError::PortTaken { port: taken, what: "payment page" } if taken == port));
    assert!(refused.to_string().contains(&format!("port {port}")) && refused.to_string().contains("PORT=… make demo"));
    first.stop().await;
    start(Options { ports: Ports { pay: port, ..Ports::default() }, ..Options::default() })
        .await
        .expect("the port is free again")
        .stop()
        .await;
}

#[tokio::test]
async fn answers_on_both_loopback_addresses() {
    let running = start(Options::default()).await.expect("free ports");
    let port = running.addresses.api.rsplit(':').next().expect("a port").to_owned();
    assert!(TcpStream::connect(format!("127.0.0.1:{port}")).await.is_ok());
    if tokio::net::TcpListener::bind("[::1]:0").await.is_ok() {
        assert!(TcpStream::connect(format!("[::1]:{port}")).await.is_ok());
    }
    running.stop().await;
}
