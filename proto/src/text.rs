//! A normal form in which texts are compared and searched, and safe ways to show them.
//!
//! One name has many spellings: hamza written or not, Persian or Arabic letters, digits of
//! three kinds, tatweel for looks. [`fold`] makes them equal. It is lossy and meant for comparing
//! only: the original is what is signed, stored and shown.
//!
//! Letters that differ in sound stay apart (پ چ ژ ڤ گ are not ب ج ز ف ك); letters that differ in a
//! mark, in a seat, or in the keyboard they came from are one.

use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The normal form of a text for comparing and searching. Folding twice changes nothing.
///
/// Compatibility forms (ligatures, wide digits) are taken apart; tashkil, hamza above and below,
/// and all other combining marks dropped; tatweel and invisible characters dropped; alef, ya, kaf,
/// ta marbuta, waw, ra and lam brought to one letter each; digits to ASCII; letters to lower case;
/// runs of white space to one space, none at the ends.
#[must_use]
pub fn fold(text: &str) -> String {
    let letters = text
        .nfkd()
        .flat_map(char::to_lowercase)
        // Lower case letters can fall apart again, as İ does.
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_invisible(*c))
        .map(fold_letter)
        .map(ascii_digit);
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    for letter in letters {
        if letter.is_whitespace() {
            space = !folded.is_empty();
            continue;
        }
        if space {
            folded.push(' ');
            space = false;
        }
        folded.push(letter);
    }
    folded
}

/// The text with Arabic-Indic and Extended Arabic-Indic digits as ASCII digits, otherwise as it
/// was: for identifiers, in which a letter more or less is another identifier.
#[must_use]
pub fn digits(text: &str) -> String {
    text.chars().map(ascii_digit).collect()
}

/// The first character that changes the direction of the text around it, and its byte offset.
///
/// Such a character can make a docket number read backwards on screen; whoever types one into
/// an identifier has made a mistake or worse.
#[must_use]
pub fn has_bidi_control(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| is_bidi_control(*c))
}

/// The text as it can stand in the middle of a sentence of any direction (UAX #9 §2.7): between
/// FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE.
///
/// Controls inside that could end the isolate, and line breaks, are made visible as `[U+202E]`;
/// the three harmless marks (ALM, LRM, RLM) stay.
#[must_use]
pub fn isolate(text: &str) -> String {
    let mut isolated = String::with_capacity(text.len() + 6);
    isolated.push('\u{2068}');
    for c in text.chars() {
        if ends_isolate(c) {
            // Writing to a `String` does not fail.
            let _ = write!(isolated, "[U+{:04X}]", u32::from(c));
        } else {
            isolated.push(c);
        }
    }
    isolated.push('\u{2069}');
    isolated
}

fn fold_letter(letter: char) -> char {
    match letter {
        // Alef with wasla, with wavy hamza above or below.
        '\u{671}'..='\u{673}' => '\u{627}',
        // Alef maqsura, Farsi yeh, yeh with small v (Kurdish ê), e, yeh barree.
        '\u{649}' | '\u{6CC}' | '\u{6CE}' | '\u{6D0}' | '\u{6D2}' => '\u{64A}',
        // Keheh, swash kaf.
        '\u{6A9}' | '\u{6AA}' => '\u{643}',
        // Ta marbuta, heh doachashmee, heh goal, teh marbuta goal, ae (Kurdish e).
        '\u{629}' | '\u{6BE}' | '\u{6C1}' | '\u{6C3}' | '\u{6D5}' => '\u{647}',
        // Oe (Kurdish o), u, yu.
        '\u{6C6}'..='\u{6C8}' => '\u{648}',
        // Reh with small v below (Kurdish rr).
        '\u{695}' => '\u{631}',
        // Lam with small v (Kurdish ll).
        '\u{6B5}' => '\u{644}',
        _ => letter,
    }
}

/// The digit in ASCII if it is one of the two Arabic kinds.
fn ascii_digit(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        _ => return c,
    };
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

/// Characters that are not seen and not said: tatweel, joiners, soft hyphen, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
        || is_bidi_control(c)
}

/// The characters with the property `Bidi_Control` (UAX #9 §2).
fn is_bidi_control(c: char) -> bool {
    matches!(
        c,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

/// Embeddings, overrides, isolates, and everything of bidi class B, which ends a paragraph.
fn ends_isolate(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\n' | '\r' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(a: &str, b: &str) {
        assert_eq!(fold(a), fold(b), "{a:?} and {b:?}");
    }

    #[test]
    fn spellings_of_one_word_are_one() {
        same("أحمد إبراهيم آل ٱلعبادي", "احمد ابراهيم ال العبادي");
        same("مصطفى", "مصطفي");
        same("مصطفی", "مصطفي");
        same("المحكمة الاتحادية", "المحكمه الاتحاديه");
        same("رئيس مؤقت", "رييس موقت");
        same("کرکوک", "كركوك");
        same("مُحَمَّدٌ", "محمد");
        same("العـــراق", "العراق");
        same("ﻻﺋﺤﺔ", "لائحة");
    }

    #[test]
    fn kurdish_letters_meet_their_arabic_neighbours() {
        same("هەولێر", "ههولير");
        same("سلێمانی", "سليماني");
        same("دڵشاد", "دلشاد");
        same("بەڕێوەبەر", "بهريوهبهر");
        same("کۆیە", "كويه");
        same("ئەنجوومەن", "يهنجوومهن");
        same("ده\u{200C}نگ", "دەنگ");
    }

    #[test]
    fn letters_of_another_sound_stay_apart() {
        for (a, b) in [("پ", "ب"), ("چ", "ج"), ("ژ", "ز"), ("ڤ", "ف"), ("گ", "ك"), ("ء", "")]
        {
            assert_ne!(fold(a), fold(b), "{a}");
        }
    }

    #[test]
    fn digits_space_and_case() {
        same("٢٣٥ / اتحادية / ۲۰۲۵", "235 / اتحادية / 2025");
        assert_eq!(fold("  Núm.\u{a0}\t１２ \n MUÑOZ "), "num. 12 munoz");
        assert_eq!(fold(" \u{200F} "), "");
        assert_eq!(digits("٢٣٥/أ/۲۰۲۵ ١"), "235/أ/2025 1");
    }

    #[test]
    fn direction_cannot_be_turned_unseen() {
        assert_eq!(has_bidi_control("235/أ/2025"), None);
        assert_eq!(has_bidi_control("أ\u{202E}12"), Some((2, '\u{202E}')));
        assert_eq!(has_bidi_control("1\u{200F}"), Some((1, '\u{200F}')));
        assert_eq!(isolate("أ/1"), "\u{2068}أ/1\u{2069}");
        assert_eq!(isolate("a\u{2069}\u{202E}b\n"), "\u{2068}a[U+2069][U+202E]b[U+000A]\u{2069}");
        assert_eq!(isolate("a\u{200F}"), "\u{2068}a\u{200F}\u{2069}");
    }
}
