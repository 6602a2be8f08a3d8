//! What the person starting a sandbox can choose, and the addresses that result.

use std::path::PathBuf;

use serde::Serialize;

use crate::catalogue::insurers::Panel;
use crate::wire::WireMode;

/// Everything that can be chosen when a sandbox is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen.
    pub ports: Ports,
    /// Which form of the API to play.
    pub wire: WireMode,
    /// Decides prices, arrival order, ids and codes; the same seed gives the same sale.
    pub seed: u64,
    /// Origins whose pages may call the API, besides the demo site and the CDN.
    pub allowed_origins: Vec<String>,
    /// Folder of the demo site; without one no site host is started.
    pub site: Option<PathBuf>,
    /// Folder of the assets; without one no CDN host is started.
    pub cdn: Option<PathBuf>,
    /// Multiplies how long offers take to arrive; 1.0 is the pace of a demo, tests use 0.1.
    pub pace: f64,
    /// Which insurers make offers.
    pub panel: Panel,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ports: Ports::default(),
            wire: WireMode::Current,
            seed: 1,
            allowed_origins: Vec::new(),
            site: None,
            cdn: None,
            pace: 1.0,
            panel: Panel::Invented,
        }
    }
}

/// The four ports; 0 takes any that is free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ports {
    /// The demo agency's site.
    pub site: u16,
    /// The host of the widget's files.
    pub cdn: u16,
    /// The API.
    pub api: u16,
    /// The insurer's payment page.
    pub pay: u16,
}

impl Ports {
    /// Four ports in a row starting at `first`, or all free ones for 0.
    #[must_use]
    pub const fn starting_at(first: u16) -> Self {
        if first == 0 {
            return Self { site: 0, cdn: 0, api: 0, pay: 0 };
        }
        Self { site: first, cdn: first.saturating_add(1), api: first.saturating_add(2), pay: first.saturating_add(3) }
    }
}

/// The origins of the four hosts. `site` and `cdn` are empty when they have neither a folder nor a fixed port.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Addresses {
    /// The demo agency's site.
    pub site: String,
    /// The host of the widget's files.
    pub cdn: String,
    /// The API.
    pub api: String,
    /// The insurer's payment page.
    pub pay: String,
}
