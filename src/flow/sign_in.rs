//! Who the customer is: identity, code, what is on file, consents.

use std::rc::Rc;

use super::event::{Attempt, Command, Event, IdentityForm, Journal, Lock, Now};
use super::field::{Field, FieldError, Wrong, code_digits};
use super::identity::{Identity, code_refused, identity_refused, read_identity};
use super::notice::Notice;
use super::purchase::Payment;
use super::state::{CodeSent, Sale, SigningIn, State};
use super::{Account, CaseStep, Consent, Flow};
use crate::domain::{ConsentType, Date, Secret};
use crate::endpoint::auth::{SignIn, SignInResponse, VerifyCode};
use crate::endpoint::customers::{Customer, GiveConsent, Me, ReadConsents};
use crate::endpoint::vehicles::{ListVehicles, Vehicle};
use crate::endpoint::{Answer, Call};
use crate::later::later;
use crate::transport::Failure;

/// Tries that one code allows, where the server does not say (`security.md` T-15).
const TRIES: u32 = 5;
/// The case is asked for before any vehicle is, but never holds the customer up for longer.
const CASE_PATIENCE_MS: u32 = 4_000;

/// Where signing in leads.
#[derive(Debug)]
pub(super) enum Then {
    /// To the beginning of a sale.
    Begin,
    /// Back to where the session ended.
    Back(Box<State>),
    /// To the result of a payment that an earlier page of this tab had sent.
    Check(Journal),
}

/// Reading what is on file.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) then: Then,
    me: Option<Attempt>,
    vehicles: Option<Attempt>,
    consents: Option<Attempt>,
    patience: Option<Attempt>,
    impatient: bool,
    notice: Option<Notice>,
}

impl Opening {
    /// Nothing is read yet but who the customer is; or not even that, as a lock is asked for first.
    fn awaiting(then: Then, me: Attempt) -> Box<Self> {
        Box::new(Self { then, me: Some(me), vehicles: None, consents: None, patience: None, impatient: false, notice: None })
    }

    pub(super) fn awaits(&self, attempt: Attempt) -> bool {
        [self.me, self.vehicles, self.consents, self.patience].contains(&Some(attempt))
    }

    pub(super) fn failed(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }
}

impl Flow {
    pub(super) fn next_sign_in(&mut self, state: State, event: Event, now: Now, commands: &mut Vec<Command>) -> State {
        match (state, event) {
            (State::Waiting, Event::Started(journal)) => {
                self.record.clone_from(&journal);
                let Some(journal) = journal else { return State::Identify(SigningIn::new(Then::Begin)) };
                // A tab that was duplicated has the same record: the first one to come keeps the purchase to itself, and the session.
                self.lock(Lock::Purchase(journal.product.clone()), commands);
                let then = Then::Check(journal);
                match self.resumes {
                    Some(began) => State::Opening(Opening::awaiting(then, self.lock(Lock::Session(began), commands))),
                    None => State::Identify(SigningIn::new(then)),
                }
            }
            (State::Identify(signing_in), Event::SubmitIdentity(form)) => self.submit_identity(signing_in, &form, now, commands),
            (State::SendingCode(signing_in, identity, attempt), Event::Answered(of, outcome)) if of == attempt => {
                if let Err(failure @ Failure::Offline) = &outcome {
                    self.sms.unsent(failure, now);
                }
                Self::code_sent(signing_in, identity, outcome, now)
            }
            (State::SendingCode(signing_in, identity, attempt), Event::PhoneVerified(of, yes)) if of == attempt => {
                if yes {
                    self.send_code(signing_in, identity, now, commands)
                } else {
                    State::Identify(signing_in.saying(Notice::PhoneNotVerified))
                }
            }
            (State::SendingCode(signing_in, identity, attempt), Event::SignedIn(of)) if of == attempt && self.config.verifies_phone => {
                self.identity = Some(identity);
                self.open(signing_in.then, commands)
            }
            // The server took the identity for enough: the tokens that came with it are dropped again, nobody's data is read without a code (T-14).
            (State::SendingCode(signing_in, _, attempt), Event::SignedIn(of)) if of == attempt => {
                commands.push(Command::EndSession);
                State::Identify(signing_in.saying(Notice::NoCodeAsked))
            }
            (State::Code(code), Event::SubmitCode(typed)) => self.submit_code(code, &typed, commands),
            (State::Code(code), Event::ResendCode) if now.ms >= self.sms.next_at() => self.resend(code, now, commands),
            (State::Resending(code, attempt), Event::Answered(of, outcome)) if of == attempt => self.code_resent(code, outcome, now),
            (State::Resending(code, attempt), Event::SignedIn(of)) if of == attempt && self.config.verifies_phone => {
                self.identity = Some(code.identity);
                self.open(code.then, commands)
            }
            (State::Resending(code, attempt), Event::SignedIn(of)) if of == attempt => {
                commands.push(Command::EndSession);
                State::Identify(SigningIn::new(code.then).saying(Notice::NoCodeAsked))
            }
            (State::Code(code), Event::ChangeNumber | Event::Back) => State::Identify(SigningIn::new(code.then)),
            (State::Verifying(code, attempt), Event::SignedIn(of)) if of == attempt => {
                self.identity = Some(code.identity);
                self.open(code.then, commands)
            }
            (State::Verifying(code, attempt), Event::Answered(of, Err(failure))) if of == attempt => {
                State::Code(code_refused(code, &failure))
            }
            (State::Opening(opening), event) => self.next_opening(opening, event, now, commands),
            (State::Consents(_), Event::SubmitConsents { kvkk, etk }) => self.submit_consents(kvkk, etk, commands),
            (State::SavingConsents(pending), Event::Answered(of, outcome)) if pending.iter().any(|(pending, _)| *pending == of) => {
                self.consent_saved(pending, of, outcome.is_err(), commands)
            }
            (State::SignedOut, Event::Retry) => State::Identify(SigningIn::new(self.record.clone().map_or(Then::Begin, Then::Check))),
            (state, _) => state,
        }
    }

