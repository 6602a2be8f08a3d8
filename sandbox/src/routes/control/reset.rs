//! `POST /__sandbox/reset`

use axum::extract::{FromRequest, Request, State};
use axum::http::{StatusCode, header};

use crate::body::Body;
use crate::error::AppError;
use crate::routes::control::settings;
use crate::sandbox::Sandbox;
use crate::world::World;

/// Starts over, with the seed, pace and panel there were or those that are given. A body is not needed.
pub(crate) async fn reset(State(sandbox): State<Sandbox>, request: Request) -> Result<StatusCode, AppError> {
    let body =
        if request.headers().contains_key(header::CONTENT_TYPE) { Body::from_request(request, &sandbox).await? } else { Body::default() };
    let mut world = sandbox.world();
    let seed = body.get("seed").and_then(serde_json::Value::as_u64).unwrap_or(world.seed);
    let panel = settings::panel(&body)?.unwrap_or(world.panel);
    *world = World::new(seed, world.pace, panel);
    settings::apply(&mut world, &body)?;
    Ok(StatusCode::NO_CONTENT)
}
