//! Paying: the part that must be right (decision 6, `security.md` 2.5).
//!
//! One confirmed press sends at most one purchase. Whatever comes back from it, and however the customer comes back from the
//! payment page, leads to the same question: what does the API say? Only its answer is ever shown as paid or not paid.

use super::Flow;
use super::config::SessionProfile;
use super::event::{Attempt, Command, Event, Journal, Lock, Now};
use super::mail::Mail;
use super::notice::Notice;
use super::payment_page::PaymentPage;
use super::state::{Check, Issued, Poll, Sale, State};
use super::view::PaymentTimes;
use crate::domain::{Money, ProductId, ProductState, ProposalId};
use crate::endpoint::proposals::{InformationForm, OfferDocument, ReadProposal};
use crate::endpoint::purchase::{PaymentMethod, StartPurchase};
use crate::endpoint::{Answer, Call, DocumentUrl};
use crate::later::later;
use crate::transport::Failure;

/// "Not bought" needs a product that could be bought for so long after the last sign of the payment.
const QUIET_MS: u64 = 60_000;
/// After so long without a result, asking stops until the customer asks again.
const GIVE_UP_MS: u64 = 15 * 60_000;
/// Waits between two looks at the result, in milliseconds; the last one repeats.
const LADDER_MS: [u32; 7] = [1_000, 2_000, 3_000, 5_000, 8_000, 13_000, 15_000];
/// So many payments that were not completed, and the next one waits (T-39).
const FAILURES: u8 = 3;
const COOL_DOWN_MS: u64 = 5 * 60_000;

/// What the customer decided to buy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) product: ProductId,
    pub(super) instalments: u8,
}

/// What is about to be bought, and what must be readable first.
#[derive(Debug)]
pub(super) struct Deal {
    pub(super) choice: Choice,
    pub(super) documents: Documents,
}

/// What must be readable before paying.
#[derive(Debug, Default)]
pub(super) struct Documents {
    pub(super) offer: Document,
    pub(super) information: Document,
    pub(super) unacknowledged: bool,
    /// Sending both by e-mail, and what of it is under way.
    pub(super) mail: Mail,
    pub(super) mailing: Vec<Attempt>,
}

/// One document.
#[derive(Debug, Default)]
pub(super) enum Document {
    #[default]
    Missing,
    Asked(Attempt),
    There(DocumentUrl),
}

/// One purchase that was sent.
#[derive(Debug)]
pub(super) struct Payment {
    pub(super) choice: Choice,
    pub(super) asking_since: u64,
    /// The last time anything said that the payment is under way.
    pub(super) evidence_at: u64,
    /// The API refused the purchase before doing anything; its words for the customer.
    pub(super) refused: Option<Option<String>>,
    /// The offer stood at "purchase failed" when this purchase was sent, and nothing else has been read since.
    pub(super) stale_failure: bool,
    pub(super) amount: Option<Money>,
    pub(super) opened: bool,
    pub(super) times: PaymentTimes,
}

/// A payment that the API says did not buy anything.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) choice: Choice,
    pub(super) reason: Option<String>,
    /// It never began.
    pub(super) not_started: bool,
    /// The same offer can be paid again …
    pub(super) retry: bool,
    /// … from this moment on.
    pub(super) retry_at: u64,
}

/// Payments of this page that were not completed.
#[derive(Debug, Default)]
pub(super) struct Failures {
    pub(super) in_a_row: u8,
    until: u64,
}

impl Documents {
    pub(super) fn ask(flow: &mut Flow, proposal: &ProposalId, product: &ProductId, commands: &mut Vec<Command>) -> Self {
        let offer = flow.call(Call::OfferDocument(OfferDocument { proposal: proposal.clone(), product: product.clone() }), commands);
        let information =
            flow.call(Call::InformationForm(InformationForm { proposal: proposal.clone(), product: product.clone() }), commands);
        let (offer, information) = (Document::Asked(offer), Document::Asked(information));
        Self { offer, information, unacknowledged: false, mail: Mail::Unsent, mailing: Vec::new() }
    }

