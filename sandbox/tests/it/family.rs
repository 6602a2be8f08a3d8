use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::support::{NEW, RETURNING, Visitor, login, visit};

const SPOUSE: &str = "5a1d0f00-0000-4000-8000-000000000001";
const CHILD: &str = "5a1d0f00-0000-4000-8000-000000000002";

/// A visitor who has signed in and said how tall they are; born in this year.
async fn signed_in(visitor: &Visitor, identity: u64, born: u16) -> Visitor {
    let mut body = login(identity);
    body["birthDate"] = json!(format!("{born}-01-01"));
    let mut person = visitor.clone();
    let token = person.post("/api/auth/customer/login-or-register", body).await.expect(200).json()["token"].clone();
    let tokens = person.post("/api/auth/customer/verify-mfa", json!({ "token": token, "code": person.code() })).await.expect(200).json();
    person.keep(&tokens);
    person.customer = tokens["customerId"].as_str().expect("an id").to_owned();
    let health = json!({ "height": 170, "weight": 65, "surgeries": [], "diseases": [] });
    person.put(&format!("/api/customers/{}/health-info", person.customer), health).await.expect(204);
    person
}

async fn relate(visitor: &Visitor, related: &str, relation: &str) -> crate::support::Answer {
    let body = json!({ "relatedCustomerId": related, "relationType": relation });
    visitor.post(&format!("/api/customers/{}/relationships", visitor.customer), body).await
}

async fn relatives(visitor: &Visitor) -> Vec<(String, String)> {
    let listed = visitor.get(&format!("/api/customers/{}/relationships", visitor.customer)).await.expect(200).json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    listed.as_array().expect("a list").iter().map(|one| (text(&one["relatedCustomerId"]), text(&one["relationType"]))).collect()
}

async fn propose(visitor: &Visitor, insured: &str, others: &[&str]) -> crate::support::Answer {
    let body = json!({
        "$type": "tss", "insurerCustomerId": visitor.customer, "insuredCustomerId": insured, "additionalInsuredCustomers": others,
        "coverageGroupIds": null, "channel": "WEBSITE",
    });
    visitor.post("/api/proposals", body).await
}

#[tokio::test]
async fn the_returning_customer_has_a_family() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    assert_eq!(relatives(&visitor).await, [(SPOUSE.to_owned(), "SPOUSE".to_owned()), (CHILD.to_owned(), "CHILD".to_owned())]);
    let listed = visitor.get(&format!("/api/customers/{}/relationships", visitor.customer)).await.json()[0].clone();
    assert_eq!(
        (listed["relatedCustomerName"].as_str(), listed["relatedCustomerType"].as_str()),
        (Some("Deniz Erdoğmuş"), Some("Individual"))
    );
    assert_eq!(listed["relatedCustomerPhoneNumber"], "+905321234567");
}

#[tokio::test]
async fn insures_a_family_in_one_proposal_for_more() {
    let visitor = visit(WireMode::Current);
    let mother = signed_in(&visitor, RETURNING, 1990).await;
    let price = async |others: &[&str]| {
        let id = propose(&mother, &mother.customer, others).await.expect(200).json()["proposalId"].as_str().expect("an id").to_owned();
        mother.sandbox.advance(13_000);
        mother.product(&id, "Poyraz Sigorta").await["premiums"][0]["grossPremium"].as_f64().expect("a price")
    };
    let (alone, together) = (price(&[]).await, price(&[SPOUSE, CHILD]).await);
    assert!((together / alone - 2.6).abs() < 0.01, "{alone} and {together}");
}

