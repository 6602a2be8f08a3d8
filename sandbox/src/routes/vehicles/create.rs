//! `POST /api/customers/{id}/vehicles`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::body::{Body, Checks};
use crate::caller::Caller;
use crate::catalogue::brands;
use crate::clock::parse_iso_date;
use crate::error::AppError;
use crate::middleware::ledger::List;
use crate::model::enums::{FUEL, UTILIZATION_STYLE};
use crate::model::vehicle::Vehicle;
use crate::routes::vehicles::plate;
use crate::sandbox::Sandbox;
use crate::wire::Form;

/// Saves a vehicle.
pub(crate) async fn create(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path(customer_id): Path<String>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), AppError> {
    caller.must_be(&customer_id)?;
    let mut checks = body.checks();
    let form = plate::form(&checks, sandbox.wire())?;
    let vehicle = read(&mut checks, form, &caller);
    checks.done()?;
    let mut world = sandbox.world();
    let same = |one: &Vehicle| {
        one.customer_id == vehicle.customer_id
            && one.plate_code.is_some()
            && (one.plate_city, &one.plate_code) == (vehicle.plate_city, &vehicle.plate_code)
    };
    if world.vehicles.iter().any(same) {
        return Err(AppError::duplicate("VEHICLE_ALREADY_EXISTS", "Bu plakalı araç zaten kayıtlı."));
    }
    let (id, now) = (world.random.guid(), world.clock.now());
    world.vehicles.push(Vehicle { id: id.clone(), ..vehicle });
    world.ledger.note(List::Vehicles, now, json!({ "vehicleId": id, "customerId": caller.customer_id }));
    Ok((StatusCode::CREATED, Json(json!({ "id": id }))))
}

fn read(checks: &mut Checks<'_>, form: Form, caller: &Caller) -> Vehicle {
    let (plate_city, plate_code) = plate::plate(checks, form);
    let document_serial = plate::serial(checks, form);
    let guide = form == Form::Guide;
    let (brand, model, year) =
        if guide { ("brandCode", "modelCode", "year") } else { ("brandReference", "modelTypeReference", "modelYear") };
    let model_year = checks.number(year).and_then(|year| u16::try_from(year).ok());
    if model_year.is_some_and(|year| !(1960..=2100).contains(&year)) {
        checks.refuse(year, "Model yılı geçersiz.");
    }
    let brand_reference = checks.text_or_number(brand);
    let model_reference = checks.text_or_number(model);
    check_model(checks, (brand, model), brand_reference.as_deref(), model_reference.as_deref());
    if guide {
        require(checks, &["documentSerialCode", "documentSerialNumber", "brandCode", "modelCode", "year"]);
    } else {
        check_current_only(checks, caller);
    }
    let registration_date = checks.text("registrationDate").map(parse_iso_date);
    if registration_date == Some(None) {
        checks.misshapen("registrationDate", "a date as yyyy-mm-dd");
    }
    Vehicle {
        id: String::new(),
        customer_id: caller.customer_id.clone(),
        plate_city,
        plate_code,
        model_year,
        brand_reference,
        model_reference,
        utilization_style: checks.one_of("utilizationStyle", UTILIZATION_STYLE).unwrap_or("PRIVATE_CAR"),
        fuel: checks.object("fuel", |fuel| fuel.required_one_of("type", FUEL)).flatten(),
        engine: unmasked(checks, "engine", 6..=40),
        chassis: unmasked(checks, "chassis", 4..=17),
        document_serial,
        registration_date: registration_date.flatten(),
        seat_number: seats(checks),
    }
}

fn require(checks: &mut Checks<'_>, names: &[&str]) {
    for name in names.iter().filter(|name| checks.get(name).is_none()).collect::<Vec<_>>() {
        checks.refuse(name, &format!("'{name}' boş olamaz."));
    }
}

/// What today's form demands and the guides do not know.
fn check_current_only(checks: &mut Checks<'_>, caller: &Caller) {
    if !checks.required_text("customerId").eq_ignore_ascii_case(&caller.customer_id) {
        checks.refuse("customerId", "'customerId' yol ile aynı olmalıdır.");
    }
    require(checks, &["utilizationStyle", "accessories"]);
    let accessories = checks.list("accessories").unwrap_or_default();
    let tagged = |accessory: &Value| {
        let first = accessory.as_object().and_then(|accessory| accessory.iter().next());
        first.is_some_and(|(key, kind)| key == "$type" && ["audio", "display", "other"].iter().any(|known| kind == known))
    };
    if !accessories.iter().all(tagged) {
        checks.misshapen("accessories", "objects whose first property is a known $type");
    }
}

fn check_model(checks: &mut Checks<'_>, (brand_name, model_name): (&str, &str), brand: Option<&str>, model: Option<&str>) {
    let Some(reference) = brand else { return };
    match brands::by_reference(reference) {
        None => checks.refuse(brand_name, "Marka bulunamadı."),
        Some(brand) if model.is_some_and(|model| brand.model_index(model).is_none()) => checks.refuse(model_name, "Model bulunamadı."),
        Some(_) => {}
    }
}

/// An engine or chassis number; one that a lookup has blanked out must not come back.
fn unmasked(checks: &mut Checks<'_>, name: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<String> {
    let text = checks.text(name)?;
    if text.contains('*') {
        checks.refuse(name, "Maskeli değer kaydedilemez.");
    } else if !lengths.contains(&text.len()) {
        checks.refuse(name, &format!("'{name}' {} ile {} karakter arasında olmalıdır.", lengths.start(), lengths.end()));
    }
    Some(text.to_owned())
}

fn seats(checks: &mut Checks<'_>) -> Option<u8> {
    let seats = checks.number("seatNumber")?;
    if !(1..=50).contains(&seats) {
        checks.refuse("seatNumber", "Koltuk sayısı 1 ile 50 arasında olmalıdır.");
    }
    u8::try_from(seats).ok()
}
