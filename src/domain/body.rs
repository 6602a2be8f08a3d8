//! Height and weight, which health insurers ask for.

use std::fmt;

use super::normalise;

macro_rules! measures {
    ($($(#[$doc:meta])* $name:ident in $unit:literal, $least:literal..=$most:literal, usually $low:literal..=$high:literal)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub struct $name(u16);

        impl $name {
            /// Reads a typed number; the unit may stand behind it.
            ///
            /// # Errors
            ///
            /// [`MeasureError`].
            pub fn parse(text: &str) -> Result<Self, MeasureError> {
                measure(text, $unit, $least, $most).map(Self)
            }

            /// The number.
            pub fn value(self) -> u16 {
                self.0
            }

            /// Whether a grown person usually measures so. Ask "is this right?" otherwise, and nothing more.
            pub fn is_usual(self) -> bool {
                ($low..=$high).contains(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }
    )*};
}

measures! {
    /// Height in whole centimetres, 30 to 250: members of a family can be infants.
    Height in "cm", 30..=250, usually 130..=215
    /// Weight in whole kilograms, 2 to 350.
    Weight in "kg", 2..=350, usually 35..=200
}

/// Why text is no height or weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MeasureError {
    /// Nothing was given.
    #[error("no number")]
    Empty,
    /// It is not a whole number, or in another unit.
    #[error("this is not a whole number in the unit asked for")]
    Format,
    /// A number with a fraction; the whole number that was probably meant.
    #[error("a whole number is wanted, perhaps {0}")]
    Fraction(u16),
    /// Outside of what can be.
    #[error("this cannot be right")]
    Range,
}

fn measure(text: &str, unit: &str, least: u16, most: u16) -> Result<u16, MeasureError> {
    let text = text.trim().to_lowercase();
    let text = text.strip_suffix(unit).unwrap_or(&text).trim_end();
    if text.is_empty() {
        return Err(MeasureError::Empty);
    }
    let number: String = text.chars().map(normalise::ascii_digit).collect();
    let (whole, fraction) = normalise::split_before(&number, ",.");
    let value = whole.parse::<u16>().map_err(|_| MeasureError::Format)?;
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(MeasureError::Format);
    }
    if let Some(digits) = fraction.get(1..) {
        let tenths = digits.bytes().next().filter(u8::is_ascii_digit).ok_or(MeasureError::Format)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(MeasureError::Format);
        }
        // 1,75 is metres; 75,5 is half a unit too many.
        let meant = if unit == "cm" && value < 3 {
            let hundredths = digits.as_bytes().get(1).map_or(0, |digit| u16::from(digit - b'0'));
            value * 100 + u16::from(tenths - b'0') * 10 + hundredths
        } else {
            value.saturating_add(u16::from(tenths >= b'5'))
        };
        return Err(if (least..=most).contains(&meant) { MeasureError::Fraction(meant) } else { MeasureError::Range });
    }
    if (least..=most).contains(&value) { Ok(value) } else { Err(MeasureError::Range) }
}

/// Whether a grown person of this height usually weighs so: a body mass index between 13 and 60.
pub fn fits(height: Height, weight: Weight) -> bool {
    // kg / m², both sides times 10,000 cm² / m².
    let (weight, square) = (u32::from(weight.0) * 10_000, u32::from(height.0).pow(2));
    (13 * square..=60 * square).contains(&weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_numbers() {
        for (text, value) in [("175", 175), ("170cm", 170), (" 170 CM ", 170), ("30", 30), ("250", 250), ("1７5", 175)] {
            assert_eq!(Height::parse(text).map(Height::value), Ok(value), "{text}");
        }
        for (text, value) in [("75", 75), ("3", 3), ("350 kg", 350)] {
            assert_eq!(Weight::parse(text).map(Weight::value), Ok(value), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest_and_says_what_was_probably_meant() {
        for (text, error) in [
            ("", MeasureError::Empty),
            ("cm", MeasureError::Empty),
            ("29", MeasureError::Range),
            ("251", MeasureError::Range),
            ("0", MeasureError::Range),
            ("-5", MeasureError::Format),
            ("+175", MeasureError::Format),
            ("99999", MeasureError::Format),
            ("1,75", MeasureError::Fraction(175)),
            ("1.8", MeasureError::Fraction(180)),
            ("175.5", MeasureError::Fraction(176)),
            ("9,9", MeasureError::Range),
            ("1,", MeasureError::Format),
            ("5 ft", MeasureError::Format),
        ] {
            assert_eq!(Height::parse(text).map(Height::value), Err(error), "{text}");
        }
        for (text, error) in [
            ("1", MeasureError::Range),
            ("351", MeasureError::Range),
            ("180 lb", MeasureError::Format),
            ("75,5", MeasureError::Fraction(76)),
            ("75.4", MeasureError::Fraction(75)),
        ] {
            assert_eq!(Weight::parse(text).map(Weight::value), Err(error), "{text}");
        }
    }

    #[test]
    fn asks_about_what_is_unusual() {
        for (height, usual) in [("129", false), ("130", true), ("215", true), ("216", false)] {
            assert_eq!(Height::parse(height).unwrap().is_usual(), usual, "{height}");
        }
        for (weight, usual) in [("34", false), ("35", true), ("200", true), ("201", false)] {
            assert_eq!(Weight::parse(weight).unwrap().is_usual(), usual, "{weight}");
        }
        for (height, weight, usual) in
            [("175", "75", true), ("200", "51", false), ("200", "52", true), ("170", "173", true), ("170", "174", false)]
        {
            assert_eq!(fits(Height::parse(height).unwrap(), Weight::parse(weight).unwrap()), usual, "{height} {weight}");
        }
    }

    #[test]
    fn prints_nothing() {
        assert_eq!(format!("{:?} {:?}", Height::parse("175").unwrap(), Weight::parse("75").unwrap()), "Height(***) Weight(***)");
    }
}
