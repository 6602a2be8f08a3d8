//! Buying an offer.

mod start_purchase;

pub use start_purchase::{PaymentMethod, RedirectUrl, StartPurchase};
