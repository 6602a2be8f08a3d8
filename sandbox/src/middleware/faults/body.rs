//! Bodies that come bit by bit, or not to their end.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use futures_util::stream;
use tokio::time::sleep;

use crate::middleware::faults::Fault;

/// What is sent before a cut has so long to get through; the cut would take it along otherwise.
const HEAD_START: Duration = Duration::from_millis(40);

/// The page that a proxy puts in an API's place.
pub(super) fn page() -> Response {
    Html(
        "<!doctype html><html><head><title>Service unavailable</title></head>\
         <body><h1>Service unavailable</h1><p>The server is temporarily unable to service your request.</p></body></html>",
    )
    .into_response()
}

/// The answer with its body cut or slowed down. Its length stays what it was meant to be, so a client can tell that bytes are missing.
pub(super) async fn spoilt(response: Response, fault: &Fault) -> Response {
    if fault.truncate.is_none() && fault.drip_ms.is_none() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    if whole.is_empty() {
        return Response::from_parts(parts, Body::empty());
    }
    parts.headers.insert(header::CONTENT_LENGTH, whole.len().into());
    let kept = fault.truncate.map_or(whole.len(), |wanted| kept(whole.len(), wanted));
    let piece = fault.drip_ms.map_or(kept, |_| fault.drip_bytes.unwrap_or(1)).max(1);
    let pause = fault.drip_ms.map(Duration::from_millis);
    let start = (whole.slice(..kept), kept < whole.len());
    let pieces = stream::unfold(start, move |(mut rest, cut): (Bytes, bool)| async move {
        if rest.is_empty() {
            if !cut {
                return None;
            }
            sleep(HEAD_START).await;
            return Some((Err(io::Error::from(io::ErrorKind::UnexpectedEof)), (rest, false)));
        }
        if let Some(pause) = pause {
            sleep(pause).await;
        }
        let next = rest.split_to(piece.min(rest.len()));
        Some((Ok(next), (rest, cut)))
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}

/// How many of `whole` bytes are sent: below one a share of them, otherwise so many, but never all.
fn kept(whole: usize, wanted: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a length of a test's body")]
    let kept = (if wanted < 1.0 { wanted * whole as f64 } else { wanted }) as usize;
    kept.min(whole - 1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_a_share_or_so_many_bytes_and_never_all() {
        for (wanted, kept) in [(0.0, 0), (0.5, 50), (0.99, 99), (1.0, 1), (7.0, 7), (100.0, 99), (9999.0, 99)] {
            assert_eq!(super::kept(100, wanted), kept, "{wanted}");
        }
    }
}
