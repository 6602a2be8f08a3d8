//! `GET policies/{id}`

use crate::domain::normalise::join;
use crate::{
    domain::{Date, InsurerId, Money, PolicyId, PolicyState, ProductId, ProposalId, normalise::plain_text},
    endpoint::{
        Access, Endpoint, Method, Safety,
        wire::{date, encoded},
    },
    json::{DecodeError, Value},
};

/// Asks for a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadPolicy {
    /// Which.
    pub policy: PolicyId,
}

/// A policy, as little of it as the last screen needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Which.
    pub id: PolicyId,
    /// The insurer's number for it.
    pub number: Option<String>,
    /// Which insurer.
    pub insurer: Option<InsurerId>,
    /// The insurer's name; most answers leave it out.
    pub insurer_name: Option<String>,
    /// The proposal it came from.
    pub proposal: Option<ProposalId>,
    /// The offer it came from.
    pub product: Option<ProductId>,
    /// Whether it is in force.
    pub state: Option<PolicyState>,
    /// The price with taxes.
    pub gross: Option<Money>,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}

impl Endpoint for ReadPolicy {
    type Response = Policy;
    const NAME: &'static str = "read_policy";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        join("policies/", &encoded(self.policy.as_str()), "")
    }

    fn decode(body: &Value) -> Result<Policy, DecodeError> {
        let name = |value: &Value| value.text().map(|text| plain_text(&text, 128)).filter(|text| !text.is_empty());
        Ok(Policy {
            id: body.any_of(&["id", "policyId"]).text().and_then(PolicyId::new).ok_or(DecodeError { path: "id" })?,
            number: name(body.any_of(&["insuranceCompanyPolicyNumber", "policyNumber"])),
            insurer: body.field("insuranceCompanyId").text().and_then(InsurerId::new),
            insurer_name: name(body.field("insuranceCompanyName")),
            proposal: body.field("proposalId").text().and_then(ProposalId::new),
            product: body.field("proposalProductId").text().and_then(ProductId::new),
            state: body.any_of(&["state", "status"]).as_text().map(PolicyState::parse),
            gross: Money::from_wire(body.any_of(&["grossPremium", "gross"]), body.field("currency")),
            start: date(body.field("startDate")),
            end: date(body.field("endDate")),
        })
    }
}
