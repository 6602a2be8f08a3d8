//! WebDriver and DevTools commands, and windows.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result};
use fantoccini::Client;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::driver::{Driver, Engine};
use super::until;

/// Where the opened page keeps what the tests look at. No page guesses it.
const WITNESS: &str = "__witness_7b1f0c52e9";

/// How high a window is, unless it is pictured.
pub(crate) const HEIGHT: u64 = 900;

/// Runs before any script of every page.
const PRELUDE: &str = include_str!("prelude.js");

/// The same, and more, as a script that a page brings along: for browsers that can't be told to run anything before a page's own.
pub(crate) fn prelude(more: &str) -> String {
    named(&[PRELUDE, more].concat())
}

fn named(source: &str) -> String {
    source.replace("WITNESS", &format!("\"{WITNESS}\""))
}

/// A browser with its windows.
#[derive(Debug)]
pub(crate) struct Browser {
    client: Client,
    /// The widget is drawn in a frame.
    has_frames: bool,
    /// The last script ran in the page, though the widget has a frame.
    is_outside: AtomicBool,
    pub(crate) engine: Engine,
    _driver: Driver,
}

/// An element of the page of the moment.
#[derive(Debug, Clone)]
pub(crate) struct Element(Value);

/// A command as it is; the typed ones know neither DevTools nor logs.
#[derive(Debug)]
struct Raw {
    method: Method,
    path: String,
    body: Option<Value>,
}

impl WebDriverCompatibleCommand for Raw {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.as_ref().map(Value::to_string))
    }
}

/// What was found is not there any more, or something lies over it.
pub(crate) fn has_moved(error: &anyhow::Error) -> bool {
    let moved = [ErrorStatus::StaleElementReference, ErrorStatus::ElementClickIntercepted];
    let is_moved = |cause: &CmdError| matches!(cause, CmdError::Standard(said) if moved.contains(&said.error));
    error.chain().filter_map(|cause| cause.downcast_ref()).any(is_moved)
}

impl Browser {
    /// A fresh browser with a profile in which there is nothing but these preferences.
    pub(crate) async fn start(engine: Engine, has_frames: bool, preferences: &Value) -> Result<Self> {
        let (driver, client) = Driver::start(engine, preferences).await?;
        let browser = Self { client, has_frames, is_outside: AtomicBool::new(false), engine, _driver: driver };
        browser.prepare().await?;
        Ok(browser)
    }

    /// Makes the window of the moment ready to be witnessed.
    async fn prepare(&self) -> Result<()> {
        if self.engine.has_devtools() { self.run_first(PRELUDE).await } else { self.set_height(HEIGHT).await }
    }

    /// What it calls itself, and its version.
    pub(crate) fn version(&self) -> String {
        let is = |name: &str| self.client.capabilities().and_then(|is| Some(is.get(name)?.as_str()?.to_owned())).unwrap_or_default();
        format!("{} {}", is("browserName"), is("browserVersion"))
    }

    /// Runs this in every page that the window of the moment opens, before the page's scripts and after what was said before.
    pub(crate) async fn run_first(&self, source: &str) -> Result<()> {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": named(source) })).await?;
        Ok(())
    }

