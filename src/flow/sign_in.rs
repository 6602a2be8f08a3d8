//! Who the customer is: identity, code, what is on file, consents.

use std::rc::Rc;

use super::event::{Attempt, Command, Event, IdentityForm, IdentityKind, Journal, Lock, Now};
use super::field::{Field, FieldError, Wrong, code_digits};
use super::notice::Notice;
use super::purchase::Payment;
use super::state::{CodeSent, Sale, SigningIn, State};
use super::{Account, CaseStep, Consent, Flow};
use crate::domain::normalise::has;
use crate::domain::{BirthDate, ConsentType, Date, MobilePhone, Secret};
use crate::endpoint::auth::{SignIn, SignInResponse, VerifyCode};
use crate::endpoint::customers::{Customer, GiveConsent, Me, ReadConsents};
use crate::endpoint::vehicles::{ListVehicles, Vehicle};
use crate::endpoint::{self, Answer, Call};
use crate::later::later;
use crate::transport::Failure;

/// Tries that one code allows, where the server does not say (`security.md` T-15).
const TRIES: u32 = 5;
/// A new code can be asked for after so many milliseconds …
const RESEND_AFTER_MS: u64 = 60_000;
/// … and after so many codes, only after twice the time for each further one (T-16).
const FREE_CODES: u32 = 3;
/// The case is asked for before any vehicle is, but never holds the customer up for longer.
const CASE_PATIENCE_MS: u32 = 4_000;

/// Who wants to sign in. Kept until the code is accepted, for sending another one.
#[derive(Debug)]
pub(super) struct Identity {
    pub(super) id: endpoint::Identity,
    /// A company has none.
    pub(super) birth_date: Option<BirthDate>,
    pub(super) phone: MobilePhone,
}

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
    then: Then,
    me: Option<Attempt>,
    vehicles: Option<Attempt>,
    consents: Option<Attempt>,
    patience: Option<Attempt>,
    impatient: bool,
    notice: Option<Notice>,
}

/// How many codes this page has asked for.
#[derive(Debug, Default)]
pub(super) struct SmsBudget {
    sent: u32,
    last_at: u64,
    /// When the one before was asked for.
    before_at: u64,
    /// No sooner than the server said.
    not_before: u64,
}

impl SmsBudget {
    /// When the next code may be asked for, in milliseconds of the clock that only goes forward.
    pub(super) fn next_at(&self) -> u64 {
        let doublings = self.sent.saturating_sub(FREE_CODES).min(10);
        (self.last_at + (RESEND_AFTER_MS << doublings)).max(self.not_before)
    }

    /// Seconds to wait before another number may be tried: none for the first few, so that a mistyped number costs no minute.
    fn wait_seconds(&self, now: Now) -> Option<u64> {
        (self.sent >= FREE_CODES && now.ms < self.next_at()).then(|| (self.next_at() - now.ms).div_ceil(1000))
    }

    fn count(&mut self, now: Now) {
        self.sent += 1;
        self.before_at = std::mem::replace(&mut self.last_at, now.ms);
    }

    /// What came of asking for another code, where none was sent: a question that never left this device costs nothing, and a server that
    /// names a time is not asked before.
    fn unsent(&mut self, failure: &Failure, now: Now) {
        match failure {
            Failure::Offline => {
                self.sent -= 1;
                self.last_at = self.before_at;
            }
            Failure::Refused(problem) if problem.status == 429 => self.not_before = now.ms + problem.wait_seconds() * 1000,
            _ => {}
        }
    }
}

