//! Signals, and what runs again when one changes.
//!
//! Both are nodes of Leptos' reactive graph. Its own effects are tasks, each with a channel that wakes it and a set of sources that it asks
//! whether they changed: made for computed values and several threads. Here all sources are signals and there is one thread, so it is
//! enough to have one list of the effects that are to run, run before the browser does anything else.

use std::cell::{Cell, OnceCell, RefCell};
use std::ptr;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::{ArcTrigger, Notify, Owner, Track};
use leptos::reactive::graph::{AnySource, AnySubscriber, ReactiveNode, Source, Subscriber, WithObserver};
use wasm_bindgen::prelude::*;

use crate::element::Make;
use crate::kept::{Kept, keep};

/// A number that whoever read it is told of, until its owner ends. All signals hold numbers, as each other type is compiled anew.
#[derive(Clone, Copy)]
pub(crate) struct Signal(Kept<(Cell<u32>, ArcTrigger)>);

impl Signal {
    pub(crate) fn new(value: u32) -> Self {
        Self(Kept::new((Cell::new(value), ArcTrigger::new())))
    }

    pub(crate) fn get(self) -> u32 {
        self.track();
        self.get_untracked()
    }

    /// The first of all numbers, once it is gone.
    pub(crate) fn get_untracked(self) -> u32 {
        self.0.get().map_or(0, |signal| signal.0.get())
    }

    pub(crate) fn track(self) {
        if let Some(signal) = self.0.get() {
            signal.1.track();
        }
    }

    /// Tells nobody, once it is gone.
    pub(crate) fn set(self, value: u32) {
        if let Some(signal) = self.0.get() {
            signal.0.set(value);
            signal.1.notify();
        }
    }

    /// Counts on, for whoever only needs to know that something happened.
    pub(crate) fn count(self) {
        self.set(self.get_untracked().wrapping_add(1));
    }
}

/// A signal that is on or off.
#[derive(Clone, Copy)]
pub(crate) struct Flag(Signal);

impl Flag {
    pub(crate) fn new(on: bool) -> Self {
        Self(Signal::new(u32::from(on)))
    }

    pub(crate) fn get(self) -> bool {
        self.0.get() != 0
    }

    pub(crate) fn get_untracked(self) -> bool {
        self.0.get_untracked() != 0
    }

    pub(crate) fn set(self, on: bool) {
        self.0.set(u32::from(on));
    }
}

struct Effect {
    /// Of all that is made in a run: it ends before the next.
    owner: Owner,
    run: Box<dyn Make<()>>,
    sources: RefCell<Vec<AnySource>>,
    is_waiting: Cell<bool>,
    node: OnceCell<Arc<Node>>,
}

/// An effect, as the graph knows it: the graph may be used by several threads.
struct Node(Kept<Effect>);

#[wasm_bindgen]
extern "C" {
    /// Calls back before the browser does anything else.
    #[wasm_bindgen(js_name = queueMicrotask)]
    fn soon(act: &JsValue);
}

thread_local! {
    /// Those that are to run, the first that was told first.
    static WAITING: RefCell<Vec<Kept<Effect>>> = const { RefCell::new(Vec::new()) };
}

/// Runs at once, and again after a signal changed that it read, as long as the owner of the moment lives.
pub(crate) fn follow(run: impl Fn() + 'static) {
    follow_of(Box::new(run));
}

fn follow_of(run: Box<dyn Make<()>>) {
    let effect =
        Rc::new(Effect { owner: Owner::new(), run, sources: RefCell::default(), is_waiting: Cell::new(false), node: OnceCell::new() });
    let number = keep(Rc::<Effect>::clone(&effect));
    effect.node.get_or_init(|| Arc::new(Node(Kept::of(number))));
    effect.run();
}

impl Effect {
    fn run(&self) {
        self.is_waiting.set(false);
        self.forget_sources();
        if let Some(subscriber) = self.subscriber() {
            self.owner.with_cleanup(|| subscriber.with_observer(|| self.run.make()));
        }
    }

    fn subscriber(&self) -> Option<AnySubscriber> {
        let node: Arc<dyn Subscriber + Send + Sync> = Arc::<Node>::clone(self.node.get()?);
        Some(AnySubscriber(ptr::from_ref(self).addr(), Arc::downgrade(&node)))
    }

    /// Nothing tells it of a change any more.
    fn forget_sources(&self) {
        if let Some(subscriber) = self.subscriber() {
            for source in self.sources.take() {
                source.remove_subscriber(&subscriber);
            }
        }
    }
}

/// A signal that outlives it would otherwise go on knowing it.
impl Drop for Effect {
    fn drop(&mut self) {
        self.forget_sources();
    }
}

fn run_waiting() {
    for effect in WAITING.take() {
        // What ran before it may have ended it.
        if let Some(effect) = effect.get() {
            effect.run();
        }
    }
}

impl ReactiveNode for Node {
    fn mark_dirty(&self) {
        if self.0.get().is_some_and(|effect| !effect.is_waiting.replace(true)) {
            let is_first = WAITING.with_borrow_mut(|waiting| {
                waiting.push(self.0);
                waiting.len() == 1
            });
            if is_first {
                soon(&Closure::once_into_js(run_waiting));
            }
        }
    }

    /// Only computed values change perhaps.
    fn mark_check(&self) {}

    fn mark_subscribers_check(&self) {}

    fn update_if_necessary(&self) -> bool {
        false
    }
}

impl Subscriber for Node {
    fn add_source(&self, source: AnySource) {
        if let Some(effect) = self.0.get() {
            let mut sources = effect.sources.borrow_mut();
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
    }

    fn clear_sources(&self, _: &AnySubscriber) {
        if let Some(effect) = self.0.get() {
            effect.forget_sources();
        }
    }
}
