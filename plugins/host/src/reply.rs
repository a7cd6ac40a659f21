//! What a plugin answers is untrusted: read strictly, bounded, held to what the plugin declared.
//!
//! The content itself is judged later, by the same gate as content that came ready-made.

use barid_plugin::problem::PROBLEMS_MAX;
use barid_proto::v1::{
    DecodeReply, DocketNumber, EncodeReply, FilingContent, FormatDescription, Problem,
    ProblemPlace, ProblemSeverity, Text,
};
use prost::Message;

use crate::description::is_word;
use crate::error::turns_direction;

/// Longest code of a problem, in bytes. From `Problem.code`.
const CODE_BYTES_MAX: usize = 64;

/// Most renderings of a text. From `Text.renderings`.
const RENDERINGS_MAX: usize = 8;

/// Longest rendering, in bytes. From `Rendering.text`.
const RENDERING_BYTES_MAX: usize = 65_536;

/// Longest language tag, in bytes. RFC 5646, section 4.4.1, recommends room for 35 characters.
const LANGUAGE_BYTES_MAX: usize = 35;

/// Longest path, sheet or cell of a place, in bytes: a deep path of an XML document.
const PLACE_BYTES_MAX: usize = 1024;

/// Most docket numbers found in one document: a register of a whole election has a few thousand.
const DOCKET_NUMBERS_MAX: usize = 10_000;

/// Longest docket number and longest normal form, in bytes. From `DocketNumber.literal`.
const DOCKET_NUMBER_BYTES_MAX: usize = 512;

/// Longest identifier of an institution, in bytes. From `Address.institution`.
const INSTITUTION_BYTES_MAX: usize = 32;

/// Longest name of a written document, in bytes: what file systems can take.
const DOCUMENT_NAME_BYTES_MAX: usize = 255;

/// Reads a message that has nothing beside what this hub knows: what it did not understand it would
/// otherwise silently leave out.
pub(crate) fn exactly<M: Message + Default>(bytes: &[u8]) -> Result<M, String> {
    let message = M::decode(bytes).map_err(|error| format!("it is unreadable: {error}"))?;
    if message.encoded_len() == bytes.len() {
        Ok(message)
    } else {
        Err("it is not plain proto3: unknown or repeated fields, or defaults written out"
            .to_owned())
    }
}

/// Reads the reply to a request for this kind of filing, or says which rule it breaks.
pub(crate) fn decoded(bytes: &[u8], kind: i32) -> Result<DecodeReply, String> {
    let reply: DecodeReply = exactly(bytes)?;
    let failed = check_problems(&reply.problems)?;
    match &reply.content {
        Some(_) if failed => return Err("it has content in spite of an error".to_owned()),
        Some(content) if kind_of(content) != Some(kind) => {
            return Err("its content is not of the kind that was asked for".to_owned());
        }
        None if !failed => return Err("it has neither content nor an error".to_owned()),
        _ => {}
    }
    if reply.docket_numbers.len() > DOCKET_NUMBERS_MAX {
        return Err(format!("it has more than {DOCKET_NUMBERS_MAX} docket numbers"));
    }
    reply.docket_numbers.iter().try_for_each(check_docket_number)?;
    Ok(reply)
}

/// Reads the reply to a request to write in this format, or says which rule it breaks.
pub(crate) fn encoded(bytes: &[u8], format: &FormatDescription) -> Result<EncodeReply, String> {
    let reply: EncodeReply = exactly(bytes)?;
    let failed = check_problems(&reply.problems)?;
    if failed != reply.output.is_empty() {
        return Err("it must have either a document or an error".to_owned());
    }
    if failed {
        return Ok(reply);
    }
    if !format.media_types.contains(&reply.media_type) {
        return Err("its media type is none of those that the format declares".to_owned());
    }
    if !is_document_name(&reply.name) {
        return Err("the document's name is empty, too long or part of a path".to_owned());
    }
    Ok(reply)
}

/// The kind of filing that this is content of. None when it is empty.
#[must_use]
pub fn kind_of(content: &FilingContent) -> Option<i32> {
    // The oneof's field numbers are the values of `FilingKind`, by the contract of content.proto;
    // the first thing on the wire is the field's key: its number, then three bits of wire type.
    let key = prost::decode_length_delimiter(&*content.encode_to_vec()).ok()?;
    i32::try_from(key >> 3).ok()
}

/// Checks all problems. Says whether one of them is an error.
fn check_problems(problems: &[Problem]) -> Result<bool, String> {
    if problems.len() > PROBLEMS_MAX {
        return Err(format!("it has more than {PROBLEMS_MAX} problems"));
    }
    for problem in problems {
        check_problem(problem)?;
    }
    Ok(problems.iter().any(|one| one.severity() == ProblemSeverity::Error))
}

