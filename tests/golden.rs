//! The golden table, natively, through `serde_json`.
#![cfg(not(target_arch = "wasm32"))]

#[path = "golden/cases.rs"]
mod cases;
#[path = "golden/further.rs"]
mod further;

use std::{collections::BTreeSet, fs, path::Path};

use insurup_core::{
    endpoint::{CallKind, Method, Safety, Wire, auth::Refresh},
    json::Value,
};

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("golden JSON is valid")
}

fn write(value: &Value) -> String {
    serde_json::to_string(value).expect("a tree can be written")
}

#[test]
fn speaks_the_golden_wire() {
    cases::check_all(read, write);
}

#[test]
fn has_a_request_and_an_answer_of_every_operation() {
    for kind in CallKind::ALL {
        let requests: Vec<_> = cases::requests().into_iter().filter(|case| case.call.kind() == *kind).collect();
        assert!(requests.iter().any(|case| case.wire == Wire::Current), "{kind:?}");
        assert!(kind.method() == Method::Get || requests.iter().any(|case| case.wire == Wire::Guide), "{kind:?}");
        assert!(requests.iter().all(|case| case.body.is_some() == (kind.method() != Method::Get)), "{kind:?}");
        assert!(cases::responses().iter().any(|case| case.kind == *kind), "{kind:?}");
    }
}

#[test]
fn leaves_no_golden_file_out() {
    let folder = Path::new("tests/golden");
    let tables = ["cases.rs", "further.rs"].map(|table| fs::read_to_string(folder.join(table)).unwrap()).concat();
    for form in ["current", "guide"] {
        for file in fs::read_dir(folder.join(form)).unwrap() {
            let name = format!("{form}/{}", file.unwrap().file_name().to_str().unwrap());
            assert!(tables.contains(&format!("\"{name}\"")), "{name} is in no table");
        }
    }
}

/// Cutting any member out of any answer gives an error or a smaller value, never a panic; and none of them is needed but these.
#[test]
fn survives_answers_with_members_missing() {
    let mut needed = BTreeSet::new();
    for case in cases::responses() {
        for (path, smaller) in with_one_member_less(&serde_json::from_str(case.body).unwrap()) {
            if let Err(error) = case.kind.decode(&read(&smaller.to_string())) {
                needed.insert(format!("{} needs {path}: {error}", case.kind.name()));
            }
        }
    }
    let expected = [
        "create_case needs id: could not read `id`",
        "create_proposal needs id: could not read `proposalId`",
        "create_proposal needs proposalId: could not read `proposalId`",
        "create_vehicle needs id: could not read `id`",
        "create_vehicle needs vehicleId: could not read `id`",
        "information_form needs url: could not read `url`",
        "list_mine needs data.proposals.items: could not read `items`",
        "list_mine needs data.proposals: could not read `items`",
        "list_mine needs data: could not read `items`",
        "list_products needs products: could not read `products`",
        "me needs id: could not read `id`",
        "offer_document needs url: could not read `url`",
        "open_cases needs data.cases.items: could not read `data.cases.items`",
        "open_cases needs data.cases: could not read `data.cases.items`",
        "open_cases needs data: could not read `data.cases.items`",
        "policy_document needs url: could not read `url`",
        "read_consents needs consents: could not read `consents`",
        "read_policy needs id: could not read `id`",
        "read_policy needs policyId: could not read `id`",
        "refresh needs accessToken: could not read `accessToken`",
        "sign_in needs accessToken: could not read `token`",
        "sign_in needs token: could not read `token`",
        "start_purchase needs redirectUrl: could not read `redirectUrl`",
        "verify_code needs accessToken: could not read `accessToken`",
    ];
    assert_eq!(needed.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

fn with_one_member_less(value: &serde_json::Value) -> Vec<(String, serde_json::Value)> {
    let mut smaller = Vec::new();
    if let Some(members) = value.as_object() {
        for (name, member) in members {
            let mut without = members.clone();
            without.remove(name);
            smaller.push((name.clone(), without.into()));
            for (path, inner) in with_one_member_less(member) {
                let mut changed = members.clone();
                changed.insert(name.clone(), inner);
                smaller.push((format!("{name}.{path}"), changed.into()));
            }
        }
    } else if let Some(items) = value.as_array() {
        for (place, item) in items.iter().enumerate() {
            for (path, inner) in with_one_member_less(item) {
                let mut changed = items.clone();
                changed[place] = inner;
                smaller.push((format!("{place}.{path}"), changed.into()));
            }
        }
    }
    smaller
}

/// Nothing that a log could print of a call or an answer gives away what it carries.
#[test]
fn prints_no_secret() {
    let calls = cases::requests().into_iter().map(|case| format!("{:?} {:?}", case.call, case.call.body(case.wire)));
    let answers = cases::responses().into_iter().map(|case| format!("{:?}", case.kind.decode(&read(case.body))));
    for printed in calls.chain(answers) {
        for secret in [
            "10000000146",
            "5321234567",
            "1990",
            "482913",
            "mfa-7Qd2",
            "access-",
            "refresh-1",
            "eyJ",
            "ABC",
            "\"123456\"",
            "K9K",
            "VF15",
            "Deniz",
            "sig=",
            "pay.example",
        ] {
            assert!(!printed.contains(secret), "{secret} in {printed}");
        }
    }
}

#[test]
fn only_the_guides_refresh_takes_the_old_bearer() {
    for case in cases::requests() {
        let expected = case.call.kind() == CallKind::Refresh && case.wire == Wire::Guide;
        assert_eq!(case.call.needs_old_bearer(case.wire), expected);
    }
    assert!(!Refresh::needs_old_bearer(Wire::Current));
}

#[test]
fn nothing_that_creates_or_costs_is_safe_to_repeat() {
    let repeatable: Vec<_> = CallKind::ALL.iter().filter(|kind| kind.method() != Method::Get && kind.safety() != Safety::Once).collect();
    assert_eq!(
        repeatable,
        [&CallKind::GiveConsent, &CallKind::UpdateCustomer, &CallKind::OpenCases, &CallKind::StartPurchase, &CallKind::ListMine]
    );
}
