//! Calendar dates.

use crate::domain::normalise::{decimal, join_with, small};
use std::fmt;

use super::normalise::{parts, trim};

/// A day of the Gregorian calendar, without time or zone. Days compare in the order of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // INVARIANT: a day that exists, year 1..=9999; the order of the fields makes the derived comparison that of time.
    year: u16,
    month: u8,
    day: u8,
}

/// Why text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It is not written as a date.
    #[error("this is not written as a date")]
    Format,
    /// It is written as a date, but there is no such day.
    #[error("there is no such day")]
    Calendar,
}

impl Date {
    /// The day with these numbers, if there is one.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// Reads `YYYY-MM-DD`, also in front of a time (`2026-03-01T09:30:00+03:00`).
    ///
    /// An instant in UTC (`…Z`) is taken to the Istanbul day it falls on: a server that stores Istanbul's midnight in UTC sends
    /// 21:00 of the day before.
    ///
    /// # Errors
    ///
    /// [`DateError`], for example for `2026-02-30`.
    pub fn parse_iso(text: &str) -> Result<Self, DateError> {
        let text = trim(text);
        let (date, time) = text.split_at_checked(10).ok_or(DateError::Format)?;
        if !matches!(time.bytes().next(), None | Some(b'T' | b't' | b' ')) {
            return Err(DateError::Format);
        }
        let &[year, month, day] = &parts(date, "-")[..] else { return Err(DateError::Format) };
        let day = from_parts([year, month, day])?;
        let is_next_day =
            matches!(time.bytes().last(), Some(b'Z' | b'z')) && number(time.get(1..3)).is_some_and(|hour| hour + ISTANBUL_HOURS >= 24);
        Ok(if is_next_day { Self::from_days(day.to_days() + 1) } else { day })
    }

    /// Reads the Turkish way of writing, day first: `gg.aa.yyyy`, also `g.a.yyyy`, and with `-` or `/`.
    ///
    /// # Errors
    ///
    /// [`DateError`]; a year of two digits is `Format`.
    pub fn parse_dotted(text: &str) -> Result<Self, DateError> {
        let &[day, month, year] = &parts(text, ".-/")[..] else { return Err(DateError::Format) };
        from_parts([trim(year), trim(month), trim(day)])
    }

    /// The day in Istanbul at this Unix time in milliseconds. Türkiye is three hours ahead of UTC all year.
    pub fn in_istanbul(unix_ms: i64) -> Self {
        Self::from_days(unix_ms.saturating_add(ISTANBUL_HOURS * 3_600_000).div_euclid(86_400_000))
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// `YYYY-MM-DD`, as the current wire form carries dates.
    pub fn iso(self) -> String {
        join_with("-", &[&padded(self.year, 4), &padded(self.month.into(), 2), &padded(self.day.into(), 2)])
    }

    /// `gg.aa.yyyy`, as the guides' wire form carries dates and people in Türkiye write them.
    pub fn dotted(self) -> String {
        join_with(".", &[&padded(self.day.into(), 2), &padded(self.month.into(), 2), &padded(self.year, 4)])
    }

    /// Full years completed on `today` by someone born on this day; negative before birth.
    ///
    /// Who was born on 29 February completes a year on 1 March where there is no 29th.
    pub fn age_on(self, today: Self) -> i32 {
        let is_before_birthday = (today.month, today.day) < (self.month, self.day);
        i32::from(today.year) - i32::from(self.year) - i32::from(is_before_birthday)
    }

    /// The same day so many years later, or earlier; 1 March instead of a 29 February that does not exist.
    ///
    /// Years beyond 1 and 9999 stay there.
    pub fn add_years(self, years: i16) -> Self {
        let year = self.year.saturating_add_signed(years).clamp(1, 9999);
        Self::new(year, self.month, self.day).unwrap_or(Self { year, month: 3, day: 1 })
    }

    /// So many days later, or earlier.
    pub fn add_days(self, days: i32) -> Self {
        Self::from_days(self.to_days() + i64::from(days))
    }

    /// Days since 1970-01-01. Both ways count in 400-year eras from a first of March, so that the leap day comes last.
    fn to_days(self) -> i64 {
        let is_early = self.month <= 2;
        let year = i64::from(self.year) - i64::from(is_early);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month_from_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    fn from_days(days: i64) -> Self {
        let days = days.clamp(FIRST_DAY, LAST_DAY) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the years 1 to 9999 above")]
        Self { year: year as u16, month: month as u8, day: day as u8 }
    }
}

const ISTANBUL_HOURS: i64 = 3;
/// 0001-01-01 and 9999-12-31 as days since 1970-01-01.
const FIRST_DAY: i64 = -719_162;
const LAST_DAY: i64 = 2_932_896;

fn from_parts([year, month, day]: [&str; 3]) -> Result<Date, DateError> {
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return Err(DateError::Format);
    }
    let part = |part| number(Some(part)).and_then(|number| u16::try_from(number).ok()).ok_or(DateError::Format);
    let (year, month, day) = (part(year)?, part(month)?, part(day)?);
    // Two digits at most, so they fit.
    Date::new(year, u8::try_from(month).unwrap_or(0), u8::try_from(day).unwrap_or(0)).ok_or(DateError::Calendar)
}

/// The number written with ASCII digits only: the standard parser would take a `+` too.
fn number(digits: Option<&str>) -> Option<i64> {
    digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())).and_then(small)
}

