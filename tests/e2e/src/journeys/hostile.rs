//! Answers that no description allows: hostile texts, broken prices, pages in place of JSON, bodies that break off.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, SERIAL, ask_for_code, buy, come_new};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::verdict::Outcome;
use crate::pages::{Consents, Found, Identify, Lookup, NEW, Offers, Person, RETURNING, Vehicles, digits, passes};

/// Some of its offers are broken, one is hostile.
const BROKEN: &str = "34 ABC 906";
/// Some of its offers are in foreign money.
const FOREIGN: &str = "34 ABC 907";
/// An insurer whose offer is none of the broken ones.
const HEALTHY: &str = "Doruk Sigorta";
/// The name of one insurer of `BROKEN`, without what turns the reading direction.
const HOSTILE: &str = "<img src=x onerror=alert(1)>";

/// A page comes in place of this person's proposals, …
const PAGES: Person = Person::citizen("30000000700", "13.05.1983", "5353334455");
/// … and half a body in place of this one's.
const HALVES: Person = Person::citizen("30000000878", "14.06.1984", "5354445566");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shows_hostile_offers_as_plain_words_and_sells_a_healthy_one() -> Result<()> {
    journey(Play::new("hostile-offers"), async |stage| {
        let stage = &*stage;
        let lookup = come_new(stage, NEW).await?;
        lookup.search(FOREIGN, SERIAL).await?;
        Found::reached(stage).await?.confirm().await?;
        let foreign = Offers::reached(stage).await?;
        stage.look("offers-foreign").await?;
        let (badge, prices) = lowest(stage).await?;
        ensure!(badge.contains('₺'), "{badge} is called the lowest price, among {prices:?}");
        ensure!(prices.iter().any(|price| price.contains('$')), "nothing is in foreign money: this journey shows nothing: {prices:?}");
        foreign.leave().await?;

        let lookup = Lookup::reached(stage).await?;
        lookup.search(BROKEN, SERIAL).await?;
        Found::reached(stage).await?.confirm().await?;
        let offers = Offers::ended(stage).await?;
        stage.look("offers-hostile").await?;
        let said = stage.all_words().await?;
        ensure!(said.contains(HOSTILE) && said.contains(stage.words.text("offers.noprice")), "{said}");
        expect_no_markup(stage).await?;

        // Also where the hostile one is looked at closely.
        let review = offers.pick(HOSTILE).await?;
        expect_no_markup(stage).await?;
        review.leave().await?;
        stage.see_text("heading", "offers.title").await?;
        let (_, cost) = offers.chosen(HEALTHY).await?;
        let review = offers.pick(HEALTHY).await?;
        let (price, amount) = (cost.lines().next().map(digits).unwrap_or_default(), digits(&review.amount().await?));
        ensure!(amount == price, "the card said {price}, the last look says {amount}");
        buy(review).await?.is_told().await?;
        stage.expect(Outcome { vehicles: 2, ..Outcome::newcomer() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaves_a_way_on_where_a_proposal_cannot_be_read() -> Result<()> {
    journey(Play::new("unreadable-proposals"), async |stage| {
        let stage = &*stage;
        stage.provokes(0, "/proposals/*");
        let lookup = come_new(stage, PAGES).await?;
        cannot_read(stage, lookup, 2).await?;
        sign_out(stage).await?;

        Identify::reached(stage).await?.send(HALVES).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        cannot_read(stage, Lookup::reached(stage).await?, 1).await?;
        sign_out(stage).await?;

        // And the next customer at this window buys.
        ask_for_code(stage, RETURNING).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        Vehicles::reached(stage).await?.go_on().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?;
        stage.expect(Outcome { cases: 3, vehicles: 2, messages: 3, ..Outcome::newcomer() }).await
    })
    .await
}

/// The customer is told that the answer could not be understood, and can try again and go back.
async fn cannot_read(stage: &Stage, lookup: Lookup<'_>, tries: usize) -> Result<()> {
    lookup.search(super::PLATE, SERIAL).await?;
    Found::reached(stage).await?.confirm().await?;
    for _ in 0..tries {
        passes(stage, "alert", "net.unexpected").await?;
        stage.look("offers-unreadable").await?;
        expect_no_markup(stage).await?;
        let said = stage.all_words().await?;
        ensure!(!said.contains("Service unavailable"), "the page in place of the answer is shown: {said}");
        ensure!(stage.count("proposals") <= 2, "a proposal was made again: {}", stage.ledger()["proposals"]);
        stage.press("button", "common.retry").await?;
    }
    stage.see_text("button", "common.back").await?;
    Ok(())
}

async fn sign_out(stage: &Stage) -> Result<()> {
    stage.press("button", "common.signout").await?;
    stage.press("button", "signedout.again").await
}

/// Nothing a server says becomes anything but words.
async fn expect_no_markup(stage: &Stage) -> Result<()> {
    let read = r"
        const root = witness.widget().shadowRoot;
        const strange = [...root.querySelectorAll('*')].filter((element) =>
          ['IMG', 'SCRIPT', 'IFRAME', 'OBJECT', 'STYLE', 'LINK'].includes(element.tagName) ||
          [...element.attributes].some(({ name, value }) => name.startsWith('on') || /^\s*javascript:/i.test(value)));
        return { strange: strange.map(({ outerHTML }) => outerHTML), turned: /[\u0000\u202a-\u202e]/.test(root.textContent) }";
    let seen = stage.browser.script(read, json!([])).await?;
    ensure!(seen == json!({ "strange": [], "turned": false }), "{seen}");
    Ok(())
}

/// The price that is called the lowest, and all prices.
async fn lowest(stage: &Stage) -> Result<(String, Vec<String>)> {
    let read = "
        const cards = [...witness.widget().shadowRoot.querySelectorAll('.offer')];
        const price = (card) => card.querySelector('.price')?.innerText ?? '';
        const lowest = cards.filter((card) => [...card.querySelectorAll('.badge')].some((badge) => badge.innerText === arguments[0]));
        return [lowest.map(price).join(' and '), cards.map(price)]";
    let seen = stage.browser.script(read, json!([stage.words.text("offers.lowest")])).await?;
    Ok(serde_json::from_value(seen)?)
}
