//! An API that sells: answers every request of a sale, most of them with the golden answers.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::cell::Cell;

use super::fetch_stub::{Reply, Sent};

pub(crate) const BASE: &str = "https://api.example/api/";
pub(crate) const VEHICLE: &str = "7d1f0a2b-3c4d-4e5f-8a6b-9c0d1e2f3a4b";
pub(crate) const PROPOSAL: &str = "68f0c0ffee0123456789ad01";
pub(crate) const PRODUCT: &str = "68f0c0ffee0123456789ae01";
pub(crate) const POLICY: &str = "68f0c0ffee0123456789af01";

macro_rules! golden {
    ($name:literal) => {
        Reply::json(include_str!(concat!("../golden/current/", $name, ".response.json")))
    };
}

/// What of the API changes while somebody buys.
pub(crate) struct Api {
    pub(crate) has_case: Cell<bool>,
    /// Where the one offer stands.
    pub(crate) offer: Cell<&'static str>,
}

impl Default for Api {
    fn default() -> Self {
        Self { has_case: Cell::new(true), offer: Cell::new("ACTIVE") }
    }
}

impl Api {
    pub(crate) fn answer(&self, request: &Sent) -> Reply {
        let url = request.url();
        let path = url.strip_prefix(BASE).unwrap_or(&url);
        let method = request.method().unwrap_or_default();
        let of_product = path.strip_prefix(&format!("proposals/{PROPOSAL}/products/{PRODUCT}/")).unwrap_or_default();
        match (method.as_str(), path) {
            ("POST", "auth/customer/login-or-register") => golden!("sign_in"),
            ("POST", "auth/customer/verify-mfa") => golden!("verify_code"),
            ("POST", "auth/customer/refresh") => golden!("refresh"),
            ("GET", "customers/me") => golden!("me"),
            ("GET", "customers/me/vehicles") => golden!("list_vehicles"),
            ("GET", path) if path.ends_with("/consents") => Reply::json(r#"{"consents":[]}"#),
            ("POST", "graphql") if self.has_case.get() => golden!("open_cases"),
            // An answer takes its time: long enough for a second one to ask before the first one has created anything.
            ("POST", "graphql") => Reply::After(50, Box::new(Reply::json(r#"{"data":{"cases":{"items":[]}}}"#))),
            ("POST", "cases:new-sale-opportunity") => {
                self.has_case.set(true);
                golden!("create_case")
            }
            ("POST", "proposals") => golden!("create_proposal"),
            ("GET", path) if path == format!("proposals/{PROPOSAL}") => self.proposal(),
            ("GET", _) if of_product == "document" => golden!("offer_document"),
            ("GET", _) if of_product == "information-form-document" => golden!("information_form"),
            ("POST", _) if of_product == "purchase/async" => {
                self.offer.set("PURCHASING");
                golden!("start_purchase")
            }
            ("GET", path) if path == format!("policies/{POLICY}") => golden!("read_policy"),
            ("GET", path) if path == format!("policies/{POLICY}/document") => golden!("policy_document"),
            _ => panic!("nobody should ask for {method} {url}"),
        }
    }

    fn proposal(&self) -> Reply {
        let offer = self.offer.get();
        let policy = if offer == "PURCHASED" { format!(r#", "policyId": "{POLICY}""#) } else { String::new() };
        Reply::Json(
            200,
            format!(
                r#"{{"proposalId": "{PROPOSAL}", "state": "ACTIVE", "totalProductsCount": 1, "products": [{{
                    "id": "{PRODUCT}", "insuranceCompanyId": 12, "insuranceCompanyName": "Örnek Sigorta", "productName": "Kasko",
                    "productType": "WEB_SERVICE", "state": "{offer}"{policy},
                    "premiums": [{{"installmentNumber": 1, "grossPremium": 8500.55, "currency": "TURKISH_LIRA"}}],
                    "supportedPaymentOptions": ["ASYNC_INSURANCE_COMPANY_REDIRECT"]
                }}]}}"#
            ),
        )
    }
}
