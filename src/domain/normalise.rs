//! What is done to typed and pasted text before any rule looks at it.
//!
//! Upper-casing follows a table of the Turkish letters, never the host's locale: `i`, `ı` and `İ` all become `I` (JavaScript's
//! Turkish upper-casing would turn the `i` of a typed chassis number into `İ`, Rust's lower-casing turns `İ` into two
//! characters). `Ç Ğ Ö Ş Ü` are kept, so that a rule can refuse them by name instead of quietly reading `Ş` as `S`.

/// Whether this character only groups what is around it: spaces of all widths, and `- . / ( )`.
pub fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\r' | '\n' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{200b}'..='\u{200d}' | '\u{feff}'
    )
}

/// Full-width digits (U+FF10–FF19, as East Asian keyboards type them) become ASCII digits; everything else stays.
///
/// Digits of other scripts are left for the caller to refuse.
pub fn ascii_digit(c: char) -> char {
    match c {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(c) - 0xff10 + u32::from('0')).unwrap_or(c),
        _ => c,
    }
}

/// Upper case by the table described at the top of this module.
pub fn upper(c: char) -> char {
    match c {
        'i' | 'ı' | 'İ' => 'I',
        'ç' => 'Ç',
        'ğ' => 'Ğ',
        'ö' => 'Ö',
        'ş' => 'Ş',
        'ü' => 'Ü',
        _ => c.to_ascii_uppercase(),
    }
}

/// Texts one after the other. A call is less code than a list that is put together, where there are many.
#[inline(never)]
pub fn join(first: &str, second: &str, third: &str) -> String {
    join_with("", &[first, second, third])
}

/// Texts with something between them. The library's own counts and copies for each kind of text anew.
pub fn join_with(separator: &str, texts: &[&str]) -> String {
    let mut joined = String::new();
    for (place, text) in texts.iter().enumerate() {
        if place > 0 {
            joined.push_str(separator);
        }
        joined.push_str(text);
    }
    joined
}

/// Reads a whole number of up to 18 digits.
pub fn whole(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let fits = (1..=18).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.bytes().filter(|_| fits).fold(0, |number, byte| number * 10 + i64::from(byte - b'0'));
    fits.then_some(if digits.len() == text.len() { number } else { -number })
}

/// A whole number in digits; one beyond 64 bits as the largest. The library's formatting knows widths, signs and bases, and brings them
/// all into a browser.
pub fn decimal(number: impl TryInto<i64>) -> String {
    decimal_of(number.try_into().unwrap_or(i64::MAX))
}

fn decimal_of(number: i64) -> String {
    let mut text = String::new();
    let mut rest = number.unsigned_abs();
    loop {
        text.insert(0, char::from(b'0' + u8::try_from(rest % 10).unwrap_or_default()));
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        text.insert(0, '-');
    }
    text
}

/// Where in a text of a list what somebody types stands, from byte to byte: whatever the case, and with or without the marks on letters
/// (`skoda` finds `Škoda`, `citroen` `Citroën`). Nothing typed stands at the beginning.
#[must_use]
pub fn seek(text: &str, typed: &str) -> Option<(usize, usize)> {
    let typed: Vec<char> = trim(typed).chars().map(plain_letter).collect();
    let letters: Vec<(usize, char)> = text.char_indices().map(|(place, c)| (place, plain_letter(c))).collect();
    let end = |letter: usize| letters.get(letter).map_or(text.len(), |(place, _)| *place);
    let last = letters.len().checked_sub(typed.len())?;
    let found = (0..=last).find(|start| typed.iter().zip(&letters[*start..]).all(|(c, (_, letter))| c == letter))?;
    Some((end(found), end(found + typed.len())))
}

