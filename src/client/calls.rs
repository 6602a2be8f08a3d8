//! The calls under way: the right token for each, one renewal for all that wait, and repeating what may be repeated.
//!
//! Like the engine it does no I/O and never waits. What a call is, and what its answer is read into, is its user's: the flow of a
//! sale ([`Engine`](super::Engine)), or a program that makes single calls.

use std::collections::VecDeque;
use std::rc::Rc;

use super::{Output, Ticket};
use crate::domain::Secret;
use crate::endpoint::auth::{Refresh, Tokens};
use crate::endpoint::{Access, DocumentUrl, Endpoint, Method, Problem, Safety, Wire};
use crate::flow::Attempt;
use crate::json::{DecodeError, Value};
use crate::session::{Pass, Session};
use crate::transport::circuit::Circuit;
use crate::transport::retry::{Next, decide};
use crate::transport::{Carried, Content, Failure, Request};

/// Tries after which no call is made again.
const NEVER_AGAIN: u32 = u32::MAX;
/// A call is not repeated by itself when so long has passed since it was first made, unless the server said when to come back.
const BUDGET_MS: u64 = 30_000;

/// Something that can be asked of the API.
pub trait Callable {
    /// What its answer is read into.
    type Answer;

    /// How it is requested.
    fn method(&self) -> Method;
    /// Who may request it.
    fn access(&self) -> Access;
    /// What repeating it would do.
    fn safety(&self) -> Safety;
    /// Path and query, relative to the REST base.
    fn path(&self) -> String;
    /// The body in this wire form; nothing for a request without one.
    fn body(&self, wire: Wire) -> Option<Value>;

    /// Reads a successful answer, `Null` for an empty one.
    ///
    /// # Errors
    ///
    /// The answer lacks something that can't be done without.
    fn decode(&self, body: &Value) -> Result<Self::Answer, DecodeError>;

    /// Takes a document that came itself instead of its address, if that is what was asked for.
    fn document(&self, url: DocumentUrl) -> Option<Self::Answer>;
}

/// A call that ended.
#[derive(Debug)]
pub struct Ended<C: Callable> {
    /// The number it was made with.
    pub attempt: Attempt,
    /// What was asked.
    pub call: C,
    /// What came of it.
    pub outcome: Result<C::Answer, Failure>,
}

/// Session, calls under way, and timers between their tries.
#[derive(Debug)]
pub struct Calls<C> {
    wire: Wire,
    session: Session,
    circuit: Circuit,
    pending: Vec<Pending<C>>,
    renewal: Option<Ticket>,
    tickets: u32,
    random: u64,
}

#[derive(Debug)]
struct Pending<C> {
    attempt: Attempt,
    call: C,
    tries: u32,
    /// When it was first made.
    since_ms: u64,
    replayed: bool,
    place: Place,
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

impl<C: Callable> Calls<C> {
    /// No call, no session. `seed` is for the spread of waiting times; any number will do but the same for all customers.
    #[must_use]
    pub fn new(wire: Wire, seed: u64) -> Self {
        Self {
            wire,
            session: Session::default(),
            circuit: Circuit::default(),
            pending: Vec::new(),
            renewal: None,
            tickets: 0,
            random: seed | 1,
        }
    }

    /// Makes a call; its end comes with the same number, now or after any input.
    pub fn make(&mut self, attempt: Attempt, call: C, now_ms: u64, outputs: &mut Vec<Output>, ended: &mut VecDeque<Ended<C>>) {
        let index = self.pending.len();
        self.pending.push(Pending { attempt, call, tries: 0, since_ms: now_ms, replayed: false, place: Place::Queued });
        self.dispatch(index, now_ms, outputs, ended);
    }

    /// Begins a session.
    pub fn sign_in(&mut self, tokens: Tokens, now_ms: u64) {
        let spread = self.up_to(Session::SPREAD_MS);
        self.session.begin(tokens, now_ms, spread);
    }

    /// The session, where a page leaves or comes.
    pub(super) fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    /// Whether there is a session.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.session.is_active()
    }

    /// Nothing of the customer who leaves may happen, or come back, in the session of the next one: not a call that waits for
    /// tokens, and not the tokens it waits for.
    pub fn forget_customer(&mut self) {
        self.session.end();
        self.renewal = None;
        self.pending.clear();
    }

