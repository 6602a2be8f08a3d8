//! Prices in kuruş: they depend on the insurer, the package, the car and the seed, and on nothing else.

use crate::catalogue::coverage::Group;
use crate::catalogue::insurers::Line;
use crate::model::enums::ProductBranch;
use crate::model::product::Subject;
use crate::random::hash;

/// The gross price when paid at once.
pub(crate) fn single_payment(seed: u64, line: &Line, group: &Group, subject: &Subject) -> u32 {
    let tier = crate::catalogue::brands::BRANDS.iter().find(|brand| brand.name == subject.brand).map_or(15_000, |brand| brand.tier);
    let age = u32::from(subject.this_year.saturating_sub(subject.model_year).min(20));
    let branch = match subject.branch {
        ProductBranch::Trafik => 55,
        ProductBranch::Tss => 80,
        _ => 100,
    };
    let chance = hash(seed, &[&line.key(), group.id, &subject.brand, &subject.model_year.to_string()]);
    // Between 82 and 131 per cent, so that no insurer is always the cheapest.
    let spread = 820 + u32::try_from(chance % 491).unwrap_or_default();
    let lira = tier * (100 - age * 2) / 100 * branch / 100 * group.price_percent / 100;
    let kurus = lira * 100 / 1000 * spread * line.price_percent() / 100 * (1 + 4 * subject.people) / 5;
    // Odd amounts on purpose: they are the ones that floats get wrong.
    kurus + u32::try_from((chance >> 20) % 100).unwrap_or_default()
}

/// The gross total when paid in `count` instalments.
pub(crate) const fn plan(single: u32, count: u32) -> u32 {
    let per_mille = match count {
        1 => 0,
        2..=3 => 35,
        4..=6 => 72,
        7..=9 => 118,
        _ => 165,
    };
    single + single / 1000 * per_mille
}

/// The net premium within a gross one: five per cent is tax.
pub(crate) const fn net(gross: u32) -> u32 {
    gross - gross / 105 * 5
}

/// What the agency earns, which no customer should see.
pub(crate) const fn commission(gross: u32) -> u32 {
    gross / 100 * 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::coverage::GROUPS;
    use crate::catalogue::insurers::Panel;

    fn lines() -> Vec<&'static Line> {
        [Panel::Invented, Panel::Market].into_iter().flat_map(|panel| panel.lines(ProductBranch::Kasko)).collect()
    }

    fn car(model_year: u16) -> Subject {
        Subject { branch: ProductBranch::Kasko, brand: "Renault".to_owned(), model_year, this_year: 2026, people: 1, label: String::new() }
    }

    #[test]
    fn depends_on_car_package_and_seed_and_on_nothing_else() {
        let price = |seed, group: usize, year| single_payment(seed, lines()[0], &GROUPS[group], &car(year));
        assert_eq!(price(1, 1, 2021), price(1, 1, 2021));
        assert_ne!(price(1, 1, 2021), price(2, 1, 2021));
        assert_ne!(price(1, 1, 2021), price(1, 2, 2021));
        assert_ne!(price(1, 1, 2021), price(1, 1, 2015));
    }

    #[test]
    fn stays_within_what_a_policy_costs() {
        for line in lines() {
            for group in GROUPS {
                let price = single_payment(1, line, group, &car(2021));
                assert!((500_000..10_000_000).contains(&price), "{} {price}", line.insurer.name);
                assert!(plan(price, 12) > plan(price, 9) && plan(price, 9) > plan(price, 3) && plan(price, 1) == price);
                assert!(net(price) < price && commission(price) < net(price));
            }
        }
    }
}
