//! Policies that were bought.

mod policy_document;
mod read_policy;
mod send_policy;

pub use policy_document::PolicyDocument;
pub use read_policy::{Policy, ReadPolicy};
pub use send_policy::SendPolicy;
