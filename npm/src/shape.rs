//! Writes values of the core as the plain objects that programs read: camelCase, absent instead of null, money in minor units, days as
//! `YYYY-MM-DD`. A member that the core gains and this list lacks does not compile.

mod answers;
mod view;

pub(crate) use answers::proposal;

use std::borrow::Cow;
use std::rc::Rc;

use insurup_core::json::Value;

/// Something programs can read.
pub(crate) trait Shape {
    /// The plain value; `Null` where there is nothing, which leaves a member out.
    fn shape(&self) -> Value;
}

/// Puts a member under its name in camelCase, if there is something to put.
pub(crate) fn put(object: &mut Value, name: &'static str, value: Value) {
    if let (Value::Object(members), false) = (object, value.is_null()) {
        members.push((camel(name), value));
    }
}

fn camel(name: &'static str) -> Cow<'static, str> {
    let mut parts = name.split('_');
    let Some(first) = parts.next().filter(|first| first.len() < name.len()) else { return Cow::Borrowed(name) };
    let mut camel = first.to_owned();
    for part in parts {
        let (initial, rest) = part.split_at(part.len().min(1));
        camel.push_str(&initial.to_ascii_uppercase());
        camel.push_str(rest);
    }
    Cow::Owned(camel)
}

/// Objects by the list of their members.
macro_rules! shapes {
    ($($type:ty { $($field:ident),* $(,)? })*) => {$(
        impl $crate::shape::Shape for $type {
            fn shape(&self) -> ::insurup_core::json::Value {
                let Self { $($field),* } = self;
                let mut object = ::insurup_core::json::Value::object();
                $($crate::shape::put(&mut object, stringify!($field), $crate::shape::Shape::shape($field));)*
                object
            }
        }
    )*};
}
pub(crate) use shapes;

/// Types that have a word or text of their own.
macro_rules! words {
    ($($type:ty => |$value:ident| $word:expr;)*) => {$(
        impl $crate::shape::Shape for $type {
            fn shape(&self) -> ::insurup_core::json::Value {
                let $value = self;
                $word.into()
            }
        }
    )*};
}
pub(crate) use words;

words! {
    str => |text| text;
    String => |text| text.as_str();
    bool => |flag| *flag;
    u8 => |number| i64::from(*number);
    u16 => |number| i64::from(*number);
    u32 => |number| i64::from(*number);
    i64 => |number| *number;
    u64 => |number| i64::try_from(*number).unwrap_or(i64::MAX);
    usize => |number| i64::try_from(*number).unwrap_or(i64::MAX);
}

impl Shape for () {
    fn shape(&self) -> Value {
        Value::Null
    }
}

impl<T: Shape> Shape for Option<T> {
    fn shape(&self) -> Value {
        self.as_ref().map_or(Value::Null, Shape::shape)
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn shape(&self) -> Value {
        self.iter().map(Shape::shape).collect::<Vec<_>>().into()
    }
}

impl<T: Shape + ?Sized> Shape for Box<T> {
    fn shape(&self) -> Value {
        (**self).shape()
    }
}

impl<T: Shape + ?Sized> Shape for Rc<T> {
    fn shape(&self) -> Value {
        (**self).shape()
    }
}

/// What is loaded later in the widget is no other thing here.
impl<T: Shape + 'static> Shape for insurup_core::flow::Apart<T> {
    fn shape(&self) -> Value {
        (**self).shape()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn names_are_camel_case() {
        for (name, camel_case) in [("id", "id"), ("full_name", "fullName"), ("last_read_unix_ms", "lastReadUnixMs"), ("a_b", "aB")] {
            assert_eq!(camel(name), camel_case);
        }
    }
}
