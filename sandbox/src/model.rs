//! What the sandbox knows: people, vehicles, cases, proposals, payments, policies. No HTTP here.

pub(crate) mod attempt;
pub(crate) mod case;
pub(crate) mod challenge;
pub(crate) mod customer;
pub(crate) mod enums;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod product;
pub(crate) mod property;
pub(crate) mod proposal;
pub(crate) mod relationship;
pub(crate) mod session;
pub(crate) mod vehicle;
