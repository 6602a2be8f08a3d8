//! `POST /api/auth/customer/login-or-register`

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use time::Date;

use crate::body::{Body, Checks};
use crate::clock::{Millis, iso, istanbul_date, parse_iso_date, parse_turkish_date, years_later};
use crate::error::AppError;
use crate::identity::{is_foreign_id, is_tckn, is_vkn, mobile};
use crate::middleware::ledger::List;
use crate::model::challenge::{Challenge, Sms, State as ChallengeState};
use crate::model::customer::{Customer, Kind};
use crate::model::enums::CONSENT_TYPE;
use crate::sandbox::Sandbox;
use crate::scenarios::{Chosen, Effect};
use crate::wire::{Form, WireMode};
use crate::world::World;

/// Who wants to sign in, in either form.
#[derive(Debug)]
struct LoginRequest {
    form: Form,
    kind: Kind,
    identity: String,
    birth_date: Option<Date>,
    phone: String,
    agent_branch_id: Option<String>,
    consents: Vec<&'static str>,
}

/// Sends a code to a known customer, or to somebody who will be one once the code is right.
pub(crate) async fn login_or_register(State(sandbox): State<Sandbox>, chosen: Chosen, body: Body) -> Result<Json<Value>, AppError> {
    let request = read(&body, sandbox.wire(), sandbox.now())?;
    let refused =
        chosen.with_person(&request.identity).first(|effect| if let Effect::SmsRefused(wait) = effect { Some(wait) } else { None });
    if let Some(seconds) = refused {
        return Err(AppError::too_many("SMS_LIMIT_EXCEEDED", "Çok sık kod istendi. Lütfen biraz bekleyin.", seconds));
    }
    let mut world = sandbox.world();
    let known = world.customers.iter().find(|customer| customer.identity == request.identity && customer.kind == request.kind).cloned();
    let known_id = known.as_ref().map(|customer| customer.id.clone());
    let applicant = match known {
        Some(customer) if customer.phone != request.phone => {
            return Err(AppError::rule("CUSTOMER_PHONE_MISMATCH", "Telefon numarası kayıtlı bilgilerle eşleşmiyor."));
        }
        Some(customer) => customer,
        None => applicant(&mut world, &request)?,
    };
    let token = send_code(&mut world, applicant, &request);
    Ok(Json(match (request.form, known_id) {
        (Form::Guide, _) => json!({ "token": token, "mfaRequired": true }),
        (Form::Current, Some(id)) => json!({ "token": token, "customerId": id }),
        (Form::Current, None) => json!({ "token": token }),
    }))
}

fn read(body: &Body, wire: WireMode, now: Millis) -> Result<LoginRequest, AppError> {
    let (form, kind) = wire.discriminated(body)?;
    let guide = form == Form::Guide;
    let kind = Kind::of_request(kind, guide).ok_or_else(|| AppError::malformed("$type", "unknown kind of customer"))?;
    let mut checks = body.checks();
    let identity = identity(&mut checks, kind, guide);
    let birth_date = birth_date(&mut checks, guide, now);
    let phone = phone(&mut checks, guide);
    checks.required_text("agentId");
    let agent_branch_id = checks.text("agentBranchId").map(str::to_owned);
    let consents = checks.list("approvedConsentTypes").unwrap_or_default();
    let consents: Vec<_> = consents.iter().map(|given| CONSENT_TYPE.iter().find(|known| given == **known).copied()).collect();
    if consents.contains(&None) {
        checks.misshapen("approvedConsentTypes", "known consent types");
    }
    checks.done()?;
    Ok(LoginRequest { form, kind, identity, birth_date, phone, agent_branch_id, consents: consents.into_iter().flatten().collect() })
}

