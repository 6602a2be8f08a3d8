//! axe-core over the whole page, in a world of its own that the page's policy does not reach.

use std::fs;
use std::sync::OnceLock;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::repository;
use super::stage::Stage;

const RUN: &str = r#"axe.run(document, { resultTypes: ["violations"], iframes: false }).then(({ violations, passes }) => JSON.stringify({
  violations: violations.map(({ id, help, nodes }) => id + ": " + help + nodes.map(({ target, failureSummary }) => "\n    " + JSON.stringify(target) + " " + failureSummary).join("")),
  reached: passes.flatMap(({ nodes }) => nodes).some(({ target }) => target.some((part) => Array.isArray(part))),
}))"#;

fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| fs::read_to_string(repository("node_modules/axe-core/axe.min.js")).unwrap_or_default())
}

impl Stage {
    /// Writes down violations on the page, around the widget and inside. The verdict tolerates none; until then the journey goes on.
    pub(crate) async fn inspect(&self, screen: &str) -> Result<()> {
        ensure!(!source().is_empty(), "axe-core is not installed: run `npm ci`");
        let tree = self.browser.devtools("Page.getFrameTree", json!({})).await?["frameTree"].clone();
        self.inspect_frame(&tree["frame"]["id"], screen).await?;
        // The demo's telephone. Each frame by itself, as they are of several origins.
        for inner in tree["childFrames"].as_array().into_iter().flatten() {
            self.inspect_frame(&inner["frame"]["id"], &format!("{screen}, in the frame {}", inner["frame"]["url"])).await?;
        }
        Ok(())
    }

    async fn inspect_frame(&self, frame: &Value, screen: &str) -> Result<()> {
        let world = self.browser.devtools("Page.createIsolatedWorld", json!({ "frameId": frame, "worldName": "axe" })).await?;
        let context = &world["executionContextId"];
        let evaluate = async |expression: &str| {
            let ask = json!({ "expression": expression, "contextId": context, "awaitPromise": true, "returnByValue": true });
            self.browser.devtools("Runtime.evaluate", ask).await
        };
        evaluate(&format!("{}; 0", source())).await?;
        let answer = evaluate(RUN).await?;
        let text = answer["result"]["value"].as_str().with_context(|| format!("axe on {screen}: {answer}"))?;
        let result: Value = serde_json::from_str(text)?;
        let widget = evaluate("document.querySelector('insurup-checkout') !== null").await?["result"]["value"] == true;
        ensure!(!widget || result["reached"] == true, "axe did not look inside the widget on {screen}");
        let violations = result["violations"].as_array().into_iter().flatten().filter_map(Value::as_str);
        self.witnessed().barriers.extend(violations.map(|violation| format!("{screen}: {violation}")));
        Ok(())
    }
}
