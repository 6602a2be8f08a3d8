//! Who a customer is, towards the API.

use std::fmt;

use super::Wire;
use crate::domain::{ForeignId, Tckn, Vkn};

/// What identifies a customer; decides which of the three kinds it is.
#[derive(Clone, PartialEq, Eq)]
pub enum Identity {
    /// A citizen, or a foreigner with a number of the registry who is treated like one.
    Individual(Tckn),
    /// A foreigner.
    Foreign(ForeignId),
    /// A company.
    Company(Vkn),
}

impl Identity {
    /// The number, as text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Individual(number) => number.as_str(),
            Self::Foreign(number) => number.as_str(),
            Self::Company(number) => number.as_str(),
        }
    }

    /// The discriminator of every body about a customer.
    pub(super) fn kind(&self, wire: Wire) -> &'static str {
        match (self, wire) {
            (Self::Individual(_), _) => "individual",
            (Self::Foreign(_), _) => "foreign",
            (Self::Company(_), Wire::Current) => "company",
            (Self::Company(_), Wire::Guide) => "corporate",
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(***)", self.kind(Wire::Current))
    }
}
