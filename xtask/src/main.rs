//! Builds, packages and measures what is delivered.
//!
//! Everything here runs on the developer's machine; nothing of it reaches a visitor. Without a network once
//! `scripts/setup.sh` has run, and with the same result for the same sources and tools.
#![expect(clippy::print_stdout, reason = "a command-line program talks on standard output")]

mod asset;
mod budget;
#[cfg(test)]
mod compliance;
mod content;
mod direct_dependencies;
mod dist;
mod element;
mod forbidden;
mod frame;
mod loader;
mod module;
mod names;
mod order;
mod owned;
mod package;
mod report;
mod schema;
mod screens;
mod sequence;
mod site;
mod split;
mod tool;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::{Arg, ValueExt as _};

use crate::{module::StandardLibrary, workspace::Workspace};

const HELP: &str = "\
cargo run --package xtask -- <command>

dist         build dist/cdn (the script a page loads and all it fetches) and dist/site (the demo site); writes dist/size.json
  --std rebuild|prebuilt|auto
             the standard library inside the module: rebuilt without panic messages (smaller), as the toolchain has it,
             or rebuilt where the toolchain brings its source (auto, the default)
schema       write dist/config.schema.json, the JSON Schema of what an agency may configure (dist and npm put it beside their files)
npm          build dist/npm, the package for programs, and its tarball beside it; after dist
npm-test     run that package in Node, against the local InsurUp that SANDBOX names
screens      say which drawings of the design the journeys' pictures in target/screens show, and put them on one sheet
size         hold dist/size.json against size-budget.json
check-wasm   hold the last built module and the delivered files against what must never be in them (dist does this too)
help         this text";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Its causes in one line; whoever reads this wants what to do, not where in xtask it came up.
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut arguments = lexopt::Parser::from_env();
    let mut command = None;
    let mut standard_library = StandardLibrary::Auto;
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("std") => standard_library = arguments.value()?.string()?.parse()?,
            Arg::Long("help") | Arg::Short('h') => command = Some("help".to_owned()),
            Arg::Value(name) if command.is_none() => command = Some(name.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let workspace = Workspace::here()?;
    match command.as_deref() {
        Some("dist") => dist::run(&workspace, standard_library),
        Some("npm") => package::run(&workspace, standard_library),
        Some("npm-test") => package::test(&workspace),
        Some("schema") => schema::run(&workspace),
        Some("screens") => screens::run(&workspace),
        Some("size") => budget::run(&workspace),
        Some("check-wasm") => forbidden::run(&workspace, module::WIDGET, "dist/cdn"),
        Some("help") | None => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => bail!("there is no command `{other}`; try `help`"),
    }
}
