//! What is broken about a PDF, by the few words that every one has (ISO 32000-1, 7.5).

use std::collections::BTreeSet;

use memchr::memmem;

use crate::finding::Mark;
use crate::sniff::pdf_offset;

/// How far from its end a PDF may say that it ends: Acrobat's own bound.
const END_BYTES: usize = 1024;

/// What is broken.
pub(super) fn marks(bytes: &[u8]) -> BTreeSet<Mark> {
    let mut marks = BTreeSet::new();
    let start = pdf_offset(bytes).unwrap_or_default();
    if start > 0 {
        marks.insert(Mark::ForeignBytes);
    }
    let trailing = bytes.iter().rev().take_while(|byte| matches!(byte, 0 | b' ' | b'\r' | b'\n'));
    let bytes = bytes.get(..bytes.len() - trailing.count()).unwrap_or(bytes);
    match memmem::rfind(bytes, b"%%EOF") {
        None => marks.insert(Mark::Truncated),
        Some(end) if bytes.len() - end > END_BYTES => marks.insert(Mark::ForeignBytes),
        Some(end) => {
            let found = bytes.get(..end).is_some_and(|before| table_is_there(before, start));
            !found && marks.insert(Mark::Repaired)
        }
    };
    marks
}

/// Whether the last `startxref` leads to a table, or to the stream that holds one.
fn table_is_there(before_end: &[u8], start: usize) -> bool {
    const WORD: &[u8] = b"startxref";
    let Some(at) = memmem::rfind(before_end, WORD) else { return false };
    let behind = before_end.get(at + WORD.len()..).unwrap_or_default().trim_ascii_start();
    let digits = behind.split(|byte| !byte.is_ascii_digit()).next().unwrap_or_default();
    let offset = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
    let leads = |offset: usize| {
        let table = before_end.get(offset..).unwrap_or_default().trim_ascii_start();
        table.starts_with(b"xref") || is_object(table)
    };
    // From where the PDF begins, or from the first byte: writers differ.
    offset
        .is_some_and(|offset: usize| leads(offset) || offset.checked_add(start).is_some_and(leads))
}

/// Whether an object begins here: `12 0 obj`.
fn is_object(bytes: &[u8]) -> bool {
    let line = bytes.get(..32).unwrap_or(bytes);
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let is_number =
        |word: Option<&[u8]>| word.is_some_and(|word| word.iter().all(u8::is_ascii_digit));
    is_number(words.next())
        && is_number(words.next())
        && words.next().is_some_and(|word| word.starts_with(b"obj"))
}

/// Whether the head names a version: the parser answers 1.0 where it does not.
pub(super) fn says_version(bytes: &[u8]) -> bool {
    let head = pdf_offset(bytes).and_then(|at| bytes.get(at + 5..at + 8));
    matches!(head, Some([b'1' | b'2', b'.', b'0'..=b'9']))
}
