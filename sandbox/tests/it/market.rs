use std::collections::{BTreeMap, BTreeSet};

use insurup_sandbox::{Panel, WireMode};
use serde_json::{Value, json};

use crate::support::{RETURNING, STANDARD, Visitor, visit, visit_market};

/// All offers of a branch for the returning customer, arrived.
async fn offers(visitor: &Visitor, kind: &str) -> Vec<Value> {
    let mut body = visitor.proposal_body(&visitor.vehicle().await, &[STANDARD]);
    body["$type"] = json!(kind);
    body.as_object_mut().expect("an object").remove("productBranch");
    let health = json!({ "height": 170, "weight": 65, "surgeries": [], "diseases": [] });
    visitor.put(&format!("/api/customers/{}/health-info", visitor.customer), health).await.expect(204);
    let id = visitor.post("/api/proposals", body).await.expect(200).json()["proposalId"].as_str().expect("an id").to_owned();
    visitor.sandbox.advance(13_000);
    let proposal = visitor.get(&format!("/api/proposals/{id}")).await.expect(200).json();
    proposal["products"].as_array().expect("offers").clone()
}

fn names(offers: &[Value], kind: &str) -> BTreeSet<String> {
    let of_kind = offers.iter().filter(|one| one["productType"] == kind);
    of_kind.map(|one| one["insuranceCompanyName"].as_str().expect("a name").to_owned()).collect()
}

fn find(offers: &[Value], insurer: &str, product: &str) -> Value {
    let mut found = offers.iter().filter(|one| one["productType"] == "WEB_SERVICE");
    found.find(|one| one["insuranceCompanyName"] == insurer && one["productName"] == product).expect("a product of that name").clone()
}

#[tokio::test]
async fn offers_come_from_those_who_sell_the_branch() {
    let visitor = visit_market().sign_in(RETURNING).await;
    for (kind, live, robots, there, not_there) in [
        ("kasko", 22, 16, "HDI Katılım Sigorta", "Corpus Sigorta"),
        ("trafik", 17, 17, "Doğa Sigorta", "AK Sigorta"),
        ("tss", 7, 8, "Magdeburger Sigorta", "Zurich Sigorta"),
    ] {
        let offers = offers(&visitor, kind).await;
        let (online, read_off) = (names(&offers, "WEB_SERVICE"), names(&offers, "ROBOT"));
        assert_eq!((online.len(), read_off.len()), (live, robots), "{kind}");
        assert!(online.contains(there) && !online.contains(not_there), "{kind}");
        assert!(offers.iter().all(|one| (one["productType"] == "ROBOT") == (one["supportedPaymentOptions"] == json!([]))), "{kind}");
    }
}

#[tokio::test]
async fn each_insurer_is_paid_in_its_own_ways() {
    let visitor = visit_market().sign_in(RETURNING).await;
    let offers = offers(&visitor, "kasko").await;
    let options = |insurer| find(&offers, insurer, "Genişletilmiş Kasko")["supportedPaymentOptions"].clone();
    for insurer in ["Doğa Sigorta", "Türkiye Sigorta"] {
        let three_d = json!(["SYNC_CREDIT_CARD", "SYNC_OPEN_ACCOUNT", "ASYNC_3D_SECURE", "ASYNC_THIRD_PARTY_3D_SECURE"]);
        assert_eq!(options(insurer), three_d, "{insurer}");
    }
    assert_eq!(options("Magdeburger Sigorta"), json!(["SYNC_CREDIT_CARD"]));
    let redirect = json!(["SYNC_CREDIT_CARD", "SYNC_OPEN_ACCOUNT", "ASYNC_INSURANCE_COMPANY_REDIRECT", "ASYNC_THIRD_PARTY_3D_SECURE"]);
    let others = names(&offers, "WEB_SERVICE");
    let others = others.iter().filter(|name| !["Doğa Sigorta", "Türkiye Sigorta", "Magdeburger Sigorta"].contains(&name.as_str()));
    assert!(others.into_iter().all(|name| options(name) == redirect));
}