    pub(super) fn awaits(&self, attempt: Attempt) -> bool {
        let asked = |document: &Document| matches!(document, Document::Asked(of) if *of == attempt);
        asked(&self.offer) || asked(&self.information) || self.mailing.contains(&attempt)
    }

    fn take(&mut self, attempt: Attempt, outcome: Result<Answer, Failure>) {
        if self.mailing.contains(&attempt) {
            self.mailing.retain(|of| *of != attempt);
            self.mail = match std::mem::take(&mut self.mail) {
                Mail::Sending(_, to) if outcome.is_ok() && self.mailing.is_empty() => Mail::Sent(to),
                sending @ Mail::Sending(..) if outcome.is_ok() => sending,
                _ => Mail::Failed,
            };
            return;
        }
        for document in [&mut self.offer, &mut self.information] {
            if matches!(document, Document::Asked(of) if *of == attempt) {
                *document = match outcome {
                    Ok(Answer::OfferDocument(url) | Answer::InformationForm(url)) => Document::There(url),
                    _ => Document::Missing,
                };
                return;
            }
        }
    }

    /// The information form is what the law wants read before paying.
    pub(super) fn may_pay(&self) -> bool {
        matches!(self.information, Document::There(_))
    }
}

impl Payment {
    /// A payment that an earlier page of this tab had sent.
    pub(super) fn resumed(journal: &Journal, now: Now) -> Box<Self> {
        let mut payment = Self::new(Choice { product: journal.product.clone(), instalments: journal.instalments }, None, now);
        (payment.opened, payment.times) = (true, PaymentTimes::default());
        payment.stale_failure = journal.failed_before;
        payment
    }

    fn new(choice: Choice, amount: Option<Money>, now: Now) -> Box<Self> {
        let times = PaymentTimes { sent_unix_ms: Some(now.unix_ms), ..PaymentTimes::default() };
        let (asking_since, evidence_at) = (now.ms, now.ms);
        Box::new(Self { choice, asking_since, evidence_at, refused: None, stale_failure: false, amount, opened: false, times })
    }
}

