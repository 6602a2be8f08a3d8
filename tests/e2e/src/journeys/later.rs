//! What most customers never need is a second module: it comes when it is wanted, and what it is wanted for waits where it does not come.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{come_new, search_and_buy};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::until;
use crate::harness::words::{Language, Words};
use crate::pages::{Consents, Identify, NEW};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tells_the_developer_what_is_wrong_as_soon_as_the_second_module_comes() -> Result<()> {
    journey(Play::new("misconfigured"), async |stage| {
        let stage = &*stage;
        // What is loaded later, and the codes that the demo page shows.
        for path in [".wasm", ".json"] {
            stage.provokes(0, path);
        }
        stage.visit("index.html").await?;
        stage.see_text("button", "id.submit").await?;
        let block = async |urls: &[&str]| stage.browser.devtools("Network.setBlockedURLs", json!({ "urls": urls })).await;
        block(&["*/later.*"]).await?;
        replace_by_a_wrong_one(stage).await?;
        // The customer has the agency's phone at once; what is wrong is said by code that is not there.
        stage.see_text("heading", "cfg.visitor").await?;
        stage.see_text("alert", "net.server").await?;
        block(&[]).await?;
        stage.press("button", "common.retry").await?;
        stage.see_text("alert", "cfg.title").await?;
        let focused = stage.browser.script("return witness.widget().shadowRoot.activeElement?.className ?? ''", json!([])).await?;
        ensure!(focused != "title", "what comes by itself takes the focus");
        stage.look("config").await?;
        let said = stage.all_words().await?;
        for wrong in
            ["branch geçersiz. Geçerli: kasko", "“agentid”", "agent-id?", "insurup:error · config/unknown-attribute, config/branch"]
        {
            ensure!(said.contains(wrong), "`{wrong}` is not said: {said}");
        }
        ensure!(!said.contains("agency-name"), "something is called wrong that is not: {said}");
        stage.gather().await?;
        // Something is wrong: so much is known at once. What it is, is told once there is code that can name it, and only once.
        let told: Vec<_> = stage.witnessed().events.iter().filter(|event| event.contains("config/")).cloned().collect();
        let expected = [
            r#"{"type":"error","detail":{"code":"config/invalid"}}"#,
            r#"{"type":"error","detail":{"code":"config/unknown-attribute","field":"agentid"}}"#,
            r#"{"type":"error","detail":{"code":"config/branch","field":"branch"}}"#,
        ];
        ensure!(told == expected, "the page was told {told:?}");
        stage.browser.page_script("window.wrong.setAttribute('lang', 'en')", json!([])).await?;
        let english = Words::read(Language::English)?;
        stage.see("alert", &english.pattern("cfg.title")).await?;
        stage.browser.page_script("window.wrong.setAttribute('lang', 'tr')", json!([])).await?;
        stage.see_text("alert", "cfg.title").await?;
        stage.gather().await?;
        let again = stage.witnessed().events.iter().filter(|event| event.contains("config/")).count();
        ensure!(again == told.len(), "another language, and the page is told again");

        // Put right, it sells.
        stage.browser.page_script("window.wrong.replaceWith(window.right)", json!([])).await?;
        Identify::reached(stage).await?.send(NEW).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        search_and_buy(stage).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_press_that_needs_the_second_module_can_be_repeated_where_it_does_not_come() -> Result<()> {
    journey(Play::new("pressed-early"), async |stage| {
        let stage = &*stage;
        for path in [".wasm", ".json", "/__sandbox/sms"] {
            stage.provokes(0, path);
        }
        come_new(stage, NEW).await?;
        stage.set_online(false).await?;
        stage.press("button", "vehicle.byhand").await?;
        stage.see_text("alert", "net.server").await?;
        stage.set_online(true).await?;
        // Whoever does something else is not told any more.
        stage.press("button", "vehicle.lookup.submit").await?;
        until("the message is gone", async || Ok((!stage.all_words().await?.contains("Hizmete şu anda ulaşılamıyor")).then_some(())))
            .await?;
        stage.press("button", "vehicle.byhand").await?;
        stage.see_text("heading", "vehicle.byhand.title").await?;
        // Nothing of the sale was lost meanwhile.
        stage.press("button", "common.back").await?;
        search_and_buy(stage).await
    })
    .await
}

async fn replace_by_a_wrong_one(stage: &Stage) -> Result<()> {
    let replace = "
        window.right = document.querySelector('insurup-checkout');
        window.wrong = window.right.cloneNode(true);
        window.wrong.setAttribute('branch', 'kasco');
        window.wrong.setAttribute('agentid', 'x');
        window.right.replaceWith(window.wrong)";
    stage.browser.page_script(replace, json!([])).await?;
    Ok(())
}
