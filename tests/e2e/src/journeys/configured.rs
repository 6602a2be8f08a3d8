//! What the agency configured: mistakes are named, and what may change while the widget runs does.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use serde_json::json;

use super::{PLATE, SERIAL};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::words::{Language, Words};
use crate::harness::{dist, repository, until};
use crate::pages::{Consents, Found, Identify, Lookup, NEW};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_the_field_that_is_wrong_and_starts_when_it_is_right() -> Result<()> {
    let play = Play { site: Some(wrong_site()?), ..Play::new("config-wrong") };
    journey(play, async |stage| {
        let stage = &*stage;
        stage.visit("index.html").await?;
        stage.see_text("heading", "cfg.visitor").await?;
        stage.see_text("alert", "cfg.title").await?;
        let all = stage.all_words().await?;
        let right = stage.at.site.clone();
        for words in ["insurers.4107.sellOnline[0]", right.as_str(), "insurup:error · config/insurers", "0212 000 00 00"] {
            ensure!(all.contains(words), "no `{words}` in:\n{all}");
        }
        stage.look("config-wrong").await?;
        let events = stage.witnessed().events.clone();
        let said = r#"{"type":"error","detail":{"code":"config/insurers","field":"insurers.4107.sellOnline[0]"}}"#;
        ensure!(events.len() == 1 && events[0] == said, "the page heard {events:?}");
        let readings = "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('/later.')).length";
        ensure!(stage.browser.script(readings, json!([])).await? != 0, "the mistake was named by what is in every sale");

        // A configuration belongs to an element; with the mistake put right, a new one starts.
        let mend = "const old = document.querySelector('insurup-checkout'), mended = old.cloneNode();
            mended.setAttribute('config', old.getAttribute('config').replace(`${arguments[0]}/`, arguments[0]));
            old.replaceWith(mended)";
        stage.browser.page_script(mend, json!([right])).await?;
        Identify::reached(stage).await?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn takes_another_language_look_and_words_while_it_runs() -> Result<()> {
    journey(Play::new("config-live"), async |stage| {
        let stage = &*stage;
        Identify::open(stage).await?;
        stage.fill("id.tckn", NEW.number).await?;
        let typed = stage.everything_typed().await?.len();

        set(stage, "lang", "en").await?;
        let english = Words::read(Language::English)?;
        stage.see("heading", &english.pattern("id.title.kasko")).await?;
        let number = stage.value("textbox", &english.pattern("id.tckn")).await?;
        ensure!(number == NEW.number && stage.everything_typed().await?.len() == typed, "typed was {}, now it is {number}", NEW.number);

        let (day, night) = ("light", "dark");
        set(stage, "theme", day).await?;
        let light = colour(stage, ".ins .box", "backgroundColor", |_| true).await?;
        set(stage, "theme", night).await?;
        colour(stage, ".ins .box", "backgroundColor", |dark| dark != light).await?;
        set(stage, "theme", day).await?;
        colour(stage, ".ins .box", "backgroundColor", |again| again == light).await?;

        // A page may set the public properties on the element or above it, also later.
        for (place, accent, painted) in [
            ("document.documentElement", "#7a2e1f", "rgb(122, 46, 31)"),
            ("document.querySelector('insurup-checkout')", "#123456", "rgb(18, 52, 86)"),
        ] {
            stage.browser.page_script(&format!("{place}.style.setProperty('--insurup-accent', arguments[0])"), json!([accent])).await?;
            colour(stage, ".ins .btn:not(.alt)", "backgroundColor", |colour| colour == painted).await?;
        }

        let reword = "const element = document.querySelector('insurup-checkout'), config = JSON.parse(element.getAttribute('config'));
            element.setAttribute('config', JSON.stringify({ ...config, texts: { en: { 'id.title.kasko': 'Words of our own' } } }))";
        stage.browser.page_script(reword, json!([])).await?;
        stage.see("heading", &crate::harness::words::Pattern::of("Words of our own")).await?;
        ensure!(stage.value("textbox", &english.pattern("id.tckn")).await? == NEW.number, "what was typed is gone");
        // A language that has no words of the agency's own has the widget's.
        set(stage, "lang", "tr").await?;
        stage.see_text("heading", "id.title.kasko").await?;

        // A tag that goes wrong under a sale: the customer still reads whom to call, in the language of the moment.
        let phone = "0212 000 00 00";
        let phones = async || Ok::<_, anyhow::Error>(stage.all_words().await?.matches(phone).count());
        let before = phones().await?;
        stage.browser.page_script("document.querySelector('insurup-checkout').removeAttribute('phone')", json!([])).await?;
        set(stage, "lang", "en").await?;
        stage.see("heading", &crate::harness::words::Pattern::of("Words of our own")).await?;
        ensure!(before > 0 && phones().await? == before, "the phone is gone, of {before} places {} are left", phones().await?);
        set(stage, "phone", "0216 111 11 11").await?;
        until("the phone that the tag has now", async || Ok(stage.all_words().await?.contains("0216 111 11 11").then_some(()))).await?;
        ensure!(stage.witnessed().events.iter().all(|event| !event.contains("config/")), "the page was told of a mistake");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keeps_a_running_sale_when_its_tag_goes_wrong() -> Result<()> {
    journey(Play::new("config-broken"), async |stage| {
        let stage = &*stage;
        Identify::open(stage).await?.send(NEW).await?.enter().await?;
        Consents::reached(stage).await?;
        stage.press("checkbox", "consent.kvkk").await?;
        let read = "const root = witness.widget().shadowRoot, all = (part) => [...root.querySelectorAll(part)];
            return [all('a').map(({ href }) => href), all('[type=checkbox]').map(({ checked }) => checked), root.querySelector('.ins').dataset.theme]";
        let links = stage.browser.script(read, json!([])).await?;
        for text in ["acik-riza.html", "ticari-ileti.html", "tel:"] {
            ensure!(links.to_string().contains(text), "there is no way to {text}: this journey shows nothing: {links}");
        }

        let spoil = "const tag = witness.widget();
            for (const name of ['consent-url', 'etk-url', 'kvkk-url', 'phone', 'agency-name']) tag.removeAttribute(name);
            tag.setAttribute('agent-id', 'x');
            tag.setAttribute('config', '{');
            tag.setAttribute('lang', 'en')";
        stage.browser.page_script(spoil, json!([])).await?;
        stage.see("heading", &Words::read(Language::English)?.pattern("consent.legend")).await?;
        let now = stage.browser.script(read, json!([])).await?;
        ensure!(now == links, "there was {links}, now there is {now}");
        set(stage, "lang", "tr").await?;
        Consents::reached(stage).await?.pass().await?;
        Lookup::reached(stage).await?.search(PLATE, SERIAL).await?;
        Found::reached(stage).await?;
        ensure!(stage.count("consents") == 1, "the consent was not recorded: {}", stage.ledger()["consents"]);
        stage.expect_quiet()
    })
    .await
}

async fn set(stage: &Stage, attribute: &str, value: &str) -> Result<()> {
    stage.browser.page_script("document.querySelector('insurup-checkout').setAttribute(...arguments)", json!([attribute, value])).await?;
    Ok(())
}

/// A colour of the first such part of the widget, once it is as expected.
async fn colour(stage: &Stage, part: &str, property: &str, expected: impl Fn(&str) -> bool) -> Result<String> {
    let read = "const root = witness.widget().shadowRoot;
        return getComputedStyle(root.querySelector(arguments[0]))[arguments[1]]";
    until(&format!("another {property} of {part}"), async || {
        let colour = stage.browser.script(read, json!([part, property])).await?;
        Ok(colour.as_str().filter(|colour| expected(colour)).map(str::to_owned))
    })
    .await
}

/// The delivered site, with a slash too much in one permission.
fn wrong_site() -> Result<PathBuf> {
    let (from, to) = (dist().join("site"), repository("target/wrong-site"));
    ensure!(from.exists(), "there is nothing delivered to try: run `make dist` first");
    fs::create_dir_all(&to)?;
    let mut changed = 0;
    for file in fs::read_dir(from)? {
        let file = file?;
        let content = fs::read_to_string(file.path())?;
        let first = r#""4107":{"quote":true,"sellOnline":["{{site}}"#;
        changed += content.matches(first).count();
        fs::write(to.join(file.file_name()), content.replace(first, &format!("{first}/")))?;
    }
    ensure!(changed > 0, "the site grants nothing for 4107");
    Ok(to)
}
