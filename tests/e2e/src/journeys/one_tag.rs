//! A page with the script alone: its `data-*` attributes are the options, and the widget stands where the script does.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use super::search_and_buy;
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::words::{Language, Words};
use crate::harness::{Parted, copy_of_site, until};
use crate::pages::{Consents, Identify, Lookup, NEW};

/// What others leave on scripts.
const OTHERS: &str = r#"data-cfasync="false" data-no-optimize="1" data-onclick="alert(1)""#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sells_by_one_script_with_its_options_on_it() -> Result<()> {
    let play = Play { site: Some(site("one-tag")?), ..Play::new("one-tag") };
    journey(play, async |stage| {
        let stage = &*stage;
        stage.visit("body.html").await?;
        Identify::reached(stage).await?;
        expect_after(stage, "script").await?;

        // The options follow the script's attributes while the widget runs.
        set(stage, "lang", "en").await?;
        let english = Words::read(Language::English)?;
        stage.see("heading", &english.pattern("id.title.kasko")).await?;
        set(stage, "lang", "tr").await?;

        Identify::reached(stage).await?.send(NEW).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        Lookup::reached(stage).await?;
        search_and_buy(stage).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finds_a_place_wherever_the_script_is() -> Result<()> {
    let play = Play { site: Some(site("one-tag-places")?), ..Play::new("one-tag-places") };
    journey(play, async |stage| {
        let stage = &*stage;
        // Nothing is seen in a head: it stands at the end of the page.
        for page in ["head.html", "head-async.html"] {
            stage.visit(page).await?;
            Identify::reached(stage).await?;
            expect_after(stage, "footer").await?;
        }
        stage.visit("later.html").await?;
        Identify::reached(stage).await?;
        expect_after(stage, "script").await?;

        // An element and a script with options are two, and neither defines the tag twice.
        stage.visit("both.html").await?;
        let all = "witness.at = arguments[0]; return document.querySelectorAll('insurup-checkout').length";
        for place in [1, 0] {
            ensure!(stage.browser.page_script(all, json!([place])).await? == 2, "there are not two elements");
            stage.see_text("heading", "id.title.kasko").await?;
        }

        // A name that is nearly right is named, as on a tag.
        stage.visit("misspelt.html").await?;
        stage.see_text("heading", "cfg.visitor").await?;
        let all = stage.all_words().await?;
        ensure!(all.contains("agentid") && all.contains("agent-id"), "the name is not named in:\n{all}");

        // Without options the script only defines the tag.
        stage.visit("none.html").await?;
        let defined = "return customElements.get('insurup-checkout') !== undefined && document.querySelector('insurup-checkout') === null";
        until("the tag to be defined", async || Ok(stage.browser.page_script(defined, json!([])).await?.as_bool().filter(|yes| *yes)))
            .await?;
        stage.expect_quiet()
    })
    .await
}

async fn expect_after(stage: &Stage, name: &str) -> Result<()> {
    let before = "return document.querySelector('insurup-checkout').previousElementSibling?.localName";
    let before = stage.browser.page_script(before, json!([])).await?;
    ensure!(before == name, "the widget stands after {before}, not after {name}");
    Ok(())
}

async fn set(stage: &Stage, name: &str, value: &str) -> Result<()> {
    let set = "document.querySelector('script[data-agent-id]').setAttribute(`data-${arguments[0]}`, arguments[1])";
    stage.browser.page_script(set, json!([name, value])).await?;
    Ok(())
}

/// Pages with the options of the demo agency, none of them with a tag of its own but one.
fn site(name: &str) -> Result<PathBuf> {
    let to = copy_of_site(name)?;
    let Parted { tag, .. } = Parted::read(&to, "index.html")?;
    // No other `>` is in a configuration.
    let tag = &tag[..=tag.find('>').context("the tag has no end")?];
    let names = ["agent-id", "branch", "coverage-groups", "api-base", "lang", "callback-url", "kvkk-url", "consent-url", "etk-url"];
    let mut options = tag.trim_start_matches("<insurup-checkout").trim_end_matches('>').to_owned();
    for name in names.into_iter().chain(["agency-name", "phone", "config"]) {
        options = options.replace(&format!(" {name}="), &format!(" data-{name}="));
    }
    let script = |options: &str, how: &str| format!(r#"<script src="{{{{cdn}}}}/insurup.js" {how} {OTHERS} {options}></script>"#);
    let top = "<header><h1>Kasko</h1></header><main>";
    let end = "</main><footer>Örnek Sigorta</footer>";
    let pages = [
        ("body", String::new(), script(&options, "async")),
        ("head", script(&options, ""), String::new()),
        ("head-async", script(&options, "async"), String::new()),
        ("later", String::new(), format!("<template>{}</template><script src=later.js></script>", script(&options, ""))),
        ("both", String::new(), format!("{tag}</insurup-checkout>{}{}", script("", "async"), script(&options, "async"))),
        ("misspelt", String::new(), script(&options.replace("data-agent-id", "data-agentid"), "async")),
        ("none", String::new(), script("", "async")),
    ];
    for (name, head, body) in pages {
        let page = format!(
            r#"<!doctype html><html lang="tr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,"><title>{name}</title>{head}</head><body>{top}{body}{end}</body></html>"#
        );
        fs::write(to.join(format!("{name}.html")), page)?;
    }
    // As a tag manager does it.
    let put = "document.querySelector('main').append(document.importNode(document.querySelector('template').content, true))";
    fs::write(to.join("later.js"), put)?;
    Ok(to)
}
