//! What can be wrong with what was typed. The widget turns it into words; the rules are in `domain`.

use crate::domain::normalise::{small, trim};
use crate::domain::{
    BirthDate, BirthDateError, Chassis, ChassisError, Date, DocumentSerial, DocumentSerialError, Email, EmailError, Engine, EngineError,
    ForeignId, ForeignIdError, MobilePhone, ModelYear, PhoneError, Plate, PlateError, Tckn, TcknError, Vkn, VknError,
};
use crate::endpoint::Wire;

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Identity number.
    Tckn,
    /// A foreigner's identity or passport number.
    ForeignId,
    /// A company's tax number.
    Vkn,
    /// Date of birth.
    BirthDate,
    /// Mobile phone.
    Phone,
    /// The code from the SMS.
    Code,
    /// Consent to the processing of personal data.
    ConsentKvkk,
    /// Consent to commercial messages.
    ConsentEtk,
    /// Plate.
    Plate,
    /// Province in which a vehicle without a plate will be registered.
    City,
    /// Registration serial.
    Serial,
    /// Make.
    Brand,
    /// Model year.
    Year,
    /// Model.
    Model,
    /// Fuel.
    Fuel,
    /// How the vehicle is used.
    Use,
    /// Engine number.
    Engine,
    /// Chassis number.
    Chassis,
    /// Date of registration.
    Registered,
    /// Seats.
    Seats,
    /// Full name.
    Name,
    /// City the customer's address is in.
    AddressCity,
    /// E-mail address.
    Email,
    /// "I have read the documents".
    Acknowledged,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was typed.
    Required,
    /// Nothing was chosen.
    NotChosen,
    /// Something other than the digits 0–9.
    Digits,
    /// This consent is needed.
    Consent,
    /// The documents must be acknowledged.
    Acknowledge,
    /// Eleven digits are needed; so many were typed.
    TcknLength(usize),
    /// It begins with 0.
    TcknZero,
    /// A digit is wrong.
    TcknCheck,
    /// Neither a foreigner's identity number nor one of a passport.
    ForeignId,
    /// Ten digits are needed; so many were typed.
    VknLength(usize),
    /// A digit of the tax number is wrong.
    VknCheck,
    /// The identity number of a citizen, who signs in as an individual.
    Individual,
    /// Not dd.mm.yyyy.
    DateFormat,
    /// No such day.
    DateCalendar,
    /// Later than today.
    DateFuture,
    /// Under 18.
    Underage,
    /// Not ten digits that begin with 5.
    PhoneLength,
    /// A landline.
    PhoneLandline,
    /// Not a Turkish number.
    PhoneForeign,
    /// No such province.
    PlateCity,
    /// A letter plates don't use.
    PlateLetter(char),
    /// Not the shape of a plate.
    PlateShape,
    /// A plate of a kind that the agency sees to itself.
    PlateSpecial,
    /// Not the shape of a serial.
    Serial,
    /// Outside these years.
    Year(u16, u16),
    /// Not the shape of a chassis number.
    Chassis,
    /// Not the shape of an engine number.
    Engine,
    /// Not 1 to 50.
    Seats,
    /// Six digits are needed.
    CodeLength,
    /// Not the shape of an e-mail address.
    Email,
    /// The server did not accept it.
    NotAccepted,
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub wrong: Wrong,
}

/// Checks one field as it is left; what is checked together is checked when the form is sent.
#[must_use]
pub fn check_field(field: Field, text: &str, today: Date, wire: Wire) -> Option<Wrong> {
    match field {
        Field::Tckn => text.parse::<Tckn>().err().map(Wrong::from),
        Field::ForeignId => text.parse::<ForeignId>().err().map(Wrong::from),
        Field::Vkn => text.parse::<Vkn>().err().map(Wrong::from),
        Field::BirthDate => BirthDate::parse(text, today).err().map(Wrong::from),
        Field::Phone => text.parse::<MobilePhone>().err().map(Wrong::from),
        Field::Plate => text.parse::<Plate>().err().map(Wrong::from),
        Field::Serial => DocumentSerial::parse_for(text, wire).err().map(Wrong::from),
        Field::Year => ModelYear::parse(text, today.year()).err().map(|_| Wrong::Year(1900, today.year() + 1)),
        Field::Engine => optional(text, |text| text.parse::<Engine>().err().map(Wrong::from)),
        Field::Chassis => optional(text, |text| text.parse::<Chassis>().err().map(Wrong::from)),
        Field::Registered => optional(text, |text| match Date::parse_dotted(text) {
            Ok(date) if date > today => Some(Wrong::DateFuture),
            Ok(_) => None,
            Err(_) => Some(Wrong::DateFormat),
        }),
        Field::Seats => optional(text, |text| seats(text).is_none().then_some(Wrong::Seats)),
        Field::City | Field::AddressCity | Field::Brand | Field::Model | Field::Fuel | Field::Use => {
            text.is_empty().then_some(Wrong::NotChosen)
        }
        Field::Code => (code_digits(text).len() != 6).then_some(Wrong::CodeLength),
        Field::Name => trim(text).is_empty().then_some(Wrong::Required),
        Field::Email => text.parse::<Email>().err().map(Wrong::from),
        Field::ConsentKvkk | Field::ConsentEtk | Field::Acknowledged => None,
    }
}

