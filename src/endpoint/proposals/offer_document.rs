//! `GET proposals/{id}/products/{id}/document`

use super::product_path;
use crate::{
    domain::{ProductId, ProposalId},
    endpoint::{Access, DocumentUrl, Endpoint, Method, Safety},
    json::{DecodeError, Value},
};

/// Asks for a link to the insurer's offer as a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferDocument {
    /// Of which proposal.
    pub proposal: ProposalId,
    /// Of which offer.
    pub product: ProductId,
}

impl Endpoint for OfferDocument {
    type Response = DocumentUrl;
    const NAME: &'static str = "offer_document";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        product_path(&self.proposal, &self.product, "/document")
    }

    fn decode(body: &Value) -> Result<DocumentUrl, DecodeError> {
        DocumentUrl::decode(body)
    }
}
