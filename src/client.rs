//! The driver without the driving: takes what happened, says what to do.
//!
//! [`Engine`] joins the flow and the calls it makes ([`Calls`]: session, renewal, repeating), and turns what comes back into the
//! flow's events. It does no I/O and never waits: a browser (`browser`) or a simulation carries its [`Output`]s out and feeds
//! [`Input`]s back.

#[cfg(target_arch = "wasm32")]
pub mod browser;
mod calls;
mod caps;
#[cfg(target_arch = "wasm32")]
pub mod carrier;
#[cfg(any(test, target_arch = "wasm32"))]
mod record;

pub use calls::{Callable, Calls, Ended};

use std::collections::VecDeque;
use std::rc::Rc;

use crate::domain::{CaseId, InsurerId, MobilePhone, ProductId};
use crate::endpoint::auth::SignInResponse;
use crate::endpoint::proposals::{ListProducts, Product, Proposal, ReadProposal};
use crate::endpoint::{Access, Answer, Call, DocumentUrl, Method, Safety, Wire};
use crate::flow::{Attempt, Command, Config, Consent, Event, Flow, FlowView, Journal, Lock, Notice, Now, Reason, Screen};
use crate::json::{DecodeError, Value};
use crate::session::Token;
use crate::transport::{Carried, Request};
use caps::Caps;

/// Names one request or timer of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket(pub u32);

/// Something that happened.
#[derive(Debug)]
pub enum Input {
    /// The customer or the page did something.
    Event(Event),
    /// A request ended.
    Carried(Ticket, Carried),
    /// A timer ran out.
    TimerFired(Ticket),
    /// The customer signed out in another tab of this browser.
    SignedOutElsewhere,
}

/// Something to do.
#[derive(Debug)]
pub enum Output {
    /// Carry this request.
    Send(Ticket, Request),
    /// Come back after so many milliseconds.
    Wait(Ticket, u32),
    /// Keep this record over a reload of this tab.
    StoreJournal(Journal),
    /// Drop the record.
    ForgetJournal,
    /// Feed this back, as soon as what answers to it is there ([`Event::needs_later`]); at once where nothing is loaded later.
    GoOn(Event),
    /// Tell the page around the widget.
    Tell(Message),
    /// Let the agency verify this phone; [`Event::PhoneVerified`] comes back with the same number.
    VerifyPhone(Attempt, MobilePhone),
    /// Keep other tabs from this; [`Event::Locked`] comes back with the same number.
    Lock(Attempt, Lock),
    /// The lock with this number is not needed any more.
    Unlock(Attempt),
}

/// What the page around the widget learns. Never a value of the customer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Another screen.
    Step(&'static str),
    /// The policy was issued.
    Completed,
    /// The API has recorded this consent, at this moment (milliseconds since 1970). Nothing says whose it is.
    Consent(Consent, i64),
    /// The customer wants to be called.
    CallRequested(Box<CallRequest>),
    /// Something failed; a word from a closed list.
    Error(&'static str),
}

/// About what a customer wants to be called: ids and a word, by which the agency finds the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRequest {
    /// The offer.
    pub product: ProductId,
    /// Whose offer it is.
    pub insurer: InsurerId,
    /// Why it is not bought here.
    pub reason: Reason,
    /// The case in which the agency sees the customer.
    pub case_id: Option<CaseId>,
}

/// What a page leaves to the one that comes back from the payment page, in the same tab (decision 4).
#[derive(Debug)]
pub struct Left {
    /// The payment.
    pub journal: Journal,
    /// Renews the session, once.
    pub refresh: Token,
    /// When the session began, in milliseconds since 1970: the next page may not make it longer.
    pub began_unix_ms: i64,
}

/// Flow and the calls under way.
#[derive(Debug)]
pub struct Engine {
    flow: Flow,
    calls: Calls<Call>,
    timers: Vec<(Ticket, Attempt)>,
    /// What an older server's first answer about a proposal said; the products come with a second one.
    incomplete: Vec<(Attempt, Proposal)>,
    screen: &'static str,
    view: Rc<FlowView>,
    /// Of the session there is.
    caps: Option<Caps>,
    /// When they are looked at next.
    look: Option<Ticket>,
    /// The session ends soon, for want of a sign of the customer.
    warns: bool,
    /// The customer signed out in another tab, and is to be signed out here.
    signs_out: bool,
    /// That is why nobody is signed in here.
    elsewhere: bool,
}

impl Engine {
    /// An engine for one sale. `seed` is for the spread of waiting times; any number will do but the same for all customers.
    #[must_use]
    pub fn new(config: Rc<Config>, seed: u64) -> Self {
        let calls = Calls::new(config.wire, seed);
        let flow = Flow::new(config);
        let view = Rc::new(flow.view());
        let (timers, incomplete) = (Vec::new(), Vec::new());
        let (screen, caps, look) = ("start", None, None);
        Self { flow, view, calls, timers, incomplete, screen, caps, look, warns: false, signs_out: false, elsewhere: false }
    }

