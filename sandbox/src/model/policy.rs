//! What a customer has bought.

use time::Date;

use crate::clock::Millis;

/// A policy.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    pub(crate) id: String,
    /// The insurer's number, as printed.
    pub(crate) number: String,
    pub(crate) proposal_id: String,
    pub(crate) product_id: String,
    pub(crate) customer_id: String,
    pub(crate) installment_number: u32,
    pub(crate) payment_type: &'static str,
    pub(crate) created_at: Millis,
    /// From when on there is a document.
    pub(crate) document_at: Millis,
    pub(crate) start: Date,
    pub(crate) end: Date,
}
