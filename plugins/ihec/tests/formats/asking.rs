//! Asking the format as the hub does.

use barid_format_ihec::Ihec;
use barid_plugin::Format;
use barid_plugin::v1::filing_content::Content;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingContent, Problem,
    ProblemSeverity, RegisterStatement,
};

pub(crate) const FORMATS: [&str; 6] = [
    "ihec/form-110+json",
    "ihec/appeal+json",
    "ihec/decision+json",
    "ihec/register+json",
    "ihec/register+csv",
    "ihec/register+xlsx",
];

pub(crate) fn decode(format: &str, input: &[u8]) -> DecodeReply {
    Ihec.decode(&DecodeRequest {
        format: format.to_owned(),
        input: input.to_vec(),
        institution: "ihec".to_owned(),
        ..DecodeRequest::default()
    })
}

pub(crate) fn encode(format: &str, content: Content) -> EncodeReply {
    Ihec.encode(&EncodeRequest {
        format: format.to_owned(),
        content: Some(FilingContent { content: Some(content) }),
        institution: "ihec".to_owned(),
        ..EncodeRequest::default()
    })
}

pub(crate) fn content(reply: &DecodeReply) -> Option<Content> {
    reply.content.as_ref().and_then(|content| content.content.clone())
}

pub(crate) fn register(reply: &DecodeReply) -> Option<RegisterStatement> {
    match content(reply) {
        Some(Content::RegisterStatement(statement)) => Some(statement),
        _ => None,
    }
}

pub(crate) fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code.as_str()).collect()
}

pub(crate) fn has_error(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity() == ProblemSeverity::Error)
}

/// `code @ sheet!cell` of each problem; the row instead where no cell is named.
pub(crate) fn places(problems: &[Problem]) -> Vec<String> {
    let written = |problem: &Problem| {
        let place = problem.place.clone().unwrap_or_default();
        let cell = if place.cell.is_empty() { place.row.to_string() } else { place.cell };
        format!("{} @ {}!{cell}", problem.code, place.sheet)
    };
    problems.iter().map(written).collect()
}
