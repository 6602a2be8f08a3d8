//! One JSON tree for everything that crosses the wire.
//!
//! Every endpoint writes its body as a [`Value`] and reads its answer from one, by hand, instead of deriving codecs for each wire
//! type. Three things follow from that:
//!
//! - Members nobody asks for are never looked at, and a member of the wrong kind spoils only what was read from it: one odd
//!   product leaves the rest of a proposal readable.
//! - The browser's own JSON and, natively, `serde_json` fill the same type, which also evens out the one difference between them
//!   (`9000.0` is an integer to the browser and a float to `serde_json`).
//! - No codec is compiled per wire type, and none at all into what a visitor downloads.
//!
//! Objects keep their order, because the API wants `$type` to be the first member of its object.
//!
//! The tree must not grow rules of the insurance domain, and it never prints what it holds: bodies carry identity numbers and
//! tokens, so `Debug` shows kinds only, and there is no `Clone`.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(any(test, not(target_arch = "wasm32")))]
mod native;

use std::{borrow::Cow, fmt};

use crate::domain::normalise::{decimal, trim, whole};

/// The largest whole number a JavaScript number holds exactly, 2^53 − 1; beyond it a number stays a [`Value::Number`].
const SAFE_INTEGER: i64 = (1 << 53) - 1;

