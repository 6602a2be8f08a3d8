//! One ChromeDriver with one Chromium and a profile of its own, ended with the journey whatever becomes of it.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use super::http;

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

/// A running driver.
#[derive(Debug)]
pub(crate) struct ChromeDriver {
    process: Child,
    port: u16,
    session: Option<String>,
    browser: Option<u64>,
}

impl ChromeDriver {
    /// Starts the driver on a free port, and a browser with it.
    pub(crate) async fn start() -> Result<(Self, Client)> {
        let program = env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let process = Command::new(&program)
            .args(["--port=0", "--log-level=SEVERE"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("`{program}` could not be started; `make test` installs it, CHROMEDRIVER says where it is"))?;
        let mut driver = Self { process, port: 0, session: None, browser: None };
        driver.port = driver.announced_port()?;
        let client = driver.open_browser().await?;
        Ok((driver, client))
    }

    /// ChromeDriver says on which port it listens.
    fn announced_port(&mut self) -> Result<u16> {
        let output = self.process.stdout.take().context("its output is piped")?;
        let mut lines = BufReader::new(output).lines();
        let port = lines.find_map(|line| {
            let line = line.ok()?;
            line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
        });
        // Whatever else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        port.context("ChromeDriver ended before it listened")
    }

    async fn open_browser(&mut self) -> Result<Client> {
        let mut arguments = ARGUMENTS.to_vec();
        // Chromium's sandbox refuses to run for root.
        if env::var("USER").is_ok_and(|user| user == "root") || env::var("HOME").is_ok_and(|home| home == "/root") {
            arguments.push("--no-sandbox");
        }
        let mut options = json!({ "args": arguments, "perfLoggingPrefs": { "enableNetwork": true, "enablePage": true } });
        if let Ok(chrome) = env::var("CHROME") {
            options["binary"] = chrome.into();
        }
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
        });
        let capabilities = capabilities.as_object().cloned().unwrap_or_default();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://localhost:{}", self.port))
            .await
            .context("Chromium did not start; CHROME says which one to take")?;
        self.session = client.session_id().await?;
        self.browser = client.capabilities().and_then(|is| is.get("goog:processID")).and_then(serde_json::Value::as_u64);
        Ok(client)
    }
}

impl Drop for ChromeDriver {
    /// Also reached when a journey panics: first the session, which ends the browser and removes its profile, then the driver.
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            let _ = http::send(self.port, "DELETE", &format!("/session/{session}"), None);
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
        // Without the driver a browser that did not listen to it would stay for ever.
        if let Some(browser) = self.browser {
            let _ = Command::new("kill").args(["-KILL", &browser.to_string()]).stderr(Stdio::null()).status();
        }
    }
}
