//! The customer's vehicles, and the register they are looked up in.

pub(crate) mod create;
pub(crate) mod external_lookup;
pub(crate) mod list;
mod plate;
pub(crate) mod show;
