//! Everything that changes while the sandbox runs.

use crate::catalogue::insurers::Panel;
use crate::clock::Clock;
use crate::middleware::faults::Fault;
use crate::middleware::ledger::Ledger;
use crate::model::attempt::{Attempt, Detour, ReturnBy};
use crate::model::case::Case;
use crate::model::challenge::{Challenge, Sms};
use crate::model::customer::Customer;
use crate::model::people;
use crate::model::policy::Policy;
use crate::model::property::Property;
use crate::model::proposal::Proposal;
use crate::model::relationship::Relationship;
use crate::model::session::Sessions;
use crate::model::vehicle::Vehicle;
use crate::random::Random;
use crate::scenarios::Scenario;

/// Everything that changes.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) seed: u64,
    /// Which insurers make offers.
    pub(crate) panel: Panel,
    pub(crate) pace: f64,
    /// How many offers a proposal gets, instead of one of each product of the panel.
    pub(crate) offers: Option<usize>,
    /// Charges whoever asks, as often as they ask.
    pub(crate) naive: bool,
    /// How long the API goes on saying `PURCHASING` after a payment was approved.
    pub(crate) settle_delay_ms: i64,
    /// How payment pages send browsers back.
    pub(crate) return_by: ReturnBy,
    /// How browsers get to payment pages.
    pub(crate) detour: Detour,
    /// The scenario that everybody is in.
    pub(crate) scenario: Option<&'static Scenario>,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) customers: Vec<Customer>,
    pub(crate) challenges: Vec<Challenge>,
    pub(crate) sessions: Sessions,
    pub(crate) relationships: Vec<Relationship>,
    pub(crate) vehicles: Vec<Vehicle>,
    pub(crate) properties: Vec<Property>,
    pub(crate) cases: Vec<Case>,
    pub(crate) proposals: Vec<Proposal>,
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) policies: Vec<Policy>,
    pub(crate) sms: Vec<Sms>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) ledger: Ledger,
}

impl World {
    /// A world with the people who are known from the start.
    pub(crate) fn new(seed: u64, pace: f64, panel: Panel) -> Self {
        let mut world = Self {
            seed,
            panel,
            pace,
            offers: None,
            naive: false,
            settle_delay_ms: 0,
            return_by: ReturnBy::Get,
            detour: Detour::None,
            scenario: None,
            clock: Clock::default(),
            random: Random::new(seed),
            customers: Vec::new(),
            challenges: Vec::new(),
            sessions: Sessions::default(),
            relationships: Vec::new(),
            vehicles: Vec::new(),
            properties: Vec::new(),
            cases: Vec::new(),
            proposals: Vec::new(),
            attempts: Vec::new(),
            policies: Vec::new(),
            sms: Vec::new(),
            faults: Vec::new(),
            ledger: Ledger::default(),
        };
        people::settle(&mut world);
        world
    }

    /// Stretches or shrinks a waiting time by the pace.
    pub(crate) fn paced(&self, ms: u32) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "a waiting time of seconds, whose fraction does not matter")]
        let paced = (f64::from(ms) * self.pace.max(0.0)) as i64;
        paced
    }

    pub(crate) fn customer(&self, id: &str) -> Option<&Customer> {
        self.customers.iter().find(|customer| customer.id == id)
    }
}
