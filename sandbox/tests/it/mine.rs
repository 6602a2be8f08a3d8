use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::sale::guide_sale;
use crate::support::{NEW, RETURNING, Visitor, visit};

const TODAY: &str = include_str!("../../../src/endpoint/mine/list_mine.graphql");
const GUIDE: &str = include_str!("../../../src/endpoint/mine/list_mine_guide.graphql");

async fn ask(visitor: &Visitor, query: &str) -> Value {
    visitor.post("/graphql", json!({ "query": query })).await.expect(200).json()
}

/// A customer with a policy, and offers nothing was bought of.
async fn owner() -> (Visitor, String) {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let bought = visitor.propose(&[]).await;
    let product = visitor.product(&bought, "Poyraz Sigorta").await;
    let url = visitor.purchase(&bought, &product, "insurance-company-redirect").await.expect(200).json()["redirectUrl"].clone();
    visitor.pay(url.as_str().expect("a URL"), Some("approve")).await.expect(303);
    let open = visitor.propose(&[]).await;
    (visitor, open)
}

#[tokio::test]
async fn lists_what_a_customer_has_the_newest_first() {
    let (visitor, open) = owner().await;
    let data = ask(&visitor, TODAY).await["data"].clone();
    let proposals = &data["proposals"]["items"];
    assert_eq!((proposals[0]["id"].as_str(), proposals[0]["state"].as_str()), (Some(&*open), Some("ACTIVE")));
    assert_eq!(proposals[1]["state"], "PURCHASED");
    assert!(proposals[0]["count"].as_u64() > Some(3) && proposals[0]["vehicleId"].is_string());
    let policies = data["policies"]["items"].as_array().expect("a list");
    assert_eq!(policies.len(), 1);
    let policy = &policies[0];
    assert_eq!((policy["insuranceCompanyName"].as_str(), policy["state"].as_str()), (Some("Poyraz Sigorta"), Some("ACTIVE")));
    assert!(
        policy["policyNumber"].is_string() && policy["startDate"].is_string() && policy["city"].is_u64() && policy["brand"].is_string()
    );
    visitor.get(&format!("/api/policies/{}/document", policy["id"].as_str().expect("an id"))).await.expect(200);
}

#[tokio::test]
async fn never_lists_what_others_have() {
    let (visitor, _) = owner().await;
    let other = visitor.clone().sign_in(NEW).await;
    let data = ask(&other, TODAY).await["data"].clone();
    assert_eq!((&data["proposals"]["items"], &data["policies"]["items"]), (&json!([]), &json!([])));
    let counted = ask(&other, "{ proposals { totalCount } policies { totalCount } }").await["data"].clone();
    assert_eq!((&counted["proposals"]["totalCount"], &counted["policies"]["totalCount"]), (&json!(0), &json!(0)));
    let mut nobody = other.clone();
    nobody.access = None;
    nobody.post("/graphql", json!({ "query": TODAY })).await.expect(401);
}

#[tokio::test]
async fn knows_the_names_of_its_own_form_alone() {
    for (form, right, wrong) in [(WireMode::Current, TODAY, GUIDE), (WireMode::Guide, GUIDE, TODAY)] {
        let visitor = if form == WireMode::Guide { guide_sale(form).await } else { owner().await.0 };
        let said = ask(&visitor, right).await;
        assert!(said["errors"].is_null() && said["data"]["policies"]["items"][0]["policyNumber"].is_string(), "{said}");
        let said = ask(&visitor, wrong).await;
        assert!(said["errors"][0]["message"].is_string() && said["data"].is_null(), "{said}");
    }
}

#[tokio::test]
async fn filters_and_pages_and_refuses_too_long_a_page() {
    let (visitor, open) = owner().await;
    let query = "{ proposals(where: { state: { neq: PURCHASED }, productBranch: { eq: KASKO } }) { totalCount items { id } } }";
    let found = ask(&visitor, query).await["data"]["proposals"].clone();
    assert_eq!((&found["totalCount"], &found["items"][0]["id"]), (&json!(1), &json!(open)));
    let page = ask(&visitor, "{ proposals(skip: 1, take: 1) { totalCount items { id } } }").await["data"]["proposals"].clone();
    assert_eq!((&page["totalCount"], page["items"].as_array().map(Vec::len)), (&json!(2), Some(1)));
    for root in ["proposals", "policies"] {
        let said = ask(&visitor, &format!("{{ {root}(take: 101) {{ totalCount }} }}")).await;
        assert_eq!(said["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    }
}
