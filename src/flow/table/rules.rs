//! Rules about everything but money that a cell of the table can't say: offers, signing in, what runs beside the sale.

use super::money::{MINUTE, check, sign_in};
use super::sample::{self, CHOICES, CONSENTS, DOCUMENT, ME, PRICE, Sample, VEHICLES, config, identity, product, proposal, refused, secret};
use super::{Effect, effects};
use crate::domain::ProductId;
use crate::endpoint::{Call, CallKind, FieldProblem, Problem};
use crate::flow::{
    Attempt, Command, Consent, Event, Field, FieldError, FlowView, IdentityForm, IdentityKind, Notice, OfferState, Screen, StateKind,
    VehicleForm, Wrong,
};
use crate::transport::Failure;

// Offers.

#[test]
fn plan_and_choice_survive_every_read() {
    let mut sample = Sample::at(StateKind::Offers);
    sample.send(Event::ChoosePlan { product: product(), instalments: 3 });
    for price in [PRICE, "8400", "8300.10"] {
        sample.send(Event::KeepWaiting);
        sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", price));
        if sample.flow.view().screen == Sample::at(StateKind::Offers).flow.view().screen {
            panic!("the plan is forgotten");
        }
    }
    sample.send(Event::PickOffer(product()));
    let chosen = |view: FlowView| if let Screen::Review(review) = view.screen { review.plan.map(|plan| plan.instalments) } else { None };
    assert_eq!(chosen(sample.flow.view()), Some(3));
    sample.answer(CallKind::InformationForm, DOCUMENT);
    sample.send(Event::Pay { acknowledged: true });
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", "1"));
    // Another plan's price changed, not this one's.
    check(&sample, StateKind::Sending);
    assert_eq!(sample.journal.map(|journal| journal.instalments), Some(3));
}

#[test]
fn only_what_the_agency_may_sell_here_can_be_picked() {
    for change in [
        |config: &mut crate::flow::Config| config.insurers.clear(),
        |config: &mut crate::flow::Config| config.insurers[0].1.quote = false,
        |config: &mut crate::flow::Config| config.insurers[0].1.sell_online.clear(),
        |config: &mut crate::flow::Config| config.host_origin = "https://www.acente.example".to_owned(),
    ] {
        let mut config = config();
        change(&mut config);
        let mut sample = Sample::with(config);
        offers(&mut sample);
        assert!(sample.send(Event::PickOffer(product())).is_empty());
        check(&sample, StateKind::Offers);
    }
    let mut sample = Sample::at(StateKind::Offers);
    assert!(sample.send(Event::PickOffer(sample::id(ProductId::new("o2")))).is_empty());
}

