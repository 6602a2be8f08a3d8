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

use crate::{
    asset::Asset,
    loader::{Manifest, Scripts},
};

/// What the demo site itself serves during a sale: its page, the page the bank sends people back to, and what both use.
const PAGE: [&str; 4] = ["index.html", "return.html", "site.css", "site.js"];

/// Every delivered file, and the files of one sale in each layout.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    files: Vec<File>,
    /// The widget in a document of its own.
    pub(crate) frame: Sale,
    /// The widget in the page's.
    pub(crate) inline: Sale,
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
    pub(crate) fn measure(dist: &Path, manifest: &Manifest<'_>, scripts: &Scripts) -> Result<Self> {
        let frame = ["insurup.js".to_owned(), "frame.html".to_owned()];
        let inline = ["inline.js".to_owned()];
        let both = [manifest.wasm.name(), manifest.styles.name()];
        let languages = [&manifest.texts.tr, &manifest.texts.en].map(Asset::name);
        let others =
            [&manifest.later, &manifest.later_texts.tr, &manifest.later_texts.en, &scripts.frame, &scripts.inline].map(Asset::name);
        let measure = |folder: &str, names: &[&str]| -> Result<Vec<File>> {
            names.iter().map(|name| File::measure(dist, format!("{folder}/{name}"))).collect()
        };
        let of_cdn = |names: &[String]| measure("cdn", &names.iter().map(String::as_str).collect::<Vec<_>>());
        let page = measure("site", &PAGE)?;
        let [frame, inline, both, languages, others] = [&frame[..], &inline, &both, &languages, &others].map(of_cdn);
        let (frame, inline, both, languages, others) = (frame?, inline?, both?, languages?, others?);
        let larger = languages.iter().max_by_key(|file| file.brotli).context("there are two languages")?;
        let sale = |layout: &[File]| {
            let widget: Vec<&File> = layout.iter().chain(&both).chain([larger]).collect();
            let sum = |files: &[&File]| files.iter().map(|file| file.brotli).sum::<usize>();
            let (of_widget, of_page) = (sum(&widget), sum(&page.iter().collect::<Vec<_>>()));
            let assets = widget.into_iter().chain(&page).map(|file| file.path.clone()).collect();
            Sale { brotli: of_widget + of_page, widget: of_widget, page: of_page, assets }
        };
        let sales = (sale(&frame), sale(&inline));
        let files = [frame, inline, both, languages, others, page].into_iter().flatten().collect();
        Ok(Self { files, frame: sales.0, inline: sales.1 })
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
        writeln!(out, "{:>9} {:>9} {:>9}  file (f counts for a sale in the frame, i for one inline)", "raw", "gzip", "brotli")?;
        for File { path, raw, gzip, brotli } in &self.files {
            let mark = |sale: &Sale, mark| if sale.assets.contains(path) { mark } else { "" };
            writeln!(out, "{raw:>9} {gzip:>9} {brotli:>9}  {path} {}{}", mark(&self.frame, "f"), mark(&self.inline, "i"))?;
        }
        for (layout, Sale { brotli, widget, page, .. }) in [("in the frame", &self.frame), ("inline", &self.inline)] {
            writeln!(out, "A whole sale {layout}: {brotli} bytes of brotli (widget {widget}, the page itself {page})")?;
        }
        Ok(())
    }
}
