//! Amounts of money.

use crate::json::Value;

/// The currencies the API quotes in.
///
/// Unlike the words of the other lists it is never sent, and an amount of an unknown currency can't be shown, so there is no
/// `Unknown` here: [`Money::from_wire`] gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Currency {
    /// Turkish lira.
    TurkishLira,
    /// United States dollar.
    UsDollar,
    /// Euro.
    Euro,
}

impl Currency {
    /// Reads the API's word, or the ISO code that the guides' samples have.
    pub fn parse(word: &str) -> Option<Self> {
        const WORDS: [(&str, Currency); 7] = [
            ("TURKISH_LIRA", Currency::TurkishLira),
            ("TRY", Currency::TurkishLira),
            ("TL", Currency::TurkishLira),
            ("UNITED_STATES_DOLLAR", Currency::UsDollar),
            ("USD", Currency::UsDollar),
            ("EURO", Currency::Euro),
            ("EUR", Currency::Euro),
        ];
        WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, currency)| *currency)
    }

    /// The ISO 4217 code: `TRY`.
    pub fn code(self) -> &'static str {
        match self {
            Self::TurkishLira => "TRY",
            Self::UsDollar => "USD",
            Self::Euro => "EUR",
        }
    }
}

/// An amount in hundredths of its currency (kuruş, cents). No float survives behind the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount of so many hundredths.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads a price: a JSON number of whole units and the currency's word.
    ///
    /// Nothing when the price is not positive, not finite, finer than a hundredth, ten billion or more, or in a currency we
    /// don't know: such an offer has no price and can't be bought. Decision 3 of `docs/architecture.md`.
    pub fn from_wire(amount: &Value, currency: &Value) -> Option<Self> {
        let minor = hundredths(amount.as_f64()?).filter(|minor| *minor > 0)?;
        Some(Self { minor, currency: Currency::parse(currency.as_text()?)? })
    }

    /// The amount in hundredths.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The sum, unless the currencies differ or it is beyond all reason.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        Some(Self { minor: self.minor.checked_add(other.minor)?, ..self })
    }
}

/// The one place where a float becomes hundredths: 8500.55 · 100 is 850054.9999999999 in binary, so the result must be next to
/// a whole number, and is that number. More than two decimals, NaN, infinity and amounts of 10^12 hundredths give nothing.
pub(crate) fn hundredths(number: f64) -> Option<i64> {
    let scaled = number * 100.0;
    // One machine instruction of wasm; plain `round` is a function.
    let whole = scaled.round_ties_even();
    if !(scaled.abs() < 1e12 && (scaled - whole).abs() <= 1e-4) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 10^12")]
    Some(whole as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(amount: &str, currency: &str, expected: Option<(i64, &str)>) {
        let money = Money::from_wire(&serde_json::from_str(amount).unwrap(), &serde_json::from_str(currency).unwrap());
        assert_eq!(money.map(|money| (money.minor(), money.currency().code())), expected);
    }

    #[test]
    fn reads_prices() {
        check("8500.55", r#""TURKISH_LIRA""#, Some((850_055, "TRY")));
        check("9000", r#""try""#, Some((900_000, "TRY")));
        check("9000.0", r#""TL""#, Some((900_000, "TRY")));
        check("0.01", r#""EURO""#, Some((1, "EUR")));
        check("1.005e2", r#""UNITED_STATES_DOLLAR""#, Some((10_050, "USD")));
        check("12345.670000000001", r#""USD""#, Some((1_234_567, "USD")));
        check("9999999999.99", r#""EUR""#, Some((999_999_999_999, "EUR")));
    }

    #[test]
    fn has_no_price_where_there_is_none_to_show() {
        for amount in ["null", r#""8500.55""#, "0", "-1", "8500.555", "0.001", "10000000000", "1e300", "{}"] {
            check(amount, r#""TRY""#, None);
        }
        for currency in ["null", r#""UNKNOWN""#, r#""GBP""#, r#""""#, "1"] {
            check("8500.55", currency, None);
        }
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Money::from_wire(&Value::Number(number), &"TRY".into()), None);
        }
    }

    /// As a server in a language with binary floats writes prices: every kuruş up to 10,000, then a prime step up to a hundred million.
    #[test]
    fn converts_every_kurus_exactly() {
        for minor in (0..=1_000_000).chain((1_000_000..=9_999_999_999).step_by(9_973)).chain([9_999_999_998, 9_999_999_999]) {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
            let number = minor as f64 / 100.0;
            assert_eq!(hundredths(number), Some(minor));
        }
    }

    #[test]
    fn truncation_would_have_been_wrong() {
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "the mistake this test is about")]
        let wrong = (1..=9_999_999_i64).step_by(7).filter(|minor| (*minor as f64 / 100.0 * 100.0) as i64 != *minor).count();
        assert!(wrong > 50_000, "{wrong}");
    }

    #[test]
    fn adds_only_within_a_currency() {
        let [ten, one] = [1_000, 100].map(|minor| Money::new(minor, Currency::TurkishLira));
        assert_eq!(ten.checked_add(one), Some(Money::new(1_100, Currency::TurkishLira)));
        assert_eq!(ten.checked_add(Money::new(100, Currency::Euro)), None);
        assert_eq!(ten.checked_add(Money::new(i64::MAX, Currency::TurkishLira)), None);
    }
}
