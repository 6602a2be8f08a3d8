//! The API as a router, ready to be served or called in-process.

use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::error::AppError;
use crate::middleware::{cors, faults, record};
use crate::routes;
use crate::sandbox::Sandbox;

/// The API of `sandbox`, under `/` and under `/api`, with the controls under `/__sandbox`.
pub fn app(sandbox: Sandbox) -> Router {
    Router::new()
        .merge(routes::api())
        .nest("/api", routes::api())
        .merge(routes::control())
        .fallback(async || AppError::no_such_endpoint())
        .method_not_allowed_fallback(async || AppError::wrong_method())
        .layer(from_fn_with_state(sandbox.clone(), faults::spoil))
        .layer(from_fn_with_state(sandbox.clone(), cors::cors))
        .layer(from_fn_with_state(sandbox.clone(), record::record))
        .with_state(sandbox)
}
