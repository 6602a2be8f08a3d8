//! One visit: a tab with an empty cache, slowed down as a condition says.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::sync::Once;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Map, Value, json};

use super::figures::Table;
use crate::harness::pictures::Looks;
use crate::harness::stage::{Layout, Play, Stage};
use crate::harness::{Parted, copy_of_site};
use crate::pages::{Consents, Identify, RETURNING, Vehicles};

/// How slow the visitor's machine and line are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Condition {
    pub(super) name: &'static str,
    /// So many times slower than this machine.
    cpu: u32,
    /// Milliseconds each request waits, and bits per second, down and up.
    network: Option<(f64, f64, f64)>,
}

/// This machine as it is.
pub(super) const PLAIN: Condition = Condition { name: "as it is", cpu: 1, network: None };
/// A middling phone on a quick line.
pub(super) const SLOW: Condition = Condition { name: "4× slower processor", cpu: 4, network: None };
/// What Lighthouse calls slow 4G, on a middling phone.
pub(super) const SLOW_4G: Condition =
    Condition { name: "4× slower processor, slow 4G", cpu: 4, network: Some((150.0, 1_600_000.0, 750_000.0)) };
/// The same with what making connections costs: DevTools slows requests down, not connections, so Lighthouse has each request wait 3.75
/// times as long, and takes a tenth off the line.
pub(super) const SLOW_4G_CONNECTING: Condition =
    Condition { name: "the same, 562 ms per request", cpu: 4, network: Some((562.5, 1_440_000.0, 675_000.0)) };

/// What the page's process did since the visit began, in milliseconds; the heap in kilobytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Work {
    pub(super) tasks: f64,
    pub(super) script: f64,
    pub(super) layout: f64,
    pub(super) heap: f64,
}

/// Layout shift, as the browser counts it for each document by itself: the frame's is a part of the frame, not of the window. A frame has the
/// height of its content, so what is below it on the page may move too.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shift {
    page: f64,
    frame: Option<f64>,
}

/// The page with the widget in the layout of the stage.
pub(super) const WIDGET: &str = "index.html";
/// The same with the widget inline, where the stage's layout is the frame.
pub(super) const INLINE: &str = "inline.html";
/// The same with a form in plain HTML.
pub(super) const FORM: &str = "plain.html";

/// A browser and a local InsurUp for visits.
pub(super) async fn stage(name: &'static str, layout: Layout) -> Result<Stage> {
    let stage = Stage::set(Play { looks: Looks::Never, site: Some(site()?), layout, ..Play::new(name) }).await?;
    say_once(&stage).await?;
    Ok(stage)
}

/// Where the widget is drawn, for a title.
pub(super) fn place(stage: &Stage) -> &'static str {
    if stage.play.layout == Layout::Frame { "in the frame" } else { "inline" }
}

