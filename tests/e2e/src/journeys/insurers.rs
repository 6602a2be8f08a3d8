//! Insurers that are late, silent, or have nothing to offer.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, INSURERS, PLATE, SERIAL, buy, come_new};
use crate::harness::stage::{Play, journey};
use crate::harness::until;
use crate::harness::verdict::Outcome;
use crate::pages::{Found, Lookup, NEW, Offers, digits, passes, reads};

/// Of these, every third insurer never answers.
const SILENT: &str = "34 ABC 902";
/// Of these, all answer late.
const SLOW: &str = "06 AB 901";
/// No insurer is asked.
const NONE: &str = "34 ABC 904";
/// Every insurer refuses, and says why.
const REFUSED: &str = "34 ABC 903";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keeps_what_was_chosen_through_every_late_answer() -> Result<()> {
    journey(Play::new("late-insurers"), async |stage| {
        let stage = &*stage;
        ask_about(come_new(stage, NEW).await?, SILENT).await?;
        let silent = Offers::waiting(stage).await?;
        passes(stage, "paragraph", "offers.late").await?;
        stage.look("offers-late").await?;
        // In the end nobody is asked any more, and the customer can have them asked again.
        Offers::ended(stage).await?;
        stage.look("offers-unanswered").await?;
        stage.press("button", "offers.ask").await?;
        stage.see_text("paragraph", "offers.waiting").await?;
        silent.leave().await?;

        stage.control("clock", &json!({ "frozen": true }))?;
        ask_about(Lookup::reached(stage).await?, SLOW).await?;
        let (offers, insurer) = Offers::waiting(stage).await?.first_of(&INSURERS).await?;
        let offers = offers.choose_plan(insurer, 6).await?;
        let chosen = offers.chosen(insurer).await?;
        ensure!(chosen.0 == "6", "chosen is {chosen:?}");
        until("all insurers to answer", async || {
            offers.ask_again(400).await?;
            let now = offers.chosen(insurer).await?;
            ensure!(now == chosen, "chosen was {chosen:?}, after a poll it is {now:?}");
            Ok(stage.shows("paragraph", "offers.done").await?.then_some(()))
        })
        .await?;
        stage.control("clock", &json!({ "frozen": false }))?;

        let review = offers.pick(insurer).await?;
        // The card says the whole price first, then the instalment.
        let price = chosen.1.lines().next().map(digits).unwrap_or_default();
        let amount = digits(&review.amount().await?);
        ensure!(amount == price, "the card said {price}, the last look says {amount}");
        buy(review).await?.is_told().await?;
        stage.expect(Outcome { vehicles: 2, ..Outcome::newcomer() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_what_can_be_done_when_no_insurer_makes_an_offer() -> Result<()> {
    journey(Play::new("no-offers"), async |stage| {
        let stage = &*stage;
        ask_about(come_new(stage, NEW).await?, NONE).await?;
        Offers::nobody(stage).await?.leave().await?;

        ask_about(Lookup::reached(stage).await?, REFUSED).await?;
        let refused = Offers::nobody(stage).await?;
        // Asked again, each of them once, most say why not; one whose service was down has an offer now.
        stage.press("button", "offers.ask").await?;
        stage.see_text("paragraph", "offers.state.reason").await?;
        stage.see_text("paragraph", "offers.done").await?;
        let mut asked: Vec<_> = stage.calls().into_iter().filter(|call| call.route.ends_with("/retry")).map(|call| call.path).collect();
        let all = asked.len();
        asked.sort_unstable();
        asked.dedup();
        ensure!(all > 10 && asked.len() == all, "{all} questions to {} insurers", asked.len());
        refused.leave().await?;

        ask_about(Lookup::reached(stage).await?, PLATE).await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome { vehicles: 3, ..Outcome::newcomer() }).await
    })
    .await
}

async fn ask_about(lookup: Lookup<'_>, plate: &str) -> Result<()> {
    let stage = lookup.stage();
    lookup.search_by_enter(plate, SERIAL).await?;
    let (found, before) = (Found::reached(stage).await?, reads(stage));
    found.confirm().await?;
    until("the insurers to be asked", async || Ok((reads(stage) > before).then_some(()))).await
}
