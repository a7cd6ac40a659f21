//! How headings and outcomes are compared: as a reader sees them, not as they were typed.

use barid_proto::text::fold;

/// The form by which two phrases are found equal: letters folded, punctuation gone, words one space
/// apart.
pub(super) fn key(phrase: &str) -> String {
    let spaced: String = fold(phrase)
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

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
