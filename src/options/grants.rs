//! What is granted and held back, by insurer and by product.

use std::borrow::Cow;

use super::{DISPLAYS, Permission, is_exact, listed, nearest};
use crate::domain::normalise::{decimal, join, split_before};
use crate::domain::{CatalogueId, InsurerId};
use crate::flow::{Display, Permissions};
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
}

type Members = [(Cow<'static, str>, Value)];

fn members<'a>(value: &'a Value, field: &str) -> Result<&'a Members, Mistake> {
    match value {
        Value::Object(members) => Ok(members),
        Value::Null => Ok(&[]),
        _ => Err(Mistake::wrong(field.to_owned(), "{…}")),
    }
}

/// Reads `{"<insurer>": {"quote": true, "sellOnline": ["https://…"], …}}`. Nothing is granted that is not written.
///
/// # Errors
///
/// The first member that can't be read.
pub fn insurers(value: &Value) -> Result<Vec<(InsurerId, Permissions)>, Mistake> {
    let mut granted = Vec::new();
    for (id, value) in members(value, "insurers")? {
        let place = join("insurers.", id, "");
        let permissions = permissions(value, &place)?;
        let Some(insurer) = InsurerId::new(&**id) else { return Err(Mistake::wrong(place, "\"12\"")) };
        granted.push((insurer, permissions));
    }
    Ok(granted)
}

fn permissions(value: &Value, place: &str) -> Result<Permissions, Mistake> {
    let mut permissions = Permissions::default();
    for (name, value) in members(value, place)? {
        let field = join(place, ".", name);
        let flag = match Permission::of_member(name) {
            _ if value.is_null() => continue,
            Some(Permission::Quote) => &mut permissions.quote,
            Some(Permission::Logo) => &mut permissions.logo,
            Some(Permission::ThirdParty) => &mut permissions.third_party,
            Some(Permission::ThreeDSecure) => &mut permissions.three_d_secure,
            Some(Permission::SellOnline) => {
                permissions.sell_online = origins(value, field)?;
                continue;
            }
            None => return Err(Mistake::unknown(field, name, Permission::MEMBERS)),
        };
        let Some(written) = value.as_bool() else { return Err(Mistake::wrong(field, "true, false")) };
        *flag = written;
    }
    Ok(permissions)
}

fn origins(value: &Value, field: String) -> Result<Vec<String>, Mistake> {
    let Value::List(items) = value else { return Err(Mistake::wrong(field, r#"["https://acente.example"]"#)) };
    let mut origins = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let text = item.as_text().unwrap_or_default();
        if !is_exact(text) {
            // What is before a path is most likely what was meant.
            let scheme = if text.starts_with("https://") { 8 } else { 7 };
            let meant = text.get(scheme..).map_or(text, |rest| &text[..scheme + split_before(rest, "/?#").0.len()]);
            let guess = if is_exact(meant) { meant } else { "https://acente.example" };
            return Err(Mistake::wrong([&*field, "[", &decimal(number), "]"].concat(), guess));
        }
        origins.push(text.to_owned());
    }
    Ok(origins)
}

/// Reads `{"<productId>": "sell" | "call" | "hidden"}`.
///
/// # Errors
///
/// The first member that can't be read.
pub fn products(value: &Value) -> Result<Vec<(CatalogueId, Display)>, Mistake> {
    let mut products = Vec::new();
    for (id, value) in members(value, "products")? {
        let display = match value.as_text().and_then(|word| DISPLAYS.iter().position(|known| *known == word)) {
            _ if value.is_null() => continue,
            Some(0) => Display::Sell,
            Some(1) => Display::Call,
            Some(_) => Display::Hidden,
            None => return Err(Mistake::wrong(join("products.", id, ""), &listed(DISPLAYS))),
        };
        let Some(product) = CatalogueId::new(&**id) else { return Err(Mistake::wrong(join("products.", id, ""), "\"61\"")) };
        products.push((product, display));
    }
    Ok(products)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn read(text: &str) -> Value {
        serde_json::from_str(text).expect("test JSON")
    }

    #[test]
    fn grants_what_is_written_and_nothing_else() {
        let text =
            r#"{"12": {"quote": true, "sellOnline": ["https://acente.example"], "threeDSecure": true}, "13": {}, "14": {"logo": null}}"#;
        let granted = insurers(&read(text)).unwrap();
        let written = Permissions {
            quote: true,
            sell_online: vec!["https://acente.example".to_owned()],
            three_d_secure: true,
            ..Permissions::default()
        };
        let granted: Vec<_> = granted.iter().map(|(id, permissions)| (id.as_str(), permissions)).collect();
        assert_eq!(granted, [("12", &written), ("13", &Permissions::default()), ("14", &Permissions::default())]);
        assert_eq!(insurers(&Value::Null), Ok(Vec::new()));
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
        ] {
            let mistake = Mistake { field: field.to_owned(), unknown, guess: guess.to_owned() };
            assert_eq!(insurers(&read(text)), Err(mistake), "{text}");
        }
        for (text, field, guess) in [
            ("7", "products", "{…}"),
            (r#"{"61": "sold"}"#, "products.61", "sell, call, hidden"),
            (r#"{"61": true}"#, "products.61", "sell, call, hidden"),
            (r#"{"": "call"}"#, "products.", "\"61\""),
        ] {
            assert_eq!(products(&read(text)), Err(Mistake::wrong(field.to_owned(), guess)), "{text}");
        }
        let id = |text: &str| CatalogueId::new(text).unwrap();
        let read = products(&read(r#"{"61": "call", "64": "hidden", "67": "sell"}"#));
        assert_eq!(read, Ok(vec![(id("61"), Display::Call), (id("64"), Display::Hidden), (id("67"), Display::Sell)]));
    }
}
