use std::collections::BTreeMap;

use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::support::{ECONOMY, RETURNING, STANDARD, Visitor, visit, visit_with};

async fn read(visitor: &Visitor, proposal: &str) -> Value {
    visitor.get(&format!("/api/proposals/{proposal}")).await.expect(200).json()
}

fn count(proposal: &Value, state: &str) -> usize {
    proposal["products"].as_array().map_or(0, |products| products.iter().filter(|one| one["state"] == state).count())
}

async fn prices(visitor: &Visitor, groups: &[&str]) -> BTreeMap<String, Value> {
    let proposal = visitor.propose(groups).await;
    let products = read(visitor, &proposal).await["products"].as_array().expect("offers").clone();
    products
        .iter()
        .map(|one| (format!("{} {}", one["insuranceCompanyName"], one["coverageGroupName"]), one["premiums"].clone()))
        .map(|(name, mut premiums)| {
            // The insurer's own number carries the product's id, which differs from sale to sale.
            premiums.as_array_mut().into_iter().flatten().for_each(|one| one["insuranceCompanyProposalNumber"] = json!(null));
            (name, premiums)
        })
        .collect()
}

#[tokio::test]
async fn all_wait_first_and_arrive_over_seconds() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let body = visitor.proposal_body(&visitor.vehicle().await, &[STANDARD]);
    let id = visitor.post("/api/proposals", body).await.expect(200).json()["proposalId"].as_str().expect("an id").to_owned();
    let first = read(&visitor, &id).await;
    assert_eq!((count(&first, "WAITING"), first["state"].as_str(), first["totalProductsCount"].as_u64()), (14, Some("WAITING"), Some(14)));
    visitor.sandbox.advance(7_000);
    let midway = count(&read(&visitor, &id).await, "WAITING");
    assert!((1..14).contains(&midway), "{midway} of 14 still wait");
    visitor.sandbox.advance(5_100);
    let last = read(&visitor, &id).await;
    assert_eq!((count(&last, "WAITING"), count(&last, "FAILED"), last["state"].as_str()), (0, 2, Some("ACTIVE")));
    assert_eq!(last["succeedProductsCount"], 12);
}

#[tokio::test]
async fn arrives_in_an_order_that_the_seed_decides() {
    async fn order(seed: u64) -> Vec<String> {
        let visitor = visit_with(WireMode::Current, seed).sign_in(RETURNING).await;
        visitor.post("/__sandbox/clock", json!({ "frozen": true })).await.expect(200);
        let body = visitor.proposal_body(&visitor.vehicle().await, &[STANDARD]);
        let id = visitor.post("/api/proposals", body).await.expect(200).json()["proposalId"].as_str().expect("an id").to_owned();
        let mut arrived: Vec<String> = Vec::new();
        for _ in 0..130 {
            visitor.sandbox.advance(100);
            for product in read(&visitor, &id).await["products"].as_array().into_iter().flatten().filter(|one| one["state"] != "WAITING") {
                let name = product["insuranceCompanyName"].as_str().expect("a name").to_owned();
                if !arrived.contains(&name) {
                    arrived.push(name);
                }
            }
        }
        arrived
    }
    let (one, again, other) = (order(1).await, order(1).await, order(2).await);
    assert_eq!(one.len(), 14);
    assert_eq!(one, again);
    assert_ne!(one, other);
}

#[tokio::test]
async fn prices_follow_car_package_and_seed() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let once = prices(&visitor, &[STANDARD]).await;
    assert_eq!(once, prices(&visitor, &[STANDARD]).await);
    assert_ne!(once, prices(&visitor, &[ECONOMY]).await);
    assert_ne!(once, prices(&visit_with(WireMode::Current, 2).sign_in(RETURNING).await, &[STANDARD]).await);
}

#[tokio::test]
async fn has_awkward_amounts_and_up_to_four_plans() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let prices = prices(&visitor, &[ECONOMY, STANDARD]).await;
    let plans = |premiums: &Value| premiums.as_array().map_or(0, Vec::len);
    assert_eq!(prices.values().map(plans).max(), Some(4));
    let amounts: Vec<f64> = prices
        .values()
        .flat_map(|premiums| premiums.as_array().into_iter().flatten())
        .filter_map(|one| one["grossPremium"].as_f64())
        .collect();
    assert!(amounts.iter().any(|amount| (amount * 100.0).fract() != 0.0), "some amounts are those that floats get wrong");
    assert!(
        prices
            .values()
            .flat_map(|premiums| premiums.as_array().into_iter().flatten())
            .all(|one| one["currency"] == "TURKISH_LIRA" && one["commission"].is_f64())
    );
}