/// A letter in upper case without its marks: those of Turkish, and those in the names of makes.
fn plain_letter(c: char) -> char {
    match c {
        'À'..='Å' | 'à'..='å' => 'A',
        'Ç' | 'ç' | 'Č' | 'č' => 'C',
        'È'..='Ë' | 'è'..='ë' => 'E',
        'Ğ' | 'ğ' => 'G',
        'Ì'..='Ï' | 'ì'..='ï' => 'I',
        'Ò'..='Ö' | 'ò'..='ö' => 'O',
        'Ş' | 'ş' | 'Š' | 'š' => 'S',
        'Ù'..='Ü' | 'ù'..='ü' => 'U',
        c => upper(c),
    }
}

/// Without white space of any width around it. The library's way asks Unicode's table of white space, which is more than all of this.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c| matches!(c, '\0'..=' ' | '\u{a0}' | '\u{2000}'..='\u{200d}' | '\u{202f}' | '\u{3000}' | '\u{feff}'))
}

/// The digits of a number, without separators.
///
/// # Errors
///
/// The first character that is neither a digit nor a separator.
pub fn digits(text: &str) -> Result<String, char> {
    let mut digits = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_separator(*c)).map(ascii_digit) {
        if !c.is_ascii_digit() {
            return Err(c);
        }
        digits.push(c);
    }
    Ok(digits)
}

/// A small whole number. One parser for all of them: the library's is compiled for each kind of number.
#[must_use]
pub fn small<T: TryFrom<i64>>(text: &str) -> Option<T> {
    whole(trim(text)).and_then(|number| T::try_from(number).ok())
}

/// Letters and digits of a code in upper case, without separators: `34 abı-123` gives `34ABI123`.
pub fn code(text: &str) -> String {
    // U+0307 is the dot that is left of an `İ` after software has lower-cased it to two characters.
    text.chars().filter(|c| !is_separator(*c) && *c != '\u{307}').map(|c| upper(ascii_digit(c))).collect()
}

/// Text of a server, safe to show as one plain paragraph: without control characters and characters that turn the reading
/// direction, white space collapsed, at most `limit` characters.
pub fn plain_text(text: &str, limit: usize) -> String {
    let mut plain = String::new();
    let mut length = 0;
    let mut pending_space = false;
    for c in text.chars() {
        if c.is_ascii_whitespace() || c == '\u{a0}' {
            pending_space = length > 0;
            continue;
        }
        if c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') {
            continue;
        }
        let needed = if pending_space { 2 } else { 1 };
        if length + needed > limit {
            break;
        }
        if pending_space {
            plain.push(' ');
        }
        plain.push(c);
        length += needed;
        pending_space = false;
    }
    plain
}

/// The text before the first of these ASCII characters, and what begins with it; or the whole text, and nothing.
///
/// For addresses, dates and lists. The library's ways to split take any pattern and are compiled for each kind.
#[must_use]
pub fn split_before<'a>(text: &'a str, stops: &str) -> (&'a str, &'a str) {
    let end = text.bytes().position(|byte| stops.as_bytes().contains(&byte)).unwrap_or(text.len());
    text.split_at(end)
}

/// The parts between these ASCII characters.
#[must_use]
pub fn parts<'a>(text: &'a str, separators: &str) -> Vec<&'a str> {
    let (first, mut rest) = split_before(text, separators);
    let mut parts = vec![first];
    while !rest.is_empty() {
        let (part, further) = split_before(&rest[1..], separators);
        parts.push(part);
        rest = further;
    }
    parts
}

