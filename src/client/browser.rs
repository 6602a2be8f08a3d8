//! Drives an [`Engine`] in a browser: the one place where something is awaited.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Date, Function, Math, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, Document, Storage, Url};

use super::{Engine, Input, Message, Output, Ticket};
use crate::domain::normalise::{parts, small};
use crate::domain::{ProductId, ProposalId};
use crate::flow::{Attempt, Config, Event, FlowView, Journal, Lock, Now, Screen};
use crate::transport::{Carried, Content, fetch};

/// Name of the one record in this tab's storage.
const RECORD: &str = "insurup-checkout";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: u32) -> f64;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: f64);
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn monotonic() -> f64;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Document;
    type Navigator;
    #[wasm_bindgen(thread_local_v2, js_name = navigator)]
    static NAVIGATOR: Option<Navigator>;
    #[wasm_bindgen(method, getter)]
    fn locks(this: &Navigator) -> Option<LockManager>;
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &JsValue, granted: &JsValue) -> Result<Promise, JsValue>;
    type PolicyViolation;
    #[wasm_bindgen(method, getter, js_name = blockedURI)]
    fn blocked_uri(this: &PolicyViolation) -> String;
    #[wasm_bindgen(method, getter, js_name = effectiveDirective)]
    fn effective_directive(this: &PolicyViolation) -> String;
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
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Setup").field("base", &self.base).finish_non_exhaustive()
    }
}

/// One running sale. Dropping the last handle does not stop it; [`Driver::close`] does.
pub struct Driver {
    setup: Setup,
    engine: RefCell<Engine>,
    timers: RefCell<Vec<RunningTimer>>,
    requests: RefCell<Vec<(Ticket, AbortController)>>,
    listeners: RefCell<Vec<Listener>>,
    violations: RefCell<Vec<(String, String)>>,
    /// Locks that are held or asked for; calling what is kept gives a held one up.
    locks: RefCell<Vec<(Attempt, Option<Function>)>>,
    /// Documents the browser holds for the page. They say who bought what, so they go with the customer.
    files: RefCell<Vec<String>>,
    closed: Cell<bool>,
}

/// What a timer is for, its id in the browser, and what it calls.
type RunningTimer = (Ticket, f64, Closure<dyn FnMut()>);

