//! Carries requests out and lets time pass, in a browser or in Node: what every kind of client needs of the world around it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Date, Math};
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, Document, Url};

use super::Ticket;
use crate::flow::Now;
use crate::transport::{Carried, Content, Request, fetch};

#[wasm_bindgen]
extern "C" {
    /// Calls back after so many milliseconds; returns the timer's id.
    #[wasm_bindgen(js_name = setTimeout)]
    pub fn set_timeout(callback: &JsValue, milliseconds: u32) -> f64;
    /// Ends a timer, or what is called at intervals.
    #[wasm_bindgen(js_name = clearTimeout)]
    pub fn clear_timeout(id: f64);
    /// What events happen to, as a script sees it: an element, a document, a window.
    #[derive(Debug)]
    pub type Target;
    #[wasm_bindgen(method, js_name = addEventListener)]
    fn listen(this: &Target, event: &str, react: &JsValue);
    #[wasm_bindgen(method, js_name = removeEventListener)]
    fn unlisten(this: &Target, event: &str, react: &JsValue);
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn monotonic() -> f64;
    // There is none in Node or in a worker.
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    pub(super) static DOCUMENT: Option<Document>;
    type PolicyViolation;
    #[wasm_bindgen(method, getter, js_name = blockedURI)]
    fn blocked_uri(this: &PolicyViolation) -> String;
    #[wasm_bindgen(method, getter, js_name = effectiveDirective)]
    fn effective_directive(this: &PolicyViolation) -> String;
}

/// A client: what learns how a request or a timer ended. Neither is told once the carrier is closed.
pub trait Owner: Sized + 'static {
    /// Its carrier.
    fn carrier(&self) -> &Carrier;
    /// A request ended.
    fn carried(self: &Rc<Self>, ticket: Ticket, carried: Carried);
    /// A timer ran out.
    fn fired(self: &Rc<Self>, ticket: Ticket);
}

/// Requests, timers and listeners of one client.
#[derive(Debug)]
pub struct Carrier {
    base: String,
    language: &'static str,
    timers: RefCell<Vec<RunningTimer>>,
    requests: RefCell<Vec<(Ticket, AbortController)>>,
    listeners: RefCell<Vec<Listener>>,
    violations: Violations,
    /// Documents the browser holds for the page. They say who bought what, so they go with the customer.
    files: RefCell<Vec<String>>,
    closed: Cell<bool>,
}

/// Addresses the page's policy was seen to block, each with the directive.
type Violations = Rc<RefCell<Vec<(String, String)>>>;
/// What a timer is for, its id in the browser, and what it calls.
type RunningTimer = (Ticket, f64, Closure<dyn FnMut()>);

/// Calls a closure at each event of one name, until it is dropped.
#[derive(Debug)]
pub struct Listener {
    target: Target,
    event: &'static str,
    react: Closure<dyn FnMut(JsValue)>,
}

impl Listener {
    /// Begins to listen.
    #[must_use]
    pub fn new(target: Target, event: &'static str, react: Closure<dyn FnMut(JsValue)>) -> Self {
        target.listen(event, react.as_ref());
        Self { target, event, react }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.target.unlisten(self.event, self.react.as_ref());
    }
}

impl Carrier {
    /// `base`: the address of the API, with a slash at the end. `language`: of the server's messages, `tr-TR` or `en-US`.
    #[must_use]
    pub fn new(base: String, language: &'static str) -> Self {
        let violations = Violations::default();
        let carrier = Self {
            base,
            language,
            timers: RefCell::default(),
            requests: RefCell::default(),
            listeners: RefCell::default(),
            violations: Rc::clone(&violations),
            files: RefCell::default(),
            closed: Cell::new(false),
        };
        carrier.listen("securitypolicyviolation", move |event| {
            let violation: PolicyViolation = event.unchecked_into();
            violations.borrow_mut().push((violation.blocked_uri(), violation.effective_directive()));
        });
        carrier
    }

    /// Milliseconds of the clock that only goes forward, and of the calendar.
    #[must_use]
    pub fn now() -> Now {
        Now { ms: whole(monotonic()), unix_ms: i64::try_from(whole(Date::now())).unwrap_or(0) }
    }

