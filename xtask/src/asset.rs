//! A delivered file: its name says its content, its integrity proves it.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Name and integrity, as the loader reads them: `["insurup.*.css", "sha256-…"]`. The star stands for a part of the integrity.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Asset(pub(crate) String, pub(crate) String);

impl Asset {
    /// Writes `content` into `folder` as `stem.<hash>.extension`.
    pub(crate) fn write(folder: &Path, stem: &str, extension: &str, content: &[u8]) -> Result<Self> {
        let asset = Self(format!("{stem}.*.{extension}"), integrity(content));
        let name = asset.name();
        fs::write(folder.join(&name), content).with_context(|| format!("writing {name}"))?;
        Ok(asset)
    }

    /// The file's name, put together as the loader does it (`www/loader/load.js`): written out, eight names would be eight more hashes
    /// that don't compress.
    pub(crate) fn name(&self) -> String {
        let Self(name, integrity) = self;
        name.replace('*', &integrity["sha256-".len()..][..HASH].replace(['+', '/'], "-"))
    }
}

/// How many of the integrity's digits are in a file's name: 72 bits.
const HASH: usize = 12;

/// As an `integrity` attribute has it. A longer hash proves no more here, and the loader carries eight that don't compress.
pub(crate) fn integrity(content: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::{Asset, integrity};

    #[test]
    fn names_and_proves_content() {
        assert_eq!(Asset("texts.tr.*.json".into(), integrity(b"")).name(), "texts.tr.47DEQpj8HBSa.json");
        assert_eq!(Asset("insurup.*.js".into(), "sha256-a/b+c/789012345=".into()).name(), "insurup.a-b-c-789012.js");
        assert_eq!(integrity(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