    /// Gives a call up; it ends nowhere. Returns the request that is on its way for it. A purchase that was sent may have its effect
    /// whatever we do: it goes on, and its answer is let in.
    pub fn abandon(&mut self, attempt: Attempt) -> Option<Ticket> {
        let index = self.pending.iter().position(|pending| pending.attempt == attempt)?;
        let Pending { call, place, .. } = &self.pending[index];
        if call.safety() == Safety::Purchase && matches!(place, Place::Sent(..)) {
            return None;
        }
        let Pending { place: Place::Sent(ticket, _) | Place::Resting(ticket), .. } = self.pending.remove(index) else { return None };
        Some(ticket)
    }

    /// Sends the call, or lets it wait for new tokens.
    fn dispatch(&mut self, index: usize, now_ms: u64, outputs: &mut Vec<Output>, ended: &mut VecDeque<Ended<C>>) {
        let call = &self.pending[index].call;
        let pass = match call.access() {
            Access::Public => None,
            Access::Customer if self.renewal.is_some() => Some(Pass::Renew),
            Access::Customer => Some(self.session.pass(call.safety() == Safety::Purchase, now_ms)),
        };
        match pass {
            None => self.send(index, None, 0, outputs),
            Some(Pass::Go(bearer, generation)) => self.send(index, Some(bearer), generation, outputs),
            Some(Pass::Renew) => self.renew(outputs, ended),
            Some(Pass::Ended) => {
                let Pending { attempt, call, .. } = self.pending.remove(index);
                ended.push_back(Ended { attempt, call, outcome: Err(Failure::SessionEnded) });
            }
        }
    }

    fn send(&mut self, index: usize, bearer: Option<Rc<Secret<String>>>, generation: u32, outputs: &mut Vec<Output>) {
        let ticket = self.ticket();
        let pending = &mut self.pending[index];
        pending.tries += 1;
        pending.place = Place::Sent(ticket, generation);
        let call = &pending.call;
        let deadline_ms = if call.safety() == Safety::Purchase { 90_000 } else { 30_000 };
        let request = Request { method: call.method(), path: call.path(), bearer, body: call.body(self.wire), deadline_ms };
        outputs.push(Output::Send(ticket, request));
    }

    /// One renewal for however many calls wait for it.
    fn renew(&mut self, outputs: &mut Vec<Output>, ended: &mut VecDeque<Ended<C>>) {
        if self.renewal.is_some() {
            return;
        }
        let Some((refresh, access)) = self.session.take_refresh() else { return self.end_session(ended) };
        let ticket = self.ticket();
        self.renewal = Some(ticket);
        let call = Refresh { refresh };
        let bearer = Refresh::needs_old_bearer(self.wire).then_some(access);
        let request = Request { method: Refresh::METHOD, path: call.path(), bearer, body: call.body(self.wire), deadline_ms: 30_000 };
        outputs.push(Output::Send(ticket, request));
    }

    fn renewed(&mut self, carried: Carried, now_ms: u64, outputs: &mut Vec<Output>, ended: &mut VecDeque<Ended<C>>) {
        self.renewal = None;
        match read_tokens(carried) {
            Some(tokens) => {
                self.sign_in(tokens, now_ms);
                self.dispatch_queued(now_ms, outputs, ended);
            }
            None => self.end_session(ended),
        }
    }

    fn dispatch_queued(&mut self, now_ms: u64, outputs: &mut Vec<Output>, ended: &mut VecDeque<Ended<C>>) {
        let mut index = 0;
        while index < self.pending.len() {
            let before = self.pending.len();
            if self.pending[index].place == Place::Queued {
                self.dispatch(index, now_ms, outputs, ended);
            }
            if self.pending.len() == before {
                index += 1;
            }
        }
    }

