//! A plate and a registration serial, read in either form.

use crate::body::Checks;
use crate::error::AppError;
use crate::identity::{is_plate_code, is_serial, split_plate};
use crate::wire::{Form, WireMode};

/// City and code; the code is absent for a vehicle without a plate.
pub(super) type Plate = (u8, Option<String>);

/// The form of a body that carries a plate: an object today, one text in the guides.
pub(super) fn form(checks: &Checks<'_>, wire: WireMode) -> Result<Form, AppError> {
    let seen = if checks.get("plate").is_some_and(serde_json::Value::is_string) { Form::Guide } else { Form::Current };
    wire.admit(seen, "plate")
}

pub(super) fn plate(checks: &mut Checks<'_>, form: Form) -> Plate {
    if checks.get("plate").is_none() {
        checks.refuse("plate", "'plate' boş olamaz.");
        return (0, None);
    }
    if form == Form::Guide {
        let plate = split_plate(checks.required_text("plate"));
        if plate.is_none() {
            checks.refuse("plate", "Plaka geçersiz.");
        }
        return plate.map_or((0, None), |(city, code)| (city, Some(code)));
    }
    let plate = checks.object("plate", |plate| {
        let city = plate.number("city").and_then(|city| u8::try_from(city).ok()).unwrap_or_default();
        if !(1..=81).contains(&city) {
            plate.refuse("city", "Plaka il kodu 1 ile 81 arasında olmalıdır.");
        }
        let code = plate.text("code").map(str::to_owned);
        if code.as_deref().is_some_and(|code| !is_plate_code(code)) {
            plate.refuse("code", "Plaka geçersiz.");
        }
        (city, code)
    });
    plate.unwrap_or((0, None))
}

pub(super) fn serial(checks: &mut Checks<'_>, form: Form) -> Option<(String, String)> {
    let (code, number, name) = if form == Form::Guide {
        let code = checks.text("documentSerialCode")?;
        (code, checks.text_or_number("documentSerialNumber").unwrap_or_default(), "documentSerialNumber")
    } else {
        let read = checks.object("documentSerial", |serial| (serial.required_text("code"), serial.required_text("number").to_owned()));
        let (code, number) = read?;
        (code, number, "documentSerial")
    };
    if !is_serial(code, &number, form == Form::Guide) {
        checks.refuse(name, "Belge seri numarası iki harf ve altı rakamdan oluşmalıdır.");
    }
    Some((code.to_owned(), number))
}
