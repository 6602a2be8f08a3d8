//! Lists to describe an address from.

mod cities;

pub use cities::Cities;