    /// Everyone who waits learns that the session is over. New tokens that are on their way for it come too late. What was sent may
    /// still be answered, but is not made again: what the customer wanted in this session is no word about the next one.
    pub(super) fn end_session(&mut self, ended: &mut VecDeque<Ended<C>>) {
        self.session.end();
        self.renewal = None;
        let (sent, waiting): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.pending).into_iter().partition(|pending| matches!(pending.place, Place::Sent(..)));
        self.pending = sent;
        for pending in &mut self.pending {
            pending.tries = NEVER_AGAIN;
        }
        ended.extend(waiting.into_iter().map(|Pending { attempt, call, .. }| Ended { attempt, call, outcome: Err(Failure::SessionEnded) }));
    }

    /// A request ended.
    pub fn carried(&mut self, ticket: Ticket, carried: Carried, now_ms: u64, outputs: &mut Vec<Output>, ended: &mut VecDeque<Ended<C>>) {
        if self.renewal == Some(ticket) {
            return self.renewed(carried, now_ms, outputs, ended);
        }
        let sent = |pending: &Pending<C>| matches!(pending.place, Place::Sent(of, _) if of == ticket);
        let Some(index) = self.pending.iter().position(sent) else { return };
        let Pending { call, tries, since_ms, .. } = &self.pending[index];
        let (safety, tries, since_ms) = (call.safety(), *tries, *since_ms);
        let refused = matches!(carried, Carried::Response { status: 401, .. }) && call.access() == Access::Customer;
        if refused && safety != Safety::Purchase && tries != NEVER_AGAIN {
            return self.refused(index, outputs, ended);
        }
        self.circuit.record(carried.is_failure(), now_ms);
        let milliseconds = match decide(safety, &carried, tries) {
            Next::Within(_) if now_ms.saturating_sub(since_ms) >= BUDGET_MS => return self.deliver(index, carried, ended),
            Next::Deliver => return self.deliver(index, carried, ended),
            _ if !self.circuit.allow(now_ms) => return self.deliver(index, carried, ended),
            Next::Within(most) => self.up_to(most),
            Next::After(least) => least + self.up_to(least / 10),
        };
        let timer = self.ticket();
        self.pending[index].place = Place::Resting(timer);
        outputs.push(Output::Wait(timer, milliseconds));
    }

    /// The server did not take the token: once with a newer one, then the customer signs in again. A 401 precedes any effect.
    fn refused(&mut self, index: usize, outputs: &mut Vec<Output>, ended: &mut VecDeque<Ended<C>>) {
        let Place::Sent(_, generation) = self.pending[index].place else { return };
        self.pending[index].place = Place::Queued;
        // Twice refused ends the session, unless it was an older token that was refused.
        if !self.session.is_stale(generation) && std::mem::replace(&mut self.pending[index].replayed, true) {
            return self.end_session(ended);
        }
        if self.renewal.is_some() {
            return;
        }
        match self.session.pass_after_refusal(generation) {
            Pass::Go(bearer, generation) => self.send(index, Some(bearer), generation, outputs),
            Pass::Renew => self.renew(outputs, ended),
            Pass::Ended => self.end_session(ended),
        }
    }

    fn deliver(&mut self, index: usize, carried: Carried, ended: &mut VecDeque<Ended<C>>) {
        let Pending { attempt, call, .. } = self.pending.remove(index);
        let outcome = read(&call, carried);
        ended.push_back(Ended { attempt, call, outcome });
    }

    /// A timer ran out, perhaps one of these.
    pub fn timer_fired(&mut self, ticket: Ticket, now_ms: u64, outputs: &mut Vec<Output>, ended: &mut VecDeque<Ended<C>>) {
        if let Some(index) = self.pending.iter().position(|pending| pending.place == Place::Resting(ticket)) {
            self.pending[index].place = Place::Queued;
            self.dispatch(index, now_ms, outputs, ended);
        }
    }

    /// A number for a request or timer.
    pub fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    /// A random number up to and with `most` (xorshift: spreading needs no better).
    pub fn up_to(&mut self, most: u32) -> u32 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        u32::try_from(self.random % (u64::from(most) + 1)).unwrap_or(most)
    }
}

/// Turns what was carried into the call's answer or the reason why there is none.
fn read<C: Callable>(call: &C, carried: Carried) -> Result<C::Answer, Failure> {
    let (status, content, retry_after_seconds) = match carried {
        Carried::Lost(failure) => return Err(failure),
        Carried::Response { status, content, retry_after_seconds } => (status, content, retry_after_seconds),
    };
    let nothing = Value::Null;
    let body = match (&content, status) {
        (Content::Json(value), _) => value,
        (_, 300..) => &nothing,
        (Content::Empty, _) => &nothing,
        // An older server sends the document itself.
        (Content::File(url), _) => return DocumentUrl::of_file(url).and_then(|url| call.document(url)).ok_or(Failure::NotJson),
        (Content::NotJson, _) => return Err(Failure::NotJson),
        (Content::Malformed, _) => return Err(Failure::Malformed),
        (Content::TooLarge, _) => return Err(Failure::TooLarge),
    };
    if (200..300).contains(&status) {
        call.decode(body).map_err(|error| Failure::Unexpected { path: error.path })
    } else {
        Err(Failure::Refused(Box::new(Problem { retry_after_seconds, ..Problem::decode(body, status) })))
    }
}

fn read_tokens(carried: Carried) -> Option<Tokens> {
    let Carried::Response { status: 200..=299, content: Content::Json(body), .. } = carried else { return None };
    Refresh::decode(&body).ok()
}