impl Opening {
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
                if let Some(journal) = &journal {
                    // A tab that was duplicated has the same record: the first one keeps the purchase to itself.
                    self.lock(Lock::Purchase(journal.product.clone()), commands);
                }
                self.record.clone_from(&journal);
                State::Identify(SigningIn::new(journal.map_or(Then::Begin, Then::Check)))
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
                token: Rc::new(token),
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
                code.token = Rc::new(token);
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
        if digits.len() != 6 || code.tries_left == 0 {
            let notice = if code.tries_left == 0 { Notice::CodeLocked } else { Notice::CodeShort };
            code.notice = Some(notice);
            return State::Code(code);
        }
        let attempt = self.call(Call::VerifyCode(VerifyCode { token: Rc::clone(&code.token), code: Secret::new(digits) }), commands);
        code.notice = None;
        State::Verifying(code, attempt)
    }

    fn open(&mut self, then: Then, commands: &mut Vec<Command>) -> State {
        let me = self.call(Call::Me(Me), commands);
        State::Opening(Box::new(Opening {
            then,
            me: Some(me),
            vehicles: None,
            consents: None,
            patience: None,
            impatient: false,
            notice: None,
        }))
    }

    fn next_opening(&mut self, mut opening: Box<Opening>, event: Event, now: Now, commands: &mut Vec<Command>) -> State {
        match event {
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
    pub(super) fn sign_in_again(&mut self, state: State, now: Now, commands: &mut Vec<Command>) -> State {
        let (then, identity) = match state {
            State::Identify(signing_in) | State::SendingCode(signing_in, ..) => (signing_in.then, None),
            State::Code(code) | State::Resending(code, _) | State::Verifying(code, _) => (code.then, None),
            State::Opening(opening) => (opening.then, self.identity.clone()),
            state => (Then::Back(Box::new(state.at_rest())), self.identity.clone()),
        };
        let signing_in = SigningIn::new(then).saying(Notice::SessionExpired);
        match identity {
            Some(identity) if !self.config.verifies_phone && self.sms.wait_seconds(now).is_none() => {
                self.send_code(signing_in, identity, now, commands)
            }
            _ => State::Identify(signing_in),
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

fn read_identity(form: &IdentityForm, today: Date) -> Result<Identity, Vec<FieldError>> {
    // EXPOSE: parsed into values that don't print themselves.
    let mut errors = Vec::new();
    let mut wrong = |field, wrong| errors.push(FieldError { field, wrong });
    let number = form.number.expose();
    let id = match form.kind {
        IdentityKind::Individual => number.parse().map(endpoint::Identity::Individual).map_err(Wrong::from),
        IdentityKind::Foreign => number.parse().map(endpoint::Identity::Foreign).map_err(Wrong::from),
        IdentityKind::Company => number.parse().map(endpoint::Identity::Company).map_err(Wrong::from),
    };
    let id = id.map_err(|error| wrong(form.kind.field(), error));
    let birth_date = match form.kind {
        IdentityKind::Company => Ok(None),
        _ => BirthDate::parse(form.birth_date.expose(), today).map(Some).map_err(|error| wrong(Field::BirthDate, error.into())),
    };
    let phone = form.phone.expose().parse::<MobilePhone>().map_err(|error| wrong(Field::Phone, error.into()));
    match (id, birth_date, phone) {
        (Ok(id), Ok(birth_date), Ok(phone)) => Ok(Identity { id, birth_date, phone }),
        _ => Err(errors),
    }
}

/// What the server found wrong with the identity, at the field where it can be put right.
fn identity_refused(mut signing_in: Box<SigningIn>, identity: &Identity, failure: &Failure) -> Box<SigningIn> {
    let number = match identity.id {
        endpoint::Identity::Individual(_) => Field::Tckn,
        endpoint::Identity::Foreign(_) => Field::ForeignId,
        endpoint::Identity::Company(_) => Field::Vkn,
    };
    let mut errors = Vec::new();
    if let Failure::Refused(problem) = failure {
        for said in &problem.fields {
            let name = said.name.to_ascii_lowercase();
            let field = if has(&name, "identity") || has(&name, "tax") || has(&name, "passport") {
                number
            } else if has(&name, "birth") {
                Field::BirthDate
            } else if has(&name, "phone") {
                Field::Phone
            } else {
                continue;
            };
            errors.push(FieldError { field, wrong: Wrong::NotAccepted });
        }
    }
    let notice = match failure {
        _ if !errors.is_empty() => None,
        Failure::Refused(problem) if problem.status == 429 => Some(Notice::TooManyCodes(problem.wait_seconds())),
        Failure::Refused(problem) if problem.status >= 500 => Some(Notice::CodeUnsent),
        failure => Some(Notice::from(failure)),
    };
    signing_in.errors = errors;
    signing_in.notice = notice;
    signing_in
}

fn code_refused(mut code: Box<CodeSent>, failure: &Failure) -> Box<CodeSent> {
    let Failure::Refused(problem) = failure else {
        // The answer was lost: whether the code was used up is not known, so a new one is the way on.
        let notice = if matches!(failure, Failure::Offline | Failure::Unreachable) { Notice::from(failure) } else { Notice::CodeExpired };
        code.notice = Some(notice);
        return code;
    };
    let says = |word: &str| problem.codes.iter().any(|code| has(code, word));
    let notice = match problem.status {
        _ if says("SUPERSEDED") => Notice::CodeOld,
        _ if says("EXPIRED") => Notice::CodeExpired,
        _ if says("LOCKED") => Notice::CodeLocked,
        429 => Notice::Rate(problem.wait_seconds()),
        500.. => Notice::Server,
        _ => {
            code.tries_left = problem.remaining_attempts.unwrap_or(code.tries_left.saturating_sub(1));
            if code.tries_left == 0 { Notice::CodeLocked } else { Notice::CodeWrong(code.tries_left) }
        }
    };
    if notice == Notice::CodeLocked {
        code.tries_left = 0;
    }
    code.notice = Some(notice);
    code
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
