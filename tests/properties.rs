//! Rules of the domain's values over all of their kind, not only over the vectors: mistyped digits, usual spellings, reading what was printed.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test table: a wrong constant must stop it, and the lint knows only `#[test]` functions")]

use std::fmt::Debug;

use insurup_core::domain::{
    Date, DocumentSerial, FuelType, Iban, MobilePhone, PaymentOption, Plate, ProductBranch, ProductState, Tckn, UtilizationStyle, Vkn,
    card::{Brand, CardNumber, grouped},
};
use proptest::prelude::*;

/// The one ending, of so many digits, with which the beginning is valid.
fn completed(beginning: &str, digits: usize, is_valid: impl Fn(&str) -> bool) -> String {
    let endings: Vec<_> = (0..10_usize.pow(u32::try_from(digits).unwrap()))
        .map(|ending| format!("{beginning}{ending:0digits$}"))
        .filter(|number| is_valid(number))
        .collect();
    assert_eq!(endings.len(), 1, "{beginning} has {} right endings", endings.len());
    endings[0].clone()
}

fn is_tckn(text: &str) -> bool {
    text.parse::<Tckn>().is_ok()
}

fn is_vkn(text: &str) -> bool {
    text.parse::<Vkn>().is_ok()
}

fn is_card(text: &str) -> bool {
    CardNumber::parse(text).is_ok()
}

fn tckn() -> impl Strategy<Value = String> {
    "[1-9][0-9]{8}".prop_map(|beginning| completed(&beginning, 2, is_tckn))
}

fn vkn() -> impl Strategy<Value = String> {
    // Nine zeros end in 1, not in 0: the rule allows no number of zeros only.
    "[0-9]{9}".prop_map(|beginning| completed(&beginning, 1, is_vkn))
}

/// A card of a brand whose numbers all have one length.
fn card() -> impl Strategy<Value = String> {
    "(4[0-9]{14}|5[1-5][0-9]{13}|9792[0-9]{11}|3[47][0-9]{12})"
        .prop_filter("all digits equal", |number| number.bytes().any(|digit| digit != number.as_bytes()[0]))
        .prop_map(|beginning| completed(&beginning, 1, is_card))
}

fn iban() -> impl Strategy<Value = String> {
    "[0-9]{5}0[0-9A-Z]{16}".prop_map(|account| {
        let right = (2..=98).map(|check| format!("TR{check:02}{account}")).filter(|iban| iban.parse::<Iban>().is_ok());
        let all: Vec<_> = right.collect();
        assert_eq!(all.len(), 1, "{account}");
        all[0].clone()
    })
}

fn plate() -> impl Strategy<Value = String> {
    let letters = "[A-PR-VYZ]";
    let shapes = [(1, 4), (1, 5), (2, 3), (2, 4), (3, 2), (3, 3)];
    (1..=81_u8, 0..shapes.len()).prop_flat_map(move |(city, shape)| {
        let (count, digits) = shapes[shape];
        proptest::string::string_regex(&format!("{letters}{{{count}}}[0-9]{{{digits}}}"))
            .unwrap()
            .prop_filter("zeros only", |code| code.bytes().any(|byte| matches!(byte, b'1'..=b'9')))
            .prop_map(move |code| format!("{city:02}{code}"))
    })
}

/// Each digit replaced by each other one.
fn slips(number: &str) -> impl Iterator<Item = String> {
    let digits = number.as_bytes().to_vec();
    let places: Vec<_> = (0..digits.len()).filter(|place| digits[*place].is_ascii_digit()).collect();
    places.into_iter().flat_map(move |place| {
        let digits = digits.clone();
        let right = digits[place];
        (b'0'..=b'9').filter(move |wrong| *wrong != right).map(move |wrong| {
            let mut slip = digits.clone();
            slip[place] = wrong;
            String::from_utf8(slip).unwrap()
        })
    })
}

/// The text as people and keyboards write it: with separators between any two characters, in full-width digits, in small letters.
fn spelt(text: &str) -> impl Strategy<Value = String> + use<> {
    let characters: Vec<char> = text.chars().collect();
    let habits = proptest::collection::vec((0..12_u8, any::<bool>(), any::<bool>()), characters.len());
    habits.prop_map(move |habits| {
        let mut spelt = String::from(" ");
        for (c, (gap, wide, small)) in characters.iter().zip(habits) {
            let c = match c {
                '0'..='9' if wide => char::from_u32(u32::from(*c) - u32::from('0') + 0xff10).unwrap(),
                // `i` and `I` are the letters that go wrong in Turkish, and they do have a rule.
                _ if small => c.to_ascii_lowercase(),
                _ => *c,
            };
            spelt.push(c);
            match gap {
                0 => spelt.push(' '),
                1 => spelt.push('-'),
                2 => spelt.push('\u{a0}'),
                3 => spelt.push('\u{202f}'),
                4 => spelt.push('.'),
                _ => {}
            }
        }
        spelt
    })
}

