//! Payment cards: numbers, brands, expiry, security code and holder.
//!
//! A card lives as long as the call that carries it: no `Clone`, nothing printed, and the browser build's allocator wipes what is freed.

use std::fmt;

use super::{Date, Secret, normalise};

/// A card number: 12 to 19 digits with a right check digit.
pub struct CardNumber(Secret<Box<str>>);

/// Why text is no card number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardNumberError {
    /// Nothing was given.
    #[error("no card number")]
    Empty,
    /// There is something other than digits and separators.
    #[error("a card number has digits only")]
    NotDigits,
    /// Fewer than 12 or more than 19 digits, or not as many as the brand has.
    #[error("a card number has not so many digits")]
    Length,
    /// The check digit is wrong, or the number is none that is ever given out: most likely a digit was mistyped.
    #[error("the card number is mistyped")]
    CheckDigit,
}

/// Who runs a card's network. For the mark, the grouping and the length of the security code only: a card of an unknown brand is as good as
/// any, the server decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Brand {
    /// Visa.
    Visa,
    /// Mastercard.
    Mastercard,
    /// Maestro, and debit cards of the Mastercard family.
    Maestro,
    /// American Express.
    Amex,
    /// Troy, domestic.
    Troy,
    /// Troy cards that are Discover cards abroad.
    TroyDiscover,
    /// Any other.
    Unknown,
}

impl Brand {
    /// The brand of a number, also of one that is still being typed.
    pub fn of(digits: &str) -> Self {
        let prefix = |length: usize| digits.get(..length).and_then(|prefix| prefix.parse::<u32>().ok()).unwrap_or(0);
        match (prefix(1), prefix(2), prefix(4)) {
            (4, ..) => Self::Visa,
            (_, 51..=55, _) | (_, _, 2221..=2720) => Self::Mastercard,
            (_, 34 | 37, _) => Self::Amex,
            (_, _, 9792) => Self::Troy,
            (_, 65, _) => Self::TroyDiscover,
            // 60 and 64 are partly, 62 is wholly of other networks.
            (_, 50 | 56..=58 | 61 | 63 | 66..=69, _) => Self::Maestro,
            _ => Self::Unknown,
        }
    }

    /// Digits of the security code.
    pub fn cvc_length(self) -> usize {
        if self == Self::Amex { 4 } else { 3 }
    }

    /// Where a number is broken when it is shown.
    fn breaks(self) -> &'static [usize] {
        if self == Self::Amex { &[4, 10] } else { &[4, 8, 12, 16] }
    }

    fn has_length(self, length: usize) -> bool {
        match self {
            Self::Amex => length == 15,
            Self::Mastercard | Self::Troy | Self::TroyDiscover => length == 16,
            Self::Visa => matches!(length, 13 | 16 | 19),
            Self::Maestro | Self::Unknown => true,
        }
    }
}

impl CardNumber {
    /// Reads a typed number.
    ///
    /// # Errors
    ///
    /// [`CardNumberError`].
    pub fn parse(text: &str) -> Result<Self, CardNumberError> {
        let digits = normalise::digits(text).map_err(|_| CardNumberError::NotDigits)?;
        if digits.is_empty() {
            return Err(CardNumberError::Empty);
        }
        if !(12..=19).contains(&digits.len()) || !Brand::of(&digits).has_length(digits.len()) {
            return Err(CardNumberError::Length);
        }
        let all_equal = digits.bytes().all(|digit| digit == digits.as_bytes()[0]);
        if digits.starts_with('0') || all_equal || !passes_luhn(&digits) {
            return Err(CardNumberError::CheckDigit);
        }
        Ok(Self(Secret::new(digits.into_boxed_str())))
    }

    /// Its brand.
    pub fn brand(&self) -> Brand {
        // EXPOSE: the brand says nothing about the holder.
        Brand::of(self.0.expose())
    }

    /// The last four digits: all that is ever shown again.
    pub fn last_four(&self) -> &str {
        // EXPOSE: four digits are what the rules of the networks allow to be shown.
        let digits = self.0.expose();
        &digits[digits.len() - 4..]
    }

    /// The digits, for the one request that pays.
    pub fn expose(&self) -> &str {
        // EXPOSE: the caller says why.
        self.0.expose()
    }
}

/// A number in groups as its brand prints them, also while it is typed.
pub fn grouped(digits: &str) -> String {
    let breaks = Brand::of(digits).breaks();
    let mut text = String::with_capacity(digits.len() + breaks.len());
    for (place, digit) in digits.chars().enumerate() {
        if breaks.contains(&place) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// ISO/IEC 7812-1: from the right, every second digit counts twice, and the sum of the digits ends in zero.
fn passes_luhn(digits: &str) -> bool {
    let mut sum = 0;
    for (digit, place) in digits.bytes().rev().zip(0_u32..) {
        let digit = u32::from(digit - b'0') << (place % 2);
        sum += if digit > 9 { digit - 9 } else { digit };
    }
    sum % 10 == 0
}

impl fmt::Debug for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardNumber(***)")
    }
}

