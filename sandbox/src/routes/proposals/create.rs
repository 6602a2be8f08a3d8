//! `POST /api/proposals`

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use time::{Date, Duration};

use crate::body::{Body, Checks};
use crate::caller::Caller;
use crate::catalogue::brands;
use crate::catalogue::coverage::{self, DEFAULT_GROUP, Group};
use crate::catalogue::insurers::{Line, Temper};
use crate::clock::{istanbul_date, parse_iso_date, years_later};
use crate::error::AppError;
use crate::middleware::ledger::List;
use crate::model::case;
use crate::model::enums::{self, Channel, ProductBranch, name_of};
use crate::model::product::{Product, Subject};
use crate::model::proposal::Proposal;
use crate::model::relationship::between;
use crate::routes::proposals::family::{self, Family};
use crate::sandbox::Sandbox;
use crate::scenarios::{Chosen, Offers};
use crate::wire::{Form, WireMode};
use crate::world::World;

/// What offers are wanted for, in either form.
#[derive(Debug)]
struct CreateRequest {
    branch: ProductBranch,
    insurer_customer_id: String,
    insured_customer_id: String,
    additional_insured: Vec<String>,
    vehicle_id: Option<String>,
    groups: Vec<&'static Group>,
    channel: Channel,
    agent_branch_id: Option<String>,
    start: Date,
}

/// Asks every insurer for an offer per coverage group. Offers arrive later.
pub(crate) async fn create(State(sandbox): State<Sandbox>, caller: Caller, chosen: Chosen, body: Body) -> Result<Json<Value>, AppError> {
    let today = istanbul_date(sandbox.now());
    let request = read(&body, sandbox.wire(), today)?;
    caller.must_be(&request.insurer_customer_id)?;
    let mut world = sandbox.world();
    let insured = &request.insured_customer_id;
    if between(&world.relationships, &caller.customer_id, insured).is_none() {
        caller.must_be(insured)?;
    }
    let subject = subject(&world, &caller, &request, today)?;
    let id = world.random.object_id();
    let plate = request.vehicle_id.as_ref().and_then(|id| world.vehicles.iter().find(|one| one.id == *id)?.plate_code.clone());
    let chosen = plate.map_or(chosen, |code| chosen.with_plate(&code));
    let products = products(&mut world, &request, &subject, chosen.offers());
    let now = world.clock.now();
    let fields = json!({ "proposalId": id, "customerId": caller.customer_id, "products": products.len() });
    world.proposals.push(Proposal {
        id: id.clone(),
        branch: request.branch,
        customer_id: caller.customer_id.clone(),
        insured_id: request.insured_customer_id,
        vehicle_id: request.vehicle_id,
        subject,
        groups: request.groups,
        channel: request.channel,
        agent_branch_id: request.agent_branch_id,
        created_at: now,
        start: request.start,
        end: years_later(request.start, 1),
        products,
        chosen,
    });
    if let Some(case_id) = case::link_proposal(&mut world.cases, (&caller.customer_id, request.branch), &id, now) {
        world.ledger.note(List::CaseChanges, now, json!({ "caseId": case_id, "mainState": "IN_PROGRESS", "proposalId": id }));
    }
    world.ledger.note(List::Proposals, now, fields);
    Ok(Json(json!({ "proposalId": id })))
}

fn read(body: &Body, wire: WireMode, today: Date) -> Result<CreateRequest, AppError> {
    let (form, kind) = wire.discriminated(body)?;
    let guide = form == Form::Guide;
    let branch = branch(kind, guide)?;
    let mut checks = body.checks();
    let spelt = checks.text("productBranch");
    if spelt.is_some_and(|spelt| spelt != name_of(&branch)) {
        checks.refuse("productBranch", "'productBranch' tür ile aynı olmalıdır.");
    }
    let insurer_customer_id = checks.required_text(if guide { "customerId" } else { "insurerCustomerId" }).to_owned();
    let insured = if guide { checks.text("insuredCustomerId") } else { Some(checks.required_text("insuredCustomerId")) };
    let insured_customer_id = insured.map_or_else(|| insurer_customer_id.clone(), str::to_owned);
    let vehicle_id = if matches!(branch, ProductBranch::Tss) { None } else { Some(checks.required_text("vehicleId").to_owned()) };
    let additional_insured = if matches!(branch, ProductBranch::Tss) { people(&mut checks) } else { Vec::new() };
    let groups = groups(&mut checks, guide);
    let channel = channel(&mut checks, form).unwrap_or(Channel::Unknown);
    let agent_branch_id = checks.text("agentBranchId").map(str::to_owned);
    let start = start(&mut checks, today);
    checks.done()?;
    Ok(CreateRequest {
        branch,
        insurer_customer_id,
        insured_customer_id,
        additional_insured,
        vehicle_id,
        groups,
        channel,
        agent_branch_id,
        start,
    })
}

fn branch(kind: &str, guide: bool) -> Result<ProductBranch, AppError> {
    match kind {
        "kasko" => Ok(ProductBranch::Kasko),
        "trafik" if !guide => Ok(ProductBranch::Trafik),
        "traffic" if guide => Ok(ProductBranch::Trafik),
        "tss" => Ok(ProductBranch::Tss),
        "imm"
        | "dask"
        | "konut"
        | "oss"
        | "seyahat-saglik"
        | "incoming-travel-health"
        | "saglik"
        | "ferdi_kaza"
        | "yabanci-saglik"
        | "pet"
        | "tehlikeli-hastaliklar" => Err(AppError::unsupported("The sandbox sells kasko, trafik and tss.")),
        _ => Err(AppError::malformed("$type", "unknown kind of proposal")),
    }
}

