//! `POST proposals/{id}/products/{id}/purchase/async`

use std::fmt;

use crate::{
    domain::{
        ProductId, ProposalId, Tckn,
        card::{CardNumber, Cvc, Expiry, Holder},
    },
    endpoint::{Access, Endpoint, Method, Safety, Wire, proposals::product_path},
    json::{DecodeError, Value},
};

/// Starts a purchase; the customer then pays on another page. Sent at most once per confirmed attempt, whatever comes back.
#[derive(Debug)]
pub struct StartPurchase {
    /// Of which proposal.
    pub proposal: ProposalId,
    /// Which offer.
    pub product: ProductId,
    /// Which of its plans.
    pub instalments: u8,
    /// Where the customer comes back to. What the address then carries proves nothing.
    pub callback_url: String,
    /// How it is paid.
    pub method: PaymentMethod,
}

/// How an offer is paid.
#[derive(Debug)]
pub enum PaymentMethod {
    /// On the insurer's own page; no card data passes through here.
    InsuranceCompanyRedirect,
    /// By card, confirmed on the bank's page.
    ThreeDSecure(Box<dyn CardBody>),
    /// By card through a payment provider of the agency's, for insurers that have no page of their own.
    ThirdPartyThreeDSecure(Box<dyn CardBody>),
}

/// A card, as far as a purchase knows one. A program that never makes one (the widget) has none of a card's code in it.
pub trait CardBody: fmt::Debug {
    /// What the body of the one request says of it.
    fn value(&self) -> Value;
}

/// A card, for the one request that pays with it. Nothing of it is ever kept, shown again or written to a log.
#[derive(Debug)]
pub struct Card {
    /// The number.
    pub number: CardNumber,
    /// The name on it.
    pub holder: Holder,
    /// Until when it is good.
    pub expiry: Expiry,
    /// The security code.
    pub cvc: Cvc,
    /// Identity number of the holder, where an insurer wants it.
    pub holder_identity: Option<Tckn>,
    /// The year is sent with two digits instead of four: some servers read only that.
    pub short_year: bool,
}

impl CardBody for Card {
    fn value(&self) -> Value {
        let year = self.expiry.year();
        // EXPOSE: this is the request that pays.
        let mut card = Value::of("number", self.number.expose());
        card.put("cvc", self.cvc.expose());
        card.put("expiryMonth", self.expiry.month());
        card.put("expiryYear", if self.short_year { &year[2..] } else { &year });
        card.put("holderName", self.holder.expose());
        card.put("identityNumber", self.holder_identity.as_ref().map(Tckn::as_str));
        card
    }
}

/// Where the customer is to be sent, as the API gave it: not checked yet, so not to be opened yet, and not for logs.
#[derive(Clone, PartialEq, Eq)]
pub struct RedirectUrl(String);

impl RedirectUrl {
    /// The address as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Endpoint for StartPurchase {
    type Response = RedirectUrl;
    const NAME: &'static str = "start_purchase";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Purchase;

    fn path(&self) -> String {
        product_path(&self.proposal, &self.product, "/purchase/async")
    }

    /// The same in both forms: the guide for vehicles already has `$type` here.
    fn body(&self, _wire: Wire) -> Option<Value> {
        let (method, card) = match &self.method {
            PaymentMethod::InsuranceCompanyRedirect => ("insurance-company-redirect", None),
            PaymentMethod::ThreeDSecure(card) => ("3d-secure", Some(card)),
            PaymentMethod::ThirdPartyThreeDSecure(card) => ("third-party-3d-secure", Some(card)),
        };
        let mut body = Value::of("$type", method);
        body.put("proposalId", self.proposal.as_str());
        body.put("proposalProductId", self.product.as_str());
        body.put("installmentNumber", i64::from(self.instalments));
        body.put("callbackUrl", self.callback_url.as_str());
        body.put_some("card", card.map(|card| card.value()));
        Some(body)
    }

    /// `{ redirectUrl }`; other names and nestings that a site of the vendor accepts are accepted too.
    fn decode(body: &Value) -> Result<RedirectUrl, DecodeError> {
        const NAMES: [&str; 4] = ["redirectUrl", "paymentUrl", "threeDSecureUrl", "url"];
        let places = [body, body.field("data"), body.field("result")];
        let url = places.iter().find_map(|place| place.as_text().or_else(|| place.any_of(&NAMES).as_text()));
        url.filter(|url| !url.is_empty()).map(|url| RedirectUrl(url.to_owned())).ok_or(DecodeError { path: "redirectUrl" })
    }
}

impl fmt::Debug for RedirectUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedirectUrl(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_the_addresses_other_names() {
        #[track_caller]
        fn check(body: &str, expected: Option<&str>) {
            let url = StartPurchase::decode(&serde_json::from_str(body).unwrap());
            assert_eq!(url.as_ref().ok().map(RedirectUrl::as_str), expected);
        }
        check(r#"{"redirectUrl": "https://a/"}"#, Some("https://a/"));
        check(r#"{"redirectURL": "https://a/"}"#, Some("https://a/"));
        check(r#"{"redirectUrl": null, "paymentURL": "https://a/"}"#, Some("https://a/"));
        check(r#"{"data": {"threeDSecureUrl": "https://a/"}}"#, Some("https://a/"));
        check(r#"{"result": {"url": "https://a/"}}"#, Some("https://a/"));
        check(r#"{"data": "https://a/"}"#, Some("https://a/"));
        check(r#""https://a/""#, Some("https://a/"));
        check(r#"{"redirectUrl": ""}"#, None);
        check(r#"{"policyId": "p"}"#, None);
        check("null", None);
    }
}
