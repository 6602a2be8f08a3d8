//! Somebody sends the customer, or the customer's browser, to the return page with parameters that say everything went well.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, come_back};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::harness::verdict::{CASES, LOGIN, ME, NEW_CASE, NEW_PROPOSAL, Outcome, PURCHASE, VERIFY};
use crate::pages::{Checking, Identify, Offers, RETURNING};

/// What banks, insurers and payment houses are known to append, and what somebody might try.
const CLAIMS: [&str; 10] = [
    "status=success&mdStatus=1&policyId=65f0c0de00000000000000aa",
    "status=success&responseCode=00&mdStatus=1",
    "success=true&state=PURCHASED&policyId=1",
    "success=1&mdStatus=1",
    "Status=Success&MdStatus=1&PolicyId=65f0c0de00000000000000aa",
    "result=ok&paymentStatus=PAID&policyNumber=4107-2026-000001",
    "purchased=true&completed=true&step=policy",
    "screen=policy&state=issued&policy[id]=1&policy[state]=ACTIVE",
    "error=&code=0&approved=1&procReturnCode=00&response=Approved",
    "status=success&proposalId={proposal}&proposalProductId={product}&transactionId=0123456789ab",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shows_no_success_for_a_forged_return() -> Result<()> {
    journey(Play::new("forged"), async |stage| {
        let stage = &*stage;
        // Out of the blue, with nothing under way.
        try_all(stage, "", "").await?;

        // While a payment is open: in another window, …
        come_back(stage, RETURNING).await?.go_on().await?;
        let (away, page) = Offers::reached(stage).await?.pick(INSURER).await?.pay().await?.open().await?;
        let shop = stage.browser.window().await?;
        let purchase = stage.ledger()["purchases"][0].clone();
        let id = |name: &str| purchase[name].as_str().unwrap_or_default().to_owned();
        let (proposal, product) = (id("proposalId"), id("proposalProductId"));
        ensure!(!proposal.is_empty() && !product.is_empty(), "the ledger names no product: {purchase}");
        stage.browser.open_window().await?;
        try_all(stage, &proposal, &product).await?;
        stage.look("return-forged").await?;
        stage.gather().await?;
        stage.browser.close_window().await?;

        // … in the payment's own window, by the form that its page would have sent, …
        stage.browser.turn_to(&page.window).await?;
        post_forged(stage, &proposal, &product).await?;
        expect_no_success(stage).await?;

        // … and in the window of the sale, where signing in again leads to the question, not to an answer.
        stage.browser.turn_to(&shop).await?;
        let checking = away.check().await?;
        ensure!(checking.is_all_there_is().await?, "something else than checking is shown while the payment is open");
        stage.gather().await?;
        open_forged(stage, CLAIMS[9], &proposal, &product).await?;
        Identify::reached_again(stage).await?.send(RETURNING).await?.enter().await?;
        let checking = Checking::reached(stage).await?;
        ensure!(checking.is_all_there_is().await?, "a forged return was believed");
        expect_no_success(stage).await?;
        checking.comes_to_no_end().await?;
        expect_no_success(stage).await?;
        stage
            .expect(Outcome {
                charges: 0,
                policies: 0,
                messages: 2,
                order: vec![LOGIN, VERIFY, ME, CASES, NEW_CASE, NEW_PROPOSAL, PURCHASE],
                ..Outcome::returning()
            })
            .await
    })
    .await
}

/// Each claim as a query, as a fragment, as both, and on the page of the sale.
async fn try_all(stage: &Stage, proposal: &str, product: &str) -> Result<()> {
    for claim in CLAIMS {
        open_forged(stage, claim, proposal, product).await?;
        expect_no_success(stage).await?;
        let claim = fill(claim, proposal, product);
        for address in [format!("return.html#{claim}"), format!("return.html?{claim}#{claim}"), format!("index.html?{claim}")] {
            // Another fragment alone would not load the page again.
            stage.browser.open("about:blank").await?;
            stage.browser.open(&format!("{}/{address}", stage.at.site)).await?;
            expect_no_success(stage).await?;
        }
    }
    Ok(())
}

async fn open_forged(stage: &Stage, claim: &str, proposal: &str, product: &str) -> Result<()> {
    stage.browser.open(&format!("{}/return.html?{}", stage.at.site, fill(claim, proposal, product))).await
}

fn fill(claim: &str, proposal: &str, product: &str) -> String {
    claim.replace("{proposal}", proposal).replace("{product}", product)
}

/// Sends the form from the payment page, whose policy allows it; the site answers a POST with the same page.
async fn post_forged(stage: &Stage, proposal: &str, product: &str) -> Result<()> {
    let claim = fill(CLAIMS[9], proposal, product);
    let send = "
        const form = document.createElement('form');
        form.method = 'post';
        form.action = arguments[0];
        for (const [name, value] of new URLSearchParams(arguments[1])) {
          const field = document.createElement('input');
          Object.assign(field, { type: 'hidden', name, value });
          form.append(field);
        }
        document.body.append(form);
        form.submit();";
    let back = format!("{}/return.html", stage.at.site);
    stage.browser.script(send, json!([format!("{back}?{claim}"), claim])).await?;
    until("the return page", async || Ok(stage.browser.url().await?.starts_with(&back).then_some(()))).await
}

/// The widget is there, and nothing of it says or tells that something was bought.
pub(super) async fn expect_no_success(stage: &Stage) -> Result<()> {
    let ready = "return witness?.events.some(({ type }) => type === 'ready') ?? false";
    until("the widget", async || Ok(stage.browser.page_script(ready, json!([])).await?.as_bool().filter(|ready| *ready))).await?;
    let said = stage.all_words().await?;
    for key in ["policy.title", "policy.number", "policy.paid", "policy.download", "policy.pending"] {
        ensure!(!said.contains(stage.words.text(key)), "`{key}` is shown at {}: {said}", stage.browser.url().await?);
    }
    let told = stage.browser.page_script("return witness.events.filter(({ type }) => type === 'completed').length", json!([])).await?;
    ensure!(told == 0, "insurup:completed at {}", stage.browser.url().await?);
    ensure!(stage.count("charges") == 0 && stage.count("policies") == 0, "a forged return reached the API");
    Ok(())
}
