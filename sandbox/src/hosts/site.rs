//! The demo agency's site, under the strictest policy the widget promises to run under.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::hosts::filled::filled;
use crate::hosts::{compressed, files};
use crate::options::Addresses;

#[derive(Debug)]
struct Site {
    folder: PathBuf,
    addresses: Addresses,
}

/// The site's files, with the other hosts' origins filled in.
pub(crate) fn app(folder: PathBuf, addresses: Addresses) -> Router {
    Router::new().fallback(serve).with_state(Arc::new(Site { folder, addresses }))
}

async fn serve(State(site): State<Arc<Site>>, request: Request) -> Response {
    let path = request.uri().path();
    let mut response = match *request.method() {
        Method::GET | Method::HEAD => match files::find(&site.folder, path).await {
            Some(found) => {
                let content = filled(&found.name, found.bytes, &site.addresses);
                ([(header::CONTENT_TYPE, found.kind)], compressed::body(request.headers(), found.kind, content).await).into_response()
            }
            None => (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "Sayfa bulunamadı.").into_response(),
        },
        // Some banks send the customer back by POST. A static page has no use for the body.
        Method::POST => (StatusCode::SEE_OTHER, [(header::LOCATION, request.uri().to_string())]).into_response(),
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    // A page may bring a policy of its own, `<page>.policy` beside `<page>.html`.
    let own = match path.strip_suffix(".html") {
        Some(page) => files::find(&site.folder, &[page, ".policy"].concat()).await,
        None => None,
    };
    let own = own.map(|found| String::from_utf8_lossy(&filled(&found.name, found.bytes, &site.addresses)).trim().to_owned());
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&own.unwrap_or_else(|| policy(&site.addresses))) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// The policy of decision 16 in the architecture, for a host page in either layout; one of the frames is the demo's telephone, which an
/// agency has not.
fn policy(addresses: &Addresses) -> String {
    let Addresses { cdn, api, .. } = addresses;
    format!(
        "default-src 'none'; script-src 'self' {cdn} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src {cdn} {api}; frame-src {cdn} {api}/__sandbox/phone; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}
