//! A sale for those who see little: on the narrowest of phones, zoomed in, and with letters of twice the size.

use anyhow::Result;

use super::{INSURER, INSURERS, SERIAL, buy, come_new};
use crate::harness::pictures::{Looks, View};
use crate::harness::stage::{Play, journey};
use crate::harness::verdict::Outcome;
use crate::harness::words::Language;
use crate::pages::{Code, Consents, Identify, Lookup, NEW, Offers, Profile};

/// The last one is where the customer acts.
const VIEWS: [View; 3] = [
    View { name: "zoom", width: 640, height: 450, dots: 2.0, text: "" },
    View { name: "text", width: 1280, height: 900, dots: 1.0, text: "32px" },
    View { name: "320", width: 320, height: 640, dots: 1.0, text: "" },
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_on_the_narrowest_phone_and_to_those_who_zoom() -> Result<()> {
    let play = Play { looks: Looks::Laid(&VIEWS), ..Play::new("narrow") };
    journey(play, async |stage| {
        let stage = &*stage;
        stage.provokes(404, "/vehicles/external-lookup");
        let code: Code<'_> = Identify::open(stage).await?.go_to_mistake().await?.send(NEW).await?.mistype().await?;
        code.enter().await?;
        let consents = Consents::reached(stage).await?;
        stage.press("checkbox", "consent.kvkk").await?;
        consents.go_on().await?;
        Profile::reached(stage).await?.complete("Ayşe Deneme", "ayse.deneme@ornek.com").await?;
        let lookup = Lookup::reached(stage).await?;
        lookup.search("06 TST 404", SERIAL).await?;
        let form = lookup.type_instead().await?.send_unfinished().await?.search_brand_by_keyboard().await?;
        form.complete("Renault", "2021", "Clio").await?;

        let offers = Offers::reached(stage).await?.mark(&INSURERS[..3]).await?;
        stage.look("offers-marked").await?;
        stage.press("button", "offers.compare").await?;
        stage.see_text("heading", "compare.title").await?;
        stage.see_text("checkbox", "compare.diff").await?;
        stage.look("comparison").await?;
        stage.press("button", "common.back").await?;
        stage.see_text("heading", "offers.title").await?;
        offers.press("offers.coverages", INSURER).await?;
        stage.see_text("heading", "cover.title").await?;
        stage.see_text("link", "offers.document").await?;
        stage.look("coverages").await?;
        offers.come_back("offers.coverages", INSURER).await?;
        buy(offers.pick(INSURER).await?.pay_unread().await?).await?.is_told().await?;
        stage.expect(Outcome::newcomer()).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_well_in_english_there_too() -> Result<()> {
    let play = Play { language: Language::English, looks: Looks::Laid(&VIEWS), ..Play::new("narrow-english") };
    journey(play, async |stage| {
        let stage = &*stage;
        come_new(stage, NEW).await?.search_special_plate().await?.has_no_plate().await?.complete().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        let order = Outcome::newcomer().order.into_iter().filter(|route| *route != crate::harness::verdict::LOOKUP).collect();
        stage.expect(Outcome { order, ..Outcome::newcomer() }).await
    })
    .await
}