fn padded(number: u16, width: usize) -> String {
    let mut padded = decimal(number);
    while padded.len() < width {
        padded.insert(0, '0');
    }
    padded
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// ISO form.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parsed: Result<Date, DateError>, expected: Result<&str, DateError>) {
        assert_eq!(parsed.map(Date::iso).as_deref(), expected.as_ref().copied());
    }

    #[test]
    fn reads_iso_dates_and_instants() {
        check(Date::parse_iso("1990-01-01"), Ok("1990-01-01"));
        check(Date::parse_iso("1990-01-01T00:00:00"), Ok("1990-01-01"));
        check(Date::parse_iso("2026-03-01T00:00:00+03:00"), Ok("2026-03-01"));
        check(Date::parse_iso("2026-02-28T20:59:59.999Z"), Ok("2026-02-28"));
        check(Date::parse_iso("2026-02-28T21:00:00Z"), Ok("2026-03-01"));
        check(Date::parse_iso("2025-12-31T21:30:00.1234567Z"), Ok("2026-01-01"));
        check(Date::parse_iso("1990-13-01"), Err(DateError::Calendar));
        for text in ["", "1990-01", "1990-1-1", "01.01.1990", "1990-01-01x", "1990-01-0é", "+990-01-01", "1990-01-+1"] {
            check(Date::parse_iso(text), Err(DateError::Format));
        }
    }

    #[test]
    fn reads_dotted_dates() {
        check(Date::parse_dotted("01.02.1990"), Ok("1990-02-01"));
        check(Date::parse_dotted("1/2/1990"), Ok("1990-02-01"));
        check(Date::parse_dotted(" 1 - 2 - 1990 "), Ok("1990-02-01"));
        check(Date::parse_dotted("29.02.2023"), Err(DateError::Calendar));
        for text in ["", "1.2", "1.2.90", "1.2.1990.", "1990-02-01", "a.2.1990", "001.2.1990", "..1990"] {
            check(Date::parse_dotted(text), Err(DateError::Format));
        }
    }

    #[test]
    fn knows_the_day_in_istanbul() {
        // 2026-02-28T20:59:59.999Z and 21:00Z.
        assert_eq!(Date::in_istanbul(1_772_312_399_999).iso(), "2026-02-28");
        assert_eq!(Date::in_istanbul(1_772_312_400_000).iso(), "2026-03-01");
        assert_eq!(Date::in_istanbul(1_772_314_200_000).iso(), "2026-03-01");
        assert_eq!(Date::in_istanbul(-1).iso(), "1970-01-01");
        assert_eq!(Date::in_istanbul(i64::MIN).iso(), "0001-01-01");
        assert_eq!(Date::in_istanbul(i64::MAX).iso(), "9999-12-31");
    }

    /// Every day of the calendar: numbered without a gap, and read back from both ways of writing.
    #[test]
    fn prints_and_reads_every_day() {
        let mut number = FIRST_DAY;
        let mut previous = None;
        for year in 1..=9999 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    let date = Date::new(year, month, day).unwrap();
                    assert_eq!((date.to_days(), Date::from_days(number)), (number, date));
                    assert!(previous < Some(date));
                    previous = Some(date);
                    number += 1;
                    if (1890..2110).contains(&year) {
                        assert_eq!((Date::parse_iso(&date.iso()), Date::parse_dotted(&date.dotted())), (Ok(date), Ok(date)));
                    }
                }
            }
        }
        assert_eq!(number, LAST_DAY + 1);
    }

    #[test]
    fn completes_a_year_of_a_leap_day_on_the_first_of_march() {
        let born = Date::new(2008, 2, 29).unwrap();
        assert_eq!(born.age_on(Date::new(2026, 2, 28).unwrap()), 17);
        assert_eq!(born.age_on(Date::new(2026, 3, 1).unwrap()), 18);
        assert_eq!(born.age_on(Date::new(2028, 2, 28).unwrap()), 19);
        assert_eq!(born.age_on(Date::new(2028, 2, 29).unwrap()), 20);
        assert_eq!(born.age_on(Date::new(2007, 12, 31).unwrap()), -1);
        assert_eq!(born.add_years(18).iso(), "2026-03-01");
        assert_eq!(born.add_years(-8).iso(), "2000-02-29");
        assert_eq!(born.add_days(1).iso(), "2008-03-01");
        assert_eq!(born.add_days(-29).iso(), "2008-01-31");
    }
}