#[tokio::test]
async fn each_group_multiplies_the_offers() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[ECONOMY, STANDARD]).await;
    let read = read(&visitor, &proposal).await;
    assert_eq!((read["products"].as_array().map(Vec::len), read["coverageGroups"].as_array().map(Vec::len)), (Some(28), Some(2)));
    let vehicle = visitor.vehicle().await;
    visitor.post("/api/proposals", visitor.proposal_body(&vehicle, &["65f0c0de00000000000000ff"])).await.expect(422);
}

#[tokio::test]
async fn every_kind_of_difficult_insurer_is_there() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let product = async |name| visitor.product(&proposal, name).await;
    assert_eq!(product("Lodos Sigorta").await["productType"], "ROBOT");
    assert_eq!(product("Meltem Sigorta").await["needsInvestigationByCompany"], true);
    assert_eq!(product("Zeytin Sigorta").await["supportedPaymentOptions"], json!(["SYNC_CREDIT_CARD", "SYNC_OPEN_ACCOUNT"]));
    assert_eq!(product("Liman Sigorta").await["supportedPaymentOptions"], json!(["ASYNC_3D_SECURE"]));
    let failed = product("Ceviz Sigorta").await;
    assert_eq!((failed["state"].as_str(), failed["premiums"].as_array().map(Vec::len)), (Some("FAILED"), Some(0)));
    assert!(failed["errorMessage"].is_string());
}

#[tokio::test]
async fn retries_a_failed_offer_by_post() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let retry = async |name| {
        let id = visitor.product(&proposal, name).await["id"].as_str().expect("an id").to_owned();
        visitor
            .post(&format!("/api/proposals/{proposal}/products/{id}/retry"), json!({ "proposalId": proposal, "proposalProductId": id }))
            .await
    };
    retry("Kervan Sigorta").await.expect(204);
    assert_eq!(visitor.product(&proposal, "Kervan Sigorta").await["state"], "WAITING");
    visitor.sandbox.advance(3_100);
    assert_eq!(visitor.product(&proposal, "Kervan Sigorta").await["state"], "ACTIVE");
    retry("Poyraz Sigorta").await.problem(409, "PRODUCT_NOT_FAILED");
}

#[tokio::test]
async fn describes_coverage_in_typed_values() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[STANDARD]).await;
    let product = visitor.product(&proposal, "Poyraz Sigorta").await;
    let coverage = &product["optimalCoverage"];
    assert_eq!(coverage.as_object().and_then(|coverage| coverage.keys().next()).map(String::as_str), Some("$type"));
    assert_eq!(coverage["immLimitiAyrimsiz"], json!({ "$type": "DECIMAL", "value": 5_000_000.0 }));
    assert_eq!(
        (coverage["kiralikArac"]["$type"].as_str(), coverage["onarimServisTuru"].as_str()),
        (Some("DEFINED"), Some("ANLASMALI_YETKILI_SERVIS"))
    );
    let path = format!("/api/proposals/{proposal}/products/{}/coverage", product["id"].as_str().expect("an id"));
    assert_eq!(&visitor.get(&path).await.expect(200).json()["coverage"], coverage);
}

#[tokio::test]
async fn says_which_covers_can_be_chosen() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let all = visitor.get("/api/coverage-choices:kasko").await.expect(200).json();
    // The robot's insurer has nothing to choose from.
    assert_eq!(all.as_array().map(Vec::len), Some(13));
    assert_eq!((all[0]["insuranceCompanyId"].as_u64(), all[0]["productType"].as_str()), (Some(4107), Some("WEB_SERVICE")));
    assert_eq!(all[0]["coverageChoices"]["yedekParcaTuru"], json!(["ESDEGER_PARCA", "ORIJINAL_PARCA"]));
    assert_eq!(all[0]["coverageChoices"]["kiralikArac"][1], json!({ "value": "7", "text": "7 gün" }));
    let one = visitor.get("/api/coverage-choices:tss?insuranceCompanyId=4112").await.expect(200).json();
    assert_eq!((one.as_array().map(Vec::len), one[0]["insuranceCompanyId"].as_u64()), (Some(1), Some(4112)));
    assert_eq!(visitor.get("/api/coverage-choices:konut").await.expect(200).json(), json!([]));
}