    /// What the page shows now.
    #[must_use]
    pub fn view(&self) -> Rc<FlowView> {
        Rc::clone(&self.view)
    }

    /// The machine, for tests.
    #[must_use]
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// Takes what happened; returns what to do, in this order.
    pub fn handle(&mut self, input: Input, now: Now) -> Vec<Output> {
        let mut outputs = Vec::new();
        let mut events = VecDeque::new();
        let mut ended = VecDeque::new();
        if self.expires(now) {
            events.push_back(Event::TimedOut);
        }
        match input {
            Input::Event(event) => {
                // What else is no act of the customer's (a lock that was asked for) follows one at once.
                if !matches!(event, Event::Hidden | Event::Shown) {
                    self.touch(now);
                }
                events.push_back(event);
            }
            Input::TimerFired(ticket) if self.look == Some(ticket) => self.look_again(now, &mut outputs),
            Input::SignedOutElsewhere => self.signs_out = true,
            Input::Carried(ticket, carried) => self.calls.carried(ticket, carried, now.ms, &mut outputs, &mut ended),
            Input::TimerFired(ticket) => match self.timers.iter().position(|(of, _)| *of == ticket) {
                Some(place) => events.push_back(Event::TimerFired(self.timers.swap_remove(place).1)),
                None => self.calls.timer_fired(ticket, now.ms, &mut outputs, &mut ended),
            },
        }
        loop {
            while let Some(of) = ended.pop_front() {
                events.extend(self.ended(of, now, &mut outputs, &mut ended));
            }
            let Some(event) = events.pop_front().or_else(|| self.signs_out()) else { break };
            if let Event::Answered(_, Err(failure)) = &event {
                outputs.push(Output::Tell(Message::Error(failure.code())));
            }
            let timed_out = matches!(event, Event::TimedOut);
            for command in self.flow.step(event, now) {
                self.perform(command, now, &mut outputs, &mut ended);
            }
            // After the flow, which waits for nothing any more: what ends with the session is no reason to send the customer a code.
            if timed_out {
                self.calls.end_session(&mut ended);
            }
        }
        self.draw();
        let screen = self.view.screen.name();
        if screen != self.screen {
            self.screen = screen;
            outputs.push(Output::Tell(Message::Step(screen)));
        }
        outputs
    }

    /// A sign of the customer that is no event. Says whether there is another picture.
    pub fn touch(&mut self, now: Now) -> bool {
        if let Some(caps) = &mut self.caps {
            caps.touch(now);
        }
        let warned = std::mem::take(&mut self.warns);
        if warned {
            self.draw();
        }
        warned
    }

    /// The page goes. What the next one of this tab needs to go on by itself, if it may: a payment page was opened in this very tab. Here
    /// the session can't be renewed any more, until it is [taken back](Self::take_back).
    pub fn leave(&mut self) -> Option<Left> {
        let journal = self.flow.left_for_payment()?.clone();
        let (refresh, caps) = (self.calls.session().hand_over()?, self.caps?);
        Some(Left { journal, refresh, began_unix_ms: caps.began_unix_ms() })
    }

    /// The page is here again, and no other has used what it left.
    pub fn take_back(&mut self, refresh: Token) {
        self.calls.session().take_back(refresh);
    }

    /// Goes on with what an earlier page of this tab left, if no other tab has it too.
    pub fn resume(&mut self, left: Left, now: Now) -> Vec<Output> {
        self.calls.session().resume(left.refresh);
        self.flow.has_session(left.began_unix_ms);
        let mut outputs = self.handle(Input::Event(Event::Started(Some(left.journal))), now);
        self.limit(left.began_unix_ms, now, &mut outputs);
        outputs
    }

    fn draw(&mut self) {
        let mut view = self.flow.view();
        if self.warns && view.notice.is_none() {
            view.notice = Some(Notice::Idle);
        }
        self.elsewhere &= matches!(view.screen, Screen::SignedOut);
        if self.elsewhere {
            view.notice = Some(Notice::SignedOutElsewhere);
        }
        self.view = Rc::new(view);
    }

    /// What the customer did in another tab is done here, as soon as no payment is being sent.
    fn signs_out(&mut self) -> Option<Event> {
        let does = self.signs_out && !self.flow.is_buying();
        if does {
            self.signs_out = false;
            // Where nobody is signed in nothing happens.
            self.elsewhere |= self.view.can_sign_out;
        }
        does.then_some(Event::SignOut)
    }

    /// A session has begun.
    fn limit(&mut self, began_unix_ms: i64, now: Now, outputs: &mut Vec<Output>) {
        self.caps = Some(Caps::new(began_unix_ms, now));
        self.look_again(now, outputs);
    }

