//! The same for the operations that the flow doesn't make by itself: who builds screens of their own calls them one by one.

use insurup_core::{
    domain::{
        Channel, ConsentType, CoverageValue, Date, Height, ProductBranch, Weight,
        card::{Brand, CardNumber, Cvc, Expiry, Holder},
    },
    endpoint::{
        Choice, Communication, Endpoint, Identity, Method, Safety, Wire,
        coverage::CoverageChoices,
        customers::{HealthInfo, ReadConsents, ReadHealthInfo, RevokeConsent, SaveHealthInfo, UpdateCustomer},
        policies::SendPolicy,
        proposals::{
            CompareOffers, CreateProposal, PremiumReference, ProductDocument, ReadCoverage, ReadPremium, ReadProduct, Relatives,
            RetryProduct, SendProductDocument,
        },
        purchase::{Card, PaymentMethod, StartPurchase},
    },
    json::Value,
};

use crate::{
    cases::{customer, insurer, policy, product, proposal, update_customer},
    read, write,
};

/// What is sent, against the golden body; nothing for a request without one.
#[track_caller]
fn check<E: Endpoint>(wire: Wire, endpoint: &E, line: &str, golden: Option<&str>) {
    assert_eq!(format!("{} {}", E::METHOD.as_str(), endpoint.path()), line);
    let body = endpoint.body(wire).map(|body| write(&body));
    let golden = golden.map(|golden| write(&read(golden)));
    assert_eq!(body, golden, "{}", E::NAME);
}

/// What is read, also when any member is missing: never a panic.
#[track_caller]
fn answer<E: Endpoint>(golden: &str) -> E::Response {
    for (_, smaller) in crate::with_one_member_less(&serde_json::from_str(golden).expect("golden JSON is valid")) {
        let _ = E::decode(&read(&smaller.to_string()));
    }
    E::decode(&read(golden)).expect("a golden answer can be read")
}

#[test]
fn health() {
    let info = HealthInfo {
        height: Height::parse("175").ok(),
        weight: Weight::parse("75").ok(),
        surgeries: Vec::new(),
        diseases: vec!["LIVER_DISEASE".to_owned()],
    };
    for wire in [Wire::Current, Wire::Guide] {
        check(
            wire,
            &SaveHealthInfo { customer: customer(), info: info.clone() },
            "PUT customers/0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f/health-info",
            Some(include_str!("current/save_health_info.request.json")),
        );
    }
    check(Wire::Current, &ReadHealthInfo { customer: customer() }, "GET customers/0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f/health-info", None);
    let read_back = answer::<ReadHealthInfo>(include_str!("current/read_health_info.response.json"));
    assert_eq!((read_back.height, read_back.weight), (info.height, info.weight));
    assert_eq!((read_back.surgeries, read_back.diseases), (vec!["HEART_SURGERY".to_owned()], Vec::new()));
    let saved = answer::<SaveHealthInfo>(include_str!("guide/save_health_info.response.json")).unwrap();
    assert_eq!((saved.height, saved.weight, saved.diseases), (info.height, info.weight, vec!["OTHER".to_owned()]));
    assert_eq!(SaveHealthInfo::decode(&Value::Null).unwrap(), None);
    assert_eq!(ReadHealthInfo::decode(&Value::Null).unwrap(), HealthInfo::default());
    assert_eq!(format!("{info:?}"), "HealthInfo(***)");
}

#[test]
fn offers_for_the_health_of_one_person() {
    let ask = CreateProposal {
        branch: ProductBranch::Tss,
        insurer_customer: customer(),
        insured_customer: customer(),
        subject: Relatives(Vec::new()),
        coverage_groups: Vec::new(),
        channel: Channel::MobileApp,
        agent_branch: None,
    };
    check(Wire::Current, &ask, "POST proposals", Some(include_str!("current/create_proposal_tss.request.json")));
    check(Wire::Guide, &ask, "POST proposals", Some(include_str!("guide/create_proposal_tss.request.json")));
}

