//! The address of the payment page answers with redirects: to the page, past it and back to the agency with a claim of success, or without
//! an end.

use anyhow::{Result, ensure};
use serde_json::json;

use super::away::stored;
use super::forged::expect_no_success;
use super::{INSURER, come_back, with_session};
use crate::harness::pictures::Looks;
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::harness::verdict::{LOGIN, Outcome, PURCHASE, VERIFY};
use crate::pages::{Away, Checking, Offers, PaymentPage, Policy, RETURNING, reads};

/// Other journeys look at these screens.
const LOOKS: Looks = Looks::Laid(&[]);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn follows_no_redirect_and_believes_none() -> Result<()> {
    journey(Play { looks: LOOKS, ..with_session("redirects", "newtab")? }, async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        let review = Offers::reached(stage).await?.pick(INSURER).await?;
        let amount = review.amount().await?;
        review.pay().await?;
        let shop = stage.browser.window().await?;

        lead(stage, "endless")?;
        let known = stage.browser.windows().await?;
        stage.press("link", "away.open").await?;
        stage.browser.new_window(&known).await?;
        gives_up(stage).await?;
        close(stage, &shop).await?;

        lead(stage, "return")?;
        stage.press("link", "away.reopen").await?;
        stage.browser.new_window(&known).await?;
        returns(stage).await?;
        // Its page began before it could be witnessed.
        stage.browser.reload().await?;
        expect_no_success(stage).await?;
        stage.gather().await?;
        close(stage, &shop).await?;
        expect_no_success(stage).await?;

        lead(stage, "page")?;
        stage.press("link", "away.reopen").await?;
        let page = PaymentPage::reached(stage, shop, &known, &amount).await?;
        let address = stage.browser.url().await?;
        ensure!(address.ends_with("/5"), "no redirect led to {address}");
        page.go_back().await?;
        ensure!(stage.browser.windows().await?.len() == 2, "something else was opened");
        page.approve().await?;
        Policy::reached(stage).await?.is_told().await?;
        stage.expect(Outcome::returning()).await?;
        only_windows_went(stage)
    })
    .await
}

/// In the same tab it is the page that goes there, and comes back with the session.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn believes_no_redirect_in_the_same_tab() -> Result<()> {
    journey(Play { looks: LOOKS, ..with_session("redirects-resume", "resume")? }, async |stage| {
        let stage = &*stage;
        lead(stage, "endless")?;
        come_back(stage, RETURNING).await?.go_on().await?;
        Offers::reached(stage).await?.pick(INSURER).await?.pay().await?;
        stage.gather().await?;
        stage.press("link", "away.open").await?;
        gives_up(stage).await?;

        lead(stage, "return")?;
        stage.browser.reload().await?;
        returns(stage).await?;
        ensure!(Checking::reached(stage).await?.is_all_there_is().await?, "a redirect was believed");
        expect_no_success(stage).await?;
        let stored = stored(stage).await?.to_string();
        ensure!(!stored.contains("eyJ"), "a token is left in the tab: {stored}");
        stage.expect(Outcome { charges: 0, policies: 0, order: vec![LOGIN, VERIFY, PURCHASE], ..Outcome::returning() }).await?;
        only_windows_went(stage)
    })
    .await
}

/// From now on the address of the payment page leads there.
fn lead(stage: &Stage, detour: &str) -> Result<()> {
    stage.control("settings", &json!({ "detour": detour }))
}

/// The browser, after as many redirects as it takes.
async fn gives_up(stage: &Stage) -> Result<()> {
    let given_up = "return document.body?.innerText.includes('ERR_TOO_MANY_REDIRECTS')";
    until("the browser to give up", async || Ok(stage.browser.page_script(given_up, json!([])).await?.as_bool().filter(|is| *is))).await?;
    Ok(())
}

/// The browser comes to the agency's page, past the payment page.
async fn returns(stage: &Stage) -> Result<()> {
    let claim = format!("{}/return.html?status=success&responseCode=00&mdStatus=1", stage.at.site);
    until("the claim", async || Ok(stage.browser.url().await?.starts_with(&claim).then_some(()))).await
}

/// Closes the window that was opened. The sale goes on as before, also after it has asked once more.
async fn close(stage: &Stage, shop: &str) -> Result<()> {
    stage.browser.close_window().await?;
    stage.browser.turn_to(shop).await?;
    let before = reads(stage);
    until("another question", async || {
        stage.let_pass(1_000).await?;
        Ok((reads(stage) > before).then_some(()))
    })
    .await?;
    Away::reached(stage).await?;
    Ok(())
}

/// Whatever was asked of the payment page's host was asked by a window that shows it: nothing of the widget's went there to look.
fn only_windows_went(stage: &Stage) -> Result<()> {
    let witnessed = stage.witnessed();
    let pay = format!("{}/", stage.at.pay);
    let asked: Vec<_> = witnessed.network.requests.iter().filter(|request| request.url.starts_with(&pay)).collect();
    ensure!(asked.iter().any(|request| request.kind == "Document"), "nobody was seen to go there: this shows nothing");
    let strange: Vec<_> = asked.iter().filter(|request| !matches!(request.kind.as_str(), "Document" | "Stylesheet")).collect();
    // A browser looks for the icon of what it shows by itself.
    let strange: Vec<_> = strange.into_iter().filter(|request| !request.url.ends_with("/favicon.ico")).collect();
    ensure!(strange.is_empty(), "the widget went there: {strange:#?}");
    Ok(())
}
