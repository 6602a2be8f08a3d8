//! axe-core over the whole page, in a world of its own that the page's policy does not reach.

use std::fs;
use std::sync::OnceLock;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::repository;
use super::stage::Stage;

const OPTIONS: &str = "{}";

/// What axe is to look at in the frames of a page, in the order in which it wants the results.
const FRAMES: &str = "JSON.stringify(axe.utils.getFrameContexts(document, OPTIONS).map(({ frameSelector, frameContext }) => [axe.utils.shadowSelect(frameSelector).src, frameContext]))";

/// A frame of another origin can only be looked at from inside; the results are put together in the page, as rules about a page ask.
const FINISH: &str = r#"axe.finishRun(RESULTS, OPTIONS).then(({ violations, passes }) => {
  const targets = passes.flatMap(({ nodes }) => nodes).map(({ target }) => target);
  const inside = (target) => target.some(Array.isArray) || (target.length > 1 && document.querySelector(target[0])?.slot === "insurup");
  return JSON.stringify({
    violations: violations.map(({ id, help, nodes }) => id + ": " + help + nodes.map(({ target, failureSummary }) => "\n    " + JSON.stringify(target) + " " + failureSummary).join("")),
    reached: targets.some(inside) || !document.querySelector("insurup-checkout"),
  });
})"#;

fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| fs::read_to_string(repository("node_modules/axe-core/axe.min.js")).unwrap_or_default())
}

impl Stage {
    /// Writes down violations on the page, around the widget and inside. The verdict tolerates none; until then the journey goes on.
    pub(crate) async fn inspect(&self, screen: &str) -> Result<()> {
        ensure!(!source().is_empty(), "axe-core is not installed: run `npm ci`");
        let tree = self.browser.devtools("Page.getFrameTree", json!({})).await?["frameTree"].clone();
        let page = World::of(self, &tree["frame"]["id"]).await?;
        let contexts: Vec<(String, Value)> = serde_json::from_str(&page.evaluate(self, FRAMES).await?)?;
        let mut results = vec![page.look(self, &Value::Null).await?];
        let mut frames: Vec<_> = tree["childFrames"].as_array().into_iter().flatten().map(|inner| &inner["frame"]).collect();
        for (url, context) in contexts {
            let place = frames.iter().position(|frame| frame["url"] == url).with_context(|| format!("no frame of {url} on {screen}"))?;
            let world = World::of(self, &frames.remove(place)["id"]).await?;
            results.push(world.look(self, &context).await?);
        }
        let text = page.evaluate(self, &FINISH.replace("RESULTS", &format!("[{}]", results.join(",")))).await?;
        let result: Value = serde_json::from_str(&text)?;
        ensure!(result["reached"] == true, "axe did not look inside the widget on {screen}");
        let violations = result["violations"].as_array().into_iter().flatten().filter_map(Value::as_str);
        self.witnessed().barriers.extend(violations.map(|violation| format!("{screen}: {violation}")));
        Ok(())
    }
}

/// A world of our own in a document, with axe in it.
#[derive(Debug)]
struct World(Value);

impl World {
    async fn of(stage: &Stage, frame: &Value) -> Result<Self> {
        let world = stage.browser.devtools("Page.createIsolatedWorld", json!({ "frameId": frame, "worldName": "axe" })).await?;
        let world = Self(world["executionContextId"].clone());
        world.evaluate(stage, &format!("{}; ''", source())).await?;
        Ok(world)
    }

    /// The result of one document, as JSON.
    async fn look(&self, stage: &Stage, context: &Value) -> Result<String> {
        let context = if context.is_null() { "document".to_owned() } else { context.to_string() };
        self.evaluate(stage, &format!("axe.runPartial({context}, OPTIONS).then(JSON.stringify)")).await
    }

    async fn evaluate(&self, stage: &Stage, expression: &str) -> Result<String> {
        let expression = expression.replace("OPTIONS", OPTIONS);
        let ask = json!({ "expression": expression, "contextId": self.0, "awaitPromise": true, "returnByValue": true });
        let answer = stage.browser.devtools("Runtime.evaluate", ask).await?;
        Ok(answer["result"]["value"].as_str().with_context(|| format!("axe: {answer}"))?.to_owned())
    }
}
