//! A customer's vehicles, and the lists to describe one from.

mod brands;
mod create_vehicle;
mod list_vehicles;
mod look_up_vehicle;
mod models;

pub use brands::Brands;
pub use create_vehicle::CreateVehicle;
pub use list_vehicles::{ListVehicles, Vehicle};
pub use look_up_vehicle::{FoundVehicle, LookUpVehicle};
pub use models::Models;

use crate::{domain::FuelType, json::Value};

/// What is read from `model` (or `partialModel`), with the flat spelling of the guides beside it.
struct Model<'a> {
    brand: &'a Value,
    kind: &'a Value,
    year: Option<u16>,
}

fn model(vehicle: &Value) -> Model<'_> {
    let nested = vehicle.any_of(&["model", "partialModel"]);
    let is_nested = !nested.members().is_empty() && nested.field("value").is_null();
    let year = vehicle.any_of(&["modelYear", "year"]);
    let (brand, kind, year) = match is_nested {
        true => (nested.field("brand"), nested.field("type"), nested.field("year")),
        false => (vehicle.field("brand"), nested, year),
    };
    Model { brand, kind, year: year.as_integer().and_then(|year| u16::try_from(year).ok()).filter(|year| (1900..=2200).contains(year)) }
}

fn fuel(vehicle: &Value) -> Option<FuelType> {
    vehicle.field("fuelType").as_text().or_else(|| vehicle.at(&["fuel", "type"]).as_text()).map(FuelType::parse)
}
