//! Single offers, looked at closely: asking an insurer again, what an offer covers, its documents, comparing it with others, asking to be
//! called about it.
//!
//! What is asked about an offer runs beside the sale and is kept by offer, so that no screen asks for it twice and none waits for another.

use super::Flow;
use super::config::Display;
use super::event::{Attempt, Command, Event, Now};
use super::notice::Notice;
use super::state::{Poll, Sale, State};
use super::view::{Action, Reason};
use crate::domain::{CoverageValue, ProductId, ProductState, ProductType, ProposalId};
use crate::endpoint::proposals::{InformationForm, OfferDocument, Product, ReadCoverage, RetryProduct};
use crate::endpoint::{Answer, Call, DocumentUrl};
use crate::transport::Failure;

/// So many questions about single offers are under way at a time; the others wait for their turn.
const AT_ONCE: usize = 2;
/// So many offers can be compared, as they stand side by side.
pub(super) const MOST_MARKED: usize = 3;
/// One offer alone is no comparison.
pub(super) const LEAST_MARKED: usize = 2;

/// What covers are called on the wire, and what an offer says about each.
pub(super) type Covers = Vec<(String, CoverageValue)>;

/// What is shown in place of the list.
#[derive(Debug)]
pub(super) enum Detail {
    /// What one offer covers.
    Coverages(ProductId),
    /// The marked offers side by side.
    Comparison,
    /// The agency will call about this one.
    Called(ProductId),
}

/// What can be asked about an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// Its insurer is asked once more.
    Again,
    Coverage,
    Offer,
    Information,
}

#[derive(Debug)]
struct Question {
    proposal: ProposalId,
    product: ProductId,
    ask: Ask,
}

/// What is known about single offers, and what is being asked.
#[derive(Debug, Default)]
pub(super) struct Details {
    waiting: Vec<Question>,
    under_way: Vec<(Attempt, Question)>,
    coverage: Vec<(ProductId, Covers)>,
    documents: Vec<(ProductId, Ask, DocumentUrl)>,
    /// Asked again with success; the list has not been read since.
    again: Vec<ProductId>,
    failed: Vec<(ProductId, Ask)>,
    /// Why what was last asked from the list could not be had.
    pub(super) notice: Option<Notice>,
}

impl Details {
    pub(super) fn awaits(&self, attempt: Attempt) -> bool {
        self.under_way.iter().any(|(of, _)| *of == attempt)
    }

    fn questions(&self) -> impl Iterator<Item = &Question> {
        self.under_way.iter().map(|(_, question)| question).chain(&self.waiting)
    }

    pub(super) fn is_asking(&self, product: &ProductId, ask: Ask) -> bool {
        self.questions().any(|question| question.ask == ask && question.product == *product)
    }

    /// Whether an insurer's last answer counts no more.
    pub(super) fn is_asked_again(&self, product: &ProductId) -> bool {
        self.again.contains(product) || self.is_asking(product, Ask::Again)
    }

    /// Whether some insurer is being asked again just now.
    pub(super) fn asks_again(&self) -> bool {
        self.questions().any(|question| question.ask == Ask::Again)
    }

    /// The list was read: what it says about those who were asked again is news.
    pub(super) fn list_read(&mut self) {
        // While others are being asked, the read may have been under way before.
        if !self.asks_again() {
            self.again.clear();
        }
    }

    pub(super) fn has_failed(&self, product: &ProductId, ask: Ask) -> bool {
        self.failed.iter().any(|(of, what)| *what == ask && of == product)
    }

    pub(super) fn document(&self, product: &ProductId, ask: Ask) -> Option<&DocumentUrl> {
        self.documents.iter().find(|(of, what, _)| *what == ask && of == product).map(|(_, _, url)| url)
    }

    /// What the offer covers; as long as that was not read by itself, what the list says.
    pub(super) fn coverage<'a>(&'a self, product: &'a Product) -> &'a [(String, CoverageValue)] {
        self.coverage.iter().find(|(of, _)| *of == product.id).map_or(&product.coverage, |(_, covers)| covers)
    }

    fn is_known(&self, product: &ProductId, ask: Ask) -> bool {
        match ask {
            Ask::Again => self.again.contains(product),
            Ask::Coverage => self.coverage.iter().any(|(of, _)| of == product),
            Ask::Offer | Ask::Information => self.document(product, ask).is_some(),
        }
    }

    /// What was known of an offer that is asked for again belongs to no offer any more.
    fn forget(&mut self, product: &ProductId) {
        self.coverage.retain(|(of, _)| of != product);
        self.documents.retain(|(of, ..)| of != product);
    }
}

