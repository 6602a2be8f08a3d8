//! The addresses of payment pages as the browser understands them: the customer goes to the host that was shown, and nowhere else.
#![cfg(target_arch = "wasm32")]

use insurup_core::flow::payment_page;
use insurup_core::json::Value;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Url;

wasm_bindgen_test_configure!(run_in_browser);

/// Addresses made up from the parts of hostile ones.
const MADE_UP: u32 = 100_000;
/// What they are made up from.
const PARTS: &str = "https:·http:·HTTPS:·javascript:·blob:·//·/·///·\\·\\\\·@·:·%40·%2e·%5c·%00·?·#·.·..·-·_·;·&·|·^·\t·\n·\0· ·[·]·[::1]·\
    pay.example·evil.example·pay·a:b·localhost·0x7f.1·203.0.113.7·127·xn--a·:8443·:0443·PAY·\u{3002}·\u{ff0f}·\u{202e}";

/// Where the browser goes with an address, if it goes anywhere. It is asked what it would send along and how, too.
fn host(url: &str) -> Option<String> {
    let address = Url::new(url).ok()?;
    assert!(matches!(address.protocol().as_str(), "https:" | "http:"), "{url:?} is {}", address.protocol());
    assert_eq!((address.username(), address.password()), (String::new(), String::new()), "{url:?}");
    Some(address.host())
}

#[wasm_bindgen_test]
fn goes_to_the_host_that_is_shown() {
    let rows = Value::parse(include_str!("payment_addresses.json")).expect("JSON");
    let mut opened = 0;
    for row in rows.items() {
        let url = row.field("url").as_text().expect("an address");
        let Some((url, shown)) = payment_page(url, true) else { continue };
        assert_eq!(host(&url).as_deref(), Some(shown.as_str()), "{url}");
        opened += 1;
    }
    assert!(opened >= 15, "{opened}");
}

#[wasm_bindgen_test]
fn goes_to_the_host_that_is_shown_of_any_address() {
    let parts: Vec<_> = PARTS.split('·').collect();
    let mut state = 7_u32;
    let mut below = |limit: usize| {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        (state >> 16) as usize % limit
    };
    let mut opened = 0;
    for _ in 0..MADE_UP {
        // Half of them begin well.
        let mut url = ["https://", ""][below(2)].to_owned();
        (0..=below(6)).for_each(|_| url.push_str(parts[below(parts.len())]));
        let Some((url, shown)) = payment_page(&url, below(2) == 0) else { continue };
        opened += 1;
        assert_eq!(host(&url).as_deref(), Some(shown.as_str()), "{url:?}");
    }
    assert!(opened > 500, "only {opened} of {MADE_UP} are opened");
}
