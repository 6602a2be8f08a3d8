//! Drives an [`Engine`] in a browser: the one place where something is awaited.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Document;

use super::carrier::{Carrier, DOCUMENT, Owner};
use super::{Engine, Input, Left, Message, Output, Ticket, record};
use crate::domain::MobilePhone;
use crate::domain::normalise::{decimal, join};
use crate::flow::{Attempt, Config, Event, FlowView, Journal, Lock, Now, Screen};
use crate::transport::Carried;

/// Name of the one record in this tab's storage.
const RECORD: &str = "insurup-checkout";
/// What says that the customer is there, also where nothing is sent.
const SIGNS: [&str; 4] = ["pointerdown", "keydown", "wheel", "click"];

#[wasm_bindgen(module = "/src/client/locks.js")]
extern "C" {
    fn hold(name: &str, waits: bool, tell: &JsValue) -> Function;
    fn others(name: &str) -> Tabs;
    #[derive(Clone)]
    type Tabs;
    #[wasm_bindgen(method, js_name = postMessage)]
    fn tell(this: &Tabs, message: f64);
}

#[wasm_bindgen(module = "/src/client/journal.js")]
extern "C" {
    #[wasm_bindgen(js_name = takeRecord)]
    fn take_record(name: &str, owner: &str) -> Option<String>;
    #[wasm_bindgen(js_name = leaveRecord)]
    fn leave_record(name: &str, ids: &str, owner: &str, began: &str, token: &str);
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
    /// To whom a session in the record belongs: no other agency's element, and no other API, goes on with it.
    owner: String,
    /// Where other tabs of that agency and API hear of a sign-out.
    others: Tabs,
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
        let owner = join(&base, " ", config.agent.as_str());
        let tabs = others(&owner);
        let engine = RefCell::new(Engine::new(config, Carrier::seed()));
        let carrier = Carrier::new(base, language);
        let (inputs, busy, locks) = (RefCell::default(), Cell::new(false), RefCell::default());
        let driver = Rc::new(Self { on_view, on_message, go_on, verify_phone, engine, carrier, owner, others: tabs, inputs, busy, locks });
        let look = driver.listener(|driver, _| {
            let hidden = DOCUMENT.with(|document| document.as_ref().is_some_and(Document::hidden));
            driver.send(if hidden { Event::Hidden } else { Event::Shown });
        });
        driver.carrier.listen("visibilitychange", look.clone());
        // What stopped for want of a network goes on as it does for want of somebody who looks.
        driver.carrier.listen_to_window("online", look);
        for sign in SIGNS {
            driver.carrier.listen_to_window(sign, driver.listener(|driver, _| driver.touch()));
        }
        let follow = driver.listener(|driver, _| driver.handle(Input::SignedOutElsewhere));
        driver.carrier.listen_to(driver.others.clone().unchecked_into(), "message", follow);
        driver.carrier.listen_to_window("pagehide", driver.listener(|driver, _| driver.leave()));
        // Also as it is loaded: then there is nothing to take back.
        driver.carrier.listen_to_window("pageshow", driver.listener(|driver, _| driver.come_back()));
        driver.begin();
        driver
    }

    /// Calls back as long as there is a driver.
    fn listener(self: &Rc<Self>, react: fn(&Rc<Self>, &JsValue)) -> impl Fn(JsValue) + Clone + 'static {
        let weak = Rc::downgrade(self);
        move |event| {
            if let Some(driver) = weak.upgrade() {
                react(&driver, &event);
            }
        }
    }

    /// Begins where an earlier page of this tab stopped, if it left anything.
    fn begin(self: &Rc<Self>) {
        let (journal, left) = self.read_record();
        match left {
            Some(left) => {
                let outputs = self.engine.borrow_mut().resume(left, Self::now());
                self.carry(outputs);
            }
            None => self.send(Event::Started(journal)),
        }
    }

    /// The page goes, perhaps to the payment page.
    fn leave(&self) {
        if let Some(Left { journal, refresh, began_unix_ms }) = self.engine.borrow_mut().leave() {
            // EXPOSE: the one place that writes a token down; the next page of this tab deletes it before it uses it.
            leave_record(RECORD, &record::ids(&journal), &self.owner, &decimal(began_unix_ms), refresh.expose());
        }
    }

    /// The page is shown: perhaps again, as the browser had kept it.
    fn come_back(self: &Rc<Self>) {
        if let (_, Some(left)) = self.read_record() {
            self.engine.borrow_mut().take_back(left.refresh);
        }
        self.send(Event::Shown);
    }

    /// What stands in the record; a session is deleted from it first.
    fn read_record(&self) -> (Option<Journal>, Option<Left>) {
        match take_record(RECORD, &self.owner).map(|text| record::read(&text)) {
            Some(Some((journal, left))) => (Some(journal), left),
            Some(None) => {
                write_record(RECORD, None);
                (None, None)
            }
            None => (None, None),
        }
    }

    /// A sign of the customer: the session is not idle.
    fn touch(&self) {
        // Whoever is told something does not hear of it in the midst of that.
        if !self.busy.get() && self.engine.borrow_mut().touch(Self::now()) {
            (self.on_view)(self.view());
        }
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
        // However often it is said: who is signed out is signed out.
        if matches!(input, Input::Event(Event::SignOut)) {
            self.others.tell(0.0);
        }
        let outputs = self.engine.borrow_mut().handle(input, Self::now());
        self.carry(outputs);
    }

    fn carry(self: &Rc<Self>, outputs: Vec<Output>) {
        let view = self.view();
        // They say who bought what, and are no longer on the screen.
        if matches!(view.screen, Screen::SignedOut | Screen::Identify(_)) {
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
            Output::StoreJournal(journal) => write_record(RECORD, Some(&record::ids(&journal))),
            Output::ForgetJournal => write_record(RECORD, None),
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
