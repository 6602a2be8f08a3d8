//! What is granted and held back, by insurer and by product.

use std::borrow::Cow;

use super::{DISPLAYS, Permission, is_exact};
use crate::domain::{CatalogueId, InsurerId};
use crate::flow::{Display, Permissions};
use crate::json::Value;

pub(super) type Members = [(Cow<'static, str>, Value)];

/// Nothing if this holds something else than members.
pub(super) fn members(value: &Value) -> Option<&Members> {
    match value {
        Value::Object(members) => Some(members),
        Value::Null => Some(&[]),
        _ => None,
    }
}

/// Reads `{"<insurer>": {"quote": true, "sellOnline": ["https://…"], …}}`. Nothing is granted that is not written, and nothing at all if
/// a member can't be read; [`Mistake::in_insurers`](super::Mistake::in_insurers) names it.
#[must_use]
pub fn insurers(value: &Value) -> Option<Vec<(InsurerId, Permissions)>> {
    let mut granted = Vec::new();
    for (id, value) in members(value)? {
        granted.push(insurer(id, value)?);
    }
    Some(granted)
}

pub(super) fn insurer(id: &str, value: &Value) -> Option<(InsurerId, Permissions)> {
    let mut permissions = Permissions::default();
    for (name, value) in members(value)? {
        permit(&mut permissions, name, value)?;
    }
    Some((InsurerId::new(id)?, permissions))
}

/// Takes over one permission, if it is one.
pub(super) fn permit(permissions: &mut Permissions, name: &str, value: &Value) -> Option<()> {
    let flag = match Permission::of_member(name)? {
        _ if value.is_null() => return Some(()),
        Permission::Quote => &mut permissions.quote,
        Permission::Logo => &mut permissions.logo,
        Permission::ThirdParty => &mut permissions.third_party,
        Permission::ThreeDSecure => &mut permissions.three_d_secure,
        Permission::SellOnline => {
            let Value::List(items) = value else { return None };
            for item in items {
                permissions.sell_online.push(origin(item)?.to_owned());
            }
            return Some(());
        }
    };
    *flag = value.as_bool()?;
    Some(())
}

pub(super) fn origin(item: &Value) -> Option<&str> {
    item.as_text().filter(|text| is_exact(text))
}

/// Reads `{"<productId>": "sell" | "call" | "hidden"}`. Nothing if a member can't be read;
/// [`Mistake::in_products`](super::Mistake::in_products) names it.
#[must_use]
pub fn products(value: &Value) -> Option<Vec<(CatalogueId, Display)>> {
    let mut products = Vec::new();
    for (id, value) in members(value)? {
        if !value.is_null() {
            products.push(product(id, value)?);
        }
    }
    Some(products)
}

pub(super) fn product(id: &str, value: &Value) -> Option<(CatalogueId, Display)> {
    Some((CatalogueId::new(id)?, display(value)?))
}

pub(super) fn display(value: &Value) -> Option<Display> {
    let word = value.as_text()?;
    let number = DISPLAYS.iter().position(|known| *known == word)?;
    Some([Display::Sell, Display::Call, Display::Hidden][number])
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
        assert_eq!(insurers(&Value::Null), Some(Vec::new()));
    }

    #[test]
    fn shows_each_product_as_it_is_written() {
        let id = |text: &str| CatalogueId::new(text).unwrap();
        let read = products(&read(r#"{"61": "call", "64": "hidden", "67": "sell", "70": null}"#));
        assert_eq!(read, Some(vec![(id("61"), Display::Call), (id("64"), Display::Hidden), (id("67"), Display::Sell)]));
    }
}
