//! What the tests of formats for pilots ask of a reply.

use barid_plugin::v1::{DecodeReply, PilotPaper, RegisterRow, filing_content::Content};

/// The pilot paper that was read.
///
/// # Panics
/// When none was.
#[must_use]
#[track_caller]
pub fn pilot_paper(reply: &DecodeReply) -> PilotPaper {
    match reply.content.clone().and_then(|content| content.content) {
        Some(Content::PilotPaper(paper)) => paper,
        other => panic!("no paper: {other:?}, {:#?}", reply.problems),
    }
}

/// The rows of the pilot paper that was read.
///
/// # Panics
/// When no table was.
#[must_use]
#[track_caller]
pub fn pilot_rows(reply: &DecodeReply) -> Vec<RegisterRow> {
    pilot_paper(reply).table.expect("a table").rows
}
