//! The widget as a person meets it: things with a role and words on them.

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::json;

use super::browser::{Browser, Element, has_moved};
use super::driver::Engine;
use super::stage::{Layout, Stage};
use super::until;
use super::words::Pattern;

/// The key, as WebDriver writes it; the second time it is let go.
const CONTROL: char = '\u{e009}';
const FIND: &str = include_str!("widget.js");

impl Stage {
    /// Waits for something with this role whose name begins like this.
    pub(crate) async fn see(&self, role: &str, name: &Pattern) -> Result<Element> {
        until(&format!("{role} {name:?}"), async || self.find(role, name).await).await
    }

    /// What is there now.
    pub(crate) async fn find(&self, role: &str, name: &Pattern) -> Result<Option<Element>> {
        match self.browser.script(FIND, json!([role, name.argument()])).await {
            // Gone before the driver could name it: WebKit's says so.
            Err(error) if has_moved(&error) => Ok(None),
            found => Ok(Browser::element(&found?)),
        }
    }

    /// The same with a text of the catalogue.
    pub(crate) async fn see_text(&self, role: &str, key: &str) -> Result<Element> {
        self.see(role, &self.words.pattern(key)).await.with_context(|| key.to_owned())
    }

    pub(crate) async fn shows(&self, role: &str, key: &str) -> Result<bool> {
        Ok(self.find(role, &self.words.pattern(key)).await?.is_some())
    }

    /// Clicks it, once it is what a screen reader would call it too.
    pub(crate) async fn press(&self, role: &str, key: &str) -> Result<()> {
        self.press_named(role, &self.words.pattern(key)).await
    }

    pub(crate) async fn press_named(&self, role: &str, name: &Pattern) -> Result<()> {
        // What was found may be drawn anew before it is clicked; a person would not notice, and click what is there then.
        for _ in 0..3 {
            match self.press_once(role, name).await {
                Err(error) if has_moved(&error) => {
                    eprintln!("{}: {role} {name:?} was drawn anew, or moved", self.play.name);
                    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                }
                outcome => return outcome,
            }
        }
        bail!("{role} {name:?} is drawn anew, or lies under something, again and again")
    }

    async fn press_once(&self, role: &str, name: &Pattern) -> Result<()> {
        let element = self.see(role, name).await?;
        self.expect_spoken(&element, role, name).await?;
        // A driver scrolls no further than the edge, where something sticky may lie over it; a person scrolls on.
        let uncover = "
            const [element] = arguments;
            const { x, y, width, height } = element.getBoundingClientRect();
            const above = element.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
            if (!above || !(element.contains(above) || above.contains(element))) element.scrollIntoView({ block: 'center' })";
        self.browser.script(uncover, json!([element.argument()])).await?;
        self.browser.click(&element).await.with_context(|| format!("{role} {name:?}"))
    }

    /// Types into the field with this label, instead of what is in it.
    pub(crate) async fn fill(&self, key: &str, text: &str) -> Result<()> {
        self.fill_named(&self.words.pattern(key), text).await
    }

    pub(crate) async fn fill_named(&self, name: &Pattern, text: &str) -> Result<()> {
        let field = self.see("textbox", name).await?;
        self.expect_spoken(&field, "textbox", name).await?;
        if !self.browser.engine.has_devtools() {
            self.is_drawn().await?;
        }
        if self.browser.engine == Engine::WebKit && self.play.layout == Layout::Frame {
            // To type, the driver takes the focus there by a script, which WebKit refuses a frame that nobody has clicked into.
            self.browser.click(&field).await?;
        }
        // Written over, as a person does. WebDriver's own way to clear a field tells the page nothing of it.
        self.browser.keys(&field, &format!("{CONTROL}a{CONTROL}{text}")).await
    }

    /// What stands in the field or list with this label.
    pub(crate) async fn value(&self, role: &str, name: &Pattern) -> Result<String> {
        let field = self.see(role, name).await?;
        let read = "const [field] = arguments; return field.type === 'checkbox' ? String(field.checked) : field.value";
        Ok(self.browser.script(read, json!([field.argument()])).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Everything that is typed, chosen and ticked on the screen, by label.
    pub(crate) async fn everything_typed(&self) -> Result<Vec<String>> {
        let read = "
            const fields = witness.widget().shadowRoot.querySelectorAll('input, select');
            const value = (field) => field.type === 'checkbox' ? field.checked : field.value;
            return Array.from(fields, (field) => `${field.labels?.[0]?.innerText ?? field.ariaLabel}: ${value(field)}`)";
        let all = self.browser.script(read, json!([])).await?;
        Ok(all.as_array().into_iter().flatten().filter_map(|field| field.as_str().map(str::to_owned)).collect())
    }

    /// Chooses from the list with this label, by the words of the option.
    pub(crate) async fn choose(&self, key: &str, option: &str) -> Result<()> {
        self.choose_named(&self.words.pattern(key), option).await
    }

    pub(crate) async fn choose_named(&self, name: &Pattern, option: &str) -> Result<()> {
        let list = self.see("combobox", name).await?;
        self.expect_spoken(&list, "combobox", name).await?;
        if self.browser.script("return arguments[0].localName", json!([list.argument()])).await? == "input" {
            // A list with a search: typed into until what is meant is there.
            self.browser.keys(&list, &format!("{CONTROL}a{CONTROL}{option}")).await?;
            return self.press_named("option", &Pattern::of(option)).await;
        }
        let option = until(&format!("{option} among {name:?}"), async || {
            let find = "return [...arguments[0].options].find((option) => option.text.startsWith(arguments[1])) ?? null";
            Ok(Browser::element(&self.browser.script(find, json!([list.argument(), option])).await?))
        })
        .await?;
        self.browser.click(&option).await
    }

    /// Presses keys in the list with this label, as WebDriver writes them.
    pub(crate) async fn type_in_list(&self, key: &str, keys: &str) -> Result<()> {
        let list = self.see_text("combobox", key).await?;
        let focused = "const [list] = arguments; return list.getRootNode().activeElement === list";
        if self.browser.script(focused, json!([list.argument()])).await? != true {
            self.browser.click(&list).await?;
        }
        self.browser.press_keys(keys).await
    }

    async fn expect_spoken(&self, element: &Element, role: &str, name: &Pattern) -> Result<()> {
        let engine = self.browser.engine;
        let fits = |(spoken, of): &(String, String)| {
            // WebKit calls a native list that, as it opens a menu.
            let is_menu = engine == Engine::WebKit && role == "combobox" && spoken == "button";
            (spoken == role || is_menu) && name.begins_spoken(of)
        };
        let mut spoken = self.browser.spoken(element).await?;
        // Firefox has no name for what was drawn this very moment.
        if engine == Engine::Firefox && !fits(&spoken) {
            self.is_drawn().await?;
            spoken = self.browser.spoken(element).await?;
        }
        ensure!(fits(&spoken), "a screen reader says {} `{}`, expected {role} {name:?}", spoken.0, spoken.1);
        Ok(())
    }

    /// All words the widget shows.
    pub(crate) async fn all_words(&self) -> Result<String> {
        let read = "const root = witness?.widget()?.shadowRoot; return root?.querySelector('.ins')?.innerText ?? root?.textContent ?? ''";
        Ok(self.browser.script(read, json!([])).await?.as_str().unwrap_or_default().to_owned())
    }
}
