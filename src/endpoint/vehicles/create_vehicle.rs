//! `POST customers/{id}/vehicles`

use crate::domain::normalise::join;
use crate::{
    domain::{
        BrandRef, Chassis, CustomerId, Date, DocumentSerial, Engine, FuelType, ModelRef, ModelYear, Plate, UtilizationStyle, VehicleId,
    },
    endpoint::{Access, Endpoint, Method, Safety, Wire, wire::encoded},
    json::{DecodeError, Value},
};

/// Adds a vehicle to the customer's.
///
/// Engine and chassis number have types that no masked number fits, so one can't be written back by mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateVehicle {
    /// The owner.
    pub customer: CustomerId,
    /// The plate, or the city of a new vehicle.
    pub plate: Plate,
    /// The registration document; a new vehicle has none, and documents of newer kinds have other numbers.
    pub serial: Option<DocumentSerial>,
    /// The model year.
    pub year: ModelYear,
    /// The brand.
    pub brand: BrandRef,
    /// The model.
    pub model: ModelRef,
    /// What it is used as.
    pub utilization: UtilizationStyle,
    /// What it runs on.
    pub fuel: Option<FuelType>,
    /// The engine number.
    pub engine: Option<Engine>,
    /// The chassis number.
    pub chassis: Option<Chassis>,
    /// Day of registration.
    pub registration_date: Option<Date>,
    /// Seats, 1 to 50.
    pub seats: Option<u8>,
}

impl Endpoint for CreateVehicle {
    type Response = VehicleId;
    const NAME: &'static str = "create_vehicle";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Customer;
    const SAFETY: Safety = Safety::Once;

    fn path(&self) -> String {
        join("customers/", &encoded(self.customer.as_str()), "/vehicles")
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        let year = i64::from(self.year.value());
        let mut body = Value::object();
        match wire {
            // The guides list these and no more.
            Wire::Guide => {
                wire.put_registration(&mut body, &self.plate, self.serial.as_ref());
                body.put("brandCode", self.brand.as_str());
                body.put("modelCode", self.model.as_str());
                body.put("year", year);
            }
            Wire::Current => {
                body.put("customerId", self.customer.as_str());
                wire.put_registration(&mut body, &self.plate, self.serial.as_ref());
                body.put("modelYear", year);
                body.put("brandReference", self.brand.as_str());
                body.put("modelTypeReference", self.model.as_str());
                body.put("utilizationStyle", self.utilization.value());
                body.put_some("fuel", self.fuel.as_ref().map(|fuel| Value::of("type", fuel.as_str())));
                body.put_some("engine", self.engine.as_ref().map(Engine::as_str));
                body.put_some("chassis", self.chassis.as_ref().map(Chassis::as_str));
                body.put_some("registrationDate", self.registration_date.map(|date| wire.date(date)));
                body.put_some("seatNumber", self.seats.map(i64::from));
                body.put("accessories", Vec::new());
            }
        }
        Some(body)
    }

    fn decode(body: &Value) -> Result<VehicleId, DecodeError> {
        let id = body.text().or_else(|| body.any_of(&["id", "vehicleId"]).text());
        id.and_then(VehicleId::new).ok_or(DecodeError { path: "id" })
    }
}