/// Whether `part` occurs in `text`. For words in words: the library's search is made for long texts and is ten times the code.
pub fn has(text: &str, part: &str) -> bool {
    text.len() >= part.len() && (0..=text.len() - part.len()).any(|place| text.as_bytes()[place..].starts_with(part.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_numbers() {
        for (text, number) in [("0", Some(0)), ("-12", Some(-12)), ("007", Some(7)), ("999999999999999999", Some(999_999_999_999_999_999))]
        {
            assert_eq!(whole(text), number, "{text}");
        }
        for text in ["", "-", "--1", "+1", "1.0", " 1", "1e3", "1000000000000000000", "１"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn joins_as_the_library_does() {
        let texts = ["a", "", "bc"];
        assert_eq!((join_with("", &texts), join_with(", ", &texts)), (texts.concat(), texts.join(", ")));
        assert_eq!((join("a", "b", ""), join_with(",", &[])), ("ab".to_owned(), String::new()));
    }

    #[test]
    fn writes_whole_numbers() {
        for number in [0, 7, 10, 2026, -5, i64::MAX, i64::MIN] {
            assert_eq!(decimal(number), number.to_string());
        }
        assert_eq!(decimal(u64::MAX), i64::MAX.to_string());
    }

    #[test]
    fn seeks_whatever_the_case_and_the_marks() {
        let found = |text: &str, typed: &str| seek(text, typed).map(|(start, end)| text[start..end].to_owned());
        for (text, typed, there) in [
            ("Renault", "ren", "Ren"),
            ("Renault", " ULT ", "ult"),
            ("Škoda", "sko", "Ško"),
            ("Citroën", "citroen", "Citroën"),
            ("Citroën", "ën", "ën"),
            ("TOFAŞ-FIAT", "tofaş-fıat", "TOFAŞ-FIAT"),
            ("İveco", "ive", "İve"),
            ("ISUZU", "ısu", "ISU"),
            ("Clio 1.0 TCe", "1.0 t", "1.0 T"),
            ("Kia", "", ""),
        ] {
            assert_eq!(found(text, typed).as_deref(), Some(there), "{typed} in {text}");
        }
        for (text, typed) in [("Kia", "kio"), ("Kia", "Kia "), ("Kia", "kiaa"), ("", "k")] {
            assert_eq!(found(text, typed).is_some(), typed.trim() == "Kia", "{typed} in {text}");
        }
    }

    #[test]
    fn splits_at_ascii() {
        assert_eq!(split_before("host:80/x", ":/"), ("host", ":80/x"));
        assert_eq!(split_before("şehir", "/"), ("şehir", ""));
        assert_eq!(parts("a.ş-c", ".-"), ["a", "ş", "c"]);
        assert_eq!(parts("", "."), [""]);
        assert_eq!(parts("a..", "."), ["a", "", ""]);
    }

    #[test]
    fn drops_every_separator() {
        let text = "\t1 2\u{a0}3\u{2007}4\u{202f}5\u{200b}6\u{200c}7\u{200d}8\u{feff}9-0.1/2(3)4\r\n";
        assert_eq!(digits(text).as_deref(), Ok("12345678901234"));
    }

    #[test]
    fn maps_full_width_digits_and_refuses_other_scripts() {
        assert_eq!(digits("\u{ff10}\u{ff15}\u{ff19}").as_deref(), Ok("059"));
        assert_eq!(digits("٥٣٢"), Err('٥'));
        assert_eq!(digits("12a"), Err('a'));
        assert_eq!(digits("½"), Err('½'));
    }

    #[test]
    fn upper_cases_by_the_turkish_table() {
        assert_eq!(code("iıİI"), "IIII");
        assert_eq!(code("i\u{307}zm"), "IZM");
        assert_eq!(code("çğöşüÇĞÖŞÜ"), "ÇĞÖŞÜÇĞÖŞÜ");
        assert_eq!(code(" 34-abz.9 "), "34ABZ9");
        assert_eq!(code("ßéæ"), "ßéæ");
    }

    #[test]
    fn shows_server_text_plainly() {
        assert_eq!(plain_text("  a\r\n\tb\u{0} c\u{202e}d\u{2066}\u{9b}  ", 300), "a bcd".replace("bc", "b c"));
        assert_eq!(plain_text("şşşş", 3), "şşş");
        assert_eq!(plain_text("ab cd", 3), "ab");
        assert_eq!(plain_text("\n\t ", 300), "");
    }
}
