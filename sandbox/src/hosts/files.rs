//! Reading a file of a folder by the path of a URL.

use std::path::{Component, Path, PathBuf};

/// A file's content and its type.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// The file that `path` names below `folder`; a folder stands for its `index.html`, a name without a file for the page of that name.
pub(super) async fn find(folder: &Path, path: &str) -> Option<Found> {
    let mut file = folder.join(relative(path)?);
    if tokio::fs::metadata(&file).await.is_ok_and(|about| about.is_dir()) {
        file.push("index.html");
    } else if file.extension().is_none() {
        file.set_extension("html");
    }
    let bytes = tokio::fs::read(&file).await.ok()?;
    let name = file.file_name()?.to_str()?.to_owned();
    let kind = kind(file.extension().and_then(|end| end.to_str()).unwrap_or_default());
    Some(Found { name, kind, bytes })
}

/// The path inside the folder; nothing for one that leads out of it.
fn relative(path: &str) -> Option<PathBuf> {
    let path = decoded(path.trim_start_matches('/'))?;
    let path = PathBuf::from(path);
    path.components().all(|part| matches!(part, Component::Normal(_))).then_some(path)
}

fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains(['\0', '\\']))
}

fn kind(end: &str) -> &'static str {
    match end {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_inside_the_folder() {
        assert_eq!(relative("/a/b.js"), Some(PathBuf::from("a/b.js")));
        assert_eq!(relative("/a%20b.js"), Some(PathBuf::from("a b.js")));
        for path in ["/../secret", "/a/../../secret", "/%2e%2e/secret", "//etc/passwd/..", "/%2fetc/passwd", "/a%00", "/%zz"] {
            assert_eq!(relative(path), None, "{path}");
        }
    }
}
