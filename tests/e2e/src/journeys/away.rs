//! Past the payment page and back, in each way a session can go there; and the end of a session that is left alone.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{INSURER, buy, come_back, with_session};
use crate::harness::pictures::Looks;
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::harness::verdict::{CASES, LOGIN, ME, NEW_CASE, NEW_PROPOSAL, Outcome, PROPOSAL, PURCHASE, VERIFY};
use crate::pages::{Checking, Code, Identify, NotTaken, Offers, Policy, RETURNING, Vehicles};

const MINUTE_MS: u32 = 60_000;
/// How long a payment page that nobody opens can still be paid at.
const PAYMENT_PAGE_MS: i64 = 16 * 60_000;
/// Other journeys look at these screens.
const LOOKS: Looks = Looks::Laid(&[]);
/// Everything in the storage of the widget's document.
const STORED: &str = "return JSON.stringify({ ...sessionStorage })";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn resumes_in_the_same_tab_without_another_code() -> Result<()> {
    journey(with_session("away-resume", "resume")?, async |stage| {
        let stage = &*stage;
        leave_for_payment(stage).await?;
        act(stage, "approve").await?;
        Policy::reached(stage).await?.is_told().await?;
        let stored = stored(stage).await?;
        ensure!(stored == json!({}), "left in the tab: {stored}");
        stage.expect(Outcome::returning()).await
    })
    .await
}

/// The agency says nothing of how to pay: where a finger is what is pointed with, it is in the same tab, and everywhere else, as all other
/// journeys are, in a new one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_pays_in_the_same_tab_without_being_told_to() -> Result<()> {
    journey(Play { looks: LOOKS, ..Play::new("away-phone") }, async |stage| {
        let stage = &*stage;
        let pointer = async || stage.browser.script("return matchMedia('(pointer: coarse)').matches", json!([])).await;
        Identify::open(stage).await?;
        ensure!(pointer().await? == false, "this machine points with a finger: this journey shows nothing");
        stage.browser.become_phone().await?;
        Identify::open(stage).await?;
        ensure!(pointer().await? == true, "the widget's document is not told of the finger");
        leave_for_payment(stage).await?;
        act(stage, "approve").await?;
        Policy::reached(stage).await?.is_told().await?;
        let stored = stored(stage).await?;
        ensure!(stored == json!({}), "left in the tab: {stored}");
        stage.expect(Outcome::returning()).await
    })
    .await
}

/// A payment that is given up at the bank: back by the browser's own way, and by the bank's; and a page that is loaded anew meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn comes_back_by_any_way_and_says_what_is_known() -> Result<()> {
    journey(Play { looks: LOOKS, ..with_session("away-back", "resume")? }, async |stage| {
        let stage = &*stage;
        leave_for_payment(stage).await?;
        stage.browser.back().await?;
        Checking::reached(stage).await?;
        stage.gather().await?;
        stage.browser.reload().await?;
        Checking::reached(stage).await?;
        let lines = stored(stage).await?.to_string().matches("\\n").count();
        ensure!(lines == 4, "more than the ids is left in the tab: {lines} lines");
        // Nobody can pay there any more, and nothing has moved for as long as it takes to be sure of that.
        stage.sandbox.state().advance(PAYMENT_PAGE_MS);
        stage.let_pass(61_000).await?;
        NotTaken::reached(stage).await?;
        ensure!(stage.count("smsSent") == 1 && stage.count("purchases") == 1, "another code, or another purchase");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn is_strict_in_the_same_tab_and_asks_for_another_code() -> Result<()> {
    journey(with_session("away-strict", "strict")?, async |stage| {
        let stage = &*stage;
        leave_for_payment(stage).await?;
        act(stage, "approve").await?;
        Identify::reached_again(stage).await?.send(RETURNING).await?.enter().await?;
        Policy::reached(stage).await?.is_told().await?;
        stage.expect(Outcome { messages: 2, ..Outcome::returning() }).await
    })
    .await
}

/// The tab is duplicated while it is at the bank: both come back, and one of them goes on with the session.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_duplicate_made_at_the_bank_signs_in_by_itself() -> Result<()> {
    journey(Play { looks: LOOKS, ..with_session("away-duplicate", "resume")? }, async |stage| {
        let stage = &*stage;
        leave_for_payment(stage).await?;
        let first = stage.browser.window().await?;
        // A window that a page opens has a copy of everything the tab stores, whoever's page it is.
        let known = stage.browser.windows().await?;
        let open = "globalThis.opened = window.open(arguments[0])";
        stage.browser.page_script(open, json!([format!("{}/return.html", stage.at.site)])).await?;
        stage.browser.new_window(&known).await?;
        // Its page began before it could be witnessed; it has gone on with the session by the time it is loaded anew.
        let reads = || stage.calls().iter().filter(|call| call.route == PROPOSAL).count();
        let before = reads();
        until("the copy to ask for the result", async || Ok((stage.count("refreshes") == 1 && reads() > before).then_some(()))).await?;
        stage.gather().await?;
        stage.browser.reload().await?;
        Checking::reached(stage).await?;
        stage.gather().await?;
        stage.browser.turn_to(&first).await?;
        stage.browser.back().await?;
        Identify::reached_again(stage).await?;
        ensure!(stage.count("smsSent") == 1, "a code was sent unasked");
        Ok(())
    })
    .await
}

/// The tab with the sale is closed while another one pays: that one knows of nothing, and the API of all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finds_what_was_paid_for_after_the_first_tab_was_closed() -> Result<()> {
    journey(Play { looks: LOOKS, ..Play::new("away-closed") }, async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        let (_, page) = Offers::reached(stage).await?.pick(INSURER).await?.pay().await?.open().await?;
        page.approve_alone().await?;
        stage.see_text("heading", "return.title").await?;
        ensure!(!stage.all_words().await?.contains(stage.words.text("policy.title")), "the address of the return was believed");
        stage.press("button", "return.closed").await?;
        Identify::reached(stage).await?.send(RETURNING).await?.enter().await?;
        // The return page asks for no other consent, and the first one is on file.
        Vehicles::reached(stage).await?;
        stage.press("button", "mine.title").await?;
        stage.see_text("heading", "mine.policies").await?;
        let words = stage.all_words().await?;
        ensure!(words.contains(INSURER), "the policy is not among: {words}");
        // A sale that is over makes room for another one.
        until("a case for another sale", async || Ok((stage.count("cases") == 2).then_some(()))).await?;
        let order = vec![LOGIN, VERIFY, ME, CASES, NEW_CASE, NEW_PROPOSAL, PURCHASE];
        stage.expect(Outcome { cases: 2, messages: 2, order, ..Outcome::returning() }).await
    })
    .await
}

