//! Buying an offer.

mod start_purchase;

pub use start_purchase::{Card, PaymentMethod, RedirectUrl, StartPurchase};
