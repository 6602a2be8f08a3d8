//! One customer with two windows: what is made once is made once, and what is paid once is paid once.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, ask_for_code, buy, come_back};
use crate::harness::stage::{Play, journey};
use crate::harness::until;
use crate::harness::verdict::{CASES, LOGIN, ME, NEW_CASE, Outcome, VERIFY};
use crate::pages::{Checking, Consents, Identify, NotTaken, Offers, Policy, RETURNING, Vehicles};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_windows_create_one_case() -> Result<()> {
    journey(Play::new("two-windows-case"), async |stage| {
        let stage = &*stage;
        // "There is none" takes longer than a second window needs to sign in, which would be told the same, and create another.
        stage.control("faults", &json!({ "route": "POST /graphql", "delayMs": 20_000 }))?;
        ask_for_code(stage, RETURNING).await?.enter().await?;
        let first = stage.browser.window().await?;

        stage.gather().await?;
        stage.browser.open_window().await?;
        ask_for_code(stage, RETURNING).await?.enter().await?;
        stage.gather().await?;
        ensure!(stage.count("cases") == 0, "the case was there before the second window: this journey shows nothing");
        // The sale waits for nobody.
        Consents::reached(stage).await?.pass().await?;
        Vehicles::reached(stage).await?;

        stage.browser.turn_to(&first).await?;
        Consents::reached(stage).await?.pass().await?;
        Vehicles::reached(stage).await?.go_on().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?;
        // The second window asks once the first one's case is there.
        let asked = || stage.calls().iter().filter(|call| call.route == CASES).count();
        until("the second window to look for a case", async || Ok((asked() == 2).then_some(()))).await?;
        stage.expect(Outcome { messages: 2, order: vec![LOGIN, VERIFY, ME, CASES, NEW_CASE], ..Outcome::returning() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_duplicated_window_does_not_pay_beside_the_first() -> Result<()> {
    journey(Play::new("two-windows-payment"), async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        let (away, page) = Offers::reached(stage).await?.pick(INSURER).await?.pay().await?.open().await?;
        let first = stage.browser.window().await?;

        // The copy has the record of the payment, and looks at its result too.
        stage.gather().await?;
        let second = stage.browser.duplicate_window().await?;
        Identify::reached_again(stage).await?.send(RETURNING).await?.enter().await?;
        Checking::reached(stage).await?;
        stage.gather().await?;
        page.decline().await?;
        ensure!(away.check().await?.is_all_there_is().await?, "not taken is shown before the quiet time was over");
        stage.let_pass(61_000).await?;
        NotTaken::reached(stage).await?;
        stage.browser.turn_to(&second).await?;
        stage.let_pass_here(61_000).await?;
        let copy = NotTaken::reached(stage).await?.pay_again().await?;

        // Both could pay again now; the first one does.
        stage.browser.turn_to(&first).await?;
        let ready = NotTaken::reached(stage).await?.pay_again().await?.pay().await?;
        stage.browser.turn_to(&second).await?;
        let copy = copy.pay_is_elsewhere().await?;
        ensure!(stage.count("purchases") == 2, "the copy paid beside the first window");

        stage.browser.turn_to(&first).await?;
        let (_, page) = ready.open().await?;
        page.approve().await?;
        Policy::reached(stage).await?;
        // The press that was refused is free now, and finds that it is bought.
        stage.browser.turn_to(&second).await?;
        copy.finds_it_bought().await?;
        stage.expect(Outcome { purchases: 2, messages: 2, ..Outcome::returning() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signs_out_in_one_window_is_signed_out_in_the_other() -> Result<()> {
    journey(Play::new("two-windows-out"), async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        Offers::reached(stage).await?;
        let first = stage.browser.window().await?;
        stage.gather().await?;
        let second = stage.browser.open_window().await?;
        come_back(stage, RETURNING).await?;

        stage.press("button", "common.signout").await?;
        stage.see_text("heading", "signedout.title").await?;
        ensure!(!stage.shows("status", "session.elsewhere").await?, "it speaks of another tab where it was pressed");
        stage.gather().await?;
        stage.browser.turn_to(&first).await?;
        stage.see_text("heading", "signedout.title").await?;
        stage.see_text("status", "session.elsewhere").await?;
        stage.look("signed-out-elsewhere").await?;
        let words = stage.all_words().await?;
        ensure!(!words.contains(RETURNING.number) && !words.contains("₺"), "something of the customer's is left: {words}");

        // Who signs in again here is signed out nowhere else by that, nor here.
        stage.press("button", "signedout.again").await?;
        Identify::reached(stage).await?.send(RETURNING).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        Vehicles::reached(stage).await?;
        stage.gather().await?;
        stage.browser.turn_to(&second).await?;
        stage.see_text("heading", "signedout.title").await?;
        Ok(())
    })
    .await
}
