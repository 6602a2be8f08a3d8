//! `GET|POST /__sandbox/settings`: how the server behaves, while it runs.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::body::Body;
use crate::catalogue::insurers::Panel;
use crate::error::AppError;
use crate::model::attempt::{Detour, ReturnBy};
use crate::sandbox::Sandbox;
use crate::scenarios::{self, Scenario};
use crate::world::World;

/// More would say nothing that these don't.
const MOST_OFFERS: usize = 1_000;

/// The settings as they are.
pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(to_json(&sandbox.world()))
}

/// Changes those that are given.
pub(crate) async fn change(State(sandbox): State<Sandbox>, body: Body) -> Result<Json<Value>, AppError> {
    let mut world = sandbox.world();
    apply(&mut world, &body)?;
    Ok(Json(to_json(&world)))
}

/// The panel that `body` names, which only a new world can have.
pub(super) fn panel(body: &Body) -> Result<Option<Panel>, AppError> {
    let name = body.get("panel").and_then(Value::as_str);
    name.map(|name| name.parse().map_err(|error: String| AppError::malformed("panel", &error))).transpose()
}

/// Takes over what `body` sets.
pub(super) fn apply(world: &mut World, body: &Body) -> Result<(), AppError> {
    if let Some(given) = body.as_written("scenario") {
        world.scenario = scenario(given)?;
    }
    if let Some(pace) = body.get("pace").and_then(Value::as_f64) {
        world.pace = pace;
    }
    if let Some(given) = body.as_written("offers") {
        let many = given.as_u64().and_then(|count| usize::try_from(count).ok()).filter(|count| (1..=MOST_OFFERS).contains(count));
        if many.is_none() && !given.is_null() {
            return Err(AppError::malformed("offers", "a whole number from 1 to 1000, or null"));
        }
        world.offers = many;
    }
    if let Some(naive) = body.get("naive").and_then(Value::as_bool) {
        world.naive = naive;
    }
    if let Some(delay) = body.get("settleDelayMs").and_then(Value::as_i64) {
        world.settle_delay_ms = delay;
    }
    if let Some(way) = body.get("returnBy") {
        let way = way.as_str().and_then(ReturnBy::named);
        world.return_by = way.ok_or_else(|| AppError::malformed("returnBy", "`get` or `post`"))?;
    }
    if let Some(detour) = body.get("detour") {
        let detour = detour.as_str().and_then(Detour::named);
        world.detour = detour.ok_or_else(|| AppError::malformed("detour", "`none`, `page`, `return` or `endless`"))?;
    }
    Ok(())
}

/// The scenario that a setting names; null for none.
fn scenario(given: &Value) -> Result<Option<&'static Scenario>, AppError> {
    if given.is_null() {
        return Ok(None);
    }
    let found = given.as_str().and_then(scenarios::by_name);
    found.map(Some).ok_or_else(|| AppError::malformed("scenario", "the name of a scenario, or null"))
}

fn to_json(world: &World) -> Value {
    json!({ "seed": world.seed, "pace": world.pace, "panel": world.panel.name(), "offers": world.offers, "naive": world.naive, "scenario": world.scenario.map(|scenario| scenario.name), "settleDelayMs": world.settle_delay_ms, "returnBy": world.return_by.name(), "detour": world.detour.name() })
}
