//! `POST customers/{id}/consents`

use crate::domain::normalise::join;
use crate::{
    domain::{ConsentType, CustomerId},
    endpoint::{Access, Endpoint, Method, Safety, Wire, wire::encoded},
    json::{DecodeError, Value},
};

/// Records that the customer ticked a consent on this site. Giving it twice is the same as once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiveConsent {
    /// Who gives it.
    pub customer: CustomerId,
    /// To what.
    pub consent: ConsentType,
}

impl Endpoint for GiveConsent {
    type Response = ();
    const NAME: &'static str = "give_consent";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Idempotent;

    fn path(&self) -> String {
        join("customers/", &encoded(self.customer.as_str()), "/consents")
    }

    fn body(&self, _wire: Wire) -> Option<Value> {
        let mut body = Value::of("customerId", self.customer.as_str());
        body.put("consentType", self.consent.as_str());
        body.put("channel", "WEB");
        Some(body)
    }

    fn decode(_body: &Value) -> Result<(), DecodeError> {
        Ok(())
    }
}
