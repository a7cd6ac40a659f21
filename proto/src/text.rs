//! A normal form in which texts are compared and searched, and safe ways to show them.
//!
//! One name has many spellings: hamza written or not, Persian or Arabic letters, digits of
//! three kinds, tatweel for looks. [`fold`] makes them equal. It is lossy and meant for comparing
//! only: the original is what is signed, stored and shown.
//!
//! Letters that differ in sound stay apart (پ چ ژ ڤ گ are not ب ج ز ف ك); letters that differ in a
//! mark, in a seat, or in the keyboard they came from are one.

use std::fmt::Write as _;
use unicode_normalization::char::decompose_compatible;
/// Whether a character is a mark on the letter before it and takes no room of its own.
pub use unicode_normalization::char::is_combining_mark;

/// The normal form of a text for comparing and searching. Folding twice changes nothing.
///
/// Compatibility forms (ligatures, wide digits) are taken apart; tashkil, hamza above and below,
/// and all other combining marks dropped; tatweel and invisible characters dropped; alef, ya, kaf,
/// ta marbuta, waw, ra and lam brought to one letter each; digits to ASCII; letters to lower case;
/// runs of white space to one space, none at the ends.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = Spaced::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else if is_whole(c) {
            folded.push(ascii_digit(fold_letter(c)));
        } else {
            fold_apart(c, &mut folded);
        }
    }
    folded.text
}

/// The parts of a character, folded. What was taken apart stays so in lower case; a test asks every
/// character. Marks are dropped, so their order need not be looked after.
fn fold_apart(c: char, folded: &mut Spaced) {
    decompose_compatible(c, |part| {
        for letter in part.to_lowercase() {
            if !is_combining_mark(letter) && !is_invisible(letter) {
                folded.push(ascii_digit(fold_letter(letter)));
            }
        }
    });
}

/// Whether this is an Arabic or Kurdish letter or digit that has no parts, no case, and is no mark:
/// nearly every character of a register, told without a look into the tables of Unicode.
fn is_whole(c: char) -> bool {
    matches!(c, '\u{620}' | '\u{621}' | '\u{627}'..='\u{63F}' | '\u{641}'..='\u{64A}')
        || matches!(c, '\u{660}'..='\u{669}' | '\u{671}'..='\u{674}' | '\u{679}'..='\u{6BF}')
        || matches!(c, '\u{6C1}' | '\u{6C3}'..='\u{6D2}' | '\u{6D5}' | '\u{6F0}'..='\u{6F9}')
}

/// A text under construction with runs of white space as one space, and none at the ends.
#[derive(Default)]
struct Spaced {
    text: String,
    space: bool,
}

impl Spaced {
    fn with_capacity(length: usize) -> Self {
        Self { text: String::with_capacity(length), space: false }
    }

    fn push(&mut self, letter: char) {
        if letter.is_whitespace() {
            self.space = true;
            return;
        }
        if self.space && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push(letter);
    }
}

