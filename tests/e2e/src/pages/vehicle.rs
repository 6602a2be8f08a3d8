//! Which vehicle.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::keyboard::{CONTROL, ENTER, SHIFT, TAB};
use crate::harness::stage::Stage;
use crate::harness::until;
use crate::harness::words::Pattern;

/// A choice of what is on file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vehicles<'a>(&'a Stage);

/// Plate and registration serial.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lookup<'a>(&'a Stage);

/// What the register says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'a>(&'a Stage);

/// A vehicle that has no plate yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NoPlate<'a>(&'a Stage);

/// All of it typed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByHand<'a>(&'a Stage);

impl<'a> Vehicles<'a> {
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "vehicle.saved.title").await?;
        stage.look("vehicles").await?;
        Ok(Self(stage))
    }

    /// Goes on with the one that is chosen already.
    pub(crate) async fn go_on(self) -> Result<()> {
        self.0.press("button", "common.continue").await
    }
}

impl<'a> Lookup<'a> {
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "vehicle.lookup.title").await?;
        stage.look("lookup").await?;
        Ok(Self(stage))
    }

    pub(crate) fn stage(self) -> &'a Stage {
        self.0
    }

    pub(crate) async fn search(self, plate: &str, serial: &str) -> Result<()> {
        self.0.fill("vehicle.plate", plate).await?;
        self.0.fill("vehicle.serial", serial).await?;
        self.0.press("button", "vehicle.lookup.submit").await
    }

    /// The same with the keyboard alone: the focus is in a field when the next screen comes.
    pub(crate) async fn search_by_enter(self, plate: &str, serial: &str) -> Result<()> {
        self.0.fill("vehicle.plate", plate).await?;
        self.0.fill("vehicle.serial", &format!("{serial}\u{e007}")).await
    }

    /// A plate of the military: the agency sees to it, and nothing is asked for.
    pub(crate) async fn search_special_plate(self) -> Result<Self> {
        self.search("123 456", "AB 123456").await?;
        self.0.see_text("paragraph", "err.plate.special").await?;
        Ok(self)
    }

    /// Goes on with a vehicle that has no plate yet.
    pub(crate) async fn has_no_plate(self) -> Result<NoPlate<'a>> {
        self.0.press("button", "vehicle.noplate").await?;
        self.0.see_text("heading", "vehicle.noplate.title").await?;
        self.0.look("noplate").await?;
        Ok(NoPlate(self.0))
    }

    /// After a search that found nothing: goes on by typing, without a pointer.
    pub(crate) async fn type_instead_by_keyboard(self) -> Result<ByHand<'a>> {
        self.0.see_text("status", "vehicle.lookup.failed").await?;
        self.0.look("lookup-failed").await?;
        self.0.key_on("button", "vehicle.byhand", ENTER).await?;
        ByHand::reached(self.0).await
    }

    /// After a search that found nothing: goes on by typing.
    pub(crate) async fn type_instead(self) -> Result<ByHand<'a>> {
        self.0.see_text("status", "vehicle.lookup.failed").await?;
        self.0.look("lookup-failed").await?;
        self.0.press("button", "vehicle.byhand").await?;
        ByHand::reached(self.0).await
    }
}

impl<'a> Found<'a> {
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "vehicle.found.title").await?;
        stage.look("found").await?;
        Ok(Self(stage))
    }

    pub(crate) async fn confirm(self) -> Result<()> {
        self.0.press("button", "vehicle.found.yes").await
    }
}

impl NoPlate<'_> {
    /// Sends the form as it is, then with everything in it: what is asked for depends on there being no plate.
    pub(crate) async fn complete(self) -> Result<()> {
        let Self(stage) = self;
        stage.press("button", "common.continue").await?;
        stage.see_text("alert", "err.summary").await?;
        stage.look("noplate-errors").await?;
        for absent in ["vehicle.plate", "vehicle.serial"] {
            ensure!(!stage.shows("textbox", absent).await?, "{absent} is asked for");
        }
        stage.type_in_list("vehicle.city", "istan").await?;
        stage.press_named("option", &Pattern::of("34 · İstanbul")).await?;
        stage.choose("vehicle.brand", "Renault").await?;
        stage.fill("vehicle.year", "2023").await?;
        stage.choose("vehicle.model", "Clio").await?;
        stage.choose("vehicle.fuel", stage.words.text("fuel.gasoline")).await?;
        stage.choose("vehicle.use", stage.words.text("use.private")).await?;
        stage.fill("vehicle.chassis", "VF1RJA00512345678").await?;
        stage.fill("vehicle.engine", "H4DB450C123456").await?;
        stage.press("button", "common.continue").await
    }
}

impl<'a> ByHand<'a> {
    pub(crate) async fn reached(stage: &'a Stage) -> Result<Self> {
        stage.see_text("heading", "vehicle.byhand.title").await?;
        stage.look("byhand").await?;
        Ok(Self(stage))
    }

    /// Sends the form as it is: what is missing is named.
    pub(crate) async fn send_unfinished(self) -> Result<Self> {
        self.0.press("button", "common.continue").await?;
        self.0.see_text("alert", "err.summary").await?;
        self.0.look("byhand-errors").await?;
        Ok(self)
    }

