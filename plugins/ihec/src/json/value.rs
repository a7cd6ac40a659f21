//! Values that several of the commission's acts share and that the shared reading does not know:
//! digests, docket numbers with our normal form, lists of words.

use barid_json_reading::Need::Optional;
use barid_json_reading::{Fields, Need, terms};
use barid_proto::v1::DocketNumber;
use serde_json::Value;

use super::said;
use crate::docket::{self, DocketFault};

/// Length of a SHA-256, in bytes.
const DIGEST_BYTES: usize = 32;

/// A SHA-256 in hexadecimal; empty when absent.
pub(super) fn digest(fields: &mut Fields<'_, '_>, name: &'static str) -> Vec<u8> {
    let text = fields.string(name, Optional);
    if text.is_empty() {
        return Vec::new();
    }
    let bytes = from_hex(&text).filter(|bytes| bytes.len() == DIGEST_BYTES);
    if bytes.is_none() {
        said::digest_invalid(fields, name);
    }
    bytes.unwrap_or_default()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) || !text.len().is_multiple_of(2) {
        return None;
    }
    let pairs = (0..text.len()).step_by(2).map(|at| text.get(at..at + 2));
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

/// Writes a digest in hexadecimal.
pub(super) fn write_digest(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A docket number; without institution it is the sender's own. The normal form is made for the
/// sender's own numbers only: other institutions have rules of their own.
pub(super) fn docket_number(fields: &mut Fields<'_, '_>, owner: &str) -> DocketNumber {
    let mut number = terms::read_docket_number(fields, owner);
    if number.institution == owner {
        number.normal = docket::normal(&number.literal);
    }
    number
}

/// The sender's own numbers for the case, which are no part of the content but of the case's index:
/// `["110/NIN/118204/0007", "NIN-CMP-2025-0042"]`.
pub(super) fn own_numbers(fields: &mut Fields<'_, '_>, owner: &str) -> Vec<DocketNumber> {
    const NAME: &str = "docket_numbers";
    let mut numbers = Vec::new();
    for literal in fields.strings(NAME, Optional) {
        match docket::read(&literal, owner) {
            Ok(number) => numbers.push(number),
            // The list has named an empty one already.
            Err(DocketFault::Empty) if literal.is_empty() => {}
            Err(fault) => said::number_bad(fields, NAME, &literal, fault),
        }
    }
    numbers
}

/// A list of words of a table.
pub(super) fn choices<T: Copy + Into<i32>>(
    fields: &mut Fields<'_, '_>,
    name: &'static str,
    need: Need,
    words: &[(&str, T)],
) -> Vec<i32> {
    let mut meanings = Vec::new();
    for word in fields.strings(name, need) {
        match words.iter().find(|(known, _)| *known == word) {
            Some((_, meaning)) => meanings.push((*meaning).into()),
            None => said::word_unknown(fields, name, &word, words),
        }
    }
    meanings
}

/// Writes a list.
pub(super) fn list<T>(items: &[T], write: impl Fn(&T) -> Value) -> Vec<Value> {
    items.iter().map(write).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_written_as_they_are_read() {
        let digest: Vec<u8> = (0..32).map(|byte| byte * 8).collect();
        assert_eq!(from_hex(&write_digest(&digest)), Some(digest));
        for broken in ["0", "0g", "é0", "+1"] {
            assert_eq!(from_hex(broken), None, "{broken}");
        }
    }
}
