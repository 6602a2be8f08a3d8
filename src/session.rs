//! The customer's session: which token a call goes out with, and when the pair is renewed.
//!
//! Tokens live here, in memory, and nowhere else. Nothing here sends: it says what must be sent. A refresh token is handed out
//! once and only once ([`Session::take_refresh`]), so no caller can use one twice.

use std::rc::Rc;

use crate::domain::Secret;
use crate::endpoint::auth::Tokens;

/// Life of an access token where the server does not say (`insurup-wire.md` d).
const USUAL_LIFE_SECONDS: u32 = 600;
/// A purchase goes out with a token that lives at least so long: a purchase is not repeated after a 401.
const PURCHASE_MARGIN_MS: u64 = 120_000;

/// A token, shared with the request that carries it.
pub type Token = Rc<Secret<String>>;

/// The session of one tab.
#[derive(Debug, Default)]
pub struct Session {
    pair: Option<Pair>,
    generation: u32,
}

#[derive(Debug)]
struct Pair {
    access: Token,
    refresh: Option<Token>,
    /// The one that was handed out: good again only where the server's answer brings no other (the guides' form).
    used: Option<Token>,
    since_ms: u64,
    life_ms: u64,
    /// At 80 % of the life, or a little earlier.
    renew_after_ms: u64,
}

/// What a call that needs the session must do.
#[derive(Debug)]
pub enum Pass {
    /// Go out with this token, and say which one it was.
    Go(Token, u32),
    /// Wait for new tokens.
    Renew,
    /// There is no session.
    Ended,
}

impl Session {
    /// The most by which a renewal comes early.
    pub const SPREAD_MS: u32 = 10_000;

    /// Begins a session, or goes on with new tokens.
    ///
    /// `spread_ms`, at most [`Self::SPREAD_MS`]: so much earlier it is renewed, so that many customers don't renew in step.
    pub fn begin(&mut self, tokens: Tokens, now_ms: u64, spread_ms: u32) {
        let Tokens { access, refresh, expires_in_seconds, .. } = tokens;
        let kept = self.pair.take().and_then(|pair| pair.refresh.or(pair.used));
        let life_ms = u64::from(expires_in_seconds.unwrap_or(USUAL_LIFE_SECONDS)) * 1000;
        self.generation += 1;
        // A short life allows a small spread only.
        let renew_after_ms = life_ms / 10 * 8 - u64::from(spread_ms.min(Self::SPREAD_MS)).min(life_ms / 20);
        let refresh = refresh.map(Rc::new).or(kept);
        self.pair = Some(Pair { access: Rc::new(access), refresh, used: None, since_ms: now_ms, life_ms, renew_after_ms });
    }

    /// Goes on with a session of an earlier page of this tab: it has a refresh token and nothing else, so the first call renews.
    pub fn resume(&mut self, refresh: Token) {
        self.generation += 1;
        let access = Rc::new(Secret::new(String::new()));
        self.pair = Some(Pair { access, refresh: Some(refresh), used: None, since_ms: 0, life_ms: 0, renew_after_ms: 0 });
    }

    /// The refresh token, for the page that comes after this one; the session here goes on without it. Nothing while one is being renewed.
    pub fn hand_over(&mut self) -> Option<Token> {
        self.pair.as_mut()?.refresh.take()
    }

    /// The page after this one did not need it: it is this page's again.
    pub fn take_back(&mut self, refresh: Token) {
        if let Some(pair) = &mut self.pair {
            pair.refresh = Some(refresh);
        }
    }

    /// Drops the tokens.
    pub fn end(&mut self) {
        self.pair = None;
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.pair.is_some()
    }

    /// The pass for a call: renewed at 80 % of the life, for a purchase also when less than two minutes remain.
    #[must_use]
    pub fn pass(&self, purchase: bool, now_ms: u64) -> Pass {
        let Some(pair) = &self.pair else { return Pass::Ended };
        let age = now_ms.saturating_sub(pair.since_ms);
        let remaining = pair.life_ms.saturating_sub(age);
        let old = age >= pair.renew_after_ms || (purchase && remaining < PURCHASE_MARGIN_MS && age > 0);
        match (old, pair.refresh.is_some(), remaining > 0) {
            (true, true, _) => Pass::Renew,
            (true, false, false) => Pass::Ended,
            _ => Pass::Go(Rc::clone(&pair.access), self.generation),
        }
    }

    /// Whether the token of this generation has been replaced.
    #[must_use]
    pub fn is_stale(&self, generation: u32) -> bool {
        self.is_active() && self.generation != generation
    }

    /// What to do after the server refused the token of this generation: the newer one if there is one by now, else a renewal.
    #[must_use]
    pub fn pass_after_refusal(&self, generation: u32) -> Pass {
        match &self.pair {
            None => Pass::Ended,
            Some(pair) if self.generation != generation => Pass::Go(Rc::clone(&pair.access), self.generation),
            Some(pair) if pair.refresh.is_some() => Pass::Renew,
            Some(_) => Pass::Ended,
        }
    }

