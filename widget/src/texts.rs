//! The texts of one language, by name.

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Puts values into the `{…}` of a text. Values are inserted as they are, never inflected.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = text.to_owned();
    for (name, value) in values {
        let mut place = String::with_capacity(name.len() + 2);
        place.push('{');
        place.push_str(name);
        place.push('}');
        filled = filled.replace(&place, value);
    }
    filled
}
