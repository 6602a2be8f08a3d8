//! Sale opportunities.

pub(crate) mod new_sale_opportunity;
