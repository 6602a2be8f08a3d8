//! What an agency grants and paints: a logo where it is permitted, and a colour that nobody can read.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use serde_json::json;

use super::come_back;
use crate::harness::stage::{Play, journey};
use crate::harness::{copy_of_site, until};
use crate::pages::{Identify, Offers, RETURNING};

/// The insurer whose logo may be shown, by its id.
const INSURER: &str = "4107";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shows_a_logo_where_it_is_permitted_and_a_name_everywhere() -> Result<()> {
    journey(Play { site: Some(logo_site()?), ..Play::new("logo") }, async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        Offers::reached(stage).await?;
        let shown = "const cards = [...witness.widget().shadowRoot.querySelectorAll('.offer')];
            // One that nobody sees is not fetched.
            witness.widget().shadowRoot.querySelector('img')?.scrollIntoView();
            return cards.map((card) => [card.querySelector('h3').textContent, card.querySelector('img')?.src, card.querySelector('img')?.naturalWidth > 0, card.querySelector('img')?.offsetHeight ?? 0])";
        let logos = until("one logo", async || {
            let all = stage.browser.script(shown, json!([])).await?;
            let cards = all.as_array().cloned().unwrap_or_default();
            ensure!(cards.iter().all(|card| card[0].as_str().is_some_and(|name| !name.is_empty())), "a card has no name: {all}");
            let logos: Vec<_> = cards.into_iter().filter(|card| card[1].is_string()).collect();
            ensure!(logos.len() <= 1, "there is more than one logo: {all}");
            Ok((logos.len() == 1 && logos[0][2] == true).then_some(logos))
        })
        .await?;
        ensure!(logos[0][1] == format!("{}/files/logo/{INSURER}.svg", stage.at.api), "the logo is {}", logos[0]);
        ensure!(logos[0][3].as_u64().is_some_and(|height| (1..=32).contains(&height)), "the logo is too high: {}", logos[0]);
        stage.look("offers-logo").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_a_colour_that_nobody_can_read() -> Result<()> {
    let play = Play { site: Some(painted_site("unreadable", "#fff", "#ff0")?), ..Play::new("contrast") };
    journey(play, async |stage| {
        let stage = &*stage;
        stage.visit("index.html").await?;
        let said = r#"{"type":"error","detail":{"code":"config/contrast","field":"--insurup-on-accent"}}"#;
        until("the page to be told", async || {
            stage.gather().await?;
            Ok(stage.witnessed().events.iter().any(|event| event == said).then_some(()))
        })
        .await?;
        // Yellow on white; what the customer came for is there all the same.
        ensure!(stage.all_words().await?.contains("kontrastı 1,0;"), "the ratio is not said in:\n{}", stage.all_words().await?);
        ensure!(stage.shows("heading", "id.title.kasko").await?, "the widget did not start");
        stage.photograph("contrast").await?;
        Ok(())
    })
    .await?;

    let play = Play { site: Some(painted_site("readable", "#ffd400", "#0b2545")?), ..Play::new("contrast-enough") };
    journey(play, async |stage| {
        let stage = &*stage;
        Identify::open(stage).await?;
        let looked =
            "return performance.getEntriesByType('resource').some(({ name }) => name.includes('/later.') && name.endsWith('.wasm'))";
        until("the colour to be looked at", async || Ok(stage.browser.script(looked, json!([])).await?.as_bool().filter(|yes| *yes)))
            .await?;
        stage.gather().await?;
        let events = stage.witnessed().events.clone();
        ensure!(events.iter().all(|event| !event.contains("contrast")), "the page was told {events:?}");
        ensure!(!stage.all_words().await?.contains("kontrast"), "a readable colour is complained about");
        Ok(())
    })
    .await
}

/// The demo agency, which may show one logo and lets pictures of the API in.
fn logo_site() -> Result<PathBuf> {
    let site = copy_of_site("logo-site")?;
    let page = fs::read_to_string(site.join("index.html"))?;
    let granted = page.replace(&format!(r#""{INSURER}":{{"quote":true"#), &format!(r#""{INSURER}":{{"quote":true,"logo":true"#));
    ensure!(granted != page, "the demo page grants {INSURER} nothing");
    fs::write(site.join("index.html"), granted)?;
    let policy = "default-src 'none'; script-src 'self' {{cdn}} 'wasm-unsafe-eval'; style-src 'self'; img-src data: {{api}}/files/logo/;
        connect-src {{cdn}} {{api}}; frame-src {{cdn}} {{api}}/__sandbox/phone; require-trusted-types-for 'script'; trusted-types 'none'";
    fs::write(site.join("index.policy"), policy.split_whitespace().collect::<Vec<_>>().join(" "))?;
    Ok(site)
}

/// The demo agency in other colours.
fn painted_site(name: &str, accent: &str, ink: &str) -> Result<PathBuf> {
    let site = copy_of_site(name)?;
    let sheet = site.join("site.css");
    let paint = format!("insurup-checkout {{ --insurup-accent: {accent}; --insurup-on-accent: {ink}; }}");
    fs::write(&sheet, fs::read_to_string(&sheet)? + &paint)?;
    Ok(site)
}