#[test]
fn consents() {
    check(Wire::Current, &ReadConsents { customer: customer() }, "GET customers/0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f/consents", None);
    check(
        Wire::Current,
        &RevokeConsent { customer: customer(), consent: ConsentType::Etk },
        "DELETE customers/0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f/consents/ETK",
        None,
    );
    let given = answer::<ReadConsents>(include_str!("current/read_consents.response.json"));
    assert_eq!(given, [ConsentType::Kvkk, ConsentType::Unknown("SMS".to_owned())]);
    assert!(ReadConsents::decode(&Value::Null).is_err());
}

#[test]
fn customers_of_three_kinds() {
    let update = update_customer();
    let line = "PUT customers/0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f";
    check(Wire::Current, &update, line, Some(include_str!("current/update_customer.request.json")));
    let little = |identity, name: &str| UpdateCustomer {
        identity,
        name: Some(name.to_owned()),
        birth_date: None,
        email: None,
        phone: None,
        city: None,
        district: None,
        agent_branch: None,
        others: Vec::new(),
        ..update.clone()
    };
    let company = little(Identity::Company("4540536920".parse().unwrap()), "Örnek A.Ş.");
    check(Wire::Current, &company, line, Some(include_str!("current/update_customer_company.request.json")));
    let foreign = little(Identity::Foreign("99123456740".parse().unwrap()), "Jane Doe");
    check(Wire::Current, &foreign, line, Some(include_str!("current/update_customer_foreign.request.json")));
    let printed = format!("{update:?} {company:?} {foreign:?}");
    for secret in ["10000000146", "4540536920", "99123456740", "Deniz", "Örnek", "Jane", "5321234567", "1990"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

#[test]
fn one_offer() {
    let path = "proposals/68f0c0ffee0123456789ad01/products/68f0c0ffee0123456789ae01";
    let (proposal, product) = (proposal(), product(1));
    check(Wire::Current, &ReadProduct { proposal: proposal.clone(), product: product.clone() }, &format!("GET {path}"), None);
    check(
        Wire::Current,
        &ReadPremium { proposal: proposal.clone(), product: product.clone(), instalments: 3 },
        &format!("GET {path}/premiums/3"),
        None,
    );
    check(Wire::Current, &ReadCoverage { proposal: proposal.clone(), product: product.clone() }, &format!("GET {path}/coverage"), None);
    check(
        Wire::Current,
        &RetryProduct { proposal: proposal.clone(), product: product.clone() },
        &format!("POST {path}/retry"),
        Some(include_str!("current/retry_product.request.json")),
    );
    let offers = read(include_str!("current/read_proposal.response.json"));
    let first = ReadProduct::decode(&offers.field("products").items()[0]).unwrap();
    assert_eq!(first.id, product);
    assert!(ReadProduct::decode(&Value::Null).is_err());
    let premium = answer::<ReadPremium>(include_str!("current/read_premium.response.json"));
    assert_eq!(premium, PremiumReference { instalments: 3, insurer_number: Some("T-2026-17".to_owned()) });
    let covers = answer::<ReadCoverage>(include_str!("current/read_coverage.response.json"));
    let expected = [
        ("immLimitiAyrimsiz", CoverageValue::Amount(500_000_000)),
        ("kiralikArac", CoverageValue::Included),
        ("muafiyetOrani", CoverageValue::Percent(250)),
        ("yeniBirSey", CoverageValue::Word("KISMEN".to_owned())),
    ];
    assert_eq!(covers, expected.map(|(name, value)| (name.to_owned(), value)));
}

#[test]
fn documents_on_their_way() {
    let path = "proposals/68f0c0ffee0123456789ad01/products/68f0c0ffee0123456789ae01";
    let by_email = Communication::Email("deniz@örnek.com.tr".parse().unwrap());
    let by_sms = Communication::Sms("0532 123 45 67".parse().unwrap());
    let send = |document, communication: &Communication| SendProductDocument {
        proposal: proposal(),
        product: product(1),
        document,
        customer: customer(),
        communication: communication.clone(),
    };
    check(
        Wire::Current,
        &send(ProductDocument::Offer, &by_email),
        &format!("POST {path}/document/send"),
        Some(include_str!("current/send_product_document.request.json")),
    );
    let form = send(ProductDocument::InformationForm, &by_sms);
    let line = format!("POST {path}/information-form-document/send");
    check(Wire::Current, &form, &line, Some(include_str!("current/send_information_form.request.json")));
    check(Wire::Guide, &form, &line, Some(include_str!("guide/send_information_form.request.json")));
    let policy = SendPolicy { policy: policy(), customer: customer(), communication: by_email };
    let line = "POST policies/68f0c0ffee0123456789af01/document/send";
    check(Wire::Current, &policy, line, Some(include_str!("current/send_policy.request.json")));
    let printed = format!("{form:?} {policy:?}");
    assert!(!printed.contains("deniz") && !printed.contains("532"), "{printed}");
    check(
        Wire::Current,
        &CompareOffers { proposal: proposal(), products: vec![product(1), product(2)] },
        "POST proposals/68f0c0ffee0123456789ad01/products/compare-pdf",
        Some(include_str!("current/compare_offers.request.json")),
    );
    let link = answer::<CompareOffers>(include_str!("current/compare_offers.response.json"));
    assert_eq!(link.as_str(), "https://files.example/compare.pdf?sig=a");
}

#[test]
fn paying_by_card() {
    let card = |holder_identity, short_year| {
        Box::new(Card {
            number: CardNumber::parse("4242 4242 4242 4242").unwrap(),
            holder: Holder::parse("Deniz Yılmaz").unwrap(),
            expiry: Expiry::parse("07/29", Date::parse_iso("2026-03-01").unwrap()).unwrap(),
            cvc: Cvc::parse("000", Brand::Visa).unwrap(),
            holder_identity,
            short_year,
        })
    };
    let start = |method| StartPurchase {
        proposal: proposal(),
        product: product(1),
        instalments: 3,
        callback_url: "https://acente.example/return".to_owned(),
        method,
    };
    let line = "POST proposals/68f0c0ffee0123456789ad01/products/68f0c0ffee0123456789ae01/purchase/async";
    let bank = start(PaymentMethod::ThreeDSecure(card(None, false)));
    check(Wire::Current, &bank, line, Some(include_str!("current/start_purchase_3d.request.json")));
    let provider = start(PaymentMethod::ThirdPartyThreeDSecure(card("10000000146".parse().ok(), true)));
    check(Wire::Current, &provider, line, Some(include_str!("current/start_purchase_third_party.request.json")));
    let printed = format!("{bank:?} {provider:?} {:?}", bank.body(Wire::Current));
    for secret in ["4242", "000", "2029", "Deniz", "10000000146"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

#[test]
fn choices_of_covers() {
    check(Wire::Current, &CoverageChoices { branch: ProductBranch::Kasko }, "GET coverage-choices:kasko", None);
    let choices = answer::<CoverageChoices>(include_str!("current/coverage_choices.response.json"));
    let choice = |value: &str, text: &str| Choice { value: value.to_owned(), text: text.to_owned() };
    assert_eq!(choices.len(), 1);
    assert_eq!(choices[0].insurer, insurer("12"));
    let expected = [
        ("immLimitiAyrimsiz", vec![choice("1000000", "1000000"), choice("5000000", "5000000")]),
        ("onarimServisTuru", vec![choice("YETKILI", "YETKILI"), choice("OZEL", "OZEL")]),
        ("kiralikArac", vec![choice("7", "7 gün")]),
    ];
    assert_eq!(choices[0].covers, expected.map(|(name, values)| (name.to_owned(), values)));
}

#[test]
fn nothing_that_costs_is_repeated() {
    fn safety<E: Endpoint>() -> (Method, Safety) {
        (E::METHOD, E::SAFETY)
    }
    for once in [safety::<RetryProduct>(), safety::<SendProductDocument>(), safety::<SendPolicy>()] {
        assert_eq!(once, (Method::Post, Safety::Once));
    }
    for twice in [safety::<SaveHealthInfo>(), safety::<UpdateCustomer>(), safety::<RevokeConsent>()] {
        assert_eq!(twice.1, Safety::Idempotent);
    }
    assert_eq!(safety::<CompareOffers>(), (Method::Post, Safety::Safe));
}