    /// Looks for a make with the keyboard alone: typed, walked through, given up, and chosen.
    pub(crate) async fn search_brand_by_keyboard(self) -> Result<Self> {
        let Self(stage) = self;
        let [down, up, home, end, escape, enter] = ["\u{e015}", "\u{e013}", "\u{e011}", "\u{e010}", "\u{e00c}", "\u{e007}"];
        let name = stage.words.pattern("vehicle.brand");
        // Nothing fits: it is said, and nothing is chosen.
        stage.type_in_list("vehicle.brand", "qqq").await?;
        stage.see_text("status", "vehicle.search.none").await?;
        stage.look("byhand-search-none").await?;
        stage.type_in_list("vehicle.brand", &format!("{escape}\u{e003}\u{e003}\u{e003}to")).await?;
        stage.see("status", &stage.words.pattern("vehicle.search.count")).await?;
        let first = self.see_active(|said| !said.is_empty()).await?;
        stage.type_in_list("vehicle.brand", end).await?;
        let last = self.see_active(|said| !said.is_empty() && said != first).await?;
        for (keys, expected) in [(down, &first), (up, &last), (home, &first), (end, &last)] {
            stage.type_in_list("vehicle.brand", keys).await?;
            self.see_active(|said| said == expected).await?;
        }
        stage.look("byhand-search").await?;
        // Given up: the list is gone, what is typed stays.
        stage.type_in_list("vehicle.brand", escape).await?;
        self.see_active(|said| said.is_empty()).await?;
        ensure!(stage.value("combobox", &name).await? == "to", "what was typed is gone");
        // Opened again, walked to the end, and chosen. Enter does not send the form.
        stage.type_in_list("vehicle.brand", &format!("{down}{end}{enter}")).await?;
        ensure!(stage.value("combobox", &name).await? == last, "{last} was not chosen");
        // Sending the form would take the focus to its mistakes.
        let list = stage.see_text("combobox", "vehicle.brand").await?;
        let focused = "const [list] = arguments; return list.getRootNode().activeElement === list";
        ensure!(stage.browser.script(focused, json!([list.argument()])).await? == true, "Enter in the list sent the form");
        Ok(self)
    }

    /// Waits until another option is the active one.
    async fn see_active(self, is: impl Fn(&str) -> bool + Send + Sync) -> Result<String> {
        until("another active option", async || Ok(Some(self.active("vehicle.brand").await?).filter(|said| is(said)))).await
    }

    /// The words of the option a screen reader is told is the active one.
    async fn active(self, key: &str) -> Result<String> {
        let list = self.0.see_text("combobox", key).await?;
        let read = "const [list] = arguments; const id = list.getAttribute('aria-activedescendant');
            const option = id && list.getRootNode().getElementById(id);
            return option && option.ariaSelected === 'true' ? option.innerText.trim() : ''";
        let said = self.0.browser.script(read, json!([list.argument()])).await?;
        Ok(said.as_str().unwrap_or_default().to_owned())
    }

    /// Everything without a pointer: from field to field, typed or chosen by typing.
    pub(crate) async fn complete_by_keyboard(self, fields: &[(&str, &str, &str)]) -> Result<()> {
        let Self(stage) = self;
        // The first of them may have the focus already.
        stage.browser.press_with(SHIFT, TAB).await?;
        for (role, key, value) in fields {
            stage.tab_to_text(role, key).await?;
            if *role == "textbox" {
                stage.browser.press_with(CONTROL, 'a').await?;
                stage.browser.press_keys(value).await?;
            } else {
                self.choose_by_keyboard(key, value).await?;
            }
        }
        stage.key_on("button", "common.continue", ENTER).await
    }

    /// Chooses from the list that has the focus.
    async fn choose_by_keyboard(self, key: &str, option: &str) -> Result<()> {
        let Self(stage) = self;
        let list = stage.see_text("combobox", key).await?;
        let searched = stage.browser.script("return arguments[0].localName", json!([list.argument()])).await? == "input";
        if searched {
            stage.browser.press_with(CONTROL, 'a').await?;
            stage.browser.press_keys(option).await?;
            stage.see("option", &Pattern::of(option)).await?;
            stage.browser.press_keys(ENTER).await?;
        } else {
            // What is to be chosen from may still be on its way.
            let there = "return [...arguments[0].options].some(({ text }) => text.startsWith(arguments[1]))";
            until(option, async || {
                Ok(stage.browser.script(there, json!([list.argument(), option])).await?.as_bool().filter(|there| *there))
            })
            .await?;
            stage.browser.press_keys(option).await?;
        }
        let read = "const [list] = arguments; return list.localName === 'input' ? list.value : list.selectedOptions[0]?.text ?? ''";
        let chosen = stage.browser.script(read, json!([list.argument()])).await?;
        ensure!(chosen.as_str().is_some_and(|chosen| chosen.starts_with(option)), "{key}: {option} was typed, {chosen} is chosen");
        Ok(())
    }

    /// Types what the search did not bring; plate and serial stand there already.
    pub(crate) async fn complete(self, brand: &str, year: &str, model: &str) -> Result<()> {
        self.choose_uses(brand).await?.choose_model(year, model).await?.send().await
    }

    /// What every vehicle has.
    pub(crate) async fn choose_uses(self, brand: &str) -> Result<Self> {
        let Self(stage) = self;
        stage.choose("vehicle.brand", brand).await?;
        stage.choose("vehicle.fuel", stage.words.text("fuel.gasoline")).await?;
        stage.choose("vehicle.use", stage.words.text("use.private")).await?;
        Ok(self)
    }

    /// With the year, the models are asked for.
    pub(crate) async fn type_year(self, year: &str) -> Result<()> {
        self.0.fill("vehicle.year", year).await
    }

    pub(crate) async fn choose_model(self, year: &str, model: &str) -> Result<Self> {
        self.type_year(year).await?;
        self.0.choose("vehicle.model", model).await?;
        Ok(self)
    }

    pub(crate) async fn send(self) -> Result<()> {
        self.0.press("button", "common.continue").await
    }
}