    fn submit_identity(&mut self, mut signing_in: Box<SigningIn>, form: &IdentityForm, now: Now, commands: &mut Vec<Command>) -> State {
        let identity = match read_identity(form, Date::in_istanbul(now.unix_ms)) {
            Ok(identity) => identity,
            Err(errors) => {
                signing_in.errors = errors;
                signing_in.notice = None;
                return State::Identify(signing_in);
            }
        };
        signing_in = SigningIn::new(signing_in.then);
        if let Some(seconds) = self.sms.wait_seconds(now) {
            return State::Identify(signing_in.saying(Notice::TooManyCodes(seconds)));
        }
        let identity = Rc::new(identity);
        if self.config.verifies_phone {
            let attempt = self.attempt();
            commands.push(Command::VerifyPhone(attempt, identity.phone.clone()));
            return State::SendingCode(signing_in, identity, attempt);
        }
        self.send_code(signing_in, identity, now, commands)
    }

    fn send_code(&mut self, signing_in: Box<SigningIn>, identity: Rc<Identity>, now: Now, commands: &mut Vec<Command>) -> State {
        let attempt = self.ask_for_code(&identity, now, commands);
        State::SendingCode(signing_in, identity, attempt)
    }

    fn ask_for_code(&mut self, identity: &Identity, now: Now, commands: &mut Vec<Command>) -> Attempt {
        self.sms.count(now);
        let call = Call::SignIn(SignIn {
            identity: identity.id.clone(),
            birth_date: identity.birth_date,
            phone: identity.phone.clone(),
            agent: self.config.agent.clone(),
            agent_branch: self.config.agent_branch.clone(),
            // Consents are asked after the code, on a screen of their own (decision 11).
            consents: Vec::new(),
        });
        self.call(call, commands)
    }

    fn code_sent(signing_in: Box<SigningIn>, identity: Rc<Identity>, outcome: Result<Answer, Failure>, now: Now) -> State {
        match outcome {
            Ok(Answer::SignIn(SignInResponse::CodeNeeded { token })) => State::Code(Box::new(CodeSent {
                then: signing_in.then,
                identity,
                token: Some(Rc::new(token)),
                sent_at: now.ms,
                tries_left: TRIES,
                notice: signing_in.notice,
            })),
            Ok(_) => State::Identify(signing_in.saying(Notice::Unexpected)),
            Err(failure) => State::Identify(identity_refused(signing_in, &identity, &failure)),
        }
    }

    /// Another code. Until it is there the earlier one stays typeable: a message that failed to go out must not cost the one that arrived.
    fn resend(&mut self, mut code: Box<CodeSent>, now: Now, commands: &mut Vec<Command>) -> State {
        let attempt = self.ask_for_code(&code.identity, now, commands);
        code.notice = None;
        State::Resending(code, attempt)
    }

