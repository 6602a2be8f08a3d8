//! A journey's stage: one sandbox, one browser, and what was witnessed so far.

use std::collections::BTreeMap;
use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, ensure};
use insurup_sandbox::{Addresses, Options, Ports, Running, WireMode, start};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::browser::Browser;
use super::console::Message;
use super::driver::Engine;
use super::network::Network;
use super::pictures::Looks;
use super::secrets::Secrets;
use super::words::{Language, Words};
use super::{dist, http, inline_assets, until};

/// Browsers at work at the same time; each wants a core.
static PLACES: Semaphore = Semaphore::const_new(2);
/// No journey takes longer, unless something hangs.
const LIMIT: Duration = Duration::from_secs(180);

/// What a journey is played with.
#[derive(Debug, Clone)]
pub(crate) struct Play {
    pub(crate) name: &'static str,
    pub(crate) wire: WireMode,
    pub(crate) language: Language,
    /// A site of the journey's own, instead of the delivered one.
    pub(crate) site: Option<PathBuf>,
    /// Assets of the journey's own, instead of the delivered ones.
    pub(crate) cdn: Option<PathBuf>,
    /// The policy that pages of this site send, instead of the demo site's.
    pub(crate) policy: Option<String>,
    /// How each screen is looked at.
    pub(crate) looks: Looks,
    pub(crate) layout: Layout,
    pub(crate) engine: Engine,
    /// What the customer has set in Chromium, by its own names.
    pub(crate) preferences: Value,
}

/// Where the widget is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// In a document of its own.
    Frame,
    /// In the page's.
    Inline,
}

impl Layout {
    /// Where its pictures go.
    pub(crate) fn pictures(self) -> &'static str {
        if self == Self::Frame { "target/screens" } else { "target/screens-inline" }
    }

    /// What is tried: the frame, or what `E2E_LAYOUT` says.
    pub(crate) fn of_this_run() -> Self {
        if std::env::var("E2E_LAYOUT").is_ok_and(|layout| layout == "inline") { Self::Inline } else { Self::Frame }
    }
}

/// Everything a journey has at hand.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) play: Play,
    pub(crate) browser: Browser,
    pub(crate) words: Words,
    pub(crate) at: Addresses,
    pub(crate) sandbox: Running,
    pub(crate) witnessed: Mutex<Witnessed>,
}

/// What was seen on the way.
#[derive(Debug, Default)]
pub(crate) struct Witnessed {
    pub(crate) network: Network,
    pub(crate) console: Vec<Message>,
    pub(crate) secrets: Secrets,
    /// Everything pages left lying about: place and content.
    pub(crate) residue: BTreeMap<String, String>,
    /// Events of the element, as the page around it saw them.
    pub(crate) events: Vec<String>,
    pub(crate) violations: Vec<String>,
    pub(crate) root_modes: Vec<String>,
    /// What axe-core objects to.
    pub(crate) barriers: Vec<String>,
    /// Status and path of answers that the journey itself made go wrong.
    pub(crate) provoked: Vec<(u16, &'static str)>,
}

impl Play {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            wire: WireMode::Current,
            language: Language::Turkish,
            site: None,
            cdn: None,
            policy: None,
            looks: Looks::Fully,
            layout: Layout::of_this_run(),
            engine: Engine::Chromium,
            preferences: json!({}),
        }
    }
}

/// Plays a journey; when it fails, says what there was to be seen.
pub(crate) async fn journey<F>(play: Play, act: impl FnOnce(Arc<Stage>) -> F) -> Result<()>
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    let _place = PLACES.acquire().await?;
    let stage = Arc::new(Stage::set(play).await?);
    let began = tokio::time::Instant::now();
    let playing = tokio::spawn(tokio::time::timeout(LIMIT, act(Arc::clone(&stage))));
    let outcome = match playing.await {
        // Also where no verdict was asked for.
        Ok(Ok(outcome)) => outcome.and_then(|()| stage.expect_no_barrier()),
        Ok(Err(_)) => Err(anyhow!("not done after {} s", LIMIT.as_secs())),
        // The panic's own message is already on standard error.
        Err(panic) => Err(anyhow!("{panic}")),
    };
    // Shown with `-- --show-output`.
    eprintln!("{}: {:.1} s, {}", stage.play.name, began.elapsed().as_secs_f64(), stage.browser.version());
    if outcome.is_err() {
        stage.tell().await;
    }
    outcome.with_context(|| stage.play.name)
}

