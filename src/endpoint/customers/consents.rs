//! `GET customers/{id}/consents`, `DELETE customers/{id}/consents/{type}`

use crate::domain::normalise::join;
use crate::{
    domain::{ConsentType, CustomerId},
    endpoint::{
        Access, Endpoint, Method, Safety,
        wire::{encoded, readable},
    },
    json::{DecodeError, Value},
};

/// Asks what the customer has agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadConsents {
    /// Who.
    pub customer: CustomerId,
}

/// Takes a consent back. Taking it back twice is the same as once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokeConsent {
    /// Who takes it back.
    pub customer: CustomerId,
    /// Which.
    pub consent: ConsentType,
}

fn path(customer: &CustomerId) -> String {
    join("customers/", &encoded(customer.as_str()), "/consents")
}

impl Endpoint for ReadConsents {
    /// Those in force.
    type Response = Vec<ConsentType>;
    const NAME: &'static str = "read_consents";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        path(&self.customer)
    }

    fn decode(body: &Value) -> Result<Vec<ConsentType>, DecodeError> {
        let Value::List(consents) = body.field("consents") else { return Err(DecodeError { path: "consents" }) };
        Ok(readable(consents, |consent| {
            let is_active = consent.field("isActive").as_bool() == Some(true);
            consent.field("consentType").as_text().filter(|_| is_active).map(ConsentType::parse)
        }))
    }
}

impl Endpoint for RevokeConsent {
    type Response = ();
    const NAME: &'static str = "revoke_consent";
    const METHOD: Method = Method::Delete;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Idempotent;

    fn path(&self) -> String {
        join(&path(&self.customer), "/", &encoded(self.consent.as_str()))
    }

    fn decode(_body: &Value) -> Result<(), DecodeError> {
        Ok(())
    }
}
