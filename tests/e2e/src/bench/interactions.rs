//! How long a press or a key takes until it is to be seen, while the machine is slow and the list is long.

use anyhow::Result;
use serde_json::json;

use super::figures::{COLUMNS, Figures, Table};
use super::many_offers::{OFFERS, go_to_offers};
use super::visit::{SLOW, WIDGET, begin, open, place, reset, stage};
use crate::harness::browser::{Browser, Element};
use crate::harness::keyboard::{DOWN, UP};
use crate::harness::stage::{Layout, Stage};
use crate::harness::until;

const ROUNDS: usize = 2;
/// Presses of a kind in a round.
const PRESSES: usize = 6;
/// What the browser counts as one frame: shorter interactions are not told.
const FRAME: f64 = 16.0;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints figures, judges none: `make bench`"]
async fn d_interactions() -> Result<()> {
    let stage = &stage("bench-interactions", Layout::of_this_run()).await?;
    let names =
        ["a key in the form", "another plan", "compare ticked", "sorted by name, by price", "filter ticked", "a press where nothing is"];
    let mut acts = names.map(|name| (name, Figures::default(), 0));
    for _ in 0..ROUNDS {
        begin(stage, SLOW).await?;
        reset(stage, &json!({ "offers": OFFERS }))?;
        open(stage, WIDGET).await?;
        let [typing, plan, mark, sort, filter, card] = &mut acts;
        for key in "0562272296".chars() {
            press(stage, typing, async || stage.browser.press_keys(&key.to_string()).await).await?;
        }
        go_to_offers(stage).await?;
        stage.sandbox.state().advance(200);
        stage.browser.script("return witness.bench.go()", json!([])).await?;
        let all = "return witness.widget().shadowRoot.querySelectorAll('.offer .price').length >= arguments[0]";
        until("all offers", async || Ok(stage.browser.script(all, json!([OFFERS - 1])).await?.as_bool().filter(|all| *all))).await?;
        // What is sorted by name is loaded when it is first wanted.
        focus(stage, ".tools select", 0).await?;
        stage.browser.press_keys(DOWN).await?;
        let second = "return performance.getEntriesByType('resource').some(({ name }) => /later.*wasm/.test(name))";
        until("the second module", async || Ok(stage.browser.script(second, json!([])).await?.as_bool().filter(|there| *there))).await?;
        stage.browser.script("return witness.bench.interactions()", json!([])).await?;
        for turn in 0..PRESSES {
            focus(stage, ".tools select", 0).await?;
            press(stage, sort, async || stage.browser.press_keys(if turn % 2 == 0 { UP } else { DOWN }).await).await?;
        }
        for turn in 0..PRESSES {
            focus(stage, ".offer select", turn * 20).await?;
            press(stage, plan, async || stage.browser.press_keys(DOWN).await).await?;
        }
        for turn in 0..PRESSES {
            let chip = nth(stage, ".tools .chip input", turn % 2).await?;
            press(stage, filter, async || stage.browser.click(&chip).await).await?;
        }
        for turn in 0..PRESSES {
            // Three can be marked: the second half takes the marks away.
            let mark_box = nth(stage, ".offer .links input", turn % 3 * 10).await?;
            press(stage, mark, async || stage.browser.click(&mark_box).await).await?;
        }
        for turn in 0..PRESSES {
            let name = nth(stage, ".offer h3", turn * 7).await?;
            press(stage, card, async || stage.browser.click(&name).await).await?;
        }
    }
    let title = format!("From a press to the next picture, {}, {}, {} offers; {ROUNDS} rounds", place(stage), SLOW.name, OFFERS - 1);
    let mut table = Table::new(&title, COLUMNS);
    for (name, figures, count) in &acts {
        table.row(name, figures, &format!("{count} times; {FRAME:.0} is within a frame"));
    }
    table.print();
    Ok(())
}

/// Does it, and writes down how long each press took. An interaction that was over within a frame is not told, and counts as one frame.
async fn press(
    stage: &Stage,
    (_, figures, count): &mut (&'static str, Figures, usize),
    act: impl AsyncFnOnce() -> Result<()>,
) -> Result<()> {
    stage.browser.script("witness.bench.begin()", json!([])).await?;
    act().await?;
    let told = stage.browser.script("return witness.bench.interactions()", json!([])).await?;
    let longest = told.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).fold(FRAME, f64::max);
    figures.add(longest);
    *count += 1;
    Ok(())
}

async fn nth(stage: &Stage, css: &str, place: usize) -> Result<Element> {
    let find = "
        const found = witness.widget().shadowRoot.querySelectorAll(arguments[0])[arguments[1]] ?? null;
        found?.scrollIntoView({ block: 'center' });
        return found";
    until(css, async || Ok(Browser::element(&stage.browser.script(find, json!([css, place])).await?))).await
}

/// Takes the focus there without a press, which would open a list.
async fn focus(stage: &Stage, css: &str, place: usize) -> Result<()> {
    let element = nth(stage, css, place).await?;
    stage.browser.script("arguments[0].focus()", json!([element.argument()])).await?;
    Ok(())
}
