//! Numbers that carry their own check: identity, tax, plate, registration serial, phone.

/// Whether `text` is a Turkish identity number: eleven digits of which the last two are check digits.
pub(crate) fn is_tckn(text: &str) -> bool {
    let Some(digits) = digits::<11>(text) else { return false };
    let odd: i32 = digits.iter().step_by(2).take(5).sum();
    let even: i32 = digits.iter().skip(1).step_by(2).take(4).sum();
    let all: i32 = digits.iter().take(10).sum();
    digits[0] != 0 && (7 * odd - even).rem_euclid(10) == digits[9] && all % 10 == digits[10]
}

/// Whether `text` is a tax number: ten digits, the last being a check digit.
pub(crate) fn is_vkn(text: &str) -> bool {
    let Some(digits) = digits::<10>(text) else { return false };
    let sum: i32 = (1..=9)
        .zip(digits)
        .map(|(place, digit)| match (digit + 10 - place) % 10 {
            9 => 9,
            shifted => (shifted << (10 - place)) % 9,
        })
        .sum();
    (10 - sum % 10) % 10 == digits[9]
}

/// Whether `text` can stand for a foreigner: their identity number, which starts with 99, or a passport.
pub(crate) fn is_foreign_id(text: &str) -> bool {
    if text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.starts_with("99") && is_tckn(text);
    }
    (5..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The ten digits of a Turkish mobile number, from any usual way of writing it.
pub(crate) fn mobile(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '+')).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let digits = if digits.len() > 10 { digits.strip_prefix("90").unwrap_or(digits) } else { digits };
    let digits = if digits.len() == 11 { digits.strip_prefix('0').unwrap_or(digits) } else { digits };
    (digits.len() == 10 && digits.starts_with('5') && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.to_owned())
}

/// Whether a plate's part after the city has one of the shapes in use: `A1234`, `AB123`, `ABC12` and so on.
pub(crate) fn is_plate_code(code: &str) -> bool {
    let letters = code.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (head, tail) = code.split_at(letters);
    let shape = match letters {
        1 => 4..=5,
        2 => 3..=4,
        3 => 2..=3,
        _ => return false,
    };
    head.bytes().all(|byte| byte.is_ascii_uppercase() && !matches!(byte, b'Q' | b'W' | b'X'))
        && shape.contains(&tail.len())
        && tail.bytes().all(|byte| byte.is_ascii_digit())
        && tail.bytes().any(|byte| byte != b'0')
}

/// Splits a plate written in one piece, `34ABC123`, into city and code.
pub(crate) fn split_plate(text: &str) -> Option<(u8, String)> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let city = compact.get(..2)?.parse().ok().filter(|city| (1..=81).contains(city))?;
    let code = compact.get(2..)?.to_owned();
    is_plate_code(&code).then_some((city, code))
}

/// Whether a registration document's serial is two letters and six digits; the guides' samples have one letter and seven.
pub(crate) fn is_serial(code: &str, number: &str, legacy: bool) -> bool {
    let fits = |letters, digits| {
        code.len() == letters
            && number.len() == digits
            && code.bytes().all(|byte| byte.is_ascii_uppercase())
            && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    fits(2, 6) || (legacy && fits(1, 7))
}

fn digits<const N: usize>(text: &str) -> Option<[i32; N]> {
    let digits: Option<Vec<i32>> = text.bytes().map(|byte| byte.is_ascii_digit().then(|| i32::from(byte - b'0'))).collect();
    digits?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_identity_numbers_by_their_check_digits() {
        for valid in ["10000000146", "11111111110", "19090909018", "10000008098", "12345678950", "99999999990", "10562272296"] {
            assert!(is_tckn(valid), "{valid}");
        }
        for invalid in ["10000000147", "11111111111", "19090909010", "01234567890", "1000000014", "100000001460", ""] {
            assert!(!is_tckn(invalid), "{invalid}");
        }
    }

    #[test]
    fn accepts_tax_numbers_by_their_check_digit() {
        for valid in ["4540536920", "1234567890", "0000000001", "9876543217", "5837313833", "8230637728"] {
            assert!(is_vkn(valid), "{valid}");
        }
        for invalid in ["4540536921", "0000000000", "1111111111", "9999999999", "123456789"] {
            assert!(!is_vkn(invalid), "{invalid}");
        }
    }

    #[test]
    fn reads_plates_and_refuses_other_shapes() {
        assert_eq!(split_plate("34 ABC 123"), Some((34, "ABC123".to_owned())));
        assert_eq!(split_plate("06a1234"), Some((6, "A1234".to_owned())));
        for invalid in ["00ABC12", "82ABC12", "34 ABC 1", "34 AB 12", "34 QAB 12", "34 ABC 000", "34ABC", "ş4ABC12"] {
            assert_eq!(split_plate(invalid), None, "{invalid}");
        }
    }

    #[test]
    fn finds_the_mobile_number_in_every_notation() {
        for text in ["5321234567", "0532 123 45 67", "+90 (532) 123-45-67", "00905321234567", "+9005321234567"] {
            assert_eq!(mobile(text).as_deref(), Some("5321234567"), "{text}");
        }
        for text in ["2121234567", "532123456", "+49 151 1234567", ""] {
            assert_eq!(mobile(text), None, "{text}");
        }
    }
}
