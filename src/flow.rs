//! The sale as a pure state machine: from "who are you" to the policy.
//!
//! [`Flow::step`] takes one event and returns what the world should do next. It has no clock, no randomness, no network and
//! no DOM; it never awaits. Whoever performs a [`Command`] feeds its outcome back as an [`Event`] that carries the same
//! [`Attempt`]; an outcome nobody waits for any more changes nothing.
//!
//! The rules that protect money are all here, in `purchase`: a purchase is sent once per confirmed attempt, and only what the
//! API itself says is ever shown as paid or not paid.

mod config;
mod details;
mod event;
mod field;
mod identity;
mod mail;
mod mine;
mod notice;
mod offers;
mod payment_page;
mod policy;
mod profile;
mod purchase;
mod sign_in;
mod sms;
mod state;
#[cfg(test)]
mod table;
mod vehicle;
mod view;

pub use crate::later::Apart;
pub use config::{Config, Consent, Display, Permissions, SessionProfile};
pub use event::{Arrangement, Attempt, Command, Event, IdentityForm, IdentityKind, Journal, Lock, Now, Order, VehicleForm};
pub use field::{Field, FieldError, Wrong, check_field};
pub use notice::Notice;
pub use offers::vehicle_label;
pub use payment_page::payment_page;
pub use state::StateKind;
pub use view::{
    Action, Again, AwayView, ByHandView, CalledView, ChangedView, CheckView, CodeView, Compared, ComparedView, ComparisonView,
    ConsentsView, Cover, CoveragesView, DocumentView, FlowView, FormView, FoundView, IdentifyView, LookupView, MailView, MineView,
    NotTakenView, OfferState, OfferView, OffersView, OwnPolicyView, OwnProposalView, PaymentTimes, PlanView, PolicyView, ProfileView,
    Reason, ResumeView, ReviewView, Screen, Step, VehicleLabel, error_of, support_code,
};

use std::rc::Rc;

use crate::domain::{CaseId, ConsentType, ProductBranch};
use crate::endpoint::cases::{CreateCase, OpenCases};
use crate::endpoint::customers::Customer;
use crate::endpoint::vehicles::Vehicle;
use crate::endpoint::{Answer, Call};
use crate::later::later;
use crate::transport::Failure;
use state::{Made, State};

/// One sale of one customer.
#[derive(Debug)]
pub struct Flow {
    config: Rc<Config>,
    attempts: u32,
    hidden: bool,
    sms: sms::SmsBudget,
    account: Option<Account>,
    /// Who signed in, as typed: the API takes a change of what it knows about somebody only beside this.
    identity: Option<Rc<identity::Identity>>,
    case: CaseStep,
    /// Held or asked for.
    locks: Vec<(Attempt, Lock)>,
    lists: vehicle::Lists,
    cities: profile::Cities,
    details: details::Details,
    made: Made,
    failures: purchase::Failures,
    /// Sales that were begun: what was typed in an earlier one is not this customer's to find.
    begun: u32,
    /// When the session began that an earlier page left, in milliseconds since 1970, if there is one to begin with.
    resumes: Option<i64>,
    /// The purchase whose end is not known: what the tab's storage holds too.
    record: Option<Journal>,
    state: State,
}

/// Who is signed in, and what is on file for them.
#[derive(Debug)]
struct Account {
    customer: Customer,
    vehicles: Vec<Vehicle>,
    /// Consents in force: on file, or given in this sale. None of them is asked for again.
    given: Vec<ConsentType>,
    /// The customer was asked for what the API lacks, and has answered or passed on.
    profile_asked: bool,
}

/// The case that tells the agency a customer is there: asked for and created beside the sale, which it never blocks.
#[derive(Debug)]
enum CaseStep {
    Untouched,
    /// Another tab may be creating it just now.
    Locking(Attempt),
    Asking(Attempt),
    Creating(Attempt),
    /// There is one. A server may leave its id out of a list.
    Kept(Option<CaseId>),
    /// It could not be learnt or created. It is not tried again: a second case would be worse than none.
    GivenUp,
}

impl Flow {
    /// A sale that has not begun.
    #[must_use]
    pub fn new(config: Rc<Config>) -> Self {
        Self {
            config,
            attempts: 0,
            hidden: false,
            sms: sms::SmsBudget::default(),
            account: None,
            identity: None,
            case: CaseStep::Untouched,
            locks: Vec::new(),
            lists: vehicle::Lists::default(),
            cities: profile::Cities::default(),
            details: details::Details::default(),
            made: Made::default(),
            failures: purchase::Failures::default(),
            begun: 0,
            resumes: None,
            record: None,
            state: State::Waiting,
        }
    }

