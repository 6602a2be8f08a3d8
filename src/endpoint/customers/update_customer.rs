//! `PUT customers/{id}`

use crate::domain::normalise::join;
use std::fmt;

use crate::{
    domain::{AgentBranchId, CustomerId, Date, Email, MobilePhone},
    endpoint::{Access, Endpoint, Identity, Method, Safety, Wire, wire::encoded},
    json::{DecodeError, Value},
};

/// Completes or changes what the API knows of the customer. A server may blank what is left out: send back what was read.
#[derive(Clone, PartialEq, Eq)]
pub struct UpdateCustomer {
    /// Who.
    pub customer: CustomerId,
    /// What identifies them; decides which kind of customer this is.
    pub identity: Identity,
    /// Name, or a company's title.
    pub name: Option<String>,
    /// Birth date of a person.
    pub birth_date: Option<Date>,
    /// Where policies go.
    pub email: Option<Email>,
    /// Where codes go.
    pub phone: Option<MobilePhone>,
    /// City, as one of the API's references.
    pub city: Option<String>,
    /// District, as one of the API's references.
    pub district: Option<String>,
    /// The agency's branch, as at sign-in.
    pub agent_branch: Option<AgentBranchId>,
    /// What was read beside all this, by the API's names.
    pub others: Vec<(&'static str, String)>,
}

impl Endpoint for UpdateCustomer {
    type Response = ();
    const NAME: &'static str = "update_customer";
    const METHOD: Method = Method::Put;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Idempotent;

    fn path(&self) -> String {
        join("customers/", &encoded(self.customer.as_str()), "")
    }

    /// The same in both forms: the one sample of the guides lacks half the members.
    fn body(&self, _wire: Wire) -> Option<Value> {
        let mut body = Value::of("$type", self.identity.kind(Wire::Current));
        body.put("id", self.customer.as_str());
        let (number, name) = match &self.identity {
            Identity::Individual(_) | Identity::Foreign(_) => ("identityNumber", "fullName"),
            Identity::Company(_) => ("taxNumber", "title"),
        };
        body.put(number, self.identity.as_str());
        body.put_some(name, self.name.as_deref());
        body.put_some("birthDate", self.birth_date.map(Date::iso));
        body.put_some("primaryEmail", self.email.as_ref().map(Email::as_str));
        body.put_some("primaryPhoneNumber", self.phone.as_ref().map(|phone| Wire::Current.phone(phone)));
        body.put_some("cityReference", self.city.as_deref());
        body.put_some("districtReference", self.district.as_deref());
        body.put_some("agentBranchId", self.agent_branch.as_ref().map(AgentBranchId::as_str));
        for (name, value) in &self.others {
            body.put(name, value.as_str());
        }
        Some(body)
    }

    /// Nothing, or the customer: who wants to know asks [`Me`](super::Me).
    fn decode(_body: &Value) -> Result<(), DecodeError> {
        Ok(())
    }
}

/// The id and the kind: the rest is personal.
impl fmt::Debug for UpdateCustomer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateCustomer").field("customer", &self.customer).field("identity", &self.identity).finish_non_exhaustive()
    }
}