    fn code_resent(&mut self, mut code: Box<CodeSent>, outcome: Result<Answer, Failure>, now: Now) -> State {
        if let Err(failure) = &outcome {
            self.sms.unsent(failure, now);
        }
        code.notice = Some(match outcome {
            Ok(Answer::SignIn(SignInResponse::CodeNeeded { token })) => {
                code.token = Some(Rc::new(token));
                code.sent_at = now.ms;
                code.tries_left = TRIES;
                Notice::CodeResent
            }
            Ok(_) => Notice::Unexpected,
            Err(Failure::Refused(problem)) if problem.status == 429 => Notice::TooManyCodes(problem.wait_seconds()),
            Err(Failure::Offline) => Notice::Offline,
            Err(_) => Notice::CodeUnsent,
        });
        State::Code(code)
    }

    fn submit_code(&mut self, mut code: Box<CodeSent>, typed: &Secret<String>, commands: &mut Vec<Command>) -> State {
        // EXPOSE: the digits go into the one request that needs them.
        let digits = code_digits(typed.expose());
        let token = code.token.clone().filter(|_| digits.len() == 6 && code.tries_left > 0);
        let Some(token) = token else {
            let notice = if code.tries_left == 0 { Notice::CodeLocked } else { Notice::CodeShort };
            code.notice = Some(notice);
            return State::Code(code);
        };
        let attempt = self.call(Call::VerifyCode(VerifyCode { token, code: Secret::new(digits) }), commands);
        code.notice = None;
        State::Verifying(code, attempt)
    }

    fn open(&mut self, then: Then, commands: &mut Vec<Command>) -> State {
        let me = self.call(Call::Me(Me), commands);
        State::Opening(Opening::awaiting(then, me))
    }

    fn next_opening(&mut self, mut opening: Box<Opening>, event: Event, now: Now, commands: &mut Vec<Command>) -> State {
        match event {
            Event::Locked(of, true) if opening.me == Some(of) => self.open(opening.then, commands),
            Event::Locked(of, false) if opening.me == Some(of) => {
                commands.push(Command::EndSession);
                State::Identify(SigningIn::new(opening.then))
            }
            Event::Answered(of, Ok(Answer::Me(customer))) if opening.me == Some(of) => {
                opening.me = None;
                self.greet(opening.then, customer, now, commands)
            }
            Event::Answered(of, outcome) if opening.me == Some(of) => {
                opening.me = None;
                opening.notice = Some(outcome.as_ref().err().map_or(Notice::Unexpected, Notice::from));
                State::Opening(opening)
            }
            Event::Answered(of, outcome) if opening.vehicles == Some(of) => {
                opening.vehicles = None;
                // Without the list the customer can still have the vehicle looked up; the API refuses a second copy of it.
                if let (Ok(Answer::ListVehicles(vehicles)), Some(account)) = (outcome, &mut self.account) {
                    account.vehicles = vehicles;
                }
                self.opened(opening)
            }
            Event::Answered(of, outcome) if opening.consents == Some(of) => {
                opening.consents = None;
                // What can't be read is asked for: a consent given twice is the same as once.
                if let (Ok(Answer::ReadConsents(given)), Some(account)) = (outcome, &mut self.account) {
                    account.given = given;
                }
                self.opened(opening)
            }
            Event::TimerFired(of) if opening.patience == Some(of) => {
                opening.impatient = true;
                self.opened(opening)
            }
            Event::Retry if opening.notice.is_some() => self.open(opening.then, commands),
            _ => State::Opening(opening),
        }
    }

    /// The customer is known: on to where signing in leads.
    fn greet(&mut self, then: Then, customer: Customer, now: Now, commands: &mut Vec<Command>) -> State {
        let same = self.account.as_ref().is_none_or(|account| account.customer.id == customer.id);
        let before = self.account.take().filter(|_| same);
        let (vehicles, given, profile_asked) =
            before.map_or_else(Default::default, |account| (account.vehicles, account.given, account.profile_asked));
        self.account = Some(Account { customer, vehicles, given, profile_asked });
        match then {
            Then::Check(journal) => self.resume_check(&journal, now, commands),
            Then::Back(state) if same => self.resume(*state, now, commands),
            Then::Back(_) | Then::Begin => {
                if !same {
                    self.made = super::Made::default();
                    self.details = super::details::Details::default();
                    self.case = CaseStep::Untouched;
                }
                self.begin(commands)
            }
        }
    }

