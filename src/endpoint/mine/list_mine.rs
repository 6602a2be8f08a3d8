//! `POST graphql`, query `Mine`

mod lists;

use crate::{
    domain::{Date, Plate, PolicyId, PolicyState, ProductBranch, ProductState, ProposalId, VehicleId},
    endpoint::{Access, Endpoint, Method, Safety, Wire},
    json::{DecodeError, Value},
    later::{Apart, later},
};

/// So many of each kind are asked for: the newest.
pub(crate) const LONGEST: usize = 50;

/// Asks for the customer's own proposals and policies, the newest first.
///
/// Whose they are is said by the token alone. Names of fields are one form's or the other's; in the answer both are called the same, by
/// the names that the query gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListMine;

/// What the customer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    /// Questions to insurers, whatever became of them; nothing where the list could not be had.
    pub proposals: Option<Vec<OwnProposal>>,
    /// Policies; nothing where the list could not be had.
    pub policies: Option<Vec<OwnPolicy>>,
}

/// A question to all insurers, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnProposal {
    /// Which.
    pub id: ProposalId,
    /// Which insurance.
    pub branch: Option<ProductBranch>,
    /// Where it stands.
    pub state: Option<ProductState>,
    /// When it was made.
    pub created: Option<Date>,
    /// The vehicle on file.
    pub vehicle: Option<VehicleId>,
    /// How many offers there are.
    pub offers: Option<u32>,
    /// The vehicle.
    pub insured: Insured,
}

/// A policy, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPolicy {
    /// Which.
    pub id: PolicyId,
    /// Which insurance.
    pub branch: Option<ProductBranch>,
    /// Whether it is in force.
    pub state: Option<PolicyState>,
    /// The insurer's name.
    pub insurer: Option<String>,
    /// The insurer's number.
    pub number: Option<String>,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// The vehicle.
    pub insured: Insured,
}

/// The vehicle that is insured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Insured {
    /// Nothing for a plate of an unusual shape, and for what is no vehicle.
    pub plate: Option<Plate>,
    /// The brand's name.
    pub brand: Option<String>,
    /// The model's name.
    pub model: Option<String>,
    /// The model year.
    pub year: Option<u16>,
}

impl Endpoint for ListMine {
    type Response = Apart<Mine>;
    const NAME: &'static str = "list_mine";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        "graphql".to_owned()
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        later(lists::body as fn(_) -> _)(wire)
    }

    fn decode(body: &Value) -> Result<Apart<Mine>, DecodeError> {
        later(lists::decode as fn(&_) -> _)(body)
    }
}
