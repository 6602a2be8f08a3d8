//! Which pages may read answers: those of the allowed origins, and none else.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::sandbox::Sandbox;

const HEADERS: HeaderValue = HeaderValue::from_static("authorization, content-type, accept-language, x-request-id, x-sandbox-scenario");
const METHODS: HeaderValue = HeaderValue::from_static("GET, POST, PUT, DELETE");
const TEN_MINUTES: HeaderValue = HeaderValue::from_static("600");
const ORIGIN: HeaderValue = HeaderValue::from_static("Origin");

/// Answers preflights, and marks answers as readable for allowed origins. No answer header is exposed: the original is not known to.
pub(crate) async fn cors(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let allowed = origin.filter(|origin| origin.to_str().is_ok_and(|origin| sandbox.allows_origin(origin)));
    let preflight = request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.append(header::VARY, ORIGIN);
    if let Some(origin) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if preflight {
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
        }
    }
    response
}
