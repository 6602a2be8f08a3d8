//! What the sale says, in words.

use insurup_core::domain::normalise::decimal;
use insurup_core::domain::{FuelType, UtilizationStyle};
use insurup_core::flow::{Event, Field, Notice, Screen, Wrong, support_code};

use crate::element::Piece;
use crate::parts::{Icon, button, note, nothing, paragraph, text};
use crate::texts::Text;
use crate::ui::Ui;
use crate::{later, screens};

/// What is wrong with a field.
pub(crate) fn wrong(ui: Ui, wrong: &Wrong) -> String {
    let plain = match wrong {
        Wrong::TcknLength(typed) => return ui.fill(Text::ErrTcknLength, &[("n", &decimal(*typed))]),
        Wrong::VknLength(typed) => return ui.fill(Text::ErrVknLength, &[("n", &decimal(*typed))]),
        Wrong::PlateLetter(letter) => return ui.fill(Text::ErrPlateLetter, &[("x", &String::from(*letter))]),
        Wrong::Year(min, max) => return ui.fill(Text::ErrYear, &[("min", &decimal(*min)), ("max", &decimal(*max))]),
        Wrong::Required => Text::ErrRequired,
        Wrong::NotChosen => Text::ErrChoose,
        Wrong::Digits => Text::ErrDigits,
        Wrong::Consent => Text::ErrConsent,
        Wrong::Acknowledge => Text::ErrAck,
        Wrong::TcknZero => Text::ErrTcknZero,
        Wrong::TcknCheck => Text::ErrTcknCheck,
        Wrong::ForeignId => Text::ErrYknCheck,
        Wrong::VknCheck => Text::ErrVknCheck,
        Wrong::Individual => Text::ErrVknTckn,
        Wrong::DateFormat => Text::ErrBirthFormat,
        Wrong::DateCalendar => Text::ErrBirthCalendar,
        Wrong::DateFuture => Text::ErrBirthFuture,
        Wrong::Underage => Text::ErrBirthAge,
        Wrong::PhoneLength => Text::ErrPhoneLength,
        Wrong::PhoneLandline => Text::ErrPhoneLandline,
        Wrong::PhoneForeign => Text::ErrPhoneForeign,
        Wrong::PlateCity => Text::ErrPlateCity,
        Wrong::PlateShape => Text::ErrPlateShape,
        Wrong::PlateSpecial => Text::ErrPlateSpecial,
        Wrong::Serial => Text::ErrSerial,
        Wrong::Chassis => Text::ErrChassis,
        Wrong::Engine => Text::ErrEngine,
        Wrong::Seats => Text::ErrSeats,
        Wrong::Email => Text::ErrEmail,
        Wrong::CodeLength => Text::CodeLength,
        Wrong::NotAccepted => Text::SrvField,
    };
    ui.t(plain)
}

/// Name of a field, as its label says it.
pub(crate) fn field(field: Field) -> Text {
    match field {
        Field::Tckn => Text::IdTckn,
        Field::ForeignId => Text::IdYkn,
        Field::Vkn => Text::IdVkn,
        Field::BirthDate => Text::IdBirth,
        Field::Phone => Text::IdPhone,
        Field::Code => Text::CodeLabel,
        Field::ConsentKvkk => Text::ConsentKvkkLink,
        Field::ConsentEtk => Text::ConsentEtkLink,
        Field::Plate => Text::VehiclePlate,
        Field::City => Text::VehicleCity,
        Field::Serial => Text::VehicleSerial,
        Field::Brand => Text::VehicleBrand,
        Field::Year => Text::VehicleYear,
        Field::Model => Text::VehicleModel,
        Field::Fuel => Text::VehicleFuel,
        Field::Use => Text::VehicleUse,
        Field::Engine => Text::VehicleEngine,
        Field::Chassis => Text::VehicleChassis,
        Field::Registered => Text::VehicleDate,
        Field::Seats => Text::VehicleSeats,
        Field::Name => Text::ProfileName,
        Field::AddressCity => Text::ProfileCity,
        Field::Email => Text::PolicyEmailLabel,
        Field::Acknowledged => Text::ReviewDocs,
    }
}