    /// A sale begins: the case is asked for, and what vehicles are on file.
    fn begin(&mut self, commands: &mut Vec<Command>) -> State {
        if matches!(self.case, CaseStep::Untouched) {
            self.case = CaseStep::Locking(self.lock(Lock::Case, commands));
        }
        self.begun += 1;
        let customer = self.account.as_ref().map(|account| account.customer.id.clone());
        let consents = customer.map(|customer| self.call(Call::ReadConsents(ReadConsents { customer }), commands));
        self.ask_for_cities(commands);
        let vehicles = self.call(Call::ListVehicles(ListVehicles), commands);
        let patience = self.wait(CASE_PATIENCE_MS, commands);
        State::Opening(Box::new(Opening {
            then: Then::Begin,
            me: None,
            vehicles: Some(vehicles),
            consents,
            patience: Some(patience),
            impatient: false,
            notice: None,
        }))
    }

    /// The proposal that was to be looked at is not this customer's, or is gone.
    pub(super) fn nothing_there(&mut self, commands: &mut Vec<Command>) -> State {
        match self.back_to_vehicles(commands) {
            State::Vehicles(_) => State::Vehicles(Some(Notice::Gone)),
            State::Lookup(mut form) => {
                form.notice = Some(Notice::Gone);
                State::Lookup(form)
            }
            state => state,
        }
    }

    /// To the choice of a vehicle. On a page that came back to a payment and has asked this customer nothing yet, the sale begins there:
    /// with the consents and the vehicles on file.
    pub(super) fn back_to_vehicles(&mut self, commands: &mut Vec<Command>) -> State {
        if matches!(self.case, CaseStep::Untouched) { self.begin(commands) } else { self.vehicles() }
    }

    /// On to the consents once the vehicles are read, and case and consents are settled or have had their time.
    pub(super) fn opened(&self, opening: Box<Opening>) -> State {
        let case_settled = matches!(self.case, CaseStep::Kept(_) | CaseStep::GivenUp) && opening.consents.is_none();
        if opening.me.is_none() && opening.vehicles.is_none() && (case_settled || opening.impatient) && opening.notice.is_none() {
            self.ask_consents(Vec::new())
        } else {
            State::Opening(opening)
        }
    }

    /// The consents, if there are any to ask for.
    fn ask_consents(&self, errors: Vec<FieldError>) -> State {
        if [Consent::Kvkk, Consent::Etk].into_iter().any(|consent| self.lacks(consent)) {
            State::Consents(errors)
        } else {
            self.after_consents()
        }
    }

    /// Whether the page asks for this consent, and the customer has not given it before.
    pub(super) fn lacks(&self, consent: Consent) -> bool {
        let given = |account: &Account| account.given.contains(&ConsentType::from(consent));
        self.config.asks_for(consent) && !self.account.as_ref().is_some_and(given)
    }

