//! Numbers, money and dates as the visitor's language writes them: the browser knows how.

use insurup_core::domain::normalise::{decimal, join_with};
use insurup_core::domain::{Date, Money};
use insurup_core::json::Value;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/format.js")]
extern "C" {
    #[wasm_bindgen(js_name = currency)]
    fn write_currency(language: &str, amount: &str, code: &str, digits: u32) -> String;
    #[wasm_bindgen(js_name = clock)]
    fn write_clock(language: &str, milliseconds: f64) -> String;
    #[wasm_bindgen(js_name = moment)]
    fn write_moment(milliseconds: f64) -> String;
}

/// `₺18.450,00`
pub(crate) fn money(language: &str, money: Money) -> String {
    currency(language, money.minor(), money.currency().code(), 2)
}

/// `₺5.000.000`: limits of cover are round, their kuruş would be noise.
pub(crate) fn limit(language: &str, minor: i64) -> String {
    currency(language, minor, "TRY", 0)
}

fn currency(language: &str, minor: i64, code: &str, digits: u32) -> String {
    // As a decimal text: exact for every amount, no division.
    let (whole, rest) = (minor / 100, (minor % 100).abs());
    let decimal = join_with("", &[&decimal(whole), ".", &decimal(rest / 10), &decimal(rest % 10)]);
    write_currency(language, &decimal, code, digits)
}

/// `21.11.2026`
pub(crate) fn date(_language: &str, date: Date) -> String {
    date.dotted()
}

/// `2026-11-21T11:35:00.000Z`, for programs.
pub(crate) fn moment(unix_ms: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are far below 2^53")]
    let milliseconds = unix_ms as f64;
    write_moment(milliseconds)
}

/// `14:35`, where the visitor is.
pub(crate) fn time(language: &str, unix_ms: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are far below 2^53")]
    let milliseconds = unix_ms as f64;
    write_clock(language, milliseconds)
}

/// The strings of a JavaScript list.
pub(crate) fn strings(list: &JsValue) -> Vec<String> {
    Value::from_js(list).items().iter().map(|item| item.as_text().unwrap_or_default().to_owned()).collect()
}

/// `4:05`, from seconds.
pub(crate) fn minutes(seconds: u64) -> String {
    join_with("", &[&decimal(seconds / 60), ":", &decimal(seconds % 60 / 10), &decimal(seconds % 10)])
}
