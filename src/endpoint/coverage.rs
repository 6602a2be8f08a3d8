//! What insurers let a customer choose about covers.

mod coverage_choices;

pub use coverage_choices::{CoverageChoices, InsurerChoices};
