//! The people who are known before anything happens. All are invented; their numbers only pass the checks.

use crate::clock::{parse_iso, parse_iso_date};
use crate::model::customer::{Consent, Customer, Kind};
use crate::model::vehicle::Vehicle;
use crate::world::World;

/// Puts the returning customer and her car into a new world.
pub(crate) fn settle(world: &mut World) {
    let since = parse_iso("2025-03-11T09:12:44Z").unwrap_or_default();
    let id = world.random.guid();
    let customer = Customer {
        birth_date: parse_iso_date("1990-04-23"),
        full_name: Some("Işıl Erdoğmuş".to_owned()),
        email: Some("isil.erdogmus@ornek.com.tr".to_owned()),
        gender: "FEMALE",
        marital_status: "MARRIED",
        nationality: "TURK",
        education_status: "UNIVERSITY",
        job: "TEACHER",
        city: Some(("34".to_owned(), "İstanbul".to_owned())),
        district: Some(("1421".to_owned(), "Kadıköy".to_owned())),
        consents: vec![Consent { purpose: "KVKK", given: true, channel: "WEB", at: since }],
        ..Customer::new(id.clone(), Kind::Individual, "10000000146".to_owned(), "5321234567".to_owned(), since)
    };
    world.customers.push(customer);
    let clio = crate::catalogue::plates::known(34, "ABC123");
    let vehicle = Vehicle {
        id: world.random.guid(),
        customer_id: id,
        plate_city: 34,
        plate_code: Some("ABC123".to_owned()),
        model_year: Some(clio.year),
        brand_reference: Some(clio.brand.reference.to_owned()),
        model_reference: Some(clio.model_reference()),
        utilization_style: "PRIVATE_CAR",
        fuel: Some(clio.fuel),
        engine: Some(clio.engine.clone()),
        chassis: Some(clio.chassis.clone()),
        document_serial: Some(("AB".to_owned(), "123456".to_owned())),
        registration_date: parse_iso_date("2021-06-18"),
        seat_number: Some(5),
    };
    world.vehicles.push(vehicle);
}
