//! What the crates that reach a browser name as their dependencies.

use anyhow::Result;
use serde::Deserialize;

use crate::{tool, workspace::Workspace};

const BROWSER_CRATES: [&str; 2] = ["insurup-core", "insurup-widget"];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// Absent for a normal one, else `dev` or `build`.
    kind: Option<String>,
}

/// A sentence for each forbidden dependency.
pub(crate) fn complaints(workspace: &Workspace, forbidden: &[&str]) -> Result<Vec<String>> {
    let output = tool::output(tool::on_path(workspace, "cargo").args(["metadata", "--format-version", "1", "--no-deps", "--offline"]))?;
    let metadata: Metadata = serde_json::from_slice(&output)?;
    let ours = metadata.packages.iter().filter(|package| BROWSER_CRATES.contains(&package.name.as_str()));
    let named = ours.flat_map(|package| {
        package.dependencies.iter().filter(|dependency| dependency.kind.is_none()).map(|dependency| (&package.name, &dependency.name))
    });
    Ok(named
        .filter(|(_, name)| forbidden.contains(&name.replace('-', "_").as_str()))
        .map(|(package, name)| format!("{package} depends on {name}"))
        .collect())
}
