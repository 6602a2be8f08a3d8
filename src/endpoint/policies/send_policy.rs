//! `POST policies/{id}/document/send`

use crate::domain::normalise::join;
use crate::{
    domain::{CustomerId, PolicyId},
    endpoint::{Access, Communication, Endpoint, Method, Safety, Wire, wire::encoded},
    json::{DecodeError, Value},
};

/// Has a policy sent to the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendPolicy {
    /// Which.
    pub policy: PolicyId,
    /// To whom.
    pub customer: CustomerId,
    /// Where to. A server of the guides' form takes no body and sends it where it always does.
    pub communication: Communication,
}

impl Endpoint for SendPolicy {
    type Response = ();
    const NAME: &'static str = "send_policy";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Once;

    fn path(&self) -> String {
        join("policies/", &encoded(self.policy.as_str()), "/document/send")
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        let mut body = Value::of("policyId", self.policy.as_str());
        self.communication.put(&mut body, &self.customer, wire);
        Some(body)
    }

    fn decode(_body: &Value) -> Result<(), DecodeError> {
        Ok(())
    }
}