fn also_spelt(texts: impl Strategy<Value = String>) -> impl Strategy<Value = (String, String)> {
    texts.prop_flat_map(|text| (Just(text.clone()), spelt(&text)))
}

#[track_caller]
fn same<T: std::str::FromStr + PartialEq + Debug>(text: &str, spelling: &str)
where
    T::Err: Debug,
{
    assert_eq!(spelling.parse::<T>().unwrap(), text.parse::<T>().unwrap(), "{spelling:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_slip_of_one_digit_passes(tckn in tckn(), vkn in vkn(), card in card(), iban in iban()) {
        prop_assert!(slips(&tckn).all(|slip| !is_tckn(&slip)));
        prop_assert!(slips(&vkn).all(|slip| !is_vkn(&slip)));
        prop_assert!(slips(&iban).all(|slip| slip.parse::<Iban>().is_err()));
        // A first digit of another brand can have another length, but never another check digit.
        prop_assert!(slips(&card).all(|slip| !is_card(&slip)));
    }

    #[test]
    fn every_usual_spelling_is_read(
        (tckn, tckn_spelt) in also_spelt(tckn()),
        (vkn, vkn_spelt) in also_spelt(vkn()),
        (iban, iban_spelt) in also_spelt(iban()),
        (plate, plate_spelt) in also_spelt(plate()),
        (serial, serial_spelt) in also_spelt("[A-Z]{2}[0-9]{6}"),
        (card, card_spelt) in also_spelt(card()),
    ) {
        same::<Tckn>(&tckn, &tckn_spelt);
        same::<Vkn>(&vkn, &vkn_spelt);
        same::<Iban>(&iban, &iban_spelt);
        same::<Plate>(&plate, &plate_spelt);
        same::<DocumentSerial>(&serial, &serial_spelt);
        prop_assert!(CardNumber::parse(&card_spelt).unwrap().expose() == card);
    }

    #[test]
    fn every_way_to_write_a_mobile_number_is_read(number in "5[0-9]{9}", prefix in "(|0|90|\\+90|0090|\\+90 0|\\+90 \\()") {
        same::<MobilePhone>(&number, &format!("{prefix}{number}"));
        let (area, rest) = number.split_at(3);
        same::<MobilePhone>(&number, &format!("{prefix} {area}) {}-{} {}", &rest[..3], &rest[3..5], &rest[5..]));
        let phone: MobilePhone = number.parse().unwrap();
        prop_assert_eq!(phone.international().parse::<MobilePhone>().unwrap(), phone);
    }

    #[test]
    fn what_is_printed_is_read(plate in plate(), serial in "[A-Z]{2}[0-9]{6}", iban in iban(), card in card()) {
        let plate: Plate = plate.parse().unwrap();
        prop_assert_eq!(plate.to_string().parse::<Plate>().unwrap(), plate.clone());
        prop_assert_eq!(plate.compact().parse::<Plate>().unwrap(), plate);
        let serial: DocumentSerial = serial.parse().unwrap();
        prop_assert_eq!(serial.to_string().parse::<DocumentSerial>().unwrap(), serial);
        let iban: Iban = iban.parse().unwrap();
        prop_assert_eq!(iban.to_string().parse::<Iban>().unwrap(), iban);
        prop_assert_ne!(Brand::of(&card), Brand::Unknown);
        let shown = grouped(&card);
        prop_assert!(CardNumber::parse(&shown).unwrap().expose() == card);
    }

    #[test]
    fn dates_come_back(year in 1900..=2100_u16, month in 1..=12_u8, day in 1..=31_u8) {
        match Date::new(year, month, day) {
            Some(date) => {
                prop_assert_eq!(Date::parse_iso(&date.iso()), Ok(date));
                prop_assert_eq!(Date::parse_dotted(&date.dotted()), Ok(date));
                prop_assert_eq!(Date::parse_dotted(&format!("{day}-{month}-{year}")), Ok(date));
                prop_assert_eq!(Date::parse_iso(&format!("{}T12:00:00Z", date.iso())), Ok(date));
            }
            None => prop_assert!(day > 28),
        }
    }

    #[test]
    fn no_text_stops_a_parser(text in any::<String>()) {
        let _ = (text.parse::<Tckn>(), text.parse::<Vkn>(), text.parse::<Iban>(), text.parse::<Plate>(), text.parse::<MobilePhone>());
        let _ = (text.parse::<DocumentSerial>(), CardNumber::parse(&text), Date::parse_iso(&text), Date::parse_dotted(&text));
    }

    /// Words of lists that releases add to: none is lost, whatever its case.
    #[test]
    fn words_come_back(word in "[A-Z][A-Z_0-9]{0,30}") {
        prop_assert!(FuelType::parse(&word).as_str() == word);
        prop_assert!(UtilizationStyle::parse(&word).as_str() == word);
        prop_assert!(ProductState::parse(&word).as_str() == word);
        prop_assert!(ProductBranch::parse(&word).as_str() == word);
        prop_assert!(PaymentOption::parse(&word).as_str() == word);
    }
}
