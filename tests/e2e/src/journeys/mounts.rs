//! The tag comes and goes: what began with it ends with it.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{INSURER, PLATE, SERIAL, buy};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::harness::verdict::Outcome;
use crate::pages::{Consents, Found, Identify, Lookup, NEW, Offers};

/// How often the tag is taken out and put back.
const TIMES: usize = 200;
/// What garbage collection and the browser's own books may differ by.
const HEAP_GROWTH: f64 = 1.05;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaves_nothing_behind_however_often_it_comes_and_goes() -> Result<()> {
    journey(Play::new("mounts"), async |stage| {
        let stage = &*stage;
        stage.visit("index.html").await?;
        Identify::reached(stage).await?;
        // The first ones fill the browser's caches.
        come_and_go(stage, 20).await?;
        let before = Left::look(stage).await?;
        come_and_go(stage, TIMES).await?;
        let after = Left::look(stage).await?;
        eprintln!("{TIMES} mounts: {before:?}, then {after:?}");
        ensure!(after.timers <= before.timers, "{} timers, before {}", after.timers, before.timers);
        ensure!(after.listeners <= before.listeners, "{} listeners, before {}", after.listeners, before.listeners);
        ensure!(after.nodes <= before.nodes, "{} nodes, before {}", after.nodes, before.nodes);
        ensure!(after.memory <= before.memory, "{} bytes of the module's memory, before {}", after.memory, before.memory);
        ensure!(after.heap < before.heap * HEAP_GROWTH, "{} bytes on the heap, before {}", after.heap, before.heap);

        // And the last one sells.
        Identify::reached(stage).await?.send(NEW).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        Lookup::reached(stage).await?.search(PLATE, SERIAL).await?;
        Found::reached(stage).await?.confirm().await?;
        // Taken out while the insurers are asked, it asks no more.
        Offers::waiting(stage).await?;
        let reads = || crate::pages::reads(stage);
        stage.browser.page_script(TAKE_OUT, json!([])).await?;
        let asked = reads();
        stage.let_pass_here(60_000).await?;
        ensure!(reads() == asked, "{} questions after the tag was taken out", reads() - asked);
        stage.browser.page_script("document.querySelector('.widget').append(window.taken)", json!([])).await?;

        Identify::reached(stage).await?.send(NEW).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        crate::pages::Vehicles::reached(stage).await?.go_on().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome { messages: 2, ..Outcome::newcomer() }).await
    })
    .await
}

const TAKE_OUT: &str = "window.taken = document.querySelector('insurup-checkout'); window.taken.remove()";

/// Takes the tag out and puts it back, each time as soon as it is ready.
async fn come_and_go(stage: &Stage, times: usize) -> Result<()> {
    let begin = "
        const place = document.querySelector('.widget');
        const element = place.querySelector('insurup-checkout');
        window.gone = 0;
        const again = () => {
          element.remove();
          setTimeout(() => {
            window.gone++;
            if (window.gone < arguments[0]) element.addEventListener('insurup:ready', again, { once: true });
            place.append(element);
          });
        };
        again()";
    stage.browser.page_script(begin, json!([times])).await?;
    until("the tag to have come and gone", async || {
        Ok((stage.browser.page_script("return window.gone", json!([])).await? == times).then_some(()))
    })
    .await?;
    // Not by finding it: the driver keeps what it has found, and with it the whole widget.
    let drawn = "return witness.widget()?.shadowRoot.querySelector('form') != null";
    until("the last one", async || Ok((stage.browser.script(drawn, json!([])).await? == true).then_some(()))).await
}

/// What there is in the page.
#[derive(Debug)]
struct Left {
    timers: u64,
    listeners: u64,
    nodes: u64,
    /// Bytes of the module's memory, which only grows.
    memory: u64,
    heap: f64,
}

impl Left {
    async fn look(stage: &Stage) -> Result<Self> {
        let browser = &stage.browser;
        // What the last one left to the next frame is done.
        browser.page_script("return new Promise((done) => setTimeout(done, 500))", json!([])).await?;
        // A document that was in a frame goes in several rounds.
        let mut counters = Value::Null;
        for _ in 0..20 {
            let before = number(&counters["nodes"]);
            for _ in 0..3 {
                browser.devtools("HeapProfiler.collectGarbage", json!({})).await?;
            }
            counters = browser.devtools("Memory.getDOMCounters", json!({})).await?;
            if number(&counters["nodes"]) == before {
                break;
            }
            browser.page_script("return new Promise((done) => setTimeout(done, 500))", json!([])).await?;
        }
        let heap = browser.devtools("Runtime.getHeapUsage", json!({})).await?;
        let timers = browser.script("return witness.timers()", json!([])).await?;
        Ok(Self {
            timers: number(&timers),
            listeners: number(&counters["jsEventListeners"]),
            nodes: number(&counters["nodes"]),
            memory: number(&browser.script("return witness.memory()", json!([])).await?),
            heap: heap["usedSize"].as_f64().unwrap_or_default(),
        })
    }
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}
