//! `GET customers/me/vehicles`

use super::model;
use crate::{
    domain::{Plate, UtilizationStyle, VehicleId},
    endpoint::{
        Access, Endpoint, Method, Safety,
        wire::{choice_text, list, plate, readable, utilization},
    },
    json::{DecodeError, Value},
};

/// Asks for the vehicles the customer has entered before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListVehicles;

/// A vehicle the customer has entered before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vehicle {
    /// Goes with a proposal.
    pub id: VehicleId,
    /// Nothing for a plate of an unusual shape.
    pub plate: Option<Plate>,
    /// The brand's name.
    pub brand: Option<String>,
    /// The model's name.
    pub model: Option<String>,
    /// The model year.
    pub year: Option<u16>,
    /// What it is used as.
    pub utilization: Option<UtilizationStyle>,
}

impl Endpoint for ListVehicles {
    type Response = Vec<Vehicle>;
    const NAME: &'static str = "list_vehicles";
    const METHOD: Method = Method::Get;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Safe;

    fn path(&self) -> String {
        "customers/me/vehicles".to_owned()
    }

    /// Entries without id are left out.
    fn decode(body: &Value) -> Result<Vec<Vehicle>, DecodeError> {
        Ok(readable(list(body, "vehicles")?, vehicle))
    }
}

fn vehicle(value: &Value) -> Option<Vehicle> {
    let model = model(value);
    Some(Vehicle {
        id: value.any_of(&["id", "vehicleId"]).text().and_then(VehicleId::new)?,
        plate: plate(value.field("plate")),
        brand: choice_text(model.brand),
        model: choice_text(model.kind),
        year: model.year,
        utilization: utilization(value.field("utilizationStyle")),
    })
}
