//! The golden table in a browser, through its own JSON, as the product reads and writes.
#![cfg(target_arch = "wasm32")]

#[path = "golden/cases.rs"]
mod cases;

use insurup_core::json::{Value, depth_within};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn read(text: &str) -> Value {
    Value::parse(text).expect("golden JSON is valid")
}

fn write(value: &Value) -> String {
    value.to_text()
}

#[wasm_bindgen_test]
fn speaks_the_golden_wire() {
    cases::check_all(read, write);
}

#[wasm_bindgen_test]
fn reads_numbers_as_the_native_decoder_does() {
    for (text, expected) in [
        ("0", Some(0)),
        ("-0.0", Some(0)),
        ("9000.0", Some(9000)),
        ("9e3", Some(9000)),
        ("9007199254740991", Some(9_007_199_254_740_991)),
        ("-9007199254740991", Some(-9_007_199_254_740_991)),
        ("9007199254740992", None),
        ("18446744073709551615", None),
        ("1e300", None),
        ("8500.55", None),
    ] {
        assert_eq!(read(text).as_integer(), expected, "{text}");
    }
}

#[wasm_bindgen_test]
fn reads_to_the_depth_that_is_let_through() {
    let text = [&"[".repeat(64), "1", &"]".repeat(64)].concat();
    assert!(depth_within(&text, 64));
    let mut value = &read(&text);
    while let [inner] = value.items() {
        value = inner;
    }
    assert_eq!(value.as_integer(), Some(1));
}