fn offers(sample: &mut Sample) {
    sample.send(Event::Started(None));
    sign_in(sample);
    sample.answer(CallKind::OpenCases, sample::CASES);
    sample.answer(CallKind::ListVehicles, VEHICLES);
    sample.answer(CallKind::ReadConsents, CONSENTS);
    sample.send(Event::SubmitConsents { kvkk: false, etk: false });
    sample.send(Event::ChooseVehicle(sample::id(crate::domain::VehicleId::new("v1"))));
    sample.answer(CallKind::CreateProposal, r#""q1""#);
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
}

#[test]
fn a_hidden_page_asks_nothing_until_it_is_seen() {
    let mut sample = Sample::at(StateKind::Offers);
    sample.send(Event::Hidden);
    assert!(sample.fire().is_empty());
    assert_eq!(effects(&sample.send(Event::Shown)), [Effect::Call(CallKind::ReadProposal)]);
    assert!(sample.send(Event::Shown).is_empty());
}

#[test]
fn asks_the_insurers_once_for_a_vehicle() {
    let mut sample = Sample::at(StateKind::Offers);
    sample.send(Event::Back);
    let commands = sample.send(Event::ChooseVehicle(sample::id(crate::domain::VehicleId::new("v1"))));
    assert_eq!(effects(&commands), [Effect::Call(CallKind::ReadProposal)]);
}

#[test]
fn a_plan_survives_a_look_at_the_vehicles() {
    let mut sample = Sample::at(StateKind::Offers);
    sample.send(Event::ChoosePlan { product: product(), instalments: 3 });
    sample.send(Event::MarkOffer { product: product(), marked: true });
    sample.send(Event::Back);
    sample.send(Event::ChooseVehicle(sample::id(crate::domain::VehicleId::new("v1"))));
    sample.answer(CallKind::ReadProposal, &proposal("ACTIVE", PRICE));
    let Screen::Offers(offers) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    let OfferState::Priced { chosen, .. } = &offers.offers[0].state else { panic!("{:?}", offers.offers[0].state) };
    assert_eq!((*chosen, offers.marked), (3, 1));
}

#[test]
fn a_plan_that_is_no_longer_offered_gives_way_to_one_that_is() {
    let mut sample = Sample::at(StateKind::Offers);
    let chosen = |sample: &Sample| match sample.flow.view().screen {
        Screen::Offers(offers) => match &offers.offers[0].state {
            OfferState::Priced { chosen, .. } => Some(*chosen),
            _ => None,
        },
        _ => None,
    };
    for (plan, after) in [(3, 3), (9, 3)] {
        sample.send(Event::ChoosePlan { product: product(), instalments: plan });
        assert_eq!(chosen(&sample), Some(after));
    }
    sample.send(Event::KeepWaiting);
    let without = proposal("ACTIVE", PRICE).replace(r#""installmentNumber": 3"#, r#""installmentNumber": 6"#);
    sample.answer(CallKind::ReadProposal, &without);
    assert_eq!(chosen(&sample), Some(1));
    sample.send(Event::PickOffer(product()));
    check(&sample, StateKind::Review);
    // And a plan that is not offered can't be chosen at the last look.
    sample.send(Event::ChooseInstalments(9));
    let Screen::Review(review) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    assert_eq!(review.plan.map(|plan| plan.instalments), Some(1));
}

#[test]
fn an_empty_list_of_offers_is_believed_after_a_while() {
    let empty = r#"{"proposalId": "q1", "totalProductsCount": 0, "products": []}"#;
    let mut sample = Sample::at(StateKind::Requesting);
    sample.answer(CallKind::CreateProposal, r#"{"proposalId": "q1"}"#);
    let done = |sample: &Sample| matches!(sample.flow.view().screen, Screen::Offers(offers) if offers.done);
    sample.answer(CallKind::ReadProposal, empty);
    let mut reads = 1;
    while !done(&sample) {
        sample.fire();
        sample.answer(CallKind::ReadProposal, empty);
        reads += 1;
    }
    // Twenty seconds of two each, and two reads that agree.
    assert_eq!(reads, 12);
}

// Signing in.

#[test]
fn another_code_costs_a_minute_and_then_more() {
    let mut sample = Sample::at(StateKind::SendingCode);
    sample.answer(CallKind::SignIn, r#"{"token": "t"}"#);
    // The second and the third after a minute each, then 2, 4 and 8 minutes … and never at once.
    for wait in [1, 1, 1, 2, 4, 8] {
        sample.pass(wait * MINUTE - 1);
        assert!(sample.send(Event::ResendCode).is_empty(), "{wait}");
        sample.pass(1);
        assert_eq!(effects(&sample.send(Event::ResendCode)), [Effect::Call(CallKind::SignIn)], "{wait}");
        sample.answer(CallKind::SignIn, r#"{"token": "t"}"#);
    }
}

#[test]
fn the_time_to_another_code_is_the_one_that_holds() {
    let resend_at = |sample: &Sample| match sample.flow.view().screen {
        Screen::Code(view) => view.resend_at_ms,
        screen => panic!("{}", screen.name()),
    };
    // The server names a longer time than ours, or a shorter one, or none.
    for (named, seconds, wait) in [(Some(90), 90, 90_000), (Some(5), 5, u64::from(MINUTE)), (None, 60, u64::from(MINUTE))] {
        let mut sample = Sample::at(StateKind::Resending);
        let problem = Problem { status: 429, retry_after_seconds: named, ..Problem::default() };
        sample.end(CallKind::SignIn, Err(Failure::Refused(Box::new(problem))));
        assert_eq!(sample.flow.view().notice, Some(Notice::TooManyCodes(seconds)));
        assert_eq!(resend_at(&sample), sample.now.ms + wait, "{named:?}");
        sample.pass(u32::try_from(wait).unwrap() - 1);
        assert!(sample.send(Event::ResendCode).is_empty());
        sample.pass(1);
        assert_eq!(effects(&sample.send(Event::ResendCode)), [Effect::Call(CallKind::SignIn)]);
    }
    // What never left this device costs no minute.
    let mut sample = Sample::at(StateKind::Resending);
    sample.end(CallKind::SignIn, Err(Failure::Offline));
    assert_eq!(sample.flow.view().notice, Some(Notice::Offline));
    assert_eq!(effects(&sample.send(Event::ResendCode)), [Effect::Call(CallKind::SignIn)]);
    // On the first screen the server's time is said too.
    let mut sample = Sample::at(StateKind::SendingCode);
    let problem = Problem { status: 429, retry_after_seconds: Some(150), ..Problem::default() };
    sample.end(CallKind::SignIn, Err(Failure::Refused(Box::new(problem))));
    assert_eq!(sample.flow.view().notice, Some(Notice::TooManyCodes(150)));
}

#[test]
fn changing_the_number_does_not_get_round_the_limit() {
    let mut sample = Sample::at(StateKind::Identify);
    for _ in 0..3 {
        assert_eq!(sample.send(Event::SubmitIdentity(Box::new(identity()))).len(), 1);
        sample.answer(CallKind::SignIn, r#"{"token": "t"}"#);
        sample.send(Event::ChangeNumber);
    }
    assert!(sample.send(Event::SubmitIdentity(Box::new(identity()))).is_empty());
    assert_eq!(sample.flow.view().notice, Some(Notice::TooManyCodes(60)));
    sample.pass(MINUTE);
    assert_eq!(sample.send(Event::SubmitIdentity(Box::new(identity()))).len(), 1);
}

#[test]
fn five_wrong_codes_lock_until_a_new_one_comes() {
    let mut sample = Sample::at(StateKind::Code);
    for left in (0..5).rev() {
        sample.send(Event::SubmitCode(secret("000000")));
        sample.end(CallKind::VerifyCode, Err(refused(400)));
        let expected = if left == 0 { Notice::CodeLocked } else { Notice::CodeWrong(left) };
        assert_eq!(sample.flow.view().notice, Some(expected));
    }
    assert!(sample.send(Event::SubmitCode(secret("123456"))).is_empty());
    sample.send(Event::SubmitCode(secret("12345")));
    assert_eq!(sample.flow.view().notice, Some(Notice::CodeLocked));
    sample.send(Event::ResendCode);
    sample.answer(CallKind::SignIn, r#"{"token": "t2"}"#);
    assert_eq!(sample.send(Event::SubmitCode(secret("123456"))).len(), 1);
}

#[test]
fn a_code_without_all_its_digits_costs_no_try() {
    let mut sample = Sample::at(StateKind::Code);
    for typed in ["", "12345", "1234567", "abc def"] {
        assert!(sample.send(Event::SubmitCode(secret(typed))).is_empty());
        assert_eq!(sample.flow.view().notice, Some(Notice::CodeShort), "{typed:?}");
    }
    assert_eq!(sample.send(Event::SubmitCode(secret("123 456"))).len(), 1);
}

#[test]
fn tokens_without_a_code_are_dropped_and_nothing_is_read_with_them() {
    for state in [StateKind::SendingCode, StateKind::Resending] {
        let mut sample = Sample::at(state);
        let event = sample.events(super::EventKind::SignedIn).remove(0);
        assert_eq!(effects(&sample.send(event)), [Effect::EndSession]);
        check(&sample, StateKind::Identify);
        assert_eq!(sample.flow.view().notice, Some(Notice::NoCodeAsked));
    }
}

/// A sale of an agency that verifies phones itself, after the form was sent.
fn verified_by_agency() -> (Sample, Attempt) {
    let mut sample = Sample::with(crate::flow::Config { verifies_phone: true, ..config() });
    sample.send(Event::Started(None));
    let commands = sample.send(Event::SubmitIdentity(Box::new(identity())));
    let [Command::VerifyPhone(attempt, phone)] = &commands[..] else { panic!("{commands:?}") };
    assert_eq!(phone.number(), "5321234567");
    (sample, *attempt)
}

#[test]
fn an_agency_that_verifies_phones_is_asked_before_anybody_else() {
    let (mut sample, attempt) = verified_by_agency();
    assert!(sample.send(Event::PhoneVerified(Attempt(attempt.0 + 9), true)).is_empty());
    assert_eq!(effects(&sample.send(Event::PhoneVerified(attempt, true))), [Effect::Call(CallKind::SignIn)]);
    // A second yes signs nobody in again.
    assert!(sample.send(Event::PhoneVerified(attempt, true)).is_empty());
    let event = sample.events(super::EventKind::SignedIn).remove(0);
    assert_eq!(effects(&sample.send(event)), [Effect::Call(CallKind::Me)]);
    check(&sample, StateKind::Opening);
}

#[test]
fn a_phone_the_agency_could_not_verify_signs_nobody_in() {
    let (mut sample, attempt) = verified_by_agency();
    assert!(sample.send(Event::PhoneVerified(attempt, false)).is_empty());
    check(&sample, StateKind::Identify);
    assert_eq!(sample.flow.view().notice, Some(Notice::PhoneNotVerified));
}

#[test]
fn a_server_that_wants_a_code_all_the_same_gets_one() {
    let (mut sample, attempt) = verified_by_agency();
    sample.send(Event::PhoneVerified(attempt, true));
    sample.answer(CallKind::SignIn, r#"{"token": "t"}"#);
    check(&sample, StateKind::Code);
}

#[test]
fn each_kind_of_customer_signs_in_with_its_own_number() {
    let sent = |kind, number: &str, birth_date: &str| {
        let mut sample = Sample::at(StateKind::Identify);
        let form = IdentityForm { kind, number: secret(number), birth_date: secret(birth_date), phone: secret("0532 123 45 67") };
        let commands = sample.send(Event::SubmitIdentity(Box::new(form)));
        let call = commands.into_iter().find_map(|command| match command {
            Command::Call(_, Call::SignIn(sign_in)) => Some(sign_in),
            _ => None,
        });
        let errors = match sample.flow.view().screen {
            Screen::Identify(view) => view.form.errors.into_iter().map(|error| (error.field, error.wrong)).collect(),
            _ => Vec::new(),
        };
        (call.map(|call| (call.identity.as_str().to_owned(), call.birth_date.is_some())), errors)
    };
    let good = |number: &str, born: bool| (Some((number.to_owned(), born)), vec![]);
    let bad = |field, wrong| (None, vec![(field, wrong)]);
    use IdentityKind::{Company, Foreign, Individual};
    assert_eq!(sent(Individual, "100 000 001 46", "23.04.1990"), good("10000000146", true));
    assert_eq!(sent(Foreign, "u 1234567", "23.04.1990"), good("U1234567", true));
    assert_eq!(sent(Foreign, "99123456740", "23.04.1990"), good("99123456740", true));
    // A company has no birthday; what an earlier form had in that field is not sent.
    assert_eq!(sent(Company, "1234567890", "23.04.1990"), good("1234567890", false));
    assert_eq!(sent(Company, "1234567890", ""), good("1234567890", false));
    assert_eq!(sent(Foreign, "99123456741", "23.04.1990"), bad(Field::ForeignId, Wrong::ForeignId));
    assert_eq!(sent(Foreign, "10000000146", "23.04.1990"), bad(Field::ForeignId, Wrong::Individual));
    assert_eq!(sent(Foreign, "U1234567", ""), bad(Field::BirthDate, Wrong::Required));
    assert_eq!(sent(Company, "10000000146", ""), bad(Field::Vkn, Wrong::Individual));
    assert_eq!(sent(Company, "123456789", ""), bad(Field::Vkn, Wrong::VknLength(9)));
    assert_eq!(sent(Company, "1234567891", ""), bad(Field::Vkn, Wrong::VknCheck));
}

#[test]
fn a_refused_number_is_marked_at_its_own_field() {
    for (kind, number, name, field) in [
        (IdentityKind::Individual, "10000000146", "identityNumber", Field::Tckn),
        (IdentityKind::Foreign, "99123456740", "identityNumber", Field::ForeignId),
        (IdentityKind::Company, "1234567890", "taxNumber", Field::Vkn),
    ] {
        let mut sample = Sample::at(StateKind::Identify);
        sample.send(Event::SubmitIdentity(Box::new(IdentityForm { kind, number: secret(number), ..identity() })));
        let said = FieldProblem { name: name.to_owned(), message: String::new() };
        let problem = Problem { status: 422, fields: vec![said], ..Problem::default() };
        sample.end(CallKind::SignIn, Err(Failure::Refused(Box::new(problem))));
        let Screen::Identify(view) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
        assert_eq!(view.form.errors, [FieldError { field, wrong: Wrong::NotAccepted }]);
    }
}

/// Signed in, with these consents on file; `None` where they can't be read.
fn with_consents(config: crate::flow::Config, on_file: Option<&str>) -> Sample {
    let mut sample = Sample::with(config);
    sample.send(Event::Started(None));
    sign_in(&mut sample);
    sample.answer(CallKind::OpenCases, sample::CASES);
    sample.answer(CallKind::ListVehicles, VEHICLES);
    check(&sample, StateKind::Opening);
    sample.end(CallKind::ReadConsents, on_file.ok_or(Failure::Timeout));
    sample
}

#[test]
fn asks_for_no_consent_that_is_on_file() {
    let entry = |kind: &str, active: bool| format!(r#"{{"consentType": "{kind}", "isActive": {active}}}"#);
    let file = |entries: &[String]| format!(r#"{{"consents": [{}]}}"#, entries.join(","));
    let (kvkk, etk) = (entry("KVKK", true), entry("ETK", true));
    let withdrawn = [entry("KVKK", false), etk.clone()];
    for (on_file, offers_etk, asked) in [
        (Some(file(&[])), true, Some((true, true))),
        (None, true, Some((true, true))),
        (Some(file(std::slice::from_ref(&kvkk))), true, Some((false, true))),
        (Some(file(&withdrawn)), true, Some((true, false))),
        (Some(file(std::slice::from_ref(&kvkk))), false, None),
        (Some(file(&[kvkk, etk])), true, None),
    ] {
        let sample = with_consents(crate::flow::Config { offers_etk, ..config() }, on_file.as_deref());
        let seen = match sample.flow.view().screen {
            Screen::Consents(view) => Some((view.kvkk, view.etk)),
            Screen::Vehicles(_) => None,
            screen => panic!("{}", screen.name()),
        };
        assert_eq!(seen, asked, "{on_file:?}");
    }
}

#[test]
fn a_consent_is_told_once_it_is_recorded_and_is_not_asked_for_again() {
    let kvkk = r#"{"consents": [{"consentType": "KVKK", "isActive": true}]}"#;
    // On file is as good as ticked, also where it is required; what is ticked beside it is not sent again.
    let mut sample = with_consents(crate::flow::Config { required_consents: vec![Consent::Kvkk], ..config() }, Some(kvkk));
    assert_eq!(effects(&sample.send(Event::SubmitConsents { kvkk: true, etk: true })), [Effect::Call(CallKind::GiveConsent)]);
    let told = sample.answer(CallKind::GiveConsent, "null");
    assert!(matches!(told[..], [Command::ConsentGiven(Consent::Etk)]), "{told:?}");
    // One that was not recorded is not told.
    let mut sample = Sample::at(StateKind::SavingConsents);
    assert!(sample.end(CallKind::GiveConsent, Err(Failure::Timeout)).is_empty());
    // The session ended behind the last of them.
    let mut sample = with_consents(config(), None);
    sample.send(Event::SubmitConsents { kvkk: true, etk: true });
    sample.answer(CallKind::GiveConsent, "null");
    sample.end(CallKind::GiveConsent, Err(Failure::SessionEnded));
    sign_in(&mut sample);
    let Screen::Consents(view) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    assert!(view.kvkk != view.etk, "only the other one is asked for again");
}

#[test]
fn consents_that_take_long_to_be_read_are_asked_for() {
    let mut sample = Sample::at(StateKind::Opening);
    sample.answer(CallKind::Me, ME);
    sample.answer(CallKind::OpenCases, sample::CASES);
    sample.answer(CallKind::ListVehicles, VEHICLES);
    check(&sample, StateKind::Opening);
    sample.fire();
    check(&sample, StateKind::Consents);
}

#[test]
fn does_not_go_on_without_a_required_consent() {
    let mut sample = Sample::with(crate::flow::Config { required_consents: vec![Consent::Kvkk], ..config() });
    sample.send(Event::Started(None));
    sign_in(&mut sample);
    sample.answer(CallKind::OpenCases, sample::CASES);
    sample.answer(CallKind::ListVehicles, VEHICLES);
    sample.answer(CallKind::ReadConsents, CONSENTS);
    assert!(sample.send(Event::SubmitConsents { kvkk: false, etk: true }).is_empty());
    check(&sample, StateKind::Consents);
    sample.send(Event::SubmitConsents { kvkk: true, etk: true });
    // The other purpose is no condition.
    sample.end(CallKind::GiveConsent, Err(Failure::Timeout));
    check(&sample, StateKind::SavingConsents);
    sample.end(CallKind::GiveConsent, Err(Failure::Timeout));
    check(&sample, StateKind::Consents);
}

// What the API lacks.

/// Signed in, after the consents, as the customer this answer describes.
fn known_as(config: crate::flow::Config, me: &str, form: IdentityForm) -> Sample {
    let mut sample = Sample::with(config);
    sample.send(Event::Started(None));
    sample.send(Event::SubmitIdentity(Box::new(form)));
    sample.answer(CallKind::SignIn, r#"{"token": "t"}"#);
    sample.send(Event::SubmitCode(secret("123456")));
    sample.answer(CallKind::VerifyCode, sample::TOKENS);
    sample.answer(CallKind::Me, me);
    sample.answer(CallKind::OpenCases, sample::CASES);
    sample.answer(CallKind::ListVehicles, VEHICLES);
    sample.answer(CallKind::ReadConsents, CONSENTS);
    sample.send(Event::SubmitConsents { kvkk: false, etk: false });
    sample
}

fn company() -> IdentityForm {
    IdentityForm { kind: IdentityKind::Company, number: secret("1234567890"), birth_date: secret(""), ..identity() }
}

#[test]
fn asks_for_what_the_api_lacks_and_for_nothing_else() {
    let guide = || crate::flow::Config { wire: crate::endpoint::Wire::Guide, ..config() };
    for (config, me, form, asked) in [
        (config(), ME, identity(), false),
        (config(), sample::ME_WITHOUT_EMAIL, identity(), true),
        (config(), r#"{"id": "c1", "primaryEmail": "deniz@ornek.com"}"#, identity(), true),
        // A company's title is the register's.
        (config(), r#"{"id": "c1", "primaryEmail": "deniz@ornek.com"}"#, company(), false),
        (config(), r#"{"id": "c1", "title": "Örnek A.Ş."}"#, company(), true),
        // The guides' update would blank what it doesn't name.
        (guide(), r#"{"id": "c1"}"#, identity(), false),
    ] {
        check(&known_as(config, me, form), if asked { StateKind::Profile } else { StateKind::Vehicles });
    }
}

#[test]
fn an_update_sends_back_what_was_read() {
    let mut sample = Sample::at(StateKind::Profile);
    let Screen::Profile(view) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    assert_eq!((view.person, view.name.as_deref(), view.email), (true, Some("D•••• Y•••••"), None));
    let commands = sample.send(sample::profile());
    let [Command::Call(_, Call::UpdateCustomer(update))] = &commands[..] else { panic!("{commands:?}") };
    assert_eq!(update.identity.as_str(), "10000000146");
    assert_eq!(update.name.as_deref(), Some("Deniz Yılmaz"));
    assert_eq!(update.email.as_ref().map(crate::domain::Email::as_str), Some("deniz@ornek.com"));
    assert_eq!(update.phone.as_ref().map(crate::domain::MobilePhone::number), Some("5321234567"));
    assert_eq!(update.birth_date.map(crate::domain::Date::iso).as_deref(), Some("1990-04-23"));
    assert_eq!((update.city.as_deref(), update.district.as_deref()), (Some("34"), Some("341")));
    assert_eq!(update.others, [("gender", "FEMALE".to_owned()), ("job", "TEACHER".to_owned())]);
}

#[test]
fn a_wrong_address_is_said_and_a_lost_update_holds_nothing_up() {
    let errors = |sample: &Sample| match sample.flow.view().screen {
        Screen::Profile(view) => view.form.errors.into_iter().map(|error| (error.field, error.wrong)).collect::<Vec<_>>(),
        screen => panic!("{}", screen.name()),
    };
    let mut sample = Sample::at(StateKind::Profile);
    for (typed, wrong) in [(Some("deniz@"), Wrong::Email), (Some(" "), Wrong::Required), (None, Wrong::Required)] {
        assert!(sample.send(Event::SubmitProfile { name: None, email: typed.map(str::to_owned) }).is_empty());
        assert_eq!(errors(&sample), [(Field::Email, wrong)]);
    }
    assert!(sample.send(Event::SubmitProfile { name: Some(" ".to_owned()), email: Some("a@b.co".to_owned()) }).is_empty());
    assert_eq!(errors(&sample), [(Field::Name, Wrong::Required)]);
    sample.send(sample::profile());
    let said = FieldProblem { name: "primaryEmail".to_owned(), message: String::new() };
    let problem = Problem { status: 422, fields: vec![said], ..Problem::default() };
    sample.end(CallKind::UpdateCustomer, Err(Failure::Refused(Box::new(problem))));
    assert_eq!(errors(&sample), [(Field::Email, Wrong::NotAccepted)]);
    for failure in [Failure::Timeout, refused(503), refused(422)] {
        let mut sample = Sample::at(StateKind::SavingProfile);
        sample.end(CallKind::UpdateCustomer, Err(failure));
        check(&sample, StateKind::Vehicles);
        assert_eq!(sample.flow.view().notice, Some(Notice::ProfileUnsaved));
    }
}

#[test]
fn a_policy_is_sent_once_for_each_press() {
    let mail = |sample: &Sample| match sample.flow.view().screen {
        Screen::Policy(view) => view.mail,
        screen => panic!("{}", screen.name()),
    };
    let mut sample = Sample::at(StateKind::Issued);
    assert_eq!(mail(&sample), None, "there is nothing to send yet");
    sample.answer(CallKind::PolicyDocument, DOCUMENT);
    assert_eq!(mail(&sample).and_then(|mail| mail.known).as_deref(), Some("d•••@ornek.com"));
    assert!(sample.send(Event::SendPolicy(Some("deniz@".to_owned()))).is_empty());
    assert_eq!(mail(&sample).map(|mail| mail.form.errors), Some(vec![FieldError { field: Field::Email, wrong: Wrong::Email }]));
    // To the address on file; a second press while it is on its way sends nothing.
    let commands = sample.send(Event::SendPolicy(None));
    let [Command::Call(_, Call::SendPolicy(send))] = &commands[..] else { panic!("{commands:?}") };
    assert_eq!(send.communication, crate::endpoint::Communication::Email("deniz@ornek.com".parse().unwrap()));
    assert!(sample.send(Event::SendPolicy(None)).is_empty());
    sample.end(CallKind::SendPolicy, Err(Failure::Timeout));
    assert!(mail(&sample).is_some_and(|mail| mail.failed && mail.sent.is_none()));
    sample.send(Event::SendPolicy(Some("baska@ornek.com".to_owned())));
    sample.answer(CallKind::SendPolicy, "null");
    assert!(mail(&sample).is_some_and(|mail| !mail.failed && mail.sent.as_deref() == Some("baska@ornek.com")));
    // Without a session there is nothing to send it with.
    sample.send(Event::SendPolicy(None));
    sample.end(CallKind::SendPolicy, Err(Failure::SessionEnded));
    check(&sample, StateKind::Issued);
    assert_eq!(mail(&sample), None);
    assert!(sample.send(Event::SendPolicy(None)).is_empty());
}

// What runs beside the sale.

#[test]
fn the_case_holds_nobody_up_and_its_late_answer_loses_nothing() {
    let case = |sample: &Sample| sample.flow.view().case.map(|id| id.as_str().to_owned());
    for (answer, known) in
        [(Ok(sample::CASES), Some("k1")), (Ok(r#"{"data": {"cases": {"items": []}}}"#), Some("k2")), (Err(Failure::Timeout), None)]
    {
        let mut sample = Sample::at(StateKind::Opening);
        sample.answer(CallKind::Me, ME);
        sample.answer(CallKind::ListVehicles, VEHICLES);
        check(&sample, StateKind::Opening);
        sample.fire();
        check(&sample, StateKind::Consents);
        let view = sample.flow.view();
        let created = effects(&sample.end(CallKind::OpenCases, answer));
        check(&sample, StateKind::Consents);
        assert_eq!(sample.flow.view().screen, view.screen);
        if created == [Effect::Call(CallKind::CreateCase)] {
            sample.send(Event::SubmitConsents { kvkk: false, etk: false });
            sample.answer(CallKind::CreateCase, r#""k2""#);
            check(&sample, StateKind::Vehicles);
        }
        // It is kept until the customer leaves.
        assert_eq!(case(&sample).as_deref(), known);
        sample.send(Event::SignOut);
        assert_eq!(case(&sample), None);
    }
}

// Vehicles.

fn without_plate() -> VehicleForm {
    let text = str::to_owned;
    VehicleForm {
        plate: text("06"),
        serial: String::new(),
        engine: text("H4DB450C123456"),
        chassis: text("VF1RJA00512345678"),
        ..sample::vehicle_form()
    }
}

fn send_without_plate(sample: &mut Sample, form: VehicleForm) -> Vec<Command> {
    sample.send(Event::WithoutPlate);
    sample.send(Event::SubmitVehicle(Box::new(form)))
}

#[test]
fn a_vehicle_without_a_plate_is_saved_with_its_province_and_without_a_serial() {
    let mut sample = Sample::at(StateKind::Lookup);
    // What an earlier form had in the serial's place is not sent.
    let commands = send_without_plate(&mut sample, VehicleForm { serial: String::new(), ..without_plate() });
    let [.., Command::Call(_, Call::CreateVehicle(create))] = &commands[..] else { panic!("{commands:?}") };
    assert_eq!((create.plate.compact().as_str(), create.plate.code(), create.serial.is_none()), ("06", None, true));
    assert_eq!(sample.flow.view().screen.name(), "vehicle-noplate");
    sample.answer(CallKind::CreateVehicle, r#"{"id": "v2"}"#);
    check(&sample, StateKind::Requesting);
    let Screen::Offers(offers) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    assert_eq!(offers.vehicle.and_then(|label| label.plate), None);
}

#[test]
fn a_vehicle_without_a_plate_needs_its_province_and_its_numbers() {
    let mut sample = Sample::at(StateKind::Lookup);
    let bare = VehicleForm { plate: String::new(), engine: String::new(), chassis: " ".to_owned(), ..without_plate() };
    assert!(!effects(&send_without_plate(&mut sample, bare)).contains(&Effect::Call(CallKind::CreateVehicle)));
    let Screen::ByHand(view) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    let errors: Vec<_> = view.form.errors.into_iter().map(|error| (error.field, error.wrong)).collect();
    assert_eq!(errors, [(Field::City, Wrong::NotChosen), (Field::Engine, Wrong::Required), (Field::Chassis, Wrong::Required)]);
    // What the server says about the plate belongs to the province.
    sample.send(Event::SubmitVehicle(Box::new(without_plate())));
    let said = FieldProblem { name: "plate.city".to_owned(), message: String::new() };
    let problem = Problem { status: 422, fields: vec![said], ..Problem::default() };
    sample.end(CallKind::CreateVehicle, Err(Failure::Refused(Box::new(problem))));
    let Screen::ByHand(view) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    assert_eq!(view.form.errors, [FieldError { field: Field::City, wrong: Wrong::NotAccepted }]);
}

#[test]
fn a_vehicle_without_a_plate_is_saved_once() {
    // Back from the offers with the same details: the one that was saved. With others it is another one.
    let mut sample = Sample::at(StateKind::Lookup);
    send_without_plate(&mut sample, without_plate());
    sample.answer(CallKind::CreateVehicle, r#"{"id": "v2"}"#);
    sample.end(CallKind::CreateProposal, Err(Failure::Timeout));
    sample.send(Event::Back);
    sample.send(Event::AddVehicle);
    assert_eq!(effects(&send_without_plate(&mut sample, without_plate())), [Effect::Call(CallKind::CreateProposal)]);
    sample.end(CallKind::CreateProposal, Err(Failure::Timeout));
    sample.send(Event::Back);
    sample.send(Event::AddVehicle);
    let other = VehicleForm { chassis: "VF1RJA00512345679".to_owned(), ..without_plate() };
    assert_eq!(effects(&send_without_plate(&mut sample, other)), [Effect::Call(CallKind::CreateVehicle)]);
    // The answer was lost: what is new in the list, and fits, is what was saved.
    for (list, found) in [
        (r#"[{"id": "v1", "plate": {"city": 34, "code": "ABC123"}}, {"id": "v3", "plate": {"city": 6}, "model": {"year": 2019}}]"#, true),
        (r#"[{"id": "v1", "plate": {"city": 34, "code": "ABC123"}}, {"id": "v3", "plate": {"city": 6}, "model": {"year": 2018}}]"#, false),
        (r#"[{"id": "v1", "plate": {"city": 6}, "model": {"year": 2019}}]"#, false),
    ] {
        let mut sample = Sample::at(StateKind::Lookup);
        send_without_plate(&mut sample, without_plate());
        sample.end(CallKind::CreateVehicle, Err(Failure::Timeout));
        sample.answer(CallKind::ListVehicles, list);
        check(&sample, if found { StateKind::Requesting } else { StateKind::ByHand });
    }
}

#[test]
fn a_server_of_the_guides_form_knows_no_vehicle_without_a_plate() {
    let mut sample = Sample::with(crate::flow::Config { wire: crate::endpoint::Wire::Guide, ..config() });
    sample.send(Event::Started(None));
    sign_in(&mut sample);
    sample.answer(CallKind::OpenCases, sample::CASES);
    sample.answer(CallKind::ListVehicles, "[]");
    sample.answer(CallKind::ReadConsents, CONSENTS);
    sample.send(Event::SubmitConsents { kvkk: false, etk: false });
    let Screen::Lookup(view) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    assert!(!view.without_plate);
    assert!(sample.send(Event::WithoutPlate).is_empty());
    check(&sample, StateKind::Lookup);
}

#[test]
fn a_case_is_created_once() {
    let mut sample = Sample::at(StateKind::Opening);
    sample.answer(CallKind::Me, ME);
    let commands = sample.answer(CallKind::OpenCases, r#"{"data": {"cases": {"items": []}}}"#);
    assert_eq!(effects(&commands), [Effect::Call(CallKind::CreateCase)]);
    // Whether it was created is not known, and a second one would be worse than none.
    assert_eq!(effects(&sample.end(CallKind::CreateCase, Err(Failure::Timeout))), [Effect::Unlock]);
    sample.answer(CallKind::ListVehicles, VEHICLES);
    sample.answer(CallKind::ReadConsents, CONSENTS);
    check(&sample, StateKind::Consents);
}

/// The registry knows neither fuel nor use.
const PARTIAL: &str = r#"{"plate": {"city": 34, "code": "ABC123"}, "engineNumber": "K7M123",
    "model": {"year": 2019, "brand": {"value": "107", "text": "RENAULT"}, "type": {"value": "1070412", "text": "CLIO"}}}"#;

fn typed(sample: &Sample) -> crate::flow::ByHandView {
    let Screen::ByHand(view) = sample.flow.view().screen else { panic!("no form") };
    *view
}

#[test]
fn what_the_registry_lacks_is_typed_below_what_it_knows() {
    let mut sample = Sample::at(StateKind::LookingUp);
    let asked = effects(&sample.answer(CallKind::LookUpVehicle, PARTIAL));
    assert_eq!(asked, [Effect::Call(CallKind::Brands), Effect::Call(CallKind::Models)]);
    check(&sample, StateKind::ByHand);
    assert_eq!(sample.flow.view().notice, Some(Notice::LookupPartial(2)));
    let filled = typed(&sample).filled;
    assert_eq!((&*filled.plate, &*filled.brand, &*filled.year, &*filled.fuel), ("34 ABC 123", "107", "2019", ""));
}

#[test]
fn a_form_that_does_not_come_is_the_customers_to_ask_for() {
    let mut sample = Sample::at(StateKind::LookingUp);
    sample.loads = false;
    assert_eq!(effects(&sample.answer(CallKind::LookUpVehicle, PARTIAL)), []);
    check(&sample, StateKind::Lookup);
    assert_eq!(sample.flow.view().notice, Some(Notice::LookupPartial(2)));
    sample.send(Event::TypeByHand);
    check(&sample, StateKind::ByHand);
    assert_eq!((&*typed(&sample).filled.brand, sample.flow.view().notice), ("107", Some(Notice::LookupPartial(2))));
}

#[test]
fn what_the_registry_knows_is_saved_as_if_it_were_typed() {
    let body = |commands: &[Command]| match commands {
        [Command::Call(_, call)] => serde_json::to_string(&call.body(crate::endpoint::Wire::Current)).unwrap(),
        commands => panic!("{:?}", effects(commands)),
    };
    let mut sample = Sample::at(StateKind::Found);
    let found = body(&sample.send(Event::ConfirmVehicle));
    let mut sample = Sample::at(StateKind::ByHand);
    let filled = typed(&sample).filled;
    assert_eq!(body(&sample.send(Event::SubmitVehicle(Box::new(filled)))), found);
    assert!(found.contains("1070412"), "{found}");
}

#[test]
fn makes_that_can_not_be_read_for_want_of_a_session_lead_to_signing_in_and_back() {
    let mut sample = Sample::at(StateKind::Lookup);
    sample.send(Event::TypeByHand);
    sample.end(CallKind::Brands, Err(Failure::SessionEnded));
    check(&sample, StateKind::Identify);
    sign_in(&mut sample);
    check(&sample, StateKind::ByHand);
    sample.answer(CallKind::Brands, CHOICES);
    let Screen::ByHand(view) = sample.flow.view().screen else { panic!("no form") };
    assert!(!view.brands.is_empty() && !view.lists_failed);
}

#[test]
fn makes_that_were_on_their_way_at_the_sign_out_are_asked_for_again() {
    let mut sample = Sample::at(StateKind::Lookup);
    sample.send(Event::TypeByHand);
    sample.send(Event::SignOut);
    sample.send(Event::Retry);
    sign_in(&mut sample);
    sample.answer(CallKind::OpenCases, sample::CASES);
    sample.answer(CallKind::ListVehicles, "[]");
    sample.answer(CallKind::ReadConsents, CONSENTS);
    sample.send(Event::SubmitConsents { kvkk: false, etk: false });
    assert_eq!(effects(&sample.send(Event::TypeByHand)), [Effect::Call(CallKind::Brands)]);
}

#[test]
fn makes_that_can_not_be_read_stay_missing_though_the_models_come() {
    let mut sample = Sample::at(StateKind::Found);
    sample.send(Event::TypeByHand);
    sample.end(CallKind::Brands, Err(Failure::Timeout));
    sample.answer(CallKind::Models, CHOICES);
    let failed = |sample: &Sample| matches!(sample.flow.view().screen, Screen::ByHand(view) if view.lists_failed);
    assert!(failed(&sample));
    assert_eq!(effects(&sample.send(Event::Retry)), [Effect::Call(CallKind::Brands)]);
    sample.answer(CallKind::Brands, CHOICES);
    assert!(!failed(&sample));
}

/// What is typed comes only when the form is sent; make and year are known before.
#[test]
fn trying_again_asks_for_the_models_of_what_was_chosen() {
    let mut sample = with_chosen_models();
    sample.end(CallKind::Models, Err(Failure::Timeout));
    assert_eq!(effects(&sample.send(Event::Retry)), [Effect::Call(CallKind::Models)]);
    sample.answer(CallKind::Models, CHOICES);
    assert_eq!(models(&sample), Some(("45".to_owned(), "2020".to_owned())));
}

#[test]
fn who_signs_in_again_finds_the_models_of_what_was_chosen() {
    let mut sample = with_chosen_models();
    sample.end(CallKind::Models, Err(Failure::SessionEnded));
    check(&sample, StateKind::Identify);
    sign_in(&mut sample);
    sample.answer(CallKind::Models, CHOICES);
    assert_eq!(models(&sample), Some(("45".to_owned(), "2020".to_owned())));
}

fn with_chosen_models() -> Sample {
    let mut sample = Sample::at(StateKind::ByHand);
    sample.send(Event::ChooseModels { brand: "45".to_owned(), year: "2020".to_owned() });
    sample
}

fn models(sample: &Sample) -> Option<(String, String)> {
    let Screen::ByHand(view) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    view.models.map(|(brand, year, _)| (brand, year))
}

/// Without a rate nobody can say that 250 dollars are less than 8500 lira.
#[test]
fn the_lowest_price_is_one_in_lira() {
    let mut sample = Sample::at(StateKind::Offers);
    sample.send(Event::KeepWaiting);
    let lira = proposal("ACTIVE", PRICE);
    let dollars = lira.replace("\"o1\"", "\"o2\"").replace(PRICE, "250.00").replace("TRY", "USD");
    let (_, offer) = dollars.split_once("\"products\": [").expect("products");
    sample.answer(
        CallKind::ReadProposal,
        &lira.replace("\"products\": [", &format!("\"products\": [{},", offer.strip_suffix("]}").expect("an end"))),
    );
    let Screen::Offers(offers) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    let shown: Vec<_> = offers.offers.iter().map(|offer| (offer.id.as_str(), offer.lowest)).collect();
    assert_eq!(shown, [("o1", true), ("o2", false)]);
}
