//! States that a smooth sale never comes to.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, PLATE, SERIAL, ask_for_code, come_new};
use crate::harness::copy_of_site;
use crate::harness::stage::{Play, journey};
use crate::harness::until;
use crate::harness::verdict::{CASES, LOGIN, LOOKUP, ME, NEW_CASE, NEW_PROPOSAL, NEW_VEHICLE, Outcome, VERIFY};
use crate::pages::{Consents, Found, Identify, Lookup, NEW, Offers, Policy, RETURNING, Vehicles};

/// Of these the register knows make and year, and not the model.
const PARTIAL: &str = "34 ABC 188";
/// The documents of policies of these come late.
const LATE_DOCUMENT: &str = "34 ABC 915";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_what_is_wrong_with_a_plate_and_waits_for_a_slow_register() -> Result<()> {
    journey(Play::new("states-vehicle"), async |stage| {
        let stage = &*stage;
        let lookup = come_new(stage, NEW).await?;
        // Said as soon as the field is left.
        stage.fill("vehicle.plate", "34 QAB 123").await?;
        stage.fill("vehicle.serial", SERIAL).await?;
        stage.see_text("paragraph", "err.plate.letter").await?;
        stage.look("lookup-errors").await?;

        lookup.search(PARTIAL, SERIAL).await?;
        stage.see_text("heading", "vehicle.byhand.title").await?;
        stage.see_text("status", "vehicle.lookup.partial").await?;
        stage.look("byhand-partial").await?;
        stage.press("button", "common.back").await?;

        stage.control("faults", &json!({ "route": LOOKUP, "delayMs": 16_000 }))?;
        let searches = stage.calls().iter().filter(|call| call.route == LOOKUP).count();
        Lookup::reached(stage).await?.search(PLATE, SERIAL).await?;
        let busy = stage.words.pattern("vehicle.lookup.busy");
        stage.see("button", &busy).await?;
        stage.look("lookup-busy").await?;
        ensure!(stage.find("button", &busy).await?.is_some(), "the answer came while the screen was looked at");
        stage.press("button", "vehicle.lookup.busy").await?;
        let found = Found::reached(stage).await?;
        let searches = stage.calls().iter().filter(|call| call.route == LOOKUP).count() - searches;
        ensure!(searches == 1, "{searches} searches for two presses, the second while the first was under way");

        stage.provokes(429, "/proposals");
        let headers = json!({ "retry-after": "24", "access-control-expose-headers": "retry-after" });
        stage.control("faults", &json!({ "route": NEW_PROPOSAL, "status": 429, "body": {}, "headers": headers }))?;
        found.confirm().await?;
        stage.see_text("status", "net.rate").await?;
        ensure!(stage.all_words().await?.contains("24"), "the wait is another one than the server's");
        stage.look("service-busy").await?;
        stage.press("button", "common.retry").await?;
        Offers::waiting(stage).await?;
        let order = vec![LOGIN, VERIFY, ME, CASES, NEW_CASE, LOOKUP, NEW_VEHICLE, NEW_PROPOSAL];
        stage.expect(Outcome { cases: 1, vehicles: 1, messages: 1, order, ..Outcome::default() }).await
    })
    .await
}

/// An agency that may show every price and sell none here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shows_prices_that_are_not_sold_here_after_the_service_was_down() -> Result<()> {
    let play = Play { site: Some(quoting_site()?), ..Play::new("states-quotes") };
    journey(play, async |stage| {
        let stage = &*stage;
        stage.provokes(503, "/customers/me");
        let code = ask_for_code(stage, RETURNING).await?;
        stage.control("faults", &json!({ "route": ME, "times": 4, "status": 503 }))?;
        code.enter().await?;
        until("the tries to be over", async || {
            stage.let_pass_here(2_000).await?;
            Ok(stage.shows("alert", "net.server").await?.then_some(()))
        })
        .await?;
        stage.look("service-down").await?;
        stage.press("button", "common.retry").await?;
        Consents::reached(stage).await?.pass().await?;
        Vehicles::reached(stage).await?.go_on().await?;
        stage.see_text("paragraph", "offers.done").await?;
        stage.see_text("paragraph", "perm.quote").await?;
        let offline = stage.words.pattern("perm.offline");
        ensure!(stage.find("paragraph", &offline).await?.is_none(), "what holds for all is said of each");
        stage.look("offers-quote-only").await?;
        let pick = stage.words.pattern("offers.pick").then(": ");
        ensure!(stage.find("button", &pick).await?.is_none(), "an offer can be chosen that may not be sold here");
        stage.press_named("button", &stage.words.pattern("perm.call").then(&format!(": {INSURER}"))).await?;
        stage.see_text("heading", "perm.done.title").await?;
        let order = vec![LOGIN, VERIFY, ME, CASES, NEW_CASE, NEW_PROPOSAL];
        stage.expect(Outcome { cases: 1, messages: 1, order, ..Outcome::default() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shows_the_policy_while_its_document_is_still_to_come() -> Result<()> {
    journey(Play::new("states-policy"), async |stage| {
        let stage = &*stage;
        stage.provokes(404, "/document");
        come_new(stage, NEW).await?.search(LATE_DOCUMENT, SERIAL).await?;
        Found::reached(stage).await?.confirm().await?;
        let (_, page) =
            Offers::reached(stage).await?.pick(INSURER).await?.send_by_email("belge@ornek.com").await?.pay().await?.open().await?;
        stage.control("clock", &json!({ "frozen": true }))?;
        page.approve().await?;
        stage.see_text("heading", "policy.title").await?;
        stage.see_text("status", "policy.pending").await?;
        ensure!(!stage.shows("link", "policy.download").await?, "there is a link to a document that is not there");
        stage.look("policy-pending").await?;
        stage.control("clock", &json!({ "frozen": false }))?;
        stage.let_pass(40_000).await?;
        // It comes by itself.
        Policy::reached(stage).await?.is_told().await?;
        stage.expect(Outcome::newcomer()).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gives_visitors_the_phone_where_the_application_does_not_come() -> Result<()> {
    journey(Play::new("states-start"), async |stage| {
        let stage = &*stage;
        stage.browser.devtools("Network.enable", json!({})).await?;
        stage.browser.devtools("Network.setBlockedURLs", json!({ "urls": ["*.wasm"] })).await?;
        stage.visit("index.html").await?;
        let phone = crate::harness::words::Pattern::of("0212 000 00 00");
        stage.see("link", &phone).await?;
        stage.see("alert", &crate::harness::words::Pattern::of("Teklif ekranı açılamadı. Bize 0212 000 00 00")).await?;
        stage.look("start-failed").await?;
        let told = stage.witnessed().events.clone();
        ensure!(told.len() == 1 && told[0].contains("start-failed") && told[0].contains(".wasm"), "the page was told {told:?}");
        stage.browser.devtools("Network.setBlockedURLs", json!({ "urls": [] })).await?;
        // Another visit may try again.
        Identify::open(stage).await?;
        Ok(())
    })
    .await
}

/// The delivered site, with no permission to sell anything on it.
fn quoting_site() -> Result<PathBuf> {
    let to = copy_of_site("quoting-site")?;
    let page = fs::read_to_string(to.join("index.html"))?;
    let quoting = page.replace(r#","sellOnline":["{{site}}"]"#, "");
    ensure!(quoting != page && !quoting.contains("sellOnline"), "the demo page grants otherwise than this journey thinks");
    fs::write(to.join("index.html"), quoting)?;
    Ok(to)
}
