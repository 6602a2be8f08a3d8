//! What belongs to the one thread of a page, kept by number: a handle to it is as cheap to copy as a number, and may be held by closures
//! of Leptos, which must be able to cross threads.
//!
//! Leptos' own local storage asks for the thread at every use. That brings the standard library's threads into the module, and with them
//! a second allocator. Without them, with the smaller allocator and one type of signal, the module was 3.9 kB (brotli) smaller.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::on_cleanup;

/// In the order of their numbers.
type List = Vec<(u32, Rc<dyn Any>)>;

thread_local! {
    static KEPT: RefCell<List> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// Keeps something until the owner of the moment ends. Returns its number, which no other thing gets.
pub(crate) fn keep(value: Rc<dyn Any>) -> u32 {
    let number = LAST.get() + 1;
    LAST.set(number);
    KEPT.with_borrow_mut(|kept| kept.push((number, value)));
    // Dropped here, not in there: what is dropped may end others.
    on_cleanup(move || drop(with_place(number, |kept, place| kept.remove(place))));
    number
}

fn with_place<R>(number: u32, take: fn(&mut List, usize) -> R) -> Option<R> {
    KEPT.with_borrow_mut(|kept| {
        let place = kept.binary_search_by_key(&number, |(of, _)| *of).ok()?;
        Some(take(kept, place))
    })
}

/// A handle to something that is kept.
pub(crate) struct Kept<T> {
    number: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T: 'static> Kept<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { number: keep(Rc::new(value)), of: PhantomData }
    }

    /// What has this number, if it is of this type.
    pub(crate) fn of(number: u32) -> Self {
        Self { number, of: PhantomData }
    }

    /// Never 0.
    pub(crate) fn number(self) -> u32 {
        self.number
    }

    /// As long as it is kept.
    pub(crate) fn get(self) -> Option<Rc<T>> {
        with_place(self.number, |kept, place| Rc::clone(&kept[place].1))?.downcast().ok()
    }
}

impl<T: 'static> Kept<RefCell<T>> {
    pub(crate) fn with_value<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.try_with_value(read).expect("it is used while its owner lives")
    }

    pub(crate) fn try_with_value<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.get().map(|value| read(&value.borrow()))
    }

    /// Nothing happens once it is gone.
    pub(crate) fn update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.get().map(|value| change(&mut value.borrow_mut()))
    }
}