/// A message about the screen as a whole.
pub(crate) fn notice(ui: Ui, notice: &Notice) -> Piece {
    let (kind, sign, plain) = match notice {
        Notice::TooManyCodes(seconds) => {
            let time = crate::format::minutes(*seconds);
            ("", Icon::Clock, ui.fill(Text::CodeRate, &[("time", &time)]))
        }
        Notice::Rate(seconds) => ("", Icon::Clock, ui.fill(Text::NetRate, &[("seconds", &decimal(*seconds))])),
        Notice::LookupPartial(left) => ("", Icon::Info, ui.fill(Text::VehicleLookupPartial, &[("n", &decimal(*left))])),
        Notice::Said(Some(said)) => {
            return note(
                "bad",
                Icon::Alert,
                parts![paragraph("", parts![ui.say(Text::SrvOther)]), paragraph("", parts![text(said.clone())])],
            );
        }
        Notice::SessionExpired => {
            // On the screen of a policy nothing was typed: what is still to come is its document.
            let lead = if bought(ui) { retry(ui, Text::CommonContinue) } else { paragraph("", parts![ui.say(Text::SessionLead)]) };
            return note("warn", Icon::Lock, parts![paragraph("sub", parts![ui.say(Text::SessionTitle)]), lead]);
        }
        Notice::Idle => {
            // Whatever is pressed is a sign of the customer, and this.
            let stay = button("link", ui.say(Text::SessionStay), || ());
            return note("warn", Icon::Clock, parts![paragraph("", ui.say(Text::SessionIdle)), stay]);
        }
        Notice::CodeUnsent => ("bad", Icon::Alert, ui.t(Text::CodeUnsent)),
        Notice::LookupFailed => ("warn", Icon::Info, ui.t(Text::VehicleLookupFailed)),
        Notice::ProfileUnsaved => ("warn", Icon::Info, ui.t(Text::ProfileUnsaved)),
        Notice::OfferGone => ("warn", Icon::Info, ui.t(Text::OffersGone)),
        Notice::NotStarted => ("bad", Icon::Alert, ui.t(Text::FailedNotstarted)),
        Notice::Said(None) => ("bad", Icon::Alert, ui.t(Text::SrvOther)),
        Notice::Offline => ("warn", Icon::Info, ui.t(Text::NetOffline)),
        Notice::Timeout => ("bad", Icon::Clock, ui.t(Text::NetTimeout)),
        Notice::Server => ("bad", Icon::Alert, ui.t(Text::NetServer)),
        Notice::Forbidden => ("bad", Icon::Alert, ui.t(Text::NetForbidden)),
        Notice::Gone
        | Notice::Conflict
        | Notice::AlreadyOnFile
        | Notice::NoDocument
        | Notice::PaidElsewhere
        | Notice::SignedOutElsewhere => return later::say(ui, screens::aside),
        // About a code is said at its field.
        Notice::CodeWrong(_)
        | Notice::CodeShort
        | Notice::CodeOld
        | Notice::CodeExpired
        | Notice::CodeLocked
        | Notice::CodeResent
        | Notice::Unexpected => ("bad", Icon::Alert, ui.t(Text::NetUnexpected)),
        Notice::Blocked { .. } | Notice::NoCodeAsked | Notice::PhoneNotVerified => ("bad", Icon::Alert, ui.t(Text::CfgVisitor)),
    };
    let code = match (notice, &ui.view_now().case) {
        (Notice::Server, Some(case)) => paragraph("small", text(ui.fill(Text::CommonSupport, &[("code", &support_code(case.as_str()))]))),
        _ => nothing(),
    };
    let developers = if matches!(notice, Notice::Blocked { .. }) { later::draw(ui, screens::blocked) } else { nothing() };
    let again = if matches!(notice, Notice::Server | Notice::Timeout | Notice::Offline | Notice::Unexpected) && ui.can_retry() {
        retry(ui, Text::CommonRetry)
    } else {
        nothing()
    };
    note(kind, sign, parts![paragraph("", parts![text(plain)]), again, code, developers])
}

fn bought(ui: Ui) -> bool {
    matches!(ui.view().screen, Screen::Policy(_))
}

fn retry(ui: Ui, label: Text) -> Piece {
    button("link", parts![ui.say(label)], move || ui.send(Event::Retry))
}

/// Fuels a customer can choose from.
pub(crate) const FUELS: &[(FuelType, Text)] = &[
    (FuelType::Gasoline, Text::FuelGasoline),
    (FuelType::Diesel, Text::FuelDiesel),
    (FuelType::Hybrid, Text::FuelHybrid),
    (FuelType::Electric, Text::FuelElectric),
    (FuelType::LpgGasoline, Text::FuelLpgGasoline),
    (FuelType::Lpg, Text::FuelLpg),
];

/// Uses a customer can choose from; the others are the agency's business.
pub(crate) const USES: &[(UtilizationStyle, Text)] = &[
    (UtilizationStyle::PRIVATE_CAR, Text::UsePrivate),
    (UtilizationStyle::JEEP_SUV, Text::UseJeep),
    (UtilizationStyle::PICKUP_TRUCK, Text::UsePickup),
    (UtilizationStyle::PRIVATE_MINIBUS, Text::UseMinibus),
    (UtilizationStyle::MOTORCYCLE, Text::UseMotorcycle),
    (UtilizationStyle::TAXI, Text::UseTaxi),
    (UtilizationStyle::RENTAL_CAR, Text::UseRental),
];

pub(crate) fn fuel(ui: Ui, fuel: &FuelType) -> String {
    FUELS.iter().find(|(known, _)| known == fuel).map_or_else(|| fuel.as_str().to_owned(), |(_, text)| ui.t(*text))
}

pub(crate) fn utilization(ui: Ui, style: &UtilizationStyle) -> String {
    USES.iter().find(|(known, _)| known == style).map_or_else(|| style.as_str().to_owned(), |(_, text)| ui.t(*text))
}
