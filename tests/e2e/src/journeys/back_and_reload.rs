//! Back and reload, at every step of a sale: the widget's own way back, the browser's, forward again, and a page loaded anew.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, INSURERS, PLATE, SERIAL, buy};
use crate::harness::pictures::Looks;
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::harness::verdict::{CASES, LOGIN, LOOKUP, ME, NEW_CASE, NEW_PROPOSAL, Outcome, VERIFY};
use crate::pages::{Checking, Consents, Found, Identify, NotTaken, Offers, Policy, RETURNING, Review, Vehicles};

/// Where the customer was before they came to the agency's page of the sale.
const BEFORE: &str = "kvkk.html";
/// Other journeys look at these screens.
const LOOKS: Looks = Looks::Laid(&[]);
/// How long a payment page that nobody opens can still be paid at.
const PAYMENT_PAGE_MS: i64 = 16 * 60_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_widgets_own_way_back_loses_nothing() -> Result<()> {
    journey(Play { looks: LOOKS, ..Play::new("own-back") }, async |stage| {
        let stage = &*stage;
        // The code, and back to what was typed.
        Identify::open(stage).await?.send(RETURNING).await?;
        go_back(stage, "id.title.kasko").await?;
        let identify = Identify::reached(stage).await?;
        let typed = stage.everything_typed().await?.join(", ");
        for text in [RETURNING.number, RETURNING.birth_date, &RETURNING.phone[..3], &RETURNING.phone[8..]] {
            ensure!(typed.contains(text), "{text} is lost on the way back from the code: {typed}");
        }
        identify.send_as_it_is(RETURNING).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;

        // Half a search, and the vehicles on file.
        Vehicles::reached(stage).await?;
        stage.press("button", "vehicle.add").await?;
        stage.fill("vehicle.plate", "06 ANK").await?;
        stage.fill("vehicle.serial", "CD 65").await?;
        go_back(stage, "vehicle.saved.title").await?;
        stage.press("button", "vehicle.add").await?;
        expect_field(stage, "vehicle.plate", "06 ANK").await?;
        expect_field(stage, "vehicle.serial", "CD 65").await?;

        // A search that is given up: its answer changes nothing when it comes.
        stage.control("faults", &json!({ "route": LOOKUP, "delayMs": 2_500 }))?;
        search(stage).await?;
        stage.see_text("button", "vehicle.lookup.busy").await?;
        stage.press("button", "common.back").await?;
        stage.see_text("button", "vehicle.lookup.submit").await?;
        until("the answer nobody waits for", async || Ok(answers(stage, LOOKUP).eq(&1).then_some(()))).await?;
        stage.browser.script("return new Promise((done) => setTimeout(done, 500))", json!([])).await?;
        ensure!(stage.shows("button", "vehicle.lookup.submit").await?, "a search that was given up went on");
        expect_field(stage, "vehicle.plate", PLATE).await?;

        // What the register found, put right by hand, and back.
        search(stage).await?;
        Found::reached(stage).await?;
        go_back(stage, "vehicle.lookup.title").await?;
        expect_field(stage, "vehicle.plate", PLATE).await?;
        expect_field(stage, "vehicle.serial", SERIAL).await?;
        search(stage).await?;
        Found::reached(stage).await?;
        stage.press("button", "vehicle.found.no").await?;
        stage.see_text("heading", "vehicle.byhand.title").await?;
        stage.fill("vehicle.seats", "7").await?;
        go_back(stage, "vehicle.lookup.title").await?;
        stage.press("button", "vehicle.byhand").await?;
        stage.see_text("heading", "vehicle.byhand.title").await?;
        expect_field(stage, "vehicle.seats", "7").await?;
        expect_field(stage, "vehicle.plate", PLATE).await?;
        go_back(stage, "vehicle.lookup.title").await?;
        // A vehicle without a plate, half-typed.
        stage.press("button", "vehicle.noplate").await?;
        stage.see_text("heading", "vehicle.noplate.title").await?;
        stage.fill("vehicle.chassis", "VF1RJA0051").await?;
        go_back(stage, "vehicle.lookup.title").await?;
        stage.press("button", "vehicle.noplate").await?;
        stage.see_text("heading", "vehicle.noplate.title").await?;
        expect_field(stage, "vehicle.chassis", "VF1RJA0051").await?;
        go_back(stage, "vehicle.lookup.title").await?;
        ensure!(stage.count("vehicles") == 0 && stage.count("proposals") == 0, "something was saved on the way");
        search(stage).await?;
        Found::reached(stage).await?.confirm().await?;

        // From the offers to the vehicles, and to the same offers.
        let offers = Offers::reached(stage).await?.choose_plan(INSURER, 6).await?;
        offers.leave().await?;
        Vehicles::reached(stage).await?;
        expect_heading_has_focus(stage).await?;
        // What was searched for is still there, and finds the vehicle that is saved already.
        stage.press("button", "vehicle.add").await?;
        expect_field(stage, "vehicle.plate", PLATE).await?;
        expect_field(stage, "vehicle.serial", SERIAL).await?;
        stage.press("button", "vehicle.lookup.submit").await?;
        Found::reached(stage).await?.confirm().await?;
        let offers = Offers::reached(stage).await?;
        ensure!(stage.count("proposals") == 1, "the insurers were asked again: {}", stage.ledger()["proposals"]);
        let offers = offers.choose_plan(INSURER, 6).await?;

        // What stands in place of the list.
        offers.press("offers.coverages", INSURER).await?;
        stage.see_text("heading", "cover.title").await?;
        offers.come_back("offers.coverages", INSURER).await?;
        let offers = offers.mark(&INSURERS[..2]).await?;
        stage.press("button", "offers.compare").await?;
        stage.see_text("heading", "compare.title").await?;
        go_back(stage, "offers.title").await?;
        ensure!(offers.is_marked(INSURERS[0]).await? && offers.is_marked(INSURERS[1]).await?, "a mark is lost");
        ensure!(offers.chosen(INSURER).await?.0 == "6", "the plan is another one after a comparison");

        // The last look.
        let review = offers.pick(INSURER).await?;
        let amount = review.amount().await?;
        stage.press("checkbox", "review.ack").await?;
        review.leave().await?;
        stage.see_text("heading", "offers.title").await?;
        expect_focus(stage).await?;
        let offers = Offers::reached(stage).await?;
        ensure!(offers.chosen(INSURER).await?.0 == "6", "the plan is another one after the last look");
        offers.press("common.continue", INSURER).await?;
        let review = Review::reached(stage).await?;
        ensure!(review.amount().await? == amount, "the amount was {amount}, now it is {}", review.amount().await?);

        // A price that changed at the press that pays, not accepted.
        stage.control("prices", &json!({ "percent": 4 }))?;
        if stage.value("checkbox", &stage.words.pattern("review.ack")).await? == "false" {
            stage.press("checkbox", "review.ack").await?;
        }
        stage.press("button", "review.submit").await?;
        stage.see_text("heading", "review.changed.title").await?;
        stage.press("button", "common.back").await?;
        stage.see_text("heading", "offers.title").await?;
        expect_focus(stage).await?;
        ensure!(stage.count("purchases") == 0, "paid at a price that was not accepted");
        Offers::reached(stage).await?.press("common.continue", INSURER).await?;
        buy(Review::reached(stage).await?).await?.is_told().await?;
        let order = vec![LOGIN, VERIFY, ME, CASES, NEW_CASE, LOOKUP, NEW_PROPOSAL];
        stage.expect(Outcome { vehicles: 1, messages: 2, order, ..Outcome::returning() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_browsers_back_and_reload_trap_nobody_before_the_offers() -> Result<()> {
    journey(Play { looks: LOOKS, ..Play::new("reload-vehicle") }, async |stage| {
        let stage = &*stage;
        stage.visit(BEFORE).await?;
        Identify::open(stage).await?.fill(RETURNING).await?;
        leave_and_come_back(stage, 0).await?;
        Identify::reached(stage).await?.send(RETURNING).await?;
        leave_and_come_back(stage, 0).await?;
        for step in ["consents", "vehicles", "lookup", "found", "byhand"] {
            Identify::reached(stage).await?.send(RETURNING).await?.enter().await?;
            let consents = Consents::reached(stage).await?;
            if step != "consents" {
                consents.pass().await?;
                Vehicles::reached(stage).await?;
            }
            if matches!(step, "lookup" | "found" | "byhand") {
                stage.press("button", "vehicle.add").await?;
                stage.fill("vehicle.plate", PLATE).await?;
                stage.fill("vehicle.serial", SERIAL).await?;
            }
            if matches!(step, "found" | "byhand") {
                stage.press("button", "vehicle.lookup.submit").await?;
                Found::reached(stage).await?;
            }
            if step == "byhand" {
                stage.press("button", "vehicle.found.no").await?;
                stage.see_text("heading", "vehicle.byhand.title").await?;
                stage.fill("vehicle.seats", "7").await?;
            }
            leave_and_come_back(stage, 0).await.map_err(|error| error.context(step))?;
        }
        // The case that was opened first was found again each time.
        stage.expect(Outcome { cases: 1, messages: 6, order: vec![LOGIN, VERIFY, ME, CASES, NEW_CASE, LOOKUP], ..Outcome::default() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_browsers_back_and_reload_trap_nobody_at_the_offers() -> Result<()> {
    journey(Play { looks: LOOKS, ..Play::new("reload-offers") }, async |stage| {
        let stage = &*stage;
        stage.visit(BEFORE).await?;
        Identify::open(stage).await?;
        for (step, asked) in [("offers", 1), ("coverages", 2), ("comparison", 3), ("review", 4)] {
            let offers = to_offers(stage).await?;
            match step {
                "coverages" => {
                    offers.press("offers.coverages", INSURER).await?;
                    stage.see_text("heading", "cover.title").await?;
                }
                "comparison" => {
                    offers.mark(&INSURERS[..2]).await?;
                    stage.press("button", "offers.compare").await?;
                    stage.see_text("heading", "compare.title").await?;
                }
                "review" => {
                    offers.pick(INSURER).await?;
                    stage.press("checkbox", "review.ack").await?;
                }
                _ => {}
            }
            leave_and_come_back(stage, 0).await.map_err(|error| error.context(step))?;
            // Each time the customer said which vehicle, once.
            ensure!(stage.count("proposals") == asked, "{} proposals for {asked} wishes", stage.count("proposals"));
        }
        buy(to_offers(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome { messages: 5, ..Outcome::returning() }).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_browsers_back_and_reload_pay_nothing_twice() -> Result<()> {
    journey(Play { looks: LOOKS, ..Play::new("reload-payment") }, async |stage| {
        let stage = &*stage;
        // Tokens of a page that is gone are over by the time the first payment is.
        stage.provokes(401, "/proposals/*");
        stage.visit(BEFORE).await?;
        Identify::open(stage).await?;
        to_offers(stage).await?.pick(INSURER).await?.pay().await?;
        // The purchase is sent, its page not opened, and now nobody knows the address any more.
        leave_and_come_back(stage, 1).await?;
        sign_in_again(stage).await?;
        leave_and_come_back(stage, 1).await?;
        let checking = sign_in_again(stage).await?;
        stage.sandbox.state().advance(PAYMENT_PAGE_MS);
        ensure!(checking.is_all_there_is().await?, "not taken is shown before the quiet time was over");
        until("the word of the API, and the quiet time", async || {
            stage.let_pass_here(20_000).await?;
            Ok(stage.shows("heading", "failed.title").await?.then_some(()))
        })
        .await?;
        let (_, page) = NotTaken::reached(stage).await?.pay_again().await?.pay().await?.open().await?;

        // Away at the payment page, and again while the result is asked for.
        leave_and_come_back(stage, 2).await?;
        sign_in_again(stage).await?;
        page.approve().await?;
        Policy::reached(stage).await?;
        stage.gather().await?;
        stage.browser.reload().await?;
        // The sale is over: nothing is left of it, and another one may begin.
        Identify::reached(stage).await?;
        ensure!(stage.browser.script("return sessionStorage.length", json!([])).await? == 0, "the finished sale left a record");
        stage.expect(Outcome { purchases: 2, messages: 4, ..Outcome::returning() }).await
    })
    .await
}

/// From the identity form to all offers for the vehicle on file.
async fn to_offers(stage: &Stage) -> Result<Offers<'_>> {
    Identify::reached(stage).await?.send(RETURNING).await?.enter().await?;
    Consents::reached(stage).await?.pass().await?;
    Vehicles::reached(stage).await?.go_on().await?;
    Offers::reached(stage).await
}

/// After a page was loaded anew while a payment was under way: the result is asked for.
async fn sign_in_again(stage: &Stage) -> Result<Checking<'_>> {
    Identify::reached_again(stage).await?.send(RETURNING).await?.enter().await?;
    Checking::reached(stage).await
}

async fn search(stage: &Stage) -> Result<()> {
    stage.fill("vehicle.plate", PLATE).await?;
    stage.fill("vehicle.serial", SERIAL).await?;
    stage.press("button", "vehicle.lookup.submit").await
}

/// Presses the widget's way back: this screen comes, and its heading has the focus.
async fn go_back(stage: &Stage, heading: &str) -> Result<()> {
    stage.press("button", "common.back").await?;
    stage.see_text("heading", heading).await?;
    expect_heading_has_focus(stage).await
}

async fn expect_heading_has_focus(stage: &Stage) -> Result<()> {
    let focused = "return witness.widget().shadowRoot.activeElement?.className === 'title'";
    until("the heading to have the focus", async || Ok(stage.browser.script(focused, json!([])).await?.as_bool().filter(|is| *is))).await?;
    Ok(())
}

/// Something of the widget has the focus: a keyboard goes on from there.
async fn expect_focus(stage: &Stage) -> Result<()> {
    let focused = "return witness.widget().shadowRoot.activeElement !== null";
    until("something to have the focus", async || Ok(stage.browser.script(focused, json!([])).await?.as_bool().filter(|is| *is))).await?;
    Ok(())
}

async fn expect_field(stage: &Stage, key: &str, typed: &str) -> Result<()> {
    let value = stage.value("textbox", &stage.words.pattern(key)).await?;
    ensure!(value == typed, "{key}: typed {typed}, and after going back there is `{value}`");
    Ok(())
}

/// How often the API answered this.
fn answers(stage: &Stage, route: &str) -> usize {
    stage.calls().iter().filter(|call| call.route == route).count()
}

/// The browser's way back leads out of the page, and forward into it again, where it is as it was left or begins anew; loaded anew it
/// begins anew. `purchases` were sent so far: where there are some, it begins by asking for their result.
async fn leave_and_come_back(stage: &Stage, purchases: usize) -> Result<()> {
    let begins = if purchases == 0 { ("heading", "id.title.kasko") } else { ("paragraph", "again.payment.lead") };
    let headings = "return [...witness.widget()?.shadowRoot?.querySelectorAll('.title') ?? []].map(({ innerText }) => innerText).join()";
    let (url, title, typed) =
        (stage.browser.url().await?, stage.browser.script(headings, json!([])).await?, stage.everything_typed().await?);
    stage.gather().await?;
    stage.browser.back().await?;
    ensure!(stage.browser.url().await?.ends_with(BEFORE), "the way back leads to {}", stage.browser.url().await?);
    stage.browser.forward().await?;
    ensure!(stage.browser.url().await? == url, "the way forward leads to {}", stage.browser.url().await?);
    until("the widget", async || Ok(stage.browser.script(headings, json!([])).await?.as_str().filter(|is| !is.is_empty()).map(drop)))
        .await?;
    if stage.browser.script(headings, json!([])).await? == title {
        let now = stage.everything_typed().await?;
        ensure!(now == typed || stage.shows(begins.0, begins.1).await?, "kept by the browser, it has {now:?} where there was {typed:?}");
    } else {
        stage.see_text(begins.0, begins.1).await?;
    }
    stage.gather().await?;
    stage.browser.reload().await?;
    stage.see_text(begins.0, begins.1).await?;
    stage.see_text("button", "id.submit").await?;
    ensure!(purchases > 0 || !stage.shows("paragraph", "again.payment.lead").await?, "it speaks of a payment, and there was none");
    let filled = stage.everything_typed().await?.join(", ");
    ensure!(stage.witnessed().secrets.found_in(&filled).is_none(), "a page loaded anew has {filled}");
    ensure!(stage.count("purchases") == purchases, "{} purchases", stage.count("purchases"));
    stage.gather().await
}
