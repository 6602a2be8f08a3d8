//! Sign-in as the server sees it: codes by SMS, token families, rotation, and what a used token means.

use std::collections::BTreeMap;

use crate::random::Random;

/// A code on its way to a phone, or there.
#[derive(Debug, Clone)]
pub(crate) struct Sms {
    pub(crate) token: String,
    pub(crate) code: String,
    pub(crate) customer: usize,
    /// The tab that asked for it.
    pub(crate) tab: usize,
    pub(crate) arrives_at: u64,
    tries: u8,
    used: bool,
}

/// All tokens that came from one sign-in.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) customer: usize,
    /// The tab that signed in.
    tab: usize,
    /// Signed in without a code: nothing may ever be asked with these tokens.
    pub(crate) unproved: bool,
    access: String,
    expires_at: u64,
    refresh: String,
    pub(crate) dead: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Tokens {
    pub(crate) sms: Vec<Sms>,
    pub(crate) families: Vec<Family>,
    /// Refresh tokens that were used, and the family each belongs to.
    used: BTreeMap<String, usize>,
    /// How often each refresh token was received.
    pub(crate) received: BTreeMap<String, u32>,
    count: u32,
    /// A code that another tab asked for leaves this one's good: some servers, not all.
    pub(crate) keeps_others: bool,
}

/// A new pair.
pub(crate) struct Pair {
    pub(crate) access: String,
    pub(crate) refresh: String,
    pub(crate) life_seconds: u64,
}

pub(crate) enum Verified {
    Pair(Pair),
    Wrong(&'static str, u8),
}

impl Tokens {
    fn fresh(&mut self, kind: &str) -> String {
        self.count += 1;
        format!("{kind}-{}", self.count)
    }

    pub(crate) fn send_code(&mut self, customer: usize, tab: usize, now: u64, random: &mut Random) -> String {
        let token = self.fresh("mfa");
        let code = format!("{:06}", random.between(0, 1_000_000));
        let arrives_at = now + random.between(500, 9_000);
        self.sms.push(Sms { token: token.clone(), code, customer, tab, arrives_at, tries: 0, used: false });
        token
    }

    pub(crate) fn verify(&mut self, token: &str, code: &str, tab: usize, now: u64, random: &mut Random) -> Verified {
        let Some(place) = self.sms.iter().position(|sms| sms.token == token) else { return Verified::Wrong("MFA_TOKEN_UNKNOWN", 0) };
        let Sms { customer, tab: asked_in, .. } = self.sms[place];
        let later = |later: &Sms| later.customer == customer && (later.tab == asked_in || !self.keeps_others);
        let superseded = self.sms[place + 1..].iter().any(later);
        let sms = &mut self.sms[place];
        if superseded {
            return Verified::Wrong("MFA_CODE_SUPERSEDED", 0);
        }
        if sms.used || now > sms.arrives_at + 600_000 {
            return Verified::Wrong("MFA_CODE_EXPIRED", 0);
        }
        sms.tries += 1;
        if sms.tries > 5 {
            return Verified::Wrong("MFA_LOCKED", 0);
        }
        if sms.code != code {
            return Verified::Wrong("MFA_CODE_INVALID", 5 - sms.tries);
        }
        sms.used = true;
        let customer = sms.customer;
        Verified::Pair(self.open(customer, tab, false, now, random))
    }

    pub(crate) fn open(&mut self, customer: usize, tab: usize, unproved: bool, now: u64, random: &mut Random) -> Pair {
        let (access, refresh) = (self.fresh("access"), self.fresh("refresh"));
        // Mostly ten minutes; sometimes so short that everything happens around a renewal.
        let life_seconds = *random.pick(&[600, 600, 300, 60]).unwrap_or(&600);
        let expires_at = now + life_seconds * 1_000;
        self.families.push(Family { customer, tab, unproved, access: access.clone(), expires_at, refresh: refresh.clone(), dead: false });
        Pair { access, refresh, life_seconds }
    }

    /// A refresh token that comes a second time was stolen, as far as a server can know: its family dies.
    pub(crate) fn refresh(&mut self, token: &str, now: u64, random: &mut Random) -> Option<Pair> {
        *self.received.entry(token.to_owned()).or_default() += 1;
        let (access, refresh) = (self.fresh("access"), self.fresh("refresh"));
        let life_seconds = *random.pick(&[600, 600, 300, 60]).unwrap_or(&600);
        if let Some(family) = self.used.get(token) {
            self.families[*family].dead = true;
            return None;
        }
        let place = self.families.iter().position(|family| family.refresh == token && !family.dead)?;
        self.used.insert(token.to_owned(), place);
        let family = &mut self.families[place];
        family.access.clone_from(&access);
        family.refresh.clone_from(&refresh);
        family.expires_at = now + life_seconds * 1_000;
        Some(Pair { access, refresh, life_seconds })
    }

    /// Whose token this is, while it is good.
    pub(crate) fn bearer(&self, access: &str, now: u64) -> Option<&Family> {
        self.families.iter().find(|family| family.access == access && !family.dead && now < family.expires_at)
    }

    pub(crate) fn revoke_all(&mut self) {
        for family in &mut self.families {
            family.dead = true;
        }
    }

    /// Whether the newest sign-in of this tab could still be used.
    pub(crate) fn is_newest_alive(&self, tab: usize) -> bool {
        self.families.iter().rfind(|family| family.tab == tab).is_some_and(|family| !family.dead)
    }
}
