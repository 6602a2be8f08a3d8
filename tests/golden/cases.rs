//! Golden JSON of every operation, and what it must turn into.
//!
//! The files were written by hand from the API's descriptions (`current/` after its client libraries, `guide/` after the
//! printed guides), never printed from our code: they are the third witness beside client and sandbox. `tests/golden.rs` runs
//! this table natively, `tests/golden_browser.rs` through the browser's own JSON.
//!
//! Where the guides say nothing about an answer there is no file in `guide/`.
#![expect(clippy::unwrap_used, reason = "a test table: a wrong constant must stop it, and the lint knows only `#[test]` functions")]

use std::rc::Rc;

use insurup_core::{
    domain::{
        AgentBranchId, AgentId, BirthDate, BrandRef, CaseId, CaseStatus, CaseType, CatalogueId, Channel, ConsentType, CoverageGroupId,
        CoverageValue, Currency, CustomerId, Date, DocumentSerial, FuelType, InsurerId, ModelRef, ModelYear, Money, PaymentOption, Plate,
        PolicyId, PolicyState, ProductBranch, ProductId, ProductState, ProductType, ProposalId, Secret, UtilizationStyle, VehicleId,
    },
    endpoint::{
        Answer, Call, CallKind, Choice, Communication, FieldProblem, Identity, Problem, Wire,
        addresses::Cities,
        auth::{Refresh, SignIn, SignInResponse, Tokens, VerifyCode},
        cases::{CreateCase, OpenCase, OpenCases},
        customers::{Customer, GiveConsent, Me, ReadConsents, UpdateCustomer},
        mine::ListMine,
        policies::{Policy, PolicyDocument, ReadPolicy, SendPolicy},
        proposals::{
            CreateProposal, InformationForm, ListProducts, OfferDocument, Premium, Product, ProductDocument, Proposal, ReadCoverage,
            ReadProposal, RetryProduct, SendProductDocument,
        },
        purchase::{PaymentMethod, StartPurchase},
        vehicles::{Brands, CreateVehicle, FoundVehicle, ListVehicles, LookUpVehicle, Models, Vehicle},
    },
    json::Value,
};

/// A call, and the request it must make.
pub(crate) struct RequestCase {
    pub(crate) call: Call,
    pub(crate) wire: Wire,
    pub(crate) path: &'static str,
    /// The golden body; nothing for a request without one.
    pub(crate) body: Option<&'static str>,
}

/// An answer, and a check of what it is read into.
pub(crate) struct ResponseCase {
    pub(crate) kind: CallKind,
    pub(crate) body: &'static str,
    pub(crate) check: fn(Answer),
}

/// A refusal, and what it is read into.
pub(crate) struct ProblemCase {
    pub(crate) body: &'static str,
    pub(crate) status: u16,
    pub(crate) expected: Problem,
}

pub(crate) fn customer() -> CustomerId {
    CustomerId::new("0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f").unwrap()
}

fn vehicle(last: char) -> VehicleId {
    VehicleId::new(format!("7d1f0a2b-3c4d-4e5f-8a6b-9c0d1e2f3a4{last}")).unwrap()
}

pub(crate) fn agent_branch() -> AgentBranchId {
    AgentBranchId::new("68f0c0ffee0123456789ab01").unwrap()
}

pub(crate) fn proposal() -> ProposalId {
    ProposalId::new("68f0c0ffee0123456789ad01").unwrap()
}

pub(crate) fn product(number: u8) -> ProductId {
    ProductId::new(format!("68f0c0ffee0123456789ae{number:02}")).unwrap()
}

pub(crate) fn policy() -> PolicyId {
    PolicyId::new("68f0c0ffee0123456789af01").unwrap()
}

pub(crate) fn insurer(number: &str) -> InsurerId {
    InsurerId::new(number).unwrap()
}

fn coverage_group(id: &str) -> CoverageGroupId {
    CoverageGroupId::new(id).unwrap()
}

fn day(iso: &str) -> Date {
    Date::parse_iso(iso).unwrap()
}

fn lira(minor: i64) -> Option<Money> {
    Some(Money::new(minor, Currency::TurkishLira))
}

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn choice(value: &str, text: &str) -> Choice {
    Choice { value: value.to_owned(), text: text.to_owned() }
}

