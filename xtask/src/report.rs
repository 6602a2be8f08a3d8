//! `dist/size.json`: how much a visitor downloads.

use std::{
    fmt::{self, Display, Formatter, Write as _},
    fs,
    io::Write as _,
    path::Path,
};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use serde::{Deserialize, Serialize};

use crate::{asset::Asset, loader::Manifest};

/// What the demo site itself serves during a sale: its page, the page the bank sends people back to, and what both use.
const PAGE: [&str; 4] = ["index.html", "return.html", "site.css", "site.js"];

/// Every delivered file, and the files of one sale.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    files: Vec<File>,
    pub(crate) sale: Sale,
}

#[derive(Debug, Serialize, Deserialize)]
struct File {
    path: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// What a visitor's browser fetches during a whole sale, from anywhere but the API and the payment page.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Sale {
    /// The sum, at `brotli -q 11`.
    pub(crate) brotli: usize,
    widget: usize,
    page: usize,
    assets: Vec<String>,
}

impl Report {
    pub(crate) fn measure(dist: &Path, manifest: &Manifest<'_>, pinned: &Asset) -> Result<Self> {
        let languages = [&manifest.texts.tr, &manifest.texts.en].map(Asset::name);
        let widget = ["insurup.js".to_owned(), manifest.wasm.name(), manifest.styles.name()];
        let others = [&manifest.later, &manifest.later_texts.tr, &manifest.later_texts.en, pinned].map(Asset::name);
        let mut files = Vec::new();
        for name in widget.iter().chain(&languages).chain(&others) {
            files.push(File::measure(dist, format!("cdn/{name}"))?);
        }
        for name in PAGE {
            files.push(File::measure(dist, format!("site/{name}"))?);
        }
        let larger = files[3..5].iter().max_by_key(|file| file.brotli).expect("there are two languages").path.clone();
        let counted = |file: &&File| {
            file.path == larger
                || PAGE.iter().any(|name| file.path == format!("site/{name}"))
                || widget.iter().any(|name| file.path == format!("cdn/{name}"))
        };
        let assets: Vec<&File> = files.iter().filter(counted).collect();
        let sum = |folder: &str| assets.iter().filter(|file| file.path.starts_with(folder)).map(|file| file.brotli).sum();
        let (widget, page) = (sum("cdn/"), sum("site/"));
        let sale = Sale { brotli: widget + page, widget, page, assets: assets.iter().map(|file| file.path.clone()).collect() };
        Ok(Self { files, sale })
    }
}

impl File {
    fn measure(dist: &Path, path: String) -> Result<Self> {
        let content = fs::read(dist.join(&path)).with_context(|| path.clone())?;
        Ok(Self { raw: content.len(), gzip: gzip(&content)?, brotli: brotli(&content)?, path })
    }
}

fn gzip(content: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

fn brotli(content: &[u8]) -> Result<usize> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..BrotliEncoderParams::default() };
    Ok(brotli::BrotliCompress(&mut &content[..], &mut Vec::new(), &parameters)?)
}

/// Sizes of some files, with their sum.
pub(crate) fn table(folder: &Path, names: &[&str]) -> Result<String> {
    let mut lines = format!("{:>9} {:>9} {:>9}", "raw", "gzip", "brotli");
    let mut sum = 0;
    for name in names {
        let File { path, raw, gzip, brotli } = File::measure(folder, (*name).to_owned())?;
        sum += brotli;
        write!(lines, "\n{raw:>9} {gzip:>9} {brotli:>9}  {path}")?;
    }
    write!(lines, "\nTogether {sum} bytes of brotli")?;
    Ok(lines)
}

impl Display for Report {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out, "{:>9} {:>9} {:>9}  file (* counts for a sale)", "raw", "gzip", "brotli")?;
        for File { path, raw, gzip, brotli } in &self.files {
            let mark = if self.sale.assets.contains(path) { " *" } else { "" };
            writeln!(out, "{raw:>9} {gzip:>9} {brotli:>9}  {path}{mark}")?;
        }
        let Sale { brotli, widget, page, .. } = self.sale;
        write!(out, "A whole sale: {brotli} bytes of brotli (widget {widget}, the page itself {page})")
    }
}
