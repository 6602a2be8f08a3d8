//! Vehicle registration plates.

use std::{fmt, str::FromStr};

use super::normalise;

/// A Turkish plate: city 1–81, one to three letters, two to five digits; or the city alone for a new vehicle.
///
/// Plates of the state, the military, diplomats and temporary plates have other shapes and are not among these: the agency
/// sells those by itself.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Plate {
    city: u8,
    code: Option<Box<str>>,
}

/// Why text is no plate of the usual shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlateError {
    /// Nothing was given.
    #[error("no plate")]
    Empty,
    /// The city is not 01 to 81.
    #[error("the city code of a plate is 01 to 81")]
    City,
    /// This letter is on no plate.
    #[error("`{0}` is on no plate")]
    Letter(char),
    /// Letters and digits are not arranged as on a plate.
    #[error("this is not the shape of a plate")]
    Shape,
    /// A plate of the military, of parliament, of diplomats or of another kind that no ordinary vehicle has.
    #[error("plates of this kind are not among the usual ones")]
    Special,
    /// The digits are all zero.
    #[error("the digits of a plate are not all zero")]
    ZeroSerial,
}

impl Plate {
    /// The plate of a vehicle that has only its city so far.
    ///
    /// # Errors
    ///
    /// [`PlateError::City`].
    pub fn without_code(city: u8) -> Result<Self, PlateError> {
        if (1..=81).contains(&city) { Ok(Self { city, code: None }) } else { Err(PlateError::City) }
    }

    /// The city, 1 to 81.
    pub fn city(&self) -> u8 {
        self.city
    }

    /// Letters and digits without space, `ABC123`; nothing for a new vehicle.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// `34ABC123`.
    pub fn compact(&self) -> String {
        self.joined("")
    }

    /// `34 ABC 123`.
    pub fn spaced(&self) -> String {
        self.joined(" ")
    }

    fn joined(&self, separator: &str) -> String {
        let city = [char::from(b'0' + self.city / 10), char::from(b'0' + self.city % 10)];
        let mut text = String::from_iter(city);
        if let Some(code) = &self.code {
            let letters = count_letters(code);
            for part in [separator, &code[..letters], separator, &code[letters..]] {
                text.push_str(part);
            }
        }
        text
    }
}

fn count_letters(code: &str) -> usize {
    code.bytes().take_while(u8::is_ascii_uppercase).count()
}

/// 23 letters are on plates: the Latin ones without Q, W and X.
fn is_plate_letter(c: char) -> bool {
    c.is_ascii_uppercase() && !matches!(c, 'Q' | 'W' | 'X')
}

/// Letters of Latin, Greek and Cyrillic. Ranges, because the standard table of all scripts would be downloaded by every visitor.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{52f}')
}

/// Six digits are the military's. Parliament, the presidency, consulates and diplomats begin with letters of their own; a mistyped plate
/// that begins with others is only mistyped.
fn is_special(compact: &str) -> bool {
    let (letters, digits) = compact.split_at(count_letters(compact));
    let numbered = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    numbered && if letters.is_empty() { digits.len() == 6 } else { matches!(letters, "TBMM" | "CB" | "CC" | "CD" | "CM") }
}

impl FromStr for Plate {
    type Err = PlateError;

    fn from_str(text: &str) -> Result<Self, PlateError> {
        let compact = normalise::code(text);
        if compact.is_empty() {
            return Err(PlateError::Empty);
        }
        if is_special(&compact) {
            return Err(PlateError::Special);
        }
        let (city, code) = compact.split_at_checked(2).ok_or(PlateError::Shape)?;
        if !city.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PlateError::Shape);
        }
        let plate = Self::without_code(normalise::small(city).ok_or(PlateError::Shape)?)?;
        if let Some(stranger) = code.chars().find(|c| is_letter(*c) && !is_plate_letter(*c)) {
            return Err(PlateError::Letter(stranger));
        }
        let (letters, digits) = code.split_at(count_letters(code));
        let fits = match letters.len() {
            1 => matches!(digits.len(), 4 | 5),
            2 => matches!(digits.len(), 3 | 4),
            3 => matches!(digits.len(), 2 | 3),
            _ => false,
        };
        if !fits || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PlateError::Shape);
        }
        if digits.bytes().all(|byte| byte == b'0') {
            return Err(PlateError::ZeroSerial);
        }
        Ok(Self { code: Some(code.into()), ..plate })
    }
}

