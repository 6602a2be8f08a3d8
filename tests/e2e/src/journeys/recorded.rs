//! A page with a session recorder that masks nothing: rrweb, as it is and with shadow roots forced open. Of the sale in the frame it has
//! nothing. Inline it has all that is typed where roots are open; and where they are closed what the widget itself writes into its fields,
//! as it puts itself between every field of the page and whoever sets its value. `docs/security.md` has both lists.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use super::{PLATE, SERIAL, come_new};
use crate::harness::pictures::Looks;
use crate::harness::stage::{Layout, Play, Stage, journey};
use crate::harness::{Parted, copy_of_site, repository};
use crate::pages::{Found, NEW};

/// Of rrweb's files the one for a plain script tag.
const RRWEB: &str = "node_modules/rrweb/umd/rrweb.min.js";
const RECORD: &str = "const recorded = [];
rrweb.record({ emit: (event) => recorded.push(event), maskAllInputs: false, maskInputOptions: { password: false }, recordCrossOriginIframes: true, inlineImages: true });";
/// What makes closed roots open, before the widget has one.
const OPEN: &str = "const { attachShadow } = Element.prototype;
Element.prototype.attachShadow = function (options) { return attachShadow.call(this, { ...options, mode: 'open' }); };";

/// Other journeys open the root for themselves. Here it stays closed, and only who asks this page's own getter sees it: journey and driver
/// do, and rrweb fetches itself a getter that nobody has replaced.
const LEAVE_CLOSED: &str = "if (globalThis === top) {
  const roots = new WeakMap();
  Element.prototype.attachShadow = function (options) {
    const root = globalThis[WITNESS].attach.call(this, options);
    roots.set(this, root);
    return root;
  };
  const { get } = Object.getOwnPropertyDescriptor(Element.prototype, 'shadowRoot');
  Object.defineProperty(Element.prototype, 'shadowRoot', { get() { return roots.get(this) ?? get.call(this); } });
}";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recorder_has_what_is_written_into_fields_inline() -> Result<()> {
    record("recorded", "", &["code", "document serial", "identity number", "phone", "plate"]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recorder_that_opens_roots_has_what_is_typed_inline() -> Result<()> {
    record("recorded-open", OPEN, &["birth date", "code", "document serial", "identity number", "phone", "plate", "words on the screen"])
        .await
}

/// What is in the record of a sale: in the frame nothing, inline exactly this.
async fn record(name: &'static str, before: &str, inline: &'static [&'static str]) -> Result<()> {
    let site = copy_of_site(name)?;
    fs::copy(repository(RRWEB), site.join("rrweb.js")).context("rrweb is not installed: run `npm ci`")?;
    fs::write(site.join("record.js"), [before, RECORD].join("\n"))?;
    let Parted { before, tag, after } = Parted::read(&site, "index.html")?;
    let before = before.replacen("<script ", "<script src=\"rrweb.js\"></script><script src=\"record.js\"></script><script ", 1);
    // Under the site's own policy the recorder could not copy styles.
    fs::write(site.join("index.policy"), "script-src 'self' {{cdn}} 'wasm-unsafe-eval'")?;
    fs::write(site.join("index.html"), format!("{before}<input id=\"search\">{tag}{after}"))?;
    journey(Play { site: Some(site), looks: Looks::Laid(&[]), ..Play::new(name) }, async move |stage| {
        let stage = &*stage;
        stage.browser.run_first(LEAVE_CLOSED).await?;
        let lookup = come_new(stage, NEW).await?;
        lookup.search(PLATE, SERIAL).await?;
        Found::reached(stage).await?;
        for (kind, value) in
            [("plate", PLATE), ("document serial", SERIAL), ("words on the screen", stage.words.text("vehicle.found.title"))]
        {
            stage.witnessed().secrets.add(kind, value);
            stage.witnessed().secrets.add(kind, &value.replace(' ', ""));
        }
        stage.gather().await?;
        let requests = stage.witnessed().network.requests.clone();
        requests.iter().for_each(|request| stage.witnessed().secrets.add_request(request));
        ensure!(stage.witnessed().secrets.kinds().len() >= 10, "only {:?} are looked for", stage.witnessed().secrets.kinds());

        let found = found(stage).await?;
        let expected = if stage.play.layout == Layout::Frame { &[] } else { inline };
        ensure!(found == expected, "the record has {found:?}, and not {expected:?}");
        stage.expect_no_other_host()?;
        stage.expect_quiet()
    })
    .await
}

/// The kinds of the customer's data in the record, which has what is typed into the page's own field.
async fn found(stage: &Stage) -> Result<Vec<&'static str>> {
    const CONTROL: &str = "typed into the page itself";
    let type_there = "const search = document.querySelector('#search');
        search.value = arguments[0];
        search.dispatchEvent(new InputEvent('input', { bubbles: true }));
        return new Promise((done) => setTimeout(() => done([recorded.map(({ type }) => type), JSON.stringify(recorded)]), 100))";
    let record = stage.browser.page_script(type_there, json!([CONTROL])).await?;
    let text = record[1].as_str().unwrap_or_default();
    // Pictures of the whole document, and what changed since.
    for kind in [2, 3] {
        ensure!(
            record[0].as_array().is_some_and(|kinds| kinds.contains(&json!(kind))),
            "the record has no event of type {kind}: {}",
            record[0]
        );
    }
    ensure!(text.contains(CONTROL), "the recorder does not record what is typed: {text}");
    Ok(stage.witnessed().secrets.kinds_in(text))
}
