//! The page is reloaded while the customer pays elsewhere.

use anyhow::{Result, ensure};

use super::{INSURER, come_back};
use crate::harness::stage::{Play, journey};
use crate::harness::verdict::{CASES, LOGIN, ME, NEW_CASE, NEW_PROPOSAL, Outcome, POLICY, PURCHASE, VERIFY};
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
        stage
            .expect(Outcome {
                purchases: 1,
                charges: 1,
                policies: 1,
                cases: 1,
                vehicles: 0,
                messages: 2,
                order: vec![LOGIN, VERIFY, ME, CASES, NEW_CASE, NEW_PROPOSAL, PURCHASE, POLICY],
            })
            .await
    })
    .await
}
