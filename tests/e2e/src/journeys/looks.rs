//! A customer who looks closely before buying.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, INSURERS, buy, come_back};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::harness::verdict::Outcome;
use crate::pages::{Offers, RETURNING};

/// Its service fails at first.
const FAILS_ONCE: &str = "Kervan Sigorta";
/// A robot reads its offers off a screen.
const ROBOT: &str = "Lodos Sigorta";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn compares_looks_closely_and_buys() -> Result<()> {
    journey(Play::new("looks"), async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        let offers = Offers::reached(stage).await?;
        retry(stage, &offers).await?;
        let offers = compare(stage, offers.show_new().await?).await?;
        coverages(stage, &offers).await?;
        call(stage, &offers).await?;

        // What was marked before is marked still.
        ensure!(offers.is_marked(INSURER).await?, "the mark is lost");
        // Chosen, left and come back to: the card says so.
        offers.press("offers.pick", INSURER).await?;
        stage.see_text("heading", "review.title").await?;
        stage.press("button", "common.back").await?;
        stage.see_text("heading", "offers.title").await?;
        ensure!(stage.all_words().await?.contains(stage.words.text("offers.chosen")), "nothing says which offer was chosen");
        stage.look("offers-chosen").await?;
        offers.press("common.continue", INSURER).await?;
        buy(crate::pages::Review::reached(stage).await?).await?.is_told().await?;
        stage.expect(Outcome::returning()).await
    })
    .await
}

/// An insurer that failed is asked again, once, and makes an offer.
async fn retry(stage: &Stage, offers: &Offers<'_>) -> Result<()> {
    offers.press("offers.ask", FAILS_ONCE).await?;
    let name = stage.words.pattern("offers.coverages").then(&format!(": {FAILS_ONCE}"));
    until("an offer of who was asked again", async || {
        if stage.shows("button", "offers.show").await? {
            stage.press("button", "offers.show").await?;
        }
        stage.find("button", &name).await
    })
    .await?;
    let asked = stage.calls().iter().filter(|call| call.route.ends_with("/retry")).count();
    ensure!(asked == 1, "asked again {asked} times");
    Ok(())
}

async fn compare<'a>(stage: &Stage, offers: Offers<'a>) -> Result<Offers<'a>> {
    let offers = offers.mark(&INSURERS).await?;
    // The fourth is one too many.
    ensure!(!offers.is_marked(INSURERS[3]).await?, "four offers are marked");
    stage.see_text("paragraph", "offers.compare.max").await?;
    stage.look("offers-marked").await?;
    stage.press("button", "offers.compare").await?;
    stage.see_text("heading", "compare.title").await?;
    let rows = "return witness.widget().shadowRoot.querySelectorAll('.versus tbody tr').length";
    until("the covers", async || Ok(stage.browser.script(rows, json!([])).await?.as_u64().filter(|rows| *rows > 20))).await?;
    stage.look("comparison").await?;
    let all = stage.browser.script(rows, json!([])).await?.as_u64();
    stage.press("checkbox", "compare.diff").await?;
    until("fewer rows", async || Ok(stage.browser.script(rows, json!([])).await?.as_u64().filter(|rows| Some(*rows) < all))).await?;
    stage.look("comparison-differences").await?;
    offers.press("compare.remove", INSURERS[2]).await?;
    stage.press("button", "common.back").await?;
    stage.see_text("heading", "offers.title").await?;
    ensure!(!offers.is_marked(INSURERS[2]).await?, "what was removed is still marked");
    Ok(offers)
}

async fn coverages(stage: &Stage, offers: &Offers<'_>) -> Result<()> {
    offers.press("offers.coverages", INSURER).await?;
    stage.see_text("heading", "cover.title").await?;
    stage.see_text("link", "offers.document").await?;
    stage.see_text("link", "review.info").await?;
    let words = stage.all_words().await?;
    for said in ["cover.included", "cover.excluded", "cover.market", "cover.n.repair"] {
        ensure!(words.contains(stage.words.text(said)), "{said} is not said");
    }
    stage.look("coverages").await?;
    offers.come_back("offers.coverages", INSURER).await?;
    // They are kept.
    offers.press("offers.coverages", INSURER).await?;
    stage.see_text("heading", "cover.title").await?;
    offers.come_back("offers.coverages", INSURER).await?;
    let mut read: Vec<_> = stage.calls().into_iter().filter(|call| call.route.ends_with("/coverage")).map(|call| call.path).collect();
    let all = read.len();
    read.sort_unstable();
    read.dedup();
    ensure!(all == 3 && read.len() == 3, "three offers were looked at, {all} covers were read");
    Ok(())
}

async fn call(stage: &Stage, offers: &Offers<'_>) -> Result<()> {
    offers.press("perm.call", ROBOT).await?;
    stage.see_text("heading", "perm.done.title").await?;
    ensure!(stage.all_words().await?.contains("0532 ••• •• 67"), "nothing says where the agency calls");
    stage.look("call-requested").await?;
    let told = "return witness.events.filter(({ type }) => type === 'call-requested').map(({ detail }) => detail)";
    let told = stage.browser.page_script(told, json!([])).await?;
    let told = told.as_array().cloned().unwrap_or_default();
    let [detail] = &told[..] else { anyhow::bail!("insurup:call-requested came {} times", told.len()) };
    ensure!(detail["insurer"] == "4155" && detail["reason"] == "robot", "the page was told {detail}");
    offers.come_back("perm.call", ROBOT).await
}
