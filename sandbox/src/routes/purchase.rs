//! Paying.

mod request;
pub(crate) mod start;