impl Flow {
    pub(super) fn next_purchase(&mut self, state: State, event: Event, now: Now, commands: &mut Vec<Command>) -> State {
        match (state, event) {
            (State::Review(sale, mut deal), Event::Answered(of, outcome)) if deal.documents.awaits(of) => {
                deal.documents.take(of, outcome);
                State::Review(sale, deal)
            }
            (State::PriceChanged(sale, mut deal, old), Event::Answered(of, outcome)) if deal.documents.awaits(of) => {
                deal.documents.take(of, outcome);
                State::PriceChanged(sale, deal, old)
            }
            (State::Review(sale, mut deal), Event::Retry) => {
                deal.documents = Documents::ask(self, &sale.proposal, &deal.choice.product, commands);
                State::Review(sale, deal)
            }
            (State::Review(sale, mut deal), Event::SendOffer(address)) if deal.documents.mailing.is_empty() => {
                later(Self::send_offer as fn(_, &Sale, &mut Deal, _, _))(self, &sale, &mut deal, address, commands);
                State::Review(sale, deal)
            }
            (State::Review(mut sale, mut deal), Event::ChooseInstalments(instalments)) => {
                let choice = &mut deal.choice;
                if sale.choose_plan(&choice.product, instalments) {
                    choice.instalments = instalments;
                }
                State::Review(sale, deal)
            }
            (State::Review(sale, deal), Event::Pay { acknowledged }) => self.confirm(sale, deal, acknowledged, now, commands),
            (State::PriceChanged(sale, deal, _), Event::Pay { .. }) => self.confirm(sale, deal, true, now, commands),
            (State::Review(sale, ..) | State::PriceChanged(sale, ..) | State::NotTaken(sale, _), Event::Back) => {
                self.collect(sale, now, commands)
            }
            (State::Confirming(sale, mut deal, attempt), Event::Answered(of, outcome)) if deal.documents.awaits(of) => {
                deal.documents.take(of, outcome);
                State::Confirming(sale, deal, attempt)
            }
            (State::Confirming(sale, deal, attempt), Event::Locked(of, true)) if of == attempt => {
                let attempt = self.call(Call::ReadProposal(ReadProposal { proposal: sale.proposal.clone() }), commands);
                State::Confirming(sale, deal, attempt)
            }
            (State::Confirming(mut sale, deal, attempt), Event::Locked(of, false)) if of == attempt => {
                sale.notice = Some(Notice::PaidElsewhere);
                State::Review(sale, deal)
            }
            (State::Confirming(sale, deal, attempt), Event::Answered(of, outcome)) if of == attempt => {
                self.confirmed(sale, deal, outcome, now, commands)
            }
            (State::Sending(sale, payment, attempt), Event::Answered(of, outcome)) if of == attempt => {
                self.sent(sale, payment, outcome, now, commands)
            }
            (State::PageReady(sale, mut payment, page), Event::PageOpened) => {
                payment.opened = true;
                payment.times.opened_unix_ms = Some(now.unix_ms);
                payment.evidence_at = now.ms;
                // In this very tab this page is about to go; where it does not, the link is still to be pressed.
                if self.config.session != SessionProfile::NewTab {
                    return State::PageReady(sale, payment, page);
                }
                self.check(sale, payment, Some(page), now, commands)
            }
            (State::PageReady(sale, payment, _), Event::Shown) if payment.opened => self.check(sale, payment, None, now, commands),
            (State::PageReady(sale, payment, _), Event::Returned | Event::CheckNow | Event::GaveUp) => {
                self.check(sale, payment, None, now, commands)
            }
            (State::Checking(sale, payment, check), event) => self.next_check(sale, payment, check, event, now, commands),
            (State::Unsettled(sale, payment), Event::CheckNow | Event::Returned | Event::Shown | Event::GaveUp) => {
                self.check(sale, payment, None, now, commands)
            }
            (State::NotTaken(sale, settled), Event::PayAgain) if settled.retry && now.ms >= settled.retry_at => {
                self.pay_again(sale, *settled, commands)
            }
            (State::Issued(sale, issued), event) => self.next_issued(sale, issued, event, now, commands),
            (state, _) => state,
        }
    }

    /// The press: no other tab may be buying this, and the price is read again, so that what is paid is what was shown.
    fn confirm(&mut self, mut sale: Box<Sale>, mut deal: Box<Deal>, acknowledged: bool, now: Now, commands: &mut Vec<Command>) -> State {
        deal.documents.unacknowledged = !acknowledged;
        if !acknowledged || !deal.documents.may_pay() {
            return State::Review(sale, deal);
        }
        // The time that several failures cost holds for every way to this press.
        let seconds = self.failures.until.saturating_sub(now.ms).div_ceil(1000);
        if seconds > 0 {
            sale.notice = Some(Notice::Rate(seconds));
            return State::Review(sale, deal);
        }
        sale.notice = None;
        let attempt = self.lock(Lock::Purchase(deal.choice.product.clone()), commands);
        State::Confirming(sale, deal, attempt)
    }

    fn confirmed(
        &mut self,
        mut sale: Box<Sale>,
        deal: Box<Deal>,
        outcome: Result<Answer, Failure>,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        let Ok(Answer::ReadProposal(proposal)) = outcome else {
            sale.notice = Some(outcome.as_ref().err().map_or(Notice::Unexpected, Notice::from));
            return State::Review(sale, deal);
        };
        let choice = &deal.choice;
        let shown = sale.product(&choice.product).and_then(|product| sale.plan(product));
        sale.absorb(proposal);
        sale.notice = None;
        // Bought already, or being bought, perhaps in another tab: the result is what matters, not another purchase.
        let state = sale.product(&choice.product).map(|product| &product.state);
        if matches!(state, Some(ProductState::Purchased | ProductState::Purchasing)) {
            let payment = Payment::new(deal.choice, shown.map(|(_, price)| price), now);
            return self.check(sale, payment, None, now, commands);
        }
        match (self.buyable(&sale, &choice.product), shown) {
            (Some((instalments, price)), Some((_, old))) if instalments == choice.instalments => {
                if price == old {
                    self.send(sale, deal.choice, price, now, commands)
                } else {
                    State::PriceChanged(sale, deal, old)
                }
            }
            _ => {
                sale.notice = Some(Notice::OfferGone);
                self.collect(sale, now, commands)
            }
        }
    }

