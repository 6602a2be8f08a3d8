//! Whole sales without misfortune.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, PLATE, SERIAL, ask_for_code, buy, come_new, search_and_buy};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::verdict::{LOOKUP, Outcome};
use crate::harness::words::Language;
use crate::pages::{COMPANY, Consents, FOREIGNER, Found, Identify, Lookup, NEW, Offers, Person, Policy, Profile, RETURNING, Vehicles};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_to_a_new_customer_whose_plate_is_looked_up() -> Result<()> {
    journey(Play::new("new-customer"), async |stage| {
        let stage = &*stage;
        let code = Identify::open(stage).await?.send_empty().await?.send(NEW).await?.mistype().await?;
        code.enter().await?;
        let consents = Consents::reached(stage).await?;
        stage.press("checkbox", "consent.kvkk").await?;
        consents.go_on().await?;
        Profile::reached(stage).await?.complete("Ayşe Deneme", "ayse.deneme@ornek.com").await?;
        Lookup::reached(stage).await?.search(PLATE, SERIAL).await?;
        let found = Found::reached(stage).await?;
        let offers = Offers::arriving(stage, async || found.confirm().await).await?;
        let ready = offers.pick(INSURER).await?.pay_unread().await?.pay().await?;
        let (_, page) = ready.open().await?;
        page.approve().await?;
        let policy = Policy::reached(stage).await?.is_told().await?;
        // The mail comes with the second module, and is no part of every sale.
        stage.expect_size()?;
        policy.send_by_email("a•••@ornek.com", "baska@ornek.com").await?;
        stage.expect(Outcome::newcomer()).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_to_a_returning_customer_with_a_vehicle_on_file() -> Result<()> {
    journey(Play::new("returning-customer"), async |stage| {
        let stage = &*stage;
        open_slowly(stage).await?.go_on().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?.sign_out().await?;
        stage.expect(Outcome::returning()).await
    })
    .await
}

/// A foreigner and a company buy as anybody else; what was typed as another kind of customer is still there on the way back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_to_a_foreigner() -> Result<()> {
    journey(Play::new("foreigner"), async |stage| sell_to_stranger(&stage, FOREIGNER).await).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_to_a_company() -> Result<()> {
    let play = Play { language: Language::English, ..Play::new("company") };
    journey(play, async |stage| sell_to_stranger(&stage, COMPANY).await).await
}

async fn sell_to_stranger(stage: &Stage, person: Person) -> Result<()> {
    let identify = Identify::open(stage).await?.confuse_kinds(person).await?;
    identify.send(person).await?.enter().await?;
    Consents::reached(stage).await?.agree().await?;
    Lookup::reached(stage).await?.search(PLATE, SERIAL).await?;
    Found::reached(stage).await?.confirm().await?;
    buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
    stage.expect(Outcome::newcomer()).await
}

/// The same for a reader of English.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_in_english() -> Result<()> {
    let play = Play { language: Language::English, ..Play::new("english") };
    journey(play, async |stage| {
        let stage = &*stage;
        open_slowly(stage).await?.go_on().await?;
        let (away, page) = Offers::reached(stage).await?.pick(INSURER).await?.pay().await?.open().await?;
        away.check().await?;
        page.approve().await?;
        Policy::reached(stage).await?.is_told().await?;
        stage.expect(Outcome::returning()).await
    })
    .await
}

/// From the agency's page to the vehicles on file, where what is on file is read slowly.
async fn open_slowly(stage: &Stage) -> Result<Vehicles<'_>> {
    let code = ask_for_code(stage, RETURNING).await?;
    stage.control("faults", &json!({ "route": "GET /customers/me", "delayMs": 9000 }))?;
    code.enter().await?;
    stage.see_text("paragraph", "common.loading").await?;
    stage.look("opening").await?;
    ensure!(stage.shows("paragraph", "common.loading").await?, "it was read while the screen was looked at");
    Consents::reached(stage).await?.agree_to_messages_alone().await?;
    Vehicles::reached(stage).await
}

/// What can't be saved about the customer costs nothing but a sentence.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_where_the_profile_cannot_be_saved() -> Result<()> {
    journey(Play::new("profile-unsaved"), async |stage| {
        let stage = &*stage;
        stage.provokes(503, "/customers/*");
        ask_for_code(stage, NEW).await?.enter().await?;
        Consents::reached(stage).await?.go_on().await?;
        let profile = Profile::reached(stage).await?;
        stage.control("faults", &json!({ "route": "PUT /customers/{id}", "times": 9, "status": 503 }))?;
        profile.complete("Ayşe Deneme", "ayse.deneme@ornek.com").await?;
        stage.see_text("status", "profile.unsaved").await?;
        stage.look("profile-unsaved").await?;
        search_and_buy(stage).await
    })
    .await
}

/// A new vehicle, saved with its province alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_for_a_new_vehicle_without_a_plate() -> Result<()> {
    journey(Play::new("no-plate"), async |stage| {
        let stage = &*stage;
        come_new(stage, NEW).await?.search_special_plate().await?.has_no_plate().await?.complete().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        let order = Outcome::newcomer().order.into_iter().filter(|route| *route != LOOKUP).collect();
        stage.expect(Outcome { order, ..Outcome::newcomer() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_for_a_vehicle_typed_by_hand_when_the_register_has_none() -> Result<()> {
    journey(Play::new("by-hand"), async |stage| {
        let stage = &*stage;
        stage.provokes(404, "/vehicles/external-lookup");
        let lookup = come_new(stage, NEW).await?;
        lookup.search("06 TST 404", SERIAL).await?;
        let form = lookup.type_instead().await?.send_unfinished().await?.search_brand_by_keyboard().await?;
        form.complete("Renault", "2021", "Clio").await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome::newcomer()).await
    })
    .await
}