    /// Whether the session has had its time, which is said once. A payment that is being sent is not disturbed, and one whose result is
    /// awaited keeps it alive: its customer is at the bank.
    fn expires(&mut self, now: Now) -> bool {
        let Some(caps) = self.caps.as_mut().filter(|_| self.calls.is_signed_in()) else { return false };
        if self.flow.is_paying() {
            caps.wait(now);
        }
        let is_over = caps.is_over(now) && !self.flow.is_buying();
        if is_over {
            self.caps = None;
            self.warns = false;
        }
        is_over
    }

    fn look_again(&mut self, now: Now, outputs: &mut Vec<Output>) {
        self.look = None;
        let Some(caps) = self.caps.filter(|_| self.calls.is_signed_in()) else { return };
        let (warns, milliseconds) = caps.next(now);
        self.warns = warns;
        let ticket = self.calls.ticket();
        self.look = Some(ticket);
        outputs.push(Output::Wait(ticket, u32::try_from(milliseconds).unwrap_or(u32::MAX)));
    }

    fn perform(&mut self, command: Command, now: Now, outputs: &mut Vec<Output>, ended: &mut VecDeque<Ended<Call>>) {
        match command {
            Command::Call(attempt, call) => self.calls.make(attempt, call, now.ms, outputs, ended),
            Command::Wait(attempt, milliseconds) => {
                let ticket = self.calls.ticket();
                self.timers.push((ticket, attempt));
                // Up to an eighth more, so that many customers don't ask in step.
                let spread = self.calls.up_to(milliseconds / 8);
                outputs.push(Output::Wait(ticket, milliseconds + spread));
            }
            Command::StoreJournal(journal) => outputs.push(Output::StoreJournal(journal)),
            Command::ForgetJournal => outputs.push(Output::ForgetJournal),
            Command::GoOn(event) => outputs.push(Output::GoOn(event)),
            Command::EndSession => {
                self.calls.forget_customer();
                self.caps = None;
                self.warns = false;
                self.incomplete.clear();
            }
            Command::VerifyPhone(attempt, phone) => outputs.push(Output::VerifyPhone(attempt, phone)),
            Command::ConsentGiven(consent) => outputs.push(Output::Tell(Message::Consent(consent, now.unix_ms))),
            Command::CallRequested(product, insurer, reason) => {
                let case_id = self.flow.view().case;
                outputs.push(Output::Tell(Message::CallRequested(Box::new(CallRequest { product, insurer, reason, case_id }))));
            }
            Command::Completed => outputs.push(Output::Tell(Message::Completed)),
            Command::Lock(attempt, lock) => outputs.push(Output::Lock(attempt, lock)),
            Command::Unlock(attempt) => outputs.push(Output::Unlock(attempt)),
        }
    }

    /// What the end of a call means to the flow; nothing where another call must follow first.
    fn ended(&mut self, ended: Ended<Call>, now: Now, outputs: &mut Vec<Output>, more: &mut VecDeque<Ended<Call>>) -> Option<Event> {
        let Ended { attempt, call, outcome } = ended;
        let incomplete = self.incomplete.extract_if(.., |(of, _)| *of == attempt).next();
        let outcome = match (outcome, call) {
            (Ok(Answer::ReadProposal(proposal)), Call::ReadProposal(ReadProposal { proposal: id })) if !proposal.products_embedded => {
                self.incomplete.push((attempt, proposal));
                self.calls.make(attempt, Call::ListProducts(ListProducts { proposal: id }), now.ms, outputs, more);
                return None;
            }
            (Ok(Answer::ListProducts(products)), _) => Ok(Answer::ReadProposal(complete(incomplete, products))),
            (outcome, _) => outcome,
        };
        Some(match outcome {
            Ok(Answer::VerifyCode(tokens) | Answer::SignIn(SignInResponse::SignedIn(tokens))) => {
                self.calls.sign_in(tokens, now.ms);
                self.limit(now.unix_ms, now, outputs);
                Event::SignedIn(attempt)
            }
            outcome => Event::Answered(attempt, outcome),
        })
    }
}

impl Callable for Call {
    type Answer = Answer;

    fn method(&self) -> Method {
        self.kind().method()
    }

    fn access(&self) -> Access {
        self.kind().access()
    }

    fn safety(&self) -> Safety {
        self.kind().safety()
    }

    fn path(&self) -> String {
        Self::path(self)
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        Self::body(self, wire)
    }

    fn decode(&self, body: &Value) -> Result<Answer, DecodeError> {
        self.kind().decode(body)
    }

    fn document(&self, url: DocumentUrl) -> Option<Answer> {
        matches!(self, Self::PolicyDocument(_)).then_some(Answer::PolicyDocument(url))
    }
}

fn complete(incomplete: Option<(Attempt, Proposal)>, products: Vec<Product>) -> Proposal {
    let nothing = || Proposal { id: None, state: None, total_products: None, products: Vec::new(), products_embedded: false };
    let proposal = incomplete.map_or_else(nothing, |(_, proposal)| proposal);
    Proposal { products, ..proposal }
}

#[cfg(test)]
mod tests;
