//! The vehicle register: a few fixed plates, and for any other one a car that depends on the plate alone.

use time::Date;

use crate::catalogue::brands::{self, BRANDS, Brand};
use crate::random::hash;
use crate::scenarios::Register;

/// A registered vehicle.
#[derive(Debug, Clone)]
pub(crate) struct Registered {
    pub(crate) brand: &'static Brand,
    pub(crate) model: usize,
    pub(crate) year: u16,
    pub(crate) fuel: &'static str,
    pub(crate) engine: String,
    pub(crate) chassis: String,
    pub(crate) seats: u8,
    /// Day of the year it was registered in its model year.
    pub(crate) day: u16,
    /// Market value in lira.
    pub(crate) value: u32,
}

impl Registered {
    pub(crate) fn model_reference(&self) -> String {
        self.brand.model_reference(self.model)
    }

    pub(crate) fn registration_date(&self) -> Option<Date> {
        Date::from_ordinal_date(i32::from(self.year), self.day).ok()
    }
}

/// What is blanked out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Blanks {
    pub(crate) engine: bool,
    pub(crate) chassis: bool,
}

/// What the register says about a plate.
#[derive(Debug, Clone)]
pub(crate) enum Finding {
    Found(Registered),
    /// Engine, chassis or both are blanked out.
    Masked(Registered, Blanks),
    /// Brand and year are known, the model is not.
    Partial(Registered),
    Missing,
    Unreachable,
}

/// Looks a plate up in a register that answers as the scenario has it.
pub(crate) fn look_up(city: u8, code: &str, scenario: Option<Register>) -> Finding {
    match scenario {
        Some(Register::Missing) => Finding::Missing,
        Some(Register::Unreachable) => Finding::Unreachable,
        Some(Register::Masked) => Finding::Masked(known(city, code), Blanks { engine: true, chassis: true }),
        Some(Register::EngineMasked) => Finding::Masked(known(city, code), Blanks { engine: true, chassis: false }),
        Some(Register::ChassisMasked) => Finding::Masked(known(city, code), Blanks { engine: false, chassis: true }),
        Some(Register::Partial) => Finding::Partial(known(city, code)),
        None => Finding::Found(known(city, code)),
    }
}

/// The car with this plate.
pub(crate) fn known(city: u8, code: &str) -> Registered {
    #[rustfmt::skip]
    let fixed: Option<(&str, usize, u16, &'static str)> = match (city, code) {
        (34, "ABC123") => Some(("117", 0, 2021, "GASOLINE")),
        (34, "ZRN45") => Some(("138", 1, 2024, "ELECTRIC")),
        (6, "ANK606") => Some(("051", 0, 2018, "GASOLINE")),
        (35, "KRD35") => Some(("141", 1, 2022, "HYBRID")),
        (16, "BRS1616") => Some(("153", 4, 2015, "DIESEL")),
        (7, "ANT007") => Some(("083", 1, 2023, "GASOLINE")),
        (1, "A12345") => Some(("102", 4, 2003, "DIESEL")),
        _ => None,
    };
    let chance = hash(7, &[&city.to_string(), code]);
    let pick = |shift: u32, among: u64| usize::try_from((chance >> shift) % among.max(1)).unwrap_or_default();
    let (brand, model, year, fuel) = match fixed {
        Some((reference, model, year, fuel)) => (brands::by_reference(reference).unwrap_or(&BRANDS[0]), model, year, fuel),
        None => {
            let brand = &BRANDS[pick(3, BRANDS.len() as u64)];
            let year = 2010 + u16::try_from(pick(11, 16)).unwrap_or_default();
            let sold: Vec<usize> = (0..brand.models.len()).filter(|index| brand.sold_in(*index, year)).collect();
            let (model, year) = if sold.is_empty() { (0, 2024) } else { (sold[pick(17, sold.len() as u64)], year) };
            (brand, model, year, fuel_of(brand.models[model]))
        }
    };
    Registered {
        brand,
        model,
        year,
        fuel,
        engine: format!("E{}{:09}", brand.reference, chance % 1_000_000_000),
        chassis: format!("NM0{:014}", chance % 100_000_000_000_000),
        seats: 5,
        day: 1 + u16::try_from(pick(23, 360)).unwrap_or_default(),
        value: brand.tier * 62 * (30 + u32::from(year.saturating_sub(1996).min(30)) * 3) / 120,
    }
}

fn fuel_of(model: &str) -> &'static str {
    let has = |parts: &[&str]| parts.iter().any(|part| model.contains(part));
    match () {
        () if has(&["kWh"]) => "ELECTRIC",
        () if has(&["Hybrid", "HEV", "e-Power", "eTSI"]) => "HYBRID",
        () if has(&[
            "dCi", "HDi", "TDI", "CRDi", "JTDm", "MultiJet", "EcoBlue", "CDTi", "1.5 D ", "200 d", "180 d", "116d", "D-4D", "MJet",
        ]) =>
        {
            "DIESEL"
        }
        () if has(&["Eco-G"]) => "LPG_GASOLINE",
        () => "GASOLINE",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::Chosen;

    #[test]
    fn gives_every_plate_the_same_car_each_time() {
        for code in ["ABC123", "KLM45", "A1234", "ZZ999"] {
            let (one, two) = (known(34, code), known(34, code));
            assert_eq!((one.model_reference(), one.year, &one.engine), (two.model_reference(), two.year, &two.engine));
            assert!(one.model < one.brand.models.len());
            assert!((6..=40).contains(&one.engine.len()) && (4..=17).contains(&one.chassis.len()), "{code}");
            assert!(one.registration_date().is_some());
        }
    }

    #[test]
    fn the_end_of_a_plate_decides_what_goes_wrong() {
        let asked = |city, code: &str| look_up(city, code, Chosen::default().with_plate(code).register());
        assert!(matches!(asked(34, "AB404"), Finding::Missing));
        assert!(matches!(asked(34, "AB502"), Finding::Unreachable));
        assert!(matches!(asked(34, "ABC77"), Finding::Masked(_, Blanks { engine: true, chassis: true })));
        assert!(matches!(asked(34, "ABC88"), Finding::Partial(_)));
        assert!(matches!(asked(34, "ABC123"), Finding::Found(_)));
    }
}
