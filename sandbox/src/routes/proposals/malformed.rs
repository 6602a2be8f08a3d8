//! Offers in shapes that no description allows, for clients that must survive them.

use serde_json::{Value, json};

/// Breaks the first few offers, each in another way. The others stay whole, and a good client goes on showing them.
pub(super) fn break_some(offers: &mut [Value]) {
    for (offer, damage) in offers.iter_mut().zip(DAMAGES) {
        damage(offer);
    }
}

const DAMAGES: [fn(&mut Value); 8] = [
    |offer| prices(offer, &json!("NaN")),
    |offer| prices(offer, &json!("1.234,56 TL")),
    |offer| prices(offer, &json!(-1e308)),
    |offer| offer["state"] = json!("QUANTUM"),
    |offer| {
        offer["insuranceCompanyName"] = json!("<img src=x onerror=alert(1)>\u{202e}\u{0}");
        offer["insuranceCompanyLogo"] = json!("javascript:alert(1)");
        offer["errorMessage"] = json!("<script>alert(1)</script>");
    },
    |offer| {
        offer["premiums"] = Value::Null;
        offer["supportedPaymentOptions"] = json!(["UNKNOWN", "BARTER", 7, null]);
        offer["optimalCoverage"] = json!([[[]]]);
    },
    |offer| {
        offer.as_object_mut().map(|offer| offer.remove("id"));
    },
    |offer| *offer = json!("an offer"),
];

fn prices(offer: &mut Value, price: &Value) {
    for plan in offer["premiums"].as_array_mut().into_iter().flatten() {
        plan["grossPremium"] = price.clone();
    }
}