/// Every request in the current form, and in the guides' form every one that has a body.
pub(crate) fn requests() -> Vec<RequestCase> {
    let mut cases = Vec::new();
    let mut add = |wire, path, body, call| cases.push(RequestCase { call, wire, path, body });

    let sign_in = |agent: &str, agent_branch, consents| SignIn {
        identity: Identity::Individual("10000000146".parse().unwrap()),
        birth_date: Some(BirthDate::parse("23.04.1990", day("2026-03-01")).unwrap()),
        phone: "0532 123 45 67".parse().unwrap(),
        agent: AgentId::new(agent).unwrap(),
        agent_branch,
        consents,
    };
    add(
        Wire::Current,
        "auth/customer/login-or-register",
        Some(include_str!("current/sign_in.request.json")),
        sign_in("3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90", Some(agent_branch()), vec![ConsentType::Kvkk]).into(),
    );
    add(
        Wire::Guide,
        "auth/customer/login-or-register",
        Some(include_str!("guide/sign_in.request.json")),
        sign_in("AGENT-001", None, Vec::new()).into(),
    );
    let foreign = || Identity::Foreign("99123456740".parse().unwrap());
    let company = || Identity::Company("4540536920".parse().unwrap());
    for (wire, agent, foreigner, firm) in [
        (
            Wire::Current,
            "3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90",
            include_str!("current/sign_in_foreign.request.json"),
            include_str!("current/sign_in_company.request.json"),
        ),
        (Wire::Guide, "AGENT-001", include_str!("guide/sign_in_foreign.request.json"), include_str!("guide/sign_in_company.request.json")),
    ] {
        let path = "auth/customer/login-or-register";
        add(wire, path, Some(foreigner), SignIn { identity: foreign(), ..sign_in(agent, None, Vec::new()) }.into());
        let firm_signs_in = SignIn { identity: company(), birth_date: None, ..sign_in(agent, None, Vec::new()) };
        add(wire, path, Some(firm), firm_signs_in.into());
    }
    for (wire, verify, refresh, consent) in [
        (
            Wire::Current,
            include_str!("current/verify_code.request.json"),
            include_str!("current/refresh.request.json"),
            include_str!("current/give_consent.request.json"),
        ),
        (
            Wire::Guide,
            include_str!("guide/verify_code.request.json"),
            include_str!("guide/refresh.request.json"),
            include_str!("guide/give_consent.request.json"),
        ),
    ] {
        let verify_code = VerifyCode { token: Rc::new(secret("mfa-7Qd2")), code: secret("482913") };
        add(wire, "auth/customer/verify-mfa", Some(verify), verify_code.into());
        add(wire, "auth/customer/refresh", Some(refresh), Refresh { refresh: Rc::new(secret("refresh-1")) }.into());
        let give_consent = GiveConsent { customer: customer(), consent: ConsentType::Etk };
        add(wire, "customers/0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f/consents", Some(consent), give_consent.into());
        let update = include_str!("current/update_customer.request.json");
        add(wire, "customers/0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f", Some(update), Call::UpdateCustomer(Box::new(update_customer())));
        let send = include_str!("current/send_policy.request.json");
        add(wire, "policies/68f0c0ffee0123456789af01/document/send", Some(send), send_policy().into());
        let send = include_str!("current/send_product_document.request.json");
        let path = "proposals/68f0c0ffee0123456789ad01/products/68f0c0ffee0123456789ae01/document/send";
        add(wire, path, Some(send), send_offer().into());
    }
    let read_consents = ReadConsents { customer: customer() };
    add(Wire::Current, "customers/0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f/consents", None, read_consents.into());
    add(Wire::Current, "customers/me", None, Me.into());

    let usual: DocumentSerial = "AB 123456".parse().unwrap();
    let sample = DocumentSerial::parse_for("A 1234567", Wire::Guide).unwrap();
    for (wire, serial, body) in [
        (Wire::Current, &usual, include_str!("current/look_up_vehicle.request.json")),
        (Wire::Guide, &sample, include_str!("guide/look_up_vehicle.request.json")),
    ] {
        let look_up = LookUpVehicle { customer: customer(), plate: "34 ABC 123".parse().unwrap(), serial: serial.clone() };
        add(wire, "customers/0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f/vehicles/external-lookup", Some(body), look_up.into());
    }
    let create = |serial| CreateVehicle {
        customer: customer(),
        plate: "34 ABC 123".parse().unwrap(),
        serial: Some(serial),
        year: ModelYear::parse("2019", 2026).unwrap(),
        brand: BrandRef::new("107").unwrap(),
        model: ModelRef::new("1070412").unwrap(),
        utilization: UtilizationStyle::PRIVATE_CAR,
        fuel: Some(FuelType::Diesel),
        engine: Some("k9k b608 12345".parse().unwrap()),
        chassis: Some("VF15R0A0H12345678".parse().unwrap()),
        registration_date: Some(day("2019-05-20")),
        seats: Some(5),
    };
    let without_plate = CreateVehicle {
        plate: Plate::without_code(6).unwrap(),
        serial: None,
        year: ModelYear::parse("2027", 2026).unwrap(),
        fuel: None,
        engine: None,
        chassis: None,
        registration_date: None,
        seats: None,
        ..create(usual.clone())
    };
    for (wire, body, call) in [
        (Wire::Current, include_str!("current/create_vehicle.request.json"), create(usual)),
        (Wire::Current, include_str!("current/create_vehicle_without_plate.request.json"), without_plate),
        (Wire::Guide, include_str!("guide/create_vehicle.request.json"), create(sample)),
    ] {
        add(wire, "customers/0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f/vehicles", Some(body), Box::new(call).into());
    }
    add(Wire::Current, "customers/me/vehicles", None, ListVehicles.into());
    add(Wire::Current, "address-parameters/cities", None, Cities.into());
    add(Wire::Current, "vehicle-parameters/brands", None, Brands.into());
    let models = Models { brand: BrandRef::new("10 7&year=1").unwrap(), year: ModelYear::parse("2019", 2026).unwrap() };
    add(Wire::Current, "vehicle-parameters/models?brandReference=10%207%26year%3D1&year=2019", None, models.into());

    for (wire, body) in
        [(Wire::Current, include_str!("current/open_cases.request.json")), (Wire::Guide, include_str!("guide/open_cases.request.json"))]
    {
        add(wire, "graphql", Some(body), OpenCases { customer: customer() }.into());
    }
    for (wire, body) in
        [(Wire::Current, include_str!("current/list_mine.request.json")), (Wire::Guide, include_str!("guide/list_mine.request.json"))]
    {
        add(wire, "graphql", Some(body), ListMine.into());
    }
    let (web, app) = (Channel::Website, Channel::MobileApp);
    for (wire, agent_branch, (branch, channel), body) in [
        (Wire::Current, Some(agent_branch()), (ProductBranch::Kasko, web), include_str!("current/create_case.request.json")),
        (Wire::Guide, None, (ProductBranch::Kasko, web), include_str!("guide/create_case.request.json")),
        (Wire::Guide, None, (ProductBranch::Tss, app), include_str!("guide/create_case_mobile.request.json")),
    ] {
        let create_case = CreateCase { customer: customer(), branch, channel, agent_branch };
        add(wire, "cases:new-sale-opportunity", Some(body), create_case.into());
    }

    let ask = |branch, groups: &[&str], agent_branch| CreateProposal {
        branch,
        insurer_customer: customer(),
        insured_customer: customer(),
        subject: vehicle('b'),
        coverage_groups: groups.iter().map(|group| coverage_group(group)).collect(),
        channel: web,
        agent_branch,
    };
    let two = ["68f0c0ffee0123456789aa01", "68f0c0ffee0123456789aa02"];
    for (wire, body, call) in [
        (Wire::Current, include_str!("current/create_proposal.request.json"), ask(ProductBranch::Kasko, &two, Some(agent_branch()))),
        (Wire::Current, include_str!("current/create_proposal_trafik.request.json"), ask(ProductBranch::Trafik, &[], None)),
        (Wire::Guide, include_str!("guide/create_proposal.request.json"), ask(ProductBranch::Kasko, &["123", "124"], None)),
        (Wire::Guide, include_str!("guide/create_proposal_trafik.request.json"), ask(ProductBranch::Trafik, &[], None)),
    ] {
        add(wire, "proposals", Some(body), call.into());
    }
    add(Wire::Current, "proposals/68f0c0ffee0123456789ad01", None, ReadProposal { proposal: proposal() }.into());
    add(Wire::Current, "proposals/68f0c0ffee0123456789ad01/products", None, ListProducts { proposal: proposal() }.into());
    add(
        Wire::Current,
        "proposals/68f0c0ffee0123456789ad01/products/68f0c0ffee0123456789ae01/document",
        None,
        OfferDocument { proposal: proposal(), product: product(1) }.into(),
    );
    add(
        Wire::Current,
        "proposals/68f0c0ffee0123456789ad01/products/68f0c0ffee0123456789ae01/information-form-document",
        None,
        InformationForm { proposal: proposal(), product: product(1) }.into(),
    );
    add(
        Wire::Current,
        "proposals/68f0c0ffee0123456789ad01/products/68f0c0ffee0123456789ae01/coverage",
        None,
        ReadCoverage { proposal: proposal(), product: product(1) }.into(),
    );
    for wire in [Wire::Current, Wire::Guide] {
        add(
            wire,
            "proposals/68f0c0ffee0123456789ad01/products/68f0c0ffee0123456789ae01/retry",
            Some(include_str!("current/retry_product.request.json")),
            RetryProduct { proposal: proposal(), product: product(1) }.into(),
        );
    }
    for (wire, body) in [
        (Wire::Current, include_str!("current/start_purchase.request.json")),
        (Wire::Guide, include_str!("guide/start_purchase.request.json")),
    ] {
        let start = StartPurchase {
            proposal: proposal(),
            product: product(1),
            instalments: 3,
            callback_url: "https://acente.example/odeme-donus?x=1".to_owned(),
            method: PaymentMethod::InsuranceCompanyRedirect,
        };
        let path = "proposals/68f0c0ffee0123456789ad01/products/68f0c0ffee0123456789ae01/purchase/async";
        add(wire, path, Some(body), start.into());
    }
    add(Wire::Current, "policies/68f0c0ffee0123456789af01", None, ReadPolicy { policy: policy() }.into());
    add(Wire::Current, "policies/68f0c0ffee0123456789af01/document", None, PolicyDocument { policy: policy() }.into());
    cases
}

