//! Which calls are made again by themselves, and when (`security.md` 2.1 and 2.2). A decision apart from the loop that follows it.

use super::{Carried, Content, Failure};
use crate::endpoint::Safety;

/// What to do with an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is what the caller gets.
    Deliver,
    /// Once more after a random time up to so many milliseconds.
    Within(u32),
    /// Once more after so many milliseconds and up to a tenth more: the server said when.
    After(u32),
}

const BASE_MS: u32 = 500;
const CAP_MS: u32 = 8_000;
/// Waits where "too many requests" comes without a readable time.
const UNREADABLE_MS: [u32; 3] = [5_000, 15_000, 45_000];

/// Decides about an outcome after `tries` calls (1 for the first). What creates something, costs something or moves money is never repeated.
#[must_use]
pub fn decide(safety: Safety, carried: &Carried, tries: u32) -> Next {
    let allowed = match safety {
        Safety::Safe => 3,
        Safety::Idempotent => 2,
        Safety::Once | Safety::Purchase => 0,
    };
    if tries > allowed {
        return Next::Deliver;
    }
    let within = Next::Within(BASE_MS.saturating_mul(1 << tries.min(8)).min(CAP_MS));
    match carried {
        Carried::Response { status: 429, retry_after_seconds: Some(seconds), .. } => Next::After((*seconds).clamp(1, 120) * 1000),
        Carried::Response { status: 429, .. } => {
            Next::After(UNREADABLE_MS[usize::try_from(tries - 1).unwrap_or(0).min(UNREADABLE_MS.len() - 1)])
        }
        Carried::Response { status: 408 | 425 | 500 | 502 | 503 | 504, .. } => within,
        Carried::Response { status: 200..=299, content: Content::NotJson | Content::Malformed, .. } => within,
        Carried::Lost(Failure::Timeout | Failure::Unreachable) => within,
        _ => Next::Deliver,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, retry_after_seconds: Option<u32>) -> Carried {
        Carried::Response { status, retry_after_seconds, content: Content::Empty }
    }

    #[track_caller]
    fn check(safety: Safety, carried: &Carried, tries: u32, expected: Next) {
        assert_eq!(decide(safety, carried, tries), expected);
    }

    #[test]
    fn repeats_only_what_may_be_repeated() {
        for status in [408, 425, 500, 502, 503, 504] {
            check(Safety::Safe, &answer(status, None), 1, Next::Within(1_000));
            check(Safety::Safe, &answer(status, None), 3, Next::Within(4_000));
            check(Safety::Safe, &answer(status, None), 4, Next::Deliver);
            check(Safety::Idempotent, &answer(status, None), 2, Next::Within(2_000));
            check(Safety::Idempotent, &answer(status, None), 3, Next::Deliver);
            check(Safety::Once, &answer(status, None), 1, Next::Deliver);
            check(Safety::Purchase, &answer(status, None), 1, Next::Deliver);
        }
        for lost in [Failure::Timeout, Failure::Unreachable] {
            check(Safety::Purchase, &Carried::Lost(lost), 1, Next::Deliver);
        }
        check(Safety::Safe, &Carried::Lost(Failure::Timeout), 1, Next::Within(1_000));
        check(Safety::Safe, &Carried::Lost(Failure::Offline), 1, Next::Deliver);
        check(Safety::Safe, &Carried::Lost(Failure::CorsDenied), 1, Next::Deliver);
        for status in [200, 204, 400, 401, 403, 404, 409, 422, 501, 505] {
            check(Safety::Safe, &answer(status, None), 1, Next::Deliver);
        }
    }

    #[test]
    fn waits_as_long_as_the_server_says() {
        check(Safety::Safe, &answer(429, Some(7)), 1, Next::After(7_000));
        check(Safety::Safe, &answer(429, Some(0)), 1, Next::After(1_000));
        check(Safety::Safe, &answer(429, Some(86_400)), 1, Next::After(120_000));
        check(Safety::Safe, &answer(429, None), 1, Next::After(5_000));
        check(Safety::Safe, &answer(429, None), 2, Next::After(15_000));
        check(Safety::Safe, &answer(429, None), 3, Next::After(45_000));
        check(Safety::Once, &answer(429, Some(7)), 1, Next::Deliver);
    }
}
