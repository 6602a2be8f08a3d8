//! How much a visitor's browser fetches during a whole sale, held against `dist/size.json`.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result, ensure};
use brotli::enc::BrotliEncoderParams;
use serde_json::Value;
use url::Url;

use super::dist;
use super::stage::{Layout, Stage};

impl Stage {
    /// The files behind every address that was fetched from anywhere but the API and the payment page, at `brotli -q 11`, are the
    /// files that `dist/size.json` counts, and their sum is its sum. Only DevTools tells what was fetched.
    pub(crate) fn expect_size(&self) -> Result<()> {
        if !self.browser.engine.has_devtools() {
            return Ok(());
        }
        let mut fetched = BTreeMap::new();
        let (layout, script) = match self.play.layout {
            Layout::Frame => ("frame", "insurup.js"),
            Layout::Inline => ("inline", "inline.js"),
        };
        for request in &self.witnessed().network.requests {
            let Ok(url) = Url::parse(&request.url) else { continue };
            let origin = url.origin().ascii_serialization();
            if origin == self.at.api || origin == self.at.pay || !url.scheme().starts_with("http") {
                continue;
            }
            let folder = if origin == self.at.cdn { "cdn" } else { "site" };
            let path = url.path().trim_start_matches('/').replace("insurup.js", script);
            let file = format!("{folder}/{}", if path.is_empty() { "index.html" } else { &path });
            let content = fs::read(dist().join(&file)).with_context(|| format!("{url} is no delivered file"))?;
            fetched.insert(file, brotli(&content)?);
        }
        let report: Value = serde_json::from_str(&fs::read_to_string(dist().join("size.json"))?)?;
        let mut counted: Vec<_> = report[layout]["assets"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        counted.sort_unstable();
        let names: Vec<_> = fetched.keys().map(String::as_str).collect();
        ensure!(names == counted, "a sale fetched {names:?}, dist/size.json counts {counted:?}");
        let sum: usize = fetched.values().sum();
        ensure!(report[layout]["brotli"] == sum, "a sale fetched {sum} bytes of brotli, dist/size.json says {}", report[layout]["brotli"]);
        Ok(())
    }
}

fn brotli(content: &[u8]) -> Result<usize> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..BrotliEncoderParams::default() };
    Ok(brotli::BrotliCompress(&mut &content[..], &mut Vec::new(), &parameters)?)
}
