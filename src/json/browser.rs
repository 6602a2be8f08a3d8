//! The tree from and to the browser's own JSON. Measured against `serde-wasm-bindgen` for the same tree: 4 kB (brotli) less, one
//! dependency less, and no float formatting behind error messages nobody reads.

use std::borrow::Cow;

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::Value;

impl Value {
    /// Reads JSON text; nothing if it is not JSON. Ask [`depth_within`](super::depth_within) first: this recurses.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok().map(|value| Self::from_js(&value))
    }

    /// Reads plain data. What JSON has no word for is `Null`.
    #[must_use]
    pub fn from_js(value: &JsValue) -> Self {
        if let Some(number) = value.as_f64() {
            Self::number(number)
        } else if let Some(text) = value.as_string() {
            Self::Text(text)
        } else if let Some(flag) = value.as_bool() {
            Self::Bool(flag)
        } else if Array::is_array(value) {
            Self::List(each(&Array::from(value), |item| Self::from_js(&item)))
        } else if value.is_object() {
            let member = |entry: JsValue| {
                let entry = Array::from(&entry);
                (Cow::Owned(entry.get(0).as_string().unwrap_or_default()), Self::from_js(&entry.get(1)))
            };
            Self::Object(each(&Object::entries(value.unchecked_ref()), member))
        } else {
            Self::Null
        }
    }

    /// Writes JSON text, members in their order.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    /// Only single values go through the browser's own writer: of lists and objects it would ask for a `toJSON`, and some pages have
    /// libraries that give one to every list.
    fn write(&self, text: &mut String) {
        let single = |value: &JsValue| JSON::stringify(value).map(String::from).unwrap_or_default();
        match self {
            Self::List(items) => {
                for (place, item) in items.iter().enumerate() {
                    text.push(if place == 0 { '[' } else { ',' });
                    item.write(text);
                }
                *text += if items.is_empty() { "[]" } else { "]" };
            }
            Self::Object(members) => {
                for (place, (name, value)) in members.iter().enumerate() {
                    text.push(if place == 0 { '{' } else { ',' });
                    *text += &single(&name.as_ref().into());
                    text.push(':');
                    value.write(text);
                }
                *text += if members.is_empty() { "{}" } else { "}" };
            }
            value => *text += &single(&value.single()),
        }
    }

    /// Writes plain data.
    #[must_use]
    pub fn to_js(&self) -> JsValue {
        match self {
            Self::List(items) => items.iter().map(Self::to_js).collect::<Array>().into(),
            Self::Object(members) => {
                let object = Object::new();
                for (name, value) in members {
                    // Setting a member of a plain object can't fail. Names that look like numbers would come first; the wire has none.
                    let _ = Reflect::set(&object, &name.as_ref().into(), &value.to_js());
                }
                object.into()
            }
            value => value.single(),
        }
    }

    /// What holds no others.
    fn single(&self) -> JsValue {
        match self {
            Self::Bool(flag) => (*flag).into(),
            #[expect(clippy::cast_precision_loss, reason = "an `Integer` is within ±(2^53 − 1)")]
            Self::Integer(number) => (*number as f64).into(),
            Self::Number(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
            _ => JsValue::NULL,
        }
    }
}

/// What becomes of each item, without the checks of an iterator that may be walked from both ends.
fn each<T>(list: &Array, take: impl Fn(JsValue) -> T) -> Vec<T> {
    (0..list.length()).map(|place| take(list.get(place))).collect()
}
