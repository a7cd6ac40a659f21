//! The words of a Spanish text, each with its place.

use std::ops::Range;

use barid_proto::text::fold;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text, in bytes.
    pub place: Range<usize>,
    /// In lower case and without accents.
    pub folded: String,
}

/// The words of a text: runs of letters, digits and the signs of ordinals. Linear in its length.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices() {
        match (start, sign.is_alphanumeric() || is_mark(sign)) {
            (None, true) if sign.is_alphanumeric() => start = Some(at),
            (Some(begin), false) => {
                push(&mut words, text, begin..at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(begin) = start {
        push(&mut words, text, begin..text.len());
    }
    words
}

/// Accents that are typed after their letter, as some programs leave them.
fn is_mark(sign: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&sign)
}

fn push(words: &mut Vec<Word>, text: &str, place: Range<usize>) {
    let folded = fold(text.get(place.clone()).unwrap_or_default());
    words.push(Word { place, folded });
}

/// The text in lower case and without accents, its words one space apart and without any other
/// sign: for comparing headings.
#[must_use]
pub fn plain(text: &str) -> String {
    let words: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
    words.join(" ")
}

/// The text from the first to the last of some words.
#[must_use]
pub fn between<'t>(text: &'t str, words: &[Word]) -> &'t str {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => {
            text.get(first.place.start..last.place.end).unwrap_or_default()
        }
        _ => "",
    }
}
