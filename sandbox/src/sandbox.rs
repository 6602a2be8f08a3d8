//! The handle everything shares: the world behind a lock, and what does not change while the sandbox runs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::catalogue::insurers::Panel;
use crate::clock::Millis;
use crate::middleware::faults::Fault;
use crate::model::challenge::Sms;
use crate::options::Addresses;
use crate::wire::WireMode;
use crate::world::World;

/// What a sandbox is made from, once its addresses are known.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The origins it advertises.
    pub addresses: Addresses,
    /// Which form of the API to play.
    pub wire: WireMode,
    /// Decides everything that looks like chance.
    pub seed: u64,
    /// Origins allowed besides the site and the CDN.
    pub allowed_origins: Vec<String>,
    /// Multiplies arrival times.
    pub pace: f64,
    /// Which insurers make offers.
    pub panel: Panel,
}

/// A running sandbox's state; clones share it.
#[derive(Debug, Clone)]
pub struct Sandbox(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    setup: Setup,
    world: Mutex<World>,
}

impl Sandbox {
    /// A fresh world.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let world = Mutex::new(World::new(setup.seed, setup.pace, setup.panel));
        Self(Arc::new(Shared { setup, world }))
    }

    /// The origins it advertises.
    #[must_use]
    pub fn addresses(&self) -> &Addresses {
        &self.0.setup.addresses
    }

    /// Everything the API was asked and what came of it, as `GET /__sandbox/ledger` answers it.
    #[must_use]
    pub fn ledger(&self) -> Value {
        self.world().ledger.to_json()
    }

    /// The messages sent, newest first.
    #[must_use]
    pub fn sms(&self) -> Vec<Sms> {
        self.world().sms.iter().rev().cloned().collect()
    }

    /// Moves the clock that everything time-dependent asks.
    pub fn advance(&self, ms: i64) {
        self.world().clock.advance(ms);
    }

    /// Adds a fault to the script.
    pub fn add_fault(&self, fault: Fault) {
        self.world().faults.push(fault);
    }

    /// Whether the server charges whoever asks, as often as they ask: the original may be this naive.
    pub fn set_naive(&self, naive: bool) {
        self.world().naive = naive;
    }

    /// Starts over with an empty ledger; the seed, the pace and the panel stay.
    pub fn reset(&self) {
        let mut world = self.world();
        *world = World::new(world.seed, world.pace, world.panel);
    }

    pub(crate) fn wire(&self) -> WireMode {
        self.0.setup.wire
    }

    pub(crate) fn now(&self) -> Millis {
        self.world().clock.now()
    }

    /// The world. The lock is never held across an await: handlers take it, do all they have to, and let go.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether pages of `origin` may call the API and be returned to.
    pub(crate) fn allows_origin(&self, origin: &str) -> bool {
        self.origins().iter().any(|own| own == origin)
    }

    /// The origins of those pages.
    pub(crate) fn origins(&self) -> Vec<String> {
        let addresses = self.addresses();
        let own = [&addresses.site, &addresses.cdn];
        let loopback = own.into_iter().map(|own| own.replacen("//localhost", "//127.0.0.1", 1));
        let named = own.into_iter().chain(&self.0.setup.allowed_origins).map(|own| own.trim_end_matches('/').to_owned());
        named.chain(loopback).filter(|origin| !origin.is_empty()).collect()
    }
}
