//! How headings and outcomes are compared: as a reader sees them, not as they were typed.

use barid_proto::text::fold;

/// The form by which two phrases are found equal: letters folded, punctuation gone, words one space
/// apart.
pub(super) fn key(phrase: &str) -> String {
    let mut key = String::with_capacity(phrase.len());
    let mut space = false;
    for letter in fold(phrase).chars() {
        if !is_of_word(letter) {
            space = true;
            continue;
        }
        if space && !key.is_empty() {
            key.push(' ');
        }
        space = false;
        key.push(letter);
    }
    key
}

/// Whether a folded letter is a letter or a digit. Most are ASCII or Arabic, and those are told
/// without a look into the tables of Unicode.
fn is_of_word(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphanumeric(),
        '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' => true,
        _ => letter.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_words_are_those_of_unicode() {
        for letter in ('\0'..=char::MAX).filter(|letter| *letter != '\u{640}') {
            let known = letter.is_alphanumeric();
            assert_eq!(is_of_word(letter), known, "U+{:04X}", u32::from(letter));
        }
    }

    #[test]
    fn the_same_words_typed_differently_are_equal() {
        for (one, other) in [
            ("رقم الطعن", " رقــم  الطعـن: "),
            ("appeal no.", "Appeal No"),
            ("appeal no.", "APPEAL_NO"),
            ("ژمارەی تانە", "ژمارەی\u{200C} تانە"),
        ] {
            assert_eq!(key(one), key(other));
        }
        assert_ne!(key("رقم الطعن"), key("رقم القرار"));
    }
}
