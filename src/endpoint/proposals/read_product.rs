//! `GET proposals/{id}/products/{id}`

use super::{Product, product::product, product_path};
use crate::{
    domain::{ProductId, ProposalId},
    endpoint::{Access, Endpoint, Method, Safety},
    json::{DecodeError, Value},
};

/// Asks for one offer. Only the guides have it; [`ReadProposal`](super::ReadProposal) has all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadProduct {
    /// Of which proposal.
    pub proposal: ProposalId,
    /// Which offer.
    pub product: ProductId,
}

impl Endpoint for ReadProduct {
    type Response = Product;
    const NAME: &'static str = "read_product";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        product_path(&self.proposal, &self.product, "")
    }

    fn decode(body: &Value) -> Result<Product, DecodeError> {
        product(body).ok_or(DecodeError { path: "id" })
    }
}
