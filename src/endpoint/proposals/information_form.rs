//! `GET proposals/{id}/products/{id}/information-form-document`

use super::product_path;
use crate::{
    domain::{ProductId, ProposalId},
    endpoint::{Access, DocumentUrl, Endpoint, Method, Safety},
    json::{DecodeError, Value},
};

/// Asks for a link to the information form the law wants the customer to see before buying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InformationForm {
    /// Of which proposal.
    pub proposal: ProposalId,
    /// Of which offer.
    pub product: ProductId,
}

impl Endpoint for InformationForm {
    type Response = DocumentUrl;
    const NAME: &'static str = "information_form";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        product_path(&self.proposal, &self.product, "/information-form-document")
    }

    fn decode(body: &Value) -> Result<DocumentUrl, DecodeError> {
        DocumentUrl::decode(body)
    }
}
