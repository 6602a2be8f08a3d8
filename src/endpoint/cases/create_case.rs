//! `POST cases:new-sale-opportunity`

use crate::{
    domain::{AgentBranchId, CaseId, Channel, CustomerId, ProductBranch},
    endpoint::{Access, Endpoint, Method, Safety, Wire},
    json::{DecodeError, Value},
};

/// Tells the agency that a customer is interested. Once per sale, after the code and before the vehicle; never in the way of
/// the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateCase {
    /// Who is interested.
    pub customer: CustomerId,
    /// In what.
    pub branch: ProductBranch,
    /// Where the customer is.
    pub channel: Channel,
    /// The agency's branch, as at sign-in.
    pub agent_branch: Option<AgentBranchId>,
}

impl Endpoint for CreateCase {
    type Response = CaseId;
    const NAME: &'static str = "create_case";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Once;

    fn path(&self) -> String {
        "cases:new-sale-opportunity".to_owned()
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        let mut body = Value::of("customerId", self.customer.as_str());
        body.put("assetType", Value::Null);
        body.put("assetId", Value::Null);
        body.put("productBranch", self.branch.as_str());
        body.put("channel", wire.channel(self.channel));
        body.put_some("agentBranchId", self.agent_branch.as_ref().map(AgentBranchId::as_str));
        Some(body)
    }

    /// A bare string, or `{ id }`.
    fn decode(body: &Value) -> Result<CaseId, DecodeError> {
        let id = body.text().or_else(|| body.any_of(&["id", "caseId"]).text());
        id.and_then(CaseId::new).ok_or(DecodeError { path: "id" })
    }
}
