//! Signals, and what runs again when one changes.
//!
//! Whoever reads and whoever owns is Leptos' business. Its own effects are tasks, each with a channel that wakes it and a set of sources
//! that it asks whether they changed, and its signals keep their readers in a hash table: made for computed values and several threads.
//! Here all sources are signals and there is one thread, so a signal has a list of its readers, and there is one list of the effects that
//! are to run, run before the browser does anything else.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Weak};

use leptos::prelude::Owner;
use leptos::reactive::graph::{AnySource, AnySubscriber, Observer, ReactiveNode, Subscriber, WithObserver};
use wasm_bindgen::prelude::*;

use crate::element::Make;
use crate::kept::{Kept, keep};

/// A number that whoever read it is told of, until its owner ends. All signals hold numbers, as each other type is compiled anew.
#[derive(Clone, Copy)]
pub(crate) struct Signal(Kept<(Cell<u32>, RefCell<Vec<Reader>>)>);

/// A run of an effect that has read a signal; gone when the effect runs again, or ends.
type Reader = Weak<dyn Subscriber + Send + Sync>;

impl Signal {
    pub(crate) fn new(value: u32) -> Self {
        Self(Kept::new((Cell::new(value), RefCell::default())))
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
        if let (Some(signal), Some(AnySubscriber(_, reader))) = (self.0.get(), Observer::get()) {
            let mut readers = signal.1.borrow_mut();
            if readers.last().is_some_and(|last| Weak::ptr_eq(last, &reader)) {
                return;
            }
            // Before it grows, those that are gone make room.
            if readers.len() == readers.capacity() {
                readers.retain(|reader| reader.strong_count() > 0);
            }
            readers.push(reader);
        }
    }

    /// Tells nobody, once it is gone.
    pub(crate) fn set(self, value: u32) {
        if let Some(signal) = self.0.get() {
            signal.0.set(value);
            for reader in signal.1.take() {
                if let Some(reader) = reader.upgrade() {
                    reader.mark_dirty();
                }
            }
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
    is_waiting: Cell<bool>,
    /// The last run: what signals know. A new one takes its place, so that none that was read before and is not any more tells of a change.
    last: RefCell<Option<Arc<Run>>>,
}

/// A run of an effect, as the graph knows it: the graph may be used by several threads.
struct Run(Kept<Effect>);

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
    let effect = Rc::new(Effect { owner: Owner::new(), run, is_waiting: Cell::new(false), last: RefCell::default() });
    let number = keep(Rc::<Effect>::clone(&effect));
    effect.run(Kept::of(number));
}

impl Effect {
    fn run(&self, kept: Kept<Self>) {
        self.is_waiting.set(false);
        let run: Arc<dyn Subscriber + Send + Sync> = self.last.borrow_mut().insert(Arc::new(Run(kept))).clone();
        let subscriber = AnySubscriber(0, Arc::downgrade(&run));
        self.owner.with_cleanup(|| subscriber.with_observer(|| self.run.make()));
    }
}

fn run_waiting() {
    for waiting in WAITING.take() {
        // What ran before it may have ended it.
        if let Some(effect) = waiting.get() {
            effect.run(waiting);
        }
    }
}

impl ReactiveNode for Run {
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

/// Sources are signals of this module, which keep no more of it than they have to.
impl Subscriber for Run {
    fn add_source(&self, _: AnySource) {}

    fn clear_sources(&self, _: &AnySubscriber) {}
}
