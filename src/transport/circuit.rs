//! When calls are not made again by themselves for a while, although each of them might be (`security.md` 2.2).
//!
//! A server in trouble is not helped by a thousand tabs that each try thrice. What the customer asks for is always sent.

/// So many failures in a row open the circuit …
const FAILURES: u8 = 5;
/// … and for so long nothing is repeated.
const OPEN_MS: u64 = 15_000;
/// So many repetitions in a minute, all calls together.
const PER_MINUTE: usize = 10;
const MINUTE_MS: u64 = 60_000;

/// What the calls of one tab have met.
#[derive(Debug, Default)]
pub struct Circuit {
    failures: u8,
    open_until: u64,
    repeated_at: Vec<u64>,
}

impl Circuit {
    /// Takes the end of a call: `failed` if nobody answered, or the server could not.
    pub fn record(&mut self, failed: bool, now_ms: u64) {
        if !failed {
            self.failures = 0;
            self.open_until = 0;
            return;
        }
        self.failures = self.failures.saturating_add(1);
        // Half-open after its time: one more failure opens it again.
        if self.failures >= FAILURES {
            self.open_until = now_ms + OPEN_MS;
        }
    }

    /// Whether a call may be made again, which is counted.
    pub fn allow(&mut self, now_ms: u64) -> bool {
        self.repeated_at.retain(|at| now_ms.saturating_sub(*at) < MINUTE_MS);
        let allowed = now_ms >= self.open_until && self.repeated_at.len() < PER_MINUTE;
        if allowed {
            self.repeated_at.push(now_ms);
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_after_five_failures_in_a_row_and_for_fifteen_seconds() {
        let mut circuit = Circuit::default();
        for _ in 0..4 {
            circuit.record(true, 1_000);
        }
        assert!(circuit.allow(1_000));
        circuit.record(true, 1_000);
        assert!(!circuit.allow(1_000));
        assert!(!circuit.allow(15_999));
        assert!(circuit.allow(16_000));
        circuit.record(true, 16_500);
        assert!(!circuit.allow(31_499));
        circuit.record(false, 20_000);
        assert!(circuit.allow(20_000));
    }

    #[test]
    fn an_answer_between_failures_keeps_it_closed() {
        let mut circuit = Circuit::default();
        for round in 0..20 {
            circuit.record(round % 5 != 4, 0);
        }
        assert!(circuit.allow(0));
    }

    #[test]
    fn repeats_ten_times_a_minute() {
        let mut circuit = Circuit::default();
        for second in 0..10 {
            assert!(circuit.allow(second * 1_000));
        }
        assert!(!circuit.allow(10_000));
        assert!(!circuit.allow(59_999));
        assert!(circuit.allow(60_000));
        assert!(!circuit.allow(60_999));
        assert!(circuit.allow(61_000));
    }
}
