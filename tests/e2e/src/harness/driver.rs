//! One driver with one browser and a profile of its own, ended with the journey whatever becomes of it.

use std::env;
use std::io::{BufRead as _, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::{http, until};

const ARGUMENTS: [&str; 9] = [
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
];

/// What draws the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    /// WebKitGTK in its own small browser, on a screen that nobody sees: it can't do without one.
    WebKit,
}

/// A running driver.
#[derive(Debug)]
pub(crate) struct Driver {
    port: u16,
    session: Option<String>,
    browser: Option<u64>,
    process: Process,
    _screen: Option<Process>,
}

/// Killed when it is dropped, by its id.
#[derive(Debug)]
struct Process(Child);

impl Engine {
    /// It speaks the DevTools protocol too, and logs what happens; the others are asked nothing but what is in W3C WebDriver.
    pub(crate) fn has_devtools(self) -> bool {
        self == Self::Chromium
    }

    /// The variable that says where the driver is, and what it is called otherwise.
    fn program(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Self::Firefox => ("GECKODRIVER", "geckodriver"),
            Self::WebKit => ("WEBKITDRIVER", "WebKitWebDriver"),
        }
    }

    fn capabilities(self, preferences: &Value) -> Value {
        match self {
            Self::Chromium => {
                let mut arguments = ARGUMENTS.to_vec();
                // Chromium's sandbox refuses to run for root.
                if env::var("USER").is_ok_and(|user| user == "root") || env::var("HOME").is_ok_and(|home| home == "/root") {
                    arguments.push("--no-sandbox");
                }
                let mut options = json!({
                    "args": arguments,
                    "prefs": preferences,
                    "perfLoggingPrefs": { "enableNetwork": true, "enablePage": true },
                });
                if let Ok(chrome) = env::var("CHROME") {
                    options["binary"] = chrome.into();
                }
                json!({
                    "browserName": "chrome",
                    "goog:chromeOptions": options,
                    "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
                })
            }
            Self::Firefox => {
                let mut options = json!({ "args": ["-headless"] });
                if let Ok(firefox) = env::var("FIREFOX") {
                    options["binary"] = firefox.into();
                }
                json!({ "moz:firefoxOptions": options })
            }
            // The driver knows the browser it came with.
            Self::WebKit => json!({}),
        }
    }
}

impl Driver {
    /// Starts the driver on a free port, and a browser with it. Preferences are Chromium's.
    pub(crate) async fn start(engine: Engine, preferences: &Value) -> Result<(Self, Client)> {
        let (variable, name) = engine.program();
        let program = env::var(variable).unwrap_or_else(|_| name.to_owned());
        let mut command = Command::new(&program);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let (mut screen, mut port) = (None, 0);
        match engine {
            Engine::Chromium => command.args(["--port=0", "--log-level=SEVERE"]),
            Engine::Firefox => command.args(["--port=0", "--websocket-port=0"]),
            Engine::WebKit => {
                let (process, display) = screen_of_its_own()?;
                screen = Some(process);
                // It would take a free port too, but says of none which it is.
                port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
                command.env("DISPLAY", display).env_remove("WAYLAND_DISPLAY").arg(format!("--port={port}"))
            }
        };
        let mut spawn = || {
            let process = command.spawn();
            process.with_context(|| format!("`{program}` could not be started; scripts/setup.sh installs it, {variable} says where it is"))
        };
        let mut driver = Self { port, session: None, browser: None, process: Process(spawn()?), _screen: screen };
        if port != 0 {
            until("the driver to listen", async || Ok(TcpStream::connect(("127.0.0.1", port)).ok())).await?;
        } else if let Ok(port) = driver.announced_port() {
            driver.port = port;
        } else {
            // Where many begin at once, two may be after one port: then the later one ends.
            driver.process = Process(spawn()?);
            driver.port = driver.announced_port()?;
        }
        let client = driver.open_browser(engine, preferences).await?;
        Ok((driver, client))
    }

    /// ChromeDriver and geckodriver say on which port they listen.
    fn announced_port(&mut self) -> Result<u16> {
        let output = self.process.0.stdout.take().context("its output is piped")?;
        let port_in = |line: &str| {
            let (_, port) = line.split_once("started successfully on port ").or_else(|| line.split_once("Listening on 127.0.0.1:"))?;
            port.trim_end_matches('.').parse().ok()
        };
        first_of(output, port_in).context("the driver ended before it listened")
    }

    async fn open_browser(&mut self, engine: Engine, preferences: &Value) -> Result<Client> {
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(engine.capabilities(preferences).as_object().cloned().unwrap_or_default())
            .connect(&format!("http://localhost:{}", self.port))
            .await
            .with_context(|| format!("{engine:?} did not start; CHROME and FIREFOX say which one to take"))?;
        self.session = client.session_id().await?;
        let id = |is: &Capabilities| is.get("goog:processID").or_else(|| is.get("moz:processID")).and_then(Value::as_u64);
        self.browser = client.capabilities().and_then(id);
        Ok(client)
    }
}

impl Drop for Driver {
    /// Also reached when a journey panics: first the session, which ends the browser and removes its profile, then the driver.
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            let _ = http::send(self.port, "DELETE", &format!("/session/{session}"), None);
        }
        // A browser that did not listen would stay for ever; WebKit's goes with its screen.
        if let Some(browser) = self.browser {
            let _ = Command::new("kill").args(["-KILL", &browser.to_string()]).stderr(Stdio::null()).status();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A screen that nobody sees, and its name. (`xvfb-run` is a shell that leaves its children behind when it is killed.)
fn screen_of_its_own() -> Result<(Process, String)> {
    let screen = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x4000x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut screen = Process(screen.context("`Xvfb` could not be started; scripts/setup.sh installs it")?);
    let output = screen.0.stdout.take().context("its output is piped")?;
    let number = first_of(output, |line| line.parse::<u32>().ok()).context("Xvfb ended before it had a screen")?;
    Ok((screen, format!(":{number}")))
}

/// The first line of an output in which there is what is looked for. Whatever else comes is read, so that nobody waits for a reader.
fn first_of<T>(output: impl Read + Send + 'static, look: impl Fn(&str) -> Option<T>) -> Option<T> {
    let mut lines = BufReader::new(output).lines();
    let found = lines.find_map(|line| look(&line.ok()?));
    std::thread::spawn(move || lines.for_each(drop));
    found
}
