//! Situations that a developer wants to see, chosen by who signs in, by a plate or by a header. The list is data; what each of its effects
//! means is decided where it takes place.

mod effect;
mod list;

use std::convert::Infallible;
use std::fmt;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

pub(crate) use effect::{Code, Effect, Offers, Payment, Register, Session};
pub use list::SCENARIOS;

/// The header that names a scenario for one request.
pub(crate) const HEADER: &str = "x-sandbox-scenario";

/// A situation. The header `X-Sandbox-Scenario` chooses any of them by name.
#[derive(Debug)]
pub struct Scenario {
    /// What the header calls it.
    pub name: &'static str,
    /// How else it is chosen.
    pub how: How,
    /// What is to be seen.
    pub what: &'static str,
    pub(crate) effect: Effect,
}

/// How a scenario is chosen, besides by the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum How {
    /// By the header alone.
    Header,
    /// By the identity number of whoever signs in.
    Identity(&'static str),
    /// By a plate: its whole code after the city, or the digits it ends in.
    Plate(&'static [&'static str]),
}

impl fmt::Display for How {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header => formatter.write_str("header"),
            Self::Identity(identity) => write!(formatter, "TCKN {identity}"),
            Self::Plate(ends) if ends.iter().all(|end| end.starts_with(char::is_alphabetic)) => {
                write!(formatter, "plate 34{}", ends.join(", 34"))
            }
            Self::Plate(ends) => write!(formatter, "plate digits {}", ends.join(" or ")),
        }
    }
}

/// The scenario of this name.
pub(crate) fn by_name(name: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.name == name)
}

fn by_identity(identity: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| matches!(scenario.how, How::Identity(own) if own == identity))
}

fn by_plate(code: &str) -> Option<&'static Scenario> {
    let digits = code.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    SCENARIOS.iter().find(|scenario| matches!(scenario.how, How::Plate(ends) if ends.contains(&digits) || ends.contains(&code)))
}

/// The scenarios that a request takes place in, the strongest first: its header's, its customer's, its plate's, everybody's.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Chosen([Option<&'static Scenario>; 4]);

impl Chosen {
    pub(crate) const fn new(header: Option<&'static Scenario>, everybody: Option<&'static Scenario>) -> Self {
        Self([header, None, None, everybody])
    }

    /// With that of the person with this identity.
    pub(crate) fn with_person(mut self, identity: &str) -> Self {
        self.0[1] = by_identity(identity);
        self
    }

    /// With that of the plate whose code after the city is `code`.
    pub(crate) fn with_plate(mut self, code: &str) -> Self {
        self.0[2] = by_plate(code);
        self
    }

    /// All of them, the strongest first.
    pub(crate) fn scenarios(self) -> impl Iterator<Item = &'static Scenario> {
        self.0.into_iter().flatten()
    }

    /// The first effect that `wanted` knows what to do with. One of another kind does not hide it: a person may be slow to be served
    /// while the car is not found.
    pub(crate) fn first<T>(&self, wanted: impl Fn(Effect) -> Option<T>) -> Option<T> {
        self.scenarios().find_map(|scenario| wanted(scenario.effect))
    }

    pub(crate) fn register(&self) -> Option<Register> {
        self.first(|effect| if let Effect::Register(register) = effect { Some(register) } else { None })
    }

    pub(crate) fn code(&self) -> Option<Code> {
        self.first(|effect| if let Effect::Code(code) = effect { Some(code) } else { None })
    }

    pub(crate) fn session(&self) -> Option<Session> {
        self.first(|effect| if let Effect::Session(session) = effect { Some(session) } else { None })
    }

    pub(crate) fn offers(&self) -> Option<Offers> {
        self.first(|effect| if let Effect::Offers(offers) = effect { Some(offers) } else { None })
    }

    pub(crate) fn payment(&self) -> Option<Payment> {
        self.first(|effect| if let Effect::Payment(payment) = effect { Some(payment) } else { None })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Chosen {
    type Rejection = Infallible;

    /// What was found out before the route was looked for.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::identity::{is_plate_code, is_tckn};

    #[test]
    fn names_and_numbers_each_scenario_once() {
        let names: BTreeSet<_> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
        let ways: BTreeSet<_> = SCENARIOS.iter().filter(|one| one.how != How::Header).map(|one| one.how.to_string()).collect();
        assert_eq!(names.len(), SCENARIOS.len());
        assert_eq!(ways.len(), SCENARIOS.iter().filter(|one| one.how != How::Header).count());
    }

    #[test]
    fn chooses_by_numbers_that_can_be_typed() {
        for scenario in SCENARIOS {
            match scenario.how {
                How::Header => {}
                How::Identity(identity) => assert!(is_tckn(identity), "{identity}"),
                How::Plate(ends) => {
                    for end in ends {
                        let code = if end.starts_with(char::is_alphabetic) { (*end).to_owned() } else { format!("ABC{end}") };
                        assert!(is_plate_code(&code), "{code}");
                        assert_eq!(by_plate(&code).map(|found| found.name), Some(scenario.name));
                    }
                }
            }
        }
        assert!(by_plate("ABC12").is_none() && by_identity("10000000147").is_none());
    }

    #[test]
    fn an_effect_of_another_kind_hides_nothing() {
        let chosen = Chosen::new(by_name("case-down"), by_name("lookup-missing")).with_plate("ABC77");
        assert_eq!(chosen.register(), Some(Register::Masked));
        assert_eq!(chosen.offers(), None);
    }
}
