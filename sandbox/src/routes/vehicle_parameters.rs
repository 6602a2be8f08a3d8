//! Lists to choose a vehicle from.

pub(crate) mod brands;
pub(crate) mod models;
