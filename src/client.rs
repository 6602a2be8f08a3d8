//! The driver without the driving: takes what happened, says what to do.
//!
//! [`Engine`] joins the flow and the calls it makes ([`Calls`]: session, renewal, repeating), and turns what comes back into the
//! flow's events. It does no I/O and never waits: a browser (`browser`) or a simulation carries its [`Output`]s out and feeds
//! [`Input`]s back.

#[cfg(target_arch = "wasm32")]
pub mod browser;
mod calls;
#[cfg(target_arch = "wasm32")]
pub mod carrier;

pub use calls::{Callable, Calls, Ended};

use std::collections::VecDeque;
use std::rc::Rc;

use crate::domain::{CaseId, InsurerId, MobilePhone, ProductId};
use crate::endpoint::auth::SignInResponse;
use crate::endpoint::proposals::{ListProducts, Product, Proposal, ReadProposal};
use crate::endpoint::{Access, Answer, Call, DocumentUrl, Method, Safety, Wire};
use crate::flow::{Attempt, Command, Config, Consent, Event, Flow, FlowView, Journal, Lock, Now, Reason};
use crate::json::{DecodeError, Value};
use crate::transport::{Carried, Request};

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
}

impl Engine {
    /// An engine for one sale. `seed` is for the spread of waiting times; any number will do but the same for all customers.
    #[must_use]
    pub fn new(config: Rc<Config>, seed: u64) -> Self {
        let calls = Calls::new(config.wire, seed);
        let flow = Flow::new(config);
        let view = Rc::new(flow.view());
        Self { flow, view, calls, timers: Vec::new(), incomplete: Vec::new(), screen: "start" }
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
        match input {
            Input::Event(event) => events.push_back(event),
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
            let Some(event) = events.pop_front() else { break };
            if let Event::Answered(_, Err(failure)) = &event {
                outputs.push(Output::Tell(Message::Error(failure.code())));
            }
            for command in self.flow.step(event, now) {
                self.perform(command, now, &mut outputs, &mut ended);
            }
        }
        self.view = Rc::new(self.flow.view());
        let screen = self.view.screen.name();
        if screen != self.screen {
            self.screen = screen;
            outputs.push(Output::Tell(Message::Step(screen)));
        }
        outputs
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
