//! Turkish bank accounts.

use std::{fmt, str::FromStr};

use super::normalise;

/// An account in Türkiye (IBAN): `TR`, two check digits, five digits of the bank, a zero, sixteen letters and digits of the account.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Iban(Box<str>);

/// Why text is no Turkish IBAN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IbanError {
    /// Nothing was given.
    #[error("no IBAN")]
    Empty,
    /// It belongs to another country, or to none.
    #[error("only accounts in Türkiye are possible")]
    Country,
    /// So many characters instead of 26.
    #[error("an IBAN of Türkiye has 26 characters, not {0}")]
    Length(usize),
    /// A character that is none of A–Z and 0–9, or a letter where only digits stand.
    #[error("an IBAN has letters and digits in their places only")]
    Shape,
    /// The check digits are wrong: most likely a character was mistyped.
    #[error("the check digits of the IBAN are wrong")]
    CheckDigits,
}

impl Iban {
    /// The 26 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// In groups of four, as it is printed.
impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, c) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

impl FromStr for Iban {
    type Err = IbanError;

    fn from_str(text: &str) -> Result<Self, IbanError> {
        let code = normalise::code(text);
        if code.is_empty() {
            return Err(IbanError::Empty);
        }
        if !code.starts_with("TR") {
            return Err(IbanError::Country);
        }
        if !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(IbanError::Shape);
        }
        if code.len() != 26 {
            return Err(IbanError::Length(code.len()));
        }
        // Bank and reserve are digits, and the reserve is zero.
        if !code[2..9].bytes().all(|byte| byte.is_ascii_digit()) || code.as_bytes()[9] != b'0' {
            return Err(IbanError::Shape);
        }
        // ISO 13616: country and check digits to the end, A = 10 … Z = 35, and the number leaves 1 when divided by 97.
        let remainder = code.bytes().skip(4).chain(code.bytes().take(4)).fold(0_u32, |sum, byte| match byte {
            b'0'..=b'9' => (sum * 10 + u32::from(byte - b'0')) % 97,
            _ => (sum * 100 + u32::from(byte - b'A') + 10) % 97,
        });
        if remainder != 1 {
            return Err(IbanError::CheckDigits);
        }
        Ok(Self(code.into_boxed_str()))
    }
}

impl fmt::Debug for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iban(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_turkish_accounts() {
        for (text, account) in [
            ("TR470000100100000350930001", "TR470000100100000350930001"),
            ("TR330006100519786457841326", "TR330006100519786457841326"),
            ("TR320010009999901234567890", "TR320010009999901234567890"),
            ("tr47 0000 1001 0000 0350 9300 01", "TR470000100100000350930001"),
            ("TR3400061005197864578413AB", "TR3400061005197864578413AB"),
        ] {
            let iban: Iban = text.parse().unwrap();
            assert_eq!(iban.as_str(), account);
            assert_eq!(iban.to_string().parse::<Iban>(), Ok(iban));
        }
        assert_eq!("TR470000100100000350930001".parse::<Iban>().unwrap().to_string(), "TR47 0000 1001 0000 0350 9300 01");
    }

    #[test]
    fn refuses_the_rest_and_says_why() {
        for (text, error) in [
            ("", IbanError::Empty),
            ("TR330006100519786457841327", IbanError::CheckDigits),
            ("TR480000100100000350930001", IbanError::CheckDigits),
            ("TR080006110519786457841326", IbanError::Shape),
            ("TR47000010010000035093000", IbanError::Length(25)),
            ("TR4700001001000003509300011", IbanError::Length(27)),
            ("GB29NWBK60161331926819", IbanError::Country),
            ("\u{422}R470000100100000350930001", IbanError::Country),
            ("TR4700001001Ş000350930001", IbanError::Shape),
        ] {
            assert_eq!(text.parse::<Iban>(), Err(error), "{text}");
        }
    }

    #[test]
    fn is_secret_in_a_log() {
        assert_eq!(format!("{:?}", "TR470000100100000350930001".parse::<Iban>().unwrap()), "Iban(***)");
    }
}
