use super::*;

/// Test cards of payment providers (`security.md` 4.7).
const CARDS: [(Brand, &[&str]); 6] = [
    (Brand::Visa, &["4242424242424242", "4111111111111111", "4222222222222", "4000000000000000006"]),
    (Brand::Mastercard, &["5555555555554444", "2223003122003222", "2221000000000009", "2720990000000007", "2720999999999996"]),
    (Brand::Amex, &["378282246310005", "371449635398431", "374427000000003"]),
    (Brand::Troy, &["9792030394440796", "9792072000017956", "9792020000000001", "9792060000000007", "9792075482365454"]),
    (Brand::TroyDiscover, &["6500528865390837", "6501700194147183", "6501738564461396", "6587619825149656"]),
    (Brand::Maestro, &["5890040000000016", "5892830000000000", "5818775818772285"]),
];

fn today() -> Date {
    Date::new(2026, 3, 1).unwrap()
}

#[test]
fn accepts_cards_of_every_brand() {
    for (brand, numbers) in CARDS {
        for number in numbers {
            let card = CardNumber::parse(number).unwrap();
            assert_eq!((card.expose(), card.brand()), (*number, brand), "{number}");
            assert_eq!(card.last_four(), &number[number.len() - 4..]);
            assert_eq!(CardNumber::parse(&grouped(number)).unwrap().expose(), *number);
        }
    }
    assert_eq!(CardNumber::parse("4242-4242\u{a0}4242 4242").unwrap().expose(), "4242424242424242");
}

#[test]
fn refuses_what_is_mistyped_and_says_why() {
    for (text, error) in [
        ("", CardNumberError::Empty),
        ("4242424242424241", CardNumberError::CheckDigit),
        ("4546711234567890", CardNumberError::CheckDigit),
        ("0000000000000000", CardNumberError::CheckDigit),
        ("4444444444444444", CardNumberError::CheckDigit),
        ("424242424242424", CardNumberError::Length),
        ("42424242424242424242", CardNumberError::Length),
        ("27209999999999961", CardNumberError::Length),
        ("37828224631000", CardNumberError::Length),
        ("4242 4242 4242 424x", CardNumberError::NotDigits),
    ] {
        assert_eq!(CardNumber::parse(text).map(|card| card.brand()), Err(error), "{text}");
    }
    assert!(CardNumber::parse("4546711234567894").is_ok());
}

#[test]
fn catches_every_single_wrong_digit() {
    for number in CARDS.iter().flat_map(|(_, numbers)| *numbers) {
        for (place, right) in number.bytes().enumerate() {
            for wrong in (b'0'..=b'9').filter(|digit| *digit != right) {
                let mut digits = number.as_bytes().to_vec();
                digits[place] = wrong;
                assert!(CardNumber::parse(std::str::from_utf8(&digits).unwrap()).is_err());
            }
        }
    }
}

#[test]
fn knows_brands_while_they_are_typed_and_their_edges() {
    for (digits, brand) in [
        ("", Brand::Unknown),
        ("4", Brand::Visa),
        ("5", Brand::Unknown),
        ("55", Brand::Mastercard),
        ("2220", Brand::Unknown),
        ("2221", Brand::Mastercard),
        ("2720", Brand::Mastercard),
        ("2721", Brand::Unknown),
        ("97", Brand::Unknown),
        ("9792", Brand::Troy),
        ("62", Brand::Unknown),
        ("6011", Brand::Unknown),
        ("3528", Brand::Unknown),
        ("36", Brand::Unknown),
    ] {
        assert_eq!(Brand::of(digits), brand, "{digits}");
    }
}

#[test]
fn groups_as_the_brand_prints() {
    assert_eq!(grouped("378282246310005"), "3782 822463 10005");
    assert_eq!(grouped("4000000000000000006"), "4000 0000 0000 0000 006");
    assert_eq!(grouped("42424"), "4242 4");
}

#[test]
fn a_security_code_has_the_brands_length() {
    assert_eq!(Cvc::parse(" 000 ", Brand::Visa).unwrap().expose(), "000");
    assert_eq!(Cvc::parse("1234", Brand::Amex).unwrap().expose(), "1234");
    for (text, brand, length) in [("1234", Brand::Troy, 3), ("123", Brand::Amex, 4), ("", Brand::Visa, 3), ("12x", Brand::Visa, 3)] {
        assert_eq!(Cvc::parse(text, brand).map(|_| ()), Err(CvcError(length)));
    }
}

#[test]
fn an_expiry_holds_through_its_month() {
    for (text, month, year) in [
        ("03/26", "03", "2026"),
        ("3/26", "03", "2026"),
        ("12 / 2030", "12", "2030"),
        ("0329", "03", "2029"),
        ("032029", "03", "2029"),
        ("03-46", "03", "2046"),
    ] {
        let expiry = Expiry::parse(text, today()).unwrap();
        assert_eq!((expiry.month().as_str(), expiry.year().as_str()), (month, year), "{text}");
    }
    for (text, error) in [
        ("", ExpiryError::Empty),
        ("02/26", ExpiryError::Past),
        ("04/46", ExpiryError::Far),
        ("13/30", ExpiryError::Month),
        ("00/30", ExpiryError::Month),
        ("1/1/30", ExpiryError::Format),
        ("12/030", ExpiryError::Format),
        ("123/30", ExpiryError::Format),
        ("ab/cd", ExpiryError::Format),
        ("30", ExpiryError::Format),
    ] {
        assert_eq!(Expiry::parse(text, today()), Err(error), "{text}");
    }
}

#[test]
fn a_holder_has_a_name() {
    for name in ["Işıl Erdoğmuş", "J. O'Neil-Öz", "AB"] {
        assert_eq!(Holder::parse(&format!("  {name} ")).unwrap().expose(), name);
    }
    for (text, error) in [
        (" ", HolderError::Empty),
        ("A", HolderError::Length),
        ("..", HolderError::Length),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZA", HolderError::Length),
        ("4242 4242", HolderError::Character('4')),
        ("A<b>", HolderError::Character('<')),
    ] {
        assert_eq!(Holder::parse(text).map(|_| ()), Err(error), "{text}");
    }
}

#[test]
fn prints_nothing() {
    let card = CardNumber::parse("4242424242424242").unwrap();
    let cvc = Cvc::parse("123", Brand::Visa).unwrap();
    let expiry = Expiry::parse("03/29", today()).unwrap();
    let holder = Holder::parse("Işıl Erdoğmuş").unwrap();
    assert_eq!(format!("{card:?} {cvc:?} {expiry:?} {holder:?}"), "CardNumber(***) Cvc(***) Expiry(***) Holder(***)");
}
