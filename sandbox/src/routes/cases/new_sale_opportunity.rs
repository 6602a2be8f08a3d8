//! `POST /api/cases:new-sale-opportunity`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::body::{Body, Checks};
use crate::caller::Caller;
use crate::error::AppError;
use crate::middleware::ledger::List;
use crate::model::case::Case;
use crate::model::enums::{AssetType, CaseMainState, Channel, ProductBranch, name_of, named};
use crate::routes::proposals::create::channel;
use crate::sandbox::Sandbox;
use crate::wire::Form;

/// Opens a case. The caller must have looked for an open one first; the original creates as many as it is asked for.
pub(crate) async fn new_sale_opportunity(
    State(sandbox): State<Sandbox>,
    caller: Caller,
    body: Body,
) -> Result<(StatusCode, Json<Value>), AppError> {
    let mut checks = body.checks();
    let customer_id = checks.required_text("customerId");
    let branch = checks.required_text("productBranch");
    let branch = known::<ProductBranch>(&mut checks, "productBranch", Some(branch));
    let channel = channel(&mut checks, caller.form).unwrap_or(Channel::Website);
    let asset_type = checks.text("assetType");
    let asset_type = known::<AssetType>(&mut checks, "assetType", asset_type);
    let asset_id = checks.text("assetId").map(str::to_owned);
    checks.done()?;
    caller.must_be(customer_id)?;
    let mut world = sandbox.world();
    if asset_type == Some(AssetType::Vehicle)
        && !world.vehicles.iter().any(|one| one.customer_id == customer_id && Some(&one.id) == asset_id.as_ref())
    {
        return Err(AppError::not_found("Araç"));
    }
    if asset_type == Some(AssetType::Property)
        && !world.properties.iter().any(|one| one.customer_id == customer_id && Some(&one.id) == asset_id.as_ref())
    {
        return Err(AppError::not_found("Konut"));
    }
    let (id, now) = (world.random.object_id(), world.clock.now());
    let reference = format!("CASE-SO-{:06}", world.cases.len() + 1);
    let branch = branch.unwrap_or(ProductBranch::Kasko);
    world.cases.push(Case {
        id: id.clone(),
        reference: reference.clone(),
        customer_id: caller.customer_id.clone(),
        branch,
        asset_type,
        asset_id,
        channel,
        main_state: CaseMainState::Open,
        put: None,
        created_at: now,
        updated_at: now,
        proposal_ids: Vec::new(),
    });
    let fields = json!({ "caseId": id, "customerId": caller.customer_id, "productBranch": name_of(&branch) });
    world.ledger.note(List::Cases, now, fields);
    let answer = match caller.form {
        Form::Current => json!(id),
        Form::Guide => json!({ "id": reference }),
    };
    Ok((StatusCode::CREATED, Json(answer)))
}

fn known<T: async_graphql::resolver_utils::EnumType>(checks: &mut Checks<'_>, name: &str, text: Option<&str>) -> Option<T> {
    let text = text.filter(|text| !text.is_empty())?;
    let value = named(text, false);
    if value.is_none() {
        checks.misshapen(name, "a known enum value");
    }
    value
}
