//! The two forms in which the API has been described, and which one a request speaks.

use std::str::FromStr;

use crate::body::Body;
use crate::error::AppError;

/// Which form of the API the sandbox plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WireMode {
    /// Today's form, strictly.
    #[default]
    Current,
    /// The older form of the written guides, strictly.
    Guide,
    /// Either; answers follow the request.
    Both,
}

impl FromStr for WireMode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "current" => Ok(Self::Current),
            "guide" => Ok(Self::Guide),
            "both" => Ok(Self::Both),
            _ => Err(format!("`{text}` is no wire form; choose `current`, `guide` or `both`")),
        }
    }
}

/// The form one request or session speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Current,
    Guide,
}

impl WireMode {
    /// The form to answer in when the request's form is `seen`.
    pub(crate) fn answer(self, seen: Form) -> Form {
        match self {
            Self::Current => Form::Current,
            Self::Guide => Form::Guide,
            Self::Both => seen,
        }
    }

    /// The form of a polymorphic body, and the name of its kind.
    ///
    /// Like the original's JSON reader, the current form only sees a `$type` that comes first.
    pub(crate) fn discriminated(self, body: &Body) -> Result<(Form, &str), AppError> {
        let first = body.first().filter(|(key, _)| *key == "$type").and_then(|(_, value)| value.as_str());
        let guide = body.get("type").and_then(serde_json::Value::as_str);
        match (self, first, guide) {
            (Self::Current | Self::Both, Some(kind), _) => Ok((Form::Current, kind)),
            (Self::Guide | Self::Both, None, Some(kind)) if body.get("$type").is_none() => Ok((Form::Guide, kind)),
            (Self::Guide, Some(_), _) => {
                Err(AppError::malformed("type", "this sandbox plays the guides' form: expected `type`, found `$type`"))
            }
            (Self::Guide, None, _) => Err(AppError::malformed("type", "the body needs a `type`")),
            (Self::Current | Self::Both, None, _) => Err(AppError::late_discriminator()),
        }
    }

    /// Refuses a body whose form is not the one played. `what` names the property that shows the form.
    pub(crate) fn admit(self, seen: Form, what: &'static str) -> Result<Form, AppError> {
        match (self, seen) {
            (Self::Current, Form::Guide) => Err(AppError::malformed(what, "this is the guides' form; the current form is expected here")),
            (Self::Guide, Form::Current) => Err(AppError::malformed(what, "this is the current form; the guides' form is expected here")),
            _ => Ok(seen),
        }
    }
}
