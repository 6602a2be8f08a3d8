//! What a registration document says about a vehicle. Limits are those of the API's own client library.

use std::{fmt, str::FromStr};

use super::normalise;

/// Model year of a vehicle, from 1900 to next year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelYear(u16);

/// Why text is no model year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelYearError {
    /// Nothing was given.
    #[error("no model year")]
    Empty,
    /// It is not a number of four digits.
    #[error("a model year has four digits")]
    Format,
    /// Before 1900 or after next year.
    #[error("the model year is before 1900 or after next year")]
    Range,
}

impl ModelYear {
    /// Takes a year between 1900 and the year after `current_year`.
    pub fn new(year: u16, current_year: u16) -> Option<Self> {
        (1900..=current_year.saturating_add(1)).contains(&year).then_some(Self(year))
    }

    /// Reads a typed year.
    ///
    /// # Errors
    ///
    /// [`ModelYearError`].
    pub fn parse(text: &str, current_year: u16) -> Result<Self, ModelYearError> {
        let digits = normalise::digits(text).map_err(|_| ModelYearError::Format)?;
        match digits.len() {
            0 => Err(ModelYearError::Empty),
            4 => Self::new(normalise::small(&digits).unwrap_or(0), current_year).ok_or(ModelYearError::Range),
            _ => Err(ModelYearError::Format),
        }
    }

    /// The year.
    pub fn value(self) -> u16 {
        self.0
    }
}

/// Chassis number: 4 to 17 letters and digits in upper case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Chassis(Box<str>);

/// Why text is no chassis number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChassisError {
    /// Nothing was given.
    #[error("no chassis number")]
    Empty,
    /// It is not 4 to 17 letters and digits.
    #[error("a chassis number has 4 to 17 letters and digits")]
    Shape,
    /// One of `I`, `O`, `Q`, which no number of 17 characters has (ISO 3779); most likely a 1 or a 0.
    #[error("`{0}` is in no chassis number of 17 characters")]
    Letter(char),
}

/// Engine number: 6 to 40 letters and digits in upper case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Engine(Box<str>);

/// Why text is no engine number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// Nothing was given.
    #[error("no engine number")]
    Empty,
    /// It is not 6 to 40 letters and digits.
    #[error("an engine number has 6 to 40 letters and digits")]
    Shape,
}

impl Chassis {
    /// Letters and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Engine {
    /// Letters and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_alphanumeric(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl FromStr for Chassis {
    type Err = ChassisError;

    fn from_str(text: &str) -> Result<Self, ChassisError> {
        let code = normalise::code(text);
        if code.is_empty() {
            return Err(ChassisError::Empty);
        }
        if !(4..=17).contains(&code.len()) || !is_alphanumeric(&code) {
            return Err(ChassisError::Shape);
        }
        let stranger = code.chars().find(|c| matches!(c, 'I' | 'O' | 'Q')).filter(|_| code.len() == 17);
        stranger.map_or_else(|| Ok(Self(code.into_boxed_str())), |letter| Err(ChassisError::Letter(letter)))
    }
}

impl FromStr for Engine {
    type Err = EngineError;

    fn from_str(text: &str) -> Result<Self, EngineError> {
        let code = normalise::code(text);
        if code.is_empty() {
            return Err(EngineError::Empty);
        }
        if !(6..=40).contains(&code.len()) || !is_alphanumeric(&code) {
            return Err(EngineError::Shape);
        }
        Ok(Self(code.into_boxed_str()))
    }
}

impl fmt::Debug for Chassis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chassis(***)")
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Engine(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn model_year_reaches_from_1900_to_next_year() {
        #[track_caller]
        fn check(text: &str, expected: Result<u16, ModelYearError>) {
            assert_eq!(ModelYear::parse(text, 2026).map(ModelYear::value), expected);
        }
        check("1900", Ok(1900));
        check(" 2027 ", Ok(2027));
        check("", Err(ModelYearError::Empty));
        check("1899", Err(ModelYearError::Range));
        check("2028", Err(ModelYearError::Range));
        check("26", Err(ModelYearError::Format));
        check("20260", Err(ModelYearError::Format));
        check("202x", Err(ModelYearError::Format));
    }

    #[test]
    fn chassis_has_4_to_17_characters() {
        #[track_caller]
        fn check(text: &str, expected: Result<&str, ChassisError>) {
            let parsed = text.parse::<Chassis>();
            assert_eq!(parsed.as_ref().map(Chassis::as_str), expected.as_ref().copied());
        }
        check("nm0axxttf-p5r12345", Ok("NM0AXXTTFP5R12345"));
        check("io12", Ok("IO12"));
        check("", Err(ChassisError::Empty));
        check("AB1", Err(ChassisError::Shape));
        check("NM0AXXTTFP5R123456", Err(ChassisError::Shape));
        check("NM0AXX****P5R1234", Err(ChassisError::Shape));
        check("ÇB123456", Err(ChassisError::Shape));
        check("NMOAXXTTFP5R12345", Err(ChassisError::Letter('O')));
        check("nm0axxttfp5r1234i", Err(ChassisError::Letter('I')));
    }

    #[test]
    fn engine_has_6_to_40_characters() {
        #[track_caller]
        fn check(text: &str, expected: Result<&str, EngineError>) {
            let parsed = text.parse::<Engine>();
            assert_eq!(parsed.as_ref().map(Engine::as_str), expected.as_ref().copied());
        }
        check("k9k-b608 12", Ok("K9KB60812"));
        check(&"A".repeat(40), Ok(&"A".repeat(40)));
        check("", Err(EngineError::Empty));
        check("AB123", Err(EngineError::Shape));
        check(&"A".repeat(41), Err(EngineError::Shape));
        check("K9K****12", Err(EngineError::Shape));
    }
}
