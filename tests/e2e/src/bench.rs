//! Figures of the delivered files in a real browser, none of them a gate: speed is no test. `make bench` runs them, one after the other.
//!
//! Each visit has a tab of its own, which is a process of its own, and an empty cache. What is compared takes turns, so that what else the
//! machine does meets all alike.

mod figures;
mod first_field;
mod interactions;
mod many_offers;
mod visit;
