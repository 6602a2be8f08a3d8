//! The signed-in customer.

mod consents;
mod give_consent;
mod health_info;
mod me;
mod update_customer;

pub use consents::{ReadConsents, RevokeConsent};
pub use give_consent::GiveConsent;
pub use health_info::{HealthInfo, ReadHealthInfo, SaveHealthInfo};
pub use me::{Customer, Me, OTHERS};
pub use update_customer::UpdateCustomer;
