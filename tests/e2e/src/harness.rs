//! What journeys stand on: a browser, a local InsurUp, and what they witnessed.

pub(crate) mod axe;
pub(crate) mod browser;
pub(crate) mod console;
pub(crate) mod driver;
pub(crate) mod http;
pub(crate) mod keyboard;
pub(crate) mod ledger;
pub(crate) mod network;
pub(crate) mod pictures;
pub(crate) mod secrets;
pub(crate) mod size;
pub(crate) mod stage;
pub(crate) mod verdict;
pub(crate) mod widget;
pub(crate) mod words;

use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

/// How long a person would wait before calling the agency.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A path in the repository. Relative to where cargo runs a package's tests: clones that share a target folder share this program.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new("../..").join(path)
}

/// What is tried: `dist/`, or the copy of it that `E2E_DIST` names.
pub(crate) fn dist() -> PathBuf {
    std::env::var_os("E2E_DIST").map_or_else(|| repository("dist"), PathBuf::from)
}

/// A copy of the delivered site as `target/<name>`, for a journey that changes it.
pub(crate) fn copy_of_site(name: &str) -> Result<PathBuf> {
    copy(&dist().join("site"), name)
}

/// A copy of the files of a delivered folder as `target/<name>`.
pub(crate) fn copy(from: &Path, name: &str) -> Result<PathBuf> {
    let to = repository("target").join(name);
    fs::create_dir_all(&to)?;
    for file in fs::read_dir(from).context("there is nothing delivered to try: run `make dist` first")? {
        let file = file?;
        fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(to)
}

/// The delivered assets with `inline.js` under the name of `insurup.js`: every page of every journey is tried in both layouts as it is.
pub(crate) fn inline_assets() -> Result<PathBuf> {
    static COPIED: Mutex<bool> = Mutex::new(false);
    let to = repository("target/inline-cdn");
    let mut copied = COPIED.lock().unwrap_or_else(PoisonError::into_inner);
    if !*copied {
        let _ = fs::remove_dir_all(&to);
        copy(&dist().join("cdn"), "inline-cdn")?;
        fs::copy(to.join("inline.js"), to.join("insurup.js"))?;
        *copied = true;
    }
    Ok(to)
}

/// A delivered page, cut at its tag.
#[derive(Debug)]
pub(crate) struct Parted {
    pub(crate) before: String,
    /// The tag, with its content and its end.
    pub(crate) tag: String,
    pub(crate) after: String,
}

impl Parted {
    pub(crate) fn read(site: &Path, page: &str) -> Result<Self> {
        const END: &str = "</insurup-checkout>";
        let html = fs::read_to_string(site.join(page)).with_context(|| format!("{page} of the delivered site"))?;
        let begin = html.find("<insurup-checkout ").with_context(|| format!("{page} has no tag"))?;
        let end = begin + html[begin..].find(END).with_context(|| format!("the tag of {page} has no end"))? + END.len();
        Ok(Self { before: html[..begin].to_owned(), tag: html[begin..end].to_owned(), after: html[end..].to_owned() })
    }
}

/// Looks every 50 ms until there is something to see.
pub(crate) async fn until<T, F: Future<Output = Result<Option<T>>>>(what: &str, look: impl Fn() -> F) -> Result<T> {
    let looking = async {
        loop {
            if let Some(seen) = look().await? {
                return anyhow::Ok(seen);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    match tokio::time::timeout(PATIENCE, looking).await {
        Ok(seen) => seen,
        Err(_) => bail!("waited {} s in vain for {what}", PATIENCE.as_secs()),
    }
}
