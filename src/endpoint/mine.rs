//! What a customer has with the agency already.

mod list_mine;

pub use list_mine::{Insured, ListMine, Mine, OwnPolicy, OwnProposal};

pub(crate) use list_mine::LONGEST;
