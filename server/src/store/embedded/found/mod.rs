//! What cases are found by: names, parts of numbers, acts, and words of what was filed.
//!
//! The index is made from the filings, in the order of the log, a little behind it, and by nobody
//! whom a sender waits for. What it lacks is made the next time; what it has is never wrong: each
//! line is for readers who may read its filing, and the word by which they ask for it is theirs.
//!
//! ```text
//! found        one line for each name, number or act, and one for all texts of a filing
//! found_words  its words, and for each reader one word more, made of kind and reader
//! ```
//!
//! So one question, "this reader's names, and these words", is one walk through lists that are
//! sorted alike. Lines of others are not walked.

mod ask;
mod make;

pub(super) use ask::search;
pub(super) use make::{is_behind, prepare, write};

use super::row::Table;
use crate::model::passage::PassageKind;

/// How far it was made.
pub(super) const FOUND_BELOW: Table = Table { name: "found_below", columns: "one, leaf" };

/// For whom the open filings of a case were made findable.
pub(super) const FOUND_READER: Table = Table { name: "found_reader", columns: "case_id, reader" };

/// What can be found.
pub(super) const FOUND: Table =
    Table { name: "found", columns: "id, case_id, leaf, place, since_leaf" };

/// The word for a kind of passage and its reader. It has characters for private use, which no word
/// of a text has: nobody can type it.
fn scope(kind: PassageKind, reader: &str) -> String {
    let kind = match kind {
        PassageKind::Number => '1',
        PassageKind::Name => '2',
        PassageKind::Decision => '3',
        PassageKind::Text => '4',
    };
    let plain = |c: char| match c {
        '-' => '\u{e001}',
        '/' => '\u{e002}',
        other => other,
    };
    ['\u{e000}', kind].into_iter().chain(reader.chars().map(plain)).collect()
}