/// [`fold`] for what people look for, names and docket numbers: also without the spaces next to
/// signs, because `612 / 2025` is `612/2025` to whoever types it. Doing it twice changes nothing.
#[must_use]
pub fn search_form(text: &str) -> String {
    let folded = fold(text);
    let mut form = String::with_capacity(folded.len());
    let mut letters = folded.chars().peekable();
    while let Some(letter) = letters.next() {
        let between = |near: Option<char>| near.is_some_and(char::is_alphanumeric);
        let kept = between(form.chars().next_back()) && between(letters.peek().copied());
        if letter != ' ' || kept {
            form.push(letter);
        }
    }
    form
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
/// What could turn a line around, end it, move a cursor, or not be seen at all is made visible as
/// `[U+202E]`, and so is all that follows the first [`MARKS_MAX`] marks on one letter; the three
/// harmless marks (ALM, LRM, RLM) and the joiners that Kurdish is written with stay.
#[must_use]
pub fn isolate(text: &str) -> String {
    let mut isolated = String::with_capacity(text.len() + 6);
    isolated.push('\u{2068}');
    let mut marks = Marks::default();
    for c in text.chars() {
        match marks.follows(c) {
            Follows::Flood if marks.first_too_many() => isolated.push_str("[…]"),
            Follows::Flood => {}
            Follows::Fits if is_unsafe(c) || is_isolate(c) => {
                // Writing to a `String` does not fail.
                let _ = write!(isolated, "[U+{:04X}]", u32::from(c));
            }
            Follows::Fits => isolated.push(c),
        }
    }
    isolated.push('\u{2069}');
    isolated
}

/// Foreign text as it can stand on a line of a screen: one line, of which no part moves the cursor,
/// turns around what stands before or behind it, or is not seen.
///
/// Each character that would is shown as U+FFFD, as is an isolate that is not closed or was not
/// opened; isolates that close again stay, because numbers in Arabic need them. A letter keeps at
/// most [`MARKS_MAX`] marks. Doing it twice changes nothing.
///
/// The text still has a direction of its own: between texts of another, put it between U+2068 and
/// U+2069.
#[must_use]
pub fn legible(text: &str) -> String {
    let unpaired = unpaired_isolates(text);
    let mut unpaired = unpaired.iter().peekable();
    let mut shown = String::with_capacity(text.len());
    let mut marks = Marks::default();
    for (at, c) in text.char_indices() {
        match marks.follows(c) {
            Follows::Flood if marks.first_too_many() => shown.push('\u{fffd}'),
            Follows::Flood => {}
            Follows::Fits if is_unsafe(c) || unpaired.next_if_eq(&&at).is_some() => {
                shown.push('\u{fffd}');
            }
            Follows::Fits => shown.push(c),
        }
    }
    shown
}

/// [`legible`] for identifiers and names, which need no isolates of their own: no character that
/// has to do with direction is left.
#[must_use]
pub fn visible(text: &str) -> String {
    legible(text).chars().map(|c| if is_bidi_control(c) { '\u{fffd}' } else { c }).collect()
}

/// Whether a character has a direction from right to left, or gives one: text with such a
/// character changes the order of what stands around it on a line from left to right.
#[must_use]
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
        || matches!(c, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
        || matches!(c, '\u{200f}' | '\u{202b}' | '\u{202e}' | '\u{2067}')
}

/// Most marks that a letter is shown with. Arabic and Kurdish have two or three at once; a hundred
/// cover the lines above and below.
pub const MARKS_MAX: usize = 8;

/// Counts the marks on one letter.
#[derive(Default)]
struct Marks(usize);

/// How a character follows what stands before it.
enum Follows {
    /// It is a letter, or a mark of which there are not too many.
    Fits,
    /// It is one mark too many.
    Flood,
}

impl Marks {
    fn follows(&mut self, c: char) -> Follows {
        // Joiners between marks begin no new letter.
        let joiner = matches!(c, '\u{200c}' | '\u{200d}');
        self.0 = match (is_combining_mark(c), joiner) {
            (true, _) => self.0 + 1,
            (false, true) => self.0,
            (false, false) => 0,
        };
        if is_combining_mark(c) && self.0 > MARKS_MAX { Follows::Flood } else { Follows::Fits }
    }

    fn first_too_many(&self) -> bool {
        self.0 == MARKS_MAX + 1
    }
}

/// Where isolates begin that do not end, and end that did not begin, ascending.
fn unpaired_isolates(text: &str) -> Vec<usize> {
    let (mut open, mut unpaired) = (Vec::new(), Vec::new());
    for (at, c) in text.char_indices().filter(|(_, c)| is_isolate(*c)) {
        if c != '\u{2069}' {
            open.push(at);
        } else if open.pop().is_none() {
            unpaired.push(at);
        }
    }
    unpaired.extend(open);
    unpaired.sort_unstable();
    unpaired
}

fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

/// What no place can hold: control characters (cursor, colours, line ends, and tabs, which UAX #9
/// takes out of every isolate), line separators, embeddings and overrides, and what takes no room
/// and is no joiner, so that two different texts would look the same.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}')
        || matches!(c, '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}')
        || matches!(c, '\u{e0000}'..='\u{e0fff}')
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

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

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
    fn no_character_falls_apart_twice() {
        for c in '\0'..=char::MAX {
            let once = fold(&c.to_string());
            assert_eq!(fold(&once), once, "U+{:04X}", u32::from(c));
            assert_eq!(once, by_the_book(&c.to_string()), "U+{:04X}", u32::from(c));
        }
    }

    /// Folding as Unicode describes its steps, one after the other over the whole text.
    fn by_the_book(text: &str) -> String {
        let apart = text.nfkd().flat_map(char::to_lowercase).nfkd();
        let bare = apart.filter(|c| !is_combining_mark(*c) && !is_invisible(*c));
        let folded: String = bare.map(fold_letter).map(ascii_digit).collect();
        folded.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn whole_texts_fold_as_their_characters_do() {
        for text in [
            "  مُحَمَّدٌ بنُ ٱلْعَبّاسِ ـــ ٢٣٥ / أ / ۲۰۲۵ ",
            "e\u{301}\u{323} a\u{323}\u{301} \u{301}b",
            "각 \u{1100}\u{1161}\u{11A8} ﷺ ﻻ Ǆ ẞ İ Σ",
            "\u{A0}\u{2003}x\u{3000} \u{85}y\u{200F} ",
        ] {
            assert_eq!(fold(text), by_the_book(text), "{text:?}");
        }
    }

    #[test]
    fn spaces_next_to_signs_count_for_nothing_in_a_search() {
        assert_eq!(
            search_form("٦١٢ / الهيئة القضائية للانتخابات / ٢٠٢٥"),
            search_form("612/الهيئه القضائيه  للانتخابات/2025")
        );
        assert_eq!(search_form("( خ / 25 ر.م / 61 )"), "(خ/25 ر.م/61)");
        assert_eq!(search_form(" إحسان  عبدالله "), "احسان عبدالله");
        assert_ne!(search_form("6 12"), search_form("612"));
        for text in ["a - b", "- -", "a  - - b c"] {
            assert_eq!(search_form(&search_form(text)), search_form(text));
        }
    }

    #[test]
    fn direction_cannot_be_turned_unseen() {
        assert_eq!(has_bidi_control("235/أ/2025"), None);
        assert_eq!(has_bidi_control("أ\u{202E}12"), Some((2, '\u{202E}')));
        assert_eq!(has_bidi_control("1\u{200F}"), Some((1, '\u{200F}')));
        assert_eq!(isolate("أ/1"), "\u{2068}أ/1\u{2069}");
        assert_eq!(isolate("a\u{2069}\u{202E}b\n"), "\u{2068}a[U+2069][U+202E]b[U+000A]\u{2069}");
        assert_eq!(isolate("a\u{200F}"), "\u{2068}a\u{200F}\u{2069}");
        assert_eq!(isolate("\u{1b}[2J\t\u{200b}"), "\u{2068}[U+001B][2J[U+0009][U+200B]\u{2069}");
    }

    #[test]
    fn a_line_of_a_screen_shows_what_would_not_be_seen() {
        for (foreign, shown) in [
            ("612/الهيئة/2025", "612/الهيئة/2025"),
            ("a\u{202e}b\n\u{1b}[2J\u{9b}31m", "a\u{fffd}b\u{fffd}\u{fffd}[2J\u{fffd}31m"),
            ("حتى \u{2066}26/11\u{2069} الساعة", "حتى \u{2066}26/11\u{2069} الساعة"),
            ("a\u{2066}b", "a\u{fffd}b"),
            ("a\u{2069}b\u{2068}c\u{2069}\u{2067}", "a\u{fffd}b\u{2068}c\u{2069}\u{fffd}"),
            ("12\u{200b}3\u{feff}4\u{ad}", "12\u{fffd}3\u{fffd}4\u{fffd}"),
            ("ده\u{200c}نگ", "ده\u{200c}نگ"),
            ("مُحَمَّدٌ", "مُحَمَّدٌ"),
            ("tag\u{e0041}", "tag\u{fffd}"),
        ] {
            assert_eq!(legible(foreign), shown, "{foreign:?}");
            assert_eq!(legible(shown), shown);
        }
    }

    #[test]
    fn marks_do_not_cover_the_lines_around() {
        let flood = format!("a{}b", "\u{301}\u{200d}".repeat(500));
        let kept = |text: &str| text.matches('\u{301}').count();
        assert_eq!(kept(&legible(&flood)), MARKS_MAX);
        assert_eq!(kept(&isolate(&flood)), MARKS_MAX);
        assert_eq!(legible(&legible(&flood)), legible(&flood));
        let marked = "e\u{301}".repeat(100);
        assert_eq!(legible(&marked), marked);
    }
}
