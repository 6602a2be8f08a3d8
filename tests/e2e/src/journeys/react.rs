//! A page written in React, in strict mode, with the tag from the package.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, buy};
use crate::harness::stage::{Layout, Play, Stage, journey};
use crate::harness::verdict::Outcome;
use crate::harness::{dist, until};
use crate::pages::{Identify, Offers, RETURNING, Vehicles};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_react_page_takes_the_tag_out_and_back_and_sells() -> Result<()> {
    let react = dist().join("react");
    ensure!(react.exists(), "there is no page to try: run `make npm` first");
    let play = Play { site: Some(react.join("site")), cdn: Some(react.join("cdn")), layout: Layout::Inline, ..Play::new("react") };
    journey(play, async |stage| {
        let stage = &*stage;
        stage.visit("index.html").await?;
        Identify::reached(stage).await?.fill(RETURNING).await?;

        // Taken out and put back, nothing of the first one is left: neither what it drew nor what was typed into it.
        for _ in 0..2 {
            press(stage, "#shown").await?;
        }
        stage.see_text("button", "id.submit").await?;
        let typed = stage.everything_typed().await?.join("\n");
        ensure!(
            typed.contains(": ") && [RETURNING.number, RETURNING.birth_date].iter().all(|text| !typed.contains(text)),
            "there is {typed}"
        );

        // A property of the component's that is an attribute of the tag.
        press(stage, "#theme").await?;
        until("the dark look", async || {
            let look = "return document.querySelector('insurup-checkout').shadowRoot.querySelector('.ins')?.dataset.theme";
            Ok((stage.browser.script(look, json!([])).await? == "dark").then_some(()))
        })
        .await?;

        Identify::reached(stage).await?.send(RETURNING).await?.enter().await?;
        Vehicles::reached(stage).await?.go_on().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        // The page hears of it by React's own properties.
        let heard = stage.browser.script("return document.querySelector('#steps').textContent", json!([])).await?;
        let heard = heard.as_str().unwrap_or_default();
        ensure!(heard.ends_with("policy completed") || heard.ends_with("completed policy"), "React heard `{heard}`");
        stage.expect(Outcome::returning()).await
    })
    .await
}

async fn press(stage: &Stage, css: &str) -> Result<()> {
    stage.browser.click(&stage.browser.find(css).await?).await
}
