//! The session ends while the customer fills in a long form.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, PLATE, SERIAL, ask_for_code, buy, come_new};
use crate::harness::stage::{Play, journey};
use crate::harness::verdict::{CASES, LOGIN, ME, NEW_CASE, Outcome, VERIFY};
use crate::pages::{ByHand, Code, Consents, Found, Lookup, NEW, Offers, Person};

/// Access tokens of this person live a minute and can be renewed.
const SHORT_TOKENS: Person = Person::citizen("30000000564", "11.03.1979", "5351112233");
/// The whole session of this person lives a minute.
const SHORT_SESSION: Person = Person::citizen("30000000496", "12.04.1981", "5352223344");
/// A plate the register does not know.
const UNKNOWN_PLATE: &str = "06 TST 404";
const MINUTE_MS: i64 = 61_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn renews_the_session_unnoticed_while_a_form_is_filled_in() -> Result<()> {
    journey(Play::new("tokens-expire"), async |stage| {
        let stage = &*stage;
        for (status, path) in [(404, "/vehicles/external-lookup"), (401, "/vehicle-parameters/models")] {
            stage.provokes(status, path);
        }
        let lookup = come_new(stage, SHORT_TOKENS).await?;
        lookup.search(UNKNOWN_PLATE, SERIAL).await?;
        let form = lookup.type_instead().await?.choose_uses("Renault").await?;
        ensure!(stage.count("refreshes") == 0, "renewed before it was needed: this journey shows nothing");
        // Only the server's clock: the page believes in its token, and is refused.
        stage.sandbox.state().advance(MINUTE_MS);
        let form = form.choose_model("2021", "Clio").await?;
        ensure!(stage.count("refreshes") == 1, "{} renewals for one expired token", stage.count("refreshes"));
        form.send().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome::newcomer()).await
    })
    .await
}

/// Another code comes when the server says, not sooner.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waits_for_another_code_as_long_as_the_server_says() -> Result<()> {
    journey(Play::new("code-rate"), async |stage| {
        let stage = &*stage;
        ask_for_code(stage, NEW).await?.ask_too_often().await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        Lookup::reached(stage).await?;
        let order = vec![LOGIN, VERIFY, ME, CASES, NEW_CASE];
        stage.expect(Outcome { messages: 1, cases: 1, order, ..Outcome::default() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signs_in_again_in_place_with_everything_typed_still_there() -> Result<()> {
    journey(Play::new("session-expires"), async |stage| {
        let stage = &*stage;
        for (status, path) in [(404, "/vehicles/external-lookup"), (401, "/vehicle-parameters/models"), (401, "/auth/customer/refresh")] {
            stage.provokes(status, path);
        }
        let lookup = come_new(stage, SHORT_SESSION).await?;
        lookup.search(UNKNOWN_PLATE, SERIAL).await?;
        let form = lookup.type_instead().await?.choose_uses("Renault").await?;
        // What the search left there is put right too.
        stage.fill("vehicle.serial", "EF 135790").await?;
        stage.fill("vehicle.seats", "5").await?;
        // From here on time stands still: the second session would be over within a minute too.
        stage.control("clock", &json!({ "frozen": true }))?;
        stage.sandbox.state().advance(MINUTE_MS);
        form.type_year("2021").await?;
        let code = Code::reached_after_the_session(stage, SHORT_SESSION).await?;
        ensure!(stage.count("vehicles") == 0, "a vehicle was saved without a session");
        code.enter().await?;

        let form = ByHand::reached(stage).await?;
        let typed = stage.everything_typed().await?;
        for (label, value) in
            [("vehicle.plate", UNKNOWN_PLATE), ("vehicle.serial", "EF 135790"), ("vehicle.year", "2021"), ("vehicle.seats", "5")]
        {
            let kept = stage.value("textbox", &stage.words.pattern(label)).await?;
            ensure!(kept == value, "{label}: typed {value}, and after signing in again there is {kept}: {typed:?}");
        }
        for label in ["vehicle.brand", "vehicle.fuel", "vehicle.use"] {
            ensure!(!stage.value("combobox", &stage.words.pattern(label)).await?.is_empty(), "{label} is not chosen any more: {typed:?}");
        }
        stage.choose("vehicle.model", "Clio").await?;
        form.send().await?;
        Offers::waiting(stage).await?;
        stage.sandbox.state().advance(2_000);
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        let serials = stage.ledger()["vehicles"].to_string();
        ensure!(stage.count("vehicles") == 1, "{serials}");
        stage.expect(Outcome { messages: 2, ..Outcome::newcomer() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shows_nobody_else_what_was_typed_when_the_session_ended() -> Result<()> {
    journey(Play::new("session-of-another"), async |stage| {
        let stage = &*stage;
        for (status, path) in [(404, "/vehicles/external-lookup"), (401, "/vehicle-parameters/models"), (401, "/auth/customer/refresh")] {
            stage.provokes(status, path);
        }
        let lookup = come_new(stage, SHORT_SESSION).await?;
        lookup.search(UNKNOWN_PLATE, SERIAL).await?;
        let form = lookup.type_instead().await?.choose_uses("Renault").await?;
        stage.sandbox.state().advance(MINUTE_MS);
        form.type_year("2021").await?;
        Code::reached_after_the_session(stage, SHORT_SESSION).await?.change_number().await?.send(NEW).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        let lookup = Lookup::reached(stage).await?;
        let typed = stage.everything_typed().await?;
        ensure!(!format!("{typed:?}").contains(UNKNOWN_PLATE) && !format!("{typed:?}").contains(SERIAL), "somebody else reads {typed:?}");
        // Nothing of it is behind the next screens either: the sale is of this customer's own vehicle.
        lookup.search(PLATE, SERIAL).await?;
        Found::reached(stage).await?.confirm().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome { cases: 2, messages: 3, ..Outcome::newcomer() }).await
    })
    .await
}