fn check_problem(problem: &Problem) -> Result<(), String> {
    if !is_word(&problem.code, CODE_BYTES_MAX, "") {
        return Err("the code of a problem is not 1 to 64 of [a-z0-9-]".to_owned());
    }
    let named = |reason: String| format!("problem {}: {reason}", problem.code);
    match ProblemSeverity::try_from(problem.severity) {
        Ok(ProblemSeverity::Error | ProblemSeverity::Warning) => {}
        _ => return Err(named("its severity is unknown".to_owned())),
    }
    if problem.what.is_none() {
        return Err(named("it does not say what is wrong".to_owned()));
    }
    check_text(problem.what.as_ref()).map_err(named)?;
    check_text(problem.remedy.as_ref()).map_err(named)?;
    problem.place.as_ref().map_or(Ok(()), check_place).map_err(named)
}

fn check_place(place: &ProblemPlace) -> Result<(), String> {
    for text in [&place.cell, &place.sheet, &place.path] {
        if text.len() > PLACE_BYTES_MAX {
            return Err(format!("its place has more than {PLACE_BYTES_MAX} bytes"));
        }
    }
    Ok(())
}

/// Checks a text by the rules of `Text`. None is a text that is not given.
pub(crate) fn check_text(text: Option<&Text>) -> Result<(), String> {
    let Some(text) = text else { return Ok(()) };
    if text.renderings.is_empty() || text.renderings.len() > RENDERINGS_MAX {
        return Err(format!("does not have 1 to {RENDERINGS_MAX} renderings"));
    }
    for rendering in &text.renderings {
        let tag = |byte: u8| byte == b'-' || byte.is_ascii_alphanumeric();
        let language = &rendering.language;
        if !(1..=LANGUAGE_BYTES_MAX).contains(&language.len()) || !language.bytes().all(tag) {
            return Err("has a language that is no BCP 47 tag".to_owned());
        }
        if rendering.text.len() > RENDERING_BYTES_MAX {
            return Err(format!("has a rendering of more than {RENDERING_BYTES_MAX} bytes"));
        }
    }
    if !text.renderings.is_sorted_by(|left, right| left.language < right.language) {
        return Err("has languages out of order, or twice".to_owned());
    }
    let binding = &text.authoritative;
    if !binding.is_empty() && !text.renderings.iter().any(|one| one.language == *binding) {
        return Err("calls a language authoritative that it does not have".to_owned());
    }
    Ok(())
}

fn check_docket_number(number: &DocketNumber) -> Result<(), String> {
    let bounded = |text: &str| text.len() <= DOCKET_NUMBER_BYTES_MAX;
    if !is_word(&number.institution, INSTITUTION_BYTES_MAX, "") {
        return Err("a docket number's institution is not 1 to 32 of [a-z0-9-]".to_owned());
    }
    if number.literal.is_empty() || !bounded(&number.literal) || !bounded(&number.normal) {
        return Err(format!("a docket number is not 1 to {DOCKET_NUMBER_BYTES_MAX} bytes"));
    }
    if number.literal.chars().chain(number.normal.chars()).any(turns_direction) {
        return Err("a docket number has bidirectional control characters".to_owned());
    }
    Ok(())
}

/// Whether this can be a document's name anywhere, and only a name.
fn is_document_name(name: &str) -> bool {
    let path_like = |one: char| matches!(one, '/' | '\\' | ':') || one.is_control();
    (1..=DOCUMENT_NAME_BYTES_MAX).contains(&name.len())
        && !matches!(name, "." | "..")
        && !name.chars().any(path_like)
}

#[cfg(test)]
mod tests {
    use barid_plugin::problem::text;
    use barid_proto::v1::filing_content::Content;
    use barid_proto::v1::{FilingKind, PilotPaper, Query, Rendering};

    use super::*;

    const QUERY: i32 = FilingKind::Query as i32;

    fn problem(severity: ProblemSeverity) -> Problem {
        Problem {
            severity: severity.into(),
            code: "date-ambiguous".to_owned(),
            place: Some(ProblemPlace { line: 3, ..ProblemPlace::default() }),
            what: text(&[("ar", "ملتبس"), ("en", "ambiguous")]),
            remedy: None,
        }
    }

    fn reading() -> DecodeReply {
        let query = Query { number: "7/2025".to_owned(), ..Query::default() };
        DecodeReply {
            content: Some(FilingContent { content: Some(Content::Query(query)) }),
            problems: vec![problem(ProblemSeverity::Warning)],
            docket_numbers: vec![DocketNumber {
                institution: "ejp".to_owned(),
                literal: "612/الهيئة/2025".to_owned(),
                normal: "612/2025".to_owned(),
            }],
        }
    }

    fn written() -> EncodeReply {
        EncodeReply {
            output: b"7/2025: why?".to_vec(),
            media_type: "text/plain".to_owned(),
            name: "سؤال.txt".to_owned(),
            problems: vec![problem(ProblemSeverity::Warning)],
        }
    }

    fn refused(change: impl FnOnce(&mut DecodeReply)) -> String {
        let mut reply = reading();
        change(&mut reply);
        decoded(&reply.encode_to_vec(), QUERY).unwrap_err()
    }

    fn format() -> FormatDescription {
        FormatDescription {
            media_types: vec!["text/plain".to_owned()],
            ..FormatDescription::default()
        }
    }

