//! `GET|PUT /api/customers/{id}/health-info`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::body::{Body, Checks};
use crate::caller::Caller;
use crate::error::AppError;
use crate::model::customer::Health;
use crate::model::enums::{DISEASE, SURGERY};
use crate::sandbox::Sandbox;
use crate::wire::Form;

/// The caller's answers so far.
pub(crate) async fn show(State(sandbox): State<Sandbox>, caller: Caller, Path(customer_id): Path<String>) -> Result<Json<Value>, AppError> {
    caller.must_be(&customer_id)?;
    let world = sandbox.world();
    let customer = world.customer(&caller.customer_id).ok_or_else(|| AppError::not_found("Müşteri"))?;
    Ok(Json(to_json(&caller, customer.health.as_ref())))
}

/// Replaces the caller's answers.
pub(crate) async fn replace(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path(customer_id): Path<String>,
    body: Body,
) -> Result<Response, AppError> {
    caller.must_be(&customer_id)?;
    let mut checks = body.checks();
    let health = Health {
        height: within(&mut checks, "height", 30, 250),
        weight: within(&mut checks, "weight", 1, 400),
        surgeries: named(&mut checks, "surgeries", SURGERY, caller.form),
        diseases: named(&mut checks, "diseases", DISEASE, caller.form),
    };
    checks.done()?;
    let mut world = sandbox.world();
    if let Some(customer) = world.customers.iter_mut().find(|customer| customer.id == caller.customer_id) {
        customer.health = Some(health.clone());
    }
    Ok(match caller.form {
        Form::Current => StatusCode::NO_CONTENT.into_response(),
        Form::Guide => Json(to_json(&caller, Some(&health))).into_response(),
    })
}

/// In the guides an empty list is null.
fn to_json(caller: &Caller, health: Option<&Health>) -> Value {
    let list = |names: Option<&Vec<String>>| match names {
        Some(names) if !names.is_empty() => json!(names),
        _ if caller.form == Form::Guide => Value::Null,
        _ => json!([]),
    };
    json!({
        "customerId": caller.customer_id,
        "height": health.map(|health| health.height),
        "weight": health.map(|health| health.weight),
        "surgeries": list(health.map(|health| &health.surgeries)),
        "diseases": list(health.map(|health| &health.diseases)),
    })
}

fn within(checks: &mut Checks<'_>, name: &str, least: u32, most: u32) -> u32 {
    let absent = checks.get(name).is_none();
    let number = checks.number(name).unwrap_or_default();
    if absent || !(least..=most).contains(&number) {
        checks.refuse(name, &format!("'{name}' {least} ile {most} arasında olmalıdır."));
    }
    number
}

/// Today both lists must be there, if only empty; the guides send null.
fn named(checks: &mut Checks<'_>, name: &str, known: &[&str], form: Form) -> Vec<String> {
    if form == Form::Current && checks.get(name).is_none() {
        checks.refuse(name, &format!("'{name}' boş olamaz."));
    }
    let names: Vec<String> = checks.list(name).unwrap_or_default().iter().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    if names.iter().any(|one| !known.contains(&one.as_str())) {
        checks.misshapen(name, "known enum values");
    }
    names
}
