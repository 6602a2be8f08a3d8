//! What a customer has with the agency already, looked at beside a sale.

pub(super) mod list;

use std::fmt;

use super::Flow;
use super::event::{Command, Event, Now};
use super::notice::Notice;
use super::state::State;
use super::view::{Screen, Step};

/// Something that stands in place of a state, and knows by itself what happens in it and what is shown. Its code is loaded later, so it
/// is reached through this alone.
pub(super) trait Aside {
    /// What follows.
    fn next(self: Box<Self>, flow: &mut Flow, event: Event, now: Now, commands: &mut Vec<Command>) -> State;

    /// What is shown: as for any state.
    fn draw(&self) -> (Screen, Step, bool, Option<Notice>);

    /// Everything in it, for tests that nothing changes. Elsewhere it would bring the printing of all states into the browser.
    #[cfg(test)]
    fn tell(&self) -> &dyn fmt::Debug;
}

impl fmt::Debug for dyn Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(test)]
        self.tell().fmt(f)?;
        f.write_str("Aside")
    }
}
