//! The border between a page and the frame: who decides what, and what stands there where the frame does not come.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use super::host_policy::errors;
use super::{PLATE, SERIAL};
use crate::harness::stage::{Layout, Play, journey};
use crate::harness::words::Pattern;
use crate::harness::{Parted, copy_of_site, dist, repository, until};
use crate::pages::{Consents, Found, Identify, Lookup, NEW};

fn framed(name: &'static str) -> Play {
    Play { layout: Layout::Frame, ..Play::new(name) }
}

/// One run of the journeys tries the frame, another one the other layout.
fn is_other_run() -> bool {
    Layout::of_this_run() != Layout::Frame
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asks_the_api_of_its_deployment_whatever_the_page_says() -> Result<()> {
    if is_other_run() {
        return Ok(());
    }
    let site = copy_of_site("frame-api")?;
    let Parted { before, tag, after } = Parted::read(&site, "index.html")?;
    let other = tag.replace("{{api}}/api/", "https://evil.example/api/");
    ensure!(other != tag, "the tag names no API");
    fs::write(site.join("index.html"), format!("{before}{other}{after}"))?;
    // And a page that forges the letter: the application reads names whatever their case.
    const FORGE: &str = "const { fromEntries } = Object;
        if (globalThis === top) Object.fromEntries = (all) => ({ 'API-BASE': 'https://evil.example/api/', ...fromEntries(all) })";
    journey(Play { site: Some(site), ..framed("frame-api") }, async |stage| {
        let stage = &*stage;
        stage.browser.run_first(FORGE).await?;
        Identify::open(stage).await?.send(NEW).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        Lookup::reached(stage).await?.search(PLATE, SERIAL).await?;
        Found::reached(stage).await?;
        stage.gather().await?;
        stage.expect_no_other_host()?;
        let events = stage.witnessed().events.clone();
        let said = r#"{"type":"error","detail":{"code":"config/frame","field":"api-base"}}"#;
        ensure!(events.iter().filter(|event| *event == said).count() == 1, "the page was told {events:?}");
        ensure!(events.iter().any(|event| event.contains(r#""isolation":"frame""#)), "nothing says what protects: {events:?}");
        Ok(())
    })
    .await
}

/// A page that the deployment does not know gets no answer, and its visitors the phone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_it_does_not_know_gets_the_phone() -> Result<()> {
    if is_other_run() {
        return Ok(());
    }
    let cdn = copy_of_assets("frame-elsewhere", "{{site}}", "https://acente.example")?;
    journey(Play { cdn: Some(cdn), ..framed("frame-elsewhere") }, async |stage| {
        let stage = &*stage;
        stage.visit("index.html").await?;
        let loaded = "return witness?.frame() != null";
        until("the frame", async || Ok(stage.browser.page_script(loaded, json!([])).await?.as_bool().filter(|is| *is))).await?;
        stage.browser.page_script("witness.letPass(11_000)", json!([])).await?;
        stage.see("alert", &Pattern::of("Teklif ekranı açılamadı.")).await?;
        stage.see("link", &Pattern::of("0212 000 00 00")).await?;
        let told = errors(stage).await?;
        let reason = told[0]["reason"].as_str().unwrap_or_default();
        ensure!(told[0]["code"] == "start-failed" && reason.contains("frame.html: not ready"), "the page is told {told}");
        Ok(())
    })
    .await
}

/// Assets of the page's own origin isolate nothing, and the page is told so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_where_the_frame_isolates_nothing() -> Result<()> {
    if is_other_run() {
        return Ok(());
    }
    let site = copy_of_site("frame-same-origin")?;
    for file in fs::read_dir(dist().join("cdn"))? {
        let file = file?;
        fs::copy(file.path(), site.join(file.file_name()))?;
    }
    let page = fs::read_to_string(site.join("index.html"))?.replace("{{cdn}}/insurup.js", "insurup.js");
    fs::write(site.join("index.html"), page)?;
    fs::write(site.join("index.policy"), "script-src 'self'; frame-src 'self' {{api}}")?;
    fs::write(site.join("frame.policy"), "frame-ancestors 'self'")?;
    journey(Play { site: Some(site), ..framed("frame-same-origin") }, async |stage| {
        let stage = &*stage;
        stage.visit("index.html").await?;
        stage.see_text("heading", "id.title.kasko").await?;
        stage.gather().await?;
        let events = stage.witnessed().events.clone();
        ensure!(events.iter().any(|event| event == r#"{"type":"ready","detail":{"isolation":"inline"}}"#), "the page was told {events:?}");
        Ok(())
    })
    .await
}

/// The delivered assets with something else in the frame's document.
fn copy_of_assets(name: &str, from: &str, to: &str) -> Result<std::path::PathBuf> {
    let folder = repository("target").join(name);
    fs::create_dir_all(&folder)?;
    for file in fs::read_dir(dist().join("cdn")).context("there is nothing delivered to try: run `make dist` first")? {
        let file = file?;
        fs::copy(file.path(), folder.join(file.file_name()))?;
    }
    let document = fs::read_to_string(folder.join("frame.html"))?;
    ensure!(document.contains(from), "the document has no {from}");
    fs::write(folder.join("frame.html"), document.replace(from, to))?;
    Ok(folder)
}
