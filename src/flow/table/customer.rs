//! Rules about the customer: signing in, consents, and what the API lacks about them.

use super::money::{MINUTE, check, sign_in};
use super::sample::{self, CHOICES, CONSENTS, ME, Sample, VEHICLES, config, identity, refused, secret};
use super::{Effect, effects};
use crate::endpoint::{Answer, Call, CallKind, FieldProblem, Problem};
use crate::flow::{
    Attempt, Command, Consent, Event, Field, FieldError, IdentityForm, IdentityKind, Notice, Screen, StateKind, Step, Wrong,
};
use crate::transport::Failure;

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
fn whoever_was_signed_in_types_only_a_code_when_the_session_ends() {
    let mut sample = Sample::ready_for(StateKind::Offers, super::EventKind::SessionEnded);
    // The first code was for signing in; after two more the next one is not asked for by itself.
    for _ in 0..2 {
        sample.end(CallKind::ReadProposal, Err(Failure::SessionEnded));
        check(&sample, StateKind::SendingCode);
        let view = sample.flow.view();
        assert_eq!((view.screen, view.step), (Screen::Opening, Step::Offers));
        sample.answer(CallKind::SignIn, r#"{"token": "t"}"#);
        let view = sample.flow.view();
        let Screen::Code(code) = view.screen else { panic!("{}", view.screen.name()) };
        assert_eq!((view.step, view.notice, code.vehicle.is_some()), (Step::Offers, Some(Notice::SessionExpired), true));
        sample.send(Event::SubmitCode(secret("123456")));
        sample.answer(CallKind::VerifyCode, sample::TOKENS);
        sample.answer(CallKind::Me, ME);
        check(&sample, StateKind::Offers);
    }
    // Too many were sent: the next one is asked for by the customer, when it is time.
    sample.end(CallKind::ReadProposal, Err(Failure::SessionEnded));
    check(&sample, StateKind::Code);
    let view = sample.flow.view();
    let Screen::Code(code) = &view.screen else { panic!("{}", view.screen.name()) };
    assert_eq!((&view.notice, code.sent, code.again), (&Some(Notice::SessionExpired), false, true));
    sample.send(Event::SubmitCode(secret("123456")));
    check(&sample, StateKind::Code);
    assert_eq!(sample.flow.view().notice, Some(Notice::CodeLocked));
}

#[test]
fn whoever_changes_the_number_then_has_to_type_everything() {
    let mut sample = Sample::ready_for(StateKind::Offers, super::EventKind::SessionEnded);
    sample.end(CallKind::ReadProposal, Err(Failure::SessionEnded));
    sample.answer(CallKind::SignIn, r#"{"token": "t"}"#);
    sample.send(Event::ChangeNumber);
    check(&sample, StateKind::Identify);
    sign_in(&mut sample);
    check(&sample, StateKind::Offers);
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
        (config(), r#"{"id": "c1", "primaryEmail": "deniz@ornek.com", "city": {"value": "34"}}"#, identity(), true),
        // A company's title is the register's.
        (config(), r#"{"id": "c1", "primaryEmail": "deniz@ornek.com", "city": {"value": "34"}}"#, company(), false),
        (config(), r#"{"id": "c1", "title": "Örnek A.Ş.", "city": {"value": "34"}}"#, company(), true),
        // The guides' update would blank what it doesn't name.
        (guide(), r#"{"id": "c1"}"#, identity(), false),
    ] {
        check(&known_as(config, me, form), if asked { StateKind::Profile } else { StateKind::Vehicles });
    }
}

/// Signed in, the consents answered, as a customer of whom only this is on file.
fn without_city(me: &str) -> Sample {
    known_as(config(), me, identity())
}

const ME_WITHOUT_CITY: &str = r#"{"id": "c1", "fullName": "Deniz Yılmaz", "primaryEmail": "deniz@ornek.com"}"#;

fn cities(sample: &Sample) -> Option<Vec<String>> {
    let Screen::Profile(view) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    view.cities.map(|cities| cities.iter().map(|city| city.value.clone()).collect())
}

#[test]
fn a_city_is_chosen_from_the_apis_where_none_is_on_file() {
    let choose = |city: Option<&str>| Event::SubmitProfile { name: None, email: None, city: city.map(str::to_owned) };
    // They are read while the consents are asked for.
    let mut sample = without_city(ME_WITHOUT_CITY);
    assert_eq!(cities(&sample), Some(Vec::new()));
    sample.answer(CallKind::Cities, CHOICES);
    assert_eq!(cities(&sample).as_deref(), Some(&["107".to_owned()][..]));
    for nothing in [None, Some(""), Some("81")] {
        assert!(sample.send(choose(nothing)).is_empty(), "{nothing:?}");
        let Screen::Profile(view) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
        assert_eq!(view.form.errors, [FieldError { field: Field::AddressCity, wrong: Wrong::NotChosen }]);
    }
    let commands = sample.send(choose(Some("107")));
    let [Command::Call(_, Call::UpdateCustomer(update))] = &commands[..] else { panic!("{commands:?}") };
    assert_eq!((update.city.as_deref(), update.name.as_deref()), (Some("107"), Some("Deniz Yılmaz")));
    let said = FieldProblem { name: "cityReference".to_owned(), message: String::new() };
    let problem = Problem { status: 422, fields: vec![said], ..Problem::default() };
    sample.end(CallKind::UpdateCustomer, Err(Failure::Refused(Box::new(problem))));
    let Screen::Profile(view) = sample.flow.view().screen else { panic!("{:?}", sample.flow.kind()) };
    assert_eq!(view.form.errors, [FieldError { field: Field::AddressCity, wrong: Wrong::NotAccepted }]);
    sample.send(choose(Some("107")));
    sample.answer(CallKind::UpdateCustomer, "null");
    check(&sample, StateKind::Vehicles);
}

#[test]
fn cities_that_cannot_be_read_hold_nothing_up() {
    for lost in [|| Err(Failure::Timeout), || Err(Failure::SessionEnded), || Ok("[]")] {
        // With nothing else to ask, nothing is asked.
        let mut sample = without_city(ME_WITHOUT_CITY);
        sample.end(CallKind::Cities, lost());
        check(&sample, StateKind::Vehicles);
        let mut sample = without_city(r#"{"id": "c1", "fullName": "Deniz Yılmaz"}"#);
        sample.end(CallKind::Cities, lost());
        assert_eq!(cities(&sample), None);
        let commands = sample.send(sample::profile());
        let [Command::Call(_, Call::UpdateCustomer(update))] = &commands[..] else { panic!("{commands:?}") };
        assert_eq!(update.city, None);
    }
    // Nor do those that take their time.
    let mut sample = without_city(r#"{"id": "c1", "fullName": "Deniz Yılmaz"}"#);
    sample.send(sample::profile());
    sample.answer(CallKind::Cities, CHOICES);
    check(&sample, StateKind::SavingProfile);
    sample.answer(CallKind::UpdateCustomer, "null");
    check(&sample, StateKind::Vehicles);
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
        assert!(sample.send(Event::SubmitProfile { name: None, email: typed.map(str::to_owned), city: None }).is_empty());
        assert_eq!(errors(&sample), [(Field::Email, wrong)]);
    }
    assert!(sample.send(Event::SubmitProfile { name: Some(" ".to_owned()), email: Some("a@b.co".to_owned()), city: None }).is_empty());
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
fn the_documents_of_an_offer_are_sent_together_and_said_to_be_sent_when_both_are() {
    let mail = |sample: &Sample| match sample.flow.view().screen {
        Screen::Review(view) => view.mail.unwrap_or_default(),
        screen => panic!("{}", screen.name()),
    };
    let send = |address: &str| Event::SendOffer(Some(address.to_owned()));
    let mut sample = Sample::at(StateKind::Review);
    assert!(sample.send(send("deniz@")).is_empty());
    assert_eq!(mail(&sample).form.errors, [FieldError { field: Field::Email, wrong: Wrong::Email }]);
    let commands = sample.send(send("deniz@ornek.com"));
    let [Command::Call(first, Call::SendProductDocument(offer)), Command::Call(second, Call::SendProductDocument(form))] = &commands[..]
    else {
        panic!("{commands:?}")
    };
    assert_ne!(offer.document, form.document);
    assert!(sample.send(send("deniz@ornek.com")).is_empty());
    sample.send(Event::Answered(*first, Ok(Answer::SendProductDocument(()))));
    assert!(mail(&sample).form.busy);
    sample.send(Event::Answered(*second, Ok(Answer::SendProductDocument(()))));
    assert_eq!(mail(&sample).sent.as_deref(), Some("deniz@ornek.com"));
    // One that was refused is a failure of both, and both can be sent again.
    let commands = sample.send(send("deniz@ornek.com"));
    let [Command::Call(first, _), Command::Call(second, _)] = &commands[..] else { panic!("{commands:?}") };
    sample.send(Event::Answered(*first, Err(refused(503))));
    sample.send(Event::Answered(*second, Ok(Answer::SendProductDocument(()))));
    assert!(mail(&sample).failed && mail(&sample).sent.is_none());
    assert_eq!(sample.send(send("deniz@ornek.com")).len(), 2);
}

#[test]
fn a_policy_is_sent_once_for_each_press() {
    let mail = |sample: &Sample| match sample.flow.view().screen {
        Screen::Policy(view) => view.mail,
        screen => panic!("{}", screen.name()),
    };
    let mut sample = Sample::at(StateKind::Issued);
    // Its document is still being made: whoever sends it makes it.
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
