//! Token pairs. A refresh token works once; a second use means it was stolen, and ends the whole family.

use crate::clock::Millis;
use crate::random::Random;
use crate::scenarios::Session as Life;
use crate::wire::Form;

/// How long tokens live unless a scenario wants otherwise.
pub(crate) const USUAL: Life = Life { access_seconds: 600, family_seconds: 24 * 60 * 60 };

/// All sign-ins.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Vec<Family>);

/// One sign-in and all tokens that came of it.
#[derive(Debug)]
struct Family {
    customer_id: String,
    form: Form,
    life: Life,
    started_at: Millis,
    revoked: bool,
    pairs: Vec<Pair>,
}

#[derive(Debug)]
struct Pair {
    access: String,
    refresh: String,
    expires_at: Millis,
}

/// The tokens handed out.
#[derive(Debug)]
pub(crate) struct Issued {
    pub(crate) access: String,
    pub(crate) refresh: String,
    pub(crate) customer_id: String,
    pub(crate) form: Form,
    /// Seconds until the access token is worth nothing.
    pub(crate) expires_in: u32,
}

/// What a bearer token is worth.
#[derive(Debug)]
pub(crate) enum Bearer {
    Live { customer_id: String, form: Form },
    Expired,
    Unknown,
}

/// What a refresh comes to.
#[derive(Debug)]
pub(crate) enum Refreshed {
    Renewed(Issued),
    /// Used before: the family is revoked.
    Reused,
    Ended,
    Unknown,
}

impl Sessions {
    /// Begins a family.
    pub(crate) fn open(&mut self, customer_id: &str, (form, life): (Form, Life), now: Millis, random: &mut Random) -> Issued {
        let mut family = Family { customer_id: customer_id.to_owned(), form, life, started_at: now, revoked: false, pairs: Vec::new() };
        let issued = family.issue(now, random);
        self.0.push(family);
        issued
    }

    pub(crate) fn bearer(&self, token: &str, now: Millis) -> Bearer {
        for family in &self.0 {
            if let Some(pair) = family.pairs.iter().find(|pair| pair.access == token) {
                return match family.revoked || now >= pair.expires_at {
                    true => Bearer::Expired,
                    false => Bearer::Live { customer_id: family.customer_id.clone(), form: family.form },
                };
            }
        }
        Bearer::Unknown
    }

    /// Whether an access token, live or expired, came from the same sign-in as a refresh token.
    pub(crate) fn related(&self, access: &str, refresh: &str) -> bool {
        self.0
            .iter()
            .any(|family| family.pairs.iter().any(|pair| pair.access == access) && family.pairs.iter().any(|pair| pair.refresh == refresh))
    }

    pub(crate) fn refresh(&mut self, token: &str, now: Millis, random: &mut Random) -> Refreshed {
        let Some(family) = self.0.iter_mut().find(|family| family.pairs.iter().any(|pair| pair.refresh == token)) else {
            return Refreshed::Unknown;
        };
        if family.revoked || now - family.started_at >= Millis::from(family.life.family_seconds) * 1000 {
            return Refreshed::Ended;
        }
        if family.pairs.last().is_none_or(|newest| newest.refresh != token) {
            family.revoked = true;
            return Refreshed::Reused;
        }
        Refreshed::Renewed(family.issue(now, random))
    }
}

impl Family {
    fn issue(&mut self, now: Millis, random: &mut Random) -> Issued {
        let over_at = self.started_at + Millis::from(self.life.family_seconds) * 1000;
        let expires_at = over_at.min(now + Millis::from(self.life.access_seconds) * 1000);
        let expires_in = u32::try_from((expires_at - now) / 1000).unwrap_or_default();
        let (access, refresh) = (format!("sandbox-access-{}", random.token()), random.guid());
        self.pairs.push(Pair { access: access.clone(), refresh: refresh.clone(), expires_at });
        Issued { access, refresh, customer_id: self.customer_id.clone(), form: self.form, expires_in }
    }
}