    /// Sends the purchase. This is the only place that does, and each arrival here follows a press of the customer.
    fn send(&mut self, sale: Box<Sale>, choice: Choice, amount: Money, now: Now, commands: &mut Vec<Command>) -> State {
        let failed_before = sale.product(&choice.product).is_some_and(|product| product.state == ProductState::PurchaseFailed);
        let (proposal, product) = (sale.proposal.clone(), choice.product.clone());
        self.store_record(Journal { proposal, product, instalments: choice.instalments, failed_before }, commands);
        let call = StartPurchase {
            proposal: sale.proposal.clone(),
            product: choice.product.clone(),
            instalments: choice.instalments,
            callback_url: self.config.callback_url.clone(),
            method: PaymentMethod::InsuranceCompanyRedirect,
        };
        let attempt = self.call(Call::StartPurchase(call), commands);
        let mut payment = Payment::new(choice, Some(amount), now);
        payment.stale_failure = failed_before;
        State::Sending(sale, payment, attempt)
    }

    /// Anything but a usable address leads to the check: a server may have charged and then answered anything.
    fn sent(
        &mut self,
        sale: Box<Sale>,
        mut payment: Box<Payment>,
        outcome: Result<Answer, Failure>,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        payment.evidence_at = now.ms;
        match outcome {
            Ok(Answer::StartPurchase(url)) => {
                if let Some(page) = PaymentPage::checked(url.as_str(), self.config.local) {
                    return State::PageReady(sale, payment, page);
                }
            }
            Err(failure) if failure.is_clear_refusal() => {
                let said = if let Failure::Refused(problem) = failure { problem.detail } else { None };
                payment.refused = Some(said);
            }
            _ => {}
        }
        self.check(sale, payment, None, now, commands)
    }

    /// Asks for the result, now and then again.
    pub(super) fn check(
        &mut self,
        sale: Box<Sale>,
        mut payment: Box<Payment>,
        away: Option<Box<PaymentPage>>,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        if away.is_none() {
            // Until here the customer may have been about to pay.
            payment.evidence_at = payment.evidence_at.max(if payment.opened { now.ms } else { 0 });
        }
        payment.asking_since = now.ms;
        let check = Box::new(Check { pending: Attempt(0), reading: false, reads: 0, away });
        self.read_result(sale, payment, check, commands)
    }

    fn read_result(&mut self, sale: Box<Sale>, payment: Box<Payment>, mut check: Box<Check>, commands: &mut Vec<Command>) -> State {
        check.pending = self.call(Call::ReadProposal(ReadProposal { proposal: sale.proposal.clone() }), commands);
        check.reading = true;
        State::Checking(sale, payment, check)
    }

    fn next_check(
        &mut self,
        sale: Box<Sale>,
        payment: Box<Payment>,
        mut check: Box<Check>,
        event: Event,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        match event {
            Event::Answered(of, outcome) if check.pending == of => self.result_read(sale, payment, check, outcome, now, commands),
            Event::TimerFired(of) if check.pending == of && !check.reading => self.read_result(sale, payment, check, commands),
            Event::Shown if !check.reading => self.read_result(sale, payment, check, commands),
            Event::CheckNow | Event::GaveUp | Event::Returned if check.away.is_some() => self.check(sale, payment, None, now, commands),
            Event::CheckNow | Event::Returned if !check.reading => {
                check.reads = 0;
                self.read_result(sale, payment, check, commands)
            }
            _ => State::Checking(sale, payment, check),
        }
    }

