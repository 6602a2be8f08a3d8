//! How long a session may last (`security.md` 1.3): an hour in all, a quarter of one without the customer.

use crate::flow::Now;

/// Without a sign of the customer.
const IDLE_MS: u64 = 15 * 60_000;
/// Whatever the customer does.
const WHOLE_MS: u64 = 60 * 60_000;
/// So long before it ends for want of a sign, that is said.
const WARNING_MS: u64 = 2 * 60_000;

/// What the life of a session is measured from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caps {
    began: Now,
    active: Now,
}

impl Caps {
    /// A session that began at this moment of the calendar, perhaps on an earlier page.
    pub(super) fn new(began_unix_ms: i64, now: Now) -> Self {
        Self { began: Now { unix_ms: began_unix_ms, ..now }, active: now }
    }

    pub(super) fn began_unix_ms(&self) -> i64 {
        self.began.unix_ms
    }

    /// A sign of the customer. One that comes too late changes nothing.
    pub(super) fn touch(&mut self, now: Now) {
        if !self.is_over(now) {
            self.active = now;
        }
    }

    /// The customer is at the bank, and may be there for as long as it takes.
    pub(super) fn wait(&mut self, now: Now) {
        self.active = now;
    }

    pub(super) fn is_over(&self, now: Now) -> bool {
        let (idle, whole) = self.left(now);
        idle.min(whole) == 0
    }

    /// Whether the end is to be announced, and after how many milliseconds to look again.
    pub(super) fn next(&self, now: Now) -> (bool, u64) {
        let (idle, whole) = self.left(now);
        let warns = idle <= WARNING_MS;
        // What is put off, as a payment is being sent, is looked at every second.
        (warns, whole.min(if warns { idle } else { idle - WARNING_MS }).max(1_000))
    }

    /// Milliseconds until either cap.
    fn left(&self, now: Now) -> (u64, u64) {
        (IDLE_MS.saturating_sub(since(self.active, now)), WHOLE_MS.saturating_sub(since(self.began, now)))
    }
}

/// The clock that only goes forward stands still while some machines sleep, and the calendar can be set back: the longer time counts.
fn since(then: Now, now: Now) -> u64 {
    let calendar = u64::try_from(now.unix_ms.saturating_sub(then.unix_ms)).unwrap_or(0);
    now.ms.saturating_sub(then.ms).max(calendar)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const MINUTE: u64 = 60_000;

    fn at(minutes: u64) -> Now {
        let ms = minutes * MINUTE;
        Now { ms, unix_ms: 1_700_000_000_000 + i64::try_from(ms).expect("minutes") }
    }

    fn caps() -> Caps {
        Caps::new(at(0).unix_ms, at(0))
    }

    #[test]
    fn ends_a_quarter_of_an_hour_after_the_last_sign() {
        let mut caps = caps();
        assert_eq!(caps.next(at(0)), (false, 13 * MINUTE));
        assert_eq!(caps.next(at(13)), (true, 2 * MINUTE));
        assert!(!caps.is_over(at(14)) && caps.is_over(at(15)));
        caps.touch(at(14));
        assert!(!caps.is_over(at(28)) && caps.is_over(at(29)));
        // Too late.
        caps.touch(at(29));
        assert!(caps.is_over(at(29)));
    }

    #[test]
    fn waits_for_a_payment_however_long_nothing_was_heard_of_it_but_not_for_more_than_an_hour() {
        let mut caps = caps();
        caps.wait(at(40));
        assert!(!caps.is_over(at(54)) && caps.is_over(at(55)));
        caps.wait(at(61));
        assert!(caps.is_over(at(61)));
    }

    #[test]
    fn ends_an_hour_after_it_began_whatever_the_customer_does() {
        let mut caps = caps();
        for minute in 0..60 {
            caps.touch(at(minute));
            assert!(!caps.is_over(at(minute)));
        }
        assert_eq!(caps.next(at(59)), (false, MINUTE));
        assert!(caps.is_over(at(60)));
    }

    #[test]
    fn a_machine_that_slept_and_a_clock_that_was_set_back_gain_nothing() {
        let asleep = Now { ms: 0, ..at(16) };
        let set_back = Now { unix_ms: 0, ..at(16) };
        assert!(caps().is_over(asleep) && caps().is_over(set_back));
    }

    #[test]
    fn one_that_was_carried_over_from_an_earlier_page_ends_when_it_would_have_there() {
        let caps = Caps::new(at(0).unix_ms, Now { ms: 5, ..at(50) });
        assert!(!caps.is_over(Now { ms: 5 + 9 * MINUTE, ..at(59) }) && caps.is_over(Now { ms: 5 + 10 * MINUTE, ..at(60) }));
    }
}
