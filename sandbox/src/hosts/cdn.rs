//! The host of the widget's files: open to every page, compressed, and cached for ever where the name carries a hash. The document of the
//! frame is filled in as its deployment would have it: this API, and the demo site alone.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::hosts::filled::filled;
use crate::hosts::{compressed, files};
use crate::options::Addresses;

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

#[derive(Debug)]
struct Assets {
    folder: PathBuf,
    addresses: Addresses,
}

/// The folder's files.
pub(crate) fn app(folder: PathBuf, addresses: Addresses) -> Router {
    Router::new().fallback(serve).with_state(Arc::new(Assets { folder, addresses }))
}

async fn serve(State(assets): State<Arc<Assets>>, request: Request) -> Response {
    let mut response = match *request.method() {
        Method::GET | Method::HEAD => match files::find(&assets.folder, request.uri().path()).await {
            Some(found) => {
                let is_document = found.name.ends_with(".html");
                let cache = match () {
                    () if is_document => "no-store",
                    () if is_hashed(&found.name) => "public, max-age=31536000, immutable",
                    () => "no-cache",
                };
                let content = if is_document { filled(&found.name, found.bytes, &assets.addresses) } else { found.bytes.into() };
                let sent = compressed::body(request.headers(), found.kind, content).await;
                ([(header::CONTENT_TYPE, found.kind), (header::CACHE_CONTROL, cache)], sent).into_response()
            }
            None => StatusCode::NOT_FOUND.into_response(),
        },
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Whether a part between two dots of the name is a hash: twelve digits of base 64.
fn is_hashed(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    let hash = |part: &&str| part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    parts.len() > 2 && parts[1..parts.len() - 1].iter().any(hash)
}

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_only_hashed_names_for_ever() {
        for (name, hashed) in [
            ("app.0123abcdWXYZ.js", true),
            ("texts.tr.01-3456789-b.json", true),
            ("loader.js", false),
            ("a.min.js", false),
            ("0123abcdWXYZ.js", false),
            ("config.schema.json", false),
        ] {
            assert_eq!(super::is_hashed(name), hashed, "{name}");
        }
    }
}
