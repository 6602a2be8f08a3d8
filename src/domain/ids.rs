//! Identifiers the API hands out. No two kinds can be exchanged, and none is looked into.

use std::{fmt, sync::Arc};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        ///
        /// Opaque: 1 to 128 characters, none of which could change the meaning of a path.
        #[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(Arc<str>);

        // Out of line: counting is a dozen instructions, and ids are copied in two hundred places.
        impl Clone for $name {
            #[inline(never)]
            fn clone(&self) -> Self {
                Self(Arc::clone(&self.0))
            }
        }

        impl $name {
            /// Takes an identifier, if it could be one.
            pub fn new(id: impl Into<String>) -> Option<Self> {
                checked(id.into()).map(Self)
            }

            /// The identifier as the API wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A customer; a GUID.
    CustomerId
    /// A customer's vehicle; a GUID.
    VehicleId
    /// A sale opportunity in the agency's CRM.
    CaseId
    /// A proposal: one question to all insurers.
    ProposalId
    /// One insurer's answer within a proposal (`proposalProductId` on the wire); not the insurer's catalogue product.
    ProductId
    /// A product in an insurer's catalogue (`productId` on the wire); the same in every proposal.
    CatalogueId
    /// A policy.
    PolicyId
    /// A cover package of the agency; comes from the configuration.
    CoverageGroupId
    /// An insurance company; a small number on the wire.
    InsurerId
    /// The agency that sells; comes from the configuration.
    AgentId
    /// A branch of the agency; comes from the configuration.
    AgentBranchId
    /// A vehicle brand in the API's list.
    BrandRef
    /// A vehicle model in the API's list.
    ModelRef
}

fn checked(id: String) -> Option<Arc<str>> {
    is_id(&id).then(|| id.into())
}

/// Whether this could be an identifier of any kind.
#[must_use]
pub fn is_id(id: &str) -> bool {
    let fits = (1..=128).contains(&id.chars().count()) && !id.chars().any(|c| c.is_control() || matches!(c, '/' | '?' | '#'));
    // A lone dot or two would be a path of its own after a browser has tidied the address.
    fits && id != "." && id != ".."
}

impl CoverageGroupId {
    /// Whether an identifier has the form of the current API's, 24 hexadecimal digits. The guides show small numbers.
    #[must_use]
    pub fn is_object_id(id: &str) -> bool {
        id.len() == 24 && is_hexadecimal(id, &[])
    }
}

impl AgentId {
    /// Whether an identifier has the form of the current API's, a GUID. The guides show `AGENT-001`.
    #[must_use]
    pub fn is_guid(id: &str) -> bool {
        id.len() == 36 && is_hexadecimal(id, &[8, 13, 18, 23])
    }
}

fn is_hexadecimal(id: &str, dashes: &[usize]) -> bool {
    id.bytes().enumerate().all(|(place, byte)| if dashes.contains(&place) { byte == b'-' } else { byte.is_ascii_hexdigit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_opaque_text_and_nothing_that_bends_a_path() {
        for id in ["1", "CASE-SO-1", "68f0c0ffee0123456789abcd", "3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90", "a b%ş", "..."] {
            assert_eq!(ProposalId::new(id).unwrap().as_str(), id);
        }
        assert!(ProposalId::new("ş".repeat(128)).is_some());
        for id in ["", "a/b", "a?b", "a#b", "a\nb", "a\u{0}", "\u{85}", ".", "..", &"a".repeat(129)] {
            assert!(ProposalId::new(id).is_none(), "{id}");
        }
    }

    #[test]
    fn knows_the_current_forms() {
        assert!(CoverageGroupId::is_object_id("68f0c0ffee0123456789abCD"));
        assert!(!CoverageGroupId::is_object_id("123"));
        assert!(!CoverageGroupId::is_object_id("68f0c0ffee0123456789abcg"));
        assert!(AgentId::is_guid("3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8A90"));
        for id in [
            "AGENT-001",
            "3f2a1b6c9d4e4f7a8b210c5d6e7f8a90",
            "3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a9g",
            "3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a9-",
        ] {
            assert!(!AgentId::is_guid(id));
        }
    }
}
