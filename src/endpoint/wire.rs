//! Shapes that several operations share, and the choice between the two forms of writing them.

use crate::domain::normalise::{join, trim};
use crate::{
    domain::{AgentId, Channel, CoverageGroupId, Date, DocumentSerial, DocumentSerialError, MobilePhone, Plate, UtilizationStyle, is_id},
    json::{DecodeError, Value},
};

/// In which form bodies are written. Reading accepts both, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wire {
    /// As the API's own client libraries write: `$type` first, nested plate and phone, ISO dates.
    #[default]
    Current,
    /// As the printed guides write: `type`, flat plate and phone, dotted dates.
    Guide,
}

impl Wire {
    /// Name of the member that says which kind of object a body is; it comes first.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::Current => "$type",
            Self::Guide => "type",
        }
    }

    pub(super) fn date(self, date: Date) -> Value {
        match self {
            Self::Current => date.iso().into(),
            Self::Guide => date.dotted().into(),
        }
    }

    pub(super) fn phone(self, phone: &MobilePhone) -> Value {
        match self {
            Self::Current => {
                let mut parts = Value::of("countryCode", 90);
                parts.put("number", phone.number());
                parts
            }
            Self::Guide => phone.international().into(),
        }
    }

    pub(super) fn channel(self, channel: Channel) -> &'static str {
        match (self, channel) {
            (_, Channel::Website) => "WEBSITE",
            (Self::Current, Channel::MobileApp) => "MOBILE_APP",
            (Self::Guide, Channel::MobileApp) => "MOBILE",
        }
    }

    /// Puts the members that carry plate and document serial.
    pub(super) fn put_registration(self, body: &mut Value, plate: &Plate, serial: Option<&DocumentSerial>) {
        match self {
            Self::Current => {
                let mut parts = Value::of("city", i64::from(plate.city()));
                parts.put_some("code", plate.code());
                body.put("plate", parts);
                if let Some(serial) = serial {
                    let mut parts = Value::of("code", serial.code());
                    parts.put("number", serial.number());
                    body.put("documentSerial", parts);
                }
            }
            Self::Guide => {
                body.put("plate", plate.compact());
                if let Some(serial) = serial {
                    body.put("documentSerialCode", serial.code());
                    body.put("documentSerialNumber", serial.number());
                }
            }
        }
    }
}

impl DocumentSerial {
    /// Reads a typed serial; where a server of the guides' form is spoken to, also the shape of the guides' samples.
    ///
    /// # Errors
    ///
    /// [`DocumentSerialError`].
    pub fn parse_for(text: &str, wire: Wire) -> Result<Self, DocumentSerialError> {
        match wire {
            Wire::Current => text.parse(),
            Wire::Guide => Self::parse_with_samples(text),
        }
    }
}

impl AgentId {
    /// Takes a configured agency id.
    pub fn parse(text: &str, wire: Wire) -> Option<Self> {
        let text = trim(text);
        if Self::fits(text, wire) { Self::new(text) } else { None }
    }

    /// Whether this can be one: a GUID, or any id where a server of the guides' form is spoken to.
    #[must_use]
    pub fn fits(text: &str, wire: Wire) -> bool {
        if wire == Wire::Guide { is_id(text) } else { Self::is_guid(text) }
    }
}

impl CoverageGroupId {
    /// Whether this can be one: in the current form of the API only its own kind of id.
    #[must_use]
    pub fn fits(text: &str, wire: Wire) -> bool {
        if wire == Wire::Guide { is_id(text) } else { Self::is_object_id(text) }
    }
}

/// An entry of one of the API's lists: a reference to send back and a text to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the API wants to read.
    pub value: String,
    /// What the customer reads.
    pub text: String,
}

pub(super) fn choice(value: &Value) -> Option<Choice> {
    let reference = value.field("value").text()?;
    Some(Choice { text: value.field("text").text().unwrap_or_else(|| reference.clone()), value: reference })
}

/// An answer that is a list of choices; entries without a value are left out.
pub(super) fn choices(body: &Value) -> Result<Vec<Choice>, DecodeError> {
    Ok(readable(list(body, "items")?, choice))
}

/// What to show for a choice, also where an answer carries only the text.
pub(super) fn choice_text(value: &Value) -> Option<String> {
    choice(value).map_or_else(|| value.text(), |choice| Some(choice.text))
}

/// Those of the items that can be read.
pub(super) fn readable<T>(items: &[Value], read: fn(&Value) -> Option<T>) -> Vec<T> {
    // A loop, not `collect`: that is compiled at three times the size for each kind of item.
    let mut found = Vec::with_capacity(items.len());
    for item in items {
        if let Some(read) = read(item) {
            found.push(read);
        }
    }
    found
}

/// An answer that is a list, bare or in a member of an object; `null` is an empty list.
pub(super) fn list<'a>(body: &'a Value, member: &'static str) -> Result<&'a [Value], DecodeError> {
    match body {
        Value::List(items) => Ok(items),
        Value::Null => Ok(&[]),
        body => match body.any_of(&[member, "items", "data"]) {
            Value::List(items) => Ok(items),
            _ => Err(DecodeError { path: member }),
        },
    }
}

