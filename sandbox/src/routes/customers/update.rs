//! `PUT /api/customers/{id}`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use time::Date;

use crate::body::{Body, Checks};
use crate::caller::Caller;
use crate::catalogue::cities;
use crate::clock::parse_iso_date;
use crate::error::AppError;
use crate::model::customer::Kind;
use crate::model::enums::{EDUCATION_STATUS, GENDER, JOB, MARITAL_STATUS, NATIONALITY};
use crate::routes::customers::me;
use crate::sandbox::Sandbox;
use crate::wire::Form;

/// What a customer can change about themselves. As in the original, what is left out is emptied.
#[derive(Debug)]
struct UpdateRequest {
    full_name: Option<String>,
    birth_date: Option<Date>,
    email: Option<String>,
    gender: Option<&'static str>,
    marital_status: Option<&'static str>,
    nationality: Option<&'static str>,
    education_status: Option<&'static str>,
    job: Option<&'static str>,
    /// Reference and name.
    city: Option<(String, String)>,
    district: Option<String>,
}

/// Replaces the caller's record. Identity and phone stay: they were proved, not typed.
pub(crate) async fn update(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    Path(customer_id): Path<String>,
    body: Body,
) -> Result<Response, AppError> {
    caller.must_be(&customer_id)?;
    let (form, kind) = sandbox.wire().discriminated(&body)?;
    let kind = Kind::of_request(kind, form == Form::Guide).ok_or_else(|| AppError::malformed("$type", "unknown kind of customer"))?;
    let mut checks = body.checks();
    if checks.text("id").is_some_and(|id| !id.eq_ignore_ascii_case(&customer_id)) {
        checks.refuse("id", "'id' yol ile aynı olmalıdır.");
    }
    let request = read(&mut checks, form);
    checks.done()?;
    let mut world = sandbox.world();
    let customer = world.customers.iter_mut().find(|one| one.id == caller.customer_id).ok_or_else(|| AppError::not_found("Müşteri"))?;
    if customer.kind != kind {
        return Err(AppError::malformed("$type", "a customer's kind does not change"));
    }
    customer.full_name = request.full_name;
    customer.birth_date = request.birth_date.or(customer.birth_date);
    customer.email = request.email;
    customer.gender = request.gender.unwrap_or("UNKNOWN");
    customer.marital_status = request.marital_status.unwrap_or("UNKNOWN");
    customer.nationality = request.nationality.unwrap_or("UNKNOWN");
    customer.education_status = request.education_status.unwrap_or("UNKNOWN");
    customer.job = request.job.unwrap_or("UNKNOWN");
    customer.city = request.city;
    customer.district = request.district.map(|value| (value.clone(), value));
    let customer = customer.clone();
    Ok(match form {
        Form::Current => StatusCode::NO_CONTENT.into_response(),
        Form::Guide => Json(me::to_json(&world, &customer)).into_response(),
    })
}

fn read(checks: &mut Checks<'_>, form: Form) -> UpdateRequest {
    let owned = |text: Option<&str>| text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let (full_name, email) = match form {
        Form::Current => {
            let name = checks.text("fullName").or_else(|| checks.text("title"));
            (owned(name), owned(checks.text("primaryEmail")))
        }
        Form::Guide => {
            let names = [checks.text("firstName"), checks.text("lastName")];
            (owned(Some(&names.into_iter().flatten().collect::<Vec<_>>().join(" "))), owned(checks.text("email")))
        }
    };
    if email.as_deref().is_some_and(|email| !email.contains('@')) {
        checks.refuse(if form == Form::Guide { "email" } else { "primaryEmail" }, "E-posta adresi geçersiz.");
    }
    let birth_date = checks.text("birthDate").map(parse_iso_date);
    if birth_date == Some(None) {
        checks.misshapen("birthDate", "a date as yyyy-mm-dd");
    }
    let city = owned(checks.text("cityReference")).map(|reference| (cities::named(&reference), reference));
    if let Some((None, _)) = city {
        checks.refuse("cityReference", "İl bulunamadı.");
    }
    UpdateRequest {
        full_name,
        birth_date: birth_date.flatten(),
        email,
        gender: checks.one_of("gender", GENDER),
        marital_status: checks.one_of("maritalStatus", MARITAL_STATUS),
        nationality: checks.one_of("nationality", NATIONALITY),
        education_status: checks.one_of("educationStatus", EDUCATION_STATUS),
        job: checks.one_of("job", JOB),
        city: city.and_then(|(name, reference)| Some((reference, name?.to_owned()))),
        district: owned(checks.text("districtReference")),
    }
}
