//! Drives an [`Engine`] in a browser: the one place where something is awaited.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Document;

use super::carrier::{Carrier, DOCUMENT, Owner};
use super::{Engine, Input, Message, Output, Ticket};
use crate::domain::normalise::{decimal, join_with, parts, small};
use crate::domain::{MobilePhone, ProductId, ProposalId};
use crate::flow::{Attempt, Config, Event, FlowView, Journal, Lock, Now, Screen};
use crate::transport::Carried;

/// Name of the one record in this tab's storage.
const RECORD: &str = "insurup-checkout";

#[wasm_bindgen(module = "/src/client/locks.js")]
extern "C" {
    fn hold(name: &str, waits: bool, tell: &JsValue) -> Function;
}

#[wasm_bindgen(module = "/src/client/journal.js")]
extern "C" {
    #[wasm_bindgen(js_name = readRecord)]
    fn read_record(name: &str) -> Option<String>;
    #[wasm_bindgen(js_name = writeRecord)]
    fn write_record(name: &str, record: Option<&str>);
}

/// What a driver needs besides the sale's configuration.
pub struct Setup {
    /// What the agency configured.
    pub config: Rc<Config>,
    /// Address of the API, with a slash at the end.
    pub base: String,
    /// Language of the server's messages: `tr-TR`, `en-US`.
    pub language: &'static str,
    /// Called with every new picture of the sale.
    pub on_view: Box<dyn Fn(Rc<FlowView>)>,
    /// Called with what the page around the widget may know.
    pub on_message: Box<dyn Fn(Message)>,
    /// Called with an event to be sent as soon as what answers to it is there; without this it is sent at once.
    pub go_on: Option<Box<dyn Fn(Event)>>,
    /// Called with a phone that the agency is to verify, where it does that itself; the answer is [`Event::PhoneVerified`].
    pub verify_phone: Option<Box<dyn Fn(Attempt, MobilePhone)>>,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Setup").field("base", &self.base).finish_non_exhaustive()
    }
}

/// One running sale. Dropping the last handle does not stop it; [`Driver::close`] does.
pub struct Driver {
    on_view: Box<dyn Fn(Rc<FlowView>)>,
    on_message: Box<dyn Fn(Message)>,
    go_on: Option<Box<dyn Fn(Event)>>,
    verify_phone: Option<Box<dyn Fn(Attempt, MobilePhone)>>,
    engine: RefCell<Engine>,
    carrier: Carrier,
    /// What happened and is not taken yet, while something is: whoever is told something may do something at once.
    inputs: RefCell<VecDeque<Input>>,
    busy: Cell<bool>,
    /// Locks that are held or asked for; calling what is kept gives a held one up.
    locks: RefCell<Vec<(Attempt, Function)>>,
}

impl std::fmt::Debug for Driver {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Driver").field("engine", &self.engine).finish_non_exhaustive()
    }
}

impl Driver {
    /// Starts a sale.
    #[must_use]
    pub fn start(setup: Setup) -> Rc<Self> {
        let Setup { config, base, language, on_view, on_message, go_on, verify_phone } = setup;
        let engine = RefCell::new(Engine::new(config, Carrier::seed()));
        let carrier = Carrier::new(base, language);
        let (inputs, busy, locks) = (RefCell::default(), Cell::new(false), RefCell::default());
        let driver = Rc::new(Self { on_view, on_message, go_on, verify_phone, engine, carrier, inputs, busy, locks });
        let weak = Rc::downgrade(&driver);
        let look = move |_| {
            if let Some(driver) = weak.upgrade() {
                let hidden = DOCUMENT.with(|document| document.as_ref().is_some_and(Document::hidden));
                driver.send(if hidden { Event::Hidden } else { Event::Shown });
            }
        };
        driver.carrier.listen("visibilitychange", look.clone());
        // What stopped for want of a network goes on as it does for want of somebody who looks.
        driver.carrier.listen_to_window("online", look);
        driver.send(Event::Started(read_journal()));
        driver
    }

    /// Something happened. From within a listener: after everybody has seen what came before.
    pub fn send(self: &Rc<Self>, event: Event) {
        self.handle(Input::Event(event));
    }

