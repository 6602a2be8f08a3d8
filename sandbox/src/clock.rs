//! The sandbox's time: real time plus an offset that tests move. Everything that expires asks here.

use std::time::{SystemTime, UNIX_EPOCH};

use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, UtcOffset};

/// Milliseconds since 1970.
pub(crate) type Millis = i64;

/// Real time plus an offset, or one moment for as long as a test wants.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clock {
    offset: Millis,
    frozen: Option<Millis>,
}

impl Clock {
    pub(crate) fn now(self) -> Millis {
        self.frozen.unwrap_or_else(|| real().saturating_add(self.offset))
    }

    pub(crate) fn advance(&mut self, by: Millis) {
        self.set(self.now().saturating_add(by));
    }

    pub(crate) fn set(&mut self, now: Millis) {
        self.offset = now.saturating_sub(real());
        self.frozen = self.frozen.map(|_| now);
    }

    /// Stops the clock at the time it shows, or lets it run on from there.
    pub(crate) fn freeze(&mut self, frozen: bool) {
        let now = self.now();
        self.frozen = frozen.then_some(now);
        self.offset = now.saturating_sub(real());
    }

    pub(crate) const fn is_frozen(self) -> bool {
        self.frozen.is_some()
    }

    pub(crate) const fn offset(self) -> Millis {
        self.offset
    }
}

fn real() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}

/// The instant as the API writes it.
pub(crate) fn iso(at: Millis) -> String {
    moment(at).format(&Rfc3339).unwrap_or_default()
}

/// Reads an instant as the API writes it.
pub(crate) fn parse_iso(text: &str) -> Option<Millis> {
    let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Millis::try_from(at.unix_timestamp_nanos() / 1_000_000).ok()
}

/// The day it is in Türkiye, which has kept UTC+3 all year since 2016.
pub(crate) fn istanbul_date(at: Millis) -> Date {
    moment(at).to_offset(UtcOffset::from_hms(3, 0, 0).unwrap_or(UtcOffset::UTC)).date()
}

/// `2026-11-20`
pub(crate) fn iso_date(date: Date) -> String {
    date.format(format_description!("[year]-[month]-[day]")).unwrap_or_default()
}

/// `20.11.2026`, as people in Türkiye and the guides write it.
pub(crate) fn turkish_date(date: Date) -> String {
    date.format(format_description!("[day].[month].[year]")).unwrap_or_default()
}

/// Reads `2026-11-20`.
pub(crate) fn parse_iso_date(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}

/// Reads `20.11.2026`.
pub(crate) fn parse_turkish_date(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[day].[month].[year]")).ok()
}

/// The same day `years` later; 29 February becomes 1 March.
pub(crate) fn years_later(date: Date, years: i32) -> Date {
    date.replace_year(date.year() + years)
        .unwrap_or_else(|_| date.next_day().and_then(|next| next.replace_year(date.year() + years).ok()).unwrap_or(date))
}

fn moment(at: Millis) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
