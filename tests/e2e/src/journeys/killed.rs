//! A phone ends the page to have its memory, at every step of a sale and in each profile: no listener is told, and what the customer finds
//! when the browser loads it again is made of what stands in storage alone.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Map, Value, json};

use super::away::{act, follow_the_link, stored};
use super::{INSURER, INSURERS, PLATE, SERIAL, with_session};
use crate::harness::pictures::Looks;
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::harness::verdict::{CASES, LOGIN, LOOKUP, ME, NEW_CASE, NEW_PROPOSAL, Outcome, PURCHASE, VERIFY};
use crate::pages::{Checking, Consents, Found, Identify, NotTaken, Offers, Policy, RETURNING, Review, Vehicles};

/// Other journeys look at these screens.
const LOOKS: Looks = Looks::Laid(&[]);
/// How long a payment page that nobody opens can still be paid at.
const PAYMENT_PAGE_MS: i64 = 16 * 60_000;
/// More than the minutes that a page's clock is moved on until it is known that nothing was bought, and less than a session is left for.
const CLOCK_MS: u32 = 10 * 60_000;
/// What a page that begins may add nothing to. (A case may be opened by a request that was under way.)
const DEEDS: [&str; 7] = ["smsSent", "consents", "vehicles", "proposals", "purchases", "charges", "documentsSent"];

/// Where a customer can be before anything is bought, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// With half of the form typed.
    Identify,
    /// With half of the code typed.
    Code,
    Consents,
    Vehicles,
    Lookup,
    Found,
    ByHand,
    Offers,
    Coverages,
    Comparison,
    Review,
}

const STEPS: [Step; 11] = [
    Step::Identify,
    Step::Code,
    Step::Consents,
    Step::Vehicles,
    Step::Lookup,
    Step::Found,
    Step::ByHand,
    Step::Offers,
    Step::Coverages,
    Step::Comparison,
    Step::Review,
];

