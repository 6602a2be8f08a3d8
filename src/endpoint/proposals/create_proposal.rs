//! `POST proposals`

use crate::domain::normalise::whole;
use crate::{
    domain::{AgentBranchId, Channel, CoverageGroupId, CustomerId, ProductBranch, ProposalId, VehicleId},
    endpoint::{Access, Endpoint, Method, Safety, Wire},
    json::{DecodeError, Value},
};

/// Asks all insurers for offers. Each insurer is asked for real, so it is never repeated by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateProposal<S = VehicleId> {
    /// What kind of insurance.
    pub branch: ProductBranch,
    /// Who takes the policy out and pays.
    pub insurer_customer: CustomerId,
    /// Who is insured; usually the same.
    pub insured_customer: CustomerId,
    /// What is insured.
    pub subject: S,
    /// One to three cover packages; none leaves the choice to the server.
    pub coverage_groups: Vec<CoverageGroupId>,
    /// Where the customer is.
    pub channel: Channel,
    /// The agency's branch, as at sign-in.
    pub agent_branch: Option<AgentBranchId>,
}

/// What is insured, besides the insured customer.
pub trait Subject {
    /// Puts the member that says so.
    fn put(&self, body: &mut Value);
}

/// A vehicle: kasko, trafik, imm.
impl Subject for VehicleId {
    fn put(&self, body: &mut Value) {
        body.put("vehicleId", self.as_str());
    }
}

/// No thing, but up to four relatives whose health is insured with the customer's: tss. Height and weight of each are saved before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relatives(pub Vec<CustomerId>);

impl Subject for Relatives {
    fn put(&self, body: &mut Value) {
        if !self.0.is_empty() {
            let relatives: Vec<Value> = self.0.iter().map(|relative| relative.as_str().into()).collect();
            body.put("additionalInsuredCustomers", relatives);
        }
    }
}

impl<S: Subject> Endpoint for CreateProposal<S> {
    type Response = ProposalId;
    const NAME: &'static str = "create_proposal";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Once;

    fn path(&self) -> String {
        "proposals".to_owned()
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        let kind = match (wire, &self.branch) {
            (Wire::Guide, ProductBranch::Trafik) => "traffic".to_owned(),
            (_, branch) => branch.as_str().to_ascii_lowercase(),
        };
        let mut body = Value::of(wire.tag(), kind);
        let (insurer, channel) = match wire {
            Wire::Current => {
                body.put("productBranch", self.branch.as_str());
                ("insurerCustomerId", wire.channel(self.channel))
            }
            // In lower case here only, and only this one.
            Wire::Guide if self.channel == Channel::Website => ("customerId", "website"),
            Wire::Guide => ("customerId", wire.channel(self.channel)),
        };
        body.put(insurer, self.insurer_customer.as_str());
        body.put("insuredCustomerId", self.insured_customer.as_str());
        self.subject.put(&mut body);
        body.put("coverageGroupIds", self.coverage_groups(wire));
        body.put("channel", channel);
        body.put_some("agentBranchId", self.agent_branch.as_ref().map(AgentBranchId::as_str));
        Some(body)
    }

    fn decode(body: &Value) -> Result<ProposalId, DecodeError> {
        let id = body.text().or_else(|| body.any_of(&["proposalId", "id"]).text());
        id.and_then(ProposalId::new).ok_or(DecodeError { path: "proposalId" })
    }
}

impl<S> CreateProposal<S> {
    /// Strings; the guides have numbers.
    fn coverage_groups(&self, wire: Wire) -> Value {
        let group = |id: &CoverageGroupId| match (wire, whole(id.as_str())) {
            (Wire::Guide, Some(number)) => number.into(),
            _ => id.as_str().into(),
        };
        let groups: Vec<Value> = self.coverage_groups.iter().map(group).collect();
        if groups.is_empty() { Value::Null } else { groups.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_relatives_that_are_insured_too_and_no_vehicle_then() {
        let customer = || CustomerId::new("c1").unwrap();
        let ask = CreateProposal {
            branch: ProductBranch::Tss,
            insurer_customer: customer(),
            insured_customer: customer(),
            subject: Relatives(vec![CustomerId::new("c2").unwrap(), CustomerId::new("c3").unwrap()]),
            coverage_groups: Vec::new(),
            channel: Channel::Website,
            agent_branch: None,
        };
        let body = ask.body(Wire::Current).unwrap();
        let named: Vec<_> = body.field("additionalInsuredCustomers").items().iter().filter_map(Value::as_text).collect();
        assert_eq!(named, ["c2", "c3"]);
        assert!(body.field("vehicleId").is_null());
    }
}
