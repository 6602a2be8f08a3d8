//! `element/` of the package: the tag for those who build their site with a bundler.
//!
//! The same widget as `dist/cdn`, cut for bundlers: wasm files that they find by `new URL`, texts and style sheet as JavaScript that they
//! load when it is wanted.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    asset::Asset,
    content::{self, Texts},
    loader::{self, Languages, Manifest},
    module::{self, WIDGET},
    workspace::Workspace,
};

/// Written by hand, in `www/npm/element`.
const WRITTEN: [&str; 3] = ["index.js", "index.d.ts", "react.d.ts"];

pub(crate) fn write(workspace: &Workspace, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for name in WRITTEN {
        fs::copy(workspace.path("www/npm/element").join(name), folder.join(name)).with_context(|| name.to_owned())?;
    }
    let built = module::built(workspace, WIDGET).context("the widget is not built: `cargo run --package xtask -- dist`")?;
    fs::write(folder.join("insurup.wasm"), &built.wasm)?;
    fs::write(folder.join("later.wasm"), built.later.as_deref().context("the widget has no second half")?)?;
    let texts = Texts::read(workspace, content::WIDGET_TEXTS)?;
    let later = Texts::read(workspace, content::LATER_TEXTS)?;
    let loader_texts = Texts::read(workspace, content::LOADER_TEXTS)?;
    let later_styles = content::later_styles(workspace)?;
    let script = |name: &str, content: &serde_json::Value| fs::write(folder.join(name), format!("export default {content};\n"));
    script("styles.js", &content::styles(workspace)?.into())?;
    for (language, list, more) in [("tr", &texts.turkish, &later.turkish), ("en", &texts.english, &later.english)] {
        script(&format!("texts.{language}.js"), &list.clone().into())?;
        script(&format!("later.{language}.js"), &[std::slice::from_ref(&later_styles), more].concat().into())?;
    }
    script("texts.keys.js", &Texts::all(workspace)?.own().into())?;
    // Whoever bundles these files changes their names; their integrity is the bundler's business.
    let asset = |name: &str| Asset(name.to_owned(), String::new());
    let manifest = Manifest {
        wasm: asset("insurup.wasm"),
        later: asset("later.wasm"),
        styles: asset("styles.js"),
        texts: Languages { tr: asset("texts.tr.js"), en: asset("texts.en.js") },
        later_texts: Languages { tr: asset("later.tr.js"), en: asset("later.en.js") },
        keys: asset("texts.keys.js"),
        look: Vec::new(),
        failed: loader::failed(&loader_texts)?,
    };
    fs::write(folder.join("tag.js"), loader::module(workspace, &manifest, &built.glue)?)?;
    Ok(())
}