    fn result_read(
        &mut self,
        mut sale: Box<Sale>,
        mut payment: Box<Payment>,
        mut check: Box<Check>,
        outcome: Result<Answer, Failure>,
        now: Now,
        commands: &mut Vec<Command>,
    ) -> State {
        check.reading = false;
        match outcome {
            Ok(Answer::ReadProposal(proposal)) => {
                sale.absorb(proposal);
                payment.times.last_read_unix_ms = Some(now.unix_ms);
                if let Some(state) = self.settle(&mut sale, &mut payment, &check, now, commands) {
                    return state.into_state(sale);
                }
            }
            // Somebody else signed in, or the record is gone: nothing of it is this customer's to see.
            Err(Failure::Refused(problem)) if problem.status == 404 => {
                self.forget_record(commands);
                return self.nothing_there(commands);
            }
            _ => {}
        }
        if now.ms.saturating_sub(payment.asking_since) >= GIVE_UP_MS {
            return State::Unsettled(sale, payment);
        }
        let step = usize::try_from(check.reads).unwrap_or(usize::MAX).min(LADDER_MS.len() - 1);
        check.reads = check.reads.saturating_add(1);
        check.pending = self.wait(LADDER_MS[step], commands);
        State::Checking(sale, payment, check)
    }

    /// What the API says, if it says anything that can be relied on.
    fn settle(&mut self, sale: &mut Sale, payment: &mut Payment, check: &Check, now: Now, commands: &mut Vec<Command>) -> Option<Verdict> {
        let product = sale.product(&payment.choice.product)?;
        if product.state == ProductState::Purchased
            && let Some(policy) = product.policy.clone()
        {
            self.failures = Failures::default();
            self.forget_record(commands);
            commands.push(Command::Completed);
            let paid =
                payment.amount.or_else(|| product.premiums.iter().find(|premium| premium.instalments == payment.choice.instalments)?.gross);
            let mut issued = Issued::new(policy, product.insurer_name.clone(), paid);
            self.ask_policy(&mut issued, commands);
            return Some(Verdict::Issued(issued));
        }
        if matches!(product.state, ProductState::Purchased | ProductState::Purchasing | ProductState::Unknown(_)) {
            payment.evidence_at = now.ms;
            payment.stale_failure = false;
            // Something is being bought after all: whatever was refused was not this.
            payment.refused = None;
            return None;
        }
        let failed = matches!(product.state, ProductState::Failed | ProductState::PurchaseFailed);
        payment.stale_failure &= product.state == ProductState::PurchaseFailed;
        let refused = payment.refused.is_some();
        // Nothing of this payment is to be seen: only time can tell that there is nothing.
        let unmoved = product.state == ProductState::Active || payment.stale_failure;
        let quiet = unmoved && check.away.is_none() && now.ms.saturating_sub(payment.evidence_at) >= QUIET_MS;
        if !(refused || (failed && !payment.stale_failure) || quiet) {
            return None;
        }
        self.forget_record(commands);
        self.failures.count(now);
        Some(Verdict::NotTaken(Box::new(Settled {
            choice: payment.choice.clone(),
            reason: payment.refused.take().flatten().or_else(|| product.error_message.clone()),
            not_started: refused,
            retry: self.buyable(sale, &payment.choice.product).is_some(),
            retry_at: self.failures.until,
        })))
    }

    /// Paying again begins with choosing the offer, like the first time; with the plan of the payment before, if that is known.
    fn pay_again(&mut self, mut sale: Box<Sale>, settled: Settled, commands: &mut Vec<Command>) -> State {
        let choice = settled.choice;
        sale.choose_plan(&choice.product, choice.instalments);
        self.pick(sale, Poll::stopped(), choice.product, commands)
    }
}

/// What a look at the result can settle.
enum Verdict {
    Issued(Box<Issued>),
    NotTaken(Box<Settled>),
}

impl Verdict {
    fn into_state(self, sale: Box<Sale>) -> State {
        match self {
            Self::Issued(issued) => State::Issued(sale, issued),
            Self::NotTaken(settled) => State::NotTaken(sale, settled),
        }
    }
}

impl Failures {
    fn count(&mut self, now: Now) {
        self.in_a_row = self.in_a_row.saturating_add(1);
        if self.in_a_row >= FAILURES {
            self.until = now.ms + COOL_DOWN_MS;
        }
    }
}