impl Stage {
    pub(crate) async fn set(play: Play) -> Result<Self> {
        let dist = dist();
        ensure!(dist.join("size.json").exists(), "there is nothing delivered to try: run `make dist` first");
        let assets = match play.layout {
            Layout::Frame => dist.join("cdn"),
            Layout::Inline => inline_assets()?,
        };
        let options = Options {
            ports: Ports::starting_at(0),
            wire: play.wire,
            site: Some(play.site.clone().unwrap_or_else(|| dist.join("site"))),
            cdn: Some(play.cdn.clone().unwrap_or(assets)),
            pace: 0.1,
            ..Options::default()
        };
        let sandbox = start(options).await?;
        let at = sandbox.addresses.clone();
        let words = Words::read(play.language)?;
        let browser = Browser::start(play.engine, play.layout == Layout::Frame, &play.preferences).await?;
        Ok(Self { play, browser, words, at, sandbox, witnessed: Mutex::default() })
    }

    pub(crate) fn witnessed(&self) -> MutexGuard<'_, Witnessed> {
        self.witnessed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a page of the demo site, in the journey's language.
    pub(crate) async fn visit(&self, page: &str) -> Result<()> {
        let page = if self.play.language == Language::English { page.replace(".html", "-en.html") } else { page.to_owned() };
        self.browser.open(&format!("{}/{page}", self.at.site)).await
    }

    /// From here on, answers with this status on paths that end like this are no surprise. Status 0 is an answer that does not come, or
    /// breaks off; a `*` at the end stands for one segment.
    pub(crate) fn provokes(&self, status: u16, path: &'static str) {
        self.witnessed().provoked.push((status, path));
    }

    /// A control of the sandbox.
    pub(crate) fn control(&self, path: &str, body: &Value) -> Result<()> {
        let port = http::port(&self.at.api)?;
        tokio::task::block_in_place(|| http::send(port, "POST", &format!("/__sandbox/{path}"), Some(body)))?;
        Ok(())
    }

    /// The network of the window of the moment goes away, or comes back.
    pub(crate) async fn set_online(&self, online: bool) -> Result<()> {
        let conditions = json!({ "offline": !online, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.browser.devtools("Network.emulateNetworkConditions", conditions).await?;
        let told = "return navigator.onLine === arguments[0]";
        until("the page to notice", async || Ok(self.browser.script(told, json!([online])).await?.as_bool().filter(|told| *told))).await?;
        Ok(())
    }

    /// What it would be after waiting so long: timers that were due meanwhile have run, and the sandbox's clock has followed.
    pub(crate) async fn let_pass(&self, milliseconds: u32) -> Result<()> {
        self.sandbox.state().advance(milliseconds.into());
        self.let_pass_here(milliseconds).await
    }

    /// The same for the page alone: the insurer takes its time.
    pub(crate) async fn let_pass_here(&self, milliseconds: u32) -> Result<()> {
        let pass = "witness.letPass(arguments[0])";
        if self.play.layout == Layout::Frame {
            self.browser.page_script(pass, json!([milliseconds])).await?;
        }
        self.browser.script(pass, json!([milliseconds])).await?;
        Ok(())
    }

    /// What happened, for whoever has to find out why a journey failed.
    async fn tell(&self) {
        let name = self.play.name;
        eprintln!("--- {name}: at {}", self.browser.url().await.unwrap_or_default());
        eprintln!("--- {name}: the widget says\n{}", self.all_words().await.unwrap_or_default());
        if self.photograph(&format!("failed-{name}")).await.is_ok() {
            eprintln!("--- {name}: see failed-{name}.png among the pictures");
        }
        let _ = self.gather().await;
        for message in &self.witnessed().console {
            eprintln!("--- {name}: console: {message:?}");
        }
        for call in self.calls() {
            eprintln!("--- {name}: {call}");
        }
    }
}