fn identity(checks: &mut Checks<'_>, kind: Kind, guide: bool) -> String {
    let name = if kind == Kind::Company && !guide { "taxNumber" } else { "identityNumber" };
    let identity = checks.text_or_number(name).unwrap_or_default();
    let fits = match kind {
        Kind::Individual => is_tckn(&identity),
        Kind::Foreign => is_foreign_id(&identity),
        Kind::Company => is_vkn(&identity),
    };
    if !fits {
        checks.refuse(name, if kind == Kind::Company { "Vergi numarası geçersiz." } else { "Kimlik numarası geçersiz." });
    }
    identity
}

fn birth_date(checks: &mut Checks<'_>, guide: bool, now: Millis) -> Option<Date> {
    let name = if guide { "birthday" } else { "birthDate" };
    let text = checks.text(name)?;
    let date = if guide { parse_turkish_date(text) } else { parse_iso_date(text) };
    let Some(date) = date else {
        checks.misshapen(name, if guide { "a date as dd.mm.yyyy" } else { "a date as yyyy-mm-dd" });
        return None;
    };
    let today = istanbul_date(now);
    if date > today || years_later(date, 120) < today {
        checks.refuse(name, "Doğum tarihi geçersiz.");
    }
    Some(date)
}

fn phone(checks: &mut Checks<'_>, guide: bool) -> String {
    let number = if guide {
        checks.required_text("phoneNumber").to_owned()
    } else {
        let read = checks.object("phoneNumber", |phone| {
            let country = phone.text_or_number("countryCode").unwrap_or_default();
            if country != "90" {
                phone.refuse("countryCode", "Yalnızca Türkiye numaraları desteklenir.");
            }
            let number = phone.required_text("number");
            number.to_owned()
        });
        if checks.get("phoneNumber").is_none() {
            checks.refuse("phoneNumber", "'phoneNumber' boş olamaz.");
        }
        read.unwrap_or_default()
    };
    mobile(&number).unwrap_or_else(|| {
        if !number.is_empty() {
            checks.refuse("phoneNumber", "Telefon numarası geçersiz.");
        }
        String::new()
    })
}

/// Somebody new, not stored yet.
fn applicant(world: &mut World, request: &LoginRequest) -> Result<Customer, AppError> {
    if request.kind == Kind::Individual && request.birth_date.is_none() {
        let name = if request.form == Form::Guide { "birthday" } else { "birthDate" };
        let missing = crate::error::Invalid {
            property_name: name.to_owned(),
            error_message: "Yeni müşteri kaydı için doğum tarihi gereklidir.".to_owned(),
            attempted_value: Value::Null,
        };
        return Err(AppError::invalid(vec![missing]).code("CUSTOMER_BIRTH_DATE_REQUIRED"));
    }
    let (id, now) = (world.random.guid(), world.clock.now());
    let mut customer = Customer::new(id, request.kind, request.identity.clone(), request.phone.clone(), now);
    customer.birth_date = request.birth_date;
    customer.agent_branch_id.clone_from(&request.agent_branch_id);
    Ok(customer)
}

/// Sends a code, which takes the place of the one sent before, and gives the token to answer it with.
fn send_code(world: &mut World, applicant: Customer, request: &LoginRequest) -> String {
    let now = world.clock.now();
    for earlier in world.challenges.iter_mut().filter(|earlier| earlier.applicant.identity == applicant.identity) {
        if earlier.state == ChallengeState::Waiting {
            earlier.state = ChallengeState::Superseded;
        }
    }
    let (token, code) = (world.random.guid(), world.random.code());
    let text = format!("ORNEKSGRT: Doğrulama kodunuz: {code}. Kodu kimseyle paylaşmayın.");
    world.sms.push(Sms { to: format!("+90{}", applicant.phone), code: code.clone(), text, at: iso(now) });
    world.ledger.note(List::SmsSent, now, json!({}));
    world.challenges.push(Challenge {
        token: token.clone(),
        code,
        sent_at: now,
        wrong_tries: 0,
        state: ChallengeState::Waiting,
        form: request.form,
        applicant,
        approved_consents: request.consents.clone(),
    });
    token
}
