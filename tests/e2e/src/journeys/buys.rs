//! Whole sales without misfortune.

use std::sync::Arc;

use anyhow::{Result, bail, ensure};
use serde_json::{Value, json};

use super::{INSURER, PLATE, SERIAL, ask_for_code, buy, come_new, search_and_buy};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::verdict::{LOOKUP, Outcome};
use crate::harness::words::Language;
use crate::pages::{COMPANY, Consents, FOREIGNER, Found, Identify, Lookup, NEW, Offers, Person, Policy, Profile, RETURNING, Vehicles};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_to_a_new_customer_whose_plate_is_looked_up() -> Result<()> {
    journey(Play::new("new-customer"), sell_to_newcomer).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_to_a_returning_customer_with_a_vehicle_on_file() -> Result<()> {
    journey(Play::new("returning-customer"), sell_to_acquaintance).await
}

pub(crate) async fn sell_to_newcomer(stage: Arc<Stage>) -> Result<()> {
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
}

pub(crate) async fn sell_to_acquaintance(stage: Arc<Stage>) -> Result<()> {
    let stage = &*stage;
    open_slowly(stage).await?.go_on().await?;
    buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?.sign_out().await?;
    stage.expect(Outcome::returning()).await
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
    stage.control("faults", &json!({ "route": "GET /customers/me", "delayMs": 16_000 }))?;
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
        lookup.search_by_enter("06 TST 404", SERIAL).await?;
        let form = lookup.type_instead_by_keyboard().await?.send_unfinished().await?.search_brand_by_keyboard().await?;
        // Plate and serial are those of the search.
        form.complete_by_keyboard(&[
            ("combobox", "vehicle.brand", "Renault"),
            ("textbox", "vehicle.year", "2021"),
            ("combobox", "vehicle.model", "Megane"),
            ("combobox", "vehicle.fuel", stage.words.text("fuel.diesel")),
            ("combobox", "vehicle.use", stage.words.text("use.jeep")),
            ("textbox", "vehicle.date", "14.03.2021"),
            ("textbox", "vehicle.seats", "7"),
            ("textbox", "vehicle.engine", "K9KB410R123456"),
            ("textbox", "vehicle.chassis", "VF1RJA00512345678"),
        ])
        .await?;
        let offers = Offers::reached(stage).await?;
        // All eleven, and nothing else: make and model as the sandbox calls them.
        let typed = json!({
            "plate": { "city": 6, "code": "TST404" }, "documentSerial": { "code": "CD", "number": "654321" },
            "brandReference": "117", "modelYear": 2021, "modelTypeReference": "1171008", "fuel": { "type": "DIESEL" },
            "utilizationStyle": "JEEP_SUV", "registrationDate": "2021-03-14", "seatNumber": 7,
            "engine": "K9KB410R123456", "chassis": "VF1RJA00512345678", "accessories": [],
        });
        ensure!(saved(stage).await? == typed, "typed {typed:#}, saved {:#}", saved(stage).await?);
        buy(offers.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome::newcomer()).await
    })
    .await
}

/// The one vehicle that was saved, as the API got it; without the customer, whose it is.
async fn saved(stage: &Stage) -> Result<Value> {
    stage.gather().await?;
    let requests = &stage.witnessed().network.requests;
    let saved: Vec<_> = requests.iter().filter(|request| request.url.ends_with("/vehicles") && !request.body.is_empty()).collect();
    let [saved] = &saved[..] else { bail!("{} vehicles were saved", saved.len()) };
    let mut saved: Value = serde_json::from_str(&saved.body)?;
    saved.as_object_mut().and_then(|saved| saved.remove("customerId"));
    Ok(saved)
}
