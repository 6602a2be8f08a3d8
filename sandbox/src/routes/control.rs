//! The sandbox's own controls under `/__sandbox/`: look inside, move the clock, break things, start over.

pub(crate) mod cases;
pub(crate) mod clock;
pub(crate) mod faults;
pub(crate) mod ledger;
pub(crate) mod phone;
pub(crate) mod prices;
pub(crate) mod reset;
pub(crate) mod scenarios;
pub(crate) mod settings;
pub(crate) mod sms;
pub(crate) mod summary;
