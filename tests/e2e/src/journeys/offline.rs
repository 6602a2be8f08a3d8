//! The network goes away and comes back.

use anyhow::{Result, ensure};
use serde_json::json;

use super::INSURERS;
use crate::harness::stage::{Play, journey};
use crate::harness::until;
use crate::harness::verdict::Outcome;
use crate::pages::{Consents, Identify, Offers, Policy, RETURNING, Vehicles};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn goes_on_by_itself_after_each_loss_of_the_network_and_pays_once() -> Result<()> {
    journey(Play::new("offline"), async |stage| {
        let stage = &*stage;
        // The last one is the demo page's own, for the codes it shows.
        for path in ["/auth/customer/login-or-register", "/proposals/*", "/__sandbox/sms"] {
            stage.provokes(0, path);
        }

        // While the customer types.
        let identify = Identify::open(stage).await?.fill(RETURNING).await?;
        stage.set_online(false).await?;
        let identify = identify.send_offline(RETURNING).await?;
        stage.set_online(true).await?;
        identify.send_as_it_is(RETURNING).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;

        // While the insurers answer. The ones that have answered, and what was chosen of them, stay.
        stage.control("clock", &json!({ "frozen": true }))?;
        Vehicles::reached(stage).await?.go_on().await?;
        let (offers, insurer) = Offers::waiting(stage).await?.first_of(&INSURERS).await?;
        let offers = offers.choose_plan(insurer, 6).await?;
        let chosen = offers.chosen(insurer).await?;
        stage.set_online(false).await?;
        until("the loss to be noticed", async || {
            stage.let_pass_here(2_500).await?;
            Ok(stage.shows("status", "net.offline").await?.then_some(()))
        })
        .await?;
        stage.look("offers-offline").await?;
        ensure!(offers.chosen(insurer).await? == chosen, "what was chosen is lost with the network");
        stage.control("clock", &json!({ "frozen": false }))?;
        stage.set_online(true).await?;
        // As the message promised, nothing has to be pressed.
        let offers = Offers::reached(stage).await?;
        ensure!(!stage.shows("status", "net.offline").await?, "the loss is still told of");
        stage.see_text("status", "net.online").await?;
        stage.look("offers-online").await?;
        ensure!(offers.chosen(insurer).await? == chosen, "what was chosen is lost since the network is back");

        // At the press that pays.
        let review = offers.pick(insurer).await?;
        stage.set_online(false).await?;
        let review = review.pay_offline().await?;
        stage.set_online(true).await?;
        let (_, page) = review.pay_acknowledged().await?.open().await?;
        page.approve().await?;
        Policy::reached(stage).await?.is_told().await?;
        stage.expect(Outcome::returning()).await
    })
    .await
}
