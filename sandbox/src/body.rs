//! A request's JSON body as it came: properties in order, their names in any case, unknown ones left alone.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use serde_json::{Map, Value};

use crate::error::{AppError, Invalid};

/// A JSON object in the order it was written.
#[derive(Debug, Default)]
pub(crate) struct Body(Map<String, Value>);

impl Body {
    /// The property written first.
    pub(crate) fn first(&self) -> Option<(&str, &Value)> {
        self.0.iter().next().map(|(key, value)| (key.as_str(), value))
    }

    /// A property, its name in any case; null counts as absent.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        get(&self.0, name)
    }

    /// A property as it was written, null too.
    pub(crate) fn as_written(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Begins reading properties and collecting what is wrong with them.
    pub(crate) fn checks(&self) -> Checks<'_> {
        Checks { properties: &self.0, prefix: String::new(), invalid: Vec::new(), misshapen: false }
    }
}

fn get<'a>(properties: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let found = properties.get(name).or_else(|| properties.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value));
    found.filter(|value| !value.is_null())
}

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if !(essence.eq_ignore_ascii_case("application/json") || essence.ends_with("+json")) {
            return Err(AppError::unsupported_media_type());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| AppError::malformed("$", "the body could not be read"))?;
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(properties)) => Ok(Self(properties)),
            Ok(_) => Err(AppError::malformed("$", "the body must be a JSON object")),
            Err(error) => Err(AppError::malformed("$", &format!("the body is not JSON: line {}, column {}", error.line(), error.column()))),
        }
    }
}

/// Reads properties and remembers what is wrong, so that one answer names everything.
#[derive(Debug)]
pub(crate) struct Checks<'a> {
    properties: &'a Map<String, Value>,
    prefix: String,
    invalid: Vec<Invalid>,
    misshapen: bool,
}

impl<'a> Checks<'a> {
    pub(crate) fn get(&self, name: &str) -> Option<&'a Value> {
        get(self.properties, name)
    }

    /// A rule that `name` breaks.
    pub(crate) fn refuse(&mut self, name: &str, message: &str) {
        let attempted_value = self.get(name).cloned().unwrap_or_default();
        self.invalid.push(Invalid { property_name: format!("{}{name}", self.prefix), error_message: message.to_owned(), attempted_value });
    }

    /// The type of `name` is not what the API reads.
    pub(crate) fn misshapen(&mut self, name: &str, expected: &str) {
        self.misshapen = true;
        self.refuse(name, &format!("expected {expected}"));
    }

    /// A text, which may be absent.
    pub(crate) fn text(&mut self, name: &str) -> Option<&'a str> {
        let value = self.get(name)?;
        if value.as_str().is_none() {
            self.misshapen(name, "a string");
        }
        value.as_str()
    }

    /// A text that must be there.
    pub(crate) fn required_text(&mut self, name: &str) -> &'a str {
        let absent = self.get(name).is_none();
        let text = self.text(name).unwrap_or_default();
        if absent || (text.is_empty() && self.get(name).is_some_and(Value::is_string)) {
            self.refuse(name, &format!("'{name}' boş olamaz."));
        }
        text
    }

    /// A text or a whole number, as a text: some ids travel as either.
    pub(crate) fn text_or_number(&mut self, name: &str) -> Option<String> {
        match self.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) if number.is_u64() => Some(number.to_string()),
            _ => {
                self.misshapen(name, "a string or a whole number");
                None
            }
        }
    }

    /// A whole number.
    pub(crate) fn number(&mut self, name: &str) -> Option<u32> {
        let value = self.get(name)?;
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            self.misshapen(name, "a whole number");
        }
        number
    }

    /// One of `names`, as a string or as its place in the list, like the original's enums.
    pub(crate) fn one_of(&mut self, name: &str, names: &'static [&'static str]) -> Option<&'static str> {
        let value = self.get(name)?;
        let found = match value {
            Value::String(text) => names.iter().find(|known| **known == text.as_str()),
            Value::Number(number) => number.as_u64().and_then(|place| usize::try_from(place).ok()).and_then(|place| names.get(place)),
            _ => None,
        };
        if found.is_none() {
            self.misshapen(name, "a known enum value");
        }
        found.copied()
    }

    /// As [`Self::one_of`], and it must be there.
    pub(crate) fn required_one_of(&mut self, name: &str, names: &'static [&'static str]) -> Option<&'static str> {
        if self.get(name).is_none() {
            self.refuse(name, &format!("'{name}' boş olamaz."));
        }
        self.one_of(name, names)
    }

    /// A list, which may be absent.
    pub(crate) fn list(&mut self, name: &str) -> Option<&'a [Value]> {
        let value = self.get(name)?;
        if !value.is_array() {
            self.misshapen(name, "an array");
        }
        value.as_array().map(Vec::as_slice)
    }

    /// The object at `name`, its properties read in the same way.
    pub(crate) fn object<T>(&mut self, name: &str, read: impl FnOnce(&mut Checks<'a>) -> T) -> Option<T> {
        let value = self.get(name)?;
        let Some(properties) = value.as_object() else {
            self.misshapen(name, "an object");
            return None;
        };
        let mut inner = Checks { properties, prefix: format!("{}{name}.", self.prefix), invalid: Vec::new(), misshapen: false };
        let read = read(&mut inner);
        self.misshapen |= inner.misshapen;
        self.invalid.append(&mut inner.invalid);
        Some(read)
    }

    /// Nothing, when nothing was wrong.
    pub(crate) fn done(self) -> Result<(), AppError> {
        match (self.invalid.is_empty(), self.misshapen) {
            (true, _) => Ok(()),
            (false, true) => Err(AppError::misshapen(self.invalid)),
            (false, false) => Err(AppError::invalid(self.invalid)),
        }
    }
}
