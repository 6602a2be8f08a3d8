//! The journeys. Each ends with the verdict of `harness::verdict`.

mod away;
mod back_and_reload;
pub(crate) mod buys;
mod configured;
mod declined;
mod denied_storage;
mod forged;
mod framed;
mod granted;
mod guide;
mod headless;
mod host_pages;
mod host_policy;
mod hostile;
mod hostile_page;
mod hostile_payment_page;
mod in_sight;
mod insurers;
mod keyboard;
mod killed;
mod later;
mod letters;
mod looks;
mod mine;
mod mounts;
mod mutations;
mod narrow;
mod offline;
mod one_tag;
mod printed;
mod react;
mod recorded;
mod redirects;
mod reload;
mod session;
mod states;
mod themed;
mod two_elements;
mod two_windows;

use std::fs;

use anyhow::{Result, ensure};

use crate::harness::copy_of_site;
use crate::harness::stage::{Play, Stage};
use crate::harness::verdict::Outcome;
use crate::pages::{Code, Consents, Found, Identify, Lookup, Offers, Person, Policy, Review, Vehicles};

/// An insurer that takes payment on a page of its own, in several plans.
const INSURER: &str = "Poyraz Sigorta";
/// More of them; each has a plan of six instalments.
const INSURERS: [&str; 4] = [INSURER, "Çınar Sigorta", "Kumsal Sigorta", "Doruk Sigorta"];
/// A plate the register knows.
const PLATE: &str = "06 ANK 606";
const SERIAL: &str = "CD 654321";

/// The demo agency, with this profile on both of its pages.
fn with_session(name: &'static str, session: &str) -> Result<Play> {
    let site = copy_of_site(name)?;
    for page in ["index.html", "return.html"] {
        let page = site.join(page);
        let html = fs::read_to_string(&page)?;
        let with = html.replacen("branch=\"kasko\"", &format!("branch=\"kasko\" session=\"{session}\""), 1);
        ensure!(with != html, "{} has no tag", page.display());
        fs::write(page, with)?;
    }
    Ok(Play { site: Some(site), ..Play::new(name) })
}

/// From the agency's page to the code.
async fn ask_for_code(stage: &Stage, person: Person) -> Result<Code<'_>> {
    Identify::open(stage).await?.send(person).await
}

/// From the agency's page to the search for a vehicle.
async fn come_new(stage: &Stage, person: Person) -> Result<Lookup<'_>> {
    ask_for_code(stage, person).await?.enter().await?;
    Consents::reached(stage).await?.pass().await?;
    Lookup::reached(stage).await
}

/// From the agency's page to the vehicles on file.
async fn come_back(stage: &Stage, person: Person) -> Result<Vehicles<'_>> {
    ask_for_code(stage, person).await?.enter().await?;
    Consents::reached(stage).await?.pass().await?;
    Vehicles::reached(stage).await
}

/// From the search for a vehicle to the end of a new customer's sale, without misfortune.
async fn search_and_buy(stage: &Stage) -> Result<()> {
    Lookup::reached(stage).await?.search(PLATE, SERIAL).await?;
    Found::reached(stage).await?.confirm().await?;
    buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
    stage.expect(Outcome::newcomer()).await
}

/// From the last look to the policy, without misfortune.
async fn buy(review: Review<'_>) -> Result<Policy<'_>> {
    let stage = review.stage();
    let (_, page) = review.pay().await?.open().await?;
    page.approve().await?;
    Policy::reached(stage).await
}