/// The digits of a typed code: separators dropped, full-width digits read.
pub(super) fn code_digits(text: &str) -> String {
    text.chars()
        .filter_map(|c| c.to_digit(10).or_else(|| (c as u32).checked_sub(0xFF10).filter(|d| *d < 10)))
        .filter_map(|d| char::from_digit(d, 10))
        .collect()
}

/// A number of seats, 1 to 50.
pub(super) fn seats(text: &str) -> Option<u8> {
    small(text).filter(|seats| (1..=50).contains(seats))
}

fn optional(text: &str, check: impl Fn(&str) -> Option<Wrong>) -> Option<Wrong> {
    if trim(text).is_empty() { None } else { check(text) }
}

impl From<TcknError> for Wrong {
    fn from(error: TcknError) -> Self {
        match error {
            TcknError::Empty => Self::Required,
            TcknError::NotDigits => Self::Digits,
            TcknError::Length(typed) => Self::TcknLength(typed),
            TcknError::LeadingZero => Self::TcknZero,
            TcknError::CheckDigits => Self::TcknCheck,
        }
    }
}

impl From<ForeignIdError> for Wrong {
    fn from(error: ForeignIdError) -> Self {
        match error {
            ForeignIdError::Empty => Self::Required,
            ForeignIdError::Citizen => Self::Individual,
            ForeignIdError::CheckDigits | ForeignIdError::Shape => Self::ForeignId,
        }
    }
}

impl From<VknError> for Wrong {
    fn from(error: VknError) -> Self {
        match error {
            VknError::Empty => Self::Required,
            VknError::NotDigits => Self::Digits,
            VknError::IdentityNumber => Self::Individual,
            VknError::Length(typed) => Self::VknLength(typed),
            VknError::CheckDigit => Self::VknCheck,
        }
    }
}

impl From<BirthDateError> for Wrong {
    fn from(error: BirthDateError) -> Self {
        match error {
            BirthDateError::Empty => Self::Required,
            BirthDateError::Format => Self::DateFormat,
            BirthDateError::Calendar | BirthDateError::TooEarly => Self::DateCalendar,
            BirthDateError::Future => Self::DateFuture,
            BirthDateError::Under18 => Self::Underage,
        }
    }
}

impl From<PhoneError> for Wrong {
    fn from(error: PhoneError) -> Self {
        match error {
            PhoneError::Empty => Self::Required,
            PhoneError::NotDigits => Self::Digits,
            PhoneError::Length => Self::PhoneLength,
            PhoneError::Landline => Self::PhoneLandline,
            PhoneError::Foreign => Self::PhoneForeign,
        }
    }
}

impl From<PlateError> for Wrong {
    fn from(error: PlateError) -> Self {
        match error {
            PlateError::Empty => Self::Required,
            PlateError::City => Self::PlateCity,
            PlateError::Letter(letter) => Self::PlateLetter(letter),
            PlateError::Special => Self::PlateSpecial,
            PlateError::Shape | PlateError::ZeroSerial => Self::PlateShape,
        }
    }
}

impl From<DocumentSerialError> for Wrong {
    fn from(error: DocumentSerialError) -> Self {
        match error {
            DocumentSerialError::Empty => Self::Required,
            DocumentSerialError::Shape => Self::Serial,
        }
    }
}

impl From<EmailError> for Wrong {
    fn from(error: EmailError) -> Self {
        if error == EmailError::Empty { Self::Required } else { Self::Email }
    }
}

impl From<ChassisError> for Wrong {
    fn from(_: ChassisError) -> Self {
        Self::Chassis
    }
}

impl From<EngineError> for Wrong {
    fn from(_: EngineError) -> Self {
        Self::Engine
    }
}
