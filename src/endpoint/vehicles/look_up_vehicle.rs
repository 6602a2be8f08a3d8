//! `POST customers/{id}/vehicles/external-lookup`

use super::{fuel, model};
use crate::domain::normalise::join;
use crate::{
    domain::{Chassis, CustomerId, Date, DocumentSerial, Engine, FuelType, Plate, UtilizationStyle},
    endpoint::{
        Access, Endpoint, Method, Safety, Wire,
        wire::{Choice, choice, date, document_serial, encoded, plate, utilization},
    },
    json::{DecodeError, Value},
};

/// Looks a vehicle up in the insurers' common register (TRAMER).
///
/// The owner's identity comes from the customer the API has stored, not from here: without a stored date of birth it fails.
/// It asks other companies' services, so it is not repeated by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookUpVehicle {
    /// The owner.
    pub customer: CustomerId,
    /// The plate.
    pub plate: Plate,
    /// The registration document.
    pub serial: DocumentSerial,
}

/// What the register knows. Everything may be missing; the customer completes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundVehicle {
    /// The plate, if the answer repeats it.
    pub plate: Option<Plate>,
    /// The registration document, if the answer repeats it.
    pub serial: Option<DocumentSerial>,
    /// The model year.
    pub year: Option<u16>,
    /// The brand; its value is a [`BrandRef`](crate::domain::BrandRef).
    pub brand: Option<Choice>,
    /// The model; its value is a [`ModelRef`](crate::domain::ModelRef).
    pub model: Option<Choice>,
    /// What it runs on.
    pub fuel: Option<FuelType>,
    /// What it is used as.
    pub utilization: Option<UtilizationStyle>,
    /// The engine number; nothing when it is masked, because a masked number must not be written back.
    pub engine: Option<Engine>,
    /// Whether the register hides the engine number.
    pub engine_masked: bool,
    /// The chassis number; nothing when it is masked.
    pub chassis: Option<Chassis>,
    /// Whether the register hides the chassis number.
    pub chassis_masked: bool,
    /// Day of registration.
    pub registration_date: Option<Date>,
    /// Seats, 1 to 50.
    pub seats: Option<u8>,
}

impl Endpoint for LookUpVehicle {
    type Response = Box<FoundVehicle>;
    const NAME: &'static str = "look_up_vehicle";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Once;

    fn path(&self) -> String {
        join("customers/", &encoded(self.customer.as_str()), "/vehicles/external-lookup")
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        let mut body = Value::of("customerId", self.customer.as_str());
        wire.put_registration(&mut body, &self.plate, Some(&self.serial));
        Some(body)
    }

    fn decode(body: &Value) -> Result<Box<FoundVehicle>, DecodeError> {
        if body.members().is_empty() {
            return Err(DecodeError { path: "plate" });
        }
        let model = model(body);
        let (engine, engine_masked) = number(body, "engine", "engineIsMasked");
        let (chassis, chassis_masked) = number(body, "chassis", "chassisIsMasked");
        Ok(Box::new(FoundVehicle {
            plate: plate(body.field("plate")),
            serial: document_serial(body),
            year: model.year,
            brand: choice(model.brand),
            model: choice(model.kind),
            fuel: fuel(body),
            utilization: utilization(body.field("utilizationStyle")),
            engine: engine.and_then(|engine| engine.parse().ok()),
            engine_masked,
            chassis: chassis.and_then(|chassis| chassis.parse().ok()),
            chassis_masked,
            registration_date: date(body.any_of(&["registrationDate", "firstRegistrationDate"])),
            seats: body
                .field("seatNumber")
                .as_integer()
                .and_then(|seats| u8::try_from(seats).ok())
                .filter(|seats| (1..=50).contains(seats)),
        }))
    }
}

/// A number that may be masked, by a flag or by asterisks alone.
fn number<'a>(body: &'a Value, name: &str, flag: &str) -> (Option<&'a str>, bool) {
    let number = body.field(name).as_text();
    let is_masked = body.field(flag).as_bool() == Some(true) || number.is_some_and(|number| number.contains('*'));
    (number.filter(|_| !is_masked), is_masked)
}
