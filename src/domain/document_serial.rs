//! The number on a vehicle's registration document.

use crate::domain::normalise::join;
use std::{fmt, str::FromStr};

use super::normalise;

/// Serial of the registration document (ruhsat): two letters and six digits, `AB 123456`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DocumentSerial {
    code: Box<str>,
    number: Box<str>,
}

/// Why text is no document serial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentSerialError {
    /// Nothing was given.
    #[error("no document serial")]
    Empty,
    /// It is not two letters and six digits.
    #[error("a document serial is two letters and six digits")]
    Shape,
}

impl DocumentSerial {
    /// Reads a serial of the usual shape, or one letter and seven digits, as the sample data of the guides has it.
    ///
    /// # Errors
    ///
    /// [`DocumentSerialError`].
    pub fn parse_with_samples(text: &str) -> Result<Self, DocumentSerialError> {
        Self::parse_shaped(text, &[(2, 6), (1, 7)])
    }

    /// The letters.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The digits, with leading zeros.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// `AB 123456`.
    pub fn spaced(&self) -> String {
        join(&self.code, " ", &self.number)
    }

    fn parse_shaped(text: &str, shapes: &[(usize, usize)]) -> Result<Self, DocumentSerialError> {
        let compact = normalise::code(text);
        if compact.is_empty() {
            return Err(DocumentSerialError::Empty);
        }
        let letters = compact.bytes().take_while(u8::is_ascii_uppercase).count();
        let (code, number) = compact.split_at(letters);
        if !number.bytes().all(|byte| byte.is_ascii_digit()) || !shapes.contains(&(code.len(), number.len())) {
            return Err(DocumentSerialError::Shape);
        }
        Ok(Self { code: code.into(), number: number.into() })
    }
}

impl FromStr for DocumentSerial {
    type Err = DocumentSerialError;

    fn from_str(text: &str) -> Result<Self, DocumentSerialError> {
        Self::parse_shaped(text, &[(2, 6)])
    }
}

/// `AB 123456`.
impl fmt::Display for DocumentSerial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spaced())
    }
}

impl fmt::Debug for DocumentSerial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentSerial(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, DocumentSerialError>) {
        let parsed = text.parse::<DocumentSerial>().map(|serial| serial.to_string());
        assert_eq!(parsed.as_deref(), expected.as_ref().copied());
    }

    #[test]
    fn accepts_two_letters_and_six_digits() {
        check("AB123456", Ok("AB 123456"));
        check("AB 123456", Ok("AB 123456"));
        check("ab-123456", Ok("AB 123456"));
        check("AB/123456", Ok("AB 123456"));
        check("ER/000123", Ok("ER 000123"));
        check("fi 012345", Ok("FI 012345"));
        check("fı012345", Ok("FI 012345"));
    }

    #[test]
    fn refuses_other_shapes() {
        check("", Err(DocumentSerialError::Empty));
        for text in ["A/1234567", "AB/12345", "AB/1234567", "ABC/12345", "A1/123456", "ŞB/123456", "AB12345٦", "123456", "AB"] {
            check(text, Err(DocumentSerialError::Shape));
        }
    }

    #[test]
    fn takes_the_guides_samples_when_asked() {
        assert_eq!(DocumentSerial::parse_with_samples("A 1234567").unwrap().to_string(), "A 1234567");
        assert_eq!(DocumentSerial::parse_with_samples("AB 123456").unwrap().to_string(), "AB 123456");
        assert_eq!(DocumentSerial::parse_with_samples("AB 1234567"), Err(DocumentSerialError::Shape));
    }
}
