//! The API answers a purchase with an address that no customer may be sent to. `tests/payment_addresses.json` has all of them, and natively
//! all are tried; here are some of each kind.

use std::fs;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{INSURER, buy, come_back};
use crate::harness::pictures::Looks;
use crate::harness::repository;
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::verdict::{Outcome, PURCHASE};
use crate::pages::{NotTaken, Offers, RETURNING};

/// A session lasts an hour, and each payment that fails costs minutes of it: two sales share the addresses.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn never_links_to_a_hostile_payment_page() -> Result<()> {
    never_links_to_any_of("hostile-payment-page", 0).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn never_links_to_another_hostile_payment_page() -> Result<()> {
    never_links_to_any_of("hostile-payment-pages", 1).await
}

async fn never_links_to_any_of(name: &'static str, half: usize) -> Result<()> {
    let play = Play { looks: Looks::Laid(&[]), ..Play::new(name) };
    journey(play, async move |stage| {
        let stage = &*stage;
        let all = addresses()?;
        ensure!(all.len() >= 12, "only {} addresses: {all:?}", all.len());
        let addresses: Vec<_> = all.into_iter().skip(half).step_by(2).collect();
        come_back(stage, RETURNING).await?.go_on().await?;
        let mut review = Offers::reached(stage).await?.pick(INSURER).await?;
        for address in &addresses {
            stage.control("faults", &json!({ "route": PURCHASE, "body": { "redirectUrl": address } }))?;
            review.pay_to_the_check().await?;
            expect_nothing_of(stage, address).await?;
            stage.let_pass(61_000).await?;
            expect_nothing_of(stage, address).await?;
            let not_taken = NotTaken::reached(stage).await?;
            // Several failures cost some minutes.
            stage.let_pass(301_000).await?;
            review = not_taken.pay_again().await?;
        }
        let spoilt = stage.calls().iter().filter(|call| call.route == PURCHASE).count();
        ensure!(spoilt == addresses.len(), "{spoilt} purchases for {} addresses", addresses.len());
        // And an address that is none of them is gone to.
        buy(review).await?.is_told().await?;
        stage.expect(Outcome::returning()).await
    })
    .await
}

/// Those of the table that a journey tries.
fn addresses() -> Result<Vec<String>> {
    let rows: Vec<Value> = serde_json::from_str(&fs::read_to_string(repository("tests/payment_addresses.json"))?)?;
    Ok(rows.iter().filter(|row| row["journey"] == true).filter_map(|row| row["url"].as_str().map(str::to_owned)).collect())
}

/// No link, no word and no window that has anything to do with it.
async fn expect_nothing_of(stage: &Stage, address: &str) -> Result<()> {
    let read = "
        const root = witness.widget().shadowRoot;
        return Array.from(root.querySelectorAll('[href], [src], [action], [formaction]'), ({ outerHTML }) => outerHTML)";
    let linked = stage.browser.script(read, json!([])).await?;
    ensure!(linked.to_string().contains("href"), "there is no link at all: this shows nothing");
    let known = [&stage.at.site, &stage.at.api].map(|origin| format!("href=\"{origin}/"));
    let is_known = |link: &str| link.contains("href=\"tel:") || known.iter().any(|origin| link.contains(origin.as_str()));
    let strange: Vec<_> = linked.as_array().into_iter().flatten().filter_map(Value::as_str).filter(|link| !is_known(link)).collect();
    ensure!(strange.is_empty(), "for {address:?} there is {strange:?}");
    let said = stage.all_words().await?;
    ensure!(!said.contains(".example") && !said.contains(address), "{address:?} is on the screen: {said}");
    ensure!(stage.browser.windows().await?.len() == 1, "{address:?} has a window");
    Ok(())
}
