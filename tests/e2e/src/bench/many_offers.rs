//! Two hundred offers in one answer, and what each further answer costs then.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::figures::{COLUMNS, Figures, Table};
use super::visit::{Condition, PLAIN, SLOW, Shift, WIDGET, Work, begin, carried, open, place, reset, shift, sign_in, stage, work};
use crate::harness::stage::{Layout, Stage};
use crate::harness::verdict::PROPOSAL;
use crate::pages::reads;

/// The last one is still waited for, so the list goes on being read.
pub(super) const OFFERS: u64 = 201;
const ROUNDS: usize = 3;
/// Further answers in a round, with nothing new and with one other price.
const ANSWERS: usize = 3;

/// An answer's figures.
#[derive(Debug, Default)]
struct Answer {
    screen: Figures,
    busy: Figures,
    script: Figures,
    layout: Figures,
    longest: Figures,
    changes: Figures,
    shift: Shift,
    bytes: f64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints figures, judges none: `make bench`"]
async fn c_two_hundred_offers() -> Result<()> {
    let stage = &stage("bench-many-offers", Layout::of_this_run()).await?;
    let mut all = [PLAIN, SLOW].map(|condition| (condition, <[Answer; 3]>::default()));
    let mut itself = Figures::default();
    let mut last = Value::Null;
    for _ in 0..ROUNDS {
        for (condition, [arrived, unchanged, changed]) in &mut all {
            wait_for_offers(stage, *condition).await?;
            stage.sandbox.state().advance(200);
            last = arrived.read(stage).await?;
            ensure!(last["priced"] == OFFERS - 1, "not all offers are there: {last}");
            for _ in 0..ANSWERS {
                unchanged.read(stage).await?;
                stage.control("prices", &json!({ "percent": 1, "offers": 1 }))?;
                changed.read(stage).await?;
            }
            if condition.name == SLOW.name {
                let before = work(stage).await?;
                stage.browser.script("witness.bench.begin()", json!([])).await?;
                itself.add(work(stage).await?.since(before).tasks);
            }
        }
    }
    let title = format!(
        "{} offers in one answer, {}; {ROUNDS} rounds in turn, {ANSWERS} further answers of a kind in each",
        OFFERS - 1,
        place(stage)
    );
    let mut table = Table::new(&title, COLUMNS);
    for (condition, [arrived, unchanged, changed]) in &all {
        table.line(&format!("  {}", condition.name));
        arrived.tell(&mut table, "all come");
        unchanged.tell(&mut table, "nothing changed");
        changed.tell(&mut table, "one price changed");
    }
    table.row("measuring itself, main thread, 4× slower", &itself, "is in each of the above");
    let bytes = all[0].1[0].bytes / 1e3;
    table.line(&format!("  each answer {bytes:.0} kB, not compressed; {} elements in the widget", last["elements"]));
    table.print();
    Ok(())
}

/// A new sale, up to the list on which every insurer is waited for; the insurers' time stands still.
pub(super) async fn wait_for_offers(stage: &Stage, condition: Condition) -> Result<()> {
    begin(stage, condition).await?;
    reset(stage, &json!({ "offers": OFFERS }))?;
    open(stage, WIDGET).await?;
    go_to_offers(stage).await
}

/// The same from the open page on.
pub(super) async fn go_to_offers(stage: &Stage) -> Result<()> {
    let vehicles = sign_in(stage).await?;
    stage.browser.script("witness.bench.hold()", json!([])).await?;
    stage.control("clock", &json!({ "frozen": true }))?;
    vehicles.go_on().await?;
    stage.see_text("paragraph", "offers.waiting").await?;
    Ok(())
}

impl Answer {
    /// Has the list read once more, and measures what comes of it.
    async fn read(&mut self, stage: &Stage) -> Result<Value> {
        carried(stage).await?;
        shift(stage).await?;
        let (before, count) = (work(stage).await?, reads(stage));
        let next = "witness.bench.begin(); return witness.bench.go()";
        stage.browser.script(next, json!([])).await?;
        let settled = "return witness.bench.settled('/proposals/[0-9a-f]+$')";
        let seen = stage.browser.script(settled, json!([])).await?;
        let Work { tasks, script, layout, .. } = work(stage).await?.since(before);
        ensure!(reads(stage) == count + 1, "{PROPOSAL} was asked {} times instead of once", reads(stage) - count);
        for (figures, name) in [(&mut self.screen, "screen"), (&mut self.longest, "longest"), (&mut self.changes, "changes")] {
            figures.add(seen[name].as_f64().unwrap_or_default());
        }
        self.bytes = carried(stage).await?;
        self.busy.add(tasks);
        self.script.add(script);
        self.layout.add(layout);
        self.shift.at_most(shift(stage).await?);
        Ok(seen)
    }

    fn tell(&self, table: &mut Table, name: &str) {
        let Self { screen, busy, script, layout, longest, changes, shift, .. } = self;
        let of = format!("script {:.0}, style and layout {:.0}", script.median(), layout.median());
        table.row(
            &format!("  {name}: from the answer to the picture"),
            screen,
            &format!("{:.0} changes of the document", changes.median()),
        );
        table.row(&format!("  {name}: main thread busy"), busy, &of);
        table.row(&format!("  {name}: longest task"), longest, &shift.to_string());
    }
}
