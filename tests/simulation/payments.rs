//! Purchases as a naive server sees them: every call it receives becomes an attempt of its own, and every attempt may charge.

use std::collections::BTreeMap;

use crate::random::Random;

/// What the customer does on the payment page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Approve,
    Decline,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing happened: the offer is as it was before.
    Active,
    Failed,
    Purchased,
}

/// One purchase call that was received.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) customer: usize,
    pub(crate) product: String,
    /// Charged without the customer doing anything on a page: some insurers do.
    immediate: bool,
    ends_at: u64,
    becomes: End,
    end: Option<End>,
    policy_at: u64,
}

/// The offer as far as it is being bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Bought {
    Untouched,
    Purchasing,
    Purchased { policy: String, visible: bool },
    Failed,
}

#[derive(Debug, Default)]
pub(crate) struct Payments {
    attempts: Vec<Attempt>,
    /// How often a customer was charged for a product.
    pub(crate) charges: BTreeMap<(usize, String), u32>,
}

impl Payments {
    /// Receives a purchase; the address of its page.
    pub(crate) fn receive(&mut self, customer: usize, product: &str, now: u64, random: &mut Random) -> String {
        let immediate = random.chance(200);
        let (ends_at, becomes) = if immediate {
            (now + random.between(1_000, 100_000), if random.chance(800) { End::Purchased } else { End::Failed })
        } else {
            // A page nobody decides on expires, mostly in minutes and sometimes long after the client has stopped asking.
            let life = if random.chance(100) { 1_200_000 } else { 240_000 };
            (now + random.between(60_000, life), if random.chance(700) { End::Active } else { End::Failed })
        };
        let attempt = Attempt { customer, product: product.to_owned(), immediate, ends_at, becomes, end: None, policy_at: 0 };
        self.attempts.push(attempt);
        format!("https://pay.example/start?id={}", self.attempts.len() - 1)
    }

    /// The customer decides on a page that is still open.
    pub(crate) fn decide(&mut self, url: &str, decision: Decision, now: u64, random: &mut Random) {
        let place = url.rsplit_once('=').and_then(|(_, place)| place.parse::<usize>().ok());
        let Some(attempt) = place.and_then(|place| self.attempts.get_mut(place)) else { return };
        if attempt.immediate || attempt.end.is_some() || now >= attempt.ends_at {
            return;
        }
        (attempt.ends_at, attempt.becomes) = match decision {
            Decision::Approve => (now + random.between(500, 60_000), if random.chance(900) { End::Purchased } else { End::Failed }),
            Decision::Decline => (now + random.between(500, 10_000), if random.chance(600) { End::Failed } else { End::Active }),
        };
    }

    /// Settles what is due.
    pub(crate) fn advance(&mut self, now: u64, random: &mut Random) {
        for attempt in &mut self.attempts {
            if attempt.end.is_none() && now >= attempt.ends_at {
                attempt.end = Some(attempt.becomes);
                if attempt.becomes == End::Purchased {
                    *self.charges.entry((attempt.customer, attempt.product.clone())).or_default() += 1;
                    attempt.policy_at = now + random.between(0, 20_000);
                }
            }
        }
    }

    pub(crate) fn state(&self, product: &str, now: u64) -> Bought {
        let of_product = || self.attempts.iter().enumerate().filter(|(_, attempt)| attempt.product == product);
        if of_product().any(|(_, attempt)| attempt.end.is_none()) {
            return Bought::Purchasing;
        }
        if let Some((place, attempt)) = of_product().find(|(_, attempt)| attempt.end == Some(End::Purchased)) {
            return Bought::Purchased { policy: format!("policy-{place}"), visible: now >= attempt.policy_at };
        }
        match of_product().next_back().and_then(|(_, attempt)| attempt.end) {
            Some(End::Failed) => Bought::Failed,
            _ => Bought::Untouched,
        }
    }

    /// Products that are bought or being bought.
    pub(crate) fn open(&self, now: u64) -> Vec<String> {
        let open = |attempt: &&Attempt| matches!(self.state(&attempt.product, now), Bought::Purchasing | Bought::Purchased { .. });
        self.attempts.iter().filter(open).map(|attempt| attempt.product.clone()).collect()
    }

    /// Whose policy this is, and of which product.
    pub(crate) fn policy(&self, id: &str) -> Option<&Attempt> {
        let place = id.strip_prefix("policy-")?.parse::<usize>().ok()?;
        self.attempts.get(place).filter(|attempt| attempt.end == Some(End::Purchased))
    }

    /// What this customer has bought.
    pub(crate) fn policies(&self, customer: usize) -> Vec<String> {
        let bought = |attempt: &Attempt| attempt.customer == customer && attempt.end == Some(End::Purchased);
        self.attempts.iter().enumerate().filter(|(_, attempt)| bought(attempt)).map(|(place, _)| format!("policy-{place}")).collect()
    }

    pub(crate) fn received(&self) -> usize {
        self.attempts.len()
    }

    /// Products with more than one attempt.
    pub(crate) fn tried_again(&self) -> bool {
        self.attempts.iter().enumerate().any(|(place, attempt)| self.attempts[..place].iter().any(|of| of.product == attempt.product))
    }
}
