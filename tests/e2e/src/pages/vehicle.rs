//! Which vehicle.

use anyhow::Result;

use crate::harness::stage::Stage;

/// A choice of what is on file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vehicles<'a>(&'a Stage);

/// Plate and registration serial.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lookup<'a>(&'a Stage);

/// What the register says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'a>(&'a Stage);

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
