//! The package's own script over the module, in a browser: what a program meets.
#![cfg(target_arch = "wasm32")]

#[path = "../../tests/browser/api.rs"]
mod api;
#[path = "face/arguments.rs"]
mod arguments;
#[path = "face/errors.rs"]
mod errors;
#[path = "../../tests/browser/fetch_stub.rs"]
mod fetch_stub;
#[path = "face/lifecycle.rs"]
mod lifecycle;
#[path = "face/package.rs"]
mod package;
#[path = "face/sale.rs"]
mod sale;
#[path = "face/secrets.rs"]
mod secrets;
#[path = "face/session.rs"]
mod session;
#[path = "face/signals.rs"]
mod signals;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
