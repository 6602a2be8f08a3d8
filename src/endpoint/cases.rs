//! Sale opportunities in the agency's CRM.

mod create_case;
mod open_cases;

pub use create_case::CreateCase;
pub use open_cases::{OpenCase, OpenCases};
