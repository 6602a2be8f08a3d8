//! Which addresses a customer may be sent to for paying (`security.md` T-21).

use crate::flow::payment_page::PaymentPage;

#[track_caller]
fn opens(url: &str, local: bool, host: &str) {
    let page = PaymentPage::checked(url, local).unwrap_or_else(|| panic!("refused: {url:?}"));
    assert_eq!((page.url.as_str(), page.host.as_str()), (url, host));
}

#[track_caller]
fn refuses(url: &str, local: bool) {
    assert!(PaymentPage::checked(url, local).is_none(), "accepted: {url:?}");
}

#[test]
fn opens_https_pages_and_names_their_host() {
    opens("https://pay.example", false, "pay.example");
    opens("https://pay.example/", false, "pay.example");
    opens("https://pay.example/start?id=9f&x=a%20b#top", false, "pay.example");
    opens("https://pay.example?id=1", false, "pay.example");
    opens("https://pay.example#id", false, "pay.example");
    opens("https://pay.example:8443/start", false, "pay.example:8443");
    opens("https://PAY.Example/Start", false, "PAY.Example");
    opens("https://xn--demeler-b1a.example/", false, "xn--demeler-b1a.example");
    opens("https://203.0.113.7/start", false, "203.0.113.7");
    // What comes after the host is the insurer's business.
    opens("https://pay.example/?next=https://evil.example/@x", false, "pay.example");
    opens(&format!("https://pay.example/{}", "a".repeat(4_000)), false, "pay.example");
}

#[test]
fn opens_this_machine_only_where_the_api_is_on_it() {
    for url in ["http://localhost:8080/pay", "http://127.0.0.1:8080/pay", "http://localhost/", "https://localhost/"] {
        let host = url.split('/').nth(2).expect("a host");
        opens(url, true, host);
        refuses(url, false);
    }
    for url in [
        "http://pay.example/",
        "http://localhost.evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.2/",
        "http://[::1]/",
        "http://localhost:80@evil.example/",
        "http://evil.example/localhost",
        "ws://localhost/",
        "file://localhost/etc/passwd",
    ] {
        refuses(url, true);
    }
}

#[test]
fn refuses_every_other_address() {
    for url in [
        // Not https.
        "",
        "https:",
        "https://",
        "http://pay.example/",
        "ftp://pay.example/",
        "javascript:alert(1)",
        "javascript://pay.example/%0aalert(1)",
        "data:text/html,<script>",
        "blob:https://pay.example/1",
        "intent://pay.example/#Intent;end",
        "//pay.example/",
        "/start",
        "pay.example/start",
        "https:pay.example",
        "https:/pay.example",
        "https:///pay.example",
        // A user name before the host, or what looks like one.
        "https://pay.example@evil.example/",
        "https://user:password@evil.example/",
        "https://pay.example:443@evil.example/",
        "https://@evil.example/",
        "https://pay.example%40evil.example/",
        // Characters a browser drops, turns or shows as something else.
        " https://pay.example/",
        "https://pay.example/ ",
        "https://pay.example/a b",
        "https://pay\t.example/",
        "ht\ntps://pay.example/",
        "https://pay.example/\r\nx",
        "https://pay.example/\u{0}",
        "https://pay.example/\u{7f}",
        "https://pay.example\\@evil.example/",
        "https:\\\\pay.example\\",
        "https://pay.example/\"onclick",
        "https://pay.example/<b>",
        "https://pay.example/`x`",
        // Letters that only look like others: a name beyond ASCII must come as `xn--`.
        "https://p\u{430}y.example/",
        "https://ödeme.example/",
        "https://pay\u{3002}example/",
        "https://pay.example/\u{202e}",
        "https://pay\u{200b}.example/",
        // Hosts that are none.
        "https://localhost/",
        "https://intranet/",
        "https://.example/",
        "https://-pay.example/",
        "https://pay..example/",
        "https://pay_x.example/",
        "https://[::1]/",
        "https://%70ay.example/",
        // Ports that are none.
        "https://pay.example:/",
        "https://pay.example:x/",
        "https://pay.example:-1/",
        "https://pay.example:443:443/",
        "https://pay.example:123456/",
        "https://pay.example:65536/",
        "https://pay.example:0/",
    ] {
        refuses(url, false);
    }
    refuses(&format!("https://pay.example/{}", "a".repeat(4_100)), false);
}