/// A date in either form, or the date of an instant.
pub(super) fn date(value: &Value) -> Option<Date> {
    let text = value.as_text()?;
    Date::parse_iso(text).or_else(|_| Date::parse_dotted(text)).ok()
}

/// A plate, nested or flat; nothing for one of another shape.
pub(super) fn plate(value: &Value) -> Option<Plate> {
    if let Some(text) = value.as_text() {
        return text.parse().ok();
    }
    let city = u8::try_from(value.field("city").as_integer()?).ok()?;
    let plate = Plate::without_code(city).ok()?;
    match value.field("code").as_text().unwrap_or_default() {
        "" => Some(plate),
        code => join(plate.compact().as_str(), code, "").parse().ok(),
    }
}

/// A document serial, nested or flat, of any shape that has been seen.
pub(super) fn document_serial(body: &Value) -> Option<DocumentSerial> {
    let nested = body.field("documentSerial");
    let part = |name, flat| nested.field(name).text().or_else(|| body.field(flat).text()).unwrap_or_default();
    let text = nested.text().unwrap_or_else(|| join(&part("code", "documentSerialCode"), &part("number", "documentSerialNumber"), ""));
    DocumentSerial::parse_with_samples(&text).ok()
}

/// A use of a vehicle, as word or ordinal; nothing where the answer doesn't know it either.
pub(super) fn utilization(value: &Value) -> Option<UtilizationStyle> {
    let style = match value.as_integer() {
        Some(ordinal) => UtilizationStyle::from_ordinal(ordinal),
        None => value.as_text().map(UtilizationStyle::parse),
    };
    style.filter(|style| *style != UtilizationStyle::UNDETERMINED)
}

/// Percent-encodes text for one path segment or query value.
pub(super) fn encoded(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn reads_plates_in_both_forms() {
        #[track_caller]
        fn check(text: &str, expected: Option<&str>) {
            assert_eq!(plate(&read(text)).map(|plate| plate.to_string()).as_deref(), expected);
        }
        check(r#"{"city": 34, "code": "ABC123"}"#, Some("34 ABC 123"));
        check(r#"{"city": "06", "code": "a 1234"}"#, Some("06 A 1234"));
        check(r#"{"city": 6}"#, Some("06"));
        check(r#"{"city": 6, "code": null}"#, Some("06"));
        check(r#""34ABC123""#, Some("34 ABC 123"));
        check(r#"{"city": 340, "code": "ABC123"}"#, None);
        check(r#"{"city": 34, "code": "CC 1"}"#, None);
        check("null", None);
    }

    #[test]
    fn reads_serials_in_all_forms() {
        #[track_caller]
        fn check(text: &str, expected: Option<&str>) {
            assert_eq!(document_serial(&read(text)).map(|serial| serial.to_string()).as_deref(), expected);
        }
        check(r#"{"documentSerial": {"code": "AB", "number": "012345"}}"#, Some("AB 012345"));
        check(r#"{"documentSerial": {"code": "AB", "number": 123456}}"#, Some("AB 123456"));
        check(r#"{"documentSerial": "AB123456"}"#, Some("AB 123456"));
        check(r#"{"documentSerialCode": "A", "documentSerialNumber": "1234567"}"#, Some("A 1234567"));
        check(r#"{"documentSerial": null}"#, None);
        check(r#"{"documentSerial": {"code": "AB"}}"#, None);
    }

    #[test]
    fn reads_uses_as_word_or_ordinal() {
        assert_eq!(utilization(&read("1")), Some(UtilizationStyle::PRIVATE_CAR));
        assert_eq!(utilization(&read(r#""private_car""#)), Some(UtilizationStyle::PRIVATE_CAR));
        assert_eq!(utilization(&read(r#""HOVERCRAFT""#)), Some(UtilizationStyle::parse("HOVERCRAFT")));
        assert_eq!(utilization(&read("99")), Some(UtilizationStyle::parse("99")));
        for nothing in ["null", "0", "-1", r#""UNKNOWN""#] {
            assert_eq!(utilization(&read(nothing)), None);
        }
    }

    #[test]
    fn encodes_whatever_could_bend_an_address() {
        assert_eq!(encoded("aZ9-._~"), "aZ9-._~");
        assert_eq!(encoded("a b&c=d%/?#ş:"), "a%20b%26c%3Dd%25%2F%3F%23%C5%9F%3A");
    }

    #[test]
    fn samples_of_the_guides_pass_in_their_own_form_only() {
        assert!(
            DocumentSerial::parse_for("A 1234567", Wire::Guide).is_ok() && DocumentSerial::parse_for("A 1234567", Wire::Current).is_err()
        );
        assert!(AgentId::parse("AGENT-001", Wire::Guide).is_some() && AgentId::parse("AGENT-001", Wire::Current).is_none());
        assert!(AgentId::parse(" 3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90 ", Wire::Current).is_some());
    }
}