/// `34 ABC 123`.
impl fmt::Display for Plate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spaced())
    }
}

impl fmt::Debug for Plate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plate(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<(u8, &str), PlateError>) {
        let parsed = text.parse::<Plate>();
        assert_eq!(parsed.as_ref().map(|plate| (plate.city(), plate.code().unwrap())), expected.as_ref().copied());
    }

    #[test]
    fn accepts_the_three_shapes_however_typed() {
        check("34ABC123", Ok((34, "ABC123")));
        check("06 a 1234", Ok((6, "A1234")));
        check("34 A 12345", Ok((34, "A12345")));
        check("35-AB-123", Ok((35, "AB123")));
        check("35 AB 1234", Ok((35, "AB1234")));
        check("01 abc 12", Ok((1, "ABC12")));
        check("81 ZYZ 999", Ok((81, "ZYZ999")));
        check("34 İzm 12", Ok((34, "IZM12")));
        check("34 abı 123", Ok((34, "ABI123")));
        check("34\u{a0}ABC\u{a0}123", Ok((34, "ABC123")));
        check("34 TSL 83", Ok((34, "TSL83")));
        check("34 U 0001", Ok((34, "U0001")));
        check("\u{ff13}\u{ff14} ABC 123", Ok((34, "ABC123")));
    }

    #[test]
    fn refuses_the_rest_and_says_why() {
        check("", Err(PlateError::Empty));
        check("00ABC12", Err(PlateError::City));
        check("82ABC12", Err(PlateError::City));
        check("34 QAB 12", Err(PlateError::Letter('Q')));
        check("34 WX 123", Err(PlateError::Letter('W')));
        check("34 XA 123", Err(PlateError::Letter('X')));
        check("34 ŞAB 12", Err(PlateError::Letter('Ş')));
        check("34 şab 12", Err(PlateError::Letter('Ş')));
        check("34 АВ 123", Err(PlateError::Letter('А'))); // Cyrillic
        check("34 ABC 000", Err(PlateError::ZeroSerial));
        for text in [
            "34 ABC 1",
            "34 ABC 1234",
            "34 AB 12",
            "34 A 123",
            "34 A 123456",
            "34 ABCD 12",
            "4ABC12",
            "ABC3412",
            "34ABC",
            "34 000",
            "34",
            "3",
            "34 AB1C 2",
            "34 ABC 12٣",
            "é",
        ] {
            check(text, Err(PlateError::Shape));
        }
    }

    #[test]
    fn knows_a_plate_it_does_not_take() {
        for text in ["123456", "123 456", "TBMM 001", "tbmm-12", "CD 34 123", "cc 1234", "CB 0001", "CM 12"] {
            check(text, Err(PlateError::Special));
        }
        for text in ["12345", "1234567", "TBMM", "CD", "CE 123", "12345A"] {
            assert_ne!(text.parse::<Plate>(), Err(PlateError::Special), "{text}");
        }
        // The same letters after a city are on ordinary plates.
        check("34 CD 123", Ok((34, "CD123")));
    }

    /// Every city and one code of every shape and letter.
    #[test]
    fn reads_what_it_prints() {
        for city in 1..=81 {
            for letter in ('A'..='Z').filter(|letter| is_plate_letter(*letter)) {
                for digits in ["{}0012", "{}12345", "{}A012", "A{}9876", "{}ZA01", "AB{}999"] {
                    let text = format!("{city:02}{}", digits.replace("{}", &letter.to_string()));
                    let plate: Plate = text.parse().unwrap();
                    assert_eq!(plate.compact(), text);
                    assert_eq!(plate.to_string().parse(), Ok(plate));
                }
            }
        }
    }

    #[test]
    fn prints_with_spaces_and_not_in_logs() {
        let plate: Plate = "06abc12".parse().unwrap();
        assert_eq!((plate.to_string(), format!("{plate:?}")), ("06 ABC 12".to_owned(), "Plate(***)".to_owned()));
    }

    #[test]
    fn a_new_vehicle_has_its_city_only() {
        let plate = Plate::without_code(6).unwrap();
        assert_eq!((plate.to_string(), plate.compact(), plate.code()), ("06".to_owned(), "06".to_owned(), None));
        assert_eq!(Plate::without_code(0), Err(PlateError::City));
        assert_eq!(Plate::without_code(82), Err(PlateError::City));
    }
}
