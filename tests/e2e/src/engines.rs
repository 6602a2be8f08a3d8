//! The two kasko sales in the engines besides Chromium, in both layouts, by plain W3C WebDriver: no DevTools, no logs. `make test-engines`
//! runs them.
//!
//! They are the sales of `journeys::buys` themselves. What is witnessed less: what went over the network, the console but for errors that
//! nobody caught, the history, barriers.

use std::fs;
use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use crate::harness::browser::prelude;
use crate::harness::driver::Engine;
use crate::harness::pictures::Looks;
use crate::harness::stage::{Layout, Play, Stage, journey};
use crate::harness::{copy, copy_of_site, dist, inline_assets};
use crate::journeys::buys::{sell_to_acquaintance, sell_to_newcomer};

/// In place of the console, which can't be read. On WebKit's screen there is nobody who would give a window the focus, and the prelude asks
/// for it; the widget does not.
const MORE: &str = "
document.hasFocus = () => true;
for (const type of ['error', 'unhandledrejection']) {
  addEventListener(type, ({ message, reason }) => globalThis[WITNESS].violations.push(`${type}: ${message ?? reason}`));
}";

macro_rules! sales {
    ($($module:ident $engine:ident: $($test:ident $layout:ident $sale:ident)+;)+) => {$(
        mod $module {
            use super::{Engine, Layout, Result, sell, sell_to_acquaintance, sell_to_newcomer};
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                #[ignore = "needs browsers of its own: `make test-engines`"]
                async fn $test() -> Result<()> {
                    sell(concat!(stringify!($module), "-", stringify!($test)), Engine::$engine, Layout::$layout, $sale).await
                }
            )+
        }
    )+};
}

sales! {
    firefox Firefox:
        new_customer_in_frame Frame sell_to_newcomer
        new_customer_inline Inline sell_to_newcomer
        returning_customer_in_frame Frame sell_to_acquaintance
        returning_customer_inline Inline sell_to_acquaintance;
    webkit WebKit:
        new_customer_in_frame Frame sell_to_newcomer
        new_customer_inline Inline sell_to_newcomer
        returning_customer_in_frame Frame sell_to_acquaintance
        returning_customer_inline Inline sell_to_acquaintance;
}

async fn sell<F>(name: &'static str, engine: Engine, layout: Layout, sale: impl FnOnce(Arc<Stage>) -> F) -> Result<()>
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    let (site, cdn) = (copy_of_site(&format!("engines/{name}/site"))?, format!("engines/{name}/cdn"));
    let cdn = copy(&if layout == Layout::Frame { dist().join("cdn") } else { inline_assets()? }, &cdn)?;
    for folder in [&site, &cdn] {
        bring_witness(folder)?;
    }
    journey(Play { engine, layout, site: Some(site), cdn: Some(cdn), looks: Looks::Plainly, ..Play::new(name) }, sale).await
}

/// Has each page of a folder run the witness first, as a script of its own, which its policy lets it. No other byte is changed.
fn bring_witness(folder: &Path) -> Result<()> {
    const FIRST: &str = r#"<meta charset="utf-8">"#;
    fs::write(folder.join("witness.js"), prelude(MORE))?;
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.extension().is_some_and(|kind| kind == "html") {
            let page = fs::read_to_string(&path)?;
            let (before, after) = page.split_once(FIRST).with_context(|| format!("{} has no charset", path.display()))?;
            fs::write(&path, format!(r#"{before}{FIRST}<script src="witness.js"></script>{after}"#))?;
        }
    }
    Ok(())
}
