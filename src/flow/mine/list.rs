//! The list of open offers and policies: asked for when the customer wants it, and never by itself.

use super::Aside;
use crate::domain::{PolicyId, ProductBranch, ProductState, ProposalId};
use crate::endpoint::mine::{ListMine, Mine, OwnPolicy, OwnProposal};
use crate::endpoint::policies::PolicyDocument;
use crate::endpoint::proposals::{Proposal, ReadProposal};
use crate::endpoint::{Answer, Call, DocumentUrl};
use crate::flow::Flow;
use crate::flow::event::{Attempt, Command, Event, Journal, Now};
use crate::flow::notice::Notice;
use crate::flow::offers::describe;
use crate::flow::state::{Sale, State};
use crate::flow::view::{Screen, Step, VehicleLabel, mine};
use crate::later::{Apart, later};
use crate::transport::Failure;

/// So many documents are asked for at a time; the others wait for their turn.
const AT_ONCE: usize = 2;

/// The list, and the place the customer came from.
#[cfg_attr(test, derive(Debug))]
pub(in crate::flow) struct List {
    below: State,
    pub(in crate::flow) mine: Option<Apart<Mine>>,
    pub(in crate::flow) asked: Option<Attempt>,
    /// The offers that are to be carried on with.
    resuming: Option<(Attempt, ProposalId)>,
    /// Offers of which the API says that they are no more.
    gone: Vec<ProposalId>,
    documents: Vec<(PolicyId, Document)>,
    notice: Option<Notice>,
}

/// Where fetching a document stands.
#[cfg_attr(test, derive(Debug))]
pub(in crate::flow) enum Document {
    Waiting,
    Asked(Attempt),
    There(DocumentUrl),
    Failed,
}

/// Opens the list, from where there is a way to it.
pub(in crate::flow) fn open(flow: &mut Flow, state: State, commands: &mut Vec<Command>) -> State {
    if !matches!(state, State::Vehicles(_) | State::Lookup(_) | State::Issued(..)) {
        return state;
    }
    let mut list =
        Box::new(List { below: state, mine: None, asked: None, resuming: None, gone: Vec::new(), documents: Vec::new(), notice: None });
    list.ask(flow, commands);
    State::Mine(list)
}

impl Aside for List {
    fn next(mut self: Box<Self>, flow: &mut Flow, event: Event, now: Now, commands: &mut Vec<Command>) -> State {
        // Reached through the table of methods, and not through `later`: so that tests see that an event leads here.
        later(());
        match event {
            Event::Back => return self.below,
            Event::Retry => {
                // Signing in once more is for what is below as well.
                if matches!(&self.below, State::Issued(_, issued) if issued.signed_out) {
                    self.below = flow.resume(self.below, now, commands);
                }
                self.ask(flow, commands);
            }
            Event::ResumeProposal(id) => self.resume(id, flow, commands),
            Event::ShowPolicyDocument(id) => self.show_document(id, flow, commands),
            Event::Answered(of, Err(Failure::SessionEnded)) if self.awaits(of) => {
                (self.asked, self.resuming) = (None, None);
                self.documents.retain(|(_, document)| matches!(document, Document::There(_)));
                return flow.sign_in_again(State::Mine(self), false, now, commands);
            }
            Event::Answered(of, outcome) if self.asked == Some(of) => self.listed(outcome),
            Event::Answered(of, outcome) if self.resuming.as_ref().is_some_and(|(attempt, _)| *attempt == of) => {
                return self.resumed(outcome, flow, now, commands);
            }
            Event::Answered(of, outcome) if self.awaits(of) => self.document_read(of, outcome, flow, commands),
            // What is below goes on, unseen: a policy's document is still awaited.
            event @ (Event::Answered(..) | Event::TimerFired(_) | Event::Shown) => self.below = flow.next(self.below, event, now, commands),
            _ => {}
        }
        State::Mine(self)
    }

    fn draw(&self) -> (Screen, Step, bool, Option<Notice>) {
        // Reached through the table of methods, and not through `later`: so that tests see that an event leads here.
        later(());
        let step = if matches!(self.below, State::Issued(..)) { Step::Policy } else { Step::Vehicle };
        (mine::draw(self), step, true, self.notice.clone())
    }

    #[cfg(test)]
    fn tell(&self) -> &dyn std::fmt::Debug {
        self
    }
}

impl List {
    fn awaits(&self, attempt: Attempt) -> bool {
        self.asked == Some(attempt)
            || self.resuming.as_ref().is_some_and(|(of, _)| *of == attempt)
            || self.documents.iter().any(|(_, document)| matches!(document, Document::Asked(of) if *of == attempt))
    }

    /// Asks for what is missing: all of it, or what could not be had.
    fn ask(&mut self, flow: &mut Flow, commands: &mut Vec<Command>) {
        let whole = self.mine.as_ref().is_some_and(|mine| mine.proposals.is_some() && mine.policies.is_some());
        if self.asked.is_none() && !whole {
            self.notice = None;
            self.asked = Some(flow.call(Call::ListMine(ListMine), commands));
        }
    }

    fn listed(&mut self, outcome: Result<Answer, Failure>) {
        self.asked = None;
        match outcome {
            Ok(Answer::ListMine(mine)) => self.mine = Some(mine),
            Ok(_) => self.notice = Some(Notice::Unexpected),
            Err(failure) => self.notice = Some(Notice::from(&failure)),
        }
    }

