use insurup_sandbox::WireMode;

use crate::support::{SITE, visit};

const PREFLIGHT: [(&str, &str); 2] =
    [("access-control-request-method", "POST"), ("access-control-request-headers", "authorization,content-type")];

#[tokio::test]
async fn answers_preflights_of_allowed_origins() {
    let visitor = visit(WireMode::Current);
    for origin in [SITE, "http://127.0.0.1:8800", "http://localhost:8801", "https://acente.example"] {
        let headers = [&PREFLIGHT[..], &[("origin", origin)]].concat();
        let answer = visitor.send("OPTIONS", "/api/proposals", None, &headers).await.expect(204);
        assert_eq!(answer.header("access-control-allow-origin"), Some(origin));
        assert_eq!(
            answer.header("access-control-allow-headers"),
            Some("authorization, content-type, accept-language, x-request-id, x-sandbox-scenario")
        );
        assert_eq!(answer.header("vary"), Some("Origin"));
    }
}

#[tokio::test]
async fn allows_no_other_origin() {
    let visitor = visit(WireMode::Current);
    for origin in ["https://evil.example", "http://localhost:8802", "https://acente.example.evil.example", "null"] {
        let headers = [&PREFLIGHT[..], &[("origin", origin)]].concat();
        assert_eq!(visitor.send("OPTIONS", "/api/proposals", None, &headers).await.header("access-control-allow-origin"), None, "{origin}");
        assert_eq!(visitor.send("GET", "/api/customers/me", None, &[("origin", origin)]).await.header("access-control-allow-origin"), None);
    }
}

#[tokio::test]
async fn lets_allowed_pages_read_problems_too_and_exposes_no_header() {
    let visitor = visit(WireMode::Current);
    for path in ["/api/customers/me", "/api/nowhere", "/__sandbox/sms"] {
        let answer = visitor.send("GET", path, None, &[("origin", SITE)]).await;
        assert_eq!(answer.header("access-control-allow-origin"), Some(SITE), "{path}");
        assert_eq!(answer.header("access-control-expose-headers"), None);
        assert_eq!(answer.header("access-control-allow-credentials"), None);
    }
}
