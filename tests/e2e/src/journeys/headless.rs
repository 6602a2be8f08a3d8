//! A page of somebody else's, built with the package alone.

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use crate::harness::stage::{Layout, Play, Stage, journey};
use crate::harness::verdict::Outcome;
use crate::harness::{dist, until};
use crate::pages::{NEW, newest_code};

/// The page's own elements, by id.
struct Page<'a>(&'a Stage);

impl Page<'_> {
    async fn fill(&self, id: &str, text: &str) -> Result<()> {
        let field = self.0.browser.find(&format!("#{id}")).await?;
        self.0.browser.keys(&field, text).await
    }

    async fn press(&self, css: &str) -> Result<()> {
        // The page draws everything anew when something changes; a person would not notice, and press what is there then.
        until(css, async || {
            let button = self.0.browser.find(&format!("{css}:not([disabled])")).await?;
            match self.0.browser.click(&button).await {
                Err(error) if format!("{error:#}").contains("stale element") => Ok(None),
                pressed => pressed.map(Some),
            }
        })
        .await
    }

    async fn words(&self) -> Result<String> {
        Ok(self.0.browser.script("return document.body.innerText", json!([])).await?.as_str().unwrap_or_default().to_owned())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_built_with_the_package_alone_sells() -> Result<()> {
    let headless = dist().join("headless");
    ensure!(headless.exists(), "there is no page to try: run `make npm` first");
    let play = Play { site: Some(headless.join("site")), cdn: Some(headless.join("cdn")), layout: Layout::Inline, ..Play::new("headless") };
    journey(play, async |stage| {
        let stage = &*stage;
        let page = Page(stage);
        stage.witnessed().secrets.add_person(&NEW);
        stage.visit("index.html").await?;

        // A wrong number is said at its field, and what was typed stays.
        page.fill("tckn", "10562272297").await?;
        page.fill("birthDate", NEW.birth_date).await?;
        page.fill("phone", NEW.phone).await?;
        page.press("#submit").await?;
        stage.browser.find("#tckn[aria-invalid=true]").await?;
        ensure!(page.words().await?.contains("hane yanlış"), "nothing is said about the number");
        stage.look("headless-errors").await?;
        stage.browser.clear(&stage.browser.find("#tckn").await?).await?;
        page.fill("tckn", NEW.number).await?;
        page.press("#submit").await?;

        stage.browser.find("#code").await?;
        let code = newest_code(stage, NEW)?;
        stage.witnessed().secrets.add("code", &code);
        page.fill("code", &code).await?;
        page.press("#submit").await?;
        page.press("#kvkk").await?;
        page.press("#submit").await?;
        page.press("#skipProfile").await?;
        page.fill("plate", "06 ANK 606").await?;
        page.fill("serial", "CD 654321").await?;
        page.press("#submit").await?;
        page.press("#confirmVehicle").await?;
        stage.browser.find("[id^=pick-]").await?;
        stage.look("headless-offers").await?;
        page.press("[id^=pick-]").await?;
        page.press("#acknowledged").await?;
        page.press("#submit").await?;

        let (shop, known) = (stage.browser.window().await?, stage.browser.windows().await?);
        page.press("#open").await?;
        stage.browser.new_window(&known).await?;
        page.press("#approve").await?;
        // The insurer's page sends the browser to the callback, which is this page once more; nothing is believed there.
        until("the way back", async || Ok(stage.browser.url().await?.starts_with(&stage.at.site).then_some(()))).await?;
        ensure!(!page.words().await?.contains("Poliçeniz hazır"), "the way back was believed");
        stage.browser.turn_to(&shop).await?;
        stage.browser.find("#document").await?;
        stage.look("headless-policy").await?;
        let number = stage.browser.script("return document.querySelector('#number').textContent", json!([])).await?;
        ensure!(number.as_str().context("a number")?.len() > 4, "no policy number is shown");
        stage.expect_without_widget(Outcome::newcomer()).await
    })
    .await
}
