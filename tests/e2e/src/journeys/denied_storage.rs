//! A browser that keeps its storage from the widget's document, and from the page: Chromium, with all site data blocked.

use anyhow::{Result, ensure};
use serde_json::json;

use super::away::{act, follow_the_link};
use super::{INSURER, buy, come_back, with_session};
use crate::harness::pictures::Looks;
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::harness::verdict::{CASES, LOGIN, ME, NEW_CASE, NEW_PROPOSAL, Outcome, PURCHASE, VERIFY};
use crate::pages::{Offers, RETURNING};

/// Other journeys look at these screens.
const LOOKS: Looks = Looks::Laid(&[]);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_in_a_new_tab_without_any_storage() -> Result<()> {
    journey(denied(with_session("denied-newtab", "newtab")?), async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        is_denied(stage).await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome::returning()).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn resumes_nothing_and_breaks_nothing_in_the_same_tab() -> Result<()> {
    journey(denied(with_session("denied-resume", "resume")?), async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        is_denied(stage).await?;
        Offers::reached(stage).await?.pick(INSURER).await?.pay().await?;
        stage.gather().await?;
        follow_the_link(stage).await?;
        act(stage, "approve").await?;
        // Nothing here knows what was paid for, and the address is not asked.
        stage.see_text("heading", "return.title").await?;
        ensure!(!stage.all_words().await?.contains(stage.words.text("policy.title")), "the address of the return was believed");
        stage.gather().await?;

        // The API knows.
        come_back(stage, RETURNING).await?;
        stage.press("button", "mine.title").await?;
        stage.see_text("heading", "mine.policies").await?;
        let words = stage.all_words().await?;
        ensure!(words.contains(INSURER), "the policy is not among: {words}");
        ensure!(!stage.shows("heading", "mine.open").await?, "what was bought is still open: {words}");
        // A sale that is over makes room for another one.
        until("a case for another sale", async || Ok((stage.count("cases") == 2).then_some(()))).await?;
        let order = vec![LOGIN, VERIFY, ME, CASES, NEW_CASE, NEW_PROPOSAL, PURCHASE];
        stage.expect(Outcome { cases: 2, messages: 2, order, ..Outcome::returning() }).await
    })
    .await
}

fn denied(play: Play) -> Play {
    Play { looks: LOOKS, preferences: json!({ "profile.default_content_setting_values.cookies": 2 }), ..play }
}

/// Storage of both kinds, and locks, in either document.
async fn is_denied(stage: &Stage) -> Result<()> {
    let ask = "
        const asked = [() => sessionStorage, () => localStorage, () => navigator.locks.request('x', () => 0)];
        return Promise.all(asked.map((ask) => new Promise((give) => give(ask())).then(() => 'allowed', ({ name }) => name)))";
    for said in [stage.browser.script(ask, json!([])).await?, stage.browser.page_script(ask, json!([])).await?] {
        ensure!(said == json!(vec!["SecurityError"; 3]), "not everything is denied: {said}");
    }
    Ok(())
}
