//! A delivered file: its name says its content, its integrity proves it.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Name and integrity, as the loader reads them: `["insurup.1f….css", "sha256-…"]`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Asset(pub(crate) String, pub(crate) String);

impl Asset {
    /// Writes `content` into `folder` as `stem.<hash>.extension`.
    pub(crate) fn write(folder: &Path, stem: &str, extension: &str, content: &[u8]) -> Result<Self> {
        let name = format!("{stem}.{}.{extension}", short_hash(content));
        fs::write(folder.join(&name), content).with_context(|| format!("writing {name}"))?;
        Ok(Self(name, integrity(content)))
    }
}

/// The first 16 hexadecimal digits of the SHA-256.
fn short_hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// As an `integrity` attribute has it. A longer hash proves no more here, and the loader carries eight that don't compress.
fn integrity(content: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::{integrity, short_hash};

    #[test]
    fn names_and_proves_content() {
        assert_eq!(short_hash(b""), "e3b0c44298fc1c14");
        assert_eq!(integrity(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
