//! How often a code may be asked for.

use super::event::Now;
use crate::transport::Failure;

/// A new code can be asked for after so many milliseconds …
const RESEND_AFTER_MS: u64 = 60_000;
/// … and after so many codes, only after twice the time for each further one (T-16).
const FREE_CODES: u32 = 3;

/// How many codes this page has asked for.
#[derive(Debug, Default)]
pub(super) struct SmsBudget {
    sent: u32,
    last_at: u64,
    /// When the one before was asked for.
    before_at: u64,
    /// No sooner than the server said.
    not_before: u64,
}

impl SmsBudget {
    /// When the next code may be asked for, in milliseconds of the clock that only goes forward.
    pub(super) fn next_at(&self) -> u64 {
        let doublings = self.sent.saturating_sub(FREE_CODES).min(10);
        (self.last_at + (RESEND_AFTER_MS << doublings)).max(self.not_before)
    }

    /// Seconds to wait before another number may be tried: none for the first few, so that a mistyped number costs no minute.
    pub(super) fn wait_seconds(&self, now: Now) -> Option<u64> {
        (self.sent >= FREE_CODES && now.ms < self.next_at()).then(|| (self.next_at() - now.ms).div_ceil(1000))
    }

    pub(super) fn count(&mut self, now: Now) {
        self.sent += 1;
        self.before_at = std::mem::replace(&mut self.last_at, now.ms);
    }

    /// What came of asking for another code, where none was sent: a question that never left this device costs nothing, and a server that
    /// names a time is not asked before.
    pub(super) fn unsent(&mut self, failure: &Failure, now: Now) {
        match failure {
            Failure::Offline => {
                self.sent -= 1;
                self.last_at = self.before_at;
            }
            Failure::Refused(problem) if problem.status == 429 => self.not_before = now.ms + problem.wait_seconds() * 1000,
            _ => {}
        }
    }
}
