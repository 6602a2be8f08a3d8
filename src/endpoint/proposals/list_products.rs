//! `GET proposals/{id}/products`

use super::{Product, product::products};
use crate::domain::normalise::join;
use crate::{
    domain::ProposalId,
    endpoint::{
        Access, Endpoint, Method, Safety,
        wire::{encoded, list},
    },
    json::{DecodeError, Value},
};

/// Asks for the offers of a proposal, where [`ReadProposal`](super::ReadProposal) leaves them out. Only the guides have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListProducts {
    /// Which proposal.
    pub proposal: ProposalId,
}

impl Endpoint for ListProducts {
    type Response = Vec<Product>;
    const NAME: &'static str = "list_products";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        join("proposals/", &encoded(self.proposal.as_str()), "/products")
    }

    fn decode(body: &Value) -> Result<Vec<Product>, DecodeError> {
        Ok(products(list(body, "products")?))
    }
}
