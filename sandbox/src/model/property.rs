//! Homes that customers have saved.

use serde_json::Value;

/// A saved home.
#[derive(Debug, Clone)]
pub(crate) struct Property {
    pub(crate) id: String,
    pub(crate) customer_id: String,
    /// The number of the national address database (UAVT).
    pub(crate) number: u64,
    pub(crate) square_meter: u32,
    pub(crate) construction_year: u32,
    pub(crate) damage_status: &'static str,
    pub(crate) structure: &'static str,
    pub(crate) utilization_style: &'static str,
    pub(crate) ownership_type: &'static str,
    /// As it was written.
    pub(crate) floor: Value,
}
