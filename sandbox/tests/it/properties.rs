use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::support::{Answer, RETURNING, Visitor, visit};

fn body(visitor: &Visitor, number: u64) -> Value {
    json!({
        "customerId": visitor.customer, "number": number, "squareMeter": 110, "constructionYear": 2008, "damageStatus": "NONE",
        "floor": { "totalFloors": { "$type": "exact", "value": 5 }, "currentFloor": 2 }, "structure": "STEEL_REINFORCED_CONCRETE",
        "utilizationStyle": "HOUSE", "ownershipType": "PROPRIETOR",
    })
}

async fn create(visitor: &Visitor, body: Value) -> Answer {
    visitor.post(&format!("/api/customers/{}/properties", visitor.customer), body).await
}

#[tokio::test]
async fn finds_an_address_by_its_number() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let path = "/api/properties/query-address-by-property-number";
    let found = visitor.post(path, json!({ "propertyNumber": 1_234_567_890_u64 })).await.expect(200).json();
    for level in ["city", "district", "town", "neighborhood", "street", "building", "apartment"] {
        assert!(found[level]["value"].is_string() && found[level]["text"].is_string(), "{level}");
    }
    visitor.post(path, json!({ "propertyNumber": 1_234_567_404_u64 })).await.problem(404, "PROPERTY_NOT_FOUND");
    visitor.post(path, json!({ "propertyNumber": "1234567890" })).await.expect(400);
    visitor.get(&format!("{path}?propertyNumber=1234567890")).await.expect(405);
}

#[tokio::test]
async fn saves_a_home_once() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let id = create(&visitor, body(&visitor, 1_234_567_890)).await.expect(201).json()["newPropertyId"].clone();
    create(&visitor, body(&visitor, 1_234_567_890)).await.problem(409, "PROPERTY_ALREADY_EXISTS");
    let listed = visitor.get("/api/customers/me/properties").await.expect(200).json();
    assert_eq!((&listed[0]["id"], listed[0]["squareMeter"].as_u64()), (&id, Some(110)));
    assert_eq!(visitor.get(&format!("/api/customers/{}/properties", visitor.customer)).await.json(), listed);
    assert_eq!(visitor.get("/api/customers/me").await.json()["propertyCount"], 1);
    let case =
        json!({ "customerId": visitor.customer, "assetType": "PROPERTY", "assetId": id, "productBranch": "KONUT", "channel": "WEBSITE" });
    visitor.post("/api/cases:new-sale-opportunity", case.clone()).await.expect(201);
    let mut other = case;
    other["assetId"] = json!("another");
    visitor.post("/api/cases:new-sale-opportunity", other).await.expect(404);
}

#[tokio::test]
async fn refuses_homes_that_cannot_be() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    for (name, value, status) in [
        ("number", json!(123), 422),
        ("squareMeter", json!(5), 422),
        ("constructionYear", json!(2999), 422),
        ("damageStatus", json!("HAUNTED"), 400),
        ("ownershipType", json!(null), 422),
        ("customerId", json!("somebody"), 422),
    ] {
        let mut body = body(&visitor, 1_234_567_890);
        body[name] = value;
        let answer = create(&visitor, body).await;
        assert!(answer.status == status && answer.text().contains(name), "{name}: {}", answer.text());
    }
}

#[tokio::test]
async fn an_address_can_be_chosen_level_by_level() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let mut above = visitor.get("/api/address-parameters/cities").await.expect(200).json()[33]["value"].clone();
    assert_eq!(above, "34");
    for (level, parameter) in [
        ("districts", "cityReference"),
        ("towns", "districtReference"),
        ("neighbourhoods", "townReference"),
        ("streets", "neighbourhoodReference"),
        ("buildings", "streetReference"),
        ("apartments", "buildingReference"),
    ] {
        let path = format!("/api/address-parameters/{level}");
        let problem = visitor.get(&path).await.expect(422).json();
        assert_eq!(problem["validationErrors"][0]["propertyName"], parameter);
        assert_eq!(visitor.get(&format!("{path}?{parameter}=99")).await.expect(200).json(), json!([]));
        above = visitor.get(&format!("{path}?{parameter}={}", above.as_str().expect("a reference"))).await.expect(200).json()[0]["value"]
            .clone();
    }
    let number: u64 = above.as_str().and_then(|number| number.parse().ok()).expect("an address's number");
    create(&visitor, body(&visitor, number)).await.expect(201);
    visitor.get("/api/address-parameters/planets").await.expect(404);
}
