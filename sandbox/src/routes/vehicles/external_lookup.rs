//! `POST /api/customers/{id}/vehicles/external-lookup`

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::body::Body;
use crate::caller::Caller;
use crate::catalogue::plates::{Blanks, Finding, Registered, look_up};
use crate::clock::iso_date;
use crate::error::{AppError, Invalid};
use crate::model::customer::Kind;
use crate::routes::vehicles::plate;
use crate::sandbox::Sandbox;
use crate::scenarios::Chosen;
use crate::wire::Form;

/// Asks the register about a plate. Whose vehicle it is comes from the stored customer, so that one must be complete.
pub(crate) async fn external_lookup(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    chosen: Chosen,
    Path(customer_id): Path<String>,
    body: Body,
) -> Result<Json<Value>, AppError> {
    caller.must_be(&customer_id)?;
    let mut checks = body.checks();
    let form = plate::form(&checks, sandbox.wire())?;
    let (city, code) = plate::plate(&mut checks, form);
    let serial = plate::serial(&mut checks, form);
    if form == Form::Current && !checks.required_text("customerId").eq_ignore_ascii_case(&customer_id) {
        checks.refuse("customerId", "'customerId' yol ile aynı olmalıdır.");
    }
    if serial.is_none() && checks.get("documentSerial").is_none() {
        checks.refuse(if form == Form::Guide { "documentSerialCode" } else { "documentSerial" }, "Belge seri numarası gereklidir.");
    }
    checks.done()?;
    let complete = sandbox.world().customer(&caller.customer_id).is_some_and(|one| one.kind == Kind::Company || one.birth_date.is_some());
    if !complete {
        return Err(AppError::rule("CUSTOMER_BIRTH_DATE_REQUIRED", "Araç sorgusu için doğum tarihi kayıtlı olmalıdır."));
    }
    let Some(code) = code else {
        let missing =
            Invalid { property_name: "plate.code".into(), error_message: "Plaka gereklidir.".into(), attempted_value: Value::Null };
        return Err(AppError::invalid(vec![missing]));
    };
    match look_up(city, &code, chosen.with_plate(&code).register()) {
        Finding::Missing => Err(AppError::not_found("Araç").code("VEHICLE_NOT_FOUND")),
        Finding::Unreachable => Err(AppError::upstream("VEHICLE_LOOKUP_UNAVAILABLE", "Araç sorgulama servisine ulaşılamadı.")),
        Finding::Found(vehicle) => Ok(Json(to_json((city, &code), serial.as_ref(), &vehicle, Detail::Whole))),
        Finding::Masked(vehicle, blanks) => Ok(Json(to_json((city, &code), serial.as_ref(), &vehicle, Detail::Masked(blanks)))),
        Finding::Partial(vehicle) => Ok(Json(to_json((city, &code), serial.as_ref(), &vehicle, Detail::WithoutModel))),
    }
}

/// How much the register lets out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    Whole,
    Masked(Blanks),
    WithoutModel,
}

fn to_json(plate: (u8, &str), serial: Option<&(String, String)>, vehicle: &Registered, detail: Detail) -> Value {
    let blanks = if let Detail::Masked(blanks) = detail { blanks } else { Blanks::default() };
    let mask = |text: &str, masked: bool| {
        let kept = text.chars().take(3).collect::<String>();
        if masked { format!("{kept}{}", "*".repeat(text.len().saturating_sub(3))) } else { text.to_owned() }
    };
    let date = vehicle.registration_date().map(iso_date);
    let brand = json!({ "value": vehicle.brand.reference, "text": vehicle.brand.name });
    let model = json!({
        "year": vehicle.year,
        "brand": brand,
        "type": { "value": vehicle.model_reference(), "text": vehicle.brand.models[vehicle.model] },
    });
    let (model, partial) = if detail == Detail::WithoutModel {
        (Value::Null, json!({ "year": vehicle.year, "brand": brand, "type": null }))
    } else {
        (model, Value::Null)
    };
    json!({
        "registrationDate": date,
        "firstRegistrationDate": date,
        "plate": { "city": plate.0, "code": plate.1 },
        "documentSerial": serial.map(|(code, number)| json!({ "code": code, "number": number })),
        "model": model,
        "partialModel": partial,
        "chassis": mask(&vehicle.chassis, blanks.chassis),
        "chassisIsMasked": blanks.chassis,
        "engine": mask(&vehicle.engine, blanks.engine),
        "engineIsMasked": blanks.engine,
        "fuelType": vehicle.fuel,
        "price": f64::from(vehicle.value),
        "currency": "TURKISH_LIRA",
        "kaskoOldPolicy": null,
        "trafikOldPolicy": null,
        "utilizationStyle": "PRIVATE_CAR",
        "seatNumber": vehicle.seats,
    })
}
