//! The page is reloaded while the customer pays elsewhere.

use anyhow::{Result, ensure};

use super::{INSURER, come_back};
use crate::harness::stage::{Play, journey};
use crate::harness::verdict::Outcome;
use crate::pages::{Checking, Identify, Offers, Policy, RETURNING};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finds_its_way_back_to_the_result_after_a_reload() -> Result<()> {
    journey(Play::new("reload"), async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        let (_, page) = Offers::reached(stage).await?.pick(INSURER).await?.pay().await?.open().await?;

        stage.gather().await?;
        stage.browser.reload().await?;
        let identify = Identify::reached_again(stage).await?;
        ensure!(stage.count("purchases") == 1, "the reload sent a purchase");
        identify.send(RETURNING).await?.enter().await?;
        Checking::reached(stage).await?;

        page.approve().await?;
        Policy::reached(stage).await?.is_told().await?;
        stage.expect(Outcome { messages: 2, ..Outcome::returning() }).await
    })
    .await
}
