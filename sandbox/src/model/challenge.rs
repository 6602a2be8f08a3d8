//! One-time codes: one per login, six digits, five tries, three minutes, used once.

use serde::Serialize;

use crate::clock::Millis;
use crate::model::customer::Customer;
use crate::wire::Form;

/// How often a code may be typed wrong.
pub(crate) const TRIES: u32 = 5;
/// How long a code lives.
pub(crate) const LIFE: Millis = 3 * 60 * 1000;

/// A message that the sandbox would have sent.
#[derive(Debug, Clone, Serialize)]
pub struct Sms {
    /// The number, with country code.
    pub to: String,
    /// The code in the message.
    pub code: String,
    /// The message.
    pub text: String,
    /// When, in ISO 8601.
    pub at: String,
}

/// A login that waits for its code.
#[derive(Debug, Clone)]
pub(crate) struct Challenge {
    /// What the client sends with the code; not a bearer.
    pub(crate) token: String,
    pub(crate) code: String,
    pub(crate) sent_at: Millis,
    pub(crate) wrong_tries: u32,
    pub(crate) state: State,
    pub(crate) form: Form,
    /// The customer as they will be stored once the code is right; nobody is registered by asking for a code.
    pub(crate) applicant: Customer,
    pub(crate) approved_consents: Vec<&'static str>,
}

/// What became of a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Waiting,
    Used,
    /// A newer login of the same person took its place.
    Superseded,
}

/// What a typed code means.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Right,
    Wrong {
        remaining: u32,
    },
    /// It was right for an earlier message.
    Earlier,
    Expired,
    Locked,
    Used,
    Superseded,
    Unknown,
}

/// Judges `code` for the challenge `token`, counting wrong tries and marking the right one used.
pub(crate) fn judge(challenges: &mut [Challenge], token: &str, code: &str, now: Millis) -> Verdict {
    let Some(index) = challenges.iter().position(|challenge| challenge.token == token) else { return Verdict::Unknown };
    let identity = challenges[index].applicant.identity.clone();
    let earlier = challenges.iter().any(|other| {
        other.state == State::Superseded && other.applicant.identity == identity && other.code == code && other.token != token
    });
    let challenge = &mut challenges[index];
    match challenge.state {
        State::Used => return Verdict::Used,
        State::Superseded => return Verdict::Superseded,
        State::Waiting if challenge.wrong_tries >= TRIES => return Verdict::Locked,
        State::Waiting if now - challenge.sent_at >= LIFE => return Verdict::Expired,
        State::Waiting => {}
    }
    if challenge.code == code {
        challenge.state = State::Used;
        return Verdict::Right;
    }
    challenge.wrong_tries += 1;
    match (TRIES - challenge.wrong_tries, earlier) {
        (0, _) => Verdict::Locked,
        (_, true) => Verdict::Earlier,
        (remaining, false) => Verdict::Wrong { remaining },
    }
}
