//! Reads the plain objects that programs hand in, and says which member is wrong and why.

use std::cell::RefCell;
use std::fmt::Display;
use std::str::FromStr;

use insurup_core::domain::Date;
use insurup_core::json::Value;

/// What a program got wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invalid {
    /// The member, with its place: `card.number`.
    pub(crate) field: String,
    /// A sentence's end: "is missing". Never the value.
    pub(crate) why: String,
}

impl Invalid {
    pub(crate) fn new(field: impl Into<String>, why: impl Display) -> Self {
        Self { field: field.into(), why: why.to_string() }
    }
}

/// An object whose members are read one by one. A member nobody reads is a mistake too: most likely its name is.
#[derive(Debug)]
pub(crate) struct Arguments<'a> {
    value: &'a Value,
    place: String,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> Arguments<'a> {
    pub(crate) fn of(value: &'a Value) -> Result<Self, Invalid> {
        Self::at(value, "")
    }

    fn at(value: &'a Value, place: &str) -> Result<Self, Invalid> {
        match value {
            Value::Object(_) | Value::Null => Ok(Self { value, place: place.to_owned(), known: RefCell::default() }),
            _ => Err(Invalid::new(if place.is_empty() { "arguments" } else { place }, "is not an object")),
        }
    }

    pub(crate) fn wrong(&self, name: &str, why: impl Display) -> Invalid {
        Invalid::new(if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }, why)
    }

    /// A member as it is; `Null` where there is none. Names are exact here: the tree itself ignores case, for the API's sake.
    pub(crate) fn get(&self, name: &'static str) -> &'a Value {
        static NOTHING: Value = Value::Null;
        self.known.borrow_mut().push(name);
        self.value.members().iter().rev().find(|(of, _)| of == name).map_or(&NOTHING, |(_, value)| value)
    }

    pub(crate) fn optional_text(&self, name: &'static str) -> Result<Option<&'a str>, Invalid> {
        match self.get(name) {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text)),
            _ => Err(self.wrong(name, "is not a string")),
        }
    }

    pub(crate) fn text(&self, name: &'static str) -> Result<&'a str, Invalid> {
        self.optional_text(name)?.ok_or_else(|| self.wrong(name, "is missing"))
    }

    /// An id, by its constructor.
    pub(crate) fn id<T>(&self, name: &'static str, new: impl FnOnce(String) -> Option<T>) -> Result<T, Invalid> {
        new(self.text(name)?.to_owned()).ok_or_else(|| self.wrong(name, "can't be an id"))
    }

    pub(crate) fn optional_id<T>(&self, name: &'static str, new: impl FnOnce(String) -> Option<T>) -> Result<Option<T>, Invalid> {
        let Some(text) = self.optional_text(name)? else { return Ok(None) };
        new(text.to_owned()).map(Some).ok_or_else(|| self.wrong(name, "can't be an id"))
    }

    /// Ids in a list.
    pub(crate) fn ids<T>(&self, name: &'static str, new: impl Fn(String) -> Option<T>) -> Result<Vec<T>, Invalid> {
        let read = |item: &Value| {
            item.as_text().and_then(|text| new(text.to_owned())).ok_or_else(|| self.wrong(name, "holds something that can't be an id"))
        };
        self.list(name)?.iter().map(read).collect()
    }

    pub(crate) fn list(&self, name: &'static str) -> Result<&'a [Value], Invalid> {
        match self.get(name) {
            Value::List(items) => Ok(items),
            Value::Null => Ok(&[]),
            _ => Err(self.wrong(name, "is not an array")),
        }
    }

    pub(crate) fn texts(&self, name: &'static str) -> Result<Vec<String>, Invalid> {
        let read = |item: &Value| item.as_text().map(str::to_owned).ok_or_else(|| self.wrong(name, "holds something that is not a string"));
        self.list(name)?.iter().map(read).collect()
    }

    /// A value of the domain, which says itself what is wrong with it.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(&self, name: &'static str) -> Result<T, Invalid> {
        self.read(name, T::from_str)
    }

    pub(crate) fn optional_parsed<T: FromStr<Err: Display>>(&self, name: &'static str) -> Result<Option<T>, Invalid> {
        self.optional(name, T::from_str)
    }

    pub(crate) fn read<T, E: Display>(&self, name: &'static str, read: impl FnOnce(&str) -> Result<T, E>) -> Result<T, Invalid> {
        read(self.text(name)?).map_err(|error| self.wrong(name, error))
    }

    pub(crate) fn optional<T, E: Display>(
        &self,
        name: &'static str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, Invalid> {
        self.optional_text(name)?.map(|text| read(text).map_err(|error| self.wrong(name, error))).transpose()
    }

    /// `YYYY-MM-DD`.
    pub(crate) fn optional_date(&self, name: &'static str) -> Result<Option<Date>, Invalid> {
        self.optional(name, Date::parse_iso)
    }

    /// A whole number in the bounds.
    pub(crate) fn optional_whole(&self, name: &'static str, least: u16, most: u16) -> Result<Option<u16>, Invalid> {
        let number = match self.get(name) {
            Value::Null => return Ok(None),
            Value::Integer(number) => u16::try_from(*number).ok().filter(|number| (least..=most).contains(number)),
            _ => None,
        };
        number.map(Some).ok_or_else(|| self.wrong(name, format_args!("is not a whole number from {least} to {most}")))
    }

    pub(crate) fn small(&self, name: &'static str, least: u8, most: u8) -> Result<u8, Invalid> {
        let number = self.optional_whole(name, least.into(), most.into())?.ok_or_else(|| self.wrong(name, "is missing"))?;
        Ok(u8::try_from(number).unwrap_or(most))
    }

    /// `false` where there is none.
    pub(crate) fn flag(&self, name: &'static str) -> Result<bool, Invalid> {
        match self.get(name) {
            Value::Null => Ok(false),
            Value::Bool(flag) => Ok(*flag),
            _ => Err(self.wrong(name, "is not a boolean")),
        }
    }

    pub(crate) fn optional_one_of<T: Copy>(&self, name: &'static str, words: &[(&str, T)]) -> Result<Option<T>, Invalid> {
        let Some(text) = self.optional_text(name)? else { return Ok(None) };
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        let list = || words.iter().map(|(word, _)| format!("'{word}'")).collect::<Vec<_>>().join(", ");
        found.map(Some).ok_or_else(|| self.wrong(name, format_args!("is none of {}", list())))
    }

    pub(crate) fn one_of<T: Copy>(&self, name: &'static str, words: &[(&str, T)]) -> Result<T, Invalid> {
        self.optional_one_of(name, words)?.ok_or_else(|| self.wrong(name, "is missing"))
    }

    /// An object in the object.
    pub(crate) fn object(&self, name: &'static str) -> Result<Arguments<'a>, Invalid> {
        let place = if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) };
        Self::at(self.get(name), &place)
    }

    /// To be called last: complains about a member nobody asked for.
    pub(crate) fn finish(self) -> Result<(), Invalid> {
        let known = self.known.borrow();
        match self.value.members().iter().find(|(name, value)| !value.is_null() && !known.contains(&&**name)) {
            Some((name, _)) => Err(self.wrong(name, "is not known here")),
            None => Ok(()),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use insurup_core::domain::{Plate, ProductId};

    fn value(text: &str) -> Value {
        serde_json::from_str(text).expect("JSON")
    }

    fn why<T>(result: Result<T, Invalid>) -> String {
        result.err().map(|invalid| format!("{} {}", invalid.field, invalid.why)).unwrap_or_default()
    }

    #[test]
    fn names_the_member_and_what_is_wrong_with_it() {
        let value = value(r#"{"a": 7, "plate": "34 QQ 1", "flag": "yes", "n": 13, "word": "x", "inner": {"list": [1]}, "id": ""}"#);
        let arguments = Arguments::of(&value).expect("an object");
        assert_eq!(why(arguments.text("a")), "a is not a string");
        assert_eq!(why(arguments.text("b")), "b is missing");
        assert!(why(arguments.parsed::<Plate>("plate")).starts_with("plate "));
        assert_eq!(why(arguments.flag("flag")), "flag is not a boolean");
        assert_eq!(why(arguments.small("n", 1, 12)), "n is not a whole number from 1 to 12");
        assert_eq!(why(arguments.one_of("word", &[("y", 1), ("z", 2)])), "word is none of 'y', 'z'");
        assert_eq!(why(arguments.object("inner").and_then(|inner| inner.texts("list"))), "inner.list holds something that is not a string");
        assert_eq!(why(arguments.id("id", ProductId::new)), "id can't be an id");
        assert_eq!(why(arguments.optional_date("a")), "a is not a string");
        assert_eq!(why(Arguments::of(&Value::Bool(true))), "arguments is not an object");
    }

    #[test]
    fn an_unknown_member_is_a_mistake_and_names_are_exact() {
        let value = value(r#"{"plate": "34 ABC 123", "Serial": "AB 123456", "none": null}"#);
        let arguments = Arguments::of(&value).expect("an object");
        assert!(arguments.text("plate").is_ok());
        assert_eq!(why(arguments.text("serial")), "serial is missing");
        assert_eq!(why(arguments.finish()), "Serial is not known here");
    }

    #[test]
    fn what_is_absent_is_what_was_left_out() {
        let arguments = Arguments::of(&Value::Null).expect("nothing");
        assert_eq!((arguments.flag("a"), arguments.texts("b")), (Ok(false), Ok(Vec::new())));
        assert_eq!((arguments.optional_text("c"), arguments.optional_whole("d", 1, 2)), (Ok(None), Ok(None)));
        assert_eq!(arguments.finish(), Ok(()));
    }
}