    /// Open offers: what was bought is among the policies.
    pub(in crate::flow) fn open_proposals(&self) -> impl Iterator<Item = &OwnProposal> {
        let all = self.mine.as_ref().and_then(|mine| mine.proposals.as_deref()).unwrap_or_default();
        all.iter().filter(|proposal| proposal.state != Some(ProductState::Purchased))
    }

    pub(in crate::flow) fn policies(&self) -> &[OwnPolicy] {
        self.mine.as_ref().and_then(|mine| mine.policies.as_deref()).unwrap_or_default()
    }

    pub(in crate::flow) fn is_gone(&self, proposal: &ProposalId) -> bool {
        self.gone.contains(proposal)
    }

    pub(in crate::flow) fn is_resuming(&self, proposal: &ProposalId) -> bool {
        self.resuming.as_ref().is_some_and(|(_, of)| of == proposal)
    }

    pub(in crate::flow) fn document(&self, policy: &PolicyId) -> Option<&Document> {
        self.documents.iter().find(|(of, _)| of == policy).map(|(_, document)| document)
    }

    /// Other insurances are not sold here.
    pub(in crate::flow) fn can_resume(&self, proposal: &OwnProposal) -> bool {
        proposal.branch == Some(ProductBranch::Kasko) && !self.is_gone(&proposal.id)
    }

    /// Whether the offers are still there is asked first: the list may be old, and whoever can't go on stays here.
    fn resume(&mut self, id: ProposalId, flow: &mut Flow, commands: &mut Vec<Command>) {
        let possible = self.open_proposals().any(|proposal| proposal.id == id && self.can_resume(proposal));
        if possible && self.resuming.is_none() {
            self.notice = None;
            let attempt = flow.call(Call::ReadProposal(ReadProposal { proposal: id.clone() }), commands);
            self.resuming = Some((attempt, id));
        }
    }

    fn resumed(mut self: Box<Self>, outcome: Result<Answer, Failure>, flow: &mut Flow, now: Now, commands: &mut Vec<Command>) -> State {
        let Some((_, id)) = self.resuming.take() else { return State::Mine(self) };
        match outcome {
            Ok(Answer::ReadProposal(read)) => return self.carry_on(id, read, flow, now, commands),
            Ok(_) => self.notice = Some(Notice::Unexpected),
            Err(Failure::Refused(problem)) if matches!(problem.status, 404 | 410) => self.gone.push(id),
            Err(failure) => self.notice = Some(Notice::from(&failure)),
        }
        State::Mine(self)
    }

    /// To the offers; or, where one of them is bought or being bought, to what became of that: no second one is bought beside it.
    fn carry_on(&self, id: ProposalId, read: Proposal, flow: &mut Flow, now: Now, commands: &mut Vec<Command>) -> State {
        let label = self.open_proposals().find(|proposal| proposal.id == id).map(|proposal| {
            if let Some(vehicle) = &proposal.vehicle {
                // Choosing the same vehicle later comes back to these offers.
                flow.made.proposal = Some((vehicle.clone(), id.clone()));
            }
            Box::new(vehicle_label(&proposal.insured))
        });
        let is_bought = |state: &ProductState| matches!(state, ProductState::Purchasing | ProductState::Purchased);
        if let Some(product) = read.products.iter().find(|product| is_bought(&product.state)) {
            // With which plan nobody says; where there is one only, it is that.
            let plan = if let [premium] = product.premiums[..] { premium.instalments } else { 0 };
            let journal = Journal { proposal: id, product: product.id.clone(), instalments: plan, failed_before: false };
            return flow.resume_check(&journal, now, commands);
        }
        let mut sale = Box::new(Sale::new(id, label));
        sale.absorb(read);
        flow.collect(sale, now, commands)
    }

    fn show_document(&mut self, id: PolicyId, flow: &mut Flow, commands: &mut Vec<Command>) {
        let is_listed = self.policies().iter().any(|policy| policy.id == id);
        if !is_listed || !matches!(self.document(&id), None | Some(Document::Failed)) {
            return;
        }
        self.documents.retain(|(of, _)| *of != id);
        self.documents.push((id, Document::Waiting));
        self.send(flow, commands);
    }

    fn send(&mut self, flow: &mut Flow, commands: &mut Vec<Command>) {
        let mut under_way = self.documents.iter().filter(|(_, document)| matches!(document, Document::Asked(_))).count();
        for (policy, document) in &mut self.documents {
            if under_way < AT_ONCE && matches!(document, Document::Waiting) {
                under_way += 1;
                *document = Document::Asked(flow.call(Call::PolicyDocument(PolicyDocument { policy: policy.clone() }), commands));
            }
        }
    }

    fn document_read(&mut self, of: Attempt, outcome: Result<Answer, Failure>, flow: &mut Flow, commands: &mut Vec<Command>) {
        for (_, document) in &mut self.documents {
            if matches!(document, Document::Asked(attempt) if *attempt == of) {
                *document = if let Ok(Answer::PolicyDocument(url)) = outcome { Document::There(url) } else { Document::Failed };
                break;
            }
        }
        self.send(flow, commands);
    }
}

pub(in crate::flow) fn vehicle_label(insured: &crate::endpoint::mine::Insured) -> VehicleLabel {
    // The province of a vehicle without a plate is no plate to be shown.
    let plate = insured.plate.clone().filter(|plate| plate.code().is_some());
    VehicleLabel { plate, text: describe(insured.brand.as_deref(), insured.model.as_deref(), insured.year) }
}