    fn refused_document(change: impl FnOnce(&mut EncodeReply)) -> String {
        let mut reply = written();
        change(&mut reply);
        encoded(&reply.encode_to_vec(), &format()).unwrap_err()
    }

    #[test]
    fn good_replies_are_read() {
        assert_eq!(decoded(&reading().encode_to_vec(), QUERY).unwrap(), reading());
        assert_eq!(encoded(&written().encode_to_vec(), &format()).unwrap(), written());
    }

    #[test]
    fn unreadable_and_unplain_bytes_are_refused() {
        assert!(decoded(b"\xFF\xFF\xFF", QUERY).unwrap_err().contains("unreadable"));
        assert!(decoded(b"\x12\x03\x12\x01\xFF", QUERY).unwrap_err().contains("UTF-8"));
        let mut longer = reading().encode_to_vec();
        longer.extend([0xF8, 0x01, 0x07]); // field 31, which nobody knows
        assert!(decoded(&longer, QUERY).unwrap_err().contains("plain proto3"));
    }

    #[test]
    fn content_and_errors_exclude_each_other() {
        assert!(refused(|one| one.content = None).contains("neither"));
        assert!(refused(|one| one.problems[0] = problem(ProblemSeverity::Error)).contains("spite"));
        let mut unread = reading();
        unread.content = None;
        unread.problems[0] = problem(ProblemSeverity::Error);
        assert_eq!(decoded(&unread.encode_to_vec(), QUERY).unwrap(), unread);
    }

    #[test]
    fn content_of_another_kind_is_refused() {
        let pilot = Content::PilotPaper(PilotPaper::default());
        let pilot = FilingContent { content: Some(pilot) };
        assert_eq!(kind_of(&pilot), Some(FilingKind::PilotPaper.into()));
        assert!(refused(|one| one.content = Some(pilot)).contains("not of the kind"));
        let empty = FilingContent { content: None };
        assert_eq!(kind_of(&empty), None);
        assert!(refused(|one| one.content = Some(empty)).contains("not of the kind"));
    }

    #[test]
    fn problems_out_of_bounds_are_refused() {
        let flood = vec![problem(ProblemSeverity::Warning); PROBLEMS_MAX + 1];
        assert!(refused(|one| one.problems = flood).contains("more than 500"));
        let first = |change: fn(&mut Problem)| refused(|one| change(&mut one.problems[0]));
        assert!(first(|one| one.severity = 0).contains("severity"));
        assert!(first(|one| one.severity = 9).contains("severity"));
        assert!(first(|one| one.code = "Bad code".to_owned()).contains("code"));
        assert!(first(|one| one.what = None).contains("what is wrong"));
        let deep = ProblemPlace { path: "/a".repeat(600), ..ProblemPlace::default() };
        assert!(refused(|one| one.problems[0].place = Some(deep)).contains("place"));
    }

    #[test]
    fn texts_out_of_bounds_are_refused() {
        let said = |change: fn(&mut Text)| {
            let mut text = text(&[("ar", "نص"), ("en", "text")]).unwrap();
            change(&mut text);
            check_text(Some(&text)).unwrap_err()
        };
        let many = |count| vec![Rendering::default(); count];
        assert!(said(|one| one.renderings.clear()).contains("1 to 8"));
        let flood = Text { renderings: many(9), ..Text::default() };
        assert!(check_text(Some(&flood)).unwrap_err().contains("1 to 8"));
        assert!(said(|one| one.renderings.swap(0, 1)).contains("out of order"));
        assert!(said(|one| one.renderings[0].language = "en".to_owned()).contains("twice"));
        assert!(said(|one| one.renderings[0].language.clear()).contains("BCP 47"));
        assert!(said(|one| one.renderings[0].text = "x".repeat(65_537)).contains("65536"));
        assert!(said(|one| one.authoritative = "ckb".to_owned()).contains("authoritative"));
    }

    #[test]
    fn docket_numbers_out_of_bounds_are_refused() {
        let first = |change: fn(&mut DocketNumber)| refused(|r| change(&mut r.docket_numbers[0]));
        assert!(first(|one| one.literal.clear()).contains("1 to 512"));
        assert!(first(|one| one.normal = "1".repeat(513)).contains("1 to 512"));
        assert!(first(|one| one.literal.push('\u{202E}')).contains("bidirectional"));
        assert!(first(|one| one.institution.clear()).contains("institution"));
        let flood = vec![reading().docket_numbers[0].clone(); DOCKET_NUMBERS_MAX + 1];
        assert!(refused(|one| one.docket_numbers = flood).contains("more than 10000"));
    }

    #[test]
    fn documents_that_break_a_rule_are_refused() {
        assert!(refused_document(|one| one.output.clear()).contains("either"));
        let error = problem(ProblemSeverity::Error);
        assert!(refused_document(|one| one.problems[0] = error).contains("either"));
        assert!(refused_document(|one| one.media_type.push('s')).contains("media type"));
        for name in ["", "..", "a/b", "a\\b", "c:d", "a\nb"] {
            assert!(refused_document(|one| one.name = name.to_owned()).contains("name"), "{name}");
        }
    }
}
