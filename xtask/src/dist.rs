//! `dist/`: what goes to the assets' host, and the demo site.

use std::{fs, io::ErrorKind, path::Path};

use anyhow::{Context, Result};

use crate::{
    asset::Asset,
    content::{self, Texts},
    forbidden, frame,
    loader::{self, Languages, Manifest, Script, Scripts},
    module::{self, StandardLibrary, WIDGET},
    report::Report,
    schema, site,
    workspace::Workspace,
};

pub(crate) fn run(workspace: &Workspace, standard_library: StandardLibrary) -> Result<()> {
    let module = module::build(workspace, WIDGET, standard_library)?;
    let dist = workspace.path("dist");
    // Whole or not at all: a file of an older build never stays beside the new ones.
    match fs::remove_dir_all(&dist) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).context("emptying dist/"),
        _ => {}
    }
    let cdn = dist.join("cdn");
    fs::create_dir_all(&cdn)?;
    let texts = Texts::read(workspace, content::WIDGET_TEXTS)?;
    let loader_texts = Texts::read(workspace, content::LOADER_TEXTS)?;
    let write_texts = |name: &str, list: &[String]| Asset::write(&cdn, name, "json", &serde_json::to_vec(list)?);
    let later_texts = Texts::read(workspace, content::LATER_TEXTS)?;
    let later_styles = content::later_styles(workspace)?;
    // The sheet stands before the texts: one request less.
    let with_styles = |list: &[String]| [std::slice::from_ref(&later_styles), list].concat();
    let manifest = Manifest {
        wasm: Asset::write(&cdn, "insurup", "wasm", &module.wasm)?,
        later: Asset::write(&cdn, "later", "wasm", module.later.as_deref().context("the widget has no second half")?)?,
        styles: Asset::write(&cdn, "insurup", "css", content::styles(workspace)?.as_bytes())?,
        texts: Languages { tr: write_texts("texts.tr", &texts.turkish)?, en: write_texts("texts.en", &texts.english)? },
        later_texts: Languages {
            tr: write_texts("later.tr", &with_styles(&later_texts.turkish))?,
            en: write_texts("later.en", &with_styles(&later_texts.english))?,
        },
        // Fetched only where a page has words of its own for some of the texts.
        keys: write_texts("texts.keys", &Texts::all(workspace)?.own())?,
        look: content::public_properties(workspace)?,
        failed: loader::failed(&loader_texts)?,
    };
    // Each script under a name for pages, and under one that never changes its content, for those that pin it by `integrity`.
    let script = |name: &str, script| {
        let content = loader::bundle(workspace, &manifest, &module.glue, script)?;
        fs::write(cdn.join(name).with_extension("js"), &content)?;
        Asset::write(&cdn, name, "js", &content)
    };
    let scripts = Scripts { frame: script("insurup", Script::Frame)?, inline: script("inline", Script::Inline)? };
    let framed = loader::bundle(workspace, &manifest, &module.glue, Script::Framed)?;
    fs::write(cdn.join("frame.html"), frame::document(workspace, &framed)?)?;
    schema::write(workspace, &cdn)?;
    site::write(workspace, &dist.join("site"))?;
    forbidden::run(workspace, WIDGET, "dist/cdn")?;
    let report = Report::measure(&dist, &manifest, &scripts)?;
    fs::write(dist.join("size.json"), serde_json::to_string_pretty(&report)? + "\n")?;
    println!("{report}");
    for pinned in [&scripts.frame, &scripts.inline] {
        println!("Pinned: <script src=\"…/{}\" integrity=\"{}\" crossorigin async></script>", pinned.name(), pinned.1);
    }
    Ok(())
}

pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
