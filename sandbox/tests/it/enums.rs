//! Every value of every published enum: those that a customer chooses are sent and read back, the others come out somewhere.

use std::collections::BTreeSet;

use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::support::{NEW, RETURNING, STANDARD, Visitor, visit, visit_market};

#[rustfmt::skip]
const UTILIZATION_STYLES: &[&str] = &[
    "UNKNOWN", "PRIVATE_CAR", "TAXI", "MOTORCYCLE", "TRUCK", "PICKUP_TRUCK", "CLOSED_BED_PICKUP", "RENTAL_CAR", "JEEP", "JEEP_SUV",
    "MINIBUS_SHARED_TAXI", "MEDIUM_BUS", "LARGE_BUS", "TRACTOR", "TRAILER", "TANKER", "CONSTRUCTION_MACHINERY", "AMBULANCE", "HEARSE",
    "ROUTE_BASED_MINIBUS", "TOW_TRUCK", "MOTORIZED_CARAVAN", "TOWABLE_CARAVAN", "AGRICULTURAL_MACHINE_EXCLUDING_TRACTOR",
    "OPEN_BODY_TRUCK", "ARMORED_VEHICLE", "JEEP_SAV", "JEEP_RENTAL", "JEEP_TAXI", "FIREFIGHTER_CAR", "CHAUFFEURED_RENTAL_CAR",
    "OPERATIONAL_RENTAL", "PRIVATE_MINIBUS", "ROUTE_MINIBUS", "SERVICE_MINIBUS", "COMPANY_MINIBUS", "RENTAL_MINIBUS",
    "AMBULANCE_MINIBUS", "MINIBUS_BROADCASTING_VEHICLE", "MINIBUS_ARMORED_TRANSPORT", "SMALL_BUS_15_35_PASSENGERS", "SMALL_BUS_SERVICE",
    "SMALL_BUS_CITY", "SMALL_BUS_ROUTE", "LARGE_BUS_36_PLUS", "DUMP_TRUCK", "REFRIGERATED_TRUCK", "TRUCK_WITH_CONCRETE_MIXER",
    "SILO_TRUCK", "TRUCK_WITH_CONCRETE_PUMP", "ROCK_TRUCK", "TRUCK_WITH_CRANE", "HEAVY_MACHINERY", "EXCAVATOR", "LOADER", "BULLDOZER",
    "SCRAPER", "GRADER", "ROAD_ROLLER", "MOBILE_CRANE", "INDOOR_FORKLIFT", "OUTDOOR_FORKLIFT", "MOBILE_COMPRESSOR", "MOBILE_PUMP",
    "MOBILE_WELDING_MACHINE", "COMBINE_HARVESTER", "TANKER_ACID_CARRIER", "TANKER_WATER_FUEL_CARRIER", "TANKER_EXPLOSIVE_FLAMMABLE",
    "TOW_TRUCK_TRACTOR", "TOW_TRUCK_TANKER", "PANEL_GLASS_VAN_MINUBUS",
];
const FUELS: &[&str] = &["GASOLINE", "DIESEL", "LPG", "ELECTRIC", "LPG_GASOLINE", "HYBRID"];
#[rustfmt::skip]
const PERSON: &[(&str, &[&str])] = &[
    ("gender", &["UNKNOWN", "MALE", "FEMALE", "OTHER"]),
    ("maritalStatus", &["UNKNOWN", "SINGLE", "MARRIED"]),
    ("nationality", &["UNKNOWN", "TURK", "OTHER"]),
    ("educationStatus", &["UNKNOWN", "PRIMARY_SCHOOL", "MIDDLE_SCHOOL", "HIGH_SCHOOL", "UNIVERSITY", "POSTGRADUATE", "DOCTORATE", "OTHER"]),
    ("job", &[
        "UNKNOWN", "BANKER", "CORPORATE_EMPLOYEE", "LTD_EMPLOYEE", "POLICE", "MILITARY_PERSONNEL", "RETIRED_SPOUSE", "TEACHER", "DOCTOR",
        "PHARMACIST", "NURSE", "HEALTHCARE_WORKER", "LAWYER", "JUDGE", "PROSECUTOR", "FREELANCER", "FARMER", "INSTRUCTOR",
        "RELIGIOUS_OFFICIAL", "ASSOCIATION_MANAGER", "OFFICER", "RETIRED", "HOUSEWIFE",
    ]),
];
const HEALTH: &[(&str, &[&str])] = &[
    ("surgeries", &["OTHER", "ORGAN_TRANSPLANT", "BONE_MARROW_TRANSPLANT", "HEART_SURGERY", "BRAIN_SURGERY"]),
    (
        "diseases",
        &[
            "OTHER",
            "KIDNEY_FAILURE",
            "CANCER",
            "LIVER_DISEASE",
            "HEART_FAILURE",
            "HEART_RHYTHM_AND_CONDUCTION_DISORDERS",
            "IMMUNE_SYSTEM_DISORDERS",
        ],
    ),
];
const CONSENT_CHANNELS: &[&str] = &["MANUAL", "WEB", "CHATBOT", "SMS", "EMAIL", "EXTERNAL"];
const PROPERTY: &[(&str, &[&str])] = &[
    ("utilizationStyle", &["UNKNOWN", "HOUSE", "BUSINESS", "OTHER"]),
    ("ownershipType", &["UNKNOWN", "PROPRIETOR", "TENANT"]),
    ("structure", &["UNKNOWN", "STEEL_REINFORCED_CONCRETE", "OTHER"]),
    ("damageStatus", &["UNKNOWN", "NONE", "SLIGHTLY_DAMAGED", "MODERATELY_DAMAGED", "SEVERELY_DAMAGED"]),
];
const CHANNELS: &[&str] = &["UNKNOWN", "MANUAL", "WEBSITE", "GOOGLE_ADS", "CALL_CENTER", "MOBILE_APP", "API", "PARTNER"];
#[rustfmt::skip]
const BRANCHES: &[&str] = &[
    "KASKO", "TRAFIK", "DASK", "KONUT", "TSS", "IMM", "YESIL_KART", "SAGLIK", "SEYAHAT", "FERDI", "ISYERI", "FERDI_KAZA", "GRUP_HAYAT",
    "KART_KIMLIK_KORUMA", "UCUNCU_SAHIS_MALI_SORUMLULUK", "ISYERI_YANGIN", "ELEKTRONIK_CIHAZ", "PET", "BES", "INSAAT_ALL_RISK",
    "LEASING_ALL_RISK", "MONTAJ_ALL_RISK", "NAKLIYAT", "OZEL_GUVENLIK_MALI_SORUMLULUK", "AKILLI_TELEFON",
    "TEHLIKELI_MADDELER_MALI_SORUMLULUK", "YAT_GEMI_GEZINTI_TEKNESI", "TARIM", "MESLEKI_SORUMLULUK", "ALACAK", "ISVEREN_MALI_MESULIYET",
    "MUHENDISLIK", "HUKUKSAL_KORUMA", "ILK_ATES_KONUT", "KEFALET",
];
#[rustfmt::skip]
const SUB_STATES: &[&str] = &[
    "OPEN_INITIAL", "OPEN_COLLECTING_INFORMATION", "OPEN_DELAYED", "OPEN_WAITING", "IN_PROGRESS_UNDER_ANALYSIS",
    "IN_PROGRESS_PROPOSAL_PREPARED", "IN_PROGRESS_AWAITING_APPROVAL", "IN_PROGRESS_TO_BE_RECONTACTED", "SUCCESS_COMPLETED",
    "FAIL_NO_RESPONSE", "FAIL_INVALID_CASE", "FAIL_CUSTOMER_WITHDRAWN", "FAIL_PAYMENT_ERROR", "FAIL_DECLINED_CARD_INFORMATION",
    "FAIL_FOREIGN_USER", "FAIL_TAKEN_ELSEWHERE", "FAIL_PRICE_TOO_HIGH", "FAIL_ASSET_ACQUISITION", "FAIL_ASSET_SOLD", "FAIL_UNRESOLVED",
    "FAIL_REFERRED_TO_LEGAL", "FAIL_CUSTOMER_UNSATISFIED", "FAIL_MISSING_DOCUMENTS", "FAIL_INSURER_DENIED", "FAIL_CONDITIONS_NOT_MET",
];