/// Checks an answer of one variant; every other variant fails.
macro_rules! expect {
    ($name:ident, $content:pat => $check:expr) => {
        |answer| match answer {
            Answer::$name($content) => $check,
            other => panic!("read as {other:?}"),
        }
    };
}

#[track_caller]
fn check_tokens(tokens: &Tokens, access: &str, refresh: Option<&str>, expires_in_seconds: Option<u32>) {
    assert_eq!(tokens.access.expose(), access);
    assert_eq!(tokens.refresh.as_ref().map(|refresh| refresh.expose().as_str()), refresh);
    assert_eq!(tokens.expires_in_seconds, expires_in_seconds);
}

/// Every golden answer, with what it must be read into.
pub(crate) fn responses() -> Vec<ResponseCase> {
    let mut cases = Vec::new();
    let mut add = |kind, body, check: fn(Answer)| cases.push(ResponseCase { kind, body, check });

    add(
        CallKind::SignIn,
        include_str!("current/sign_in.response.json"),
        expect!(SignIn, SignInResponse::CodeNeeded { token } => assert_eq!(token.expose(), "mfa-7Qd2")),
    );
    add(
        CallKind::SignIn,
        include_str!("guide/sign_in.response.json"),
        expect!(SignIn, SignInResponse::SignedIn(tokens) => {
            check_tokens(&tokens, "eyJhbGciOiJub25lIn0.e30.", Some("5b0c2d7e-4f3a-4b1c-9d8e-7f6a5b4c3d2e"), Some(600));
        }),
    );
    add(
        CallKind::VerifyCode,
        include_str!("current/verify_code.response.json"),
        expect!(VerifyCode, tokens => check_tokens(&tokens, "access-1", Some("refresh-1"), Some(600))),
    );
    add(
        CallKind::VerifyCode,
        include_str!("guide/verify_code.response.json"),
        expect!(VerifyCode, tokens => check_tokens(&tokens, "access-1", Some("refresh-1"), None)),
    );
    add(
        CallKind::Refresh,
        include_str!("current/refresh.response.json"),
        expect!(Refresh, tokens => check_tokens(&tokens, "access-2", Some("refresh-2"), Some(600))),
    );
    add(
        CallKind::Refresh,
        include_str!("guide/refresh.response.json"),
        expect!(Refresh, tokens => check_tokens(&tokens, "access-2", None, Some(600))),
    );

    add(
        CallKind::Me,
        include_str!("current/me.response.json"),
        expect!(Me, me => assert_eq!(me, Customer {
            id: customer(),
            full_name: Some("Deniz Yılmaz".to_owned()),
            email: Some("deniz@posta.example".to_owned()),
            has_birth_date: true,
            city: Some("34".to_owned()),
            district: None,
            others: vec![("gender", "UNKNOWN".to_owned())],
        })),
    );
    add(
        CallKind::Me,
        include_str!("guide/me.response.json"),
        expect!(Me, me => assert_eq!(me, Customer {
            id: customer(),
            full_name: None,
            email: None,
            has_birth_date: false,
            city: None,
            district: None,
            others: Vec::new(),
        })),
    );
    // Answered without content.
    add(CallKind::GiveConsent, "null", expect!(GiveConsent, () => ()));
    add(CallKind::UpdateCustomer, "null", expect!(UpdateCustomer, () => ()));
    add(CallKind::SendPolicy, "null", expect!(SendPolicy, () => ()));
    add(CallKind::SendProductDocument, "null", expect!(SendProductDocument, () => ()));
    add(
        CallKind::ReadConsents,
        include_str!("current/read_consents.response.json"),
        expect!(ReadConsents, given => assert_eq!(given, [ConsentType::Kvkk, ConsentType::Unknown("SMS".to_owned())])),
    );

    add(
        CallKind::ListVehicles,
        include_str!("current/list_vehicles.response.json"),
        expect!(ListVehicles, vehicles => assert_eq!(vehicles, [
            Vehicle {
                id: vehicle('b'),
                plate: Some("34 ABC 123".parse().unwrap()),
                brand: Some("RENAULT".to_owned()),
                model: Some("CLIO 1.5 DCI".to_owned()),
                year: Some(2019),
                utilization: Some(UtilizationStyle::PRIVATE_CAR),
            },
            Vehicle {
                id: vehicle('c'),
                plate: Some(Plate::without_code(6).unwrap()),
                brand: None,
                model: None,
                year: None,
                utilization: Some(UtilizationStyle::MOTORCYCLE),
            },
        ])),
    );
    add(
        CallKind::ListVehicles,
        include_str!("guide/list_vehicles.response.json"),
        expect!(ListVehicles, vehicles => assert_eq!(vehicles, [Vehicle {
            id: vehicle('b'),
            plate: Some("34 ABC 123".parse().unwrap()),
            brand: Some("RENAULT".to_owned()),
            model: Some("CLIO 1.5 DCI".to_owned()),
            year: Some(2019),
            utilization: None,
        }])),
    );
    add(
        CallKind::LookUpVehicle,
        include_str!("current/look_up_vehicle.response.json"),
        expect!(LookUpVehicle, found => assert_eq!(*found, FoundVehicle {
            plate: Some("34 ABC 123".parse().unwrap()),
            serial: Some("AB 123456".parse().unwrap()),
            year: Some(2019),
            brand: Some(choice("107", "RENAULT")),
            model: Some(choice("1070412", "CLIO 1.5 DCI")),
            fuel: Some(FuelType::Diesel),
            utilization: Some(UtilizationStyle::PRIVATE_CAR),
            engine: None,
            engine_masked: true,
            chassis: Some("VF15R0A0H12345678".parse().unwrap()),
            chassis_masked: false,
            registration_date: Some(day("2019-05-20")),
            seats: Some(5),
        })),
    );
    add(
        CallKind::LookUpVehicle,
        include_str!("guide/look_up_vehicle.response.json"),
        expect!(LookUpVehicle, found => assert_eq!(*found, FoundVehicle {
            plate: Some("34 ABC 123".parse().unwrap()),
            serial: None,
            year: Some(2019),
            brand: Some(choice("107", "RENAULT")),
            model: None,
            fuel: None,
            utilization: Some(UtilizationStyle::PRIVATE_CAR),
            engine: Some("K9KB60812345".parse().unwrap()),
            engine_masked: false,
            chassis: None,
            chassis_masked: true,
            registration_date: None,
            seats: None,
        })),
    );
    for body in [include_str!("current/create_vehicle.response.json"), include_str!("guide/create_vehicle.response.json")] {
        add(CallKind::CreateVehicle, body, expect!(CreateVehicle, id => assert_eq!(id, vehicle('b'))));
    }
    add(
        CallKind::Cities,
        include_str!("current/cities.response.json"),
        expect!(Cities, cities => assert_eq!(cities, [choice("6", "ANKARA"), choice("34", "İSTANBUL")])),
    );
    add(
        CallKind::Brands,
        include_str!("current/brands.response.json"),
        expect!(Brands, brands => {
            assert_eq!(brands, [choice("107", "RENAULT"), choice("45", "FORD/OTOSAN"), choice("9", "9")]);
        }),
    );
    add(
        CallKind::Models,
        include_str!("current/models.response.json"),
        expect!(Models, models => assert_eq!(models, [choice("1070412", "CLIO 1.5 DCI")])),
    );

    add(
        CallKind::OpenCases,
        include_str!("current/open_cases.response.json"),
        expect!(OpenCases, cases => {
            assert_eq!(cases, [
                OpenCase {
                    id: CaseId::new("68f0c0ffee0123456789ac01"),
                    branch: ProductBranch::Kasko,
                    kind: CaseType::SaleOpportunity,
                    status: CaseStatus::Open,
                },
                OpenCase {
                    id: CaseId::new("68f0c0ffee0123456789ac02"),
                    branch: ProductBranch::Unknown("UZAY".to_owned()),
                    kind: CaseType::Complaint,
                    status: CaseStatus::Delayed,
                },
            ]);
            assert!(cases[0].is_open_sale_of(&ProductBranch::Kasko) && !cases[0].is_open_sale_of(&ProductBranch::Trafik));
        }),
    );
    add(
        CallKind::OpenCases,
        include_str!("guide/open_cases.response.json"),
        // The guides' own sample: five in total, one in sight, and that one of another branch than was asked for.
        expect!(OpenCases, cases => {
            assert!(cases.len() == 1 && !cases[0].is_open_sale_of(&ProductBranch::Kasko) && cases[0].id.is_none());
        }),
    );
    add(
        CallKind::ListMine,
        include_str!("current/list_mine.response.json"),
        expect!(ListMine, mine => {
            let (proposals, policies) = (mine.proposals.as_deref().unwrap(), mine.policies.as_deref().unwrap());
            // One without an id could not be carried on with.
            assert_eq!(proposals.len(), 2);
            let first = &proposals[0];
            assert_eq!((&first.branch, &first.state), (&Some(ProductBranch::Kasko), &Some(ProductState::Active)));
            assert_eq!((first.created, first.offers, first.insured.year), (Date::new(2026, 11, 20), Some(6), Some(2021)));
            assert_eq!((first.insured.plate.clone(), first.insured.brand.as_deref()), ("34 ABC 123".parse().ok(), Some("RENAULT")));
            let odd = &proposals[1];
            assert_eq!(odd.branch, Some(ProductBranch::Unknown("UZAY".to_owned())));
            assert_eq!(odd.state, Some(ProductState::Unknown("POLICELED".to_owned())));
            assert_eq!((&odd.insured.plate, odd.insured.year, odd.created), (&None, None, None));
            let policy = &policies[0];
            assert_eq!((policy.insurer.as_deref(), policy.number.as_deref()), (Some("Poyraz Sigorta"), Some("0123 4567 8900")));
            assert_eq!((policy.start, policy.end, &policy.state), (Date::new(2026, 11, 21), Date::new(2027, 11, 21), &Some(PolicyState::Active)));
        }),
    );
    add(
        CallKind::ListMine,
        include_str!("guide/list_mine.response.json"),
        // A list that could not be had is not an empty one, and does not cost the other.
        expect!(ListMine, mine => {
            assert!(mine.policies.is_none() && mine.proposals.as_ref().is_some_and(|proposals| proposals.len() == 1));
        }),
    );
    add(
        CallKind::CreateCase,
        include_str!("current/create_case.response.json"),
        expect!(CreateCase, id => assert_eq!(id.as_str(), "68f0c0ffee0123456789ac01")),
    );
    add(
        CallKind::CreateCase,
        include_str!("guide/create_case.response.json"),
        expect!(CreateCase, id => assert_eq!(id.as_str(), "CASE-SO-2026-0001")),
    );

    for body in [include_str!("current/create_proposal.response.json"), include_str!("guide/create_proposal.response.json")] {
        add(CallKind::CreateProposal, body, expect!(CreateProposal, id => assert_eq!(id, proposal())));
    }
    add(
        CallKind::ReadProposal,
        include_str!("current/read_proposal.response.json"),
        expect!(ReadProposal, read => assert_eq!(read, whole_proposal())),
    );
    add(
        CallKind::ReadProposal,
        include_str!("guide/read_proposal.response.json"),
        expect!(ReadProposal, read => assert_eq!(read, Proposal {
            id: Some(proposal()),
            state: Some(ProductState::Waiting),
            total_products: None,
            products: Vec::new(),
            products_embedded: false,
        })),
    );
    add(
        CallKind::ListProducts,
        include_str!("current/list_products.response.json"),
        expect!(ListProducts, products => assert!(products.is_empty())),
    );
    add(
        CallKind::ListProducts,
        include_str!("guide/list_products.response.json"),
        expect!(ListProducts, products => assert_eq!(products, [Product {
            insurer_name: "Örnek Sigorta".to_owned(),
            product_name: "Kasko".to_owned(),
            kind: ProductType::WebService,
            premiums: vec![Premium { instalments: 1, gross: lira(900_000) }],
            payment_options: vec![PaymentOption::Async3dSecure],
            ..bare_product(1, "12", ProductState::PurchaseFailed)
        }])),
    );
    add(
        CallKind::OfferDocument,
        include_str!("current/offer_document.response.json"),
        expect!(OfferDocument, url => assert_eq!(url.as_str(), "https://files.example/offer.pdf?sig=a%2Bb&exp=1772312400")),
    );
    add(
        CallKind::InformationForm,
        include_str!("current/information_form.response.json"),
        expect!(InformationForm, url => assert_eq!(url.as_str(), "https://files.example/form.pdf")),
    );

    add(
        CallKind::ReadCoverage,
        include_str!("current/read_coverage.response.json"),
        expect!(ReadCoverage, covers => assert_eq!(covers.first(), Some(&("immLimitiAyrimsiz".to_owned(), CoverageValue::Amount(500_000_000))))),
    );
    add(CallKind::RetryProduct, "null", expect!(RetryProduct, _nothing => ()));

    for body in [include_str!("current/start_purchase.response.json"), include_str!("guide/start_purchase.response.json")] {
        add(CallKind::StartPurchase, body, expect!(StartPurchase, url => assert_eq!(url.as_str(), "https://pay.example/start?id=9f")));
    }

    add(
        CallKind::ReadPolicy,
        include_str!("current/read_policy.response.json"),
        expect!(ReadPolicy, read => assert_eq!(read, Policy {
            id: policy(),
            number: Some("KSK-2026-778812".to_owned()),
            insurer: Some(insurer("12")),
            insurer_name: None,
            proposal: Some(proposal()),
            product: Some(product(1)),
            state: Some(PolicyState::Active),
            gross: lira(900_000),
            start: Some(day("2026-03-01")),
            end: Some(day("2027-03-01")),
        })),
    );
    add(
        CallKind::ReadPolicy,
        include_str!("guide/read_policy.response.json"),
        expect!(ReadPolicy, read => assert_eq!(read, Policy {
            id: policy(),
            number: Some("778812".to_owned()),
            insurer: None,
            insurer_name: None,
            proposal: None,
            product: None,
            state: Some(PolicyState::Unknown("ISSUED".to_owned())),
            gross: None,
            start: Some(day("2026-03-01")),
            end: None,
        })),
    );
    add(
        CallKind::PolicyDocument,
        include_str!("current/policy_document.response.json"),
        expect!(PolicyDocument, url => assert_eq!(url.as_str(), "https://files.example/policy.pdf")),
    );
    cases
}

