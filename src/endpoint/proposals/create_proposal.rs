//! `POST proposals`

use crate::{
    domain::{AgentBranchId, CoverageGroupId, CustomerId, ProductBranch, ProposalId, VehicleId},
    endpoint::{Access, Endpoint, Method, Safety, Wire},
    json::{DecodeError, Value},
};

/// Asks all insurers for offers on a vehicle. Each insurer is asked for real, so it is never repeated by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateProposal {
    /// A branch that insures vehicles.
    pub branch: ProductBranch,
    /// Who takes the policy out and pays.
    pub insurer_customer: CustomerId,
    /// Who is insured; usually the same.
    pub insured_customer: CustomerId,
    /// What is insured.
    pub vehicle: VehicleId,
    /// One to three cover packages; none leaves the choice to the server.
    pub coverage_groups: Vec<CoverageGroupId>,
    /// The agency's branch, as at sign-in.
    pub agent_branch: Option<AgentBranchId>,
}

impl Endpoint for CreateProposal {
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
                ("insurerCustomerId", "WEBSITE")
            }
            Wire::Guide => ("customerId", "website"),
        };
        body.put(insurer, self.insurer_customer.as_str());
        body.put("insuredCustomerId", self.insured_customer.as_str());
        body.put("vehicleId", self.vehicle.as_str());
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

impl CreateProposal {
    /// Strings; the guides have numbers.
    fn coverage_groups(&self, wire: Wire) -> Value {
        let group = |id: &CoverageGroupId| match (wire, id.as_str().parse::<i64>()) {
            (Wire::Guide, Ok(number)) => number.into(),
            _ => id.as_str().into(),
        };
        let groups: Vec<Value> = self.coverage_groups.iter().map(group).collect();
        if groups.is_empty() { Value::Null } else { groups.into() }
    }
}
