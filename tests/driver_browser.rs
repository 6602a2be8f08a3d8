//! The driver of a sale in a browser: its locks, its storage, its end. What is sold and how is the flow's matter, and tested natively.
#![cfg(target_arch = "wasm32")]

#[path = "browser/api.rs"]
mod api;
#[path = "driver/closing.rs"]
mod closing;
#[path = "browser/fetch_stub.rs"]
mod fetch_stub;
#[path = "driver/left.rs"]
mod left;
#[path = "driver/listeners.rs"]
mod listeners;
#[path = "driver/locks.rs"]
mod locks;
#[path = "driver/page.rs"]
mod page;
#[path = "driver/payment.rs"]
mod payment;
#[path = "driver/storage.rs"]
mod storage;
#[path = "driver/watch.rs"]
mod watch;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
