//! The driver without the driving: takes what happened, says what to do.
//!
//! [`Engine`] joins the flow and the session. It turns the flow's commands into requests with the right token, renews the
//! session, repeats what may be repeated, and turns what comes back into the flow's events. It does no I/O and never waits: a
//! browser (`browser`) or a simulation carries its [`Output`]s out and feeds [`Input`]s back.

#[cfg(target_arch = "wasm32")]
pub mod browser;

use std::collections::VecDeque;
use std::rc::Rc;

use crate::domain::Secret;
use crate::endpoint::auth::{Refresh, SignInResponse, Tokens};
use crate::endpoint::proposals::{ListProducts, Product, Proposal, ReadProposal};
use crate::endpoint::{Access, Answer, Call, DocumentUrl, Endpoint, Problem, Safety, Wire};
use crate::flow::{Attempt, Command, Config, Event, Flow, FlowView, Journal, Lock, Now};
use crate::session::{Pass, Session};
use crate::transport::circuit::Circuit;
use crate::transport::retry::{Next, decide};
use crate::transport::{Carried, Content, Failure, Request};

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
    /// Tell the page around the widget.
    Tell(Message),
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
    /// Something failed; a word from a closed list.
    Error(&'static str),
}

/// Flow, session and the calls under way.
#[derive(Debug)]
pub struct Engine {
    flow: Flow,
    wire: Wire,
    session: Session,
    circuit: Circuit,
    calls: Vec<Pending>,
    timers: Vec<(Ticket, Timer)>,
    renewal: Option<Ticket>,
    tickets: u32,
    random: u64,
    screen: &'static str,
    view: Rc<FlowView>,
}

/// Tries after which no call is made again.
const NEVER_AGAIN: u32 = u32::MAX;

#[derive(Debug)]
struct Pending {
    attempt: Attempt,
    call: Call,
    tries: u32,
    replayed: bool,
    place: Place,
    /// What an older server's first answer said; its products come with a second one.
    incomplete: Option<Proposal>,
}

#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// Waits for new tokens.
    Queued,
    /// Is on its way, with the token of this generation.
    Sent(Ticket, u32),
    /// Will be made again.
    Resting(Ticket),
}

#[derive(Debug)]
enum Timer {
    Flow(Attempt),
    Retry,
}

