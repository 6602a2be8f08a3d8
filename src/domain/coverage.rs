//! What a cover includes.

/// One line of a cover table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoverageValue {
    /// Included.
    Included,
    /// Not included.
    NotIncluded,
    /// Up to the market value (rayiç bedel).
    MarketValue,
    /// Without limit.
    Limitless,
    /// The highest limit the insurer offers.
    HighestLimit,
    /// Up to an amount, in hundredths. The wire names no currency here.
    Amount(i64),
    /// A share, in hundredths of a percent: 20 % is 2000.
    Percent(i64),
    /// A count, for example days.
    Number(i64),
    /// So many times a year, so many days each: a replacement car.
    Days(i64, i64),
    /// One of an open list of words, as the API spells it: `ANLASMALI_YETKILI_SERVIS`.
    Word(String),
    /// The insurer left it open.
    Undefined,
    /// Something of another structure; the document says what.
    Other,
}
