//! `POST graphql`, query `OpenCases`

use crate::{
    domain::{CaseId, CaseStatus, CaseType, CustomerId, ProductBranch},
    endpoint::{Access, Endpoint, Method, Safety, Wire, wire::readable},
    json::{DecodeError, Value},
};

/// Asks for the customer's open sale opportunities of all branches.
///
/// The branch is not part of the question: one variable of a known type is enough, and the answer has to be looked through
/// anyway, because the guides' own sample returns cases of another branch than was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCases {
    /// Whose.
    pub customer: CustomerId,
}

/// A case of the agency's CRM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    /// Nothing where the answer leaves it out; it is not needed to decide.
    pub id: Option<CaseId>,
    /// The branch of insurance.
    pub branch: ProductBranch,
    /// What it is about.
    pub kind: CaseType,
    /// Where it stands.
    pub status: CaseStatus,
}

impl OpenCase {
    /// Whether this is an open sale of that branch, so that no second one is to be created.
    pub fn is_open_sale_of(&self, branch: &ProductBranch) -> bool {
        self.branch == *branch && self.kind == CaseType::SaleOpportunity && self.status == CaseStatus::Open
    }
}

impl Endpoint for OpenCases {
    type Response = Vec<OpenCase>;
    const NAME: &'static str = "open_cases";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        "graphql".to_owned()
    }

    fn body(&self, _wire: Wire) -> Option<Value> {
        let mut body = Value::of("query", include_str!("open_cases.graphql"));
        body.put("variables", Value::of("customerId", self.customer.as_str()));
        Some(body)
    }

    /// `totalCount` is neither asked for nor read: it counts more than the items.
    fn decode(body: &Value) -> Result<Vec<OpenCase>, DecodeError> {
        let Value::List(items) = body.at(&["data", "cases", "items"]) else {
            return Err(DecodeError { path: "data.cases.items" });
        };
        Ok(readable(items, open_case))
    }
}

fn open_case(value: &Value) -> Option<OpenCase> {
    Some(OpenCase {
        id: value.field("id").text().and_then(CaseId::new),
        branch: ProductBranch::parse(value.field("productBranch").as_text()?),
        kind: CaseType::parse(value.field("type").as_text()?),
        status: CaseStatus::parse(value.field("status").as_text()?),
    })
}
