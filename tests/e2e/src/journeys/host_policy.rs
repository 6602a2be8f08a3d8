//! The content security policy that the documents promise is enough: exactly it, and what happens where a part of it is missing.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::{INSURER, PLATE, SERIAL, buy, come_new};
use crate::harness::pictures::Looks;
use crate::harness::stage::{Layout, Play, Stage, journey};
use crate::harness::verdict::Outcome;
use crate::harness::words::Pattern;
use crate::harness::{Parted, copy_of_site, dist, repository, until};
use crate::pages::{Found, Identify, NEW, Offers};

const DOCUMENT: &str = "docs/embedding.md";
/// What the document calls the origins.
const ORIGINS: [(&str, &str); 2] = [("https://cdn.example", "{{cdn}}"), ("https://api.insurup.com", "{{api}}")];
const PHONE: &str = "0212 000 00 00";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_under_exactly_the_policy_of_the_document() -> Result<()> {
    let policy = documented(Layout::of_this_run())?;
    let site = site("host-policy", &[("index", policy.clone()), ("return", policy.clone())])?;
    // Other journeys look at these screens.
    let play = Play { site: Some(site), policy: Some(policy), looks: Looks::Laid(&[]), ..Play::new("host-policy") };
    journey(play, async |stage| {
        let stage = &*stage;
        let lookup = come_new(stage, NEW).await?;
        // The second module comes under it too.
        stage.press("button", "vehicle.byhand").await?;
        stage.see_text("heading", "vehicle.byhand.title").await?;
        stage.press("button", "common.back").await?;
        lookup.search(PLATE, SERIAL).await?;
        Found::reached(stage).await?.confirm().await?;
        buy(Offers::reached(stage).await?.pick(INSURER).await?).await?.is_told().await?;
        stage.expect(Outcome::newcomer()).await
    })
    .await
}

/// One part missing at a time. The visitor has the phone, the developer is told which directive wants what, as far as there is anybody to tell.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_which_part_of_the_policy_is_missing() -> Result<()> {
    let layout = Layout::of_this_run();
    let policy = documented(layout)?;
    let without = |directive, source| without(&policy, directive, source);
    let mut pages = vec![("no-script", without("script-src", "{{cdn}}")?)];
    match layout {
        Layout::Frame => pages.push(("no-frame", without("frame-src", "{{cdn}}")?)),
        Layout::Inline => {
            pages.extend([("no-wasm", without("script-src", "'wasm-unsafe-eval'")?), ("no-assets", without("connect-src", "{{cdn}}")?)]);
        }
    }
    let play = Play { site: Some(site("host-policy-less", &pages)?), ..Play::new("host-policy-less") };
    journey(play, async |stage| {
        let stage = &*stage;
        let layout = stage.play.layout;
        // Nothing of ours runs: what the page put into the tag stands there, and only the browser's console tells why.
        stage.visit("no-script.html").await?;
        let own = "const link = document.querySelector('insurup-checkout a'); return link.checkVisibility() && link.innerText";
        until("the page's own words", async || Ok((stage.browser.page_script(own, json!([])).await? == PHONE).then_some(()))).await?;
        ensure!(violations(stage).await?.contains("script-src-elem"), "the browser tells {}", violations(stage).await?);

        let wasm = ("no-wasm", "script-src needs 'wasm-unsafe-eval'".to_owned());
        let missing = match layout {
            Layout::Frame => vec![("no-frame", format!("frame-src needs {}", stage.at.cdn))],
            Layout::Inline => vec![wasm, ("no-assets", format!("connect-src needs {}", stage.at.cdn))],
        };
        for (page, missing) in missing {
            stage.visit(&format!("{page}.html")).await?;
            stage.see("link", &Pattern::of(PHONE)).await?;
            stage.see("alert", &Pattern::of("Teklif ekranı açılamadı.")).await?;
            let told = errors(stage).await?;
            let reason = told[0]["reason"].as_str().unwrap_or_default();
            ensure!(told[0]["code"] == "start-failed" && reason.contains(&missing), "{page}: the page is told {told}");
        }
        Ok(())
    })
    .await
}

