//! Numbers before paragraphs: Word stores how to count (`numbering.xml`, `styles.xml`) and counts
//! when it shows the text. Who cites "paragraph 12" of a ruling cites such a number.

mod count;
mod definitions;

pub(crate) use count::Counting;
pub(crate) use definitions::Definitions;

/// Levels of a list (ECMA-376 part 1, section 17.9.6: 0 to 8).
const LEVELS: usize = 9;

/// Longest text around a number, in bytes. Word's own dialogue takes 40 characters.
const LABEL_TEXT_MAX_BYTES: usize = 160;
