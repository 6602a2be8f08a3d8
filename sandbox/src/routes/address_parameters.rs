//! `GET /api/address-parameters/{level}`: an address chosen level by level, down to its number.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, Query};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::catalogue::cities;
use crate::error::{AppError, Invalid};
use crate::random::hash;

/// The levels below a city: path, the parameter that names the level above, the names of what is there.
const LEVELS: [(&str, &str, &[&str]); 6] = [
    ("districts", "cityReference", &["Merkez", "Doğu", "Batı"]),
    ("towns", "districtReference", &["Merkez"]),
    ("neighbourhoods", "townReference", &["Çınar Mahallesi", "Gül Mahallesi", "Şehitler Mahallesi"]),
    ("streets", "neighbourhoodReference", &["Ihlamur Sokak", "Lale Sokak", "Örnek Caddesi"]),
    ("buildings", "streetReference", &["No: 1", "No: 3", "No: 12"]),
    ("apartments", "buildingReference", &["Daire 1", "Daire 2", "Daire 7"]),
];

/// What there is to choose from. References are two digits longer from level to level; an apartment's is the address's number.
pub(crate) async fn list(
    _: Caller,
    Path(level): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, AppError> {
    let option = |value: String, text: &str| json!({ "value": value, "text": text });
    if level == "cities" {
        return Ok(Json(cities::all().map(|(reference, name)| option(reference, name)).collect()));
    }
    let depth = LEVELS.iter().position(|(path, ..)| *path == level).ok_or_else(AppError::no_such_endpoint)?;
    let (_, parameter, names) = LEVELS[depth];
    let Some((_, above)) = query.iter().find(|(name, _)| name.eq_ignore_ascii_case(parameter)) else {
        let missing = Invalid {
            property_name: parameter.to_owned(),
            error_message: format!("'{parameter}' boş olamaz."),
            attempted_value: Value::Null,
        };
        return Err(AppError::invalid(vec![missing]));
    };
    let known = above.len() == 2 * (depth + 1) && above.get(..2).and_then(cities::named).is_some();
    if !known {
        return Ok(Json(json!([])));
    }
    let last = depth + 1 == LEVELS.len();
    let reference = |place: usize| {
        let own = format!("{above}{:02}", place + 1);
        // Ten digits, like the address numbers that can be asked about.
        if last { (1_000_000_000 + hash(19, &[&own]) % 9_000_000_000).to_string() } else { own }
    };
    Ok(Json(names.iter().enumerate().map(|(place, name)| option(reference(place), name)).collect()))
}
