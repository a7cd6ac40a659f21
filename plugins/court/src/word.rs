//! From the archive to a ruling: the body from the Word file, all else from the register.

use barid_akn::docket::Strictness;
use barid_akn::reply::{self, Decoded};
use barid_json_reading::words;
use barid_plugin::Problems;
use barid_plugin::v1::{
    ActReference, DecodeReply, DecodeRequest, FilingKind, Judge, Judgment, Outcome, RulingIssued,
    filing_content::Content,
};
use barid_word_reading::WordText;

use crate::metadata::{self, Metadata};
use crate::{COURT, package, said};

pub(crate) fn decode(request: &DecodeRequest) -> DecodeReply {
    let mut problems = Problems::new();
    let read = ruling(request, &mut problems).map(|ruling| Decoded {
        kind: FilingKind::RulingIssued,
        docket_numbers: ruling.docket_numbers.clone(),
        content: Content::RulingIssued(ruling),
    });
    reply::decoded(request, read, problems)
}

fn ruling(request: &DecodeRequest, problems: &mut Problems) -> Option<RulingIssued> {
    let package = package::open(&request.input, problems)?;
    // Both are read whatever is wrong with the other, so that all problems come at once.
    let text = barid_word_reading::read(&package.word, &package.word_name, problems);
    let metadata = metadata::read(&package.table, &package.word_name, problems);
    let (text, metadata) = (text?, metadata?);
    say_what_is_missing(&metadata, problems);
    Some(composed(request, text, metadata, problems))
}

fn composed(
    request: &DecodeRequest,
    text: WordText,
    metadata: Metadata,
    problems: &mut Problems,
) -> RulingIssued {
    let owner = &request.institution;
    let docket_numbers = if metadata.case_number.is_empty() {
        Vec::new()
    } else {
        let (literal, keep) = (&metadata.case_number, Strictness::Keep);
        COURT.series.wire(owner, literal, &metadata.place, keep, problems)
    };
    let date = match metadata.day.candidates[..] {
        [day] => Some(day),
        _ => None,
    };
    let judges = metadata.judges.into_iter();
    RulingIssued {
        ruling: Some(ActReference {
            institution: owner.clone(),
            number: metadata.ruling_number,
            date,
            minutes_number: String::new(),
        }),
        docket_numbers,
        judges: judges.map(|name| Judge { name, presiding: false }).collect(),
        outcome: outcome(&metadata.outcome).into(),
        outcome_literal: metadata.outcome,
        neutral_citation: metadata.citation,
        judgment: Some(Judgment {
            title: metadata.title,
            date,
            language: metadata.language,
            court_code: metadata.court,
            paragraphs: text.paragraphs,
            references: text.links,
            images: text.images,
            tables: text.tables,
            depth: text.depth,
            body_text: text.text,
            parties: metadata.parties,
            ..Judgment::default()
        }),
        ..RulingIssued::default()
    }
}

/// The outcome that the register's word is, when it is one of the shared words; a court's own words
/// are kept, and what they come to is not guessed.
fn outcome(word: &str) -> Outcome {
    let known = words::OUTCOMES.iter().find(|(known, _)| *known == word);
    known.map_or(Outcome::Unspecified, |(_, outcome)| *outcome)
}

fn say_what_is_missing(metadata: &Metadata, problems: &mut Problems) {
    let said = [
        ("CaseNo", metadata.case_number.is_empty()),
        ("ncn", metadata.citation.is_empty() && metadata.ruling_number.is_empty()),
        ("court", metadata.court.is_empty()),
        ("parties", metadata.parties.is_empty()),
        ("judges", metadata.judges.is_empty()),
        ("outcome", metadata.outcome.is_empty()),
    ];
    let missing: Vec<&str> =
        said.iter().filter(|(_, missing)| *missing).map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        said::not_said(problems, &metadata.place, &missing.join(", "));
    }
}
