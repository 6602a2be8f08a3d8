//! The customer's own record.

pub(crate) mod consents;
pub(crate) mod health_info;
pub(crate) mod me;
pub(crate) mod update;
