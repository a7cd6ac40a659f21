//! Docket numbers as the commission writes them: case numbers (`BAS-CMP-2025-0011`), delegated
//! decisions (`NIN-DD-2025-0019`), receipts (`110/NIN/118204/0007`), letters (`(خ/ 25 ر.م/ 61)`)
//! and bare decision numbers (`214`).
//!
//! The same number is typed with other digits, other spaces and other letters on every desk. What
//! was typed is kept to the character; the normal form exists only for comparing.

use barid_proto::text::{fold, has_bidi_control, isolate};
use barid_proto::v1::DocketNumber;

use crate::limits::DOCKET_BYTES_MAX;

/// Why a text cannot be a docket number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DocketFault {
    /// There is nothing in it to compare by.
    Empty,
    /// It is longer than 512 bytes.
    TooLong,
    /// It holds an invisible character that turns the direction of writing, so that the number seen
    /// is not the number stored.
    BidiControl(char),
    /// It holds another control character.
    Control(char),
}

impl DocketFault {
    /// The problem's code, and what is wrong in Arabic, Sorani and English.
    pub(crate) fn wording(self) -> (&'static str, String, String, String) {
        match self {
            Self::Empty => (
                "number-empty",
                "لا حرف ولا رقم فيه.".to_owned(),
                "نە پیت و نە ژمارەی تێدا نییە.".to_owned(),
                "there is neither letter nor digit in the number.".to_owned(),
            ),
            Self::TooLong => (
                "number-too-long",
                format!("الرقم أطول من {DOCKET_BYTES_MAX} بايت."),
                format!("ژمارەکە لە {DOCKET_BYTES_MAX} بایت درێژترە."),
                format!("the number is longer than {DOCKET_BYTES_MAX} bytes."),
            ),
            Self::BidiControl(turning) => (
                "bidi-control",
                format!("في الرقم رمز خفي يقلب اتجاه الكتابة: {}.", isolate(&codepoint(turning))),
                format!(
                    "لە ژمارەکەدا هێمایەکی شاراوە هەیە کە ئاراستەی نووسین هەڵدەگێڕێتەوە: {}.",
                    isolate(&codepoint(turning))
                ),
                format!(
                    "the number holds an invisible character that turns the writing direction: {}.",
                    codepoint(turning),
                ),
            ),
            Self::Control(control) => (
                "control-character",
                format!("في الرقم رمز تحكم: {}.", isolate(&codepoint(control))),
                format!("لە ژمارەکەدا هێمای کۆنترۆڵ هەیە: {}.", isolate(&codepoint(control))),
                format!("the number holds a control character: {}.", codepoint(control)),
            ),
        }
    }
}

fn codepoint(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

/// Reads a docket number of `institution`, keeping `literal` exactly as it is.
///
/// # Errors
/// A [`DocketFault`] if the text cannot be a docket number.
pub(crate) fn read(literal: &str, institution: &str) -> Result<DocketNumber, DocketFault> {
    if literal.len() > DOCKET_BYTES_MAX {
        return Err(DocketFault::TooLong);
    }
    if let Some((_, turning)) = has_bidi_control(literal) {
        return Err(DocketFault::BidiControl(turning));
    }
    if let Some(control) = literal.chars().find(|letter| letter.is_control()) {
        return Err(DocketFault::Control(control));
    }
    let normal = normal(literal);
    if normal.is_empty() {
        return Err(DocketFault::Empty);
    }
    Ok(DocketNumber { institution: institution.to_owned(), literal: literal.to_owned(), normal })
}

/// The form by which two writings of one number are found equal: letters and digits folded, no
/// spaces, no brackets around it, one kind of dash.
#[must_use]
pub(crate) fn normal(literal: &str) -> String {
    let mut bare = String::with_capacity(literal.len());
    for letter in fold(literal).chars().filter(|letter| !letter.is_whitespace()) {
        bare.push(if DASHES.contains(&letter) { '-' } else { letter });
    }
    let inside = bare.trim_matches(['(', ')', '[', ']']);
    if inside.len() == bare.len() { bare } else { inside.to_owned() }
}

/// What word processors make of a hyphen.
const DASHES: [char; 5] = ['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2212}'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_number_is_kept_to_the_character() {
        for literal in [
            "BAS-CMP-2025-0011",
            "NIN-DD-2025-0019",
            "110/NIN/118204/0007",
            "(خ/ 25 ر.م/ 61)",
            "214",
            "٢١٤",
        ] {
            let number = read(literal, "ihec").unwrap();
            assert_eq!(number.literal, literal);
            assert_eq!(number.institution, "ihec");
        }
    }

    #[test]
    fn two_writings_of_one_number_have_one_normal_form() {
        for (one, other) in [
            ("BAS-CMP-2025-0011", "bas–cmp–٢٠٢٥–٠٠١١"),
            ("(خ/ 25 ر.م/ 61)", "خ/٢٥ر.م/۶۱"),
            ("214", " ٢١٤ "),
            ("رقـــم 214", "رقم214"),
        ] {
            assert_eq!(normal(one), normal(other), "{one} and {other}");
        }
        assert_ne!(normal("214"), normal("0214"), "a zero in front is another number");
    }

    #[test]
    fn turned_and_broken_numbers_are_refused_with_the_character() {
        assert_eq!(read("1\u{202E}2", "ihec"), Err(DocketFault::BidiControl('\u{202E}')));
        assert_eq!(read("12\u{200F}", "ihec"), Err(DocketFault::BidiControl('\u{200F}')));
        assert_eq!(read("1\t2", "ihec"), Err(DocketFault::Control('\t')));
        assert_eq!(read(" () ", "ihec"), Err(DocketFault::Empty));
        assert_eq!(read(&"9".repeat(513), "ihec"), Err(DocketFault::TooLong));
    }
}
