use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::support::{Answer, NEW, RETURNING, Visitor, visit};

async fn look_up(visitor: &Visitor, code: &str) -> Answer {
    let body = json!({ "customerId": visitor.customer, "plate": { "city": 34, "code": code }, "documentSerial": { "code": "AB", "number": "123456" } });
    visitor.post(&format!("/api/customers/{}/vehicles/external-lookup", visitor.customer), body).await
}

fn body(visitor: &Visitor, code: &str) -> Value {
    json!({
        "customerId": visitor.customer,
        "plate": { "city": 34, "code": code },
        "modelYear": 2021,
        "brandReference": "117",
        "modelTypeReference": "1171001",
        "utilizationStyle": "PRIVATE_CAR",
        "fuel": { "type": "GASOLINE" },
        "documentSerial": { "code": "AB", "number": "123456" },
        "accessories": [],
    })
}

async fn create(visitor: &Visitor, body: Value) -> Answer {
    visitor.post(&format!("/api/customers/{}/vehicles", visitor.customer), body).await
}

#[tokio::test]
async fn finds_a_vehicle_by_its_plate() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let found = look_up(&visitor, "ABC123").await.expect(200).json();
    assert_eq!(found["model"]["brand"]["text"], "Renault");
    assert_eq!((found["model"]["year"].as_u64(), found["engineIsMasked"].as_bool()), (Some(2021), Some(false)));
}

#[tokio::test]
async fn the_end_of_a_plate_decides_what_a_lookup_lacks() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    look_up(&visitor, "AB404").await.problem(404, "VEHICLE_NOT_FOUND");
    look_up(&visitor, "AB502").await.problem(502, "VEHICLE_LOOKUP_UNAVAILABLE");
    let masked = look_up(&visitor, "ABC77").await.expect(200).json();
    assert!(masked["chassisIsMasked"] == true && masked["chassis"].as_str().is_some_and(|chassis| chassis.ends_with('*')));
    let partial = look_up(&visitor, "ABC88").await.expect(200).json();
    assert!(partial["model"].is_null() && partial["partialModel"]["brand"]["value"].is_string());
}

#[tokio::test]
async fn looks_nothing_up_without_a_serial() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let path = format!("/api/customers/{}/vehicles/external-lookup", visitor.customer);
    let mut body = json!({ "customerId": visitor.customer, "plate": { "city": 34, "code": "ABC123" } });
    visitor.post(&path, body.clone()).await.expect(422);
    body["documentSerial"] = json!({ "code": "A", "number": "1234567" });
    visitor.post(&path, body).await.expect(422);
}

#[tokio::test]
async fn saves_a_vehicle_once() {
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    let id = create(&visitor, body(&visitor, "KLM45")).await.expect(201).json()["id"].clone();
    create(&visitor, body(&visitor, "KLM45")).await.problem(409, "VEHICLE_ALREADY_EXISTS");
    let vehicle =
        visitor.get(&format!("/api/customers/{}/vehicles/{}", visitor.customer, id.as_str().expect("an id"))).await.expect(200).json();
    assert_eq!(vehicle["plate"], json!({ "city": 34, "code": "KLM45" }));
    assert_eq!(vehicle["model"]["type"]["text"], "Clio 1.0 TCe Touch X-Tronic");
    assert_eq!(visitor.sandbox.ledger()["totals"]["vehicles"], 1);
}

#[tokio::test]
async fn refuses_vehicles_that_cannot_be() {
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    for (name, value, status) in [
        ("plate", json!({ "city": 82, "code": "KLM45" }), 422),
        ("plate", json!({ "city": 34, "code": "QLM45" }), 422),
        ("plate", json!("34KLM45"), 400),
        ("utilizationStyle", json!("SPACESHIP"), 400),
        ("utilizationStyle", json!(null), 422),
        ("accessories", json!(null), 422),
        ("accessories", json!([{ "price": 1, "$type": "audio" }]), 400),
        ("fuel", json!({ "type": "COAL" }), 400),
        ("brandReference", json!("999"), 422),
        ("modelTypeReference", json!("1"), 422),
        ("engine", json!("R00*******"), 422),
        ("chassis", json!("NM0"), 422),
        ("customerId", json!("somebody"), 422),
    ] {
        let mut body = body(&visitor, "KLM45");
        body[name] = value;
        let answer = create(&visitor, body).await;
        assert_eq!(answer.status, status, "{name}: {}", answer.text());
        assert!(answer.text().contains(name));
    }
}

#[tokio::test]
async fn takes_ordinals_and_vehicles_without_a_plate() {
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    let mut body = body(&visitor, "KLM45");
    body["utilizationStyle"] = json!(24);
    body["plate"] = json!({ "city": 34 });
    create(&visitor, body).await.expect(201);
    let vehicle = visitor.get("/api/customers/me/vehicles").await.expect(200).json()[0].clone();
    assert_eq!((vehicle["hasPlate"].as_bool(), vehicle["utilizationStyle"].as_str()), (Some(false), Some("JEEP_SUV")));
}

#[tokio::test]
async fn lists_brands_and_the_models_of_a_year() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let brands = visitor.get("/api/vehicle-parameters/brands").await.expect(200).json();
    assert!(brands.as_array().is_some_and(|brands| brands.len() >= 25));
    let models = visitor.get("/api/vehicle-parameters/models?brandReference=067&year=2018").await.expect(200).json();
    assert!(
        models.as_array().is_some_and(|models| models.iter().all(|model| !model["text"].as_str().unwrap_or_default().contains("Elektrik")))
    );
    visitor.get("/api/vehicle-parameters/models?brandReference=067").await.expect(422);
}
