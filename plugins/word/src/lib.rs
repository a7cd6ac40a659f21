//! The text of a ruling that was written with Word, as an open Word file (`.docx`, ECMA-376 part 1)
//! holds it.
//!
//! [`read()`] gives the body as a reader sees it: paragraphs and the cells of tables in order, with
//! the numbers that Word shows before paragraphs but does not store, and notes where they are
//! referred to. Tracked changes are read as accepted; hidden text is left out; both are said,
//! because what is signed and what is seen must not differ silently. Headers, footers and comments
//! are no part of the body.
//!
//! A Word file is a ZIP archive of XML parts. [`Archive`] opens one without believing its sizes and
//! names; the XML goes through the guard of [`barid_xml_reading`]. Nothing in a file makes this
//! crate unpack more than the bounds below, follow a link, or run a macro.
//!
//! Standard: ECMA-376, 5th edition, parts 1 (WordprocessingML) and 2 (Open Packaging Conventions).

#![forbid(unsafe_code)]

mod archive;
mod body;
mod kind;
mod labels;
mod names;
mod notes;
mod numbering;
mod parts;
mod read;
mod said;

pub use archive::{Archive, Fault, PARTS_MAX};
pub use read::{PART_MAX_BYTES, TEXT_MAX_BYTES, WordText, read};