    /// The session of an earlier page of this tab is there: what that page left off is gone on with.
    pub(crate) fn has_session(&mut self, began_unix_ms: i64) {
        self.resumes = Some(began_unix_ms);
    }

    /// Takes one step. No clock, no network, no DOM.
    pub fn step(&mut self, event: Event, now: Now) -> Vec<Command> {
        let mut commands = Vec::new();
        match event {
            Event::Hidden => self.hidden = true,
            Event::Answered(attempt, outcome) if self.is_beside(attempt) => self.step_beside(attempt, outcome, now, &mut commands),
            Event::Locked(attempt, _) if matches!(self.case, CaseStep::Locking(of) if of == attempt) => self.ask_for_case(&mut commands),
            event => {
                match event {
                    Event::Shown => self.hidden = false,
                    Event::Locked(attempt, false) => self.locks.retain(|(of, _)| *of != attempt),
                    _ => {}
                }
                let state = std::mem::replace(&mut self.state, State::Waiting);
                self.state = self.next(state, event, now, &mut commands);
            }
        }
        self.unlock(&mut commands);
        commands
    }

    fn lock(&mut self, lock: Lock, commands: &mut Vec<Command>) -> Attempt {
        let attempt = self.attempt();
        self.locks.push((attempt, lock.clone()));
        commands.push(Command::Lock(attempt, lock));
        attempt
    }

    /// Gives up every lock whose reason is gone. The one of a purchase is kept until its end is known, even while somebody signs in again.
    fn unlock(&mut self, commands: &mut Vec<Command>) {
        let looks_for_case = matches!(self.case, CaseStep::Locking(_) | CaseStep::Asking(_) | CaseStep::Creating(_));
        let buys = self.record.is_some() || matches!(self.state, State::Confirming(..));
        self.locks.retain(|(attempt, lock)| {
            let needed = match lock {
                Lock::Case => looks_for_case,
                Lock::Purchase(_) => buys,
                Lock::Session(_) => true,
            };
            if !needed {
                commands.push(Command::Unlock(*attempt));
            }
            needed
        });
    }

    fn store_record(&mut self, journal: Journal, commands: &mut Vec<Command>) {
        self.record = Some(journal.clone());
        commands.push(Command::StoreJournal(journal));
    }

    fn forget_record(&mut self, commands: &mut Vec<Command>) {
        self.record = None;
        commands.push(Command::ForgetJournal);
    }

    /// The state that follows. Each group of states is decided in the file that owns it.
    fn next(&mut self, state: State, event: Event, now: Now, commands: &mut Vec<Command>) -> State {
        match event {
            Event::ShowMine => return later(mine::list::open as fn(_, _, _) -> _)(self, state, commands),
            Event::SignOut if state.can_sign_out() => return self.sign_out(&state, commands),
            Event::TimedOut if state.is_signed_in() => return self.sign_in_again(state, true, now, commands),
            Event::Answered(attempt, Err(Failure::SessionEnded)) if state.awaits(attempt) => {
                return match state {
                    State::Issued(sale, issued) => State::Issued(sale, issued.without_session()),
                    state => self.sign_in_again(state, false, now, commands),
                };
            }
            _ => {}
        }
        match state {
            State::Waiting | State::Identify(_) | State::SendingCode(..) | State::Code(_) | State::Resending(..) | State::Verifying(..) => {
                self.next_sign_in(state, event, now, commands)
            }
            State::Opening(_) | State::Consents(_) | State::SavingConsents(_) | State::SignedOut => {
                self.next_sign_in(state, event, now, commands)
            }
            State::Mine(mine) => mine.next(self, event, now, commands),
            State::Profile(_) | State::SavingProfile(..) => self.next_profile(state, event, commands),
            State::Vehicles(_) | State::Lookup(_) | State::LookingUp(..) | State::Found(_) | State::ByHand(_) => {
                self.next_vehicle(state, event, now, commands)
            }
            State::SavingVehicle(..) | State::Relisting(..) => self.next_vehicle(state, event, now, commands),
            State::Requesting(..) | State::RequestFailed(..) | State::Offers(..) | State::Detail(..) => {
                self.next_offers(state, event, now, commands)
            }
            State::Review(..)
            | State::Confirming(..)
            | State::PriceChanged(..)
            | State::Sending(..)
            | State::PageReady(..)
            | State::Checking(..)
            | State::Unsettled(..)
            | State::NotTaken(..)
            | State::Issued(..) => self.next_purchase(state, event, now, commands),
        }
    }

