//! The policyholder's date of birth.

use std::fmt;

use super::{Date, DateError, normalise};

/// Date of birth of someone who may hold a policy: a day since 1900, at least eighteen years ago.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BirthDate(Date);

/// Why text is no policyholder's date of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BirthDateError {
    /// Nothing was given.
    #[error("no date of birth")]
    Empty,
    /// It is not written as a date with a year of four digits.
    #[error("this is not written as a date")]
    Format,
    /// There is no such day.
    #[error("there is no such day")]
    Calendar,
    /// Before 1900.
    #[error("the date of birth is before 1900")]
    TooEarly,
    /// After today.
    #[error("the date of birth is in the future")]
    Future,
    /// Younger than eighteen.
    #[error("a policyholder is at least 18 years old")]
    Under18,
}

impl BirthDate {
    /// Reads `gg.aa.yyyy`, also `g.a.yyyy`, with `-` or `/`, and the `YYYY-MM-DD` that browsers fill in by themselves.
    ///
    /// # Errors
    ///
    /// [`BirthDateError`], judged on `today`.
    pub fn parse(text: &str, today: Date) -> Result<Self, BirthDateError> {
        let text: String = text.chars().map(normalise::ascii_digit).collect();
        let text = normalise::trim(&text);
        if text.is_empty() {
            return Err(BirthDateError::Empty);
        }
        let is_iso = text.len() == 10 && text.as_bytes()[4] == b'-';
        let date = if is_iso { Date::parse_iso(text) } else { Date::parse_dotted(text) };
        let date = date.map_err(|error| match error {
            DateError::Format => BirthDateError::Format,
            DateError::Calendar => BirthDateError::Calendar,
        })?;
        if date.year() < 1900 {
            Err(BirthDateError::TooEarly)
        } else if date > today {
            Err(BirthDateError::Future)
        } else if date.age_on(today) < 18 {
            Err(BirthDateError::Under18)
        } else {
            Ok(Self(date))
        }
    }

    /// The day.
    pub fn date(self) -> Date {
        self.0
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BirthDate(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_on(today: &str, text: &str, expected: Result<&str, BirthDateError>) {
        let parsed = BirthDate::parse(text, Date::parse_iso(today).unwrap());
        assert_eq!(parsed.map(|birth| birth.date().iso()).as_deref(), expected.as_ref().copied());
    }

    #[track_caller]
    fn check(text: &str, expected: Result<&str, BirthDateError>) {
        check_on("2026-03-01", text, expected);
    }

    #[test]
    fn accepts_days_as_people_write_them() {
        check("29.02.2000", Ok("2000-02-29"));
        check("01.01.1990", Ok("1990-01-01"));
        check("1.1.1990", Ok("1990-01-01"));
        check("1/1/1990", Ok("1990-01-01"));
        check("31-12-1999", Ok("1999-12-31"));
        check("31.12.1999", Ok("1999-12-31"));
        check("29.02.1904", Ok("1904-02-29"));
        check("01.01.1900", Ok("1900-01-01"));
        check("1990-01-31", Ok("1990-01-31"));
        check("\u{ff11}.\u{ff11}.1990", Ok("1990-01-01"));
    }

    #[test]
    fn refuses_days_that_do_not_exist_or_do_not_fit() {
        check(" ", Err(BirthDateError::Empty));
        check("29.02.1900", Err(BirthDateError::Calendar));
        check("29.02.2023", Err(BirthDateError::Calendar));
        check("31.04.1990", Err(BirthDateError::Calendar));
        check("00.01.1990", Err(BirthDateError::Calendar));
        check("01.13.1990", Err(BirthDateError::Calendar));
        check("1990-13-01", Err(BirthDateError::Calendar));
        check("31.12.1899", Err(BirthDateError::TooEarly));
        check("02.03.2026", Err(BirthDateError::Future));
        check("01.01.90", Err(BirthDateError::Format));
        check("yesterday", Err(BirthDateError::Format));
    }

    #[test]
    fn draws_the_line_at_eighteen() {
        check("01.03.2008", Ok("2008-03-01"));
        check("02.03.2008", Err(BirthDateError::Under18));
        check("01.03.2026", Err(BirthDateError::Under18));
        check("29.02.2008", Ok("2008-02-29"));
        check_on("2026-02-28", "29.02.2008", Err(BirthDateError::Under18));
    }
}
