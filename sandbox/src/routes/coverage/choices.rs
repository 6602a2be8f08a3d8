//! `GET /api/coverage-choices:{branch}`

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::Uri;
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::catalogue::coverage::terms::{Cover, choices};
use crate::catalogue::insurers::Line;
use crate::model::enums::{ProductBranch, named};
use crate::sandbox::Sandbox;

/// The values that each product knows for each cover. The guides narrow the list down to one insurer.
pub(crate) async fn list(State(sandbox): State<Sandbox>, _: Caller, uri: Uri, Query(query): Query<HashMap<String, String>>) -> Json<Value> {
    let name = uri.path().rsplit(':').next().unwrap_or_default();
    let Some(branch) = named::<ProductBranch>(name, true) else { return Json(json!([])) };
    let wanted = query.iter().find(|(key, _)| key.eq_ignore_ascii_case("insuranceCompanyId")).map(|(_, id)| id.as_str());
    let panel = sandbox.world().panel;
    let lines = panel.lines(branch).filter(|line| !line.robot && wanted.is_none_or(|id| id == line.insurer.id.to_string()));
    Json(lines.map(|line| to_json(line, branch)).collect())
}

fn to_json(line: &Line, branch: ProductBranch) -> Value {
    let values = |values: &[Cover]| values.iter().copied().map(value).collect::<Value>();
    let covers: Map<String, Value> = choices(branch).iter().map(|(name, known)| ((*name).to_owned(), values(known))).collect();
    json!({
        "insuranceCompanyId": line.insurer.id,
        "productType": "WEB_SERVICE",
        "productId": line.product_id,
        "coverageChoices": covers,
    })
}

/// A value as a choice: not tagged as in offers, and with a text where it would say little.
fn value(cover: Cover) -> Value {
    match cover {
        Cover::Tag(word) | Cover::Word(word) => json!(word),
        Cover::Lira(number) | Cover::Number(number) | Cover::Percent(number) => json!(number),
        Cover::Rental(days) => json!({ "value": days.to_string(), "text": format!("{days} gün") }),
    }
}
