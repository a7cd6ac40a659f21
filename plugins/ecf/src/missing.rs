//! What Barid asks of a filing and a message does not say: one problem for each thing, with the
//! path where it would stand. Nothing is made up in its place.

use barid_plugin::Problems;
use barid_proto::v1::{CourtParticipant, FiledDocument};

use crate::filing::Found;
use crate::paper::title;
use crate::said::{self, Missing};

/// Where a document's media type stands, from the document.
const MEDIA_TYPE: &str = "/DocumentRendition//BinaryDescriptionText";

/// Lists what is missing. All of it a person can look up, so the rest is read.
pub(crate) fn list(found: &Found, problems: &mut Problems) {
    let filing = &found.filing;
    let base = found.base.as_deref().unwrap_or_default();
    let case =
        if found.case_path.is_empty() { format!("{base}/Case") } else { found.case_path.clone() };
    if title(&filing.documents, &filing.case_title).is_none() {
        said::untitled(problems, format!("{base}/FilingLeadDocument/DocumentDescriptionText"));
    }
    let mut need = |there: bool, path: String, what: Missing| {
        // What stands there and was refused is told already.
        if !there && !problems.has_error_at(&path) {
            said::missing(problems, path, what);
        }
    };
    let posted = filing.dates.iter().any(|date| date.name == "DocumentPostDate");
    need(
        !filing.filing_number.is_empty(),
        format!("{base}/DocumentIdentification/IdentificationID"),
        Missing::FilingNumber,
    );
    need(posted, format!("{base}/DocumentPostDate"), Missing::PostDate);
    need(filing.submitter.is_some(), format!("{base}/DocumentSubmitter"), Missing::Submitter);
    let titled = !filing.case_title.is_empty() || !found.short_title.is_empty();
    need(titled, format!("{case}/CaseTitleText"), Missing::CaseTitle);
    need(!filing.docket_numbers.is_empty(), format!("{case}/CaseDocketID"), Missing::CaseNumber);
    let court = format!("{case}/CaseAugmentation/CaseCourt");
    need(!filing.court_name.is_empty(), format!("{court}/CourtName"), Missing::CourtName);
    need(
        !filing.court_code.is_empty(),
        format!("{court}/OrganizationIdentification"),
        Missing::CourtCode,
    );
    need(
        !filing.participants.is_empty(),
        format!("{case}/CaseAugmentation/CaseParticipant"),
        Missing::Participants,
    );
    let leads = filing.documents.iter().any(|document| document.lead);
    need(leads, format!("{base}/FilingLeadDocument"), Missing::LeadDocument);
    for (participant, path) in filing.participants.iter().zip(&found.participant_paths) {
        of_participant(participant, path, problems);
    }
    for (document, path) in filing.documents.iter().zip(&found.document_paths) {
        of_document(document, path, problems);
    }
}

fn of_participant(participant: &CourtParticipant, path: &str, problems: &mut Problems) {
    if participant.full_name.is_empty() {
        said::missing(problems, path.to_owned(), Missing::Name);
    }
    if participant.roles.is_empty() {
        said::missing(problems, format!("{path}/CaseParticipantRoleCode"), Missing::Role);
    }
}

fn of_document(document: &FiledDocument, path: &str, problems: &mut Problems) {
    let mut need = |there: bool, tail: &str, what: Missing| {
        if !there {
            said::missing(problems, format!("{path}{tail}"), what);
        }
    };
    need(!document.description.is_empty(), "/DocumentDescriptionText", Missing::Description);
    let attachments = &document.attachments;
    let located = attachments.iter().any(|one| !one.location.is_empty() || !one.sha256.is_empty());
    need(located, "/DocumentRendition", Missing::Content);
    let typed = attachments.iter().all(|one| !one.media_type.is_empty());
    need(!located || typed, MEDIA_TYPE, Missing::MediaType);
    let hashed = attachments.iter().all(|one| !one.sha256.is_empty());
    need(!located || hashed, "/DocumentRendition//BinaryBase64Object", Missing::Digest);
}

/// The document at this path does not say of what kind it is.
pub(crate) fn media_type(problems: &mut Problems, path: &str) {
    said::missing(problems, format!("{path}{MEDIA_TYPE}"), Missing::MediaType);
}