/// What a page that was ended is loaded as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begins {
    /// With the identity form of another sale.
    Anew,
    /// With the identity form, and that a payment is under way.
    UnderWay,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_tab_begins_anew_before_the_purchase() -> Result<()> {
    begins_anew_before_the_purchase("killed-newtab", "newtab").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_resumed_tab_begins_anew_before_the_purchase() -> Result<()> {
    begins_anew_before_the_purchase("killed-resume", "resume").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_strict_tab_begins_anew_before_the_purchase() -> Result<()> {
    begins_anew_before_the_purchase("killed-strict", "strict").await
}

async fn begins_anew_before_the_purchase(name: &'static str, session: &str) -> Result<()> {
    journey(Play { looks: LOOKS, ..with_session(name, session)? }, async |stage| {
        let stage = &*stage;
        stage.visit("index.html").await?;
        for step in STEPS {
            go_to(stage, step).await.with_context(|| format!("on the way to {step:?}"))?;
            end_and_load(stage, Begins::Anew).await.with_context(|| format!("killed at {step:?}"))?;
        }
        // Each time the customer asked for a code and said which vehicle, once. The case that was opened first was found again.
        ensure!(stage.count("proposals") == 4, "{} proposals for four wishes", stage.count("proposals"));
        let order = vec![LOGIN, VERIFY, ME, CASES, NEW_CASE, LOOKUP, NEW_PROPOSAL];
        stage.expect(Outcome { cases: 1, messages: 10, order, ..Outcome::default() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_with_a_new_tab_is_paid_once() -> Result<()> {
    journey(Play { looks: LOOKS, ..with_session("killed-paying-newtab", "newtab")? }, async |stage| {
        let stage = &*stage;
        let (_, page) = press_until_it_is_ready(stage).await?.pay().await?.open().await?;

        // Away, while the other tab pays.
        stage.gather().await?;
        stage.browser.kill().await?;
        let address = stage.browser.url().await?;
        stage.browser.open("about:blank").await?;
        page.approve().await?;
        stage.browser.open(&address).await?;
        begins(stage, Begins::UnderWay).await?;
        Identify::reached_again(stage).await?.send(RETURNING).await?.enter().await?;

        Policy::reached(stage).await?.is_told().await?;
        end_and_load(stage, Begins::Anew).await?;
        expect_one_sale(stage, 6).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_in_a_resumed_tab_is_paid_once() -> Result<()> {
    is_paid_once_in_this_tab("killed-paying-resume", "resume").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_in_a_strict_tab_is_paid_once() -> Result<()> {
    is_paid_once_in_this_tab("killed-paying-strict", "strict").await
}

async fn is_paid_once_in_this_tab(name: &'static str, session: &'static str) -> Result<()> {
    journey(Play { looks: LOOKS, ..with_session(name, session)? }, async move |stage| {
        let stage = &*stage;
        press_until_it_is_ready(stage).await?.pay().await?;
        stage.gather().await?;
        // This page's clock was moved on, and that of the next one may not be behind it.
        stage.browser.run_first(&format!("globalThis[WITNESS].letPass({CLOCK_MS})")).await?;
        follow_the_link(stage).await?;
        // The bank's page is one that a phone ends, too.
        stage.browser.reload().await?;
        // The insurer takes a minute longer than the bank.
        stage.control("settings", &json!({ "settleDelayMs": 60_000 }))?;
        act(stage, "approve").await?;
        let is_resumed = session == "resume";
        if is_resumed {
            // The page went as pages go, and what it left leads back into the session.
            Checking::reached(stage).await?;
            ensure!(stage.count("smsSent") == 5, "a code was sent, though the session was left");
        } else {
            begins(stage, Begins::UnderWay).await?;
            sign_in_again(stage).await?;
        }

        // The page that came back is ended while it checks.
        end_and_load(stage, Begins::UnderWay).await?;
        sign_in_again(stage).await?;
        until("the policy", async || {
            stage.let_pass(20_000).await?;
            Ok(stage.shows("heading", "policy.title").await?.then_some(()))
        })
        .await?;
        Policy::reached(stage).await?.is_told().await?;
        end_and_load(stage, Begins::Anew).await?;
        expect_one_sale(stage, if is_resumed { 6 } else { 7 }).await
    })
    .await
}

/// Every press before the last one is lost with its page: on its way, as its answer is awaited, and with the address of the payment page on
/// the screen. None of them is sent again by itself, and each next one is the customer's own.
async fn press_until_it_is_ready(stage: &Stage) -> Result<Review<'_>> {
    // Where a page was ended in the midst of a request, its answer never comes. Its tokens are over by the time the first payment page is.
    for status in [0, 401] {
        stage.provokes(status, "/proposals/*");
    }
    stage.provokes(0, "/purchase/async");
    stage.visit("index.html").await?;
    go_to(stage, Step::Review).await?;

    // On its way: the API never hears of it.
    press(stage, &json!({ "route": PURCHASE, "delayMs": 60_000, "drop": true }), 1).await?;
    ensure!(stage.count("purchases") == 0, "it was to be lost on its way");
    end_and_load(stage, Begins::UnderWay).await?;
    sign_in_again(stage).await?;
    pay_again(stage, 0).await?;

    // Its answer is awaited, and never read. The page that asks for the result is ended, too.
    press(stage, &json!({ "route": PURCHASE, "delayMs": 60_000 }), 2).await?;
    until("the purchase", async || Ok((stage.count("purchases") == 1).then_some(()))).await?;
    end_and_load(stage, Begins::UnderWay).await?;
    sign_in_again(stage).await?;
    end_and_load(stage, Begins::UnderWay).await?;
    sign_in_again(stage).await?;
    pay_again(stage, PAYMENT_PAGE_MS).await?.pay().await?;

    // The address of the payment page is on the screen, and nowhere else.
    end_and_load(stage, Begins::UnderWay).await?;
    sign_in_again(stage).await?;
    pay_again(stage, PAYMENT_PAGE_MS).await
}

/// Presses what pays, and waits until that is the request under way.
async fn press(stage: &Stage, fault: &Value, requests: usize) -> Result<()> {
    stage.control("faults", fault)?;
    stage.press("checkbox", "review.ack").await?;
    stage.press("button", "review.submit").await?;
    let sent = || stage.calls().iter().filter(|call| call.route == PURCHASE).count();
    until("the request to buy", async || Ok((sent() == requests).then_some(()))).await?;
    ensure!(!stage.shows("heading", "away.ready.title").await?, "it is answered already");
    Ok(())
}

/// Nobody can pay there any more, and the quiet time passes: only then is it said that nothing was bought.
async fn pay_again(stage: &Stage, page_ms: i64) -> Result<Review<'_>> {
    stage.sandbox.state().advance(page_ms);
    ensure!(Checking::reached(stage).await?.is_all_there_is().await?, "not taken is shown before the quiet time was over");
    until("the word of the API, and the quiet time", async || {
        stage.let_pass(20_000).await?;
        Ok(stage.shows("heading", "failed.title").await?.then_some(()))
    })
    .await?;
    NotTaken::reached(stage).await?.pay_again().await
}

/// Three payment pages were opened, one of them was ever seen, and it was paid once.
async fn expect_one_sale(stage: &Stage, messages: usize) -> Result<()> {
    let sent = stage.calls().iter().filter(|call| call.route == PURCHASE).count();
    ensure!(sent == 4, "{sent} requests to buy for four presses");
    stage.expect(Outcome { purchases: 3, messages, ..Outcome::returning() }).await
}

/// After a page was loaded anew while a payment was under way: the result is asked for.
async fn sign_in_again(stage: &Stage) -> Result<Checking<'_>> {
    Identify::reached_again(stage).await?.send(RETURNING).await?.enter().await?;
    Checking::reached(stage).await
}

/// From the identity form to this step.
async fn go_to(stage: &Stage, step: Step) -> Result<()> {
    let identify = Identify::reached(stage).await?;
    if step == Step::Identify {
        stage.witnessed().secrets.add_person(&RETURNING);
        stage.fill("id.tckn", RETURNING.number).await?;
        return stage.fill("id.birth", RETURNING.birth_date).await;
    }
    let code = identify.send(RETURNING).await?;
    if step == Step::Code {
        return stage.fill("code.label", "123").await;
    }
    code.enter().await?;
    let consents = Consents::reached(stage).await?;
    if step == Step::Consents {
        return Ok(());
    }
    consents.pass().await?;
    let vehicles = Vehicles::reached(stage).await?;
    match step {
        Step::Lookup | Step::Found | Step::ByHand => {
            stage.press("button", "vehicle.add").await?;
            stage.fill("vehicle.plate", PLATE).await?;
            stage.fill("vehicle.serial", SERIAL).await?;
        }
        Step::Vehicles => return Ok(()),
        _ => vehicles.go_on().await?,
    }
    if step >= Step::Offers {
        return look_at_offers(stage, step).await;
    }
    if step >= Step::Found {
        stage.press("button", "vehicle.lookup.submit").await?;
        Found::reached(stage).await?;
    }
    if step == Step::ByHand {
        stage.press("button", "vehicle.found.no").await?;
        stage.see_text("heading", "vehicle.byhand.title").await?;
        stage.fill("vehicle.seats", "7").await?;
    }
    Ok(())
}

async fn look_at_offers(stage: &Stage, step: Step) -> Result<()> {
    let offers = Offers::reached(stage).await?;
    match step {
        Step::Coverages => {
            offers.press("offers.coverages", INSURER).await?;
            stage.see_text("heading", "cover.title").await?;
        }
        Step::Comparison => {
            offers.mark(&INSURERS[..2]).await?;
            stage.press("button", "offers.compare").await?;
            stage.see_text("heading", "compare.title").await?;
        }
        Step::Review => {
            offers.pick(INSURER).await?;
        }
        _ => {}
    }
    Ok(())
}

/// The page is ended, and the browser loads it again.
async fn end_and_load(stage: &Stage, how: Begins) -> Result<()> {
    stage.gather().await?;
    stage.browser.kill().await?;
    stage.browser.reload().await?;
    begins(stage, how).await
}

/// It does nothing by itself. Nothing of the customer is on the screen or in any storage, and where nothing is under way there is nothing
/// at all.
async fn begins(stage: &Stage, how: Begins) -> Result<()> {
    let deeds = || DEEDS.map(|list| (list, stage.count(list)));
    let before = deeds();
    let (role, key) = match how {
        Begins::Anew => ("heading", "id.title.kasko"),
        Begins::UnderWay => ("paragraph", "again.payment.lead"),
    };
    stage.see_text(role, key).await?;
    let is_under_way = how == Begins::UnderWay;
    ensure!(stage.shows("paragraph", "again.payment.lead").await? == is_under_way, "{how:?} was to be found");
    stage.see_text("button", "id.submit").await?;
    ensure!(deeds() == before, "from {before:?} to {:?} without the customer", deeds());

    let stored = stored(stage).await?;
    let record = stored["insurup-checkout"].as_str().map(|ids| ids.lines().count());
    let records = stored.as_object().map_or(0, Map::len);
    ensure!(record == is_under_way.then_some(5) && records == usize::from(is_under_way), "{how:?}, and stored is {stored}");
    // Nothing of ours writes there: that is what is looked at.
    let elsewhere = "return JSON.stringify([{ ...localStorage }, document.cookie, witness.frame() ? { ...sessionStorage } : {}])";
    let elsewhere = stage.browser.page_script(elsewhere, json!([])).await?;
    ensure!(elsewhere == r#"[{},"",{}]"#, "the page has stored {elsewhere}");
    let screen = format!("{} {}", stage.all_words().await?, stage.everything_typed().await?.join(", "));
    for place in [screen, stored.to_string()] {
        ensure!(stage.witnessed().secrets.found_in(&place).is_none(), "a page loaded anew has {place}");
    }
    stage.gather().await
}
