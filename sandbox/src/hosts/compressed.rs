//! Files as a CDN sends them: each compressed once, as small as brotli makes it. `tower-http`'s layer would compress each
//! answer anew, which at this quality takes a second for the module.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use brotli::enc::BrotliEncoderParams;

/// By content, for all hosts of this program. A folder is small, and seldom another one while it is served.
static COMPRESSED: Mutex<Option<HashMap<Bytes, Bytes>>> = Mutex::new(None);

/// What is sent to whoever asked with `asked`, and the headers that say so.
pub(super) async fn body(asked: &HeaderMap, kind: &str, content: Bytes) -> (HeaderMap, Bytes) {
    let mut headers = HeaderMap::new();
    if !["text/", "application/json", "application/wasm", "application/manifest", "image/svg"].iter().any(|start| kind.starts_with(start)) {
        return (headers, content);
    }
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if !takes_brotli(asked) {
        return (headers, content);
    }
    // A second of work for the largest file, so no other request waits for it.
    let plain = content.clone();
    match tokio::task::spawn_blocking(move || compressed(&plain)).await {
        Ok(small) if small.len() < content.len() => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            (headers, small)
        }
        _ => (headers, content),
    }
}

fn takes_brotli(asked: &HeaderMap) -> bool {
    let listed = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    listed.into_iter().any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br") && !parts.any(|weight| weight.trim_start_matches("q=").parse() == Ok(0.0))
    })
}

/// The lock is held while it is compressed: whoever wants the same file next finds it done.
fn compressed(content: &Bytes) -> Bytes {
    let mut all = COMPRESSED.lock().unwrap_or_else(PoisonError::into_inner);
    let all = all.get_or_insert_default();
    if let Some(known) = all.get(content) {
        return known.clone();
    }
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..BrotliEncoderParams::default() };
    let mut small = Vec::new();
    let small = match brotli::BrotliCompress(&mut &content[..], &mut small, &parameters) {
        Ok(_) => Bytes::from(small),
        Err(_) => content.clone(),
    };
    all.insert(content.clone(), small.clone());
    small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sends_brotli_to_who_takes_it() {
        for (asked, takes) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, gzip", true),
            ("gzip,br", true),
            ("br;q=0, gzip", false),
            ("gzip, deflate", false),
            ("brave", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(asked))]);
            assert_eq!(takes_brotli(&headers), takes, "{asked}");
        }
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}
