//! Text under construction: white space as single spaces, never more than its bound.

/// A text that grows piece by piece, with runs of white space as one space and none at the ends.
/// It takes no more memory than the text itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    text: String,
    max_bytes: usize,
    /// White space came, which counts only before something else.
    space: bool,
    /// More came than is taken.
    overflown: bool,
}

impl Prose {
    /// An empty text that may become so long, in bytes of UTF-8.
    #[must_use]
    pub fn up_to(max_bytes: usize) -> Self {
        Self { text: String::new(), max_bytes, space: false, overflown: false }
    }

    /// Adds a piece. What goes beyond the bound is left out.
    pub fn push(&mut self, piece: &str) {
        let inside = piece.trim_start();
        self.space |= inside.len() < piece.len();
        let inside = inside.trim_end();
        if is_even(inside.as_bytes()) {
            self.words(inside);
        } else {
            for word in inside.split_whitespace() {
                self.words(word);
                self.space = true;
            }
            self.space = false;
        }
        self.space |= piece.ends_with(char::is_whitespace);
    }

    /// Adds words one space apart, as much of them as the bound leaves room for.
    fn words(&mut self, words: &str) {
        if words.is_empty() || self.overflown {
            return;
        }
        // One byte is kept for a space, whether or not there is one.
        let room = self.max_bytes.saturating_sub(self.text.len() + 1);
        let fitting = words.get(..words.floor_char_boundary(room)).unwrap_or_default();
        self.overflown = fitting.len() < words.len();
        if fitting.is_empty() {
            return;
        }
        if self.space && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push_str(fitting);
    }

    /// A break between words: the end of a paragraph, cell or line.
    pub fn part(&mut self) {
        self.space = true;
    }

    /// The text. `None`: it is longer than its bound.
    #[must_use]
    pub fn finish(self) -> Option<String> {
        (!self.overflown).then_some(self.text)
    }
}

/// Whether all white space inside a text surely is single spaces: nearly every text is like that,
/// and is copied at once. Told by its bytes, many at a time; a test asks every character.
fn is_even(text: &[u8]) -> bool {
    let behind = |count: usize| text.get(count..).unwrap_or_default();
    let is_other = |byte: u8| matches!(byte, b'\t'..=b'\r' | 0xE1 | 0xE3);
    // U+0085 and U+00A0, and U+2000 with its neighbours; the first byte alone is that of quotation
    // marks and accents as well.
    let is_two = |one: u8, two: u8| {
        ((one == b' ') & (two == b' ')) | ((one == 0xC2) & matches!(two, 0x85 | 0xA0))
    };
    let is_three = |one: u8, three: u8| {
        (one == 0xE2) & matches!(three, 0x80..=0x8A | 0x9F | 0xA8 | 0xA9 | 0xAF)
    };
    // Without a way out in the middle, which the compiler could not do many at a time.
    let other = text.iter().fold(false, |found, byte| found | is_other(*byte));
    let pairs = text.iter().zip(behind(1));
    let two = pairs.fold(false, |found, (one, two)| found | is_two(*one, *two));
    let threes = text.iter().zip(behind(2));
    let three = threes.fold(false, |found, (one, three)| found | is_three(*one, *three));
    !(other | two | three)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space_and_none_at_the_ends() {
        let mut prose = Prose::up_to(100);
        for piece in [" \n", "قرار", " ", "\u{A0}", "الهيئة", "\t"] {
            prose.push(piece);
        }
        prose.part();
        prose.push("x");
        prose.part();
        assert_eq!(prose.finish().as_deref(), Some("قرار الهيئة x"));
    }

    #[test]
    fn a_text_beyond_its_bound_is_none() {
        let mut prose = Prose::up_to(8);
        prose.push("1234567");
        assert_eq!(prose.clone().finish().as_deref(), Some("1234567"));
        prose.push("8");
        assert_eq!(prose.finish(), None);
    }

    #[test]
    fn no_white_space_but_a_single_space_is_even() {
        assert!(is_even("قرار الهيئة “été” – x".as_bytes()));
        assert!(!is_even(b"a  b"));
        for c in ('\0'..=char::MAX).filter(|c| c.is_whitespace() && *c != ' ') {
            assert!(!is_even(format!("a{c}b").as_bytes()), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn pieces_make_what_the_whole_makes() {
        let text = " a  b\u{A0}\n“c” d\u{2003}\u{3000}e–f  ";
        let words: Vec<&str> = text.split_whitespace().collect();
        for (at, _) in text.char_indices() {
            let mut prose = Prose::up_to(100);
            let (one, other) = text.split_at(at);
            prose.push(one);
            prose.push(other);
            assert_eq!(prose.finish(), Some(words.join(" ")), "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_word_beyond_the_bound_is_kept_as_far_as_whole_letters_fit() {
        let mut prose = Prose::up_to(6);
        prose.push("aé€");
        assert_eq!(prose.text, "aé");
        prose.push("x");
        assert_eq!(prose.text, "aé", "nothing comes behind what was left out");
    }
}
