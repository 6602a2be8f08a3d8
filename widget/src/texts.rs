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

    /// Lists that are no words: the code counts on their order, whatever the language.
    #[test]
    fn lists_are_whole_and_the_same_in_both_languages() {
        let table = include_str!("../texts/later.tsv");
        for (key, count, known) in [
            ("list.cities", 81, &[(1, "Adana"), (6, "Ankara"), (33, "Mersin"), (34, "İstanbul"), (67, "Zonguldak"), (81, "Düzce")][..]),
            ("list.covers", 34, &[(1, "aracCalinmasi"), (14, "yedekParcaTuru"), (15, "immLimitiAyrimsiz"), (34, "yanlisAkaryakitDolumu")]),
            ("list.words", 10, &[(1, "ANLASMALI_OZEL_SERVIS"), (10, "HAYIR")]),
        ] {
            let row = table.lines().map(|line| parts(line, "\t")).find(|row| row[0] == key).expect(key);
            assert_eq!(row[1], row[2], "{key}");
            let list = parts(row[1], ",");
            assert_eq!(list.len(), count, "{key}");
            for (place, word) in known {
                assert_eq!(list[*place - 1], *word);
            }
        }
    }

    #[test]
    fn puts_values_in_their_places_as_they_are() {
        let filled = |text: &str| fill(text, &[("name", "a{guess}b"), ("guess", "c")]);
        assert_eq!(filled("“{name}”? {guess}, {guess}"), "“a{guess}b”? c, c");
        assert_eq!(filled("{nobody}, {open"), ", open");
    }
}