struct Listener {
    event: &'static str,
    callback: Closure<dyn FnMut(JsValue)>,
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
        // Not a secret: it only spreads waiting times.
        let seed = (Math::random() * 4_294_967_296.0).to_bits();
        let engine = RefCell::new(Engine::new(Rc::clone(&setup.config), seed));
        let driver = Rc::new(Self {
            setup,
            engine,
            timers: RefCell::default(),
            requests: RefCell::default(),
            listeners: RefCell::default(),
            violations: RefCell::default(),
            locks: RefCell::default(),
            files: RefCell::default(),
            closed: Cell::new(false),
        });
        driver.listen("visibilitychange", |driver, _| {
            let hidden = DOCUMENT.with(Document::hidden);
            driver.send(if hidden { Event::Hidden } else { Event::Shown });
        });
        driver.listen("securitypolicyviolation", |driver, event| {
            let violation: PolicyViolation = event.unchecked_into();
            driver.violations.borrow_mut().push((violation.blocked_uri(), violation.effective_directive()));
        });
        driver.send(Event::Started(read_journal()));
        driver
    }

    /// Something happened.
    pub fn send(self: &Rc<Self>, event: Event) {
        self.handle(Input::Event(event));
    }

    /// Milliseconds of the clock that only goes forward.
    #[must_use]
    pub fn now() -> Now {
        Now { ms: whole(monotonic()), unix_ms: i64::try_from(whole(Date::now())).unwrap_or(0) }
    }

    /// Ends timers, requests and listeners. Safe to repeat.
    pub fn close(&self) {
        self.closed.set(true);
        for (_, timer, _) in std::mem::take(&mut *self.timers.borrow_mut()) {
            clear_timeout(timer);
        }
        for (_, aborter) in std::mem::take(&mut *self.requests.borrow_mut()) {
            aborter.abort();
        }
        for listener in std::mem::take(&mut *self.listeners.borrow_mut()) {
            let callback: &Function = listener.callback.as_ref().unchecked_ref();
            DOCUMENT.with(|document| document.remove_event_listener_with_callback(listener.event, callback).ok());
        }
        while let Some((attempt, _)) = { self.locks.borrow().last().cloned() } {
            self.unlock(attempt);
        }
        self.drop_files();
    }

    fn drop_files(&self) {
        for file in self.files.take() {
            // It was this page that made the address.
            let _ = Url::revoke_object_url(&file);
        }
    }

    fn handle(self: &Rc<Self>, input: Input) {
        if self.closed.get() {
            return;
        }
        let outputs = self.engine.borrow_mut().handle(input, Self::now());
        let view = self.engine.borrow().view();
        for output in outputs {
            self.perform(output);
        }
        if matches!(view.screen, Screen::SignedOut) {
            self.drop_files();
        }
        (self.setup.on_view)(view);
    }

    fn perform(self: &Rc<Self>, output: Output) {
        match output {
            Output::Send(ticket, request) => {
                let Ok(aborter) = AbortController::new() else { return };
                self.requests.borrow_mut().push((ticket, aborter.clone()));
                let driver = Rc::clone(self);
                wasm_bindgen_futures::spawn_local(async move {
                    let carried =
                        fetch::carry(&driver.setup.base, driver.setup.language, request, &aborter, |url| driver.blocked(url)).await;
                    driver.requests.borrow_mut().retain(|(of, _)| *of != ticket);
                    if let Carried::Response { content: Content::File(file), .. } = &carried {
                        driver.files.borrow_mut().push(file.clone());
                        if driver.closed.get() {
                            driver.drop_files();
                        }
                    }
                    driver.handle(Input::Carried(ticket, carried));
                });
            }
            Output::Wait(ticket, milliseconds) => {
                let driver = Rc::clone(self);
                let callback = Closure::once(move || {
                    // This closure stays alive until it has run: only its place in the list is given up.
                    let spent = driver.timers.borrow_mut().extract_if(.., |(of, ..)| *of == ticket).next();
                    driver.handle(Input::TimerFired(ticket));
                    drop(spent);
                });
                let timer = set_timeout(callback.as_ref(), milliseconds);
                self.timers.borrow_mut().push((ticket, timer, callback));
            }
            Output::StoreJournal(journal) => store_journal(Some(&journal)),
            Output::ForgetJournal => store_journal(None),
            Output::Tell(message) => (self.setup.on_message)(message),
            Output::Lock(attempt, lock) => self.lock(attempt, &lock),
            Output::Unlock(attempt) => self.unlock(attempt),
        }
    }

    /// Asks the browser for a lock. Where it has none to give, this tab is taken for the only one (F-87).
    fn lock(self: &Rc<Self>, attempt: Attempt, lock: &Lock) {
        self.locks.borrow_mut().push((attempt, None));
        let driver = Rc::clone(self);
        let granted = Closure::once_into_js(move |granted: JsValue| driver.locked(attempt, !granted.is_null()));
        let options = Object::new();
        // Setting a member of a plain object can't fail.
        let _ = Reflect::set(&options, &"ifAvailable".into(), &(!lock.waits()).into());
        let locks = NAVIGATOR.with(|navigator| navigator.as_ref().and_then(Navigator::locks));
        let asked = locks.map(|locks| locks.request(&lock.name(), &options, &granted));
        let driver = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let refused = match asked {
                Some(Ok(held)) => wasm_bindgen_futures::JsFuture::from(held).await.is_err(),
                _ => true,
            };
            if refused {
                driver.send(Event::Locked(attempt, true));
            }
        });
    }

    /// The browser's answer. What is returned is held by the lock: the lock lasts until that promise is kept.
    fn locked(self: &Rc<Self>, attempt: Attempt, granted: bool) -> JsValue {
        let mut held = JsValue::UNDEFINED;
        if let Some((_, place)) = self.locks.borrow_mut().iter_mut().find(|(of, _)| *of == attempt).filter(|_| granted) {
            held = Promise::new(&mut |give_up, _| *place = Some(give_up)).into();
        }
        self.send(Event::Locked(attempt, granted));
        held
    }

    fn unlock(&self, attempt: Attempt) {
        for (_, give_up) in self.locks.borrow_mut().extract_if(.., |(of, _)| *of == attempt) {
            // Resolving a promise throws nothing.
            give_up.map(|give_up| give_up.call0(&JsValue::UNDEFINED));
        }
    }

    /// The directive of the page's policy that was seen to block this address.
    fn blocked(&self, url: &str) -> Option<String> {
        self.violations
            .borrow()
            .iter()
            .find(|(blocked, _)| url.starts_with(blocked.as_str()) && !blocked.is_empty())
            .map(|(_, directive)| directive.clone())
    }

    fn listen(self: &Rc<Self>, event: &'static str, react: impl Fn(&Rc<Self>, JsValue) + 'static) {
        let driver = Rc::downgrade(self);
        let callback = Closure::new(move |event| {
            if let Some(driver) = driver.upgrade() {
                react(&driver, event);
            }
        });
        DOCUMENT.with(|document| document.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref()).ok());
        self.listeners.borrow_mut().push(Listener { event, callback });
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a clock in milliseconds: positive, far below 2^53")]
fn whole(milliseconds: f64) -> u64 {
    milliseconds as u64
}

/// This tab's storage; none where the browser keeps it from us.
fn session_storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The record of a purchase that an earlier page of this tab sent. Storage may be denied: then there is none.
fn read_journal() -> Option<Journal> {
    let record = session_storage()?.get_item(RECORD).ok()??;
    let &["1", proposal, product, instalments, failed_before] = &parts(&record, "\n")[..] else { return None };
    Some(Journal {
        proposal: ProposalId::new(proposal.to_owned())?,
        product: ProductId::new(product.to_owned())?,
        instalments: small(instalments)?,
        failed_before: failed_before == "1",
    })
}

fn store_journal(journal: Option<&Journal>) {
    let Some(storage) = session_storage() else { return };
    // Denied or full: the sale goes on, only a reload would not find its way back by itself.
    let _ = match journal {
        Some(Journal { proposal, product, instalments, failed_before }) => {
            storage.set_item(RECORD, &format!("1\n{proposal}\n{product}\n{instalments}\n{}", u8::from(*failed_before)))
        }
        None => storage.remove_item(RECORD),
    };
}
