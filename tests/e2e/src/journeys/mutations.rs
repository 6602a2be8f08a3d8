//! A page whose scripts write to the frame in the loader's place: every field of the letter and every option as anything, first and later.
//! The sale runs as configured, or says that the configuration is wrong; nobody else is asked, and the page learns nothing of the customer.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::harness::pictures::Looks;
use crate::harness::stage::{Layout, Play, Stage, journey};
use crate::harness::words::{Language, Words};
use crate::harness::{Parted, copy_of_site, dist, repository};
use crate::pages::{Consents, Identify, NEW};

const MUTATIONS: &str = include_str!("mutations.js");
/// So many frames at one time.
const AT_ONCE: usize = 12;
/// What stands in a frame; whatever fields there are get the customer's data.
const FILL: &str = "
    const fields = document.querySelectorAll('input:not([type=radio])');
    for (const [at, field] of fields.entries()) {
      field.value = arguments[at] ?? '';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
    return [fields.length, document.body.innerText]";

/// What a frame made of what it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Became {
    /// It was no letter, and the frame waits for one.
    Waiting,
    Running,
    /// The customer has the phone, the page the name of the mistake.
    Complaining,
    /// This script is not for that layout: the customer has the phone, and there is no frame.
    NotStarted,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waits_or_runs_or_complains_whatever_the_first_letter_is() -> Result<()> {
    if Layout::of_this_run() != Layout::Frame {
        return Ok(());
    }
    journey(play("first-letters")?, async |stage| {
        let stage = &*stage;
        let plan = begin(stage).await?;
        let became = try_all(stage, "begin", &plan["first"]).await?;
        ensure!(became == [Became::Waiting, Became::Running, Became::Complaining].into(), "there was only {became:?}: this shows nothing");
        stage.gather().await?;
        expect_nothing_learnt(stage, &["identity number", "birth date", "phone"]).await?;
        expect_nothing_else(stage)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn runs_on_whatever_later_letters_say() -> Result<()> {
    if Layout::of_this_run() != Layout::Frame {
        return Ok(());
    }
    journey(play("later-letters")?, async |stage| {
        let stage = &*stage;
        let plan = begin(stage).await?;
        let fields: Vec<String> = serde_json::from_value(plan["fields"].clone())?;
        ensure!(fields.len() > 60, "there are only {fields:?}");
        stage.browser.page_script("return mutants.right()", json!([])).await?;
        let identify = Identify::reached(stage).await?.fill(NEW).await?;
        let typed = stage.everything_typed().await?;
        for field in &fields {
            stage.browser.page_script("mutants.later(...arguments)", json!([field])).await?;
            stage.see_text("heading", "id.title.kasko").await.with_context(|| format!("after later letters with another {field}"))?;
            let now = stage.everything_typed().await?;
            ensure!(now == typed, "after later letters with another {field} there is {now:?}");
        }
        identify.send_as_it_is(NEW).await?.enter().await?;
        Consents::reached(stage).await?;
        stage.gather().await?;
        let requests = stage.witnessed().network.requests.clone();
        requests.iter().for_each(|request| stage.witnessed().secrets.add_request(request));
        let kinds = ["identity number", "birth date", "phone", "code", "access token", "refresh token"];
        expect_nothing_learnt(stage, &kinds).await?;
        ensure!(stage.count("smsSent") == 1, "{} codes were sent", stage.count("smsSent"));
        expect_nothing_else(stage)
    })
    .await
}

/// With the loader, and tags that say anything.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn runs_or_complains_whatever_the_tag_says() -> Result<()> {
    if Layout::of_this_run() != Layout::Frame {
        return Ok(());
    }
    journey(Play { looks: Looks::Laid(&[]), ..Play::new("mutated-tags") }, async |stage| {
        let stage = &*stage;
        let plan = begin(stage).await?;
        let became = try_all(stage, "write", &plan["written"]).await?;
        ensure!(
            became == [Became::Running, Became::Complaining, Became::NotStarted].into(),
            "there was only {became:?}: this shows nothing"
        );
        stage.gather().await?;
        expect_nothing_learnt(stage, &["identity number", "birth date", "phone"]).await?;
        expect_nothing_else(stage)
    })
    .await
}

/// A page with the tag and without the loader.
fn play(name: &'static str) -> Result<Play> {
    let site: PathBuf = copy_of_site(name)?;
    let Parted { tag, .. } = Parted::read(&site, "index.html")?;
    let page = format!(
        "<!doctype html><html lang=\"tr\"><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><title>Kasko</title><body>{tag}"
    );
    fs::write(site.join("index.html"), page)?;
    Ok(Play { site: Some(site), looks: Looks::Laid(&[]), ..Play::new(name) })
}

async fn begin(stage: &Stage) -> Result<Value> {
    stage.visit("index.html").await?;
    stage.witnessed().secrets.add_person(&NEW);
    let address = format!("{}/frame.html", stage.at.cdn);
    let plan = stage.browser.page_script(MUTATIONS, json!([address, members()?, look()?])).await?;
    // Shown with `-- --show-output`.
    eprintln!(
        "{} fields, {} values, {} first letters, {} tags",
        plan["fields"].as_array().map_or(0, Vec::len),
        plan["values"],
        plan["first"],
        plan["written"]
    );
    Ok(plan)
}

/// All of a plan, some at a time; each is what it may become.
async fn try_all(stage: &Stage, plan: &str, count: &Value) -> Result<BTreeSet<Became>> {
    let count = usize::try_from(count.as_u64().context("a number")?)?;
    let mut became = BTreeSet::new();
    for from in (0..count).step_by(AT_ONCE) {
        let tried = stage.browser.page_script(&format!("return mutants.{plan}(...arguments)"), json!([from, from + AT_ONCE])).await?;
        for mutant in tried.as_array().context("mutants")? {
            became.insert(outcome(stage, mutant).await?);
        }
        stage.browser.page_script("mutants.end()", json!([])).await?;
    }
    Ok(became)
}

async fn outcome(stage: &Stage, mutant: &Value) -> Result<Became> {
    let told: Vec<_> = mutant["told"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if let [one] = told[..]
        && one.starts_with("failed: the application: isolation is ")
    {
        return Ok(Became::NotStarted);
    }
    let id = mutant["id"].as_str().unwrap_or_default();
    let typed = json!([NEW.number, NEW.birth_date, NEW.phone]);
    let there = stage.browser.script_within(&format!("iframe#{id}, #{id} iframe"), FILL, typed).await?;
    let said = there[1].as_str().unwrap_or_default();
    let complains = [Language::Turkish, Language::English]
        .into_iter()
        .map(Words::read)
        .any(|words| words.is_ok_and(|words| said.contains(words.text("cfg.visitor"))));
    let became = match there[0].as_u64() {
        Some(0) if told.is_empty() && mutant["isLetter"] == false && said.is_empty() => Some(Became::Waiting),
        Some(3) if told.contains(&"ready") && !complains => Some(Became::Running),
        Some(0) if told.contains(&"error") && complains => Some(Became::Complaining),
        _ => None,
    };
    became.with_context(|| format!("{mutant}: there is {there}"))
}

/// Whatever came to the page, by letters or from its own document, has nothing of the customer's.
async fn expect_nothing_learnt(stage: &Stage, kinds: &[&str]) -> Result<()> {
    let read = "const names = performance.getEntries().map(({ name }) => name);
        return [JSON.stringify(mutants.seen), document.documentElement.outerHTML, names, location.href]";
    let loot = stage.browser.page_script(read, json!([])).await?.to_string();
    ensure!(loot.len() > 1_000, "nothing came to the page: {loot}");
    let known = stage.witnessed().secrets.kinds();
    ensure!(kinds.iter().all(|kind| known.contains(kind)), "only {known:?} are looked for");
    let found = stage.witnessed().secrets.kinds_in(&loot);
    ensure!(found.is_empty(), "the page has {found:?}");
    Ok(())
}

/// Nobody else was asked, and nothing was thrown.
fn expect_nothing_else(stage: &Stage) -> Result<()> {
    stage.expect_no_other_host()?;
    stage.expect_quiet()
}

/// Every option by its name in JSON.
fn members() -> Result<Vec<String>> {
    let schema: Value = serde_json::from_str(&fs::read_to_string(dist().join("cdn/config.schema.json"))?)?;
    Ok(schema["properties"].as_object().context("options")?.keys().filter(|name| *name != "$schema").cloned().collect())
}

/// Every property by which a page says how the widget looks.
fn look() -> Result<BTreeSet<String>> {
    let css = fs::read_to_string(repository("widget/css/tokens.css"))?;
    let names = css.split("var(--insurup-").skip(1).filter_map(|rest| rest.split(|c: char| c != '-' && !c.is_ascii_lowercase()).next());
    Ok(names.map(str::to_owned).collect())
}
