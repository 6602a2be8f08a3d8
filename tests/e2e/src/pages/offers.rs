//! The offers.

use anyhow::{Result, ensure};
use serde_json::json;

use super::Review;
use crate::harness::stage::Stage;
use crate::harness::until;

/// The first offer's plans, or its button: what a customer may have the focus on. (Found by its offer, whatever place that has by then.)
const CHOICE: &str = "
    const root = document.querySelector('insurup-checkout').shadowRoot;
    const choice = window.held?.isConnected ? window.held : root.querySelector('.offer :is(select, button)')";

/// The list of offers, complete.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offers<'a>(&'a Stage);

impl<'a> Offers<'a> {
    /// Waits until every insurer has answered.
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "offers.title").await?;
        stage.see_text("paragraph", "offers.done").await?;
        stage.look("offers").await?;
        Ok(Self(stage))
    }

    /// Looks at the list while some have answered and others have not; `ask` is what brings the customer here.
    pub(crate) async fn arriving(stage: &'a Stage, ask: impl AsyncFnOnce() -> Result<()>) -> Result<Self> {
        stage.control("clock", &json!({ "frozen": true }))?;
        ask().await?;
        stage.see_text("heading", "offers.title").await?;
        stage.see_text("paragraph", "offers.waiting").await?;
        // Answers come between a fifth of a second and 1.2 s after the question, at the pace of the tests.
        stage.sandbox.state().advance(700);
        let pick = stage.words.pattern("offers.pick").then(": ");
        until("a first offer", async || stage.find("button", &pick).await).await?;
        stage.look("offers-waiting").await?;
        stage.browser.script(&format!("{CHOICE}; window.held = choice; choice.focus()"), json!([])).await?;
        stage.control("clock", &json!({ "frozen": false }))?;
        stage.see_text("paragraph", "offers.done").await?;
        // Whoever is about to choose is not thrown out by the offers of others.
        let held =
            stage.browser.script(&format!("{CHOICE}; return choice === window.held && root.activeElement === choice"), json!([])).await?;
        ensure!(held == json!(true), "the offers that arrived took the focus from the one being chosen");
        Self::reached(stage).await
    }

    /// Chooses the offer of an insurer.
    pub(crate) async fn pick(self, insurer: &str) -> Result<Review<'a>> {
        self.0.press_named("button", &self.0.words.pattern("offers.pick").then(&format!(": {insurer}"))).await?;
        Review::reached(self.0).await
    }
}
