//! A client of single calls: the session is inside, and no token ever comes out.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use insurup_core::client::carrier::{Carrier, Owner};
use insurup_core::client::{Callable as _, Calls, Ended, Output, Ticket};
use insurup_core::domain::{Date, ProposalId, Secret};
use insurup_core::endpoint::auth::Tokens;
use insurup_core::endpoint::proposals::Proposal;
use insurup_core::endpoint::{Access, Safety};
use insurup_core::flow::Attempt;
use insurup_core::json::Value;
use insurup_core::transport::{Carried, Failure};
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use crate::configuration::{self, Common};
use crate::errors::CallError;
use crate::operations::{self, Around, Given, ProgramCall};
use crate::shape::{self, Shape};

/// What `Client` of the package keeps.
#[wasm_bindgen]
#[derive(Debug)]
pub struct WasmClient(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    common: Common,
    without_code: bool,
    calls: RefCell<Calls<ProgramCall>>,
    carrier: Carrier,
    /// Goes with the code that is shown next.
    code_token: RefCell<Option<Rc<Secret<String>>>>,
    /// Which proposal is read by which call, for servers that answer its offers apart.
    reads: RefCell<Vec<(Attempt, ProposalId, Option<Proposal>)>>,
    waiting: RefCell<Vec<Waiting>>,
    count: Cell<u32>,
}

/// A promise that is not kept yet.
#[derive(Debug)]
struct Waiting {
    /// The number the program gave, to give the call up with.
    number: u32,
    attempt: Attempt,
    resolve: Function,
    reject: Function,
}

#[wasm_bindgen]
impl WasmClient {
    /// Takes the options, or throws what is wrong with them.
    ///
    /// # Errors
    ///
    /// A plain object with `code: 'invalid-argument'`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Self, JsValue> {
        let (common, without_code) =
            configuration::client(&Value::from_js(options)).map_err(|invalid| CallError::Invalid(invalid).shape().to_js())?;
        let carrier = Carrier::new(common.base.clone(), common.language);
        let calls = RefCell::new(Calls::new(common.wire, Carrier::seed()));
        Ok(Self(Rc::new(Inner {
            common,
            without_code,
            calls,
            carrier,
            code_token: RefCell::default(),
            reads: RefCell::default(),
            waiting: RefCell::default(),
            count: Cell::new(0),
        })))
    }

    /// Makes the call of this name. The number is the program's own, to give it up with.
    pub fn call(&self, number: u32, name: &str, arguments: &JsValue) -> Promise {
        let inner = Rc::clone(&self.0);
        let arguments = Value::from_js(arguments);
        Promise::new(&mut |resolve, reject| {
            if let Err(error) = inner.call(number, name, &arguments, resolve, &reject) {
                settle(&reject, &error.shape());
            }
        })
    }

    /// Gives a call up: its promise is rejected now. A purchase that was sent stays sent.
    pub fn abort(&self, number: u32) {
        self.0.abort(number);
    }

    /// Whether there is a session.
    #[wasm_bindgen(getter, js_name = signedIn)]
    #[must_use]
    pub fn signed_in(&self) -> bool {
        self.0.calls.borrow().is_signed_in()
    }

    /// Drops the session, with every call that waits for it.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self) {
        *self.0.code_token.borrow_mut() = None;
        self.0.forget_customer(|_| true);
    }

    /// Ends everything; what is not kept is rejected. Safe to repeat.
    pub fn close(&self) {
        self.0.carrier.close();
        self.0.calls.borrow_mut().forget_customer();
        self.0.reject(&CallError::Closed, |_| true);
    }
}

impl Inner {
    fn call(self: &Rc<Self>, number: u32, name: &str, arguments: &Value, resolve: Function, reject: &Function) -> Result<(), CallError> {
        if self.carrier.is_closed() {
            return Err(CallError::Closed);
        }
        let code_token = self.code_token.borrow().clone();
        let today = Date::in_istanbul(Carrier::now().unix_ms);
        let call = operations::call(name, arguments, Around { common: &self.common, today, code_token: code_token.as_ref() })?;
        let attempt = self.attempt();
        if name == "readProposal"
            && let Some(proposal) = arguments.field("proposalId").text().and_then(ProposalId::new)
        {
            self.reads.borrow_mut().push((attempt, proposal, None));
        }
        self.waiting.borrow_mut().push(Waiting { number, attempt, resolve, reject: reject.clone() });
        self.make(attempt, call);
        Ok(())
    }

    fn attempt(&self) -> Attempt {
        self.count.set(self.count.get().wrapping_add(1));
        Attempt(self.count.get())
    }

    fn make(self: &Rc<Self>, attempt: Attempt, call: ProgramCall) {
        self.drive(|calls, now_ms, outputs, ended| calls.make(attempt, call, now_ms, outputs, ended));
    }

