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
        for c in piece.chars() {
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            if self.text.len() + c.len_utf8() + 1 > self.max_bytes {
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
    pub fn part(&mut self) {
        self.space = true;
    }

    /// The text. `None`: it is longer than its bound.
    #[must_use]
    pub fn finish(self) -> Option<String> {
        (!self.overflown).then_some(self.text)
    }
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
}