    async fn get(&self, path: &str) -> Result<Value> {
        self.command(Method::GET, path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Result<Value> {
        self.command(Method::POST, path, Some(body)).await
    }

    async fn command(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let what = format!("{method} {path}");
        self.client.issue_cmd(Raw { method, path: path.to_owned(), body }).await.with_context(|| what)
    }

    /// A command of the DevTools protocol, to the window of the moment.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.post("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await.with_context(|| command.to_owned())
    }

    /// Entries of a log since it was last read.
    pub(crate) async fn log(&self, kind: &str) -> Result<Vec<Value>> {
        let entries = self.post("se/log", json!({ "type": kind })).await?;
        Ok(entries.as_array().cloned().unwrap_or_default())
    }

    /// Runs the body of a function in the document that the widget is drawn in, which is the page where there is no frame; `witness` stands
    /// for what was written down there. Where it leads is where elements are found, clicked and typed into.
    pub(crate) async fn script(&self, body: &str, arguments: Value) -> Result<Value> {
        if self.has_frames {
            self.enter().await?;
        }
        self.run(body, arguments).await
    }

    /// Runs the body of a function in the page, whatever document the widget is drawn in.
    pub(crate) async fn page_script(&self, body: &str, arguments: Value) -> Result<Value> {
        if !self.has_frames {
            return self.run(body, arguments).await;
        }
        self.post("frame", json!({ "id": null })).await?;
        self.is_outside.store(true, Ordering::Relaxed);
        self.run(body, arguments).await
    }

    /// Runs the body of a function in a frame of the page's own, found by a selector.
    pub(crate) async fn script_within(&self, css: &str, body: &str, arguments: Value) -> Result<Value> {
        let frame = self.page_script("return document.querySelector(arguments[0])", json!([css])).await?;
        self.post("frame", json!({ "id": frame })).await?;
        let returned = self.run(body, arguments).await;
        self.post("frame", json!({ "id": null })).await?;
        returned
    }

    /// Back to where elements are found, if the last script ran elsewhere.
    async fn return_inside(&self) -> Result<()> {
        if self.is_outside.load(Ordering::Relaxed) { self.enter().await } else { Ok(()) }
    }

    /// Into the frame of the widget the customer is at, if the page has one by now.
    async fn enter(&self) -> Result<()> {
        self.is_outside.store(false, Ordering::Relaxed);
        self.post("frame", json!({ "id": null })).await?;
        let frame = self.run("return witness?.frame?.() ?? null", json!([])).await?;
        if let Some(frame) = Self::element(&frame) {
            // It may be gone again.
            let _ = self.post("frame", json!({ "id": frame.argument() })).await;
        }
        Ok(())
    }

    async fn run(&self, body: &str, arguments: Value) -> Result<Value> {
        let script = format!("const witness = globalThis.{WITNESS}; {body}");
        self.post("execute/sync", json!({ "script": script, "args": arguments })).await
    }

    pub(crate) async fn open(&self, url: &str) -> Result<()> {
        self.post("url", json!({ "url": url })).await?;
        Ok(())
    }

    pub(crate) async fn url(&self) -> Result<String> {
        Ok(self.get("url").await?.as_str().unwrap_or_default().to_owned())
    }

    pub(crate) async fn reload(&self) -> Result<()> {
        self.post("refresh", json!({})).await?;
        Ok(())
    }

    /// The page and the widget's document end as a phone ends them for their memory: they are not told, and do nothing more. What is left
    /// of them goes with the next page; with a tab that really crashed, WebDriver does not go on.
    pub(crate) async fn kill(&self) -> Result<()> {
        self.page_script("witness.kill()", json!([])).await?;
        if self.has_frames {
            self.script("witness.kill()", json!([])).await?;
        }
        Ok(())
    }

    /// The browser's own way back, and forward again.
    pub(crate) async fn back(&self) -> Result<()> {
        self.post("back", json!({})).await?;
        Ok(())
    }

    pub(crate) async fn forward(&self) -> Result<()> {
        self.post("forward", json!({})).await?;
        Ok(())
    }

    /// The cookies of the page.
    pub(crate) async fn cookies(&self) -> Result<String> {
        Ok(self.get("cookie").await?.to_string())
    }

    /// What the window shows, in base64.
    pub(crate) async fn screenshot(&self) -> Result<String> {
        Ok(self.get("screenshot").await?.as_str().unwrap_or_default().to_owned())
    }

    pub(crate) async fn set_height(&self, height: u64) -> Result<()> {
        self.post("window/rect", json!({ "width": 1280, "height": height })).await?;
        Ok(())
    }

    /// The window of the moment is a telephone's: small, and pointed at with a finger.
    pub(crate) async fn become_phone(&self) -> Result<()> {
        let metrics = json!({ "width": 390, "height": 844, "deviceScaleFactor": 3, "mobile": true });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true, "maxTouchPoints": 5 })).await?;
        Ok(())
    }

    /// The windows, oldest first.
    pub(crate) async fn windows(&self) -> Result<Vec<String>> {
        let windows = self.get("window/handles").await?;
        Ok(windows.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    pub(crate) async fn window(&self) -> Result<String> {
        Ok(self.get("window").await?.as_str().unwrap_or_default().to_owned())
    }

    /// Turns to a window and brings it to the front, as a person does who goes on there.
    pub(crate) async fn turn_to(&self, window: &str) -> Result<()> {
        self.post("window", json!({ "handle": window })).await?;
        self.bring_to_front().await
    }

    /// The window of the moment is in front of all others.
    pub(crate) async fn bring_to_front(&self) -> Result<()> {
        if self.engine.has_devtools() {
            self.devtools("Page.bringToFront", json!({})).await?;
        }
        Ok(())
    }

    /// The window that a link opened: turns to it and makes it ready.
    pub(crate) async fn new_window(&self, known: &[String]) -> Result<String> {
        let new = until("another window", async || Ok(self.windows().await?.into_iter().find(|window| !known.contains(window)))).await?;
        self.turn_to(&new).await?;
        self.prepare().await?;
        Ok(new)
    }

    /// A window of its own, not opened by any page.
    pub(crate) async fn open_window(&self) -> Result<String> {
        let known = self.windows().await?;
        self.post("window/new", json!({ "type": "tab" })).await?;
        self.new_window(&known).await
    }

    /// A copy of the window of the moment, with what its tab stores.
    pub(crate) async fn duplicate_window(&self) -> Result<String> {
        self.open_from_here(&self.url().await?).await
    }

    /// A window that the page opens, and keeps as `opened`.
    pub(crate) async fn open_from_here(&self, url: &str) -> Result<String> {
        let known = self.windows().await?;
        self.page_script("globalThis.opened = window.open(arguments[0])", json!([url])).await?;
        let window = self.new_window(&known).await?;
        // Its page began before it could be witnessed.
        self.reload().await?;
        Ok(window)
    }

    pub(crate) async fn close_window(&self) -> Result<()> {
        self.command(Method::DELETE, "window", None).await?;
        Ok(())
    }

    /// What a script returned, if it was an element.
    pub(crate) fn element(value: &Value) -> Option<Element> {
        value.get("element-6066-11e4-a52e-4f735466cecf").map(|id| Element(id.clone()))
    }

    pub(crate) async fn find(&self, css: &str) -> Result<Element> {
        let found =
            until(css, async || Ok(Self::element(&self.script("return document.querySelector(arguments[0])", json!([css])).await?)));
        found.await
    }

    pub(crate) async fn click(&self, element: &Element) -> Result<()> {
        self.return_inside().await?;
        if self.has_frames {
            self.uncover(element).await?;
        }
        self.post(&element.path("click"), json!({})).await?;
        Ok(())
    }

    /// A driver scrolls a page no further than until the frame's part is in the window, where something of the page's may lie over it; a
    /// person scrolls on.
    async fn uncover(&self, element: &Element) -> Result<()> {
        let inside = "const { left, top, width, height } = (arguments[0].closest('select') ?? arguments[0]).getBoundingClientRect();
            return [left + width / 2, top + height / 2]";
        let at = self.run(inside, json!([element.argument()])).await?;
        let outside = "
            const [[x, y]] = arguments, frame = witness?.frame?.();
            if (!frame) return;
            for (const part of [0.5, 0.75]) {
              const { left, top } = frame.getBoundingClientRect();
              if (document.elementFromPoint(left + x, top + y) !== frame) scrollBy({ top: top + y - innerHeight * part, behavior: 'instant' });
            }";
        self.page_script(outside, json!([at])).await?;
        self.enter().await
    }

    /// Types, one key after the other.
    pub(crate) async fn keys(&self, element: &Element, text: &str) -> Result<()> {
        self.return_inside().await?;
        self.post(&element.path("value"), json!({ "text": text })).await?;
        Ok(())
    }

    /// Presses keys where the focus is. WebDriver's way to type into an element takes the focus away from one in a shadow root first.
    pub(crate) async fn press_keys(&self, keys: &str) -> Result<()> {
        let strokes = keys.chars().flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })));
        let actions = json!([{ "type": "key", "id": "keys", "actions": strokes.collect::<Vec<_>>() }]);
        self.post("actions", json!({ "actions": actions })).await?;
        Ok(())
    }

    /// Presses a key while another one is held.
    pub(crate) async fn press_with(&self, held: char, key: char) -> Result<()> {
        let stroke = |kind: &str, value: char| json!({ "type": kind, "value": value });
        let strokes = [stroke("keyDown", held), stroke("keyDown", key), stroke("keyUp", key), stroke("keyUp", held)];
        self.post("actions", json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] })).await?;
        Ok(())
    }

    pub(crate) async fn clear(&self, element: &Element) -> Result<()> {
        self.return_inside().await?;
        self.post(&element.path("clear"), json!({})).await?;
        Ok(())
    }

    /// Role and name as the browser tells them to a screen reader.
    pub(crate) async fn spoken(&self, element: &Element) -> Result<(String, String)> {
        self.return_inside().await?;
        let (role, name) = (self.get(&element.path("computedrole")).await?, self.get(&element.path("computedlabel")).await?);
        Ok((role.as_str().unwrap_or_default().to_owned(), name.as_str().unwrap_or_default().to_owned()))
    }
}

impl Element {
    fn path(&self, command: &str) -> String {
        format!("element/{}/{command}", self.0.as_str().unwrap_or_default())
    }

    /// The element as an argument of a script.
    pub(crate) fn argument(&self) -> Value {
        json!({ "element-6066-11e4-a52e-4f735466cecf": self.0 })
    }
}
