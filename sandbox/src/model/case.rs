//! Sale opportunities: how the agency learns that somebody is about to buy.

use crate::clock::Millis;
use crate::model::enums::{AssetType, CaseMainState, CaseStatus, Channel, ProductBranch};
use crate::wire::Form;

/// One sale opportunity.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) id: String,
    /// `CASE-SO-000001`
    pub(crate) reference: String,
    pub(crate) customer_id: String,
    pub(crate) branch: ProductBranch,
    pub(crate) asset_type: Option<AssetType>,
    pub(crate) asset_id: Option<String>,
    pub(crate) channel: Channel,
    pub(crate) main_state: CaseMainState,
    pub(crate) created_at: Millis,
    pub(crate) proposal_ids: Vec<String>,
}

impl Case {
    /// The state's older name: today a case with a proposal is still `OPEN`, in the guides it is `IN_PROGRESS`.
    pub(crate) const fn status(&self, form: Form) -> CaseStatus {
        match (self.main_state, form) {
            (CaseMainState::Open, _) | (CaseMainState::InProgress, Form::Current) => CaseStatus::Open,
            (CaseMainState::InProgress, Form::Guide) => CaseStatus::InProgress,
            (CaseMainState::Success, Form::Current) => CaseStatus::Success,
            (CaseMainState::Success, Form::Guide) => CaseStatus::ClosedWon,
            (CaseMainState::Fail, Form::Current) => CaseStatus::Fail,
            (CaseMainState::Fail, Form::Guide) => CaseStatus::ClosedLost,
        }
    }
}

/// Links a new proposal to the customer's newest unfinished case of that branch, which is then in progress.
pub(crate) fn link_proposal(cases: &mut [Case], customer_id: &str, branch: ProductBranch, proposal_id: &str) {
    let unfinished = |case: &&mut Case| matches!(case.main_state, CaseMainState::Open | CaseMainState::InProgress);
    let own = cases.iter_mut().rev().filter(|case| case.customer_id == customer_id && case.branch == branch);
    if let Some(case) = own.into_iter().find(unfinished) {
        case.main_state = CaseMainState::InProgress;
        case.proposal_ids.push(proposal_id.to_owned());
    }
}

/// Closes the case of a proposal that became a policy.
pub(crate) fn close_won(cases: &mut [Case], proposal_id: &str) {
    for case in cases.iter_mut().filter(|case| case.proposal_ids.iter().any(|id| id == proposal_id)) {
        case.main_state = CaseMainState::Success;
    }
}