    fn submit_consents(&mut self, kvkk: bool, etk: bool, commands: &mut Vec<Command>) -> State {
        let given = |consent: &Consent| match consent {
            Consent::Kvkk => kvkk,
            Consent::Etk => etk,
        };
        let missing: Vec<_> = self.config.required_consents.iter().filter(|consent| self.lacks(**consent) && !given(consent)).collect();
        if !missing.is_empty() {
            return State::Consents(
                missing.into_iter().map(|consent| FieldError { field: consent.field(), wrong: Wrong::Consent }).collect(),
            );
        }
        let Some(customer) = self.account.as_ref().map(|account| account.customer.id.clone()) else { return State::SignedOut };
        let pending: Vec<_> = [Consent::Kvkk, Consent::Etk]
            .into_iter()
            .filter(|consent| given(consent) && self.lacks(*consent))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|consent| {
                let give = GiveConsent { customer: customer.clone(), consent: consent.into() };
                (self.call(Call::GiveConsent(give), commands), consent)
            })
            .collect();
        if pending.is_empty() { self.after_consents() } else { State::SavingConsents(pending) }
    }

    /// A consent that could not be recorded doesn't hold the sale up, unless it is one without which there is none.
    fn consent_saved(&mut self, mut pending: Vec<(Attempt, Consent)>, of: Attempt, failed: bool, commands: &mut Vec<Command>) -> State {
        if let Some((_, consent)) = pending.iter().find(|(attempt, _)| *attempt == of && !failed) {
            commands.push(Command::ConsentGiven(*consent));
            if let Some(account) = &mut self.account {
                account.given.push((*consent).into());
            }
        }
        let required = |consent: &Consent| failed && self.config.required_consents.contains(consent);
        if let Some((_, consent)) = pending.iter().find(|(attempt, consent)| *attempt == of && required(consent)) {
            return State::Consents(vec![FieldError { field: consent.field(), wrong: Wrong::NotAccepted }]);
        }
        pending.retain(|(attempt, _)| *attempt != of);
        if pending.is_empty() { self.after_consents() } else { State::SavingConsents(pending) }
    }

    /// The vehicle step: a choice of what is on file, or the search.
    pub(super) fn vehicles(&self) -> State {
        let on_file = self.account.as_ref().is_some_and(|account| !account.vehicles.is_empty());
        if on_file { State::Vehicles(None) } else { State::Lookup(Box::default()) }
    }

    /// The session ended: sign in again, then go on where the customer was. Whoever has typed a code on this page is sent another one at
    /// once, and has nothing else to type.
    pub(super) fn sign_in_again(&mut self, state: State, timed_out: bool, now: Now, commands: &mut Vec<Command>) -> State {
        let identity = self.identity.clone().filter(|_| state.is_signed_in() && !self.config.verifies_phone);
        let signing_in = SigningIn::after(state).saying(Notice::SessionExpired);
        match identity {
            // Nobody may be there, or too many codes were sent: one is sent when somebody asks for it, and not before.
            Some(identity) if timed_out || self.sms.wait_seconds(now).is_some() => {
                let SigningIn { then, notice, .. } = *signing_in;
                State::Code(Box::new(CodeSent { then, identity, token: None, sent_at: now.ms, tries_left: 0, notice }))
            }
            Some(identity) => self.send_code(signing_in, identity, now, commands),
            None => State::Identify(signing_in),
        }
    }

    /// Goes on in a state that was left when the session ended.
    pub(super) fn resume(&mut self, state: State, now: Now, commands: &mut Vec<Command>) -> State {
        match state {
            State::Offers(sale, _) => self.collect(sale, now, commands),
            State::Detail(sale, _, detail) => later(Self::resume_detail as fn(_, _, _, _, _) -> _)(self, sale, detail, now, commands),
            State::Checking(sale, payment, check) => self.check(sale, payment, check.away, now, commands),
            State::Unsettled(sale, payment) => self.check(sale, payment, None, now, commands),
            State::Issued(sale, issued) => self.read_policy(sale, issued, commands),
            State::ByHand(form) => later(Self::type_by_hand as fn(_, _, _, _) -> _)(self, form, now, commands),
            State::Mine(mine) => mine.next(self, Event::Retry, now, commands),
            // What was being recorded when the session ended may have been the last of them.
            State::Consents(errors) => self.ask_consents(errors),
            state => state,
        }
    }

    pub(super) fn resume_check(&mut self, journal: &Journal, now: Now, commands: &mut Vec<Command>) -> State {
        let sale = Box::new(Sale::new(journal.proposal.clone(), None));
        self.check(sale, Payment::resumed(journal, now), None, now, commands)
    }

    /// Drops everything about the customer. The record of an unsettled payment stays: it names nobody, and only its owner can read what it points to.
    pub(super) fn sign_out(&mut self, state: &State, commands: &mut Vec<Command>) -> State {
        if !state.is_payment_open() {
            self.forget_record(commands);
        }
        commands.push(Command::EndSession);
        self.account = None;
        self.identity = None;
        self.made = super::Made::default();
        self.case = CaseStep::Untouched;
        self.lists = super::vehicle::Lists::default();
        self.details = super::details::Details::default();
        State::SignedOut
    }
}

impl Consent {
    fn field(self) -> Field {
        match self {
            Self::Kvkk => Field::ConsentKvkk,
            Self::Etk => Field::ConsentEtk,
        }
    }
}

impl From<Consent> for ConsentType {
    fn from(consent: Consent) -> Self {
        match consent {
            Consent::Kvkk => Self::Kvkk,
            Consent::Etk => Self::Etk,
        }
    }
}

/// Vehicles on file, for the view.
pub(super) fn on_file(flow: &Flow) -> &[Vehicle] {
    flow.account.as_ref().map_or(&[], |account| &account.vehicles)
}
