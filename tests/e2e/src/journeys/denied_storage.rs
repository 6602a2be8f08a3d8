//! A browser that keeps its storage from the widget's document, and from the page: Chromium, with all site data blocked.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, buy, come_back, with_session};
use crate::harness::pictures::Looks;
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::verdict::Outcome;
use crate::pages::{Offers, RETURNING};

/// Other journeys look at these screens.
const LOOKS: Looks = Looks::Laid(&[]);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_in_a_new_tab_without_any_storage() -> Result<()> {
    sells_in_a_new_tab("denied-newtab", "newtab").await
}

/// The way back into the same tab would lead nowhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pays_in_a_new_tab_where_the_same_one_could_keep_nothing() -> Result<()> {
    sells_in_a_new_tab("denied-resume", "resume").await
}

async fn sells_in_a_new_tab(name: &'static str, session: &str) -> Result<()> {
    let preferences = json!({ "profile.default_content_setting_values.cookies": 2 });
    journey(Play { looks: LOOKS, preferences, ..with_session(name, session)? }, async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        is_denied(stage).await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome::returning()).await
    })
    .await
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
