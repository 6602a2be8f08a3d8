//! What the list of open offers and policies shows.

use super::{DocumentView, MineView, OwnPolicyView, OwnProposalView, ResumeView, Screen, VehicleLabel};
use crate::endpoint::mine::{Insured, LONGEST, OwnPolicy, OwnProposal};
use crate::flow::mine::list::{Document, List, vehicle_label};
use crate::later::Apart;

pub(in crate::flow) fn draw(list: &List) -> Screen {
    let mine = list.mine.as_ref();
    let lacks = |lacks: bool| mine.is_some() && list.asked.is_none() && lacks;
    let (proposals, policies) = (mine.and_then(|mine| mine.proposals.as_ref()), mine.and_then(|mine| mine.policies.as_ref()));
    Screen::Mine(Apart::new(MineView {
        busy: list.asked.is_some(),
        failed: mine.is_none() && list.asked.is_none(),
        proposals: list.open_proposals().map(|proposal| own_proposal(list, proposal)).collect(),
        policies: list.policies().iter().map(|policy| own_policy(list, policy)).collect(),
        proposals_failed: lacks(proposals.is_none()),
        policies_failed: lacks(policies.is_none()),
        more: proposals.is_some_and(|list| list.len() >= LONGEST) || policies.is_some_and(|list| list.len() >= LONGEST),
    }))
}

fn own_proposal(list: &List, proposal: &OwnProposal) -> OwnProposalView {
    OwnProposalView {
        id: proposal.id.clone(),
        branch: proposal.branch.clone(),
        state: proposal.state.clone(),
        vehicle: vehicle(&proposal.insured),
        offers: proposal.offers,
        created: proposal.created,
        resume: match () {
            () if list.is_gone(&proposal.id) => ResumeView::Gone,
            () if list.is_resuming(&proposal.id) => ResumeView::Busy,
            () if list.can_resume(proposal) => ResumeView::Possible,
            () => ResumeView::None,
        },
    }
}

fn own_policy(list: &List, policy: &OwnPolicy) -> OwnPolicyView {
    let document = list.document(&policy.id);
    OwnPolicyView {
        id: policy.id.clone(),
        branch: policy.branch.clone(),
        state: policy.state.clone(),
        insurer: policy.insurer.clone(),
        number: policy.number.clone(),
        vehicle: vehicle(&policy.insured),
        start: policy.start,
        end: policy.end,
        document: match document {
            Some(Document::Waiting | Document::Asked(_)) => DocumentView::Busy,
            Some(Document::There(url)) => DocumentView::There(url.as_str().to_owned()),
            Some(Document::Failed) | None => DocumentView::None,
        },
        document_failed: matches!(document, Some(Document::Failed)),
    }
}

/// What is known of it, if anything is.
fn vehicle(insured: &Insured) -> Option<VehicleLabel> {
    Some(vehicle_label(insured)).filter(|label| label.plate.is_some() || !label.text.is_empty())
}
