//! `POST proposals/{id}/products/{id}/retry`

use super::product_path;
use crate::{
    domain::{ProductId, ProposalId},
    endpoint::{Access, Endpoint, Method, Safety, Wire},
    json::{DecodeError, Value},
};

/// Asks an insurer once more that failed to make an offer. The insurer is asked for real, so it is never repeated by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryProduct {
    /// Of which proposal.
    pub proposal: ProposalId,
    /// Which offer.
    pub product: ProductId,
}

impl Endpoint for RetryProduct {
    type Response = ();
    const NAME: &'static str = "retry_product";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Once;

    fn path(&self) -> String {
        product_path(&self.proposal, &self.product, "/retry")
    }

    fn body(&self, _wire: Wire) -> Option<Value> {
        let mut body = Value::of("proposalId", self.proposal.as_str());
        body.put("proposalProductId", self.product.as_str());
        Some(body)
    }

    fn decode(_body: &Value) -> Result<(), DecodeError> {
        Ok(())
    }
}
