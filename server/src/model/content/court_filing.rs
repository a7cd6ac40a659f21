//! What a message of a court's electronic filing says, as far as papers for pilots carry it.

use barid_proto::v1;

use crate::model::place::Checker;

/// Most numbers, dates or attachments of one message. From `CourtFiling` in `court.proto`.
const ITEMS_MAX: usize = 64;

/// Most participants. From `CourtFiling.participants`.
const PARTICIPANTS_MAX: usize = 1_024;

/// Most documents. From `CourtFiling.documents`.
const DOCUMENTS_MAX: usize = 257;

/// Most roles, attorneys or parties of one participant or document.
const FEW: usize = 16;

/// Checks a message.
pub(super) fn check(checker: &mut Checker, filing: &v1::CourtFiling) {
    checker.needed_line("standard", &filing.standard);
    checker.needed_line("message_name", &filing.message_name);
    for (name, line) in [
        ("filing_number", &filing.filing_number),
        ("case_kind", &filing.case_kind),
        ("case_title", &filing.case_title),
        ("case_category", &filing.case_category),
        ("court_name", &filing.court_name),
        ("court_code", &filing.court_code),
    ] {
        checker.line(name, line);
    }
    let numbers = &filing.docket_numbers;
    checker.each("docket_numbers", numbers, ITEMS_MAX, Checker::docket_number_here);
    lines(checker, "related_numbers", &filing.related_numbers, ITEMS_MAX);
    checker.each("dates", &filing.dates, ITEMS_MAX, |checker, date| {
        checker.needed_line("name", &date.name);
        checker.needed("date", date.date.as_ref(), |checker, date| {
            checker.needed_line("literal", &date.literal);
            for candidate in &date.candidates {
                checker.date("candidates", Some(candidate));
            }
        });
    });
    checker.maybe("submitter", filing.submitter.as_ref(), participant);
    checker.each("participants", &filing.participants, PARTICIPANTS_MAX, participant);
    checker.each("documents", &filing.documents, DOCUMENTS_MAX, filed_document);
}

fn participant(checker: &mut Checker, participant: &v1::CourtParticipant) {
    checker.known_or_none::<v1::CourtParticipantNature>("nature", participant.nature);
    for (name, line) in [
        ("full_name", &participant.full_name),
        ("bar_number", &participant.bar_number),
        ("email", &participant.email),
        ("telephone", &participant.telephone),
    ] {
        checker.line(name, line);
    }
    lines(checker, "roles", &participant.roles, FEW);
    lines(checker, "references", &participant.references, 4);
    lines(checker, "acts_for", &participant.acts_for, ITEMS_MAX);
}

fn filed_document(checker: &mut Checker, document: &v1::FiledDocument) {
    for (name, line) in [
        ("reference", &document.reference),
        ("parent", &document.parent),
        ("description", &document.description),
        ("register_action", &document.register_action),
        ("language", &document.language),
        ("sequence", &document.sequence),
        ("docket_number", &document.docket_number),
        ("digest_literal", &document.digest_literal),
        ("access", &document.access),
    ] {
        checker.line(name, line);
    }
    lines(checker, "filing_attorneys", &document.filing_attorneys, FEW);
    lines(checker, "filing_parties", &document.filing_parties, FEW);
    checker.each("attachments", &document.attachments, ITEMS_MAX, |checker, attachment| {
        checker.line("media_type", &attachment.media_type);
        checker.line("location", &attachment.location);
        checker.line("description", &attachment.description);
        checker.line("sequence", &attachment.sequence);
        if !attachment.sha256.is_empty() {
            checker.digest("sha256", &attachment.sha256);
        }
    });
}

fn lines(checker: &mut Checker, name: &str, lines: &[String], most: usize) {
    checker.each(name, lines, most, |checker, line| checker.needed_line("", line));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(filing: &v1::CourtFiling) -> Vec<String> {
        let mut checker = Checker::new();
        check(&mut checker, filing);
        checker.into_problems().into_iter().map(|problem| problem.code).collect()
    }

    fn filing() -> v1::CourtFiling {
        v1::CourtFiling {
            standard: "ECF 4.0".to_owned(),
            message_name: "CoreFilingMessage".to_owned(),
            ..v1::CourtFiling::default()
        }
    }

    #[test]
    fn a_message_needs_its_name_only() {
        assert!(codes(&filing()).is_empty());
        assert_eq!(codes(&v1::CourtFiling::default()), ["missing", "missing"]);
    }

    #[test]
    fn what_a_message_says_is_bounded() {
        let mut full = filing();
        full.participants = vec![v1::CourtParticipant::default(); PARTICIPANTS_MAX + 1];
        full.documents = vec![v1::FiledDocument::default(); DOCUMENTS_MAX + 1];
        full.related_numbers = vec![String::new()];
        full.dates = vec![v1::CourtFilingDate::default()];
        let submitter = v1::CourtParticipant { nature: 9, ..Default::default() };
        full.submitter = Some(submitter);
        let expected = ["missing", "missing", "missing", "unknown-value", "too-many", "too-many"];
        assert_eq!(codes(&full), expected);
        let attachment = v1::FiledAttachment { sha256: vec![1], ..Default::default() };
        let mut short = filing();
        short.documents =
            vec![v1::FiledDocument { attachments: vec![attachment], ..Default::default() }];
        assert_eq!(codes(&short), ["digest-length"]);
    }
}
