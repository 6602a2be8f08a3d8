//! The invented market: brands and models, plates, insurers, coverage, prices.

pub(crate) mod brands;
pub(crate) mod coverage;
pub(crate) mod insurers;
pub(crate) mod plates;
pub(crate) mod prices;
