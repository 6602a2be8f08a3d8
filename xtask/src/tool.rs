//! Running other programs.

use std::{ffi::OsStr, path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// A program the npm packages bring.
pub(crate) fn npm(workspace: &Workspace, name: &str) -> Command {
    let mut command = Command::new(workspace.path("node_modules/.bin").join(name));
    command.current_dir(workspace.root());
    command
}

/// A program found on PATH.
pub(crate) fn on_path(workspace: &Workspace, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(workspace.root());
    command
}

/// Runs it with its output shown; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| missing(command))?;
    if !status.success() {
        bail!("`{}` failed: {status}", name(command));
    }
    Ok(())
}

/// Runs it and returns what it wrote to standard output.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.output().with_context(|| missing(command))?;
    if !output.status.success() {
        bail!("`{}` failed: {}\n{}", name(command), output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(output.stdout)
}

fn name(command: &Command) -> String {
    Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn missing(command: &Command) -> String {
    format!("`{}` could not be started; scripts/setup.sh installs it", name(command))
}
