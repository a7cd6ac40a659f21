//! Whole numbers as people type them: with any digits, with separators of thousands, with tatweel.

use barid_proto::text::digits;

/// The whole number that a text writes. `None`: it writes none, or one beyond all papers.
pub(super) fn whole(text: &str) -> Option<u32> {
    let plain: String = digits(text.trim())
        .chars()
        .filter(|letter| !matches!(letter, '\u{640}' | '\u{61C}' | '\u{200E}' | '\u{200F}'))
        .collect();
    // `12٫0` and `12.0` are what a spreadsheet makes of a 12.
    let (whole, rest) = plain.split_once(['.', '\u{66B}']).unwrap_or((plain.as_str(), ""));
    if !rest.bytes().all(|digit| digit == b'0') {
        return None;
    }
    let groups: Vec<&str> = whole.split([',', '\u{66C}', '،', '\u{A0}', '\u{202F}']).collect();
    let is_grouped = match groups.as_slice() {
        [first, others @ ..] => {
            (1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3)
        }
        [] => false,
    };
    if groups.len() > 1 && !is_grouped {
        return None;
    }
    let joined = groups.concat();
    joined.bytes().all(|digit| digit.is_ascii_digit()).then(|| joined.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_of_every_writing() {
        for (text, number) in [
            ("12", 12),
            ("١٢", 12),
            ("۱۲", 12),
            ("١2", 12),
            ("1,234", 1_234),
            ("١٬٢٣٤", 1_234),
            ("1\u{A0}234", 1_234),
            ("١ــ٢", 12),
            ("12.0", 12),
            ("١٢٫٠٠", 12),
            (" \u{200F}7 ", 7),
            ("1234", 1_234),
        ] {
            assert_eq!(whole(text), Some(number), "{text}");
        }
        for text in ["", "1,23", "12.5", "١٢٫٥", "-1", "12a", "ثلاث", "99999999999", ",123", "1 2"]
        {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
