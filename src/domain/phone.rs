//! Mobile phone numbers of Türkiye.

use crate::domain::normalise::{join, join_with};
use std::{fmt, str::FromStr};

use super::normalise;

/// A Turkish mobile number: ten digits, the first a 5. The SMS code goes there.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MobilePhone(Box<str>);

/// Why text is no Turkish mobile number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing was given.
    #[error("no phone number")]
    Empty,
    /// There is something other than digits, separators and a leading `+`.
    #[error("a phone number has digits only")]
    NotDigits,
    /// Too few or too many digits.
    #[error("a mobile number has 10 digits")]
    Length,
    /// A number of the right length that is no mobile number.
    #[error("this is not a mobile number")]
    Landline,
    /// The country code is not 90.
    #[error("only numbers of Türkiye are possible")]
    Foreign,
}

/// First three digits in use, a whole decade written as two digits (metadata of `phonenumbers` 9.0.43, and the vendor's own list).
const USUAL: [&str; 15] = ["50", "53", "54", "55", "510", "516", "524", "561", "562", "564", "572", "574", "575", "594", "596"];

impl MobilePhone {
    /// The ten digits, without country code or leading zero.
    pub fn number(&self) -> &str {
        &self.0
    }

    /// The number in international form: `+905321234567`.
    pub fn international(&self) -> String {
        join("+90", self.number(), "")
    }

    /// The number with its middle hidden, to say where a code went: `0532 ••• •• 67`.
    pub fn masked(&self) -> String {
        join_with("", &["0", &self.0[..3], " ••• •• ", &self.0[8..]])
    }

    /// Whether an operator is known to use this range. A number outside is accepted; ask "is this right?" and nothing more.
    pub fn is_usual_range(&self) -> bool {
        USUAL.iter().any(|range| self.0.starts_with(range))
    }
}

impl FromStr for MobilePhone {
    type Err = PhoneError;

    fn from_str(text: &str) -> Result<Self, PhoneError> {
        let compact: String = text.chars().filter(|c| !normalise::is_separator(*c)).collect();
        let (has_plus, rest) = compact.strip_prefix('+').map_or((false, compact.as_str()), |rest| (true, rest));
        let digits = normalise::digits(rest).map_err(|_| PhoneError::NotDigits)?;
        if digits.is_empty() {
            return Err(PhoneError::Empty);
        }
        // Without `+` or `00` a leading 90 is the country code only if what follows has the length of a number.
        let national = if has_plus {
            digits.strip_prefix("90").ok_or(PhoneError::Foreign)?
        } else if let Some(international) = digits.strip_prefix("00") {
            international.strip_prefix("90").ok_or(PhoneError::Foreign)?
        } else if digits.len() == 12 {
            digits.strip_prefix("90").unwrap_or(&digits)
        } else {
            &digits
        };
        let number = if national.len() == 11 { national.strip_prefix('0').unwrap_or(national) } else { national };
        if number.len() != 10 {
            return Err(PhoneError::Length);
        }
        if !number.starts_with('5') {
            return Err(PhoneError::Landline);
        }
        Ok(Self(number.into()))
    }
}

impl fmt::Debug for MobilePhone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MobilePhone(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, PhoneError>) {
        let parsed = text.parse::<MobilePhone>();
        assert_eq!(parsed.as_ref().map(MobilePhone::number), expected.as_ref().copied());
    }

    #[test]
    fn accepts_the_usual_ways_of_writing() {
        let texts = [
            "5321234567",
            "0532 123 45 67",
            "+90 (532) 123-45-67",
            "00905321234567",
            "905321234567",
            "+9005321234567",
            "\u{ff15}\u{ff13}\u{ff12}\u{ff11}\u{ff12}\u{ff13}\u{ff14}\u{ff15}\u{ff16}\u{ff17}",
            " (+90) 532 123 45 67 ",
        ];
        for text in texts {
            check(text, Ok("5321234567"));
        }
    }

    #[test]
    fn refuses_what_can_not_get_an_sms() {
        check("", Err(PhoneError::Empty));
        check(" + ", Err(PhoneError::Empty));
        check("2121234567", Err(PhoneError::Landline));
        check("8501234567", Err(PhoneError::Landline));
        check("902121234567", Err(PhoneError::Landline));
        check("532123456", Err(PhoneError::Length));
        check("53212345678", Err(PhoneError::Length));
        check("+90532123456", Err(PhoneError::Length));
        check("+49 151 23456789", Err(PhoneError::Foreign));
        check("0049 151 23456789", Err(PhoneError::Foreign));
        check("+5321234567", Err(PhoneError::Foreign));
        check("٥٣٢١٢٣٤٥٦٧", Err(PhoneError::NotDigits));
        check("532 123 45 6x", Err(PhoneError::NotDigits));
        check("532+1234567", Err(PhoneError::NotDigits));
    }

    #[test]
    fn doubts_ranges_without_an_operator() {
        for usual in ["5321234567", "5011234567", "5101234567", "5611234567", "5961234567"] {
            assert!(usual.parse::<MobilePhone>().unwrap().is_usual_range());
        }
        for unusual in ["5991234567", "5921234567", "5111234567"] {
            assert!(!unusual.parse::<MobilePhone>().unwrap().is_usual_range());
        }
    }

    #[test]
    fn prints_for_wire_screen_and_log() {
        let phone: MobilePhone = "05321234567".parse().unwrap();
        assert_eq!(phone.international(), "+905321234567");
        assert_eq!(phone.masked(), "0532 ••• •• 67");
        assert_eq!(format!("{phone:?}"), "MobilePhone(***)");
        check(&phone.international(), Ok(phone.number()));
    }
}