/// Nobody is there for a quarter of an hour: the session ends, no code is sent, and what was there is there again after the next one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ends_a_session_that_is_left_alone_and_goes_on_with_it() -> Result<()> {
    journey(Play::new("idle"), async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        Offers::reached(stage).await?;
        stage.let_pass_here(13 * MINUTE_MS + 30_000).await?;
        stage.see_text("status", "session.idle").await?;
        stage.look("session-idle").await?;
        stage.press("button", "session.stay").await?;
        ensure!(!stage.shows("status", "session.idle").await?, "still warned after a press");

        // More than a quarter of an hour since then, in steps, so that what is due in between happens.
        for _ in 0..2 {
            stage.let_pass_here(8 * MINUTE_MS).await?;
        }
        stage.see_text("heading", "code.title").await?;
        stage.see_text("paragraph", "session.lead").await?;
        stage.look("session-over").await?;
        ensure!(stage.count("smsSent") == 1, "a code was sent to somebody who is not there");
        // The way out is there, too.
        stage.see_text("button", "common.signout").await?;
        Code::asked_for_after_the_session(stage, RETURNING).await?.enter().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome { messages: 2, ..Outcome::returning() }).await
    })
    .await
}

/// Somebody is there all the time, and after an hour it ends all the same; whoever comes next finds nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ends_a_session_after_an_hour_and_leaves_nothing_to_the_next() -> Result<()> {
    journey(Play { looks: LOOKS, ..Play::new("hour") }, async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        Offers::reached(stage).await?;
        for minutes in [10; 6] {
            ensure!(!stage.shows("heading", "code.title").await?, "ended while somebody was there");
            stage.browser.press_keys("\u{e008}").await?;
            stage.let_pass_here(minutes * MINUTE_MS).await?;
        }
        stage.see_text("heading", "code.title").await?;
        stage.press("button", "common.signout").await?;
        stage.see_text("heading", "signedout.title").await?;
        let (words, typed) = (stage.all_words().await?, stage.everything_typed().await?.join(", "));
        for text in [RETURNING.number, RETURNING.birth_date, "67"] {
            ensure!(!words.contains(text) && !typed.contains(text), "{text} is left: {typed} {words}");
        }
        stage.press("button", "signedout.again").await?;
        Identify::reached(stage).await?;
        let typed = stage.everything_typed().await?.join(", ");
        for text in [RETURNING.number, RETURNING.birth_date, &RETURNING.phone[3..6]] {
            ensure!(!typed.contains(text), "the next one finds {typed}");
        }
        Ok(())
    })
    .await
}

/// From the sign-in to the payment page, which opens in this very tab.
async fn leave_for_payment(stage: &Stage) -> Result<()> {
    come_back(stage, RETURNING).await?.go_on().await?;
    Offers::reached(stage).await?.pick(INSURER).await?;
    stage.press("checkbox", "review.ack").await?;
    stage.press("button", "review.submit").await?;
    stage.see_text("heading", "away.ready.title").await?;
    stage.look("ready-same").await?;
    ensure!(stage.all_words().await?.contains(stage.words.text("away.ready.same")), "it is not said that the page opens here");
    ensure!(!stored(stage).await?.to_string().contains("eyJ"), "a token is stored before anybody leaves");
    stage.gather().await?;
    follow_the_link(stage).await
}

/// To the payment page, in this very tab.
pub(super) async fn follow_the_link(stage: &Stage) -> Result<()> {
    let windows = stage.browser.windows().await?;
    stage.press("link", "away.open").await?;
    until("the payment page in this tab", async || {
        Ok(stage.browser.page_script("return !!document.querySelector('#approve')", json!([])).await?.as_bool().filter(|there| *there))
    })
    .await?;
    ensure!(stage.browser.windows().await? == windows, "it opened in a window of its own");
    Ok(())
}

/// Presses a button of the payment page in this tab, which sends the browser back.
pub(super) async fn act(stage: &Stage, act: &str) -> Result<()> {
    let press = format!("document.querySelector('#{act}').click()");
    stage.browser.page_script(&press, json!([])).await?;
    let back = format!("{}/return.html", stage.at.site);
    until("the way back", async || Ok(stage.browser.url().await?.starts_with(&back).then_some(()))).await
}

pub(super) async fn stored(stage: &Stage) -> Result<Value> {
    let text = stage.browser.script(STORED, json!([])).await?;
    Ok(serde_json::from_str(text.as_str().unwrap_or_default())?)
}
