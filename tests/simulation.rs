//! Whole sales against an in-memory InsurUp, with virtual time, a random customer and random faults.
//!
//! The engine under test is the one that runs in the browser; everything around it is written for this test and shares
//! nothing with the client but the JSON tree. After every step the invariants of `security.md` 2.6 are checked. A run is a
//! function of its seed: a seed that fails prints itself, and `SIMULATION_SEED=…` runs it alone. `SIMULATION_SEEDS` is how
//! many to run, 500 without it.
#![cfg(not(target_arch = "wasm32"))]

#[path = "simulation/faults.rs"]
mod faults;
#[path = "simulation/invariants.rs"]
mod invariants;
#[path = "simulation/locks.rs"]
mod locks;
#[path = "simulation/market.rs"]
mod market;
#[path = "simulation/mutants.rs"]
mod mutants;
#[path = "simulation/payments.rs"]
mod payments;
#[path = "simulation/random.rs"]
mod random;
#[path = "simulation/routes.rs"]
mod routes;
#[path = "simulation/run.rs"]
mod run;
#[path = "simulation/sut.rs"]
mod sut;
#[path = "simulation/tokens.rs"]
mod tokens;
#[path = "simulation/user.rs"]
mod user;
#[path = "simulation/wire.rs"]
mod wire;
#[path = "simulation/world.rs"]
mod world;

use std::time::Instant;

use run::{Report, run};
use sut::{Faithful, Make};

const SEEDS: u64 = 500;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[expect(clippy::disallowed_methods, reason = "how long the test took is printed, and nothing else depends on it")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, f32) {
    let began = Instant::now();
    let result = work();
    (result, began.elapsed().as_secs_f32())
}

#[test]
fn no_sale_breaks_an_invariant() {
    if let Some(seed) = number("SIMULATION_SEED") {
        let outcome = run(seed, &Faithful::make);
        println!("{outcome}");
        assert!(outcome.violation.is_none());
        return;
    }
    let seeds = number("SIMULATION_SEEDS").unwrap_or(SEEDS);
    let (report, seconds) = timed(|| {
        let mut report = Report::default();
        for seed in 0..seeds {
            let outcome = run(seed, &Faithful::make);
            if outcome.violation.is_some() {
                println!("{outcome}");
            }
            report.add(&outcome);
        }
        report
    });
    #[expect(clippy::cast_precision_loss, reason = "figures for reading")]
    let (sales, steps) = (report.sales as f32 / seconds, report.steps as f32 / seconds);
    println!("{report}{seconds:.1} s: {sales:.0} sales and {steps:.0} steps in a second");
    assert_eq!(report.broken, [], "these seeds broke an invariant; SIMULATION_SEED=… shows one");
    if seeds >= SEEDS {
        report.assert_everything_happened();
    }
}

/// A simulation that finds nothing must be one that could have found something: clients that are wrong on purpose.
#[test]
fn mutants_are_caught() {
    let seeds = number("SIMULATION_SEEDS").unwrap_or(SEEDS);
    let mutants: [(&str, &Make, &str); 9] = [
        ("resends the purchase on timeout", &mutants::ResendsPurchase::make, "I2"),
        ("believes the return", &mutants::BelievesReturn::make, "I3"),
        ("refreshes twice", &mutants::RefreshesTwice::make, "I5"),
        ("asks for no lock", &mutants::AsksForNoLock::make, "I1"),
        ("asks for no lock", &mutants::AsksForNoLock::make, "B43"),
        ("looks for no case", &mutants::LooksForNoCase::make, "B43"),
        ("buys without a record", &mutants::BuysWithoutRecord::make, "I2"),
        ("signs out on trouble", &mutants::SignsOutOnTrouble::make, "I6"),
        ("hears nothing of other tabs", &mutants::HearsNothing::make, "F44"),
    ];
    for (name, make, invariant) in mutants {
        let mut caught: Vec<(u64, String)> = Vec::new();
        // Two tabs that pay for the same at the same time are rare.
        for seed in 0..seeds * 10 {
            if let Some(violation) = run(seed, make).violation {
                let wanted = violation.starts_with(invariant);
                caught.push((seed, violation));
                if wanted {
                    break;
                }
            }
        }
        let (first, violation) = caught.first().unwrap_or_else(|| panic!("a client that {name} was not caught in {} seeds", seeds * 10));
        println!("a client that {name}: caught at seed {first}: {violation}");
        assert!(caught.iter().any(|(_, violation)| violation.starts_with(invariant)), "{name}: never by {invariant}: {caught:?}");
    }
}