#[tokio::test]
async fn some_insurers_have_a_second_product_that_covers_less_for_less() {
    let visitor = visit_market().sign_in(RETURNING).await;
    let offers = offers(&visitor, "kasko").await;
    let (full, narrow) = (find(&offers, "Anadolu Sigorta", "Genişletilmiş Kasko"), find(&offers, "Anadolu Sigorta", "Dar Kasko"));
    assert_ne!(full["productId"], narrow["productId"]);
    assert_eq!(full["insuranceCompanyId"], narrow["insuranceCompanyId"]);
    assert_eq!(narrow["optimalCoverage"]["hirsizlik"], json!({ "$type": "NOT_INCLUDED" }));
    assert_eq!(full["optimalCoverage"]["hirsizlik"], json!({ "$type": "INCLUDED" }));
    let robot = offers.iter().find(|one| one["insuranceCompanyName"] == "AK Sigorta" && one["productType"] == "ROBOT").expect("a robot");
    let same = find(&offers, "AK Sigorta", "Genişletilmiş Kasko");
    assert_ne!(robot["premiums"][0]["grossPremium"], same["premiums"][0]["grossPremium"], "they are two products");
    let mut seen = BTreeSet::new();
    assert!(offers.iter().all(|one| seen.insert(one["productId"].to_string())));
}

#[tokio::test]
async fn every_kind_of_outcome_plan_and_cover_occurs() {
    let visitor = visit_market().sign_in(RETURNING).await;
    let mut plans = BTreeSet::new();
    let mut covers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for kind in ["kasko", "trafik", "tss"] {
        let offers = offers(&visitor, kind).await;
        let failed = offers.iter().filter(|one| one["state"] == "FAILED" && one["errorMessage"].is_string()).count();
        let investigated = offers.iter().filter(|one| one["needsInvestigationByCompany"] == true).count();
        assert!(failed >= 1 && investigated >= 1, "{kind}: {failed} failed, {investigated} are looked into");
        assert!(offers.iter().filter(|one| one["state"] == "ACTIVE").count() > offers.len() / 2, "{kind}");
        for one in &offers {
            plans.extend(one["premiums"].as_array().into_iter().flatten().filter_map(|plan| plan["installmentNumber"].as_u64()));
            for (name, value) in one["optimalCoverage"].as_object().into_iter().flatten() {
                covers.entry(format!("{kind} {name}")).or_default().insert(value.to_string());
            }
        }
    }
    assert_eq!(plans, (1..=12).collect());
    for cover in ["kasko immLimitiAyrimsiz", "kasko onarimServisTuru", "trafik immKombine", "tss fizikTedavi"] {
        assert!(covers[cover].len() >= 3, "{cover}: {:?}", covers[cover]);
    }
}

#[tokio::test]
async fn a_reset_may_change_the_panel() {
    let visitor = visit(WireMode::Current);
    assert_eq!(visitor.get("/__sandbox/settings").await.json()["panel"], Panel::Invented.name());
    visitor.post("/__sandbox/reset", json!({ "panel": "market" })).await.expect(204);
    assert_eq!(visitor.get("/__sandbox/settings").await.json()["panel"], Panel::Market.name());
    visitor.post("/__sandbox/reset", json!({})).await.expect(204);
    assert_eq!(visitor.get("/__sandbox/settings").await.json()["panel"], "market");
    visitor.post("/__sandbox/reset", json!({ "panel": "bazaar" })).await.expect(400);
}

#[tokio::test]
async fn the_manual_knows_every_insurer_by_number() {
    let manual = std::fs::read_to_string("../docs/sandbox.md").expect("docs/sandbox.md");
    let visitor = visit_market().sign_in(RETURNING).await;
    for kind in ["kasko", "trafik", "tss"] {
        for offer in offers(&visitor, kind).await {
            let row = format!("| {} ({}) |", offer["insuranceCompanyName"].as_str().expect("a name"), offer["insuranceCompanyId"]);
            let row = manual.lines().find(|line| line.starts_with(&row)).expect(&row);
            let columns: Vec<&str> = row.split('|').map(str::trim).collect();
            let column = if offer["productType"] == "ROBOT" { 3 } else { 2 };
            assert!(columns[column].split(", ").any(|branch| branch == kind), "{kind} is missing in {row}");
        }
    }
}
