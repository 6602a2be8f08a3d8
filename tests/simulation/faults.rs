//! What goes wrong on the way to the server, in it, and on the way back.

use std::collections::BTreeMap;

use crate::random::Random;
use crate::world::Route;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// Nothing wrong but the time it takes.
    Slow,
    /// The request never arrives.
    LostBefore,
    /// Nobody answers at the address.
    Unreachable,
    Offline,
    /// The server does what was asked, and the answer is lost.
    LostAfter,
    /// As before, on a renewal: the new tokens are lost.
    RefreshLost,
    Unauthorized,
    TooManyReadable,
    TooManyBlind,
    Refused,
    ServerErrorBefore,
    ServerErrorAfter,
    NotJson,
    Malformed,
    WrongShape,
    /// The server signs in without asking for a code.
    NoCode,
    PriceChange,
    OfferGone,
    Revoked,
}

impl Fault {
    pub(crate) const ALL: [Self; 19] = [
        Self::Slow,
        Self::LostBefore,
        Self::Unreachable,
        Self::Offline,
        Self::LostAfter,
        Self::RefreshLost,
        Self::Unauthorized,
        Self::TooManyReadable,
        Self::TooManyBlind,
        Self::Refused,
        Self::ServerErrorBefore,
        Self::ServerErrorAfter,
        Self::NotJson,
        Self::Malformed,
        Self::WrongShape,
        Self::NoCode,
        Self::PriceChange,
        Self::OfferGone,
        Self::Revoked,
    ];
}

/// Decides about each request; how often, depends on the seed.
#[derive(Debug)]
pub(crate) struct Faults {
    random: Random,
    per_mille: u64,
    purchase_per_mille: u64,
    pub(crate) fired: BTreeMap<Fault, u32>,
}

impl Faults {
    pub(crate) fn new(mut random: Random) -> Self {
        let per_mille = *random.pick(&[0, 10, 30, 80, 200]).unwrap_or(&0);
        let purchase_per_mille = if per_mille == 0 { 0 } else { *random.pick(&[100, 400, 700]).unwrap_or(&100) };
        Self { random, per_mille, purchase_per_mille, fired: BTreeMap::new() }
    }

    pub(crate) fn fire(&mut self, fault: Fault) {
        *self.fired.entry(fault).or_default() += 1;
    }

    /// What happens to this request.
    pub(crate) fn draw(&mut self, route: Route) -> Option<Fault> {
        let (per_mille, choice): (u64, &[Fault]) = match route {
            Route::Purchase => (
                self.purchase_per_mille,
                &[
                    Fault::Slow,
                    Fault::LostBefore,
                    Fault::Unreachable,
                    Fault::LostAfter,
                    Fault::LostAfter,
                    Fault::LostAfter,
                    Fault::Unauthorized,
                    Fault::TooManyBlind,
                    Fault::Refused,
                    Fault::ServerErrorBefore,
                    Fault::ServerErrorAfter,
                    Fault::NotJson,
                    Fault::Malformed,
                    Fault::WrongShape,
                ],
            ),
            Route::Refresh => (
                self.per_mille,
                &[Fault::Slow, Fault::RefreshLost, Fault::RefreshLost, Fault::LostBefore, Fault::ServerErrorBefore, Fault::WrongShape],
            ),
            Route::SignIn => (
                self.per_mille,
                &[
                    Fault::Slow,
                    Fault::LostBefore,
                    Fault::LostAfter,
                    Fault::TooManyBlind,
                    Fault::ServerErrorAfter,
                    Fault::WrongShape,
                    Fault::NoCode,
                ],
            ),
            Route::Verify => (
                self.per_mille,
                &[Fault::Slow, Fault::LostBefore, Fault::Unreachable, Fault::LostAfter, Fault::ServerErrorBefore, Fault::NotJson],
            ),
            Route::CreateVehicle | Route::CreateProposal | Route::CreateCase | Route::LookUp => (
                self.per_mille,
                &[
                    Fault::Slow,
                    Fault::LostBefore,
                    Fault::LostAfter,
                    Fault::Unauthorized,
                    Fault::TooManyReadable,
                    Fault::Refused,
                    Fault::ServerErrorBefore,
                    Fault::ServerErrorAfter,
                    Fault::WrongShape,
                ],
            ),
            Route::ReadProposal => (
                self.per_mille,
                &[
                    Fault::Slow,
                    Fault::LostBefore,
                    Fault::Unreachable,
                    Fault::Offline,
                    Fault::Unauthorized,
                    Fault::TooManyReadable,
                    Fault::TooManyBlind,
                    Fault::ServerErrorBefore,
                    Fault::NotJson,
                    Fault::Malformed,
                    Fault::WrongShape,
                    Fault::PriceChange,
                    Fault::PriceChange,
                    Fault::OfferGone,
                    Fault::Revoked,
                ],
            ),
            Route::Other => (
                self.per_mille,
                &[
                    Fault::Slow,
                    Fault::LostBefore,
                    Fault::Unreachable,
                    Fault::Offline,
                    Fault::Unauthorized,
                    Fault::TooManyReadable,
                    Fault::TooManyBlind,
                    Fault::ServerErrorBefore,
                    Fault::NotJson,
                    Fault::Malformed,
                    Fault::WrongShape,
                    Fault::Revoked,
                ],
            ),
        };
        if !self.random.chance(per_mille) {
            return None;
        }
        let fault = self.random.pick(choice).copied()?;
        self.fire(fault);
        Some(fault)
    }

    /// How long the way there and the way back take.
    pub(crate) fn ways(&mut self, fault: Option<Fault>) -> (u64, u64) {
        if fault == Some(Fault::Slow) {
            return (self.random.between(500, 15_000), self.random.between(500, 60_000));
        }
        (self.random.between(20, 200), self.random.between(30, 900))
    }

    pub(crate) fn retry_after(&mut self) -> u32 {
        u32::try_from(self.random.between(0, 20)).unwrap_or(0)
    }

    pub(crate) fn server_error(&mut self) -> u16 {
        *self.random.pick(&[500, 502, 503, 504]).unwrap_or(&500)
    }

    pub(crate) fn refusal(&mut self) -> u16 {
        *self.random.pick(&[400, 403, 422, 409]).unwrap_or(&422)
    }

    /// A request that was under way when the page went: whether it had left already.
    pub(crate) fn had_left(&mut self) -> bool {
        self.random.chance(500)
    }
}