#[tokio::test]
async fn vehicles_have_every_use_and_fuel() {
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    for (place, style) in UTILIZATION_STYLES.iter().enumerate() {
        let fuel = FUELS[place % FUELS.len()];
        let body = json!({
            "customerId": visitor.customer, "plate": { "city": 34 }, "utilizationStyle": style, "fuel": { "type": fuel }, "accessories": [],
        });
        visitor.post(&format!("/api/customers/{}/vehicles", visitor.customer), body).await.expect(201);
        let newest = visitor.get("/api/customers/me/vehicles").await.json()[0].clone();
        assert_eq!((newest["utilizationStyle"].as_str(), newest["fuel"]["type"].as_str()), (Some(*style), Some(fuel)));
    }
}

#[tokio::test]
async fn people_are_everything_they_can_be() {
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    let path = format!("/api/customers/{}", visitor.customer);
    for (name, values) in PERSON {
        for value in *values {
            visitor.put(&path, json!({ "$type": "individual", *name: value })).await.expect(204);
            assert_eq!(visitor.get(&path).await.json()[name], *value);
        }
    }
    for (name, values) in HEALTH {
        let mut body = json!({ "height": 170, "weight": 65, "surgeries": [], "diseases": [] });
        body[name] = json!(values);
        visitor.put(&format!("{path}/health-info"), body.clone()).await.expect(204);
        assert_eq!(visitor.get(&format!("{path}/health-info")).await.json()[name], body[name]);
    }
    for channel in CONSENT_CHANNELS {
        for consent in ["KVKK", "ETK"] {
            let body = json!({ "consentType": consent, "channel": channel, "customerId": visitor.customer });
            visitor.post(&format!("{path}/consents"), body).await.expect(204);
            let newest = visitor.get(&format!("{path}/consents")).await.json()["history"][0].clone();
            assert_eq!((newest["channel"].as_str(), newest["consentType"].as_str()), (Some(*channel), Some(consent)));
        }
    }
}