/// Where the customer is; a case is opened with the same.
pub(crate) fn channel(checks: &mut Checks<'_>, form: Form) -> Option<Channel> {
    let name = checks.text("channel").filter(|name| !name.is_empty())?;
    let known = enums::channel(name, form);
    if known.is_none() {
        checks.misshapen("channel", "a known enum value");
    }
    known
}

/// Further people to insure.
fn people(checks: &mut Checks<'_>) -> Vec<String> {
    let given = checks.list("additionalInsuredCustomers").unwrap_or_default();
    let people: Vec<String> = given.iter().filter_map(|id| id.as_str().map(str::to_ascii_lowercase)).collect();
    if people.len() != given.len() {
        checks.misshapen("additionalInsuredCustomers", "an array of strings");
    }
    people
}

fn groups(checks: &mut Checks<'_>, guide: bool) -> Vec<&'static Group> {
    let given = checks.list("coverageGroupIds").unwrap_or_default();
    let mut groups = Vec::new();
    for id in given {
        let id = match id {
            Value::String(id) => id.clone(),
            Value::Number(id) if guide => id.to_string(),
            _ => {
                checks.misshapen("coverageGroupIds", "an array of strings");
                return Vec::new();
            }
        };
        match coverage::group(&id) {
            Some(group) if !groups.iter().any(|known: &&Group| known.id == group.id) => groups.push(group),
            Some(_) => {}
            None => checks.refuse("coverageGroupIds", "Teminat grubu bulunamadı."),
        }
    }
    if given.len() > 3 {
        checks.refuse("coverageGroupIds", "En fazla üç teminat grubu seçilebilir.");
    }
    if groups.is_empty() { vec![DEFAULT_GROUP] } else { groups }
}

fn start(checks: &mut Checks<'_>, today: Date) -> Date {
    let Some(text) = checks.text("policyStartDate") else { return today };
    match parse_iso_date(text) {
        None => checks.misshapen("policyStartDate", "a date as yyyy-mm-dd"),
        Some(start) if start < today || start - today > Duration::days(30) => {
            checks.refuse("policyStartDate", "Başlangıç tarihi bugünden itibaren 30 gün içinde olmalıdır.");
        }
        Some(start) => return start,
    }
    today
}

/// What is to be insured. A vehicle of somebody else does not exist.
fn subject(world: &World, caller: &Caller, request: &CreateRequest, today: Date) -> Result<Subject, AppError> {
    let this_year = u16::try_from(today.year()).unwrap_or_default();
    let Some(vehicle_id) = &request.vehicle_id else {
        let (insured, others) = (&request.insured_customer_id, &request.additional_insured);
        family::check(world, &Family { insurer: &caller.customer_id, insured, others }, today)?;
        let customer = world.customer(insured).ok_or_else(|| AppError::not_found("Müşteri"))?;
        let people = 1 + u32::try_from(others.len()).unwrap_or_default();
        let label = customer.display_name().to_owned();
        return Ok(Subject { branch: request.branch, brand: String::new(), model_year: this_year, this_year, people, label });
    };
    let mut own = world.vehicles.iter().filter(|one| one.customer_id == caller.customer_id);
    let vehicle = own.find(|one| one.id == *vehicle_id).ok_or_else(|| AppError::not_found("Araç"))?;
    let brand = vehicle.brand_reference.as_deref().and_then(brands::by_reference);
    let (Some(brand), Some(model_year)) = (brand, vehicle.model_year) else {
        return Err(AppError::rule("VEHICLE_MODEL_REQUIRED", "Teklif için aracın markası, modeli ve model yılı gereklidir."));
    };
    Ok(Subject { branch: request.branch, brand: brand.name.to_owned(), model_year, this_year, people: 1, label: vehicle.plate_text() })
}

fn products(world: &mut World, request: &CreateRequest, subject: &Subject, scenario: Option<Offers>) -> Vec<Product> {
    let (seed, ordinal, now) = (world.seed, world.proposals.len(), world.clock.now());
    let mut products = Vec::new();
    if let Some(count) = world.offers {
        return many(world, request, subject, count);
    }
    let asked = match scenario {
        Some(Offers::Nobody) => 0,
        Some(Offers::One) => 1,
        _ => usize::MAX,
    };
    for group in &request.groups {
        for line in world.panel.lines(request.branch).take(asked) {
            let id = world.random.object_id();
            products.push(Product::request((id, line, group), subject, (seed, ordinal), |ms| world.paced(ms), now));
        }
    }
    for (place, product) in products.iter_mut().enumerate() {
        product.suffer(scenario, place, now);
    }
    products
}

/// So many offers of the insurers that sell without ado, over and over, each round a little dearer. All come at the same moment but the
/// last one, which comes later: until then the list is asked for again.
fn many(world: &mut World, request: &CreateRequest, subject: &Subject, count: usize) -> Vec<Product> {
    let (seed, ordinal, now) = (world.seed, world.proposals.len(), world.clock.now());
    let sells = |line: &&'static Line| matches!(line.temper, Temper::Sells | Temper::FailsOlderThan(..));
    let lines: Vec<_> = world.panel.lines(request.branch).filter(sells).collect();
    let group = request.groups.first().copied().unwrap_or(DEFAULT_GROUP);
    let mut products = Vec::with_capacity(count);
    for (place, line) in lines.iter().cycle().take(count).enumerate() {
        let id = world.random.object_id();
        let mut product = Product::request((id, line, group), subject, (seed, ordinal), |ms| world.paced(ms), now);
        let round = u32::try_from(place / lines.len()).unwrap_or_default();
        product.price += round * 13_700;
        product.failure = None;
        product.arrives_at = now + world.paced(if place + 1 == count { 30_000 } else { 2_000 });
        products.push(product);
    }
    products
}
