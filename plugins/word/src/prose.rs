//! Text under construction: white space as single spaces, and no longer than its bound.

/// Longest text of one file, in bytes of UTF-8: thirty times the longest judgment known.
pub const TEXT_MAX_BYTES: usize = 32 << 20;

/// A text that grows piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    text: String,
    /// White space came, which counts only before something else.
    space: bool,
    /// More came than is taken.
    overflown: bool,
}

impl Prose {
    /// Adds a piece; runs of white space become one space.
    pub(crate) fn push(&mut self, piece: &str) {
        for c in piece.chars() {
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            if self.text.len() >= TEXT_MAX_BYTES {
                self.overflown = true;
                return;
            }
            if self.space && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.space = false;
            self.text.push(c);
        }
    }

    /// A break between words: the end of a paragraph, cell or line.
    pub(crate) fn part(&mut self) {
        self.space = true;
    }

    /// The text. `None`: it is longer than [`TEXT_MAX_BYTES`].
    pub(crate) fn finish(self) -> Option<String> {
        (!self.overflown).then_some(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space_and_none_at_the_ends() {
        let mut prose = Prose::default();
        for piece in [" \n", "قرار", " ", "\u{A0}", "الهيئة", "\t"] {
            prose.push(piece);
        }
        prose.part();
        prose.push("x");
        prose.part();
        assert_eq!(prose.finish().as_deref(), Some("قرار الهيئة x"));
    }

    #[test]
    fn a_text_beyond_the_bound_is_none() {
        let mut prose = Prose::default();
        let piece = "x".repeat(TEXT_MAX_BYTES);
        prose.push(&piece);
        prose.part();
        assert!(!prose.overflown);
        prose.push("x");
        assert_eq!(prose.finish(), None);
    }
}
