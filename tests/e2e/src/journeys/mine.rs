//! What a customer has with the agency already: found again, downloaded, carried on with.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, PLATE, SERIAL, buy, come_back, come_new};
use crate::harness::keyboard::{ENTER, SPACE};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::harness::verdict::{CASES, LOGIN, Outcome, PROPOSAL};
use crate::pages::{Found, Lookup, NEW, Offers, RETURNING, Vehicles};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mine_is_found_again_downloaded_and_carried_on_with() -> Result<()> {
    journey(Play::new("mine"), async |stage| {
        let stage = &*stage;
        // Offers for a second vehicle, and then a policy for the first.
        come_back(stage, RETURNING).await?;
        stage.press("button", "vehicle.add").await?;
        Lookup::reached(stage).await?.search(PLATE, SERIAL).await?;
        Found::reached(stage).await?.confirm().await?;
        Offers::reached(stage).await?;
        stage.press("button", "common.back").await?;
        Vehicles::reached(stage).await?.go_on().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        let asked = graphql(stage);
        ensure!(asked == 1, "the list is asked for {asked} times before anybody wants it");

        // Without a pointer: there, back, and there again.
        stage.key_on("button", "mine.title", ENTER).await?;
        stage.see_text("heading", "mine.policies").await?;
        stage.key_on("button", "common.back", SPACE).await?;
        stage.see_text("heading", "policy.title").await?;
        is_at(stage, "mine.title").await?;
        stage.browser.press_keys(ENTER).await?;
        stage.see_text("heading", "mine.open").await?;
        stage.tab_through().await?;
        let words = stage.all_words().await?;
        ensure!(words.contains(PLATE) && words.contains(INSURER), "the list says: {words}");
        stage.look("mine").await?;

        let download = stage.words.pattern("policy.download").then(&format!(": {INSURER}"));
        stage.tab_to("button", &download).await?;
        stage.browser.press_keys(ENTER).await?;
        stage.see_text("link", "policy.download").await?;
        is_at(stage, "policy.download").await?;
        let address = "return witness.widget().shadowRoot.activeElement.href";
        let address = stage.browser.script(address, json!([])).await?;
        ensure!(address.as_str().is_some_and(|url| url.starts_with(&stage.at.api)), "the document is at {address}");

        stage.press_named("button", &resume(stage, PLATE)).await?;
        let review = Offers::reached(stage).await?.pick(INSURER).await?;
        buy(review).await?;
        // Both are there now, and nothing is open.
        stage.press("button", "mine.title").await?;
        stage.see_text("heading", "mine.policies").await?;
        ensure!(!stage.shows("heading", "mine.open").await?, "what was bought is still open");
        stage.expect(Outcome { purchases: 2, charges: 2, policies: 2, vehicles: 1, ..Outcome::returning() }).await
    })
    .await
}

/// Nothing there, a list that does not come, and offers that are gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mine_that_is_empty_failed_or_gone_says_so() -> Result<()> {
    journey(Play::new("mine-none"), async |stage| {
        let stage = &*stage;
        stage.provokes(503, "/graphql");
        stage.provokes(404, "/proposals/*");
        come_new(stage, NEW).await?;
        stage.press("button", "mine.title").await?;
        stage.see_text("paragraph", "mine.none").await?;
        stage.look("mine-none").await?;
        stage.press("button", "common.back").await?;
        Lookup::reached(stage).await?;
        is_at(stage, "mine.title").await?;

        // As often as a question is repeated by itself.
        stage.control("faults", &json!({ "route": CASES, "times": 4, "status": 503 }))?;
        stage.press("button", "mine.title").await?;
        stage.see_text("button", "common.retry").await?;
        ensure!(!stage.shows("paragraph", "mine.none").await?, "what could not be read is said to be nothing");
        stage.look("mine-failed").await?;
        stage.press("button", "common.retry").await?;
        stage.see_text("paragraph", "mine.none").await?;
        stage.press("button", "common.back").await?;

        Lookup::reached(stage).await?.search(PLATE, SERIAL).await?;
        Found::reached(stage).await?.confirm().await?;
        Offers::reached(stage).await?;
        stage.press("button", "common.back").await?;
        Lookup::reached(stage).await?;
        stage.press("button", "mine.title").await?;
        stage.see("button", &resume(stage, PLATE)).await?;
        stage.control("faults", &json!({ "route": PROPOSAL, "times": 1, "status": 404 }))?;
        stage.press_named("button", &resume(stage, PLATE)).await?;
        stage.see_text("status", "mine.gone").await?;
        ensure!(stage.shows("heading", "mine.title").await?, "whoever can't go on stays");
        stage.expect(Outcome { messages: 1, cases: 1, vehicles: 1, order: vec![LOGIN], ..Outcome::default() }).await
    })
    .await
}

fn resume(stage: &Stage, plate: &str) -> crate::harness::words::Pattern {
    stage.words.pattern("mine.resume").then(&format!(": {}, {plate}", stage.words.text("branch.kasko")))
}

fn graphql(stage: &Stage) -> usize {
    stage.calls().iter().filter(|call| call.route == CASES).count()
}

/// The focus is at what has this text.
async fn is_at(stage: &Stage, key: &str) -> Result<()> {
    let (name, focused) =
        (stage.words.pattern(key), "const at = witness.widget().shadowRoot.activeElement; return at?.ariaLabel ?? at?.textContent ?? ''");
    until("the focus to be where it belongs", async || {
        let focused = stage.browser.script(focused, json!([])).await?;
        Ok(name.begins(focused.as_str().unwrap_or_default()).then_some(()))
    })
    .await
}
