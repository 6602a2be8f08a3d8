//! A whole sale without a pointer.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, PLATE, SERIAL};
use crate::harness::keyboard::{DOWN, ENTER, SPACE, UP};
use crate::harness::pictures::{Looks, View};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::harness::verdict::Outcome;
use crate::pages::{Consents, Found, Identify, Lookup, NEW, Offers, PaymentPage, Policy, Review, digits, newest_code};

const DESK: View = View { name: "", width: 1280, height: 900, dots: 1.0, text: "" };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_to_a_customer_without_a_pointer() -> Result<()> {
    let play = Play { looks: Looks::Laid(&[DESK]), ..Play::new("keyboard") };
    journey(play, async |stage| {
        let stage = &*stage;
        stage.witnessed().secrets.add_person(&NEW);
        Identify::open(stage).await?;
        stage.tab_through().await?;
        // One of several: arrows.
        stage.tab_to_text("radio", "id.individual").await?;
        stage.browser.press_keys(DOWN).await?;
        stage.see_text("textbox", "id.ykn").await?;
        stage.browser.press_keys(UP).await?;
        stage.key_on("textbox", "id.tckn", NEW.number).await?;
        stage.key_on("textbox", "id.birth", NEW.birth_date).await?;
        stage.key_on("textbox", "id.phone", NEW.phone).await?;
        stage.key_on("button", "id.submit", SPACE).await?;

        stage.see_text("heading", "code.title").await?;
        let code = newest_code(stage, NEW)?;
        stage.witnessed().secrets.add("code", &code);
        stage.look("code").await?;
        stage.tab_through().await?;
        stage.key_on("textbox", "code.label", &code).await?;
        stage.browser.press_keys(ENTER).await?;

        Consents::reached(stage).await?;
        stage.tab_through().await?;
        stage.key_on("checkbox", "consent.kvkk", SPACE).await?;
        stage.key_on("button", "common.continue", ENTER).await?;
        stage.key_on("button", "profile.skip", ENTER).await?;
        Lookup::reached(stage).await?;
        stage.tab_through().await?;
        stage.key_on("textbox", "vehicle.plate", PLATE).await?;
        stage.key_on("textbox", "vehicle.serial", SERIAL).await?;
        stage.browser.press_keys(ENTER).await?;
        Found::reached(stage).await?;
        stage.key_on("button", "vehicle.found.yes", ENTER).await?;

        let offers = Offers::reached(stage).await?;
        stage.tab_through().await?;
        choose(stage, offers).await?;
        Review::reached(stage).await?;
        stage.tab_through().await?;
        stage.key_on("checkbox", "review.ack", SPACE).await?;
        stage.tab_to_text("button", "review.submit").await?;
        let amount = stage.see_text("button", "review.submit").await?;
        let amount = stage.browser.spoken(&amount).await?.1;
        stage.browser.press_keys(ENTER).await?;

        stage.see_text("heading", "away.ready.title").await?;
        stage.look("ready").await?;
        let (shop, known) = (stage.browser.window().await?, stage.browser.windows().await?);
        stage.key_on("link", "away.open", ENTER).await?;
        let page = PaymentPage::reached(stage, shop, &known, &amount).await?;
        page.approve_by_keyboard().await?;
        Policy::reached(stage).await?.is_told().await?;
        stage.tab_through().await?;
        stage.key_on("button", "common.signout", ENTER).await?;
        stage.see_text("button", "signedout.again").await?;
        stage.expect(Outcome::newcomer()).await
    })
    .await
}

/// Another plan, a close look and back, and the offer itself.
async fn choose(stage: &Stage, offers: Offers<'_>) -> Result<()> {
    let of = |key: &str| stage.words.pattern(key).then(&format!(": {INSURER}"));
    stage.tab_to("combobox", &of("offers.plan")).await?;
    let before = offers.chosen(INSURER).await?;
    stage.browser.press_keys(DOWN).await?;
    until("another plan", async || Ok((offers.chosen(INSURER).await? != before).then_some(()))).await?;
    let chosen = offers.chosen(INSURER).await?;
    stage.tab_to("button", &of("offers.coverages")).await?;
    stage.browser.press_keys(ENTER).await?;
    stage.see_text("heading", "cover.title").await?;
    stage.tab_through().await?;
    stage.key_on("button", "common.back", SPACE).await?;
    stage.see_text("heading", "offers.title").await?;
    // From where it was left: one step back is the plan or the button of the same offer.
    let focused = "return witness.widget().shadowRoot.activeElement?.ariaLabel ?? ''";
    until("the focus to be where it was", async || {
        let label = stage.browser.script(focused, json!([])).await?;
        Ok(of("offers.coverages").begins(label.as_str().unwrap_or_default()).then_some(()))
    })
    .await?;
    ensure!(digits(&offers.chosen(INSURER).await?.1) == digits(&chosen.1), "the plan is another one after a close look");
    stage.tab_to("button", &of("offers.pick")).await?;
    stage.browser.press_keys(ENTER).await
}