fn bare_product(number: u8, insurer_id: &str, state: ProductState) -> Product {
    Product {
        id: product(number),
        insurer: insurer(insurer_id),
        insurer_name: String::new(),
        logo: None,
        catalogue: None,
        product_name: String::new(),
        kind: ProductType::Unknown(String::new()),
        state,
        error_message: None,
        premiums: Vec::new(),
        payment_options: Vec::new(),
        needs_investigation: false,
        no_claims_discount: false,
        occupation_discount: false,
        policy: None,
        coverage: Vec::new(),
        coverage_group: None,
        coverage_group_name: None,
    }
}

/// Four offers were sent: one to buy, one refused, one odd but usable, and one without id that is left out.
fn whole_proposal() -> Proposal {
    let covers = [
        ("immLimitiAyrimsiz", CoverageValue::Limitless),
        ("ferdiKazaVefat", CoverageValue::Amount(15_000_000)),
        ("muafiyetOrani", CoverageValue::Percent(250)),
        ("onarimServisTuru", CoverageValue::Word("ANLASMALI_YETKILI_SERVIS".to_owned())),
        ("kiralikArac", CoverageValue::Days(2, 7)),
        ("anahtarKaybi", CoverageValue::Included),
        ("aracCalinmasi", CoverageValue::MarketValue),
    ];
    let active = Product {
        catalogue: CatalogueId::new("3401"),
        insurer_name: "Örnek Sigorta".to_owned(),
        logo: Some("https://files.example/12.png".to_owned()),
        product_name: "Genişletilmiş Kasko".to_owned(),
        kind: ProductType::WebService,
        premiums: vec![
            Premium { instalments: 1, gross: lira(850_055) },
            Premium { instalments: 3, gross: lira(900_000) },
            Premium { instalments: 9, gross: None },
        ],
        payment_options: vec![
            PaymentOption::SyncCreditCard,
            PaymentOption::AsyncInsuranceCompanyRedirect,
            PaymentOption::Unknown("ASYNC_PIGEON".to_owned()),
            PaymentOption::Unknown("UNKNOWN".to_owned()),
        ],
        no_claims_discount: true,
        occupation_discount: true,
        coverage: covers.map(|(name, value)| (name.to_owned(), value)).into(),
        coverage_group: Some(coverage_group("68f0c0ffee0123456789aa01")),
        coverage_group_name: Some("Geniş".to_owned()),
        ..bare_product(1, "12", ProductState::Active)
    };
    let refused = Product {
        insurer_name: "Deneme Sigorta".to_owned(),
        product_name: "Kasko".to_owned(),
        kind: ProductType::Robot,
        error_message: Some("Araç yaşı kabul sınırının dışında.".to_owned()),
        ..bare_product(2, "7", ProductState::Failed)
    };
    let odd = Product {
        kind: ProductType::Unknown("HOLOGRAM".to_owned()),
        premiums: vec![Premium { instalments: 1, gross: None }],
        policy: Some(policy()),
        ..bare_product(3, "31", ProductState::Unknown("POLICELED".to_owned()))
    };
    Proposal {
        id: Some(proposal()),
        state: Some(ProductState::Active),
        total_products: Some(4),
        products: vec![active, refused, odd],
        products_embedded: true,
    }
}

