//! On paper: what is on the screen, whole, also where a frame is higher than a sheet, and nothing that can only be pressed.

use std::io::Write as _;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::{INSURER, INSURERS, buy, come_back};
use crate::harness::pictures::Looks;
use crate::harness::stage::{Play, Stage, journey};
use crate::pages::{Offers, RETURNING};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prints_every_offer_and_the_policy() -> Result<()> {
    journey(Play { looks: Looks::Laid(&[]), ..Play::new("printed") }, async |stage| {
        let stage = &*stage;
        come_back(stage, RETURNING).await?.go_on().await?;
        let offers = Offers::reached(stage).await?;
        let paper = print(stage).await?;
        let insurers = "return [...witness.widget().shadowRoot.querySelectorAll('.offers h3')].map(({ innerText }) => innerText)";
        let insurers = stage.browser.script(insurers, json!([])).await?;
        let insurers: Vec<&str> = insurers.as_array().into_iter().flatten().filter_map(|name| name.as_str()).collect();
        ensure!(insurers.len() > 10 && INSURERS.iter().all(|insurer| insurers.contains(insurer)), "the offers are {insurers:?}");
        for insurer in insurers {
            ensure!(paper.contains(insurer), "{insurer} is not on the paper: {paper}");
        }
        for key in ["common.signout", "offers.pick"] {
            ensure!(!paper.contains(stage.words.text(key)), "what can only be pressed is on the paper: {paper}");
        }

        buy(offers.pick(INSURER).await?).await?;
        let number = "return [...witness.widget().shadowRoot.querySelectorAll('.num')].map(({ innerText }) => innerText)";
        let numbers = stage.browser.script(number, json!([])).await?;
        let paper = print(stage).await?;
        ensure!(paper.contains(stage.words.text("policy.number")), "it does not say which number: {paper}");
        for number in numbers.as_array().into_iter().flatten().filter_map(|number| number.as_str()) {
            ensure!(paper.contains(number), "{number} is not on the paper: {paper}");
        }
        Ok(())
    })
    .await
}

/// The words on the paper, each line's by a space.
async fn print(stage: &Stage) -> Result<String> {
    // As a person's browser does: the page is told to get ready, on A4.
    let paper = json!({ "paperWidth": 8.27, "paperHeight": 11.69, "printBackground": false });
    let printed = stage.browser.devtools("Page.printToPDF", paper).await?;
    let pdf = STANDARD.decode(printed["data"].as_str().context("no paper")?)?;
    let words = tokio::task::spawn_blocking(move || {
        let mut reader = Command::new("pdftotext").args(["-layout", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        reader.stdin.take().context("a pipe")?.write_all(&pdf)?;
        anyhow::Ok(String::from_utf8(reader.wait_with_output()?.stdout)?)
    });
    Ok(words.await??.split_whitespace().collect::<Vec<_>>().join(" "))
}
