//! What a build may load later.
//!
//! The browser's module is delivered in two halves (`xtask`): what every sale needs, and what is fetched when somebody wants it. A function
//! can be in the second half only if none of the first calls it directly; those that may be are listed there, and called through here.
//! Who sends an event that [needs](crate::flow::Event::needs_later) one sees to it that it is there. Elsewhere there is one half.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;

/// A value that only the second half looks into. The first passes it on, and drops it without knowing what is in it: even the end of a
/// list of such values is code that most customers never need.
pub struct Apart<T>(Rc<dyn Any>, PhantomData<T>);

/// What is kept. By the name of this type the code that drops it is told from other code.
struct Held<T>(T);

impl<T: 'static> Apart<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Rc::new(Held(value)), PhantomData)
    }
}

impl<T: 'static> Deref for Apart<T> {
    type Target = T;

    fn deref(&self) -> &T {
        let held: &Held<T> = self.0.downcast_ref().expect("nothing else is ever put in");
        &held.0
    }
}

impl<T> Clone for Apart<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0), PhantomData)
    }
}

impl<T: PartialEq + 'static> PartialEq for Apart<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: fmt::Debug + 'static> fmt::Debug for Apart<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// The function, as a pointer of which no compiler knows where it leads.
#[inline(always)]
pub(crate) fn later<F>(function: F) -> F {
    #[cfg(test)]
    CALLED.set(true);
    std::hint::black_box(function)
}

#[cfg(test)]
thread_local! {
    static CALLED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Whether a function of the second half was called since this was last asked.
#[cfg(test)]
pub(crate) fn was_called() -> bool {
    CALLED.replace(false)
}
