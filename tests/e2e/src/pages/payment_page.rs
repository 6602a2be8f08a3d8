//! The insurer's page, in a window of its own.

use anyhow::{Result, ensure};

use crate::harness::keyboard::{ENTER, TAB};
use crate::harness::stage::Stage;
use crate::harness::until;

/// The payment page, and where the customer came from.
#[derive(Debug, Clone)]
pub(crate) struct PaymentPage<'a> {
    stage: &'a Stage,
    pub(crate) window: String,
    shop: String,
}

impl<'a> PaymentPage<'a> {
    pub(crate) async fn reached(stage: &'a Stage, shop: String, known: &[String], amount: &str) -> Result<Self> {
        let window = stage.browser.new_window(known).await?;
        stage.browser.find("#approve").await?;
        let asked =
            digits(&stage.browser.script("return document.querySelector('#amount').textContent", serde_json::json!([])).await?.to_string());
        ensure!(asked == digits(amount), "the payment page asks for {asked}, the widget said {amount}");
        stage.gather().await?;
        Ok(Self { stage, window, shop })
    }

    /// Presses `approve`, `decline` or `abandon`; the page then sends the browser back to the agency.
    async fn act(&self, act: &str) -> Result<()> {
        let browser = &self.stage.browser;
        browser.turn_to(&self.window).await?;
        browser.click(&browser.find(&format!("#{act}")).await?).await?;
        self.come_back().await
    }

    /// The insurer's page has sent the browser to the agency's.
    async fn come_back(&self) -> Result<()> {
        let browser = &self.stage.browser;
        let back = format!("{}/return.html", self.stage.at.site);
        until("the way back", async || Ok(browser.url().await?.starts_with(&back).then_some(()))).await?;
        until("the widget on the return page", async || Ok((!self.stage.all_words().await?.is_empty()).then_some(()))).await?;
        self.stage.look("return").await
    }

    pub(crate) async fn approve(&self) -> Result<()> {
        self.act("approve").await?;
        self.go_back().await
    }

    /// The same after the tab with the sale was closed; the customer stays where the insurer's page sent them.
    pub(crate) async fn approve_alone(&self) -> Result<()> {
        self.go_back().await?;
        self.stage.gather().await?;
        self.stage.browser.close_window().await?;
        self.act("approve").await
    }

    /// The same without a pointer.
    pub(crate) async fn approve_by_keyboard(&self) -> Result<()> {
        let browser = &self.stage.browser;
        browser.turn_to(&self.window).await?;
        until("the button that pays", async || {
            browser.press_keys(&TAB.to_string()).await?;
            let focused = browser.script("return document.activeElement.id", serde_json::json!([])).await?;
            Ok((focused == "approve").then_some(()))
        })
        .await?;
        browser.press_keys(ENTER).await?;
        self.come_back().await?;
        self.go_back().await
    }

    pub(crate) async fn decline(&self) -> Result<()> {
        self.act("decline").await?;
        self.go_back().await
    }

    /// Back to the window where the sale began.
    pub(crate) async fn go_back(&self) -> Result<()> {
        self.stage.browser.turn_to(&self.shop).await
    }

    pub(crate) async fn close(self) -> Result<()> {
        self.stage.browser.turn_to(&self.window).await?;
        self.stage.gather().await?;
        self.stage.browser.close_window().await?;
        self.go_back().await
    }
}

pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
