//! The texts of one language, by name.

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Puts values into the `{…}` of a text. Values are inserted as they are, never inflected.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    // Each piece after the first begins with the name of a place.
    for (number, piece) in text.split('{').enumerate() {
        match piece.split_once('}').filter(|_| number > 0) {
            Some((name, rest)) => {
                let value = values.iter().find(|(of, _)| *of == name).map_or("", |(_, value)| value);
                filled.push_str(value);
                filled.push_str(rest);
            }
            None => filled.push_str(piece),
        }
    }
    filled
}
