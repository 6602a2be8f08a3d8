//! How long reading a large answer takes in a browser, beside the browser's own reading of the same text. Prints figures and judges none;
//! `make bench` runs it.
#![cfg(target_arch = "wasm32")]

use insurup_core::endpoint::{Endpoint, proposals::ReadProposal};
use insurup_core::json::Value;
use js_sys::{Date, JSON};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ROUNDS: usize = 15;

/// A proposal of one megabyte: the golden one with its first offer many times.
fn large() -> String {
    let golden = include_str!("golden/current/read_proposal.response.json");
    let value = Value::parse(golden).expect("golden JSON is valid");
    let offer = Value::to_text(&value.field("products").items()[0]);
    let offers = vec![offer.as_str(); 1_000_000 / offer.len() + 1].join(",");
    [r#"{"proposalId":"68f0c0ffee0123456789ad01","products":["#, &offers, "]}"].concat()
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let began = Date::now();
    work();
    Date::now() - began
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[wasm_bindgen_test]
#[ignore = "prints figures, judges none: `make bench`"]
fn reads_a_megabyte() {
    let text = large();
    let (mut alone, mut tree, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    let mut offers = 0;
    // In turn, so that what else the machine does meets all of them alike.
    for _ in 0..ROUNDS {
        alone.push(milliseconds(|| drop(JSON::parse(&text).expect("JSON"))));
        tree.push(milliseconds(|| drop(Value::parse(&text).expect("JSON"))));
        whole.push(milliseconds(|| {
            let value = Value::parse(&text).expect("JSON");
            offers = ReadProposal::decode(&value).expect("a proposal").products.len();
        }));
    }
    let (alone, tree, whole) = (median(alone), median(tree), median(whole));
    console_log!("{} bytes, {offers} offers, median of {ROUNDS} rounds in turn:", text.len());
    console_log!("  JSON.parse                {alone:>6.1} ms");
    console_log!("  our tree                  {tree:>6.1} ms   {:.1} times", tree / alone);
    console_log!("  our tree, and the offers  {whole:>6.1} ms   {:.1} times", whole / alone);
}
