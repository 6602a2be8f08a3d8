//! What is wrong with what an agency wrote, for its developer: which member, and what was probably meant. The readers ask only whether
//! anything is; this asks the same of each part, and names what was refused.

use super::grants::{display, insurer, members, origin, permit, product};
use super::{DISPLAYS, Permission, is_exact, is_near};
use crate::domain::normalise::{decimal, split_before};
use crate::flow::Permissions;
use crate::json::Value;

/// A member that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The member, with its place: `insurers.12.sellOnline[0]`.
    pub field: String,
    /// Whether its name is unknown; else it holds the wrong thing.
    pub unknown: bool,
    /// What was probably meant, or what can be.
    pub guess: String,
}

impl Mistake {
    /// A member of a name that is none of those.
    #[must_use]
    pub fn unknown(field: String, name: &str, known: &[&str]) -> Self {
        Self { field, unknown: true, guess: nearest(name, known).map_or_else(|| listed(known), str::to_owned) }
    }

    /// A member that holds something else than it can.
    #[must_use]
    pub fn wrong(field: String, guess: &str) -> Self {
        Self { field, unknown: false, guess: guess.to_owned() }
    }

    /// Why [`insurers`](super::insurers) reads nothing: the first member it can't read.
    #[must_use]
    pub fn in_insurers(value: &Value) -> Option<Self> {
        let Some(all) = members(value) else { return Some(Self::wrong("insurers".to_owned(), "{…}")) };
        let (id, value) = all.iter().find(|(id, value)| insurer(id, value).is_none())?;
        let place = ["insurers.", id].concat();
        let Some(members) = members(value) else { return Some(Self::wrong(place, "{…}")) };
        Some(match members.iter().find(|(name, value)| permit(&mut Permissions::default(), name, value).is_none()) {
            Some((name, value)) => Self::in_permission([&*place, ".", name].concat(), name, value),
            None => Self::wrong(place, "\"12\""),
        })
    }

    fn in_permission(field: String, name: &str, value: &Value) -> Self {
        match (Permission::of_member(name), value) {
            (None, _) => Self::unknown(field, name, &Permission::members()),
            (Some(Permission::SellOnline), Value::List(items)) => {
                let refused = items.iter().enumerate().find(|(_, item)| origin(item).is_none());
                let (number, text) = refused.map_or((0, ""), |(number, item)| (number, item.as_text().unwrap_or_default()));
                Self::wrong([&*field, "[", &decimal(number), "]"].concat(), meant(text).unwrap_or("https://acente.example"))
            }
            (Some(Permission::SellOnline), _) => Self::wrong(field, r#"["https://acente.example"]"#),
            _ => Self::wrong(field, "true, false"),
        }
    }

    /// Why [`products`](super::products) reads nothing: the first member it can't read.
    #[must_use]
    pub fn in_products(value: &Value) -> Option<Self> {
        let Some(all) = members(value) else { return Some(Self::wrong("products".to_owned(), "{…}")) };
        let (id, value) = all.iter().find(|(id, value)| !value.is_null() && product(id, value).is_none())?;
        let guess = if display(value).is_none() { listed(DISPLAYS) } else { "\"61\"".to_owned() };
        Some(Self::wrong(["products.", id].concat(), &guess))
    }
}

/// What is before a path is most likely the origin that was meant.
fn meant(text: &str) -> Option<&str> {
    let scheme = if text.starts_with("https://") { 8 } else { 7 };
    let host = split_before(text.get(scheme..)?, "/?#").0;
    Some(&text[..scheme + host.len()]).filter(|origin| is_exact(origin))
}

/// Words in one line, to choose from.
#[must_use]
#[inline(never)]
pub fn listed(words: &[&str]) -> String {
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push_str(", ");
        }
        line.push_str(word);
    }
    line
}

