//! Asking all insurers for offers, and reading what they answer.

mod compare_offers;
mod create_proposal;
mod information_form;
mod list_products;
mod offer_document;
mod product;
mod read_coverage;
mod read_premium;
mod read_product;
mod read_proposal;
mod retry_product;
mod send_document;

pub use compare_offers::CompareOffers;
pub use create_proposal::{CreateProposal, Relatives, Subject};
pub use information_form::InformationForm;
pub use list_products::ListProducts;
pub use offer_document::OfferDocument;
pub use product::{Premium, Product};
pub use read_coverage::ReadCoverage;
pub use read_premium::{PremiumReference, ReadPremium};
pub use read_product::ReadProduct;
pub use read_proposal::{Proposal, ReadProposal};
pub use retry_product::RetryProduct;
pub use send_document::{ProductDocument, SendProductDocument};

use super::wire::encoded;
use crate::domain::normalise::join_with;
use crate::domain::{ProductId, ProposalId};

/// `proposals/{id}/products/{id}/…`, where everything about one offer is.
pub(super) fn product_path(proposal: &ProposalId, product: &ProductId, rest: &str) -> String {
    join_with("", &["proposals/", &encoded(proposal.as_str()), "/products/", &encoded(product.as_str()), rest])
}