    /// A number to spread waiting times with. Not a secret.
    #[must_use]
    pub fn seed() -> u64 {
        (Math::random() * 4_294_967_296.0).to_bits()
    }

    /// Whether [`close`](Self::close) was called.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Carries a request for its owner.
    pub fn send<O: Owner>(owner: &Rc<O>, ticket: Ticket, request: Request) {
        let Ok(aborter) = AbortController::new() else { return };
        owner.carrier().requests.borrow_mut().push((ticket, aborter.clone()));
        let Self { base, language, violations, .. } = owner.carrier();
        let violations = Rc::clone(violations);
        let asking = Rc::clone(owner);
        let done = move |carried| {
            let owner = asking;
            let carrier = owner.carrier();
            carrier.requests.borrow_mut().retain(|(of, _)| *of != ticket);
            if let Carried::Response { content: Content::File(file), .. } = &carried {
                carrier.files.borrow_mut().push(file.clone());
            }
            if carrier.closed.get() {
                carrier.drop_files();
            } else {
                owner.carried(ticket, carried);
            }
        };
        fetch::carry(base, language, request, &aborter, move |url| blocked(&violations, url), done);
    }

    /// Ends a request that is on its way; its owner hears of it.
    pub fn abort(&self, ticket: Ticket) {
        let found = self.requests.borrow().iter().find(|(of, _)| *of == ticket).map(|(_, aborter)| aborter.clone());
        if let Some(aborter) = found {
            aborter.abort();
        }
    }

    /// Tells the owner after so many milliseconds.
    pub fn wait<O: Owner>(owner: &Rc<O>, ticket: Ticket, milliseconds: u32) {
        let waiting = Rc::clone(owner);
        let callback = Closure::once(move || {
            // This closure stays alive until it has run: only its place in the list is given up.
            let spent = waiting.carrier().timers.borrow_mut().extract_if(.., |(of, ..)| *of == ticket).next();
            waiting.fired(ticket);
            drop(spent);
        });
        let timer = set_timeout(callback.as_ref(), milliseconds);
        owner.carrier().timers.borrow_mut().push((ticket, timer, callback));
    }

    /// Listens to an event of the document, where there is one.
    pub fn listen(&self, event: &'static str, react: impl Fn(JsValue) + 'static) {
        if let Some(document) = DOCUMENT.with(Clone::clone) {
            self.listen_to(document.unchecked_into(), event, react);
        }
    }

    /// The same for an event of the window, which the document does not see.
    pub fn listen_to_window(&self, event: &'static str, react: impl Fn(JsValue) + 'static) {
        if let Some(window) = DOCUMENT.with(|document| document.as_ref()?.default_view()) {
            self.listen_to(window.unchecked_into(), event, react);
        }
    }

    /// The same for an event of anything else.
    pub fn listen_to(&self, target: Target, event: &'static str, react: impl Fn(JsValue) + 'static) {
        self.listeners.borrow_mut().push(Listener::new(target, event, Closure::new(react)));
    }

    /// Forgets the documents the browser holds for the page.
    pub fn drop_files(&self) {
        for file in self.files.take() {
            // It was this page that made the address.
            let _ = Url::revoke_object_url(&file);
        }
    }

    /// Ends timers, requests and listeners. Safe to repeat.
    pub fn close(&self) {
        self.closed.set(true);
        for (_, timer, _) in self.timers.take() {
            clear_timeout(timer);
        }
        for (_, aborter) in self.requests.take() {
            aborter.abort();
        }
        drop(self.listeners.take());
        self.drop_files();
    }
}

/// The directive of the page's policy that was seen to block this address.
fn blocked(violations: &Violations, url: &str) -> Option<String> {
    violations
        .borrow()
        .iter()
        .find(|(blocked, _)| url.starts_with(blocked.as_str()) && !blocked.is_empty())
        .map(|(_, directive)| directive.clone())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a clock in milliseconds: positive, far below 2^53")]
fn whole(milliseconds: f64) -> u64 {
    milliseconds as u64
}
