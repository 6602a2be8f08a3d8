//! What can be bought: customers, their vehicles, and offers that arrive one after the other.

use insurup_core::json::Value;

use crate::random::Random;
use crate::wire::object;

#[derive(Debug)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) identity: i64,
    pub(crate) phone: &'static str,
    pub(crate) vehicles: Vec<Vehicle>,
    pub(crate) cases: u32,
}

#[derive(Debug)]
pub(crate) struct Vehicle {
    pub(crate) id: String,
    pub(crate) plate: String,
}

#[derive(Debug)]
pub(crate) struct Proposal {
    pub(crate) id: String,
    pub(crate) customer: usize,
    pub(crate) offers: Vec<Offer>,
}

#[derive(Debug)]
pub(crate) struct Offer {
    pub(crate) id: String,
    insurer: u64,
    arrives_at: u64,
    declined: bool,
    robot: bool,
    pub(crate) gone: bool,
    /// In kuruş, paid at once; in three instalments a little more.
    pub(crate) price: i32,
}

/// Where an offer stands apart from being bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Waiting,
    Active,
    Failed,
}

pub(crate) fn customers(random: &mut Random) -> Vec<Customer> {
    let saved = |plate: &str| Vehicle { id: format!("vehicle-{plate}"), plate: plate.to_owned() };
    let mut first = Vec::new();
    if random.chance(500) {
        first.push(saved("34ABC123"));
    }
    vec![
        Customer { id: "customer-0".to_owned(), identity: 10_000_000_146, phone: "5321234567", vehicles: first, cases: 0 },
        Customer {
            id: "customer-1".to_owned(),
            identity: 19_090_909_018,
            phone: "5329876543",
            vehicles: vec![saved("06AB1234")],
            cases: 0,
        },
    ]
}

pub(crate) fn proposal(number: usize, customer: usize, now: u64, random: &mut Random) -> Proposal {
    let count = random.between(2, 7);
    let slowest = if random.chance(100) { 120_000 } else { 20_000 };
    let offers = (0..count).map(|place| Offer {
        id: format!("offer-{number}-{place}"),
        // Seven insurers, the last of which may not be sold on this site.
        insurer: random.between(1, 8),
        arrives_at: now + random.between(0, slowest),
        declined: random.chance(150),
        robot: random.chance(80),
        gone: false,
        price: i32::try_from(random.between(500_000, 2_500_000)).unwrap_or(0),
    });
    Proposal { id: format!("proposal-{number}"), customer, offers: offers.collect() }
}

impl Offer {
    /// Its insurer thinks about it once more.
    pub(crate) fn ask_again(&mut self, now: u64, random: &mut Random) {
        (self.gone, self.declined) = (false, random.chance(500));
        self.arrives_at = now + random.between(1_000, 10_000);
    }

    pub(crate) fn standing(&self, now: u64) -> Standing {
        match () {
            () if now < self.arrives_at => Standing::Waiting,
            () if self.declined || self.gone => Standing::Failed,
            () => Standing::Active,
        }
    }

    pub(crate) fn price_of(&self, instalments: i64) -> Option<i32> {
        match instalments {
            1 => Some(self.price),
            3 => Some(self.price + self.price / 20),
            _ => None,
        }
    }

    /// The offer as the API shows it; `state` as far as it is being bought.
    pub(crate) fn show(&self, now: u64, state: Option<&'static str>, policy: Option<String>) -> Value {
        let standing = match self.standing(now) {
            Standing::Waiting => "WAITING",
            Standing::Active => "ACTIVE",
            Standing::Failed => "FAILED",
        };
        let plan = |instalments: i64| {
            object([
                ("installmentNumber", instalments.into()),
                ("grossPremium", Value::Number(f64::from(self.price_of(instalments).unwrap_or(0)) / 100.0)),
                ("currency", "TURKISH_LIRA".into()),
            ])
        };
        let plans = if now < self.arrives_at { Vec::new() } else { vec![plan(3), plan(1)] };
        object([
            ("id", self.id.as_str().into()),
            ("insuranceCompanyId", i64::try_from(self.insurer).unwrap_or(0).into()),
            ("insuranceCompanyName", format!("Sigorta {}", self.insurer).into()),
            ("productName", "Kasko".into()),
            ("productType", if self.robot { "ROBOT" } else { "WEB_SERVICE" }.into()),
            ("state", state.unwrap_or(standing).into()),
            ("errorMessage", Value::Null),
            ("premiums", plans.into()),
            ("supportedPaymentOptions", vec!["SYNC_CREDIT_CARD".into(), "ASYNC_INSURANCE_COMPANY_REDIRECT".into()].into()),
            ("policyId", policy.into()),
        ])
    }
}
