//! Where things are in the repository, and where built things go.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The repository this program was built from.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    pub(crate) fn here() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the workspace");
        Self { root: root.to_owned() }
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

    /// The module as the compiler linked it, all names still inside.
    pub(crate) fn linked_module(&self) -> PathBuf {
        self.build_folder().join("wasm32-unknown-unknown/release/insurup_widget.wasm")
    }
}
