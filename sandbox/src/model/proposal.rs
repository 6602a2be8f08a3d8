//! A request for offers, and the offers.

use time::Date;

use crate::catalogue::coverage::Group;
use crate::clock::Millis;
use crate::model::enums::{Channel, ProductBranch};
use crate::model::product::{Product, Subject};
use crate::scenarios::Chosen;

/// A request for offers.
#[derive(Debug, Clone)]
pub(crate) struct Proposal {
    pub(crate) id: String,
    pub(crate) branch: ProductBranch,
    pub(crate) customer_id: String,
    pub(crate) insured_id: String,
    pub(crate) vehicle_id: Option<String>,
    pub(crate) subject: Subject,
    pub(crate) groups: Vec<&'static Group>,
    pub(crate) channel: Channel,
    pub(crate) agent_branch_id: Option<String>,
    pub(crate) created_at: Millis,
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) products: Vec<Product>,
    /// The scenarios it was made in, which it keeps.
    pub(crate) chosen: Chosen,
}

impl Proposal {
    /// Brings every offer up to date: what has arrived, and payments that nobody finished.
    pub(crate) fn settle(&mut self, now: Millis) {
        for product in &mut self.products {
            product.settle(now);
        }
    }

    pub(crate) fn product(&self, id: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }

    pub(crate) fn product_mut(&mut self, id: &str) -> Option<&mut Product> {
        self.products.iter_mut().find(|product| product.id == id)
    }

    /// The proposal's own state: the furthest any of its offers has come.
    pub(crate) fn state(&self, now: Millis) -> &'static str {
        ["PURCHASED", "PURCHASING", "ACTIVE", "WAITING"]
            .into_iter()
            .find(|state| self.products.iter().any(|product| product.state(now) == *state))
            .unwrap_or("FAILED")
    }
}
