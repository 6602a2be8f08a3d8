//! The insurer's payment page, on an origin of its own: what the customer meets between the purchase and the way back.

pub(crate) mod act;
mod detour;
mod page;

use axum::Router;
use axum::http::header;
use axum::routing::{get, post};

use crate::sandbox::Sandbox;

/// The payment page of `sandbox`, for its own origin.
pub fn payment_page(sandbox: Sandbox) -> Router {
    let css = async || ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("pay/page.css"));
    Router::new()
        .route("/odeme/{attempt_id}", get(detour::begin))
        .route("/gecis/{attempt_id}/{station}", get(detour::pass))
        .route("/odeme/{attempt_id}/{act}", post(act::act))
        .route("/odeme.css", get(css))
        .with_state(sandbox)
}
