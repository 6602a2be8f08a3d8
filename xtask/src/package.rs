//! `dist/npm/`: the package for programs, and the tarball that would be published.

use std::{fs, io::ErrorKind, path::Path};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::{
    dist::copy,
    element, forbidden,
    module::{self, NPM, StandardLibrary},
    report, schema, tool,
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
    element::write(workspace, &folder.join("element"))?;
    fs::write(folder.join("core_bg.wasm"), &module.wasm)?;
    fs::copy(&module.glue, folder.join("core.js"))?;
    schema::write(workspace, &folder)?;
    forbidden::run(workspace, NPM, "dist/npm")?;
    let manifest: Manifest = serde_json::from_slice(&fs::read(folder.join("package.json"))?).context("package.json")?;
    ensure!(manifest.version == env!("CARGO_PKG_VERSION"), "www/npm/package.json is not of version {}", env!("CARGO_PKG_VERSION"));
    for name in &manifest.files {
        ensure!(folder.join(name).exists(), "package.json lists `{name}`, which is not there");
    }
    tool::output(tool::on_path(workspace, "npm").args(["pack", "--silent", "--pack-destination", "dist", "./dist/npm"]))?;
    let tarball = format!("dist/{}-{}.tgz", manifest.name, manifest.version);
    consume(workspace, &tarball, &HEADLESS)?;
    check_types(workspace)?;
    consume(workspace, &tarball, &REACT)?;
    println!("{}", report::table(&folder, &["core_bg.wasm", "core.js", "index.js"])?);
    println!("{tarball}; pages that sell with it: dist/headless, dist/react");
    Ok(())
}

/// Runs the package's tests in Node, in the project it was installed into. `SANDBOX` names the program that plays InsurUp.
pub(crate) fn test(workspace: &Workspace) -> Result<()> {
    let project = workspace.build_folder().join("consumer");
    ensure!(project.exists(), "the package is not built: `cargo run --package xtask -- npm`");
    tool::run(tool::on_path(workspace, "node").args(["--test", "--test-timeout=120000", "node.test.mjs"]).current_dir(project))
}

/// A page of somebody else's that uses the package.
struct Consumer {
    /// Its sources in `www/`, and what is built of it in `dist/`.
    name: &'static str,
    /// The project's folder among what is built.
    project: &'static str,
    /// Packages of its own, which the repository's tools have.
    brings: &'static [&'static str],
    /// React's strict mode is for development.
    mode: &'static str,
}

const HEADLESS: Consumer = Consumer { name: "headless", project: "consumer", brings: &[], mode: "production" };
const REACT: Consumer = Consumer {
    name: "react",
    project: "consumer-react",
    brings: &["react", "react-dom", "scheduler", "@types/react", "@types/react-dom", "csstype"],
    mode: "development",
};

/// Uses the tarball as a program would: installed into a project of its own, checked by the compiler, built by Vite.
fn consume(workspace: &Workspace, tarball: &str, consumer: &Consumer) -> Result<()> {
    let project = workspace.build_folder().join(consumer.project);
    match fs::remove_dir_all(&project) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).context("emptying the consumer"),
        _ => {}
    }
    // How a page is built and looks is the same for all of them; what it does is its own.
    fs::create_dir_all(project.join("public"))?;
    for shared in ["vite.config.js", "public/style.css"] {
        fs::copy(workspace.path("www/headless").join(shared), project.join(shared)).with_context(|| shared.to_owned())?;
    }
    copy(&workspace.path("www").join(consumer.name), &project)?;
    let mut install = tool::on_path(workspace, "npm");
    install.args(["install", "--silent", "--offline", "--no-audit", "--no-fund", "--no-package-lock"]);
    tool::output(install.arg(workspace.path(tarball)).current_dir(&project))?;
    for package in consumer.brings {
        copy(&workspace.path("node_modules").join(package), &project.join("node_modules").join(package)).context(*package)?;
    }
    compile(workspace, &project, "tsconfig.json")?;
    let mut vite = tool::npm(workspace, "vite");
    vite.args(["build", "--logLevel", "warn", "--mode", consumer.mode, "--outDir"]).arg(project.join("built")).arg(&project);
    tool::run(vite.env("NODE_ENV", consumer.mode).current_dir(&project))?;
    // The page and its sheet to the site's host, what they load to the assets' host.
    let (built, delivered) = (project.join("built"), workspace.path("dist").join(consumer.name));
    copy(&built.join("assets"), &delivered.join("cdn/assets"))?;
    fs::create_dir_all(delivered.join("site"))?;
    // One page for every address, as programs that draw their pages themselves have it: also where the payment page sends people back.
    for (name, delivered_as) in [("index.html", "index.html"), ("index.html", "return.html"), ("style.css", "style.css")] {
        fs::copy(built.join(name), delivered.join("site").join(delivered_as)).with_context(|| name.to_owned())?;
    }
    Ok(())
}

/// The types, and what must not compile, in the project where the package is installed.
fn check_types(workspace: &Workspace) -> Result<()> {
    let project = workspace.build_folder().join(HEADLESS.project);
    copy(&workspace.path("tests/npm"), &project)?;
    let settings = fs::read_to_string(project.join("types/tsconfig.json"))?.replace("../../../www/headless/", "../");
    fs::write(project.join("types/tsconfig.json"), settings)?;
    compile(workspace, &project, "types/tsconfig.json")
}

fn compile(workspace: &Workspace, project: &Path, settings: &str) -> Result<()> {
    tool::run(tool::npm(workspace, "tsc").args(["--project", settings]).current_dir(project))
}
