//! Two tags on one page know nothing of each other.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use serde_json::json;

use super::{INSURER, PLATE, SERIAL, buy};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::verdict::{Outcome, PROPOSAL};
use crate::harness::words::{Language, Words};
use crate::harness::{Parted, copy_of_site, until};
use crate::pages::{Consents, Found, Identify, Lookup, NEW, Offers, RETURNING, newest_code};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_elements_share_nothing() -> Result<()> {
    let play = Play { site: Some(site()?), ..Play::new("two-elements") };
    journey(play, async |stage| {
        let stage = &*stage;
        let english = Words::read(Language::English)?;
        let first = Identify::open(stage).await?.fill(NEW).await?;
        turn_to(stage, 1).await?;
        stage.see("heading", &english.pattern("id.title.kasko")).await?;
        expect_typed(stage, &[], &[NEW.number, NEW.birth_date]).await?;
        let ground = "return getComputedStyle(witness.widget().shadowRoot.querySelector('.box')).backgroundColor";
        let dark = stage.browser.script(ground, json!([])).await?;

        stage.witnessed().secrets.add_person(&RETURNING);
        for (key, text) in [("id.tckn", RETURNING.number), ("id.birth", RETURNING.birth_date), ("id.phone", RETURNING.phone)] {
            stage.fill_named(&english.pattern(key), text).await?;
        }
        turn_to(stage, 0).await?;
        ensure!(stage.browser.script(ground, json!([])).await? != dark, "both have the look of the second");
        expect_typed(stage, &[NEW.number, NEW.birth_date], &[RETURNING.number, RETURNING.birth_date]).await?;

        // The second one signs in while the first one waits for its code.
        let code = first.send_as_it_is(NEW).await?;
        turn_to(stage, 1).await?;
        stage.press_named("button", &english.pattern("id.submit")).await?;
        stage.see("heading", &english.pattern("code.title")).await?;
        let second_code = newest_code(stage, RETURNING)?;
        stage.witnessed().secrets.add("code", &second_code);
        stage.fill_named(&english.pattern("code.label"), &second_code).await?;
        stage.press_named("button", &english.pattern("code.submit")).await?;
        stage.see("heading", &english.pattern("consent.legend")).await?;
        stage.press_named("button", &english.pattern("common.continue")).await?;
        stage.see("heading", &english.pattern("vehicle.saved.title")).await?;

        turn_to(stage, 0).await?;
        code.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        Lookup::reached(stage).await?.search(PLATE, SERIAL).await?;
        let found = Found::reached(stage).await?;

        // Both ask insurers, none of whom answers for now; then the second one is taken out.
        stage.control("clock", &json!({ "frozen": true }))?;
        found.confirm().await?;
        Offers::waiting(stage).await?;
        turn_to(stage, 1).await?;
        stage.press_named("button", &english.pattern("common.continue")).await?;
        stage.see("paragraph", &english.pattern("offers.waiting")).await?;
        let asked = || stage.calls().into_iter().filter(|call| call.route == PROPOSAL).map(|call| call.path).collect::<Vec<_>>();
        let [stays, goes] = until("both to have asked", async || {
            let mut paths = vec![];
            for path in asked() {
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
            Ok(<[String; 2]>::try_from(paths).ok())
        })
        .await?;
        let count = |path: &str, of: &[String]| of.iter().filter(|asked| *asked == path).count();
        stage.browser.page_script("witness.widget().remove()", json!([])).await?;
        turn_to(stage, 0).await?;
        let before = asked();
        for _ in 0..4 {
            stage.let_pass_here(5_000).await?;
            let now = asked().len();
            until("the one that stayed to go on", async || {
                stage.let_pass_here(1_000).await?;
                Ok((asked().len() > now).then_some(()))
            })
            .await?;
        }
        let after = asked();
        ensure!(count(&goes, &after) == count(&goes, &before), "{goes} was asked for after its tag was gone");
        ensure!(count(&stays, &after) > count(&stays, &before), "{stays} is not asked for any more");
        stage.control("clock", &json!({ "frozen": false }))?;
        stage.sandbox.state().advance(15_000);
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome { cases: 2, messages: 2, ..Outcome::newcomer() }).await
    })
    .await
}

/// The customer goes on at another one.
async fn turn_to(stage: &Stage, place: usize) -> Result<()> {
    stage.browser.page_script("witness.at = arguments[0]", json!([place])).await?;
    Ok(())
}

/// What stands in the fields of this one.
async fn expect_typed(stage: &Stage, present: &[&str], absent: &[&str]) -> Result<()> {
    let typed = stage.everything_typed().await?.join("\n");
    ensure!(present.iter().all(|text| typed.contains(text)), "what was typed is gone: {typed}");
    ensure!(!absent.iter().any(|text| typed.contains(text)), "what was typed into the other one is here: {typed}");
    Ok(())
}

/// The demo agency's site, with a second tag in English and dark.
fn site() -> Result<PathBuf> {
    let to = copy_of_site("two-elements")?;
    let Parted { before, tag, after } = Parted::read(&to, "index.html")?;
    let second = tag.replacen("lang=\"tr\"", "lang=\"en\" theme=\"dark\"", 1);
    // Two regions of one page want two names.
    let second = second.replacen("agency-name=\"", "agency-name=\"Kadıköy ", 1);
    ensure!(second.contains("dark") && second.contains("Kadıköy"), "the tag says no language, or no name");
    fs::write(to.join("index.html"), format!("{before}{tag}<div class=\"widget\">{second}</div>{after}"))?;
    Ok(to)
}
