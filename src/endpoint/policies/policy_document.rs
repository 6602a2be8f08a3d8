//! `GET policies/{id}/document`

use crate::domain::normalise::join;
use crate::{
    domain::PolicyId,
    endpoint::{Access, DocumentUrl, Endpoint, Method, Safety, wire::encoded},
    json::{DecodeError, Value},
};

/// Asks for a link to the policy. (An older server answers with the PDF itself; the transport sees that by its type.)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDocument {
    /// Which.
    pub policy: PolicyId,
}

impl Endpoint for PolicyDocument {
    type Response = DocumentUrl;
    const NAME: &'static str = "policy_document";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        join("policies/", &encoded(self.policy.as_str()), "/document")
    }

    fn decode(body: &Value) -> Result<DocumentUrl, DecodeError> {
        DocumentUrl::decode(body)
    }
}
