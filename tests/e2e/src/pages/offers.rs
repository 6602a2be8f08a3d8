//! The offers.

use anyhow::{Result, ensure};
use serde_json::json;

use super::Review;
use crate::harness::stage::Stage;
use crate::harness::until;
use crate::harness::verdict::PROPOSAL;
use crate::harness::words::Pattern;

/// The first offer's plans, or its button: what a customer may have the focus on. (Found by its offer, whatever place that has by then.)
const CHOICE: &str = "
    const root = witness.widget().shadowRoot;
    const choice = window.held?.isConnected ? window.held : root.querySelector('.offer :is(select, button)')";

/// The list of offers, complete.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offers<'a>(&'a Stage);

impl<'a> Offers<'a> {
    /// Waits until every insurer has answered.
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "offers.title").await?;
        stage.see_text("paragraph", "offers.done").await?;
        Self(stage).show_new().await?.look_at_list().await
    }

    async fn look_at_list(self) -> Result<Self> {
        self.0.look("offers").await?;
        Ok(self)
    }

    /// Has those shown that arrived while the customer was at the list.
    pub(crate) async fn show_new(self) -> Result<Self> {
        if self.0.shows("button", "offers.show").await? {
            self.0.press("button", "offers.show").await?;
        }
        Ok(self)
    }

    /// Ticks "compare" of these.
    pub(crate) async fn mark(self, insurers: &[&str]) -> Result<Self> {
        for insurer in insurers {
            self.0.press_named("checkbox", &self.named("offers.compare", insurer)).await?;
        }
        Ok(self)
    }

    pub(crate) async fn is_marked(&self, insurer: &str) -> Result<bool> {
        Ok(self.0.value("checkbox", &self.named("offers.compare", insurer)).await? == "true")
    }

    /// Presses what is called like this, of the offer of an insurer.
    pub(crate) async fn press(&self, key: &str, insurer: &str) -> Result<()> {
        self.0.press_named("button", &self.named(key, insurer)).await
    }

    /// Back from what stands in place of the list, to what opened it.
    pub(crate) async fn come_back(&self, key: &str, insurer: &str) -> Result<()> {
        self.0.press("button", "common.back").await?;
        self.0.see_text("heading", "offers.title").await?;
        let (name, focused) = (self.named(key, insurer), "return witness.widget().shadowRoot.activeElement?.ariaLabel ?? ''");
        until("the focus to be where it was", async || {
            let focused = self.0.browser.script(focused, json!([])).await?;
            Ok(name.begins(focused.as_str().unwrap_or_default()).then_some(()))
        })
        .await
    }

    fn named(&self, key: &str, insurer: &str) -> Pattern {
        self.0.words.pattern(key).then(&format!(": {insurer}"))
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

    /// Waits until nobody is asked any more, whether or not all have answered.
    pub(crate) async fn ended(stage: &'a Stage) -> Result<Self> {
        passes(stage, "paragraph", "offers.done").await?;
        Ok(Self(stage))
    }

    /// While some insurers have not answered.
    pub(crate) async fn waiting(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "offers.title").await?;
        stage.see_text("paragraph", "offers.waiting").await?;
        Ok(Self(stage))
    }

    /// Every insurer has answered, and none has an offer; it says what can be done then.
    pub(crate) async fn nobody(stage: &'a Stage) -> Result<Self> {
        passes(stage, "heading", "offers.none.title").await?;
        stage.see_text("button", "offers.ask").await?;
        ensure!(stage.all_words().await?.contains(stage.words.text("offers.none.lead")), "nothing says what can be done");
        let calls = "return witness.widget().shadowRoot.querySelectorAll('.acts a[href^=\"tel:\"]').length";
        ensure!(stage.browser.script(calls, json!([])).await? == 1, "there is no way to call the agency");
        stage.look("offers-none").await?;
        Ok(Self(stage))
    }

    /// Goes on, a little time of the insurers' and one more question at each step, until one of these has an offer, and others have not.
    pub(crate) async fn first_of(self, insurers: &[&'static str]) -> Result<(Self, &'static str)> {
        let first = until(&format!("an offer of {insurers:?}"), async || {
            self.ask_again(100).await?;
            for insurer in insurers {
                if self.0.find("button", &self.pick_of(insurer)).await?.is_some() {
                    return Ok(Some(*insurer));
                }
            }
            Ok(None)
        })
        .await?;
        let waits = "return witness.widget().shadowRoot.querySelector('.offer .sk') !== null";
        ensure!(self.0.browser.script(waits, json!([])).await? == true, "all have answered by then: this journey shows nothing");
        Ok((self, first))
    }

    /// The insurers have had so many milliseconds more, and were asked.
    pub(crate) async fn ask_again(&self, milliseconds: i64) -> Result<()> {
        let before = reads(self.0);
        self.0.sandbox.state().advance(milliseconds);
        until("another question", async || {
            self.0.let_pass_here(1_000).await?;
            Ok((reads(self.0) > before).then_some(()))
        })
        .await
    }

    pub(crate) async fn choose_plan(self, insurer: &str, instalments: u8) -> Result<Self> {
        self.0.choose_named(&self.plan_of(insurer), &format!("{instalments} ×")).await?;
        Ok(self)
    }

    /// The plan that is chosen, and what the card says.
    pub(crate) async fn chosen(&self, insurer: &str) -> Result<(String, String)> {
        let plan = self.0.value("combobox", &self.plan_of(insurer)).await?;
        let read = "
            const cards = witness.widget().shadowRoot.querySelectorAll('.offer');
            return Array.from(cards, (card) => card.querySelector('h3')?.innerText === arguments[0] ? card.querySelector('.cost').innerText : '').join('')";
        let cost = self.0.browser.script(read, json!([insurer])).await?;
        Ok((plan, cost.as_str().unwrap_or_default().to_owned()))
    }

    fn plan_of(&self, insurer: &str) -> Pattern {
        self.0.words.pattern("offers.plan").then(&format!(": {insurer}"))
    }

    fn pick_of(&self, insurer: &str) -> Pattern {
        self.0.words.pattern("offers.pick").then(&format!(": {insurer}"))
    }

    /// Back to the vehicles, for another one.
    pub(crate) async fn leave(self) -> Result<()> {
        self.0.press("button", "common.back").await
    }

    /// Chooses the offer of an insurer.
    pub(crate) async fn pick(self, insurer: &str) -> Result<Review<'a>> {
        let offers = self.show_new().await?;
        offers.pick_shown(insurer).await
    }

    async fn pick_shown(self, insurer: &str) -> Result<Review<'a>> {
        self.0.press_named("button", &self.pick_of(insurer)).await?;
        Review::reached(self.0).await
    }
}

/// How often the offers were asked for.
pub(crate) fn reads(stage: &Stage) -> usize {
    stage.calls().iter().filter(|call| call.route == PROPOSAL).count()
}

/// Minutes pass, question by question, until this is to be seen. No step is so long that a question under way counts as unanswered.
pub(crate) async fn passes(stage: &Stage, role: &str, key: &str) -> Result<()> {
    until(key, async || {
        if stage.shows(role, key).await? {
            return Ok(Some(()));
        }
        let before = reads(stage);
        stage.let_pass(20_000).await?;
        until("another question", async || Ok((reads(stage) > before || stage.shows(role, key).await?).then_some(()))).await?;
        Ok(None)
    })
    .await
}
