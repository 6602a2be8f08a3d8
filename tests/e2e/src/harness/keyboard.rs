//! A customer without a pointer.

use anyhow::{Result, bail, ensure};
use serde_json::{Value, json};

use super::browser::Browser;
use super::stage::Stage;
use super::words::Pattern;

pub(crate) const TAB: char = '\u{e004}';
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const SPACE: &str = " ";
pub(crate) const UP: &str = "\u{e013}";
pub(crate) const DOWN: &str = "\u{e015}";
pub(crate) const CONTROL: char = '\u{e009}';
pub(crate) const SHIFT: char = '\u{e008}';
/// Nobody presses the key more often for one thing.
const STOPS: usize = 120;

impl Stage {
    /// Presses the tabulator until this has the focus. At each stop it is seen and has a name.
    pub(crate) async fn tab_to(&self, role: &str, name: &Pattern) -> Result<()> {
        self.see(role, name).await?;
        for _ in 0..STOPS {
            self.browser.press_keys(&TAB.to_string()).await?;
            if self.stop(role, name).await?["found"] == true {
                return Ok(());
            }
        }
        bail!("no way to {role} {name:?} with the tabulator")
    }

    pub(crate) async fn tab_to_text(&self, role: &str, key: &str) -> Result<()> {
        self.tab_to(role, &self.words.pattern(key)).await
    }

    /// Goes to what has this text, and presses a key there.
    pub(crate) async fn key_on(&self, role: &str, key: &str, press: &str) -> Result<()> {
        self.tab_to_text(role, key).await?;
        self.browser.press_keys(press).await
    }

    /// Through everything on the screen and out of it, forwards, and backwards from there.
    pub(crate) async fn tab_through(&self) -> Result<()> {
        let nothing = Pattern::of("nothing has this name");
        for back in [false, true] {
            let mut inside = 0;
            loop {
                if back {
                    self.browser.press_with(SHIFT, TAB).await?;
                } else {
                    self.browser.press_keys(&TAB.to_string()).await?;
                }
                if self.stop("button", &nothing).await?["inside"] == true {
                    inside += 1;
                } else if inside > 0 {
                    break;
                }
                ensure!(inside < STOPS, "the tabulator does not leave the widget");
            }
        }
        Ok(())
    }

    async fn stop(&self, role: &str, name: &Pattern) -> Result<Value> {
        let look = include_str!("focus.js").replace("FIND", include_str!("widget.js"));
        let stop = self.browser.script(&look, json!([role, name.argument()])).await?;
        if let Some(active) = Browser::element(&stop["active"]) {
            ensure!(stop["wrong"] == json!([]), "{:#}", stop["wrong"]);
            let (role, name) = self.browser.spoken(&active).await?;
            ensure!(!name.is_empty(), "a {role} without a name has the focus: {stop}");
        }
        Ok(stop)
    }
}