/// The name that a misspelt one was probably meant to be: at most two letters off.
#[must_use]
#[inline(never)]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    (0..=2).find_map(|letters| known.iter().copied().find(|known| is_near(name, known, letters)))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::options::{Name, insurers, products};

    fn read(text: &str) -> Value {
        serde_json::from_str(text).expect("test JSON")
    }

    #[test]
    fn names_the_exact_member() {
        for (text, field, unknown, guess) in [
            ("[]", "insurers", false, "{…}"),
            (r#"{"12": true}"#, "insurers.12", false, "{…}"),
            (r#"{"a/b": {}}"#, "insurers.a/b", false, "\"12\""),
            (r#"{"12": {"qoute": true}}"#, "insurers.12.qoute", true, "quote"),
            (r#"{"12": {"Logo": true}}"#, "insurers.12.Logo", true, "logo"),
            (r#"{"12": {"price": true}}"#, "insurers.12.price", true, "quote, sellOnline, logo, thirdParty, threeDSecure"),
            (r#"{"12": {"quote": "yes"}}"#, "insurers.12.quote", false, "true, false"),
            (r#"{"12": {"sellOnline": true}}"#, "insurers.12.sellOnline", false, r#"["https://acente.example"]"#),
            (r#"{"12": {"sellOnline": ["https://a.example/x"]}}"#, "insurers.12.sellOnline[0]", false, "https://a.example"),
            (r#"{"12": {"sellOnline": ["https://a.example", "*"]}}"#, "insurers.12.sellOnline[1]", false, "https://acente.example"),
            (r#"{"12": {"sellOnline": ["http://localhost:8800/"]}}"#, "insurers.12.sellOnline[0]", false, "http://localhost:8800"),
            (r#"{"12": {"sellOnline": ["şşşşş"]}}"#, "insurers.12.sellOnline[0]", false, "https://acente.example"),
            (r#"{"12": {"sellOnline": [7]}}"#, "insurers.12.sellOnline[0]", false, "https://acente.example"),
            (r#"{"11": {"quote": true}, "12": {"logo": null, "quote": 1}}"#, "insurers.12.quote", false, "true, false"),
        ] {
            let mistake = Mistake { field: field.to_owned(), unknown, guess: guess.to_owned() };
            assert_eq!(Mistake::in_insurers(&read(text)), Some(mistake), "{text}");
        }
        for (text, field, guess) in [
            ("7", "products", "{…}"),
            (r#"{"61": "sold"}"#, "products.61", "sell, call, hidden"),
            (r#"{"61": true}"#, "products.61", "sell, call, hidden"),
            (r#"{"60": null, "": "call"}"#, "products.", "\"61\""),
        ] {
            assert_eq!(Mistake::in_products(&read(text)), Some(Mistake::wrong(field.to_owned(), guess)), "{text}");
        }
    }

    #[test]
    fn guesses_what_was_meant() {
        let known = ["", "quote", "sellOnline", "logo"];
        assert_eq!(nearest("qoute", &known), Some("quote"));
        assert_eq!(nearest("sellonline", &known), Some("sellOnline"));
        assert_eq!((nearest("price", &known), nearest("a", &known)), (None, None));
        // The nearest, not the first that is near enough.
        assert_eq!(nearest("phne", &["phase", "phone"]), Some("phone"));
    }

    /// Any JSON that is not far from what can be written.
    fn json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            Just("true".to_owned()),
            Just("7".to_owned()),
            Just("{}".to_owned()),
            Just("[]".to_owned()),
            "(sell|call|hidden|sold|https://a\\.example|https://a\\.example/|)".prop_map(|text| format!("\"{text}\"")),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            let name = "(quote|sellOnline|logo|thirdParty|threeDSecure|qoute|Logo|12|a/b|)";
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(","))),
                prop::collection::vec((name, inner), 0..3).prop_map(|members| {
                    let members: Vec<_> = members.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
                    format!("{{{}}}", members.join(","))
                }),
            ]
        })
    }

    /// How many letters are between two words, by the usual table.
    fn distance(a: &str, b: &str) -> usize {
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, left) in a.bytes().enumerate() {
            let mut diagonal = std::mem::replace(&mut row[0], i + 1);
            for (j, right) in b.bytes().enumerate() {
                let cost = if left == right { diagonal } else { 1 + diagonal.min(row[j]).min(row[j + 1]) };
                diagonal = std::mem::replace(&mut row[j + 1], cost);
            }
        }
        row[b.len()]
    }

    proptest! {
        #[test]
        fn something_is_named_exactly_if_nothing_is_read(text in json()) {
            let value = read(&text);
            prop_assert_eq!(insurers(&value).is_none(), Mistake::in_insurers(&value).is_some());
            prop_assert_eq!(products(&value).is_none(), Mistake::in_products(&value).is_some());
        }

        #[test]
        fn counts_letters_as_the_usual_way_does(known in 0..Name::ALL.len(), cut in 0..20_usize, put in "[a-eA-Z-]{0,2}", name in "[a-d]{0,5}") {
            let known = Name::ALL[known].member;
            let cut = cut.min(known.len());
            let near = [&known[..cut], &put, known.get(cut + 1..).unwrap_or_default()].concat();
            for (name, known) in [(near.as_str(), known), (name.as_str(), "abcd")] {
                for letters in 0..=2 {
                    prop_assert_eq!(is_near(name, known, letters), distance(name, known) <= letters as usize, "{} {}", name, known);
                }
            }
        }
    }
}
