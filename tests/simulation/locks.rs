//! The browser's locks, as far as tabs of one origin share them.

use std::collections::{BTreeMap, VecDeque};

use insurup_core::flow::{Attempt, Lock};

/// A page of a tab; a reload makes another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) tab: usize,
    pub(crate) page: u32,
}

/// Who holds what, and who waits behind.
#[derive(Debug, Default)]
pub(crate) struct Locks(BTreeMap<String, VecDeque<(At, Attempt)>>);

impl Locks {
    /// Asks for a lock: whether it is held now, held by another, or nothing said yet because this one waits.
    pub(crate) fn ask(&mut self, at: At, attempt: Attempt, lock: &Lock) -> Option<bool> {
        let line = self.0.entry(lock.name()).or_default();
        if line.is_empty() || lock.waits() {
            line.push_back((at, attempt));
        } else {
            return Some(false);
        }
        (line.len() == 1).then_some(true)
    }

    /// Gives up what `who` says; the next in line hold their locks now.
    pub(crate) fn give_up(&mut self, who: impl Fn(At, Attempt) -> bool) -> Vec<(At, Attempt)> {
        let mut next = Vec::new();
        for line in self.0.values_mut() {
            let held = line.front().copied();
            line.retain(|(at, attempt)| !who(*at, *attempt));
            next.extend(line.front().copied().filter(|first| held != Some(*first)));
        }
        next
    }
}