/// A security code: three digits, four with American Express. `000` is one too.
pub struct Cvc(Secret<Box<str>>);

/// The text is no security code of that brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the security code has {0} digits")]
pub struct CvcError(pub usize);

impl Cvc {
    /// Reads a typed code of a card of this brand.
    ///
    /// # Errors
    ///
    /// [`CvcError`], with the number of digits there should be.
    pub fn parse(text: &str, brand: Brand) -> Result<Self, CvcError> {
        let length = brand.cvc_length();
        let digits = normalise::digits(text).map_err(|_| CvcError(length))?;
        if digits.len() == length { Ok(Self(Secret::new(digits.into_boxed_str()))) } else { Err(CvcError(length)) }
    }

    /// The digits, for the one request that pays.
    pub fn expose(&self) -> &str {
        // EXPOSE: the caller says why.
        self.0.expose()
    }
}

impl fmt::Debug for Cvc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cvc(***)")
    }
}

/// The month through whose last day a card is good.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Expiry {
    month: u8,
    year: u16,
}

/// Why text is no expiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpiryError {
    /// Nothing was given.
    #[error("no expiry")]
    Empty,
    /// It is not a month and a year of two or four digits.
    #[error("an expiry is a month and a year, like 07/29")]
    Format,
    /// There is no such month.
    #[error("there is no such month")]
    Month,
    /// The month is over.
    #[error("the card has expired")]
    Past,
    /// More than twenty years ahead: most likely a digit was mistyped.
    #[error("no card is good for so long")]
    Far,
}

impl Expiry {
    /// Reads `07/29`, `7/2029`, `0729`. `today` is the day in Istanbul.
    ///
    /// # Errors
    ///
    /// [`ExpiryError`].
    pub fn parse(text: &str, today: Date) -> Result<Self, ExpiryError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ExpiryError::Empty);
        }
        let parts = normalise::parts(text, "/-. ");
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let (month, year) = match parts[..] {
            [month, year] => (month, year),
            [joined] if joined.is_ascii() && matches!(joined.len(), 4 | 6) => joined.split_at(2),
            _ => return Err(ExpiryError::Format),
        };
        let number = |part: &str| normalise::digits(part).ok().filter(|digits| digits.len() == part.chars().count())?.parse::<u16>().ok();
        let (Some(month), Some(typed)) = (number(month).filter(|_| month.len() <= 2), number(year)) else {
            return Err(ExpiryError::Format);
        };
        let year = match year.chars().count() {
            2 => 2000 + typed,
            4 => typed,
            _ => return Err(ExpiryError::Format),
        };
        let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month)).ok_or(ExpiryError::Month)?;
        if (year, month) < (today.year(), today.month()) {
            return Err(ExpiryError::Past);
        }
        if (year, month) > (today.year() + 20, today.month()) {
            return Err(ExpiryError::Far);
        }
        Ok(Self { month, year })
    }

    /// The month, two digits.
    pub fn month(self) -> String {
        normalise::join(if self.month < 10 { "0" } else { "" }, &normalise::decimal(self.month), "")
    }

    /// The year, four digits.
    pub fn year(self) -> String {
        normalise::decimal(self.year)
    }
}

impl fmt::Debug for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Expiry(***)")
    }
}

/// The name on a card: 2 to 26 characters, letters with spaces, `.`, `'` and `-` between them.
pub struct Holder(Secret<Box<str>>);

/// Why text is no holder's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HolderError {
    /// Nothing was given.
    #[error("no name")]
    Empty,
    /// Not 2 to 26 characters.
    #[error("the name on a card has 2 to 26 characters")]
    Length,
    /// This character is in no name on a card. A digit means most likely that a number was typed in the wrong field.
    #[error("`{0}` is in no name")]
    Character(char),
}

impl Holder {
    /// Reads a typed name; white space is collapsed.
    ///
    /// # Errors
    ///
    /// [`HolderError`].
    pub fn parse(text: &str) -> Result<Self, HolderError> {
        let name = normalise::plain_text(text, usize::MAX);
        if name.is_empty() {
            return Err(HolderError::Empty);
        }
        if let Some(stranger) = name.chars().find(|c| !(c.is_alphabetic() || matches!(c, ' ' | '.' | '\'' | '’' | '-'))) {
            return Err(HolderError::Character(stranger));
        }
        if !(2..=26).contains(&name.chars().count()) || !name.chars().any(char::is_alphabetic) {
            return Err(HolderError::Length);
        }
        Ok(Self(Secret::new(name.into_boxed_str())))
    }

    /// The name, for the one request that pays.
    pub fn expose(&self) -> &str {
        // EXPOSE: the caller says why.
        self.0.expose()
    }
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holder(***)")
    }
}

#[cfg(test)]
mod tests;
