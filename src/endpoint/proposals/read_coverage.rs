//! `GET proposals/{id}/products/{id}/coverage`

use super::{product::coverage, product_path};
use crate::{
    domain::{CoverageValue, ProductId, ProposalId},
    endpoint::{Access, Endpoint, Method, Safety},
    json::{DecodeError, Value},
};

/// Asks what an offer covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadCoverage {
    /// Of which proposal.
    pub proposal: ProposalId,
    /// Of which offer.
    pub product: ProductId,
}

impl Endpoint for ReadCoverage {
    /// Covers by the name the wire gives them; names are added by every release, so show unknown ones as they are.
    type Response = Vec<(String, CoverageValue)>;
    const NAME: &'static str = "read_coverage";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        product_path(&self.proposal, &self.product, "/coverage")
    }

    fn decode(body: &Value) -> Result<Self::Response, DecodeError> {
        Ok(coverage(body.field("coverage")))
    }
}