    /// Lets something happen to the calls, and does what follows from it.
    fn drive(self: &Rc<Self>, happen: impl FnOnce(&mut Calls<ProgramCall>, u64, &mut Vec<Output>, &mut VecDeque<Ended<ProgramCall>>)) {
        let (mut outputs, mut ended) = (Vec::new(), VecDeque::new());
        happen(&mut self.calls.borrow_mut(), Carrier::now().ms, &mut outputs, &mut ended);
        for output in outputs {
            match output {
                Output::Send(ticket, request) => Carrier::send(self, ticket, request),
                Output::Wait(ticket, milliseconds) => Carrier::wait(self, ticket, milliseconds),
                // Those are a sale's.
                _ => {}
            }
        }
        for ended in ended {
            self.ended(ended);
        }
    }

    fn ended(self: &Rc<Self>, Ended { attempt, call, outcome }: Ended<ProgramCall>) {
        let of_session = call.access() == Access::Customer && call.safety() != Safety::Purchase;
        let read = self.reads.borrow_mut().extract_if(.., |(of, ..)| *of == attempt).next();
        let value = match (outcome, read) {
            (Ok(Given::Incomplete(proposal)), Some((_, id, _))) => {
                self.reads.borrow_mut().push((attempt, id.clone(), Some(*proposal)));
                return self.make(attempt, operations::list_products(id));
            }
            (Ok(Given::Incomplete(proposal)), None) => Ok(shape::proposal(&proposal, Vec::new().into())),
            (Ok(Given::Value(offers)), Some((_, _, Some(proposal)))) => Ok(shape::proposal(&proposal, offers)),
            (Ok(Given::Value(value)), _) => Ok(value),
            (Ok(Given::Redirect(url)), _) => Ok(operations::redirect(&url, self.common.local)),
            (Ok(Given::CodeNeeded(token)), _) => {
                *self.code_token.borrow_mut() = Some(Rc::new(token));
                Ok(Value::of("codeSent", true))
            }
            // A server that asks for no code would let anybody in who knows a number and a birth date (T-14).
            (Ok(Given::SignedInWithoutCode(_)), _) if !self.without_code => Err(CallError::NoCodeAsked),
            (Ok(Given::SignedIn(tokens) | Given::SignedInWithoutCode(tokens)), _) => {
                self.begin_session(attempt, tokens);
                Ok(Value::of("codeSent", false))
            }
            // Refused beside the call whose refusal ended the session, and not renewed for any more.
            (Err(Failure::Refused(problem)), _) if problem.status == 401 && of_session => Err(CallError::Failed(Failure::SessionEnded)),
            (Err(failure), _) => Err(CallError::Failed(failure)),
        };
        let Some(waiting) = self.waiting.borrow_mut().extract_if(.., |waiting| waiting.attempt == attempt).next() else { return };
        match value {
            Ok(value) => settle(&waiting.resolve, &value),
            Err(error) => settle(&waiting.reject, &error.shape()),
        }
    }

    fn begin_session(&self, attempt: Attempt, tokens: Tokens) {
        *self.code_token.borrow_mut() = None;
        if self.calls.borrow().is_signed_in() {
            // Whoever was signed in before takes everything along: new tokens of theirs would come back into this session.
            self.forget_customer(|waiting| waiting.attempt != attempt);
        }
        self.calls.borrow_mut().sign_in(tokens, Carrier::now().ms);
    }

    fn forget_customer(&self, of: impl Fn(&Waiting) -> bool) {
        self.calls.borrow_mut().forget_customer();
        self.carrier.drop_files();
        self.reject(&CallError::Failed(Failure::SessionEnded), of);
    }

    fn abort(&self, number: u32) {
        let Some(waiting) = self.waiting.borrow_mut().extract_if(.., |waiting| waiting.number == number).next() else { return };
        let on_its_way = self.calls.borrow_mut().abandon(waiting.attempt);
        if let Some(ticket) = on_its_way {
            self.carrier.abort(ticket);
        }
        settle(&waiting.reject, &CallError::Failed(Failure::Aborted).shape());
    }

    fn reject(&self, error: &CallError, which: impl Fn(&Waiting) -> bool) {
        let rejected: Vec<_> = self.waiting.borrow_mut().extract_if(.., |waiting| which(waiting)).collect();
        for waiting in rejected {
            settle(&waiting.reject, &error.shape());
        }
    }
}

impl Owner for Inner {
    fn carrier(&self) -> &Carrier {
        &self.carrier
    }

    fn carried(self: &Rc<Self>, ticket: Ticket, carried: Carried) {
        self.drive(|calls, now_ms, outputs, ended| calls.carried(ticket, carried, now_ms, outputs, ended));
    }

    fn fired(self: &Rc<Self>, ticket: Ticket) {
        self.drive(|calls, now_ms, outputs, ended| calls.timer_fired(ticket, now_ms, outputs, ended));
    }
}

/// Keeps or breaks a promise. `null` of the tree is `undefined` to programs.
fn settle(how: &Function, value: &Value) {
    let value = if value.is_null() { JsValue::UNDEFINED } else { value.to_js() };
    // The function is a promise's own, which throws nothing.
    let _ = how.call1(&JsValue::UNDEFINED, &value);
}
