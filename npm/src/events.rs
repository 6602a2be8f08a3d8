//! What a program does to a sale: `{ type: 'submitLookup', plate, serial }`.

use insurup_core::domain::{PolicyId, ProductId, ProposalId, Secret, VehicleId};
use insurup_core::flow::{Arrangement, Event, IdentityForm, IdentityKind, Order, VehicleForm};
use insurup_core::json::Value;

use crate::arguments::{Arguments, Invalid};

/// Reads an event.
pub(crate) fn read(value: &Value) -> Result<Event, Invalid> {
    let arguments = Arguments::of(value)?;
    let kind = arguments.text("type")?;
    let event = event(kind, &arguments)?.ok_or_else(|| arguments.wrong("type", "is not an event"))?;
    arguments.finish()?;
    Ok(event)
}

/// The name of an event, and the event.
type Plain = (&'static str, fn() -> Event);

/// The events without members.
const PLAIN: &[Plain] = &[
    ("resendCode", || Event::ResendCode),
    ("changeNumber", || Event::ChangeNumber),
    ("addVehicle", || Event::AddVehicle),
    ("typeByHand", || Event::TypeByHand),
    ("withoutPlate", || Event::WithoutPlate),
    ("confirmVehicle", || Event::ConfirmVehicle),
    ("keepWaiting", || Event::KeepWaiting),
    ("retryOffers", || Event::RetryOffers),
    ("compareOffers", || Event::CompareOffers),
    ("pageOpened", || Event::PageOpened),
    ("returned", || Event::Returned),
    ("checkNow", || Event::CheckNow),
    ("gaveUp", || Event::GaveUp),
    ("showMine", || Event::ShowMine),
    ("skipProfile", || Event::SkipProfile),
    ("payAgain", || Event::PayAgain),
    ("back", || Event::Back),
    ("retry", || Event::Retry),
    ("signOut", || Event::SignOut),
];

fn event(kind: &str, arguments: &Arguments<'_>) -> Result<Option<Event>, Invalid> {
    let secret = |name| Ok(Secret::new(arguments.text(name)?.to_owned()));
    let text = |name| Ok(arguments.text(name)?.to_owned());
    let blank = |name| Ok(arguments.optional_text(name)?.unwrap_or_default().to_owned());
    if let Some((_, event)) = PLAIN.iter().find(|(name, _)| *name == kind) {
        return Ok(Some(event()));
    }
    Ok(Some(match kind {
        "submitIdentity" => Event::SubmitIdentity(Box::new(identity(arguments)?)),
        "submitCode" => Event::SubmitCode(secret("code")?),
        "submitConsents" => Event::SubmitConsents { kvkk: arguments.flag("kvkk")?, etk: arguments.flag("etk")? },
        "submitProfile" => Event::SubmitProfile {
            name: arguments.optional_text("name")?.map(str::to_owned),
            email: arguments.optional_text("email")?.map(str::to_owned),
            city: arguments.optional_text("city")?.map(str::to_owned),
        },
        "sendOffer" => Event::SendOffer(arguments.optional_text("email")?.map(str::to_owned)),
        "sendPolicy" => Event::SendPolicy(arguments.optional_text("email")?.map(str::to_owned)),
        "chooseVehicle" => Event::ChooseVehicle(arguments.id("vehicle", VehicleId::new)?),
        "submitLookup" => Event::SubmitLookup { plate: text("plate")?, serial: text("serial")? },
        "chooseModels" => Event::ChooseModels { brand: text("brand")?, year: text("year")? },
        "submitVehicle" => Event::SubmitVehicle(Box::new(VehicleForm {
            plate: blank("plate")?,
            serial: blank("serial")?,
            brand: blank("brand")?,
            year: blank("year")?,
            model: blank("model")?,
            fuel: blank("fuel")?,
            utilization: blank("utilization")?,
            engine: blank("engine")?,
            chassis: blank("chassis")?,
            registered: blank("registered")?,
            seats: blank("seats")?,
        })),
        "choosePlan" => {
            Event::ChoosePlan { product: arguments.id("product", ProductId::new)?, instalments: arguments.small("instalments", 1, 60)? }
        }
        "chooseInstalments" => Event::ChooseInstalments(arguments.small("instalments", 1, 60)?),
        "retryOffer" => Event::RetryOffer(arguments.id("product", ProductId::new)?),
        "showCoverages" => Event::ShowCoverages(arguments.id("product", ProductId::new)?),
        "showDocument" => Event::ShowDocument(arguments.id("product", ProductId::new)?),
        "markOffer" => Event::MarkOffer { product: arguments.id("product", ProductId::new)?, marked: arguments.flag("marked")? },
        "requestCall" => Event::RequestCall(arguments.id("product", ProductId::new)?),
        "arrangeOffers" => Event::Arrange(Arrangement {
            order: arguments.one_of("order", &[("price", Order::Price), ("name", Order::Name)])?,
            online: arguments.flag("online")?,
            instalments: arguments.flag("instalments")?,
        }),
        "resumeProposal" => Event::ResumeProposal(arguments.id("proposal", ProposalId::new)?),
        "showPolicyDocument" => Event::ShowPolicyDocument(arguments.id("policy", PolicyId::new)?),
        "pickOffer" => Event::PickOffer(arguments.id("product", ProductId::new)?),
        "pay" => Event::Pay { acknowledged: arguments.flag("acknowledged")? },
        _ => return Ok(None),
    }))
}

/// The member that is there says who it is.
fn identity(arguments: &Arguments<'_>) -> Result<IdentityForm, Invalid> {
    let secret = |name| Ok(Secret::new(arguments.text(name)?.to_owned()));
    let (kind, number) = if arguments.optional_text("vkn")?.is_some() {
        (IdentityKind::Company, "vkn")
    } else if arguments.optional_text("foreignId")?.is_some() {
        (IdentityKind::Foreign, "foreignId")
    } else {
        (IdentityKind::Individual, "tckn")
    };
    let birth_date = if kind == IdentityKind::Company { Secret::new(String::new()) } else { secret("birthDate")? };
    Ok(IdentityForm { kind, number: secret(number)?, birth_date, phone: secret("phone")? })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<Event, String> {
        let value: Value = serde_json::from_str(text).expect("JSON");
        read(&value).map_err(|invalid| format!("{} {}", invalid.field, invalid.why))
    }

    #[test]
    fn every_event_of_the_types_is_read() {
        let types = include_str!("../../www/npm/index.d.ts");
        let (_, types) = types.split_once("export type FlowEvent").expect("the events");
        let (types, _) = types.split_once(";\n\n").expect("their end");
        let names: Vec<_> = types.split("type: '").skip(1).filter_map(|rest| rest.split('\'').next()).collect();
        assert!(names.len() > 20, "{names:?}");
        for name in &names {
            if let Err(why) = check(&format!(r#"{{"type": "{name}"}}"#)) {
                assert!(why.ends_with("is missing"), "{name}: {why}");
            }
        }
        for (name, _) in PLAIN {
            assert!(names.contains(name), "{name} is not in the types");
        }
    }

    #[test]
    fn reads_what_a_program_sends_and_nothing_else() {
        assert!(matches!(check(r#"{"type": "pay", "acknowledged": true}"#), Ok(Event::Pay { acknowledged: true })));
        assert!(matches!(
            check(r#"{"type": "choosePlan", "product": "o1", "instalments": 3}"#),
            Ok(Event::ChoosePlan { instalments: 3, .. })
        ));
        for (text, why) in [
            (r#"{"type": "started"}"#, "type is not an event"),
            (r#"{"type": "signedIn"}"#, "type is not an event"),
            (r#"{"type": "pay", "acknowleged": true}"#, "acknowleged is not known here"),
            (r#"{"type": "submitCode", "code": 123456}"#, "code is not a string"),
            (r#"{"type": "choosePlan", "product": "o1", "instalments": 0}"#, "instalments is not a whole number from 1 to 60"),
            (r#"{}"#, "type is missing"),
            ("[]", "arguments is not an object"),
        ] {
            assert_eq!(check(text).map(|_| ()).unwrap_err(), why, "{text}");
        }
    }
}
