//! Looking at a screen: no violation of accessibility, and pictures of it, on a phone and on a desk, by day and by night.

use std::collections::BTreeSet;
use std::fs;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::browser::HEIGHT;
use super::stage::{Layout, Stage};
use super::words::Language;
use super::{repository, until};

/// Screens in the order in which a customer may meet them, and what was added since; the place gives a picture its number. Which drawing
/// of the design each shows says `screens.tsv`.
const SCREENS: &[&str] = &[
    "identify",
    "identify-errors",
    "identify-foreign",
    "identify-company",
    "code",
    "code-wrong",
    "opening",
    "consents",
    "vehicles",
    "lookup",
    "found",
    "byhand",
    "byhand-errors",
    "offers-waiting",
    "offers",
    "review",
    "review-unread",
    "price-changed",
    "ready",
    "away",
    "return",
    "checking",
    "not-completed",
    "policy",
    "identify-again",
    "return-forged",
    "unknown",
    "signed-out",
    "lookup-failed",
    "review-elsewhere",
    "headless-errors",
    "headless-offers",
    "headless-policy",
    "identify-offline",
    "offers-offline",
    "review-offline",
    "offers-late",
    "offers-unanswered",
    "offers-none",
    "offers-hostile",
    "offers-foreign",
    "offers-unreadable",
    "session-ended",
    "config",
    "config-wrong",
    "byhand-search",
    "byhand-search-none",
    "noplate",
    "noplate-errors",
    "code-rate",
    "consents-on-file",
    "profile",
    "profile-errors",
    "profile-unsaved",
    "policy-sent",
    "policy-unsent",
    "offers-marked",
    "coverages",
    "comparison",
    "comparison-differences",
    "call-requested",
    "offers-chosen",
    "offers-logo",
    "lookup-busy",
    "lookup-errors",
    "byhand-partial",
    "offers-quote-only",
    "policy-pending",
    "start-failed",
    "service-down",
    "service-busy",
    "mine",
    "mine-none",
    "mine-failed",
    "session-ended-other",
    "offers-online",
    "api-blocked",
    "review-sent",
    "ready-same",
    "session-idle",
    "session-over",
    "signed-out-elsewhere",
];

/// How screens are looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Looks {
    /// By axe, and in pictures: on a phone and on a desk, by day and by night.
    Fully,
    /// For how they lie in windows of these sizes; without any, not at all. In the last one the customer acts.
    Laid(&'static [View]),
    /// In one picture, as plain WebDriver gives it.
    Plainly,
    /// Not at all: looking takes time, and time is what is measured.
    Never,
}

/// A window, and what its reader has set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    /// Begins the names of the pictures; without a name there are none.
    pub(crate) name: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Dots of the screen for each pixel of the page, which is what zooming in changes.
    pub(crate) dots: f64,
    /// `--insurup-font-size`
    pub(crate) text: &'static str,
}

const DRAWN: &str = "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))";
const LAYOUT: &str = include_str!("layout.js");

/// Pictures taken in this run: one of each is enough.
static TAKEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

impl Stage {
    /// Looks at the screen of the moment.
    pub(crate) async fn look(&self, screen: &str) -> Result<()> {
        if matches!(self.play.looks, Looks::Never) {
            return Ok(());
        }
        let english = self.play.language == Language::English;
        let number = SCREENS.iter().position(|name| *name == screen);
        let number = number.unwrap_or_else(|| panic!("`{screen}` has no number in pictures.rs")) + 1;
        let name = format!("{number:02}-{screen}{}", if english { "-en" } else { "" });
        if matches!(self.play.looks, Looks::Plainly) {
            self.photograph_plainly(&format!("{}-{name}", self.play.name)).await?;
            return self.gather().await;
        }
        if let Looks::Laid(views) = self.play.looks {
            self.is_drawn().await?;
            for view in views {
                self.look_from(view, screen, &name).await?;
            }
            return self.gather().await;
        }
        let first = TAKEN.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
        let views: &[(u32, bool)] = if first { &[(390, false), (390, true), (1280, true), (1280, false)] } else { &[(1280, false)] };
        for (width, dark) in views.iter().copied() {
            self.set_view(width, dark).await?;
            self.inspect(&format!("{screen}, {width} px{}", if dark { ", dark" } else { "" })).await?;
            self.expect_no_sideways_scrolling(screen, width).await?;
            if first {
                self.photograph(&format!("{width}-{name}{}", if dark { "-dark" } else { "" })).await?;
            }
        }
        self.gather().await
    }

    /// Nobody acts before the screen, and the focus that comes with it, are there.
    pub(crate) async fn is_drawn(&self) -> Result<()> {
        self.browser.script(DRAWN, json!([])).await?;
        Ok(())
    }

    async fn look_from(&self, view: &View, screen: &str, name: &str) -> Result<()> {
        let View { name: of, width, height, dots, text } = *view;
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": dots, "mobile": false });
        self.browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        // Without a value it is not set any more.
        let set = "document.documentElement.style.setProperty('--insurup-font-size', arguments[0])";
        self.browser.page_script(set, json!([text])).await?;
        self.takes_over("--insurup-font-size", text).await?;
        self.come_to_rest().await?;
        let wrong = self.browser.script(LAYOUT, json!([])).await?;
        if !of.is_empty() {
            self.photograph(&format!("{of}-{name}")).await?;
        }
        ensure!(wrong == json!([]), "{screen} in a window of {width} px {text}: {wrong:#}");
        Ok(())
    }

