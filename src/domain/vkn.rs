//! The tax number of a company.

use std::{fmt, str::FromStr};

use super::normalise;

/// Tax number (vergi kimlik no): ten digits, the last of them a check digit. Leading zeros belong to it, so it is text on the wire.
///
/// Sole traders have none: they use their identity number, and buy as individuals.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Vkn(Box<str>);

/// Why text is no tax number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VknError {
    /// Nothing was given.
    #[error("no tax number")]
    Empty,
    /// There is something other than digits and separators.
    #[error("a tax number has digits only")]
    NotDigits,
    /// Eleven digits: most likely the identity number of a sole trader.
    #[error("a tax number has 10 digits; 11 are an identity number")]
    IdentityNumber,
    /// So many digits instead of ten.
    #[error("a tax number has 10 digits, not {0}")]
    Length(usize),
    /// The last digit doesn't follow from the first nine: most likely a digit was mistyped.
    #[error("the check digit of the tax number is wrong")]
    CheckDigit,
}

impl Vkn {
    /// The ten digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Vkn {
    type Err = VknError;

    fn from_str(text: &str) -> Result<Self, VknError> {
        let digits = normalise::digits(text).map_err(|_| VknError::NotDigits)?;
        match digits.len() {
            0 => return Err(VknError::Empty),
            10 => {}
            11 => return Err(VknError::IdentityNumber),
            length => return Err(VknError::Length(length)),
        }
        let mut sum = 0;
        for (digit, place) in digits.bytes().take(9).zip(1_u32..) {
            let shifted = (u32::from(digit - b'0') + 10 - place) % 10;
            sum += if shifted == 9 { 9 } else { (shifted << (10 - place)) % 9 };
        }
        let check = (10 - sum % 10) % 10;
        if u32::from(digits.as_bytes()[9] - b'0') != check {
            return Err(VknError::CheckDigit);
        }
        Ok(Self(digits.into_boxed_str()))
    }
}

impl fmt::Debug for Vkn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vkn(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID: [&str; 12] = [
        "4540536920",
        "1234567890",
        "0000000001",
        "0123456789",
        "9876543217",
        "1000000000",
        "0900000005",
        "5837313833",
        "1322738302",
        "2957390604",
        "8230637728",
        "6345718989",
    ];

    #[test]
    fn accepts_numbers_with_the_right_check_digit() {
        for text in VALID {
            assert_eq!(text.parse::<Vkn>().unwrap().as_str(), text);
        }
        assert_eq!(" 454 053 69 20 ".parse::<Vkn>().unwrap().as_str(), "4540536920");
    }

    #[test]
    fn refuses_the_rest_and_says_why() {
        for text in ["4540536921", "1234567891", "0000000000", "1111111111", "9999999999", "6360004640"] {
            assert_eq!(text.parse::<Vkn>(), Err(VknError::CheckDigit), "{text}");
        }
        for (text, error) in [
            ("", VknError::Empty),
            ("123456789", VknError::Length(9)),
            ("12345678900", VknError::IdentityNumber),
            ("123456789012", VknError::Length(12)),
            ("123456789x", VknError::NotDigits),
        ] {
            assert_eq!(text.parse::<Vkn>(), Err(error), "{text}");
        }
    }

    #[test]
    fn is_secret_in_a_log() {
        assert_eq!(format!("{:?}", "4540536920".parse::<Vkn>().unwrap()), "Vkn(***)");
    }
}
