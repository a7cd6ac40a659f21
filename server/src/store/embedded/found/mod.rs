//! What cases are found by: names, parts of numbers, acts, and words of what was filed.
//!
//! The index is made from the filings, in the order of the log, a little behind it, and by nobody
//! whom a sender waits for. What it lacks is made the next time; what it has is never wrong: each
//! line is for readers who may read its filing, and the word by which they ask for it is theirs.
//!
//! ```text
//! found        one line for each name, number or act, and one for all texts of a filing
//! found_words  its words, and for each reader one word more
//! ```
//!
//! So one question, "what this reader may read, and these words", is one walk through lists that
//! are sorted alike; lines of others are not walked. Lines are numbered so that the walk meets the
//! likeliest first, and ends when a page is full.

mod ask;
mod make;

pub(super) use ask::search;
pub(super) use make::{is_behind, prepare, write};

use super::row::Table;
use crate::model::passage::PassageKind;

/// How far it was made.
pub(super) const FOUND_BELOW: Table = Table { name: "found_below", columns: "one, leaf, lines" };

/// For whom the open filings of a case were made findable.
pub(super) const FOUND_READER: Table = Table { name: "found_reader", columns: "case_id, reader" };

/// What can be found.
pub(super) const FOUND: Table =
    Table { name: "found", columns: "id, case_id, leaf, place, since_leaf" };

/// Where the kind of a line begins in its number.
const KIND_BIT: u32 = 48;

/// The number of a line: its kind, then its place among all lines.
fn id(kind: PassageKind, place: u64) -> i64 {
    let rank: i64 = match kind {
        PassageKind::Number => 4,
        PassageKind::Name => 3,
        PassageKind::Decision => 2,
        PassageKind::Text => 1,
    };
    (rank << KIND_BIT) | place.cast_signed()
}

/// The kind of a line, by its number.
fn kind(id: i64) -> Option<PassageKind> {
    match id >> KIND_BIT {
        4 => Some(PassageKind::Number),
        3 => Some(PassageKind::Name),
        2 => Some(PassageKind::Decision),
        1 => Some(PassageKind::Text),
        _ => None,
    }
}

/// The word for a reader. It has characters for private use, which no word of a text has: nobody
/// can type it.
fn scope(reader: &str) -> String {
    let plain = |c: char| match c {
        '-' => '\u{e001}',
        '/' => '\u{e002}',
        other => other,
    };
    std::iter::once('\u{e000}').chain(reader.chars().map(plain)).collect()
}