    /// Waits until a property of the page's has this value where the widget is drawn.
    pub(crate) async fn takes_over(&self, property: &str, value: &str) -> Result<()> {
        let taken = "const [name, value] = arguments, ins = witness?.widget()?.shadowRoot?.querySelector('.ins');
            return !!ins && getComputedStyle(ins).getPropertyValue(name).trim() === value";
        let look = async || Ok(self.browser.script(taken, json!([property, value])).await?.as_bool().filter(|taken| *taken));
        until(&format!("{property} to be {value}"), look).await?;
        Ok(())
    }

    async fn set_view(&self, width: u32, dark: bool) -> Result<()> {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.browser.devtools("Emulation.setEmulatedMedia", features).await?;
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        self.come_to_rest().await?;
        if self.play.layout == Layout::Frame {
            // A frame follows its content, which follows its width.
            tokio::time::sleep(Duration::from_millis(200)).await;
            self.come_to_rest().await?;
        }
        Ok(())
    }

    /// What moves once comes to rest; what waits with the customer goes on moving.
    async fn come_to_rest(&self) -> Result<()> {
        let resting = "const root = witness?.widget()?.shadowRoot;
            const moving = [...document.getAnimations(), ...(root?.getAnimations() ?? [])];
            // Not `globalThis`: a driver's scripts have one of their own in Firefox.
            if (window.parent !== window && Math.abs(document.body.getBoundingClientRect().height - innerHeight) > 1) return false;
            return moving.every(({ playState, effect }) => playState !== 'running' || effect.getComputedTiming().iterations === Infinity)";
        until("the screen to come to rest", async || {
            // Behind another window time stands still, and one that a page opened may come to the front late.
            self.browser.bring_to_front().await?;
            Ok(self.browser.script(resting, json!([])).await?.as_bool().filter(|rests| *rests))
        })
        .await?;
        Ok(())
    }

    async fn expect_no_sideways_scrolling(&self, screen: &str, width: u32) -> Result<()> {
        let wide = self.browser.page_script("return document.documentElement.scrollWidth", json!([])).await?;
        ensure!(wide.as_u64() <= Some(width.into()), "{screen} is {wide} px wide in a window of {width} px");
        Ok(())
    }

    /// The page in its full height, as `target/screens-engines/<name>.png`.
    async fn photograph_plainly(&self, name: &str) -> Result<()> {
        self.come_to_rest().await?;
        let measure = "return document.documentElement.scrollHeight + outerHeight - innerHeight";
        let height = self.browser.page_script(measure, json!([])).await?;
        // A screen that nobody sees ends somewhere too.
        self.browser.set_height(height.as_u64().unwrap_or_default().clamp(HEIGHT, 4_000)).await?;
        self.come_to_rest().await?;
        self.browser.page_script(DRAWN, json!([])).await?;
        let picture = self.browser.screenshot().await?;
        self.browser.set_height(HEIGHT).await?;
        keep("target/screens-engines", name, &picture)
    }

    /// The page in its full height, from the top, as `target/screens/<name>.png`.
    pub(crate) async fn photograph(&self, name: &str) -> Result<()> {
        if !self.browser.engine.has_devtools() {
            return self.photograph_plainly(name).await;
        }
        let measure =
            "const from = scrollY; scrollTo(0, 0); return [innerWidth, Math.max(document.documentElement.scrollHeight, 200), from]";
        let size = self.browser.page_script(measure, json!([])).await?;
        let clip = json!({ "x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1 });
        let ask = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = self.browser.devtools("Page.captureScreenshot", ask).await?;
        self.browser.page_script("scrollTo(0, arguments[0])", json!([size[2]])).await?;
        keep(Layout::of_this_run().pictures(), name, picture["data"].as_str().unwrap_or_default())
    }
}

fn keep(folder: &str, name: &str, picture: &str) -> Result<()> {
    let folder = repository(folder);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("{name}.png")), STANDARD.decode(picture)?)?;
    Ok(())
}

#[test]
fn every_screen_has_a_drawing_and_every_drawing_a_word() {
    let table = include_str!("../../screens.tsv");
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('\t').collect()).collect();
    let drawings: BTreeSet<_> = rows.iter().map(|row| row[0]).filter(|drawing| !drawing.starts_with('+')).collect();
    assert_eq!(drawings.len(), 43, "the design has 43 drawings");
    for row in &rows {
        assert!(matches!(row[..], [_, "", reason] if !reason.is_empty()) || matches!(row[..], [_, shown] if !shown.is_empty()), "{row:?}");
    }
    let mut shown: Vec<_> = rows.iter().flat_map(|row| row[1].split(' ')).filter(|screen| !screen.is_empty()).collect();
    let mut screens = SCREENS.to_vec();
    shown.sort_unstable();
    screens.sort_unstable();
    assert_eq!(shown, screens);
}
