//! Where things are in the repository, and where built things go.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The repository this program works on.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The one cargo runs it in. Not the one it was built in: clones that share a target folder share this program too.
    pub(crate) fn here() -> Result<Self> {
        let xtask = env::var_os("CARGO_MANIFEST_DIR").context("run it with `cargo run --package xtask`")?;
        let root = Path::new(&xtask).parent().context("xtask is a folder of the workspace")?;
        Ok(Self { root: root.to_owned() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the repository, with `/` between its parts.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// What is built on the way to `dist/`: a folder of its own, so that its flags never make another build start afresh.
    pub(crate) fn build_folder(&self) -> PathBuf {
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.path("target"), |folder| self.root.join(folder));
        target.join("dist")
    }
}
