//! Rules about vehicles: what the registry knows, what is typed, and vehicles without a plate.

use super::money::{check, sign_in};
use super::sample::{self, CHOICES, CONSENTS, ME, Sample, VEHICLES, config};
use super::{Effect, effects};
use crate::endpoint::{Call, CallKind, FieldProblem, Problem};
use crate::flow::{Command, Event, Field, FieldError, Notice, Screen, StateKind, VehicleForm, Wrong};
use crate::transport::Failure;

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
    check(&sample, StateKind::SendingCode);
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
    check(&sample, StateKind::SendingCode);
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
