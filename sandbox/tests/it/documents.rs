use std::io::Write as _;
use std::process::{Command, Stdio};

use insurup_sandbox::WireMode;
use serde_json::{Value, json};

use crate::support::{Answer, RETURNING, Visitor, visit};

async fn follow(visitor: &Visitor, path: &str) -> Answer {
    let url = visitor.get(path).await.expect(200).json()["url"].as_str().expect("a URL").to_owned();
    visitor.get(url.strip_prefix("http://localhost:8802").expect("files are on the API's origin")).await
}

/// What `pdftotext` reads, or nothing when it is not installed.
fn words(pdf: &[u8]) -> Option<String> {
    let mut reader = Command::new("pdftotext").args(["-layout", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    reader.stdin.take().expect("a pipe").write_all(pdf).expect("pdftotext reads");
    Some(String::from_utf8(reader.wait_with_output().expect("pdftotext ends").stdout).expect("UTF-8"))
}

fn turkish(amount: &Value) -> String {
    let text = format!("{:.2}", amount.as_f64().expect("an amount"));
    let (lira, kurus) = text.split_once('.').expect("decimals");
    let (head, tail) = lira.split_at(lira.len() - 3);
    format!("{head}.{tail},{kurus} TL")
}

#[tokio::test]
async fn papers_say_who_what_and_how_much() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let product = visitor.product(&proposal, "Çınar Sigorta").await;
    let base = format!("/api/proposals/{proposal}/products/{}", product["id"].as_str().expect("an id"));
    let url = visitor.purchase(&proposal, &product, "insurance-company-redirect").await.expect(200).json()["redirectUrl"]
        .as_str()
        .expect("a URL")
        .to_owned();
    visitor.pay(&url, Some("approve")).await.expect(303);
    let policy = visitor.product(&proposal, "Çınar Sigorta").await["policyId"].as_str().expect("a policy").to_owned();
    let amount = turkish(&product["premiums"][0]["grossPremium"]);
    for path in [format!("{base}/document"), format!("{base}/information-form-document"), format!("/api/policies/{policy}/document")] {
        let paper = follow(&visitor, &path).await.expect(200);
        assert_eq!(paper.header("content-type"), Some("application/pdf"));
        assert!(paper.body.starts_with(b"%PDF-") && paper.body.len() < 60_000, "{} bytes", paper.body.len());
        let Some(words) = words(&paper.body) else { continue };
        for part in ["Çınar Sigorta", "34 ABC 123", amount.as_str(), "Işıl Erdoğmuş", "İstanbul", "Şehir", "ğ", "ş"] {
            assert!(words.contains(part), "{path}: `{part}` is missing in\n{words}");
        }
    }
}

#[tokio::test]
async fn papers_are_sent_where_the_customer_says() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let product = visitor.product(&proposal, "Çınar Sigorta").await["id"].as_str().expect("an id").to_owned();
    let base = format!("/api/proposals/{proposal}/products/{product}");
    let to = |communication| json!({ "proposalId": proposal, "proposalProductId": product, "customerId": visitor.customer, "communication": communication });
    let email = json!({ "$type": "email", "email": "isil@ornek.example" });
    let sms = json!({ "type": "sms", "phoneNumber": { "countryCode": 90, "number": "5321234567" } });
    visitor.post(&format!("{base}/document/send"), to(email.clone())).await.expect(204);
    visitor.post(&format!("{base}/information-form-document/send"), to(sms)).await.expect(204);
    let problem = visitor.post(&format!("{base}/document/send"), to(json!({ "$type": "fax" }))).await.expect(422).json();
    assert_eq!(problem["validationErrors"][0]["propertyName"], "communication");
    let mut other = to(email);
    other["proposalProductId"] = json!("another");
    visitor.post(&format!("{base}/document/send"), other).await.expect(422);
    let sent = visitor.sandbox.ledger()["documentsSent"].clone();
    assert_eq!((sent[0]["kind"].as_str(), sent[0]["by"].as_str()), (Some("offer"), Some("email")));
    assert_eq!((sent[1]["kind"].as_str(), sent[1]["by"].as_str()), (Some("information-form"), Some("sms")));
    assert!(!sent.to_string().contains("ornek.example") && !sent.to_string().contains("532"), "{sent}");
}

#[tokio::test]
async fn links_expire_and_cannot_be_made_up() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let product = visitor.product(&proposal, "Poyraz Sigorta").await["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/proposals/{proposal}/products/{product}/document");
    let url = visitor.get(&path).await.expect(200).json()["url"].as_str().expect("a URL").replace("http://localhost:8802", "");
    visitor.get(&url.replace("expires=", "expires=9")).await.expect(403);
    visitor.get(&url.replace("/offer/", "/information-form/")).await.expect(403);
    visitor.get(url.split('?').next().expect("a path")).await.expect(403);
    visitor.get(&url).await.expect(200);
    visitor.sandbox.advance(301_000);
    visitor.get(&url).await.expect(403);
}

#[tokio::test]
async fn has_no_paper_before_the_offer() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let failed = visitor.product(&proposal, "Ceviz Sigorta").await["id"].as_str().expect("an id").to_owned();
    visitor.get(&format!("/api/proposals/{proposal}/products/{failed}/document")).await.problem(409, "PRODUCT_NOT_ACTIVE");
}

#[tokio::test]
async fn draws_a_logo_for_every_insurer() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let logo = visitor.product(&proposal, "Ardıç Sigorta").await["insuranceCompanyLogo"].as_str().expect("a URL").to_owned();
    let logo = visitor.get(&logo.replace("http://localhost:8802", "")).await.expect(200);
    assert_eq!(logo.header("content-type"), Some("image/svg+xml"));
}

#[tokio::test]
async fn offers_stand_side_by_side() {
    let visitor = visit(WireMode::Current).sign_in(RETURNING).await;
    let proposal = visitor.propose(&[]).await;
    let id = async |name| visitor.product(&proposal, name).await["id"].as_str().expect("an id").to_owned();
    let (poyraz, fener, ceviz) = (id("Poyraz Sigorta").await, id("Fener Sigorta").await, id("Ceviz Sigorta").await);
    let path = format!("/api/proposals/{proposal}/products/compare-pdf");
    let body = |ids: &[&String]| json!({ "proposalId": proposal, "proposalProductIds": ids, "excludedCoverageFields": [] });
    let url = visitor.post(&path, body(&[&poyraz, &fener])).await.expect(200).json()["url"].as_str().expect("a URL").to_owned();
    let paper = visitor.get(url.strip_prefix("http://localhost:8802").expect("files are on the API's origin")).await.expect(200);
    assert!(paper.body.starts_with(b"%PDF-"));
    if let Some(words) = words(&paper.body) {
        let price = turkish(&visitor.product(&proposal, "Fener Sigorta").await["premiums"][0]["grossPremium"]);
        for part in ["Poyraz Sigorta", "Fener Sigorta", price.as_str(), "İMM limiti: 5000000 TL", "orijinal parca"] {
            assert!(words.contains(part), "`{part}` is missing in\n{words}");
        }
    }
    visitor.post(&path, body(&[&poyraz, &ceviz])).await.problem(409, "PRODUCT_NOT_ACTIVE");
    visitor.post(&path, body(&[])).await.expect(422);
    visitor.post(&path, body(&[&poyraz, &"another".to_owned()])).await.expect(422);
    visitor.post(&path, json!({ "proposalId": proposal })).await.expect(422);
    visitor.get(&path).await.expect(405);
}