    /// What the page shows now.
    #[must_use]
    pub fn view(&self) -> Rc<FlowView> {
        self.engine.borrow().view()
    }

    /// Milliseconds of the clock that only goes forward, and of the calendar.
    #[must_use]
    pub fn now() -> Now {
        Carrier::now()
    }

    /// Ends timers, requests, listeners and locks. Safe to repeat.
    pub fn close(&self) {
        self.carrier.close();
        while let Some((attempt, _)) = { self.locks.borrow().last().cloned() } {
            self.unlock(attempt);
        }
    }

    fn handle(self: &Rc<Self>, input: Input) {
        self.inputs.borrow_mut().push_back(input);
        if self.busy.replace(true) {
            return;
        }
        while let Some(input) = { self.inputs.borrow_mut().pop_front() } {
            self.take(input);
        }
        self.busy.set(false);
    }

    fn take(self: &Rc<Self>, input: Input) {
        if self.carrier.is_closed() {
            return;
        }
        let outputs = self.engine.borrow_mut().handle(input, Self::now());
        let view = self.engine.borrow().view();
        if matches!(view.screen, Screen::SignedOut) {
            self.carrier.drop_files();
        }
        for output in outputs {
            self.perform(output);
            // Whoever was told something may have closed the sale.
            if self.carrier.is_closed() {
                return;
            }
        }
        (self.on_view)(view);
    }

    fn perform(self: &Rc<Self>, output: Output) {
        match output {
            Output::Send(ticket, request) => Carrier::send(self, ticket, request),
            Output::Wait(ticket, milliseconds) => Carrier::wait(self, ticket, milliseconds),
            Output::StoreJournal(journal) => store_journal(Some(&journal)),
            Output::ForgetJournal => store_journal(None),
            Output::GoOn(event) => match &self.go_on {
                Some(go_on) => go_on(event),
                None => self.send(event),
            },
            Output::Tell(message) => (self.on_message)(message),
            // Nobody verifies: nobody is signed in without a code.
            Output::VerifyPhone(attempt, phone) => match &self.verify_phone {
                Some(verify) => verify(attempt, phone),
                None => self.send(Event::PhoneVerified(attempt, false)),
            },
            Output::Lock(attempt, lock) => self.lock(attempt, &lock),
            Output::Unlock(attempt) => self.unlock(attempt),
        }
    }

    fn lock(self: &Rc<Self>, attempt: Attempt, lock: &Lock) {
        let driver = Rc::clone(self);
        let tell = Closure::once_into_js(move |held: JsValue| driver.send(Event::Locked(attempt, held.is_truthy())));
        let give = hold(&lock.name(), lock.waits(), &tell);
        self.locks.borrow_mut().push((attempt, give));
    }

    fn unlock(&self, attempt: Attempt) {
        for (_, give_up) in self.locks.borrow_mut().extract_if(.., |(of, _)| *of == attempt) {
            // Keeping a promise throws nothing.
            let _ = give_up.call0(&JsValue::UNDEFINED);
        }
    }
}

impl Owner for Driver {
    fn carrier(&self) -> &Carrier {
        &self.carrier
    }

    fn carried(self: &Rc<Self>, ticket: Ticket, carried: Carried) {
        self.handle(Input::Carried(ticket, carried));
    }

    fn fired(self: &Rc<Self>, ticket: Ticket) {
        self.handle(Input::TimerFired(ticket));
    }
}

/// The record of a purchase that an earlier page of this tab sent.
fn read_journal() -> Option<Journal> {
    let record = read_record(RECORD)?;
    let &["1", proposal, product, instalments, failed_before] = &parts(&record, "\n")[..] else { return None };
    Some(Journal {
        proposal: ProposalId::new(proposal.to_owned())?,
        product: ProductId::new(product.to_owned())?,
        instalments: small(instalments)?,
        failed_before: failed_before == "1",
    })
}

fn store_journal(journal: Option<&Journal>) {
    let record = journal.map(|Journal { proposal, product, instalments, failed_before }| {
        join_with("\n", &["1", proposal.as_str(), product.as_str(), &decimal(*instalments), if *failed_before { "1" } else { "0" }])
    });
    write_record(RECORD, record.as_deref());
}
