//! A spreadsheet that opens a CSV computes cells that look like formulas, and a cell can then call
//! a program. We write such cells behind an apostrophe, which spreadsheets take for "this is text",
//! and take it off again when we read.

/// What makes a spreadsheet compute a cell.
const COMPUTED: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

const GUARD: char = '\'';

/// Whether a spreadsheet would compute the text. A lone dash stands for "nothing".
pub(super) fn looks_computed(text: &str) -> bool {
    text.starts_with(COMPUTED) && !text.trim().trim_matches('-').is_empty()
}

/// The text, guarded if it needs it. A guard of its own is guarded too, so that [`lift`] gives
/// back exactly this text.
pub(super) fn put_on(text: &str) -> String {
    if text.starts_with(COMPUTED) || text.starts_with(GUARD) {
        format!("{GUARD}{text}")
    } else {
        text.to_owned()
    }
}

/// The text without its guard.
pub(super) fn lift(text: &str) -> &str {
    match text.strip_prefix(GUARD) {
        Some(rest) if rest.starts_with(COMPUTED) || rest.starts_with(GUARD) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn guards_come_off_as_they_went_on(text in "['=+@\t -]{0,3}.{0,3}") {
            let guarded = put_on(&text);
            prop_assert!(!looks_computed(&guarded));
            prop_assert_eq!(lift(&guarded), text);
        }
    }

    #[test]
    fn formulas_are_known_by_their_first_character() {
        for text in ["=1+1", "+964770", "-5", "@sum", "\t=1"] {
            assert!(looks_computed(text), "{text}");
        }
        for text in ["-", "--", "", "214", "'=1"] {
            assert!(!looks_computed(text), "{text}");
        }
    }
}
