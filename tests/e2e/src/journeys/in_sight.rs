//! What is to stay in sight stays there, wherever the page is scrolled: in a frame as high as what is in it nothing scrolls by itself.

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use super::{INSURERS, come_back};
use crate::harness::pictures::Looks;
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::pages::{Offers, RETURNING};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_marked_can_be_compared_from_wherever_the_page_is_scrolled_to() -> Result<()> {
    journey(Play { looks: Looks::Never, ..Play::new("in-sight") }, async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        let offers = Offers::reached(stage).await?;
        let phone = json!({ "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true });
        stage.browser.devtools("Emulation.setDeviceMetricsOverride", phone).await?;
        stage.is_drawn().await?;
        offers.mark(&INSURERS[..2]).await?;

        let end = scroll_to(stage, ".offers", "end").await?;
        let start = scroll_to(stage, ".offers", "start").await?;
        ensure!(end - start > 1_000.0, "the list is hardly longer than the window: {start} to {end}");
        for part in [0.0, 0.3, 0.6, 0.9] {
            let place = start + (end - start) * part;
            stage.browser.page_script("scrollTo({ top: arguments[0], behavior: 'instant' })", json!([place])).await?;
            expect_at_the_edge(stage).await.with_context(|| format!("{part} of the list is scrolled away"))?;
        }
        stage.press("button", "offers.compare").await?;
        stage.see_text("heading", "compare.title").await?;
        Ok(())
    })
    .await
}

/// Scrolls the page until this begins or ends where its window does; returns how far that is.
async fn scroll_to(stage: &Stage, css: &str, edge: &str) -> Result<f64> {
    let read = "return document.querySelector(arguments[0])?.getBoundingClientRect().toJSON() ?? null";
    let read = read.replace("document", "witness.widget().shadowRoot");
    let place = stage.browser.script(&read, json!([css])).await?;
    let place = place[if edge == "end" { "bottom" } else { "top" }].as_f64().context("there is no list")?;
    let scroll = "
        const [place, edge] = arguments;
        const above = witness.frame?.()?.getBoundingClientRect().top ?? 0;
        scrollBy({ top: above + place - (edge === 'end' ? innerHeight : 0), behavior: 'instant' });
        return scrollY";
    Ok(stage.browser.page_script(scroll, json!([place, edge])).await?.as_f64().unwrap_or_default())
}

/// The bar with the comparison ends where the window does.
async fn expect_at_the_edge(stage: &Stage) -> Result<()> {
    until("the comparison at the window's lower edge", async || {
        let read = "return witness.widget().shadowRoot.querySelector('.bar')?.getBoundingClientRect().bottom ?? null";
        // What answers to a mark is loaded with the first one.
        let Some(bar) = stage.browser.script(read, json!([])).await?.as_f64() else { return Ok(None) };
        let window = "return innerHeight - (witness.frame?.()?.getBoundingClientRect().top ?? 0)";
        let window = stage.browser.page_script(window, json!([])).await?.as_f64().context("no window")?;
        Ok(((bar - window).abs() < 1.5).then_some(()))
    })
    .await
}
