//! The signed-in customer.

mod give_consent;
mod me;

pub use give_consent::GiveConsent;
pub use me::{Customer, Me};
