//! How long a visitor waits for the first field, in the frame and inline, beside a page with the same form in plain HTML.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::figures::{COLUMNS, Figures, Table};
use super::visit::{
    Condition, FORM, INLINE, PLAIN, SLOW, SLOW_4G, SLOW_4G_CONNECTING, Shift, WIDGET, begin, carried, open, place, reset, sample, sampled,
    shift, sign_in, stage, work,
};
use crate::harness::stage::{Layout, Stage};
use crate::pages::Offers;

const ROUNDS: usize = 9;
const SALES: usize = 3;

/// The pages that take turns, and what they are called.
const PAGES: [(&str, &str); 3] = [("frame", WIDGET), ("inline", INLINE), ("plain", FORM)];

/// The marks of a visit in their order, and what each is.
const MARKS: [(&str, &str); 8] = [
    ("shown", "first contentful paint"),
    ("loader", "loader there"),
    ("frame", "frame's document there, its script in it"),
    ("module", "module there"),
    ("compiled", "module compiled and instantiated"),
    ("inserted", "field in the document"),
    ("fitted", "as high as what is in it"),
    ("typed", "first field painted, with a letter in it"),
];

/// A page's figures under one condition.
#[derive(Debug, Default)]
struct Page {
    marks: [Figures; MARKS.len()],
    bytes: Figures,
    tasks: Figures,
    script: Figures,
    heap: Figures,
    /// At most.
    shift: Shift,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints figures, judges none: `make bench`"]
async fn a_first_field() -> Result<()> {
    let stage = &stage("bench-first-field", Layout::Frame).await?;
    // The server packs each file at the first request for it.
    begin(stage, PLAIN).await?;
    for (_, page) in PAGES {
        open(stage, page).await?;
    }
    for condition in [SLOW_4G, SLOW_4G_CONNECTING, PLAIN] {
        let mut pages = PAGES.map(|(name, page)| (name, page, Page::default()));
        for _ in 0..ROUNDS {
            for (_, page, figures) in &mut pages {
                figures.visit(stage, page, condition).await?;
            }
        }
        let title = format!("First field, {}; {ROUNDS} rounds of each page in turn", condition.name);
        let mut table = Table::new(&title, COLUMNS);
        for (name, _, figures) in &pages {
            figures.tell(&mut table, name);
        }
        let [frame, inline, plain] = pages.map(|(_, _, Page { marks: [.., typed], .. })| typed.median());
        for (name, widget) in [("frame", frame), ("inline", inline)] {
            let (later, times) = (widget - plain, widget / plain);
            table.line(&format!("  {name}: the field comes {later:.0} ms after the plain form's: {times:.1} times as long"));
        }
        if condition.name != SLOW_4G_CONNECTING.name {
            let mut scripts = [WIDGET, INLINE].map(|page| (page, Figures::default()));
            for _ in 0..SALES {
                for (page, script) in &mut scripts {
                    begin(stage, condition).await?;
                    sample(stage).await?;
                    open(stage, page).await?;
                    script.add(sampled(stage).await?);
                }
            }
            for ((name, _), (_, script)) in PAGES.iter().zip(&scripts) {
                table.row(&format!("{name}: JavaScript and WebAssembly at work"), script, &format!("sampled, {SALES} visits more"));
            }
        }
        table.print();
    }
    Ok(())
}

impl Page {
    async fn visit(&mut self, stage: &Stage, page: &str, condition: Condition) -> Result<()> {
        begin(stage, condition).await?;
        let marks = open(stage, page).await?;
        let work = work(stage).await?;
        self.bytes.add(carried(stage).await?);
        for ((name, _), figures) in MARKS.iter().zip(&mut self.marks) {
            figures.add(marks.get(*name).and_then(Value::as_f64).unwrap_or_default());
        }
        self.shift.at_most(shift(stage).await?);
        self.tasks.add(work.tasks);
        self.script.add(work.script);
        self.heap.add(work.heap);
        expect_field(stage).await
    }

    fn tell(&self, table: &mut Table, name: &str) {
        for ((_, what), figures) in MARKS.iter().zip(&self.marks) {
            if figures.median() > 0.0 {
                table.row(&format!("{name}: {what}"), figures, "");
            }
        }
        table.row(&format!("{name}: main thread busy until then"), &self.tasks, &format!("of it in script {:.0}", self.script.median()));
        table.row(&format!("{name}: bytes carried"), &self.bytes, "");
        table.row(&format!("{name}: JavaScript heap, kB"), &self.heap, &format!("{}, at most", self.shift));
    }
}

/// A key that is really pressed arrives in the field too.
async fn expect_field(stage: &Stage) -> Result<()> {
    stage.browser.press_keys("2").await?;
    let read = "
        const root = witness.widget()?.shadowRoot ?? document;
        return root.activeElement?.value";
    let value: Value = stage.browser.script(read, json!([])).await?;
    ensure!(value == "12", "the first field has `{value}` in it");
    Ok(())
}

/// A sale up to the fourteen answers; `prepare` is done before the page is opened.
async fn see_offers(stage: &Stage, condition: Condition, prepare: impl AsyncFnOnce() -> Result<()>) -> Result<()> {
    begin(stage, condition).await?;
    reset(stage, &json!({}))?;
    prepare().await?;
    open(stage, WIDGET).await?;
    sign_in(stage).await?.go_on().await?;
    Offers::reached(stage).await?;
    Ok(())
}

/// The main thread's work for a sale from the page to fourteen insurers' answers.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints figures, judges none: `make bench`"]
async fn b_work_of_a_sale() -> Result<()> {
    let stage = &stage("bench-work", Layout::of_this_run()).await?;
    let title = format!(
        "Main thread, {}, from the navigation until all fourteen insurers have answered; {SALES} sales each, in turn",
        place(stage)
    );
    let mut table = Table::new(&title, COLUMNS);
    let mut all = [PLAIN, SLOW].map(|condition| (condition, Page::default(), Figures::default(), Figures::default()));
    for _ in 0..SALES {
        for (condition, page, layout, memory) in &mut all {
            see_offers(stage, *condition, async || Ok(())).await?;
            let work = work(stage).await?;
            page.tasks.add(work.tasks);
            page.script.add(work.script);
            page.heap.add(work.heap);
            page.bytes.add(carried(stage).await?);
            layout.add(work.layout);
            page.shift.at_most(shift(stage).await?);
            memory.add(stage.browser.script("return witness.memory()", json!([])).await?.as_f64().unwrap_or_default() / 1e3);
        }
    }
    for (condition, page, layout, memory) in &all {
        see_offers(stage, *condition, async || sample(stage).await).await?;
        let sampled = sampled(stage).await?;
        table.line(&format!("  {}", condition.name));
        table.row("  busy", &page.tasks, "with what WebDriver asks the page");
        table.row("  of it in script", &page.script, &format!("JavaScript and WebAssembly in one sale more, sampled: {sampled:.0}"));
        table.row("  of it style and layout", layout, &format!("{}, at most", page.shift));
        table.row("  JavaScript heap, kB", &page.heap, "");
        table.row("  the module's memory, kB", memory, "");
        table.row("  bytes carried, the API's included", &page.bytes, "the API's are not compressed here");
    }
    table.print();
    Ok(())
}
