//! What a web sale must do and leave undone, as far as the flow alone can show it. `docs/compliance.md` names these tests.

use std::rc::Rc;

use super::sample::{self, CASES, CONSENTS, DOCUMENT, ME, PAGE, PRICE, Sample, TOKENS, VEHICLES, id, product, proposal, secret};
use crate::domain::{AgentBranchId, Channel, VehicleId};
use crate::endpoint::{Call, CallKind, Wire};
use crate::flow::{Action, Command, Config, Event, OfferState, OfferView, Reason, Screen, StateKind};
use crate::json::Value;

/// Plays a sale up to its offers; what was asked of the API on the way.
pub(super) fn come_to_offers(sample: &mut Sample, body: &str) -> Vec<Command> {
    let mut asked = Vec::new();
    asked.extend(sample.send(Event::Started(None)));
    asked.extend(sample.send(Event::SubmitIdentity(Box::new(sample::identity()))));
    asked.extend(sample.answer(CallKind::SignIn, r#"{"token": "t"}"#));
    asked.extend(sample.send(Event::SubmitCode(secret("123456"))));
    asked.extend(sample.answer(CallKind::VerifyCode, TOKENS));
    asked.extend(sample.answer(CallKind::Me, ME));
    asked.extend(sample.answer(CallKind::OpenCases, r#"{"data": {"cases": {"items": []}}}"#));
    asked.extend(sample.answer(CallKind::CreateCase, r#""k1""#));
    asked.extend(sample.answer(CallKind::ListVehicles, VEHICLES));
    asked.extend(sample.answer(CallKind::ReadConsents, CONSENTS));
    asked.extend(sample.send(Event::SubmitConsents { kvkk: true, etk: false }));
    asked.extend(sample.answer(CallKind::GiveConsent, "null"));
    asked.extend(sample.send(Event::ChooseVehicle(id(VehicleId::new("v1")))));
    asked.extend(sample.answer(CallKind::CreateProposal, r#"{"proposalId": "q1"}"#));
    asked.extend(sample.answer(CallKind::ReadProposal, body));
    asked
}

fn calls(commands: &[Command], kind: CallKind) -> Vec<&Call> {
    let mut calls = Vec::new();
    for command in commands {
        if let Command::Call(_, call) = command
            && call.kind() == kind
        {
            calls.push(call);
        }
    }
    calls
}

/// A member of the body of the only call of its kind.
#[track_caller]
fn sent<T>(commands: &[Command], kind: CallKind, read: impl FnOnce(&Value) -> T) -> T {
    let [call] = calls(commands, kind)[..] else { panic!("not one {kind:?}") };
    read(&call.body(Wire::Current).expect("a body"))
}

fn offer(sample: &Sample) -> Rc<OfferView> {
    match sample.flow.view().screen {
        Screen::Offers(offers) => offers.offers.into_iter().next().expect("an offer"),
        other => panic!("not the offers but {}", other.name()),
    }
}

#[test]
fn one_branch_office_and_one_channel_go_with_everything() {
    let office = AgentBranchId::new("kadikoy");
    for (channel, word) in [(Channel::Website, "WEBSITE"), (Channel::MobileApp, "MOBILE_APP")] {
        let mut sample = Sample::with(Config { agent_branch: office.clone(), channel, ..sample::config() });
        let asked = come_to_offers(&mut sample, &proposal("ACTIVE", PRICE));
        for kind in [CallKind::SignIn, CallKind::CreateCase, CallKind::CreateProposal] {
            assert_eq!(sent(&asked, kind, |body| body.field("agentBranchId").text()).as_deref(), Some("kadikoy"), "{kind:?}");
        }
        for kind in [CallKind::CreateCase, CallKind::CreateProposal] {
            assert_eq!(sent(&asked, kind, |body| body.field("channel").text()).as_deref(), Some(word), "{kind:?}");
        }
        let agency = sample::config().agent;
        assert_eq!(sent(&asked, CallKind::SignIn, |body| body.field("agentId").text()).as_deref(), Some(agency.as_str()));
    }
}

#[test]
fn an_open_opportunity_of_the_branch_is_the_case() {
    for (open, created) in [
        (CASES.to_owned(), 0),
        (CASES.replace("KASKO", "TRAFIK"), 1),
        (CASES.replace("SALE_OPPORTUNITY", "COMPLAINT"), 1),
        (CASES.replace("OPEN", "CLOSED"), 1),
    ] {
        let mut sample = Sample::at(StateKind::Opening);
        sample.answer(CallKind::Me, ME);
        let asked = sample.answer(CallKind::OpenCases, &open);
        assert_eq!(calls(&asked, CallKind::CreateCase).len(), created, "{open}");
    }
}

#[test]
fn a_robots_offer_is_told_apart_and_leads_to_a_call() {
    let mut sample = Sample::new();
    come_to_offers(&mut sample, &proposal("ACTIVE", PRICE).replace("WEB_SERVICE", "ROBOT"));
    let robot = offer(&sample);
    assert!(matches!(robot.state, OfferState::Priced { .. }));
    assert_eq!(robot.action, Action::Call(Reason::Robot));
    assert!(sample.send(Event::PickOffer(product())).is_empty());
    assert_eq!(sample.flow.kind(), StateKind::Offers);
}

#[test]
fn a_way_to_pay_that_the_insurer_does_not_support_is_not_offered() {
    for options in [r#"["SYNC_CREDIT_CARD", "SYNC_OPEN_ACCOUNT"]"#, r#"["ASYNC_PIGEON"]"#, "[]", "null"] {
        let mut sample = Sample::new();
        let body = proposal("ACTIVE", PRICE).replace(r#"["ASYNC_INSURANCE_COMPANY_REDIRECT"]"#, options);
        come_to_offers(&mut sample, &body);
        assert_eq!(offer(&sample).action, Action::Call(Reason::Offline), "{options}");
        assert!(sample.send(Event::PickOffer(product())).is_empty());
    }
}

#[test]
fn no_mark_of_an_insurer_reaches_the_picture() {
    let mut sample = Sample::new();
    let marks = r##""insuranceCompanyLogo": "https://marks.example/logo.svg", "color": "#c0ffee", "productName""##;
    come_to_offers(&mut sample, &proposal("ACTIVE", PRICE).replace(r#""productName""#, marks));
    assert_eq!(offer(&sample).insurer, "Örnek");
    let picture = format!("{:?}", sample.flow.view());
    assert!(!picture.contains("marks.example") && !picture.contains("c0ffee"));
}

#[test]
fn prices_that_lead_nowhere_are_said_to_be_for_information() {
    let quote_only = |sells: bool| {
        let mut config = sample::config();
        if !sells {
            config.insurers[0].1.sell_online.clear();
        }
        let mut sample = Sample::with(config);
        come_to_offers(&mut sample, &proposal("ACTIVE", PRICE));
        let Screen::Offers(offers) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
        (offers.quote_only, offers.ready)
    };
    assert_eq!([quote_only(true), quote_only(false)], [(false, 1), (true, 1)]);
}

#[test]
fn a_logo_is_shown_by_permission_alone() {
    let logo = |allowed: bool, local: bool, url: &str| {
        let mut config = sample::config();
        config.insurers[0].1.logo = allowed;
        config.local = local;
        let mut sample = Sample::with(config);
        let marks = format!(r#""insuranceCompanyLogo": "{url}", "productName""#);
        come_to_offers(&mut sample, &proposal("ACTIVE", PRICE).replace(r#""productName""#, &marks));
        offer(&sample).logo.clone()
    };
    let (there, here) = ("https://marks.example/logo.svg", "http://localhost:8802/api/files/logo/12.svg");
    assert_eq!(logo(true, false, there).as_deref(), Some(there));
    assert_eq!(logo(false, false, there), None);
    assert_eq!(logo(true, true, here).as_deref(), Some(here));
    for odd in [here, "", "/logo.svg", "http://marks.example/logo.svg", "data:image/svg+xml,x", "javascript:alert(1)"] {
        assert_eq!(logo(true, false, odd), None, "{odd}");
    }
}

#[test]
fn what_was_chosen_is_what_is_bought() {
    let mut sample = Sample::new();
    come_to_offers(&mut sample, &proposal("ACTIVE", PRICE));
    sample.send(Event::ChoosePlan { product: product(), instalments: 3 });
    sample.send(Event::PickOffer(product()));
    sample.answer(CallKind::InformationForm, DOCUMENT);
    sample.send(Event::Pay { acknowledged: true });
    let asked = sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    let bought = sent(&asked, CallKind::StartPurchase, |body| {
        let text = |name: &str| body.field(name).text().unwrap_or_default();
        [text("$type"), text("proposalId"), text("proposalProductId"), text("installmentNumber"), text("callbackUrl")]
    });
    assert_eq!(bought, ["insurance-company-redirect", "q1", "o1", "3", "https://acente.example/donus"]);
    // The insurer's page asks for the card; nothing of one is sent from here.
    assert!(sent(&asked, CallKind::StartPurchase, |body| body.field("card").is_null()));
    sample.answer(CallKind::StartPurchase, PAGE);
    assert_eq!(sample.flow.kind(), StateKind::PageReady);
}

#[test]
fn offers_are_read_seldom_and_reading_ends() {
    let mut sample = Sample::new();
    come_to_offers(&mut sample, &proposal("WAITING", PRICE));
    let began = sample.now.ms;
    let mut reads = Vec::new();
    while let Screen::Offers(offers) = sample.flow.view().screen
        && !offers.done
    {
        assert_eq!(calls(&sample.fire(), CallKind::ReadProposal).len(), 1);
        reads.push(sample.now.ms - began);
        sample.answer(CallKind::ReadProposal, &proposal("WAITING", PRICE));
    }
    let busiest = (0..reads.len()).map(|from| reads[from..].iter().take_while(|at| **at < reads[from] + 60_000).count()).max();
    assert!(busiest <= Some(25), "{busiest:?} reads within a minute");
    assert!(reads.last().is_some_and(|last| (300_000..310_000).contains(last)), "{reads:?}");
    assert!(sample.send(Event::Shown).is_empty());

    // Everybody has answered: once more, in case somebody is added, and then no more.
    let mut sample = Sample::new();
    come_to_offers(&mut sample, &proposal("ACTIVE", PRICE));
    for _ in 0..2 {
        sample.fire();
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    }
    let Screen::Offers(offers) = sample.flow.view().screen else { panic!("not the offers") };
    assert!(offers.done && sample.send(Event::Shown).is_empty());
}
