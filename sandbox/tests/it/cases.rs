use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::support::{RETURNING, Visitor, visit};

const NEW_CASE: &str = "/api/cases:new-sale-opportunity";

fn body(visitor: &Visitor) -> Value {
    json!({ "customerId": visitor.customer, "assetType": null, "assetId": null, "productBranch": "KASKO", "channel": "WEBSITE" })
}

/// The guides' query, with the customer's id in it.
async fn open_cases(visitor: &Visitor, status: &str) -> Value {
    let query = format!(
        "query {{ cases(skip: 0, take: 100, where: {{ customerId: {{ eq: \"{}\" }}, status: {{ eq: {status} }}, type: {{ eq: SALE_OPPORTUNITY }}, \
         productBranch: {{ eq: KASKO }} }}, order: {{ createdAt: DESC }}) {{ totalCount items {{ id ref productBranch type status mainState channel createdAt customerId }} }} }}",
        visitor.customer
    );
    visitor.post("/graphql", json!({ "query": query })).await.expect(200).json()["data"]["cases"].clone()
}

#[tokio::test]
async fn opens_a_case_and_answers_its_bare_id() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    assert_eq!(open_cases(&visitor, "OPEN").await["totalCount"], 0);
    let id = visitor.post(NEW_CASE, body(&visitor)).await.expect(201).json();
    assert!(id.is_string());
    let listed = open_cases(&visitor, "OPEN").await;
    assert_eq!((listed["items"][0]["id"].clone(), listed["items"][0]["status"].as_str()), (id, Some("OPEN")));
}

#[tokio::test]
async fn moves_a_case_with_its_sale() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    visitor.post(NEW_CASE, body(&visitor)).await.expect(201);
    let proposal = visitor.propose(&[]).await;
    let item = open_cases(&visitor, "OPEN").await["items"][0].clone();
    assert_eq!((item["status"].as_str(), item["mainState"].as_str()), (Some("OPEN"), Some("IN_PROGRESS")));
    let product = visitor.product(&proposal, "Poyraz Sigorta").await;
    let url = visitor.purchase(&proposal, &product, "insurance-company-redirect").await.expect(200).json()["redirectUrl"].clone();
    visitor.pay(url.as_str().expect("a URL"), Some("approve")).await.expect(303);
    assert_eq!(open_cases(&visitor, "OPEN").await["totalCount"], 0);
    assert_eq!(open_cases(&visitor, "SUCCESS").await["items"][0]["mainState"], "SUCCESS");
}

#[tokio::test]
async fn takes_variables_and_reports_misspelt_fields() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    visitor.post(NEW_CASE, body(&visitor)).await.expect(201);
    let query = "query ($id: UUID!, $branch: ProductBranch!) { cases(where: { customerId: { eq: $id }, productBranch: { in: [$branch] } }) { totalCount } }";
    let body = json!({ "query": query, "variables": { "id": visitor.customer, "branch": "KASKO" } });
    assert_eq!(visitor.post("/api/graphql", body).await.expect(200).json()["data"]["cases"]["totalCount"], 1);
    let wrong = visitor.post("/graphql", json!({ "query": "{ cases { count } }" })).await.expect(200).json();
    assert!(wrong["errors"][0]["message"].is_string() && wrong["data"].is_null());
    let many = visitor.post("/graphql", json!({ "query": "{ cases(take: 500) { totalCount } }" })).await.expect(200).json();
    assert_eq!(many["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn refuses_cases_of_unknown_branches_and_for_others() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let mut other = body(&visitor);
    other["customerId"] = json!("910a2dec-0000-4000-8000-000000000000");
    visitor.post(NEW_CASE, other).await.expect(404);
    let mut branch = body(&visitor);
    branch["productBranch"] = json!("kasko");
    visitor.post(NEW_CASE, branch).await.expect(400);
}

#[tokio::test]
async fn keeps_the_hub_and_the_schema_as_the_original_has_them() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    visitor.post("/hubs/proposal-detail/negotiate", json!({})).await.problem(401, "HUB_AGENT_USER_ONLY");
    assert!(visitor.get("/graphql/schema").await.expect(200).text().contains("type CasesCollectionSegment"));
}