impl Engine {
    /// An engine for one sale. `seed` is for the spread of waiting times; any number will do but the same for all customers.
    #[must_use]
    pub fn new(config: Rc<Config>, seed: u64) -> Self {
        let wire = config.wire;
        let flow = Flow::new(config);
        let view = Rc::new(flow.view());
        Self {
            flow,
            view,
            wire,
            session: Session::default(),
            circuit: Circuit::default(),
            calls: Vec::new(),
            timers: Vec::new(),
            renewal: None,
            tickets: 0,
            random: seed | 1,
            screen: "start",
        }
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
        match input {
            Input::Event(event) => events.push_back(event),
            Input::Carried(ticket, carried) => self.carried(ticket, carried, now, &mut outputs, &mut events),
            Input::TimerFired(ticket) => self.timer_fired(ticket, now, &mut outputs, &mut events),
        }
        while let Some(event) = events.pop_front() {
            if let Event::Answered(_, Err(failure)) = &event {
                outputs.push(Output::Tell(Message::Error(failure.code())));
            }
            for command in self.flow.step(event, now) {
                self.perform(command, now, &mut outputs, &mut events);
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

    fn perform(&mut self, command: Command, now: Now, outputs: &mut Vec<Output>, events: &mut VecDeque<Event>) {
        match command {
            Command::Call(attempt, call) => {
                let index = self.calls.len();
                self.calls.push(Pending { attempt, call, tries: 0, replayed: false, place: Place::Queued, incomplete: None });
                self.dispatch(index, now, outputs, events);
            }
            Command::Wait(attempt, milliseconds) => {
                let ticket = self.ticket();
                self.timers.push((ticket, Timer::Flow(attempt)));
                // Up to an eighth more, so that many customers don't ask in step.
                let spread = self.up_to(milliseconds / 8);
                outputs.push(Output::Wait(ticket, milliseconds + spread));
            }
            Command::StoreJournal(journal) => outputs.push(Output::StoreJournal(journal)),
            Command::ForgetJournal => outputs.push(Output::ForgetJournal),
            Command::EndSession => self.forget_customer(),
            Command::Completed => outputs.push(Output::Tell(Message::Completed)),
            Command::Lock(attempt, lock) => outputs.push(Output::Lock(attempt, lock)),
            Command::Unlock(attempt) => outputs.push(Output::Unlock(attempt)),
        }
    }

    /// Sends the call, or lets it wait for new tokens.
    fn dispatch(&mut self, index: usize, now: Now, outputs: &mut Vec<Output>, events: &mut VecDeque<Event>) {
        let call = &self.calls[index].call;
        let pass = match call.access() {
            Access::Public => None,
            Access::Customer if self.renewal.is_some() => Some(Pass::Renew),
            Access::Customer => Some(self.session.pass(call.safety() == Safety::Purchase, now.ms)),
        };
        match pass {
            None => self.send(index, None, 0, outputs),
            Some(Pass::Go(bearer, generation)) => self.send(index, Some(bearer), generation, outputs),
            Some(Pass::Renew) => self.renew(outputs, events),
            Some(Pass::Ended) => {
                let pending = self.calls.remove(index);
                events.push_back(Event::Answered(pending.attempt, Err(Failure::SessionEnded)));
            }
        }
    }

    fn send(&mut self, index: usize, bearer: Option<Rc<Secret<String>>>, generation: u32, outputs: &mut Vec<Output>) {
        let ticket = self.ticket();
        let pending = &mut self.calls[index];
        pending.tries += 1;
        pending.place = Place::Sent(ticket, generation);
        outputs.push(Output::Send(ticket, request(&pending.call, bearer, self.wire)));
    }

    /// One renewal for however many calls wait for it.
    fn renew(&mut self, outputs: &mut Vec<Output>, events: &mut VecDeque<Event>) {
        if self.renewal.is_some() {
            return;
        }
        let Some((refresh, access)) = self.session.take_refresh() else { return self.end_session(events) };
        let ticket = self.ticket();
        self.renewal = Some(ticket);
        let call = Call::Refresh(Refresh { refresh });
        let bearer = call.needs_old_bearer(self.wire).then_some(access);
        outputs.push(Output::Send(ticket, request(&call, bearer, self.wire)));
    }

    fn renewed(&mut self, carried: Carried, now: Now, outputs: &mut Vec<Output>, events: &mut VecDeque<Event>) {
        self.renewal = None;
        match read_tokens(carried) {
            Some(tokens) => {
                self.session.begin(tokens, now.ms);
                self.dispatch_queued(now, outputs, events);
            }
            None => self.end_session(events),
        }
    }

    fn dispatch_queued(&mut self, now: Now, outputs: &mut Vec<Output>, events: &mut VecDeque<Event>) {
        let mut index = 0;
        while index < self.calls.len() {
            let before = self.calls.len();
            if self.calls[index].place == Place::Queued {
                self.dispatch(index, now, outputs, events);
            }
            if self.calls.len() == before {
                index += 1;
            }
        }
    }

    /// Nothing of the customer who leaves may happen, or come back, in the session of the next one: not a call that waits for
    /// tokens, and not the tokens it waits for.
    fn forget_customer(&mut self) {
        self.session.end();
        self.renewal = None;
        self.calls.clear();
    }

    /// Everyone who waits learns that the session is over. New tokens that are on their way for it come too late. What was sent may
    /// still be answered, but is not made again: what the customer wanted in this session is no word about the next one.
    fn end_session(&mut self, events: &mut VecDeque<Event>) {
        self.session.end();
        self.renewal = None;
        let (sent, waiting): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.calls).into_iter().partition(|pending| matches!(pending.place, Place::Sent(..)));
        self.calls = sent;
        for pending in &mut self.calls {
            pending.tries = NEVER_AGAIN;
        }
        events.extend(waiting.into_iter().map(|pending| Event::Answered(pending.attempt, Err(Failure::SessionEnded))));
    }

    fn carried(&mut self, ticket: Ticket, carried: Carried, now: Now, outputs: &mut Vec<Output>, events: &mut VecDeque<Event>) {
        if self.renewal == Some(ticket) {
            return self.renewed(carried, now, outputs, events);
        }
        let sent = |pending: &Pending| matches!(pending.place, Place::Sent(of, _) if of == ticket);
        let Some(index) = self.calls.iter().position(sent) else { return };
        let (safety, access) = (self.calls[index].call.safety(), self.calls[index].call.access());
        let refused = matches!(carried, Carried::Response { status: 401, .. }) && access == Access::Customer;
        if refused && safety != Safety::Purchase && self.calls[index].tries != NEVER_AGAIN {
            return self.refused(index, outputs, events);
        }
        self.circuit.record(carried.is_failure(), now.ms);
        let milliseconds = match decide(safety, &carried, self.calls[index].tries) {
            Next::Deliver => return self.deliver(index, carried, now, outputs, events),
            _ if !self.circuit.allow(now.ms) => return self.deliver(index, carried, now, outputs, events),
            Next::Within(most) => self.up_to(most),
            Next::After(least) => least + self.up_to(least / 10),
        };
        let timer = self.ticket();
        self.calls[index].place = Place::Resting(timer);
        self.timers.push((timer, Timer::Retry));
        outputs.push(Output::Wait(timer, milliseconds));
    }

    /// The server did not take the token: once with a newer one, then the customer signs in again. A 401 precedes any effect.
    fn refused(&mut self, index: usize, outputs: &mut Vec<Output>, events: &mut VecDeque<Event>) {
        let Place::Sent(_, generation) = self.calls[index].place else { return };
        self.calls[index].place = Place::Queued;
        // Twice refused ends the session, unless it was an older token that was refused.
        if !self.session.is_stale(generation) && std::mem::replace(&mut self.calls[index].replayed, true) {
            return self.end_session(events);
        }
        if self.renewal.is_some() {
            return;
        }
        match self.session.pass_after_refusal(generation) {
            Pass::Go(bearer, generation) => self.send(index, Some(bearer), generation, outputs),
            Pass::Renew => self.renew(outputs, events),
            Pass::Ended => self.end_session(events),
        }
    }

    fn deliver(&mut self, index: usize, carried: Carried, now: Now, outputs: &mut Vec<Output>, events: &mut VecDeque<Event>) {
        let Pending { attempt, call, incomplete, .. } = self.calls.remove(index);
        let outcome = match (read(&call, carried), &call) {
            (Ok(Answer::ReadProposal(proposal)), Call::ReadProposal(ReadProposal { proposal: id })) if !proposal.products_embedded => {
                let call = Call::ListProducts(ListProducts { proposal: id.clone() });
                self.calls.push(Pending { attempt, call, tries: 0, replayed: false, place: Place::Queued, incomplete: Some(proposal) });
                return self.dispatch(self.calls.len() - 1, now, outputs, events);
            }
            (Ok(Answer::ListProducts(products)), _) => Ok(Answer::ReadProposal(complete(incomplete, products))),
            (outcome, _) => outcome,
        };
        let event = match outcome {
            Ok(Answer::VerifyCode(tokens)) | Ok(Answer::SignIn(SignInResponse::SignedIn(tokens))) => {
                self.session.begin(tokens, now.ms);
                Event::SignedIn(attempt)
            }
            outcome => Event::Answered(attempt, outcome),
        };
        events.push_back(event);
    }

    fn timer_fired(&mut self, ticket: Ticket, now: Now, outputs: &mut Vec<Output>, events: &mut VecDeque<Event>) {
        let Some(place) = self.timers.iter().position(|(of, _)| *of == ticket) else { return };
        match self.timers.swap_remove(place).1 {
            Timer::Flow(attempt) => events.push_back(Event::TimerFired(attempt)),
            Timer::Retry => {
                let Some(index) = self.calls.iter().position(|pending| pending.place == Place::Resting(ticket)) else { return };
                self.calls[index].place = Place::Queued;
                self.dispatch(index, now, outputs, events);
            }
        }
    }

    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    /// A random number up to and with `most` (xorshift: spreading needs no better).
    fn up_to(&mut self, most: u32) -> u32 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        u32::try_from(self.random % (u64::from(most) + 1)).unwrap_or(most)
    }
}

fn request(call: &Call, bearer: Option<Rc<Secret<String>>>, wire: Wire) -> Request {
    let deadline_ms = if call.safety() == Safety::Purchase { 90_000 } else { 30_000 };
    Request { method: call.method(), path: call.path(), bearer, body: call.body(wire), deadline_ms }
}

/// Turns what was carried into the call's answer or the reason why there is none.
fn read(call: &Call, carried: Carried) -> Result<Answer, Failure> {
    let (status, content) = match carried {
        Carried::Lost(failure) => return Err(failure),
        Carried::Response { status, content, .. } => (status, content),
    };
    let nothing = crate::json::Value::Null;
    let body = match (&content, status) {
        (Content::Json(value), _) => value,
        (_, 300..) => &nothing,
        (Content::Empty, _) => &nothing,
        // An older server sends the document itself.
        (Content::File(url), _) => {
            let document = DocumentUrl::of_file(url).filter(|_| matches!(call, Call::PolicyDocument(_)));
            return document.map(Answer::PolicyDocument).ok_or(Failure::NotJson);
        }
        (Content::NotJson, _) => return Err(Failure::NotJson),
        (Content::Malformed, _) => return Err(Failure::Malformed),
        (Content::TooLarge, _) => return Err(Failure::TooLarge),
    };
    if (200..300).contains(&status) {
        call.decode(body).map_err(|error| Failure::Unexpected { path: error.path })
    } else {
        Err(Failure::Refused(Box::new(Problem::decode(body, status))))
    }
}

fn complete(proposal: Option<Proposal>, products: Vec<Product>) -> Proposal {
    let proposal =
        proposal.unwrap_or(Proposal { id: None, state: None, total_products: None, products: Vec::new(), products_embedded: false });
    Proposal { products, ..proposal }
}

fn read_tokens(carried: Carried) -> Option<Tokens> {
    let Carried::Response { status: 200..=299, content: Content::Json(body), .. } = carried else { return None };
    Refresh::decode(&body).ok()
}

#[cfg(test)]
mod tests;
