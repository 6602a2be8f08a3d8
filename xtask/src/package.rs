//! `dist/npm/`: the package for programs, and the tarball that would be published.

use std::{fs, io::ErrorKind};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::{
    forbidden,
    module::{self, NPM, StandardLibrary},
    report, tool,
    workspace::Workspace,
};

/// Written by hand, in `www/npm`.
const WRITTEN: [&str; 5] = ["package.json", "index.js", "index.d.ts", "wasm-url.js", "wasm-node.js"];
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

#[derive(Debug, Deserialize)]
struct Manifest {
    name: String,
    version: String,
    files: Vec<String>,
}

pub(crate) fn run(workspace: &Workspace, standard_library: StandardLibrary) -> Result<()> {
    let module = module::build(workspace, NPM, standard_library)?;
    let folder = workspace.path("dist/npm");
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).context("emptying dist/npm"),
        _ => {}
    }
    fs::create_dir_all(&folder)?;
    for name in WRITTEN {
        fs::copy(workspace.path("www/npm").join(name), folder.join(name)).with_context(|| name.to_owned())?;
    }
    for name in LICENCES {
        fs::copy(workspace.path(name), folder.join(name)).with_context(|| name.to_owned())?;
    }
    fs::copy(workspace.path("docs/npm.md"), folder.join("README.md")).context("docs/npm.md")?;
    fs::write(folder.join("core_bg.wasm"), &module.wasm)?;
    fs::copy(&module.glue, folder.join("core.js"))?;
    forbidden::run(workspace, NPM, "dist/npm")?;
    let manifest: Manifest = serde_json::from_slice(&fs::read(folder.join("package.json"))?).context("package.json")?;
    ensure!(manifest.version == env!("CARGO_PKG_VERSION"), "www/npm/package.json is not of version {}", env!("CARGO_PKG_VERSION"));
    for name in &manifest.files {
        ensure!(folder.join(name).exists(), "package.json lists `{name}`, which is not there");
    }
    tool::output(tool::on_path(workspace, "npm").args(["pack", "--silent", "--pack-destination", "dist", "./dist/npm"]))?;
    println!("{}", report::table(&folder, &["core_bg.wasm", "core.js", "index.js"])?);
    println!("dist/{}-{}.tgz", manifest.name, manifest.version);
    Ok(())
}
