//! Sale opportunities.

pub(crate) mod linked;
pub(crate) mod new_sale_opportunity;
