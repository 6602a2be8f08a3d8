//! The Turkish national identity number.

use std::{fmt, str::FromStr};

use super::normalise;

/// Turkish national identity number (T.C. kimlik no): eleven digits, the last two being check digits.
///
/// A foreigner's identity number has the same form and check digits and starts with 99, so it is one of these too. The number
/// says nothing about birth date, sex or place.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Tckn(Box<str>);

/// Why text is no identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TcknError {
    /// Nothing was given.
    #[error("no identity number")]
    Empty,
    /// There is something other than digits and separators.
    #[error("an identity number has digits only")]
    NotDigits,
    /// So many digits instead of eleven.
    #[error("an identity number has 11 digits, not {0}")]
    Length(usize),
    /// The first digit is 0.
    #[error("an identity number does not start with 0")]
    LeadingZero,
    /// The last two digits don't follow from the first nine: most likely a digit was mistyped.
    #[error("the check digits of the identity number are wrong")]
    CheckDigits,
}

impl Tckn {
    /// The eleven digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, as the current wire form carries it at sign-in. Eleven digits are exact in a JSON number.
    pub fn to_number(&self) -> i64 {
        self.0.bytes().fold(0, |number, digit| number * 10 + i64::from(digit - b'0'))
    }
}

impl FromStr for Tckn {
    type Err = TcknError;

    fn from_str(text: &str) -> Result<Self, TcknError> {
        let digits = normalise::digits(text).map_err(|_| TcknError::NotDigits)?;
        match digits.len() {
            0 => return Err(TcknError::Empty),
            11 => {}
            length => return Err(TcknError::Length(length)),
        }
        if digits.starts_with('0') {
            return Err(TcknError::LeadingZero);
        }
        let digit = |index: usize| u32::from(digits.as_bytes()[index] - b'0');
        let odd: u32 = (0..9).step_by(2).map(digit).sum();
        let even: u32 = (1..8).step_by(2).map(digit).sum();
        // The rule is (7·odd − even) mod 10; 9·even is the same and never negative, where a truncating `%` fails 1 in 9,449.
        let tenth = (7 * odd + 9 * even) % 10;
        let eleventh = (odd + even + tenth) % 10;
        if (digit(9), digit(10)) != (tenth, eleventh) {
            return Err(TcknError::CheckDigits);
        }
        Ok(Self(digits.into_boxed_str()))
    }
}

impl fmt::Debug for Tckn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tckn(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID: [&str; 12] = [
        "10000000146",
        "11111111110",
        "19090909018",
        "10000008098",
        "12345678950",
        "99999999990",
        "54321098710",
        "29182736446",
        "17291716060",
        "32600390014",
        "99123456740",
        "10562272296",
    ];

    #[track_caller]
    fn check(text: &str, expected: Result<&str, TcknError>) {
        let parsed = text.parse::<Tckn>();
        assert_eq!(parsed.as_ref().map(Tckn::as_str), expected.as_ref().copied());
    }

    #[test]
    fn accepts_numbers_with_right_check_digits() {
        for text in VALID {
            check(text, Ok(text));
        }
        check("1000000014\u{ff16}", Ok("10000000146"));
        check(" 1000000014 6\n", Ok("10000000146"));
    }

    #[test]
    fn refuses_the_rest_and_says_why() {
        check("", Err(TcknError::Empty));
        check(" - ", Err(TcknError::Empty));
        check("10000000147", Err(TcknError::CheckDigits));
        check("11111111111", Err(TcknError::CheckDigits));
        check("19090909010", Err(TcknError::CheckDigits));
        check("12345678901", Err(TcknError::CheckDigits));
        check("01234567890", Err(TcknError::LeadingZero));
        check("1000000014", Err(TcknError::Length(10)));
        check("100000001460", Err(TcknError::Length(12)));
        check("1000000014x", Err(TcknError::NotDigits));
        check("١٠٠٠٠٠٠٠١٤٦", Err(TcknError::NotDigits));
    }

    #[test]
    fn catches_every_single_wrong_digit() {
        for valid in VALID {
            for (place, right) in valid.bytes().enumerate() {
                for wrong in (b'0'..=b'9').filter(|digit| *digit != right) {
                    let mut digits = valid.as_bytes().to_vec();
                    digits[place] = wrong;
                    assert!(String::from_utf8(digits).unwrap().parse::<Tckn>().is_err());
                }
            }
        }
    }

    /// One pair of check digits for every nine first digits; a sample of ninety across the whole range.
    #[test]
    fn exactly_one_pair_of_check_digits_fits() {
        for first_nine in (100_000_000_u32..1_000_000_000).step_by(9_999_991) {
            let fitting = (0..100).filter(|check| format!("{first_nine}{check:02}").parse::<Tckn>().is_ok()).count();
            assert_eq!(fitting, 1);
        }
    }

    #[test]
    fn is_a_number_on_the_wire_and_secret_in_a_log() {
        let tckn: Tckn = "10000000146".parse().unwrap();
        assert_eq!(tckn.to_number(), 10_000_000_146);
        assert_eq!(format!("{tckn:?}"), "Tckn(***)");
    }
}
