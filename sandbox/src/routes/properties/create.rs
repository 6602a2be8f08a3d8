//! `POST /api/customers/{id}/properties`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::body::{Body, Checks};
use crate::caller::Caller;
use crate::clock::istanbul_date;
use crate::error::AppError;
use crate::model::enums::{PROPERTY_DAMAGE, PROPERTY_OWNERSHIP, PROPERTY_STRUCTURE, PROPERTY_UTILIZATION_STYLE};
use crate::model::property::Property;
use crate::sandbox::Sandbox;

/// Saves a home. Nothing is sold for it here; the case and the forms before a sale can be tried.
pub(crate) async fn create(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path(customer_id): Path<String>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), AppError> {
    caller.must_be(&customer_id)?;
    let this_year = istanbul_date(sandbox.now()).year();
    let mut checks = body.checks();
    let property = read(&mut checks, &caller, u32::try_from(this_year).unwrap_or_default());
    checks.done()?;
    let mut world = sandbox.world();
    if world.properties.iter().any(|one| one.customer_id == property.customer_id && one.number == property.number) {
        return Err(AppError::duplicate("PROPERTY_ALREADY_EXISTS", "Bu konut zaten kayıtlı."));
    }
    let id = world.random.guid();
    world.properties.push(Property { id: id.clone(), ..property });
    Ok((StatusCode::CREATED, Json(json!({ "newPropertyId": id }))))
}

fn read(checks: &mut Checks<'_>, caller: &Caller, this_year: u32) -> Property {
    if !checks.required_text("customerId").eq_ignore_ascii_case(&caller.customer_id) {
        checks.refuse("customerId", "'customerId' yol ile aynı olmalıdır.");
    }
    let number = checks.get("number").and_then(Value::as_u64).unwrap_or_default();
    if number.to_string().len() != 10 {
        checks.refuse("number", "Adres numarası on haneli olmalıdır.");
    }
    let mut within = |name: &str, least: u32, most: u32| {
        let number = checks.number(name).unwrap_or_default();
        if !(least..=most).contains(&number) {
            checks.refuse(name, &format!("'{name}' {least} ile {most} arasında olmalıdır."));
        }
        number
    };
    let (square_meter, construction_year) = (within("squareMeter", 10, 5_000), within("constructionYear", 1900, this_year));
    Property {
        id: String::new(),
        customer_id: caller.customer_id.clone(),
        number,
        square_meter,
        construction_year,
        damage_status: checks.required_one_of("damageStatus", PROPERTY_DAMAGE).unwrap_or("UNKNOWN"),
        structure: checks.required_one_of("structure", PROPERTY_STRUCTURE).unwrap_or("UNKNOWN"),
        utilization_style: checks.required_one_of("utilizationStyle", PROPERTY_UTILIZATION_STYLE).unwrap_or("UNKNOWN"),
        ownership_type: checks.required_one_of("ownershipType", PROPERTY_OWNERSHIP).unwrap_or("UNKNOWN"),
        floor: checks.get("floor").cloned().unwrap_or_default(),
    }
}
