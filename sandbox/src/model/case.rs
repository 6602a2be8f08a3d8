//! Sale opportunities: how the agency learns that somebody is about to buy.

use crate::clock::Millis;
use crate::model::enums::{AssetType, CaseMainState, CaseStatus, CaseSubState, Channel, ProductBranch};
use crate::model::proposal::Proposal;
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
    /// Where the agency's people have put it, which counts for more than what the sale is doing.
    pub(crate) put: Option<CaseSubState>,
    pub(crate) created_at: Millis,
    pub(crate) updated_at: Millis,
    pub(crate) proposal_ids: Vec<String>,
}

impl Case {
    /// Where exactly the case stands, as its newest proposal has it.
    pub(crate) fn sub_state(&self, proposals: &[Proposal], now: Millis) -> CaseSubState {
        let newest = self.proposal_ids.last().and_then(|id| proposals.iter().find(|proposal| proposal.id == *id));
        match (self.put, self.main_state, newest.map(|proposal| proposal.state(now))) {
            (Some(put), ..) => put,
            (None, CaseMainState::Success, _) => CaseSubState::SuccessCompleted,
            (None, CaseMainState::Fail, _) => CaseSubState::FailNoResponse,
            (None, CaseMainState::Open, _) | (None, CaseMainState::InProgress, None) => CaseSubState::OpenInitial,
            (None, CaseMainState::InProgress, Some("PURCHASING" | "PURCHASED")) => CaseSubState::InProgressAwaitingApproval,
            (None, CaseMainState::InProgress, Some("ACTIVE")) => CaseSubState::InProgressProposalPrepared,
            // Somebody has to call: no insurer wants the customer.
            (None, CaseMainState::InProgress, Some("FAILED")) => CaseSubState::InProgressToBeRecontacted,
            (None, CaseMainState::InProgress, Some(_)) => CaseSubState::InProgressUnderAnalysis,
        }
    }

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
/// Gives the case's id.
pub(crate) fn link_proposal(
    cases: &mut [Case],
    (customer_id, branch): (&str, ProductBranch),
    proposal_id: &str,
    now: Millis,
) -> Option<String> {
    let unfinished = |case: &&mut Case| matches!(case.main_state, CaseMainState::Open | CaseMainState::InProgress);
    let own = cases.iter_mut().rev().filter(|case| case.customer_id == customer_id && case.branch == branch);
    let case = own.into_iter().find(unfinished)?;
    case.main_state = CaseMainState::InProgress;
    case.put = None;
    case.updated_at = now;
    case.proposal_ids.push(proposal_id.to_owned());
    Some(case.id.clone())
}

/// Closes the case of a proposal that became a policy, and gives its id.
pub(crate) fn close_won(cases: &mut [Case], proposal_id: &str, now: Millis) -> Option<String> {
    let case = cases.iter_mut().find(|case| case.proposal_ids.iter().any(|id| id == proposal_id))?;
    case.main_state = CaseMainState::Success;
    case.put = None;
    case.updated_at = now;
    Some(case.id.clone())
}