#[tokio::test]
async fn reports_the_first_rule_that_a_family_breaks() {
    let visitor = visit(WireMode::Current);
    let mother = signed_in(&visitor, RETURNING, 1990).await;
    let own = mother.customer.clone();
    let stranger = signed_in(&visitor, NEW, 1990).await.customer;
    let young = signed_in(&visitor, 31_000_000_318, 2010).await;
    let grown = signed_in(&visitor, 31_000_000_486, 2000).await;
    relate(&mother, &grown.customer, "CHILD").await.expect(201);
    let many = [SPOUSE, CHILD, stranger.as_str(), "a", "b"];
    for (insured, others, code) in [
        (own.as_str(), &many[..], "PROPOSAL_MAX_FAMILY_MEMBERS_EXCEEDED"),
        (&own, &[SPOUSE, SPOUSE], "PROPOSAL_ADDITIONAL_INSURED_DUPLICATE"),
        (&own, &[own.as_str()], "PROPOSAL_ADDITIONAL_INSURED_DUPLICATE"),
        (&own, &[SPOUSE, stranger.as_str()], "PROPOSAL_ADDITIONAL_INSURED_NOT_RELATIVE"),
        (&own, &[grown.customer.as_str()], "PROPOSAL_ADDITIONAL_INSURED_CHILD_TOO_OLD"),
    ] {
        let problem = propose(&mother, insured, others).await.problem(400, code);
        assert!(problem["suggestions"][0].is_string(), "{problem}");
    }
    propose(&young, &young.customer, &[]).await.problem(400, "PROPOSAL_INSURER_MUST_BE_ADULT");
    // Two children can be insured when somebody grown up is insured with them; who pays does not count.
    let minor = signed_in(&visitor, 31_000_000_622, 2015).await;
    relate(&mother, &minor.customer, "CHILD").await.expect(201);
    propose(&mother, &minor.customer, &[CHILD]).await.problem(400, "PROPOSAL_FAMILY_REQUIRES_ADULT");
    propose(&mother, &minor.customer, &[CHILD, SPOUSE]).await.expect(200);
    propose(&mother, &stranger, &[]).await.expect(404);
}

#[tokio::test]
async fn wants_height_and_weight_of_everybody() {
    let visitor = visit(WireMode::Current);
    let mother = signed_in(&visitor, RETURNING, 1990).await;
    let mut body = login(31_000_000_554);
    body["birthDate"] = json!("2012-01-01");
    let token = visitor.post("/api/auth/customer/login-or-register", body).await.expect(200).json()["token"].clone();
    let tokens = visitor.post("/api/auth/customer/verify-mfa", json!({ "token": token, "code": visitor.code() })).await.expect(200).json();
    let silent = tokens["customerId"].as_str().expect("an id");
    relate(&mother, silent, "CHILD").await.expect(201);
    let problem = propose(&mother, &mother.customer, &[silent]).await.problem(400, "PROPOSAL_HEIGHT_REQUIRED");
    assert_eq!(problem["codes"][1], "PROPOSAL_WEIGHT_REQUIRED");
}

#[tokio::test]
async fn keeps_families_in_order() {
    let visitor = visit(WireMode::Current);
    let father = signed_in(&visitor, NEW, 1988).await;
    let child = signed_in(&visitor, 31_000_000_318, 2012).await;
    let sibling = signed_in(&visitor, 31_000_000_486, 2014).await;
    let partner = signed_in(&visitor, 31_000_000_554, 1989).await;
    relate(&father, &father.customer, "SPOUSE").await.problem(422, "CUSTOMER_RELATIONSHIP_SELF");
    relate(&father, &child.customer, "PARENT").await.problem(422, "CUSTOMER_RELATIONSHIP_PARENT_MANUAL");
    relate(&father, &child.customer, "SIBLING").await.problem(422, "CUSTOMER_RELATIONSHIP_SIBLING_MANUAL");
    relate(&father, &child.customer, "COUSIN").await.expect(400);
    relate(&father, "910a2dec-0000-4000-8000-000000000000", "SPOUSE").await.expect(404);
    relate(&father, SPOUSE, "SPOUSE").await.problem(422, "CUSTOMER_RELATIONSHIP_SPOUSE_EXISTS");
    relate(&father, CHILD, "CHILD").await.problem(422, "CUSTOMER_RELATIONSHIP_CHILD_OTHER_FAMILY");
    relate(&father, &partner.customer, "SPOUSE").await.expect(201);
    relate(&father, &child.customer, "CHILD").await.expect(201);
    relate(&father, &child.customer, "CHILD").await.problem(422, "CUSTOMER_RELATIONSHIP_DUPLICATE");
    relate(&partner, &sibling.customer, "CHILD").await.expect(201);
    // Everybody else is related through them.
    let related = |to: &Visitor, relation: &str| (to.customer.clone(), relation.to_owned());
    assert_eq!(relatives(&partner).await, [related(&father, "SPOUSE"), related(&child, "CHILD"), related(&sibling, "CHILD")]);
    assert_eq!(relatives(&child).await, [related(&father, "PARENT"), related(&partner, "PARENT"), related(&sibling, "SIBLING")]);
    let listed = father.get(&format!("/api/customers/{}/relationships", father.customer)).await.json()[0]["id"].clone();
    let path = format!("/api/customers/{}/relationships/{}", father.customer, listed.as_str().expect("an id"));
    father.send("DELETE", &path, None, &[]).await.expect(204);
    father.send("DELETE", &path, None, &[]).await.expect(404);
    assert!(!relatives(&partner).await.contains(&related(&father, "SPOUSE")));
}
