//! `insurup.js`, the one file a page names; `inline.js`, which it names instead to have the widget in its own document; and what runs in
//! the frame.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::{asset::Asset, content::Texts, tool, workspace::Workspace};

/// Older browsers lack `'wasm-unsafe-eval'` or constructable style sheets, so nothing is written down to them.
const BROWSERS: &str = "chrome97,firefox102,safari16.4";

/// What the loader of the package loads by itself, when it is wanted; see `www/loader/load-module.js`.
const BESIDE: [&str; 6] = ["styles.js", "texts.tr.js", "texts.en.js", "texts.keys.js", "later.tr.js", "later.en.js"];

/// What the loader knows of the files beside it; see `www/loader/manifest.d.ts`.
#[derive(Debug, Serialize)]
pub(crate) struct Manifest<'a> {
    pub(crate) wasm: Asset,
    pub(crate) later: Asset,
    pub(crate) styles: Asset,
    pub(crate) texts: Languages<Asset>,
    #[serde(rename = "laterTexts")]
    pub(crate) later_texts: Languages<Asset>,
    pub(crate) keys: Asset,
    /// The page's custom properties, without what all begin with.
    pub(crate) look: Vec<String>,
    pub(crate) failed: Languages<[&'a str; 2]>,
}

/// The scripts that a page may name, under the names by which it pins them.
#[derive(Debug)]
pub(crate) struct Scripts {
    pub(crate) frame: Asset,
    pub(crate) inline: Asset,
}

/// One thing for each language.
#[derive(Debug, Serialize)]
pub(crate) struct Languages<T> {
    pub(crate) tr: T,
    pub(crate) en: T,
}

/// What a visitor reads when nothing can start, with the agency's phone and without. The loader carries it, as no other file may have come.
pub(crate) fn failed(texts: &Texts) -> Result<Languages<[&str; 2]>> {
    let (with_phone_tr, with_phone_en) = texts.get("failed.phone")?;
    let (without_tr, without_en) = texts.get("failed.visitor")?;
    Ok(Languages { tr: [with_phone_tr, without_tr], en: [with_phone_en, without_en] })
}

/// What a script is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Script {
    /// On the page: puts the frame into it.
    Frame,
    /// On the page: draws there.
    Inline,
    /// In the frame: draws there.
    Framed,
}

impl Script {
    fn source(self) -> &'static str {
        match self {
            Self::Frame => "www/loader/insurup.js",
            Self::Inline => "www/loader/inline.js",
            Self::Framed => "www/loader/frame.js",
        }
    }
}

/// The script with all it needs, the glue too, as one classic script.
pub(crate) fn bundle(workspace: &Workspace, manifest: &Manifest<'_>, glue: &Path, script: Script) -> Result<Vec<u8>> {
    let mut esbuild = esbuild(workspace, manifest, glue, script, "load.js")?;
    tool::output(esbuild.arg("--format=iife"))
}

/// The inline layout as a module for bundlers, which finds its files beside it.
pub(crate) fn module(workspace: &Workspace, manifest: &Manifest<'_>, glue: &Path) -> Result<Vec<u8>> {
    let mut esbuild = esbuild(workspace, manifest, glue, Script::Inline, "load-module.js")?;
    tool::output(esbuild.arg("--format=esm").args(BESIDE.map(|name| format!("--external:./{name}"))))
}

fn esbuild(workspace: &Workspace, manifest: &Manifest<'_>, glue: &Path, script: Script, load: &str) -> Result<Command> {
    let mut esbuild = tool::npm(workspace, "esbuild");
    esbuild.args([script.source(), "--bundle", "--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
    esbuild.arg(format!("--target={BROWSERS}"));
    esbuild.arg(format!("--alias:insurup-glue={}", glue.display()));
    esbuild.arg(format!("--alias:insurup-load=./www/loader/{load}"));
    // Each by itself, so that a script carries only what it uses.
    for (name, value) in serde_json::to_value(manifest)?.as_object().context("an object")? {
        esbuild.arg(format!("--define:MANIFEST.{name}={value}"));
    }
    Ok(esbuild)
}
