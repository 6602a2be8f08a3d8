//! The same sale against a server that speaks the form of the guides.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use insurup_sandbox::WireMode;

use super::{INSURER, PLATE, SERIAL, buy, come_new};
use crate::harness::stage::{Play, journey};
use crate::harness::verdict::Outcome;
use crate::harness::{dist, repository};
use crate::pages::{Found, NEW, Offers};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_in_the_form_of_the_guides() -> Result<()> {
    let play = Play { wire: WireMode::Guide, site: Some(guide_site()?), ..Play::new("guide") };
    journey(play, async |stage| {
        let stage = &*stage;
        come_new(stage, NEW).await?.search(PLATE, SERIAL).await?;
        Found::reached(stage).await?.confirm().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome::newcomer()).await
    })
    .await
}

/// The delivered site, with the attribute that asks for the older form on every tag.
fn guide_site() -> Result<PathBuf> {
    let (from, to) = (dist().join("site"), repository("target/guide-site"));
    ensure!(from.exists(), "there is nothing delivered to try: run `make dist` first");
    fs::create_dir_all(&to)?;
    let mut tags = 0;
    for file in fs::read_dir(from)? {
        let file = file?;
        let content = fs::read_to_string(file.path())?;
        tags += content.matches("<insurup-checkout ").count();
        fs::write(to.join(file.file_name()), content.replace("<insurup-checkout ", "<insurup-checkout wire=\"guide\" "))?;
    }
    ensure!(tags == 3, "the site has {tags} tags, expected one on the page of the sale in each language and one on the return page");
    Ok(to)
}
