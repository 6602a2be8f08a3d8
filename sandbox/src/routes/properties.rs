//! The customer's homes, and the national address database.

pub(crate) mod address;
pub(crate) mod create;
pub(crate) mod list;