impl Flow {
    /// What the customer does with single offers, on the list.
    pub(super) fn next_of_list(
        &mut self,
        mut sale: Box<Sale>,
        poll: Box<Poll>,
        event: Event,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        match event {
            Event::RetryOffer(product) => {
                if sale.product(&product).is_some_and(|product| self.may_ask_again(product)) {
                    self.ask(&sale, &product, Ask::Again, commands);
                }
            }
            Event::RetryOffers => {
                let failed: Vec<_> =
                    sale.products.iter().filter(|product| self.may_ask_again(product)).map(|product| product.id.clone()).collect();
                if failed.is_empty() {
                    return self.collect(sale, now, commands);
                }
                for product in &failed {
                    self.ask(&sale, product, Ask::Again, commands);
                }
            }
            Event::ShowDocument(product) => {
                if self.has_price(&sale, &product) {
                    self.ask(&sale, &product, Ask::Offer, commands);
                }
            }
            Event::MarkOffer { product, marked } => self.mark(&mut sale, product, marked),
            Event::Arrange(arrangement) => sale.arrangement = arrangement,
            Event::ShowCoverages(product) => return self.open_detail(sale, poll, Detail::Coverages(product), commands),
            Event::CompareOffers => return self.open_detail(sale, poll, Detail::Comparison, commands),
            Event::RequestCall(product) => {
                if let Some(Action::Call(reason)) = self.call_me(&sale, &product) {
                    // Once: the agency knows.
                    if !sale.called.contains(&product) {
                        let insurer = sale.product(&product).map(|product| product.insurer.clone());
                        commands.extend(insurer.map(|insurer| Command::CallRequested(product.clone(), insurer, reason)));
                        sale.called.push(product.clone());
                    }
                    return self.open_detail(sale, poll, Detail::Called(product), commands);
                }
            }
            _ => {}
        }
        State::Offers(sale, poll)
    }

    /// What happens while something stands in place of the list. Offers go on coming in.
    pub(super) fn next_detail(
        &mut self,
        mut sale: Box<Sale>,
        poll: Box<Poll>,
        detail: Detail,
        event: Event,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        let state = match event {
            Event::Back => return State::Offers(sale, poll),
            Event::Retry => {
                self.ask_for(&sale, &detail, commands);
                State::Offers(sale, poll)
            }
            Event::MarkOffer { product, marked: false } => {
                self.mark(&mut sale, product, false);
                State::Offers(sale, poll)
            }
            Event::PickOffer(_) | Event::Answered(..) | Event::TimerFired(_) | Event::Shown => {
                self.next_offers(State::Offers(sale, poll), event, now, commands)
            }
            _ => State::Offers(sale, poll),
        };
        self.keep_detail(state, detail)
    }

    /// The same in place of the list again, as long as there is something to show.
    pub(super) fn keep_detail(&self, state: State, detail: Detail) -> State {
        match state {
            State::Offers(sale, poll) if self.can_show(&sale, &detail) => State::Detail(sale, poll, detail),
            state => state,
        }
    }

    /// Goes on in a detail that was left when the session ended.
    pub(super) fn resume_detail(&mut self, sale: Box<Sale>, detail: Detail, now: Now, commands: &mut Vec<Command>) -> State {
        self.ask_for(&sale, &detail, commands);
        let state = self.collect(sale, now, commands);
        self.keep_detail(state, detail)
    }

    fn open_detail(&mut self, mut sale: Box<Sale>, poll: Box<Poll>, detail: Detail, commands: &mut Vec<Command>) -> State {
        if !self.can_show(&sale, &detail) {
            return State::Offers(sale, poll);
        }
        (sale.notice, self.details.notice, sale.too_many) = (None, None, false);
        self.ask_for(&sale, &detail, commands);
        State::Detail(sale, poll, detail)
    }

    fn can_show(&self, sale: &Sale, detail: &Detail) -> bool {
        match detail {
            Detail::Coverages(product) => self.has_price(sale, product),
            Detail::Comparison => self.compared(sale).count() >= LEAST_MARKED,
            Detail::Called(product) => sale.product(product).is_some(),
        }
    }

    /// Asks for what a detail shows, as far as it is not there.
    fn ask_for(&mut self, sale: &Sale, detail: &Detail, commands: &mut Vec<Command>) {
        match detail {
            Detail::Coverages(product) => {
                for ask in [Ask::Coverage, Ask::Offer, Ask::Information] {
                    self.ask(sale, product, ask, commands);
                }
            }
            Detail::Comparison => {
                let compared: Vec<_> = self.compared(sale).map(|product| product.id.clone()).collect();
                for product in &compared {
                    self.ask(sale, product, Ask::Coverage, commands);
                }
            }
            Detail::Called(_) => {}
        }
    }

    /// The offers that are compared: those that are marked and still have a price.
    pub(super) fn compared<'a>(&'a self, sale: &'a Sale) -> impl Iterator<Item = &'a Product> {
        sale.marked.iter().filter(|product| self.has_price(sale, product)).filter_map(|product| sale.product(product))
    }

