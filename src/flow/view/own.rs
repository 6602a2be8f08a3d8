//! What the page shows of what the customer has already.

use super::{DocumentView, VehicleLabel};
use crate::domain::{Date, PolicyId, PolicyState, ProductBranch, ProductState, ProposalId};

/// Open offers and policies, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct MineView {
    /// They are being asked for.
    pub busy: bool,
    /// They could not be had.
    pub failed: bool,
    /// Offers that nothing was bought of.
    pub proposals: Vec<OwnProposalView>,
    /// Policies.
    pub policies: Vec<OwnPolicyView>,
    /// The offers could not be had; the policies could.
    pub proposals_failed: bool,
    /// The policies could not be had; the offers could.
    pub policies_failed: bool,
    /// There may be older ones, which are not in the lists.
    pub more: bool,
}

/// Offers of one question to the insurers.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnProposalView {
    /// Names them.
    pub id: ProposalId,
    /// Which insurance.
    pub branch: Option<ProductBranch>,
    /// Where they stand.
    pub state: Option<ProductState>,
    /// What is to be insured.
    pub vehicle: Option<VehicleLabel>,
    /// How many there are.
    pub offers: Option<u32>,
    /// When they were asked for.
    pub created: Option<Date>,
    /// Whether the customer can carry on with them.
    pub resume: ResumeView,
}

/// Whether a customer can carry on with offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResumeView {
    /// Not here.
    None,
    /// Yes.
    Possible,
    /// They are being looked at.
    Busy,
    /// They are no longer open.
    Gone,
}

/// One policy.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnPolicyView {
    /// Names it.
    pub id: PolicyId,
    /// Which insurance.
    pub branch: Option<ProductBranch>,
    /// Whether it is in force.
    pub state: Option<PolicyState>,
    /// Who issued it.
    pub insurer: Option<String>,
    /// The insurer's number.
    pub number: Option<String>,
    /// What is insured.
    pub vehicle: Option<VehicleLabel>,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// The policy as a document.
    pub document: DocumentView,
    /// The document could not be had.
    pub document_failed: bool,
}
