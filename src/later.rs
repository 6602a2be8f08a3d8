//! What a build may load later.
//!
//! The browser's module is delivered in two halves (`xtask`): what every sale needs, and what is fetched when somebody wants it. A function
//! can be in the second half only if none of the first calls it directly; those that may be are listed there, and called through here.
//! Who sends an event that [needs](crate::flow::Event::needs_later) one sees to it that it is there. Elsewhere there is one half.

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
