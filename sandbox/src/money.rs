//! Amounts: whole kuruş inside, decimals on the wire, Turkish notation on paper.

/// The amount as the API writes it. The float is the wire's, not a way to calculate.
pub(crate) fn wire(kurus: u32) -> f64 {
    f64::from(kurus) / 100.0
}

/// `18.450,00 TL`
pub(crate) fn turkish(kurus: u32) -> String {
    let lira = (kurus / 100).to_string();
    let mut grouped = String::new();
    for (index, digit) in lira.chars().enumerate() {
        if index > 0 && (lira.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("{grouped},{:02} TL", kurus % 100)
}

#[cfg(test)]
mod tests {
    #[test]
    fn writes_amounts_as_people_in_turkiye_do() {
        for (kurus, text) in
            [(0, "0,00 TL"), (5, "0,05 TL"), (85_055, "850,55 TL"), (1_845_000, "18.450,00 TL"), (123_456_789, "1.234.567,89 TL")]
        {
            assert_eq!(super::turkish(kurus), text);
        }
    }
}
