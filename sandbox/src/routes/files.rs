//! `GET /api/files/{kind}/{id}.pdf?expires=&signature=`: papers behind links that expire, and logos, which are public.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::catalogue::insurers;
use crate::clock::Millis;
use crate::error::AppError;
use crate::pdf;
use crate::random::hash;
use crate::sandbox::Sandbox;

/// How long a link works, in seconds.
const LIFE: Millis = 5 * 60;

/// What makes a link good.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Grant {
    #[serde(default)]
    expires: Millis,
    #[serde(default)]
    signature: String,
}

/// A paper or a logo.
pub(crate) async fn file(
    State(sandbox): State<Sandbox>,
    Path((kind, name)): Path<(String, String)>,
    Query(grant): Query<Grant>,
) -> Result<Response, AppError> {
    if let ("logo", Some(id)) = (kind.as_str(), name.strip_suffix(".svg")) {
        return logo(id);
    }
    let id = name.strip_suffix(".pdf").ok_or_else(|| AppError::not_found("Dosya"))?;
    let world = sandbox.world();
    if grant.signature != sign(&kind, id, grant.expires, world.seed) || world.clock.now() / 1000 >= grant.expires {
        return Err(AppError::forbidden("The link is not valid or has expired."));
    }
    Ok(as_pdf(pdf::of(&world, &kind, id)?))
}

/// A link that works for five minutes.
pub(crate) fn link(api: &str, kind: &str, id: &str, now: Millis, seed: u64) -> String {
    let expires = now / 1000 + LIFE;
    format!("{api}/files/{kind}/{id}.pdf?expires={expires}&signature={}", sign(kind, id, expires, seed))
}

/// A paper as an answer.
pub(crate) fn as_pdf(bytes: Vec<u8>) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "application/pdf"), (header::CONTENT_DISPOSITION, "inline"), (header::CACHE_CONTROL, "private, no-store")];
    (headers, bytes).into_response()
}

fn sign(kind: &str, id: &str, expires: Millis, seed: u64) -> String {
    let expires = expires.to_string();
    format!("{:016x}{:016x}", hash(seed, &["sign", kind, id, &expires]), hash(!seed, &["sign", kind, id, &expires]))
}

fn logo(id: &str) -> Result<Response, AppError> {
    let insurer = id.parse().ok().and_then(insurers::by_id).ok_or_else(|| AppError::not_found("Dosya"))?;
    let initial = insurer.name.chars().next().unwrap_or('?');
    let hue = insurer.id * 47 % 360;
    let svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64"><rect width="64" height="64" rx="14" fill="hsl({hue} 55% 38%)"/><text x="32" y="44" font-family="sans-serif" font-size="34" font-weight="700" text-anchor="middle" fill="#fff">{initial}</text></svg>"##
    );
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")];
    Ok((headers, svg).into_response())
}
