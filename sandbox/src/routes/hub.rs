//! `/hubs/proposal-detail`: there, and closed to customers.

use crate::error::AppError;

/// The hub takes agency users only.
pub(crate) async fn refuse() -> AppError {
    AppError::unauthorized("HUB_AGENT_USER_ONLY", "The hub is open to agency users only.")
}
