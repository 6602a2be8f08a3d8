//! One insurer's offer for one coverage group, from waiting to bought.

use crate::catalogue::coverage::Group;
use crate::catalogue::insurers::{Insurer, Line, Temper};
use crate::catalogue::prices;
use crate::clock::Millis;
use crate::model::enums::ProductBranch;
use crate::random::hash;
use crate::scenarios::Offers;

/// Why nobody makes an offer where a scenario wants none.
const REASONS: [&str; 3] = [
    "Sigorta şirketi servisine ulaşılamadı.",
    "Sigortalının hasar geçmişi nedeniyle teklif verilemedi.",
    "Sigorta şirketi bu araç grubu için teklif vermemektedir.",
];

/// What is to be insured, as far as prices depend on it.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) branch: ProductBranch,
    pub(crate) brand: String,
    pub(crate) model_year: u16,
    pub(crate) this_year: u16,
    /// How many people health cover is for.
    pub(crate) people: u32,
    /// The plate or the person, for papers.
    pub(crate) label: String,
}

/// One insurer's offer.
#[derive(Debug, Clone)]
pub(crate) struct Product {
    pub(crate) id: String,
    pub(crate) line: &'static Line,
    pub(crate) group: &'static Group,
    pub(crate) arrives_at: Millis,
    /// Why there is no offer.
    pub(crate) failure: Option<&'static str>,
    /// What the customer should know about the last payment.
    pub(crate) payment_failure: Option<&'static str>,
    /// Whether it has become dearer once already.
    pub(crate) repriced: bool,
    /// Price of the single payment, in kuruş.
    pub(crate) price: u32,
    pub(crate) phase: Phase,
}

/// Whether somebody is paying or has paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Phase {
    Offered,
    Purchasing {
        until: Millis,
    },
    /// Paid; what the API shows may lag behind until `visible_at`.
    Purchased {
        policy_id: String,
        visible_at: Millis,
    },
}

impl Product {
    /// An offer under way. `paced` stretches its arrival.
    pub(crate) fn request(
        (id, line, group): (String, &'static Line, &'static Group),
        subject: &Subject,
        (seed, ordinal): (u64, usize),
        paced: impl Fn(u32) -> Millis,
        now: Millis,
    ) -> Self {
        let delay = hash(seed, &["arrival", &ordinal.to_string(), &line.key(), group.id]) % 10_001;
        let delay = 2_000 + u32::try_from(delay).unwrap_or_default();
        let age = subject.this_year.saturating_sub(subject.model_year);
        let failure = match line.temper {
            Temper::Fails(reason) | Temper::FailsOnce(reason) => Some(reason),
            Temper::FailsOlderThan(years, reason) if age > years => Some(reason),
            _ => None,
        };
        let price = prices::single_payment(seed, line, group, subject);
        Self {
            id,
            line,
            group,
            arrives_at: now + paced(delay),
            failure,
            payment_failure: None,
            repriced: false,
            price,
            phase: Phase::Offered,
        }
    }

    /// What a scenario does to the offer, the `place`th of its proposal.
    pub(crate) fn suffer(&mut self, scenario: Option<Offers>, place: usize, now: Millis) {
        match scenario {
            Some(Offers::Slow) => self.arrives_at = now + (self.arrives_at - now) * 6,
            Some(Offers::Stuck) if place.is_multiple_of(3) => self.arrives_at = Millis::MAX,
            Some(Offers::AllFail) => self.failure = Some(REASONS[place % REASONS.len()]),
            _ => {}
        }
    }

    pub(crate) const fn state(&self, now: Millis) -> &'static str {
        match (&self.phase, self.failure) {
            (Phase::Purchased { visible_at, .. }, _) if now >= *visible_at => "PURCHASED",
            (Phase::Purchased { .. } | Phase::Purchasing { .. }, _) => "PURCHASING",
            (Phase::Offered, _) if now < self.arrives_at => "WAITING",
            (Phase::Offered, Some(_)) => "FAILED",
            (Phase::Offered, None) => "ACTIVE",
        }
    }

    /// Frees the offer when a payment was left unfinished for too long.
    pub(crate) fn settle(&mut self, now: Millis) {
        if let Phase::Purchasing { until } = self.phase
            && now >= until
        {
            self.phase = Phase::Offered;
            self.payment_failure = Some("Ödeme tamamlanmadı.");
        }
    }

    /// Asks the insurer again, which helps with some.
    pub(crate) fn retry(&mut self, arrives_at: Millis) {
        self.arrives_at = arrives_at;
        if matches!(self.line.temper, Temper::FailsOnce(_)) {
            self.failure = None;
        }
    }

    /// The instalment plans with their prices in kuruş; none before an offer is there.
    pub(crate) fn plans(&self, now: Millis) -> Vec<(u32, u32)> {
        match self.state(now) {
            "WAITING" | "FAILED" => Vec::new(),
            _ => self.line.plans.iter().map(|count| (*count, prices::plan(self.price, *count))).collect(),
        }
    }

    /// The ways to pay that this insurer takes.
    pub(crate) const fn options(&self) -> &'static [&'static str] {
        self.line.options
    }

    pub(crate) const fn insurer(&self) -> &'static Insurer {
        self.line.insurer
    }

    pub(crate) const fn policy_id(&self, now: Millis) -> Option<&String> {
        match &self.phase {
            Phase::Purchased { policy_id, visible_at } if now >= *visible_at => Some(policy_id),
            _ => None,
        }
    }
}