    /// The refresh token, for the one request that uses it up; with the access token that goes with it. A second call finds none.
    pub fn take_refresh(&mut self) -> Option<(Token, Token)> {
        let pair = self.pair.as_mut()?;
        let refresh = pair.refresh.take()?;
        pair.used = Some(Rc::clone(&refresh));
        Some((refresh, Rc::clone(&pair.access)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(access: &str, refresh: Option<&str>, life: Option<u32>) -> Tokens {
        Tokens {
            access: Secret::new(access.to_owned()),
            refresh: refresh.map(|text| Secret::new(text.to_owned())),
            expires_in_seconds: life,
        }
    }

    fn session() -> Session {
        let mut session = Session::default();
        session.begin(tokens("a1", Some("r1"), Some(600)), 1_000, 0);
        session
    }

    #[test]
    fn a_session_that_was_handed_over_is_renewed_by_its_first_call_and_only_there() {
        let mut first = session();
        let token = first.hand_over().unwrap();
        assert!(first.hand_over().is_none() && first.take_refresh().is_none());
        // Until its access token is too old.
        goes(&first.pass(false, 2_000));
        assert!(matches!(first.pass(false, 700_000), Pass::Ended));

        let mut second = Session::default();
        second.resume(Rc::clone(&token));
        assert!(matches!(second.pass(false, 0), Pass::Renew) && matches!(second.pass(true, 900_000), Pass::Renew));
        assert_eq!(second.take_refresh().unwrap().0.expose(), "r1");
        second.begin(tokens("a2", Some("r2"), Some(600)), 5_000, 0);
        goes(&second.pass(false, 6_000));

        first.take_back(token);
        assert!(matches!(first.pass(false, 700_000), Pass::Renew));
    }

    #[track_caller]
    fn goes(pass: &Pass) -> u32 {
        match pass {
            Pass::Go(_, generation) => *generation,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn renews_at_four_fifths_of_the_life() {
        let session = session();
        goes(&session.pass(false, 1_000));
        goes(&session.pass(false, 480_999));
        assert!(matches!(session.pass(false, 481_000), Pass::Renew));
        assert!(matches!(session.pass(false, 10_000_000), Pass::Renew));
    }

    #[test]
    fn renews_a_little_earlier_by_chance() {
        for (life, spread, renewal) in [(600, 10_000, 470_000), (600, 60_000, 470_000), (60, 10_000, 45_000), (600, 1, 479_999)] {
            let mut session = Session::default();
            session.begin(tokens("a1", Some("r1"), Some(life)), 0, spread);
            goes(&session.pass(false, renewal - 1));
            assert!(matches!(session.pass(false, renewal), Pass::Renew), "{life} s, {spread} ms");
        }
    }

    #[test]
    fn renews_before_a_purchase_that_two_minutes_would_not_be_enough_for() {
        let mut session = session();
        session.begin(tokens("a2", Some("r2"), Some(300)), 0, 0);
        goes(&session.pass(true, 179_000));
        goes(&session.pass(false, 181_000));
        assert!(matches!(session.pass(true, 181_000), Pass::Renew));
    }

    #[test]
    fn hands_a_refresh_token_out_once() {
        let mut session = session();
        assert!(session.take_refresh().is_some());
        assert!(session.take_refresh().is_none());
        assert!(matches!(session.pass_after_refusal(1), Pass::Ended));
        session.begin(tokens("a2", Some("r2"), None), 2_000, 0);
        let (refresh, access) = session.take_refresh().unwrap();
        assert_eq!((refresh.expose().as_str(), access.expose().as_str()), ("r2", "a2"));
    }

    #[test]
    fn keeps_the_refresh_token_where_the_answer_has_none() {
        let mut session = session();
        for access in ["a2", "a3"] {
            assert_eq!(session.take_refresh().unwrap().0.expose(), "r1");
            session.begin(tokens(access, None, None), 2_000, 0);
        }
        assert_eq!(session.take_refresh().unwrap().0.expose(), "r1");
    }

    #[test]
    fn a_refusal_of_an_old_token_does_not_renew_the_new_one() {
        let mut session = session();
        let first = goes(&session.pass(false, 1_000));
        assert!(matches!(session.pass_after_refusal(first), Pass::Renew));
        session.begin(tokens("a2", Some("r2"), None), 2_000, 0);
        assert_ne!(goes(&session.pass_after_refusal(first)), first);
    }

    #[test]
    fn prints_no_token() {
        let text = format!("{:?}", session());
        assert!(!text.contains("a1") && !text.contains("r1"), "{text}");
    }

    #[test]
    fn has_nothing_after_the_end() {
        let mut session = session();
        session.end();
        assert!(!session.is_active());
        assert!(matches!(session.pass(false, 1_000), Pass::Ended));
    }
}
