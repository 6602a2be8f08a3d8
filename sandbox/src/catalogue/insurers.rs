//! Who makes offers: two panels of insurers, each a table of what they sell and of how they are difficult.

mod invented;
mod market;

use std::str::FromStr;
use std::sync::LazyLock;

use crate::model::enums::ProductBranch;

/// Which insurers make offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Panel {
    /// Fourteen invented insurers that sell every branch, small enough to know by heart.
    #[default]
    Invented,
    /// The insurers of the payment table, with their names, branches and ways to pay. Prices and tempers are invented.
    Market,
}

impl Panel {
    /// As `--panel` spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invented => "invented",
            Self::Market => "market",
        }
    }

    /// The products of this panel in `branch`, in the order they are asked.
    pub(crate) fn lines(self, branch: ProductBranch) -> impl Iterator<Item = &'static Line> {
        self.all().iter().filter(move |line| line.branches.contains(&branch))
    }

    fn all(self) -> &'static [Line] {
        match self {
            Self::Invented => invented::LINES,
            Self::Market => &MARKET,
        }
    }
}

impl FromStr for Panel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let panels = [Self::Invented, Self::Market];
        panels.into_iter().find(|panel| panel.name() == text).ok_or_else(|| format!("`{text}` is no panel; choose `market` or `invented`"))
    }
}

static MARKET: LazyLock<Vec<Line>> = LazyLock::new(market::lines);

/// An insurer.
#[derive(Debug)]
pub(crate) struct Insurer {
    pub(crate) id: u32,
    pub(crate) name: &'static str,
}

/// One product of an insurer.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) insurer: &'static Insurer,
    pub(crate) product_id: u32,
    /// What the insurer calls it; the branch's usual name without one.
    pub(crate) name: Option<&'static str>,
    pub(crate) branches: &'static [ProductBranch],
    /// Its offer was read off a screen and cannot be bought online.
    pub(crate) robot: bool,
    pub(crate) options: &'static [&'static str],
    /// Numbers of instalments on offer.
    pub(crate) plans: &'static [u32],
    pub(crate) terms: Terms,
    pub(crate) temper: Temper,
}

impl Line {
    /// What chance goes by: two products of one insurer differ.
    pub(crate) fn key(&self) -> String {
        // The invented insurers have one product each, and their chance is written down in the recorded exchanges.
        let screen = if self.robot && self.terms != Terms::Package { "robot" } else { "" };
        [self.insurer.name, self.name.unwrap_or_default(), screen].concat()
    }

    /// What it costs, in per cent of what the package costs.
    pub(crate) const fn price_percent(&self) -> u32 {
        if matches!(self.terms, Terms::Narrow) { 68 } else { 100 }
    }
}

/// How a product's covers relate to the agency's package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Terms {
    /// They are those of the package.
    Package,
    /// Some are the insurer's own.
    Own,
    /// It leaves much out, for less.
    Narrow,
}

/// What an insurer does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Temper {
    Sells,
    /// Wants to look at the case before it sells.
    Investigates(&'static str),
    Fails(&'static str),
    FailsOnce(&'static str),
    FailsOlderThan(u16, &'static str),
}

/// The insurer with this id, of either panel.
pub(crate) fn by_id(id: u32) -> Option<&'static Insurer> {
    [Panel::Invented, Panel::Market].into_iter().flat_map(Panel::all).map(|line| line.insurer).find(|insurer| insurer.id == id)
}