/// Inline only: in the frame it is the deployment's own policy that lets the API in, and no page's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_that_the_page_forbids_the_api() -> Result<()> {
    let pages = [("no-api", without(&documented(Layout::Inline)?, "connect-src", "{{api}}")?)];
    let play = Play { site: Some(site("host-policy-api", &pages)?), layout: Layout::Inline, ..Play::new("host-policy-api") };
    journey(play, async |stage| {
        let stage = &*stage;
        // Without the API it starts, and fails at the first press.
        stage.visit("no-api.html").await?;
        Identify::reached(stage).await?.fill(NEW).await?;
        stage.press("button", "id.submit").await?;
        stage.see_text("alert", "cfg.visitor").await?;
        ensure!(stage.all_words().await?.contains(PHONE), "there is no phone");
        // The developer sees what to add.
        let line = format!("connect-src {}", stage.at.api.trim_end_matches('/'));
        until(&line, async || Ok(stage.all_words().await?.contains(&line).then_some(()))).await?;
        let told = errors(stage).await?;
        ensure!(told[0]["code"] == "blocked-by-host-csp", "the page is told {told}");
        stage.look("api-blocked").await?;
        ensure!(stage.count("smsSent") == 0, "it was asked for a code all the same");
        Ok(())
    })
    .await
}

/// The policy with one source less in one directive.
fn without(policy: &str, directive: &str, source: &str) -> Result<String> {
    let whole = policy.split(';').map(str::trim).find(|part| part.starts_with(directive)).context(directive.to_owned())?;
    let less = whole.replacen(&format!(" {source}"), "", 1);
    ensure!(less != whole, "{DOCUMENT} has no {source} in {directive}");
    Ok(policy.replacen(whole, &less, 1))
}

/// The policy as the document has it, for the origins of a journey.
fn documented(layout: Layout) -> Result<String> {
    let document = fs::read_to_string(repository(DOCUMENT))?;
    let (_, chapter) = document.split_once("\n## Content security policy\n").context("a chapter about the policy")?;
    let policy = chapter
        .split("```")
        .nth(if layout == Layout::Frame { 1 } else { 3 })
        .context("the policy itself")?
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    ensure!(policy.contains(ORIGINS[0].0), "{DOCUMENT} speaks of other origins: {policy}");
    Ok(ORIGINS.iter().fold(policy, |policy, (origin, place)| policy.replace(origin, place)))
}

/// Pages with nothing but the tag, each under its policy.
fn site(name: &str, pages: &[(&str, String)]) -> Result<PathBuf> {
    let to = copy_of_site(name)?;
    for (page, policy) in pages {
        let Parted { tag, .. } = Parted::read(&dist().join("site"), if *page == "return" { "return.html" } else { "index.html" })?;
        let html = format!(
            r#"<!doctype html><html lang="tr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,"><title>{page}</title><script src="{{{{cdn}}}}/insurup.js" async></script></head>
            <body><main><h1>Kasko</h1>{tag}</main></body></html>"#
        );
        fs::write(to.join(format!("{page}.html")), html)?;
        fs::write(to.join(format!("{page}.policy")), policy)?;
    }
    Ok(to)
}

/// What the page heard of errors, once there is one.
pub(super) async fn errors(stage: &Stage) -> Result<Value> {
    let read = "return witness.events.filter(({ type }) => type === 'error').map(({ detail }) => detail)";
    until("an error", async || Ok(Some(stage.browser.page_script(read, json!([])).await?).filter(|told| told != &json!([])))).await
}

async fn violations(stage: &Stage) -> Result<String> {
    Ok(stage.browser.page_script("return witness.violations.join('\\n')", json!([])).await?.as_str().unwrap_or_default().to_owned())
}