    /// What the page shows.
    #[must_use]
    pub fn view(&self) -> FlowView {
        view::view(self)
    }

    /// The purchase for which the customer was sent to a payment page in this very tab, if the next page may go on with the session.
    pub(crate) fn left_for_payment(&self) -> Option<&Journal> {
        let opened = match &self.state {
            State::PageReady(_, payment, _) | State::Checking(_, payment, _) | State::Unsettled(_, payment) => payment.opened,
            _ => false,
        };
        self.record.as_ref().filter(|_| opened && self.config.leaves_session())
    }

    /// A purchase is about to be sent, or on its way.
    pub(crate) fn is_buying(&self) -> bool {
        matches!(self.state, State::Confirming(..) | State::Sending(..))
    }

    /// The customer pays, or waits for the result.
    pub(crate) fn is_paying(&self) -> bool {
        self.is_buying() || matches!(self.state, State::Checking(..))
    }

    /// Which state the sale is in; for tests and tables.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        self.state.kind()
    }

    fn attempt(&mut self) -> Attempt {
        self.attempts += 1;
        Attempt(self.attempts)
    }

    fn call(&mut self, call: Call, commands: &mut Vec<Command>) -> Attempt {
        let attempt = self.attempt();
        commands.push(Command::Call(attempt, call));
        attempt
    }

    fn wait(&mut self, milliseconds: u32, commands: &mut Vec<Command>) -> Attempt {
        let attempt = self.attempt();
        commands.push(Command::Wait(attempt, milliseconds));
        attempt
    }

    /// Whether the call belongs to what runs beside the sale: the case, the lists to choose from, questions about single offers.
    fn is_beside(&self, attempt: Attempt) -> bool {
        matches!(self.case, CaseStep::Asking(of) | CaseStep::Creating(of) if of == attempt)
            || self.lists.awaits(attempt)
            || self.cities.awaits(attempt)
            || self.details.awaits(attempt)
    }

    fn ask_for_case(&mut self, commands: &mut Vec<Command>) {
        self.case = match &self.account {
            Some(account) => {
                let customer = account.customer.id.clone();
                CaseStep::Asking(self.call(Call::OpenCases(OpenCases { customer }), commands))
            }
            None => CaseStep::Untouched,
        };
    }

    fn step_beside(&mut self, attempt: Attempt, outcome: Result<Answer, Failure>, now: Now, commands: &mut Vec<Command>) {
        if self.details.awaits(attempt) {
            return later(Self::answered_detail as fn(_, _, _, _, _))(self, attempt, outcome, now, commands);
        }
        if self.lists.awaits(attempt) {
            let ended = matches!(outcome, Err(Failure::SessionEnded));
            later(vehicle::Lists::take as fn(_, _, _))(&mut self.lists, attempt, outcome);
            // The form can't be filled in without its lists, and nothing else on it would notice.
            if ended && matches!(self.state, State::ByHand(_)) {
                let state = std::mem::replace(&mut self.state, State::Waiting);
                self.state = self.sign_in_again(state, false, now, commands);
            }
            return;
        }
        if self.cities.awaits(attempt) {
            return self.cities_read(outcome);
        }
        self.case = match (&self.case, outcome, &self.account) {
            (CaseStep::Asking(_), Ok(Answer::OpenCases(cases)), Some(account)) => {
                match cases.into_iter().find(|case| case.is_open_sale_of(&ProductBranch::Kasko)) {
                    Some(case) => CaseStep::Kept(case.id),
                    None => {
                        let create = CreateCase {
                            customer: account.customer.id.clone(),
                            branch: ProductBranch::Kasko,
                            channel: self.config.channel,
                            agent_branch: self.config.agent_branch.clone(),
                        };
                        CaseStep::Creating(self.call(Call::CreateCase(create), commands))
                    }
                }
            }
            (CaseStep::Creating(_), Ok(Answer::CreateCase(case)), _) => CaseStep::Kept(Some(case)),
            // It was not made, and is asked for again by whoever signs in next.
            (_, Err(Failure::SessionEnded), _) => CaseStep::Untouched,
            _ => CaseStep::GivenUp,
        };
        self.state = match std::mem::replace(&mut self.state, State::Waiting) {
            State::Opening(opening) => self.opened(opening),
            state => state,
        };
    }
}
