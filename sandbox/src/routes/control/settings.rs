//! `GET|POST /__sandbox/settings`: how the server behaves, while it runs.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::body::Body;
use crate::catalogue::insurers::Panel;
use crate::error::AppError;
use crate::sandbox::Sandbox;
use crate::world::World;

/// The settings as they are.
pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(to_json(&sandbox.world()))
}

/// Changes those that are given.
pub(crate) async fn change(State(sandbox): State<Sandbox>, body: Body) -> Json<Value> {
    let mut world = sandbox.world();
    apply(&mut world, &body);
    Json(to_json(&world))
}

/// The panel that `body` names, which only a new world can have.
pub(super) fn panel(body: &Body) -> Result<Option<Panel>, AppError> {
    let name = body.get("panel").and_then(Value::as_str);
    name.map(|name| name.parse().map_err(|error: String| AppError::malformed("panel", &error))).transpose()
}

/// Takes over what `body` sets.
pub(super) fn apply(world: &mut World, body: &Body) {
    if let Some(pace) = body.get("pace").and_then(Value::as_f64) {
        world.pace = pace;
    }
    if let Some(naive) = body.get("naive").and_then(Value::as_bool) {
        world.naive = naive;
    }
    if let Some(delay) = body.get("settleDelayMs").and_then(Value::as_i64) {
        world.settle_delay_ms = delay;
    }
}

fn to_json(world: &World) -> Value {
    json!({ "seed": world.seed, "pace": world.pace, "panel": world.panel.name(), "naive": world.naive, "settleDelayMs": world.settle_delay_ms })
}
