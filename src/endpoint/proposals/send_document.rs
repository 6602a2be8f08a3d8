//! `POST proposals/{id}/products/{id}/document/send` and `…/information-form-document/send`

use super::product_path;
use crate::{
    domain::{CustomerId, ProductId, ProposalId},
    endpoint::{Access, Communication, Endpoint, Method, Safety, Wire},
    json::{DecodeError, Value},
};

/// One of the two documents of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductDocument {
    /// The offer itself.
    Offer,
    /// The information form the law wants the customer to see before buying.
    InformationForm,
}

/// Has a document of an offer sent to the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendProductDocument {
    /// Of which proposal.
    pub proposal: ProposalId,
    /// Of which offer.
    pub product: ProductId,
    /// Which document.
    pub document: ProductDocument,
    /// To whom.
    pub customer: CustomerId,
    /// Where to.
    pub communication: Communication,
}

impl Endpoint for SendProductDocument {
    type Response = ();
    const NAME: &'static str = "send_product_document";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Once;

    fn path(&self) -> String {
        let rest = match self.document {
            ProductDocument::Offer => "/document/send",
            ProductDocument::InformationForm => "/information-form-document/send",
        };
        product_path(&self.proposal, &self.product, rest)
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        let mut body = Value::of("proposalId", self.proposal.as_str());
        body.put("proposalProductId", self.product.as_str());
        self.communication.put(&mut body, &self.customer, wire);
        Some(body)
    }

    fn decode(_body: &Value) -> Result<(), DecodeError> {
        Ok(())
    }
}