/// Everything the list says about the customer's cases.
async fn listed(visitor: &Visitor) -> Value {
    let fields =
        "id ref status mainState subState saleOpportunitySubType proposalCount policyCount lastProposalDate lastPolicyDate lastUpdateDate";
    let query = format!("{{ cases(where: {{ subState: {{ nin: [FAIL_ASSET_SOLD] }} }}) {{ items {{ {fields} }} }} }}");
    visitor.post("/graphql", json!({ "query": query })).await.expect(200).json()["data"]["cases"]["items"].clone()
}

#[tokio::test]
async fn says_exactly_where_a_sale_stands() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let id = visitor.post(NEW_CASE, body(&visitor)).await.expect(201).json();
    let state = async || {
        let case = listed(&visitor).await[0].clone();
        format!("{} {}", case["mainState"], case["subState"]).replace('"', "")
    };
    assert_eq!(state().await, "OPEN OPEN_INITIAL");
    let proposal = visitor.proposal_body(&visitor.vehicle().await, &[]);
    let proposal = visitor.post("/api/proposals", proposal).await.expect(200).json()["proposalId"].clone();
    assert_eq!(state().await, "IN_PROGRESS IN_PROGRESS_UNDER_ANALYSIS");
    visitor.sandbox.advance(13_000);
    assert_eq!(state().await, "IN_PROGRESS IN_PROGRESS_PROPOSAL_PREPARED");
    let proposal = proposal.as_str().expect("an id");
    let product = visitor.product(proposal, "Poyraz Sigorta").await;
    let url = visitor.purchase(proposal, &product, "insurance-company-redirect").await.expect(200).json()["redirectUrl"].clone();
    assert_eq!(state().await, "IN_PROGRESS IN_PROGRESS_AWAITING_APPROVAL");
    let case = visitor.get(&format!("/api/cases/{}", id.as_str().expect("an id"))).await.expect(200).json();
    assert_eq!((&case["proposalIds"], &case["policyIds"]), (&json!([proposal]), &json!([])));
    visitor.pay(url.as_str().expect("a URL"), Some("approve")).await.expect(303);
    assert_eq!(state().await, "SUCCESS SUCCESS_COMPLETED");
    let case = listed(&visitor).await[0].clone();
    assert_eq!((case["proposalCount"].as_u64(), case["policyCount"].as_u64()), (Some(1), Some(1)));
    assert!(case["lastProposalDate"].is_string() && case["lastPolicyDate"].is_string());
    let path = format!("/api/cases/{}", case["ref"].as_str().expect("a reference"));
    assert_eq!(visitor.get(&format!("{path}/proposals")).await.expect(200).json()[0]["id"], proposal);
    let policy = visitor.get(&format!("{path}/policies")).await.expect(200).json()[0]["id"].clone();
    let changes = visitor.sandbox.ledger()["caseChanges"].clone();
    assert_eq!((changes[0]["mainState"].as_str(), &changes[0]["proposalId"]), (Some("IN_PROGRESS"), &json!(proposal)));
    assert_eq!((changes[1]["mainState"].as_str(), &changes[1]["policyId"]), (Some("SUCCESS"), &policy));
}

#[tokio::test]
async fn goes_where_the_agency_puts_it() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let id = visitor.post(NEW_CASE, body(&visitor)).await.expect(201).json();
    visitor.post("/__sandbox/cases", json!({ "case": id, "subState": "LOST" })).await.expect(400);
    for (sub_state, main_state, status) in [
        ("OPEN_COLLECTING_INFORMATION", "OPEN", "OPEN"),
        ("IN_PROGRESS_TO_BE_RECONTACTED", "IN_PROGRESS", "OPEN"),
        ("FAIL_PRICE_TOO_HIGH", "FAIL", "FAIL"),
    ] {
        visitor.post("/__sandbox/cases", json!({ "case": id, "subState": sub_state })).await.expect(200);
        let case = listed(&visitor).await[0].clone();
        assert_eq!((case["subState"].as_str(), case["mainState"].as_str()), (Some(sub_state), Some(main_state)));
        assert_eq!(case["status"], status);
    }
    // A lost case is not revived: the next proposal belongs to no case.
    visitor.propose(&[]).await;
    assert_eq!(listed(&visitor).await[0]["proposalCount"], 0);
}

#[tokio::test]
async fn hides_the_cases_of_others() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let id = visitor.post(NEW_CASE, body(&visitor)).await.expect(201).json();
    let other = visitor.clone().sign_in(crate::support::NEW).await;
    for rest in ["", "/proposals", "/policies"] {
        other.get(&format!("/api/cases/{}{rest}", id.as_str().expect("an id"))).await.expect(404);
    }
}