#[tokio::test]
async fn homes_are_everything_they_can_be() {
    let visitor = visit(WireMode::Current).sign_in(NEW).await;
    let mut number = 1_000_000_000_u64;
    for (name, values) in PROPERTY {
        for value in *values {
            number += 1;
            let mut body = json!({
                "customerId": visitor.customer, "number": number, "squareMeter": 90, "constructionYear": 2001, "damageStatus": "NONE",
                "floor": null, "structure": "OTHER", "utilizationStyle": "HOUSE", "ownershipType": "TENANT",
            });
            body[name] = json!(value);
            visitor.post(&format!("/api/customers/{}/properties", visitor.customer), body).await.expect(201);
            assert_eq!(visitor.get("/api/customers/me/properties").await.json()[0][name], *value);
        }
    }
}

/// Opens a case and lists the newest.
async fn case(visitor: &Visitor, branch: &str, channel: &str) -> Value {
    let body = json!({ "customerId": visitor.customer, "productBranch": branch, "channel": channel });
    visitor.post("/api/cases:new-sale-opportunity", body).await.expect(201);
    let query = "{ cases(order: { createdAt: DESC }) { items { id productBranch channel type mainState subState } } }";
    visitor.post("/graphql", json!({ "query": query })).await.expect(200).json()["data"]["cases"]["items"][0].clone()
}

#[tokio::test]
async fn cases_have_every_branch_channel_and_state() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    for (place, branch) in BRANCHES.iter().enumerate() {
        let channel = CHANNELS[place % CHANNELS.len()];
        let case = case(&visitor, branch, channel).await;
        assert_eq!((case["productBranch"].as_str(), case["channel"].as_str()), (Some(*branch), Some(channel)));
    }
    let id = case(&visitor, "KASKO", "WEBSITE").await["id"].clone();
    for state in SUB_STATES {
        let put = visitor.post("/__sandbox/cases", json!({ "case": id, "subState": state })).await.expect(200).json();
        assert!(state.starts_with(put["mainState"].as_str().expect("a state")));
        let path = format!("/api/cases/{}", id.as_str().expect("an id"));
        assert_eq!(visitor.get(&path).await.json()["subState"], *state);
    }
    let schema = visitor.get("/graphql/schema").await.expect(200).text();
    let types = ["SALE_OPPORTUNITY", "ENDORSEMENT", "CANCEL", "COMPLAINT", "FAIL", "OPEN", "IN_PROGRESS", "SUCCESS"];
    for name in BRANCHES.iter().chain(CHANNELS).chain(SUB_STATES).chain(&types) {
        assert!(schema.contains(&format!("\t{name}\n")), "{name}");
    }
}

