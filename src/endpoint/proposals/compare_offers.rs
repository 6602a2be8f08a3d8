//! `POST proposals/{id}/products/compare-pdf`

use crate::domain::normalise::join;
use crate::{
    domain::{ProductId, ProposalId},
    endpoint::{Access, DocumentUrl, Endpoint, Method, Safety, Wire, wire::encoded},
    json::{DecodeError, Value},
};

/// Asks for a link to a document in which offers stand side by side. It changes nothing, so it may be repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareOffers {
    /// Of which proposal.
    pub proposal: ProposalId,
    /// Which offers, in this order.
    pub products: Vec<ProductId>,
}

impl Endpoint for CompareOffers {
    type Response = DocumentUrl;
    const NAME: &'static str = "compare_offers";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        join("proposals/", &encoded(self.proposal.as_str()), "/products/compare-pdf")
    }

    fn body(&self, _wire: Wire) -> Option<Value> {
        let products: Vec<Value> = self.products.iter().map(|product| product.as_str().into()).collect();
        let mut body = Value::of("proposalId", self.proposal.as_str());
        body.put("proposalProductIds", products);
        body.put("excludedCoverageFields", Vec::new());
        Some(body)
    }

    fn decode(body: &Value) -> Result<DocumentUrl, DecodeError> {
        DocumentUrl::decode(body)
    }
}