/// A JSON value as the API speaks it, read leniently.
///
/// All readers take a value of another kind for "nothing there", so that a decoder decides once, at the end, what it can't do
/// without.
pub enum Value {
    /// `null`, and what a lookup of an absent member gives.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number within ±(2^53 − 1), however it was written: `9000`, `9000.0`, `9e3`.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object, its members in the order in which they are written or were read.
    Object(Vec<(Cow<'static, str>, Value)>),
}

static NULL: Value = Value::Null;

impl Value {
    /// An object without members.
    #[must_use]
    pub fn object() -> Self {
        Self::Object(Vec::new())
    }

    /// Puts a member behind the others of an object; every other kind stays what it is.
    ///
    /// A method for one member, not a list of them: each length of list was compiled anew.
    pub fn put(&mut self, name: &'static str, value: impl Into<Self>) {
        self.put_value(name, value.into());
    }

    #[inline(never)]
    fn put_value(&mut self, name: &'static str, value: Self) {
        if let Self::Object(members) = self {
            members.push((Cow::Borrowed(name), value));
        }
    }

    /// Puts a member if there is a value for it.
    pub fn put_some(&mut self, name: &'static str, value: Option<impl Into<Self>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// An object with one member.
    #[must_use]
    pub fn of(name: &'static str, value: impl Into<Self>) -> Self {
        let mut object = Self::object();
        object.put(name, value);
        object
    }

    /// The member of this name, or `Null`. Case is ignored (ASCII), as the API itself does; of several the last one counts, as
    /// in JavaScript.
    pub fn field(&self, name: &str) -> &Self {
        self.members().iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or(&NULL, |(_, value)| value)
    }

    /// The value at the end of a path of member names, or `Null`.
    pub fn at(&self, path: &[&str]) -> &Self {
        path.iter().fold(self, |value, name| value.field(name))
    }

    /// The first of these members that is present and not null, or `Null`: for members the API has given several names.
    pub fn any_of(&self, names: &[&str]) -> &Self {
        names.iter().map(|name| self.field(name)).find(|value| !value.is_null()).unwrap_or(&NULL)
    }

    /// The string, if this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value as text. Whole numbers and booleans count as text too: the API sends some ids as numbers.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Integer(number) => Some(decimal(*number)),
            Self::Bool(true) => Some("true".to_owned()),
            Self::Bool(false) => Some("false".to_owned()),
            _ => None,
        }
    }

    /// The number, if this is one. Numeric text is not: reading floats from text would cost a visitor a dozen kilobytes.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "an `Integer` lies within ±2^53")]
            Self::Integer(number) => Some(*number as f64),
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The whole number, also from numeric text.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Text(text) => whole(trim(text)),
            _ => None,
        }
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The items of an array; nothing for every other kind, so that `null` reads as an empty list.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The members of an object in their order; nothing for every other kind.
    pub fn members(&self) -> &[(Cow<'static, str>, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// Whether there is nothing here.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// Kinds and member names only: what a body holds is nobody's business in a log.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Bool(_) => f.write_str("Bool(..)"),
            Self::Integer(_) => f.write_str("Integer(..)"),
            Self::Number(_) => f.write_str("Number(..)"),
            Self::Text(_) => f.write_str("Text(..)"),
            Self::List(items) => f.debug_list().entries(items).finish(),
            Self::Object(members) => f.debug_map().entries(members.iter().map(|(name, value)| (name, value))).finish(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::List(items)
    }
}

impl Value {
    /// A number as JSON has it: whole where it is one and every decoder reads it the same.
    fn number(number: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a float beyond i64 saturates, and then differs from `number` or is not safe")]
        let whole = number as i64;
        #[expect(clippy::cast_precision_loss, reason = "compared only within ±2^53")]
        let is_whole = whole.unsigned_abs() <= SAFE_INTEGER.unsigned_abs() && whole as f64 == number;
        if is_whole { Self::Integer(whole) } else { Self::Number(number) }
    }
}

/// An answer without something its reader can't do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("could not read `{path}`")]
pub struct DecodeError {
    /// The member that was missing or of the wrong kind, for example `proposalId`.
    pub path: &'static str,
}

/// Whether arrays and objects of this JSON text are nested at most `limit` deep.
///
/// Asked before parsing: both decoders recurse, and a wasm stack is small. The text need not be valid JSON.
pub fn depth_within(text: &str, limit: usize) -> bool {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => {
                depth += 1;
                if depth > limit {
                    return false;
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn writes_members_in_the_order_given() {
        let mut value = Value::of("$type", "kasko");
        value.put("b", None::<&str>);
        value.put("a", vec![1.into(), true.into(), Value::from("é\"".to_owned())]);
        value.put_some("c", None::<&str>);
        assert_eq!(serde_json::to_string(&value).unwrap(), r#"{"$type":"kasko","b":null,"a":[1,true,"é\""]}"#);
    }

    #[test]
    fn takes_whole_numbers_for_integers_however_written() {
        #[track_caller]
        fn check(text: &str, expected: Option<i64>) {
            let value = read(text);
            assert_eq!(matches!(value, Value::Integer(_)), expected.is_some());
            assert_eq!(value.as_integer(), expected);
        }
        check("0", Some(0));
        check("-0", Some(0));
        check("-0.0", Some(0));
        check("9000.0", Some(9000));
        check("9e3", Some(9000));
        check("-12", Some(-12));
        check("9007199254740991", Some(9_007_199_254_740_991));
        check("-9007199254740991", Some(-9_007_199_254_740_991));
        check("9007199254740992", None);
        check("9007199254740992.0", None);
        check("-9007199254740992", None);
        check("18446744073709551615", None);
        check("-9223372036854775808", None);
        check("1e300", None);
        check("8500.55", None);
    }

    /// Not through text: `serde_json` reads floats to the last digit but one only.
    #[test]
    fn takes_whole_floats_for_integers_up_to_the_largest_exact_one() {
        #[track_caller]
        fn check(number: f64, expected: Option<i64>) {
            let value = Value::number(number);
            assert_eq!(value.as_integer(), expected);
        }
        check(9_007_199_254_740_991.0, Some(9_007_199_254_740_991));
        check(-9_007_199_254_740_991.0, Some(-9_007_199_254_740_991));
        check(9_007_199_254_740_992.0, None);
        check(-9_223_372_036_854_775_808.0, None);
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE, 0.5] {
            check(number, None);
        }
    }

    #[test]
    fn reads_leniently() {
        let value = read(r#"{"Id": 7, "name": "x", "flag": false, "none": null, "inner": {"list": [1, "2"]}, "name": "last"}"#);
        assert_eq!(value.field("id").text().as_deref(), Some("7"));
        assert_eq!(value.field("NAME").as_text(), Some("last"));
        assert_eq!(value.field("flag").text().as_deref(), Some("false"));
        assert_eq!(value.field("flag").as_bool(), Some(false));
        assert!(value.field("none").is_null() && value.field("absent").is_null() && value.at(&["name", "inner"]).is_null());
        assert_eq!(value.at(&["inner", "list"]).items().len(), 2);
        assert_eq!(value.at(&["inner", "list"]).items()[1].as_integer(), Some(2));
        assert!(value.field("none").items().is_empty() && value.field("name").members().is_empty());
        assert_eq!(value.any_of(&["absent", "none", "name"]).as_text(), Some("last"));
        assert_eq!((read("1.5").text(), read("1.5").as_f64(), read("2").as_f64()), (None, Some(1.5), Some(2.0)));
    }

    #[test]
    fn debug_shows_no_content() {
        let value = read(r#"{"identityNumber": 10000000146, "code": "123456", "amounts": [1.5, true, null]}"#);
        assert_eq!(format!("{value:?}"), r#"{"identityNumber": Integer(..), "code": Text(..), "amounts": [Number(..), Bool(..), Null]}"#);
    }

    #[test]
    fn measures_depth_outside_strings() {
        #[track_caller]
        fn check(text: &str, deepest: usize) {
            assert!(depth_within(text, deepest));
            assert!(deepest == 0 || !depth_within(text, deepest - 1));
        }
        check("7", 0);
        check("{}", 1);
        check(r#"[{"a": [1, 2]}, [[]]]"#, 3);
        check(r#"["[[[[", "{{\"{{", "\\", []]"#, 2);
        check(r#"["\\\"[", {}]"#, 2);
        check("]]]][", 1);
        let bomb = "[".repeat(1_000_000);
        assert!(!depth_within(&bomb, 64));
        assert!(!depth_within(&r#"{"a":"#.repeat(65), 64));
        assert!(depth_within(&format!("\"{bomb}\""), 0));
        assert!(depth_within(&format!("{}1{}", "[".repeat(64), "]".repeat(64)), 64));
    }
}