#[tokio::test]
async fn proposals_come_through_every_channel() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let vehicle = visitor.vehicle().await;
    for channel in CHANNELS {
        let mut body = visitor.proposal_body(&vehicle, &[STANDARD]);
        body["channel"] = json!(channel);
        let id = visitor.post("/api/proposals", body).await.expect(200).json()["proposalId"].as_str().expect("an id").to_owned();
        assert_eq!(visitor.get(&format!("/api/proposals/{id}")).await.json()["channel"], *channel);
    }
}

/// What stands at `name` in the offers of a proposal made under a scenario.
async fn outputs(visitor: &Visitor, scenario: &str, name: &str) -> BTreeSet<String> {
    visitor.post("/__sandbox/settings", json!({ "scenario": scenario })).await.expect(200);
    let proposal = visitor.propose(&[]).await;
    let products = visitor.get(&format!("/api/proposals/{proposal}")).await.expect(200).json()["products"].clone();
    let mut found = BTreeSet::new();
    for product in products.as_array().into_iter().flatten() {
        let plans = product["premiums"].as_array().into_iter().flatten();
        for value in plans.map(|plan| &plan[name]).chain([&product[name]]).chain(product[name].as_array().into_iter().flatten()) {
            found.extend(value.as_str().map(str::to_owned));
        }
    }
    found
}

#[tokio::test]
async fn offers_come_in_every_currency_and_with_every_way_to_pay() {
    let visitor = visit_market().sign_in(RETURNING).await;
    let currencies = outputs(&visitor, "offers-foreign", "currency").await;
    assert_eq!(currencies, ["UNKNOWN", "TURKISH_LIRA", "UNITED_STATES_DOLLAR", "EURO"].map(str::to_owned).into());
    let mut options = outputs(&visitor, "guide-car", "supportedPaymentOptions").await;
    assert_eq!(outputs(&visitor, "guide-car", "productType").await, ["WEB_SERVICE", "ROBOT"].map(str::to_owned).into());
    visitor.post("/__sandbox/reset", json!({ "panel": "invented" })).await.expect(204);
    let visitor = visitor.sign_in(RETURNING).await;
    options.extend(outputs(&visitor, "offers-malformed", "supportedPaymentOptions").await);
    for option in [
        "UNKNOWN",
        "SYNC_CREDIT_CARD",
        "SYNC_OPEN_ACCOUNT",
        "ASYNC_3D_SECURE",
        "ASYNC_INSURANCE_COMPANY_REDIRECT",
        "ASYNC_THIRD_PARTY_3D_SECURE",
    ] {
        assert!(options.contains(option), "{option}");
    }
}

#[tokio::test]
async fn an_offer_passes_through_every_state() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let body = visitor.proposal_body(&visitor.vehicle().await, &[]);
    let proposal = visitor.post("/api/proposals", body).await.expect(200).json()["proposalId"].as_str().expect("an id").to_owned();
    let state = async |insurer: &str| visitor.product(&proposal, insurer).await["state"].as_str().expect("a state").to_owned();
    assert_eq!(state("Poyraz Sigorta").await, "WAITING");
    visitor.sandbox.advance(13_000);
    assert_eq!((state("Poyraz Sigorta").await.as_str(), state("Ceviz Sigorta").await.as_str()), ("ACTIVE", "FAILED"));
    let product = visitor.product(&proposal, "Poyraz Sigorta").await;
    let begun = visitor.purchase(&proposal, &product, "insurance-company-redirect").await.expect(200).json();
    assert_eq!(state("Poyraz Sigorta").await, "PURCHASING");
    visitor.pay(begun["redirectUrl"].as_str().expect("a URL"), Some("approve")).await.expect(303);
    assert_eq!(state("Poyraz Sigorta").await, "PURCHASED");
}
