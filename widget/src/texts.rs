//! The texts of one language, by name.

use insurup_core::domain::normalise::{parts, split_before};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Puts values into the `{…}` of a text. Values are inserted as they are, never inflected.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    // Each piece after the first begins with the name of a place.
    for (number, piece) in parts(text, "{").into_iter().enumerate() {
        match split_before(piece, "}") {
            (name, rest) if number > 0 && !rest.is_empty() => {
                let value = values.iter().find(|(of, _)| *of == name).map_or("", |(_, value)| value);
                filled.push_str(value);
                filled.push_str(&rest[1..]);
            }
            _ => filled.push_str(piece),
        }
    }
    filled
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn puts_values_in_their_places_as_they_are() {
        let filled = |text: &str| fill(text, &[("name", "a{guess}b"), ("guess", "c")]);
        assert_eq!(filled("“{name}”? {guess}, {guess}"), "“a{guess}b”? c, c");
        assert_eq!(filled("{nobody}, {open"), ", open");
    }
}
