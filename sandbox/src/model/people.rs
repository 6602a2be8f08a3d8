//! The people who are known before anything happens. All are invented; their numbers only pass the checks.

use crate::clock::{parse_iso, parse_iso_date};
use crate::model::customer::{Consent, Customer, Health, Kind};
use crate::model::relationship::{Relation, relate};
use crate::model::vehicle::Vehicle;
use crate::random::Random;
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
    family(world);
}

/// Her husband and her daughter, so that a family can be insured without anybody else having to sign in. Their ids are fixed: drawing
/// them would shift every id after.
fn family(world: &mut World) {
    let Some(mother) = world.customers.first().map(|customer| customer.id.clone()) else { return };
    let since = parse_iso("2025-03-11T09:12:44Z").unwrap_or_default();
    let mut ids = Random::new(11);
    for (id, identity, name, born, relation) in [
        ("5a1d0f00-0000-4000-8000-000000000001", "31000000172", "Deniz Erdoğmuş", "1988-09-02", Relation::Spouse),
        ("5a1d0f00-0000-4000-8000-000000000002", "31000000240", "Defne Erdoğmuş", "2017-05-30", Relation::Child),
    ] {
        world.customers.push(Customer {
            birth_date: parse_iso_date(born),
            full_name: Some(name.to_owned()),
            health: Some(Health { height: 140, weight: 40, surgeries: Vec::new(), diseases: Vec::new() }),
            ..Customer::new(id.to_owned(), Kind::Individual, identity.to_owned(), "5321234567".to_owned(), since)
        });
        relate(&mut world.relationships, (&mother, id), relation, &mut ids, since);
    }
}