/// Everything an update can say.
pub(crate) fn update_customer() -> UpdateCustomer {
    UpdateCustomer {
        customer: customer(),
        identity: Identity::Individual("10000000146".parse().unwrap()),
        name: Some("Deniz Yılmaz".to_owned()),
        birth_date: Date::parse_iso("1990-04-23").ok(),
        email: "deniz@örnek.com.tr".parse().ok(),
        phone: "0532 123 45 67".parse().ok(),
        city: Some("34".to_owned()),
        district: Some("341".to_owned()),
        agent_branch: Some(agent_branch()),
        others: vec![("gender", "FEMALE".to_owned()), ("job", "TEACHER".to_owned())],
    }
}

pub(crate) fn send_policy() -> SendPolicy {
    let communication = Communication::Email("deniz@örnek.com.tr".parse().unwrap());
    SendPolicy { policy: policy(), customer: customer(), communication }
}

fn send_offer() -> SendProductDocument {
    let SendPolicy { customer, communication, .. } = send_policy();
    SendProductDocument { proposal: proposal(), product: product(1), document: ProductDocument::Offer, customer, communication }
}

/// Refusals in both forms.
pub(crate) fn problems() -> Vec<ProblemCase> {
    let current = Problem {
        kind: Some("input-validation".to_owned()),
        status: 400,
        detail: Some("Girilen bilgileri kontrol edin.".to_owned()),
        codes: vec!["CUSTOMER_IDENTITY_INVALID".to_owned()],
        suggestions: vec!["Kimlik numarasını yeniden yazın.".to_owned()],
        fields: vec![FieldProblem { name: "IdentityNumber".to_owned(), message: "Kimlik numarası geçersiz.".to_owned() }],
        trace_id: Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned()),
        remaining_attempts: None,
        retry_after_seconds: None,
    };
    let guide = Problem {
        status: 422,
        detail: Some("Doğrulama kodu hatalı.".to_owned()),
        suggestions: vec!["Kodu yeniden isteyin.".to_owned()],
        remaining_attempts: Some(2),
        ..Problem::default()
    };
    vec![
        ProblemCase { body: include_str!("current/problem.response.json"), status: 400, expected: current },
        ProblemCase { body: include_str!("guide/problem.response.json"), status: 422, expected: guide },
    ]
}

/// JSON text without the white space between its tokens; the order of members stays.
pub(crate) fn compact(json: &str) -> String {
    let mut in_string = false;
    let mut is_escaped = false;
    json.chars()
        .filter(|c| {
            let is_kept = in_string || !c.is_ascii_whitespace();
            if *c == '"' && !is_escaped {
                in_string = !in_string;
            }
            is_escaped = *c == '\\' && !is_escaped;
            is_kept
        })
        .collect()
}

/// Runs the whole table with one pair of JSON reader and writer.
pub(crate) fn check_all(read: fn(&str) -> Value, write: fn(&Value) -> String) {
    for RequestCase { call, wire, path, body } in requests() {
        assert_eq!(call.path(), path, "{}", call.name());
        let written = call.body(wire).as_ref().map(write);
        assert_eq!(written, body.map(compact), "{} {wire:?}", call.name());
    }
    for ResponseCase { kind, body, check } in responses() {
        let answer = kind.decode(&read(body)).unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
        check(answer);
    }
    for ProblemCase { body, status, expected } in problems() {
        assert_eq!(Problem::decode(&read(body), status), expected);
    }
}
