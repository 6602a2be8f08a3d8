//! What happens around every request to the API: it is remembered, allowed or not by its origin, and spoilt when a fault says so.

pub(crate) mod cors;
pub(crate) mod faults;
pub(crate) mod ledger;
pub(crate) mod record;
pub(crate) mod trace;
