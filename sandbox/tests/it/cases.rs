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
