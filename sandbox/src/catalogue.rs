//! What can be insured, by whom and for how much: brands and models, plates, insurers, coverage, prices.

pub(crate) mod brands;
pub(crate) mod cities;
pub(crate) mod coverage;
pub(crate) mod insurers;
pub(crate) mod plates;
pub(crate) mod prices;