    fn has_price(&self, sale: &Sale, product: &ProductId) -> bool {
        sale.product(product).is_some_and(|product| self.price_shown(sale, product).is_some())
    }

    fn mark(&self, sale: &mut Sale, product: ProductId, marked: bool) {
        sale.marked.retain(|of| *of != product);
        sale.too_many = marked && self.compared(sale).count() >= MOST_MARKED;
        if marked && !sale.too_many && self.has_price(sale, &product) {
            sale.marked.push(product);
        }
    }

    /// An insurer is asked again only where it answered that there is no offer, and only over its web service: nobody waits for a robot.
    pub(super) fn may_ask_again(&self, product: &Product) -> bool {
        let failed = product.state == ProductState::Failed && product.kind == ProductType::WebService;
        failed && self.config.display(product) != Display::Hidden && !self.details.is_asked_again(&product.id)
    }

    /// The action of an offer about which the agency can be asked to call.
    fn call_me(&self, sale: &Sale, product: &ProductId) -> Option<Action> {
        let action = self.action(sale, sale.product(product)?);
        self.may_call_me(&action).then_some(action)
    }

    /// Whether the agency can be asked to call about it: without a case nobody there would learn of it, and what an insurer looks at is
    /// decided by nobody at the agency.
    pub(super) fn may_call_me(&self, action: &Action) -> bool {
        matches!(action, Action::Call(Reason::Robot | Reason::Offline | Reason::Hidden)) && matches!(self.case, super::CaseStep::Kept(_))
    }

    /// Asks something about an offer, unless it is known or being asked.
    fn ask(&mut self, sale: &Sale, product: &ProductId, ask: Ask, commands: &mut Vec<Command>) {
        let details = &mut self.details;
        if details.is_known(product, ask) || details.is_asking(product, ask) {
            return;
        }
        if ask == Ask::Again {
            details.forget(product);
        }
        details.notice = None;
        details.failed.retain(|(of, what)| *what != ask || of != product);
        details.waiting.push(Question { proposal: sale.proposal.clone(), product: product.clone(), ask });
        self.send_questions(commands);
    }

    fn send_questions(&mut self, commands: &mut Vec<Command>) {
        while self.details.under_way.len() < AT_ONCE && !self.details.waiting.is_empty() {
            let question = self.details.waiting.remove(0);
            let (proposal, product) = (question.proposal.clone(), question.product.clone());
            let call = match question.ask {
                Ask::Again => Call::RetryProduct(RetryProduct { proposal, product }),
                Ask::Coverage => Call::ReadCoverage(ReadCoverage { proposal, product }),
                Ask::Offer => Call::OfferDocument(OfferDocument { proposal, product }),
                Ask::Information => Call::InformationForm(InformationForm { proposal, product }),
            };
            let attempt = self.call(call, commands);
            self.details.under_way.push((attempt, question));
        }
    }

    /// A question about an offer was answered, wherever the customer is by now.
    pub(super) fn answered_detail(&mut self, attempt: Attempt, outcome: Result<Answer, Failure>, now: Now, commands: &mut Vec<Command>) {
        let Some(place) = self.details.under_way.iter().position(|(of, _)| *of == attempt) else { return };
        let (_, Question { product, ask, .. }) = self.details.under_way.remove(place);
        let details = &mut self.details;
        let on_list = matches!(self.state, State::Offers(..));
        match outcome {
            Ok(Answer::ReadCoverage(covers)) => details.coverage.push((product, covers)),
            Ok(Answer::OfferDocument(url) | Answer::InformationForm(url)) => details.documents.push((product, ask, url)),
            Ok(_) => details.again.push(product),
            Err(Failure::SessionEnded) => {
                details.waiting.clear();
                if matches!(self.state, State::Offers(..) | State::Detail(..)) {
                    let state = std::mem::replace(&mut self.state, State::Waiting);
                    self.state = self.sign_in_again(state, false, now, commands);
                }
                return;
            }
            Err(failure) => {
                details.failed.push((product, ask));
                if on_list {
                    details.notice = Some(Notice::from(&failure));
                }
            }
        }
        self.send_questions(commands);
        // Whatever an insurer's answer was, the list has it. It is read anew once all are asked: an older read, which may be under way,
        // knows nothing of it.
        if ask == Ask::Again && !self.details.asks_again() {
            self.state = match std::mem::replace(&mut self.state, State::Waiting) {
                State::Offers(sale, _) => self.collect(sale, now, commands),
                State::Detail(sale, _, detail) => {
                    let state = self.collect(sale, now, commands);
                    self.keep_detail(state, detail)
                }
                state => state,
            };
        }
    }
}
