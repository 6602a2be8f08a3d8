//! Whatever the API answers about what a customer has already: a list, or a clear failure. Never a panic, never something made up.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests, which the lints know only by `#[test]`")]

#[path = "properties/sale.rs"]
mod sale;

use insurup_core::domain::ProposalId;
use insurup_core::endpoint::{CallKind, Wire};
use insurup_core::flow::{Event, ResumeView, Screen};
use insurup_core::transport::Failure;
use proptest::prelude::*;
use sale::Sale;
use serde_json::{Value, json};

/// Any JSON, with the names that are read among its names.
fn anything() -> impl Strategy<Value = Value> {
    let words = "(KASKO|TRAFIK|UZAY|ACTIVE|PURCHASED|CANCELLED|q1|34|ABC123|2026-11-20|21\\.11\\.2026|[ -~ş]{0,6})";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| json!(number)),
        (-1e9..1e9_f64).prop_map(|number| json!(number)),
        words.prop_map(Value::String),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let names = "(id|productBranch|state|createdAt|count|vehicleId|city|code|brand|model|year|policyNumber|insuranceCompanyName|startDate|endDate|x)";
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            proptest::collection::btree_map(names, inner, 0..9).prop_map(|members| members.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

/// An answer of the right outline around anything, or anything.
fn answer() -> impl Strategy<Value = Value> {
    let list = || prop_oneof![anything(), proptest::collection::vec(anything(), 0..10).prop_map(|items| json!({ "items": items }))];
    prop_oneof![1 => anything(), 5 => (list(), list()).prop_map(|(proposals, policies)| json!({ "data": { "proposals": proposals, "policies": policies } }))]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_answer_is_a_list_or_a_clear_failure(answer in answer(), guide in any::<bool>()) {
        let mut sale = Sale::at_vehicles(if guide { Wire::Guide } else { Wire::Current });
        sale.send(Event::ShowMine);
        let call = sale.call.take().expect("the list is asked for");
        let body = serde_json::from_value(answer.clone()).expect("JSON is JSON");
        let decoded = CallKind::ListMine.decode(&body);
        let readable = decoded.is_ok();
        // As the transport tells of an answer that can't be read.
        sale.send(Event::Answered(call, decoded.map_err(|_| Failure::Malformed)));
        let Screen::Mine(view) = sale.flow.view().screen else { panic!("{:?}", sale.flow.kind()) };
        prop_assert_eq!((view.busy, view.failed), (false, !readable));
        let items = |root: &str| answer["data"][root]["items"].as_array();
        for (root, shown, failed) in
            [("proposals", view.proposals.len(), view.proposals_failed), ("policies", view.policies.len(), view.policies_failed)]
        {
            prop_assert_eq!(failed, readable && items(root).is_none());
            prop_assert!(shown <= items(root).map_or(0, Vec::len));
        }
        // Only what is listed can be carried on with, and everything can be left.
        for proposal in &view.proposals {
            let asked = sale.asked.len();
            sale.send(Event::ResumeProposal(proposal.id.clone()));
            prop_assert_eq!(sale.asked.len() > asked, proposal.resume == ResumeView::Possible);
            if proposal.resume == ResumeView::Possible {
                break;
            }
        }
        let asked = sale.asked.len();
        sale.send(Event::ResumeProposal(ProposalId::new("nobody's").expect("an id")));
        prop_assert_eq!(sale.asked.len(), asked);
        sale.send(Event::Back);
        prop_assert!(matches!(sale.flow.view().screen, Screen::Vehicles(_)));
    }
}