/// The demo agency's site without what only a demonstration has, and its page twice more: with the widget inline in any layout, and with
/// the same form in plain HTML.
fn site() -> Result<PathBuf> {
    let to = copy_of_site("bench-site")?;
    let Parted { before, tag, after } = Parted::read(&to, "index.html")?;
    // The demo agency may not show one insurer's prices; here all offers of a large answer are to have one.
    let granted = tag.replacen(r#"{"insurers":{"#, r#"{"insurers":{"4179":{"quote":true},"#, 1);
    ensure!(granted != tag, "the demo page configures its insurers otherwise");
    let (copy, phone) = before.split_once("<iframe").context("the page has no telephone")?;
    let (_, frame) = phone.split_once("</iframe>").context("the telephone has no end")?;
    let copy = copy.replace(r#"<script src="site.js" defer></script>"#, "");
    let script = r#"<script src="{{cdn}}/insurup.js" async></script>"#;
    let inline = copy.replace(script, &script.replace("insurup.js", "inline.js"));
    let plain = copy.replace(script, "");
    ensure!(!plain.contains("<script"), "the page has a script more: {plain}");
    for (page, before, main) in [(WIDGET, copy, granted.as_str()), (INLINE, inline, &granted), (FORM, plain, include_str!("plain.html"))] {
        fs::write(to.join(page), format!("{before}{frame}{main}{after}"))?;
    }
    let sheet = to.join("site.css");
    fs::write(&sheet, fs::read_to_string(&sheet)? + include_str!("plain.css"))?;
    Ok(to)
}

/// What holds for all figures.
async fn say_once(stage: &Stage) -> Result<()> {
    static SAID: Once = Once::new();
    let version = stage.browser.devtools("Browser.getVersion", json!({})).await?;
    let product = version["product"].as_str().unwrap_or_default();
    SAID.call_once(|| {
        let mut table = Table::new("Figures of the delivered files, milliseconds", "");
        table.line(&format!("  {product}, headless, 412 × 823 px, 1.75 dots; each visit in a process of its own, with an empty cache"));
        table.line(
            "  slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms for each request; DevTools slows requests down, connections cost nothing",
        );
        table.line(
            "  times count from the page's navigation, in the frame too; page and frame are of one site, and share a process and its",
        );
        table.line("  main thread here: busy, script, style and layout are what that thread itself ran; all else is a clock on the wall");
        table.line("  server and browser share this machine; ratios say more than milliseconds");
        table.print();
    });
    Ok(())
}

/// Begins a visit; nothing is open yet.
pub(super) async fn begin(stage: &Stage, condition: Condition) -> Result<()> {
    let browser = &stage.browser;
    let windows = browser.windows().await?;
    let (first, before) = windows.split_first().context("a browser has a window")?;
    for window in before {
        browser.turn_to(window).await?;
        browser.close_window().await?;
    }
    browser.turn_to(first).await?;
    browser.open_window().await?;
    browser.run_first(include_str!("watch.js")).await?;
    let metrics = json!({ "width": 412, "height": 823, "deviceScaleFactor": 1.75, "mobile": true });
    browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
    // The time that the thread itself ran: what else this machine does is no part of it.
    browser.devtools("Performance.enable", json!({ "timeDomain": "threadTicks" })).await?;
    browser.devtools("Network.clearBrowserCache", json!({})).await?;
    if let Some((latency, down, up)) = condition.network {
        let slow = json!({ "offline": false, "latency": latency, "downloadThroughput": down / 8.0, "uploadThroughput": up / 8.0 });
        browser.devtools("Network.emulateNetworkConditions", slow).await?;
    }
    browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": condition.cpu })).await?;
    // What was logged belongs to the visit before.
    browser.log("performance").await?;
    Ok(())
}

/// Opens a page, and waits for its first field. When it came, and what came before.
pub(super) async fn open(stage: &Stage, page: &str) -> Result<Map<String, Value>> {
    let browser = &stage.browser;
    browser.open(&format!("{}/{page}", stage.at.site)).await?;
    let origin = browser.page_script("return performance.timeOrigin", json!([])).await?;
    let first = browser.script("return witness.bench.first(arguments[0])", json!([origin])).await?;
    let page = browser.page_script("return witness.bench.page()", json!([])).await?;
    let marks: Map<_, _> = [first, page].into_iter().filter_map(|marks| marks.as_object().cloned()).flatten().collect();
    if marks.contains_key("frame") {
        // DevTools slows down, counts and samples what the page's process does, and lists only the frames that are in it.
        let tree = browser.devtools("Page.getFrameTree", json!({})).await?;
        let inner = tree["frameTree"]["childFrames"][0]["frame"]["url"].as_str().unwrap_or_default();
        ensure!(inner.ends_with("/frame.html"), "the frame has a process of its own: {tree}");
    }
    Ok(marks)
}

/// How much of what was in sight moved without a press, since the navigation or since this was last asked.
pub(super) async fn shift(stage: &Stage) -> Result<Shift> {
    let moved = "return witness.bench.moved()";
    let has_frame = stage.browser.page_script("return Boolean(witness.frame())", json!([])).await? == true;
    let page = stage.browser.page_script(moved, json!([])).await?;
    let frame = if has_frame { stage.browser.script(moved, json!([])).await? } else { Value::Null };
    Ok(Shift { page: page.as_f64().unwrap_or_default(), frame: frame.as_f64() })
}

/// What the page's process did so far.
pub(super) async fn work(stage: &Stage) -> Result<Work> {
    let answer = stage.browser.devtools("Performance.getMetrics", json!({})).await?;
    let metric = |name: &str| {
        let found = answer["metrics"].as_array().into_iter().flatten().find(|metric| metric["name"] == name);
        found.and_then(|metric| metric["value"].as_f64()).unwrap_or_default()
    };
    Ok(Work {
        tasks: metric("TaskDuration") * 1e3,
        script: metric("ScriptDuration") * 1e3,
        layout: (metric("LayoutDuration") + metric("RecalcStyleDuration")) * 1e3,
        heap: metric("JSHeapUsedSize") / 1e3,
    })
}

/// Has the browser look a thousand times a second at what runs, until [`sampled`].
pub(super) async fn sample(stage: &Stage) -> Result<()> {
    stage.browser.devtools("Profiler.enable", json!({})).await?;
    stage.browser.devtools("Profiler.setSamplingInterval", json!({ "interval": 1_000 })).await?;
    stage.browser.devtools("Profiler.start", json!({})).await?;
    Ok(())
}

/// Milliseconds in which JavaScript or WebAssembly ran, the collecting of garbage included. [`Work`] counts only what an event or a timer
/// calls, and a module that is started by a promise is called by none.
pub(super) async fn sampled(stage: &Stage) -> Result<f64> {
    let profile = stage.browser.devtools("Profiler.stop", json!({})).await?["profile"].take();
    let idle = ["(root)", "(program)", "(idle)"];
    let nodes = profile["nodes"].as_array().into_iter().flatten();
    let at_work: BTreeSet<_> = nodes
        .filter(|node| !idle.contains(&node["callFrame"]["functionName"].as_str().unwrap_or_default()))
        .filter_map(|node| node["id"].as_u64())
        .collect();
    let samples = profile["samples"].as_array().into_iter().flatten().zip(profile["timeDeltas"].as_array().into_iter().flatten());
    let at_work = samples.filter(|(node, _)| node.as_u64().is_some_and(|node| at_work.contains(&node)));
    Ok(at_work.filter_map(|(_, microseconds)| microseconds.as_f64()).sum::<f64>() / 1e3)
}

/// Bytes that came over the network since the visit began or this was last asked, heads included.
pub(super) async fn carried(stage: &Stage) -> Result<f64> {
    let log = stage.browser.log("performance").await?;
    let messages = log.iter().filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
    let finished = messages.filter(|message| message["message"]["method"] == "Network.loadingFinished");
    Ok(finished.filter_map(|message| message["message"]["params"]["encodedDataLength"].as_f64()).sum())
}

/// From the open page to the vehicle on file.
pub(super) async fn sign_in(stage: &Stage) -> Result<Vehicles<'_>> {
    Identify::reached(stage).await?.send(RETURNING).await?.enter().await?;
    Consents::reached(stage).await?.pass().await?;
    Vehicles::reached(stage).await
}

/// Nobody has ever bought anything at the local InsurUp.
pub(super) fn reset(stage: &Stage, settings: &Value) -> Result<()> {
    stage.control("reset", settings)
}

impl Shift {
    /// Keeps the worse one.
    pub(super) fn at_most(&mut self, other: Self) {
        *self = Self {
            page: self.page.max(other.page),
            frame: other.frame.map(|frame| frame.max(self.frame.unwrap_or_default())).or(self.frame),
        };
    }
}

impl fmt::Display for Shift {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "layout shift {:.3}", self.page)?;
        self.frame.map_or(Ok(()), |frame| write!(formatter, ", in the frame {frame:.3}"))
    }
}

impl Work {
    /// What was done since `before`.
    pub(super) fn since(self, before: Self) -> Self {
        Self {
            tasks: self.tasks - before.tasks,
            script: self.script - before.script,
            layout: self.layout - before.layout,
            heap: self.heap - before.heap,
        }
    }
}
