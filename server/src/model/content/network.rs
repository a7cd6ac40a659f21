//! Registers, keys, pilots, time-stamps, and the answers of recipients.

use barid_proto::tlog::note::Note;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self};

use super::{access, pilot, retention};
use crate::model::place::Checker;

/// Most rows of a register: ten times the largest an election ever had.
const ROWS_MAX: usize = 65_536;

/// Longest time-stamp token: with an authority's chain they have some kilobytes.
const TOKEN_MAX_BYTES: usize = 16 * 1024;

/// Most reasons for one refusal.
const GROUNDS_MAX: usize = 64;

/// Most cases of one side in an exception, digests of one case, and reasons for a match; as
/// `barid_proto::reconcile` writes.
const EVIDENCE_MAX: usize = 16;

/// Checks a content of this family. `false`: it is of another family.
pub(super) fn check(checker: &mut Checker, content: &Content) -> bool {
    match content {
        Content::RegisterStatement(register) => registered(checker, register),
        Content::LedgerDigest(digest) => {
            checker.needed("as_of", digest.as_of.as_ref(), |_, _| {});
            checker.date("as_of", digest.as_of.as_ref());
            checker.digest("root", &digest.root);
            checker.line("counterpart", &digest.counterpart);
            checker.each("tallies", &digest.tallies, 64, |checker, tally| {
                checker.known_or_none::<v1::Outcome>("outcome", tally.outcome);
            });
        }
        Content::ReconciliationException(exception) => differing(checker, exception),
        Content::KeyEvent(event) => key_changed(checker, event),
        Content::PilotPaper(paper) => pilot::check(checker, paper),
        Content::AccessGranted(granted) => access::granted(checker, granted),
        Content::ClockToken(clock) => {
            if let Err(error) = Note::parse(&clock.checkpoint) {
                checker.wrong("checkpoint", "note", error.to_string());
            }
            if clock.token.is_empty() || clock.token.len() > TOKEN_MAX_BYTES {
                let what = format!("has {} bytes, not 1 to {TOKEN_MAX_BYTES}", clock.token.len());
                checker.wrong("token", "length", what);
            }
        }
        _ => return retention::check(checker, content) || answered(checker, content),
    }
    true
}

/// A case in which two registers differ; one of them may not have it at all.
pub(super) fn differing(checker: &mut Checker, exception: &v1::ReconciliationException) {
    checker.known::<v1::ExceptionKind>("kind", exception.kind);
    if exception.ours.is_none() && exception.theirs.is_none() {
        checker.wrong("ours", "missing", "an exception concerns a case on one side at least");
    }
    checker.maybe("ours", exception.ours.as_ref(), Checker::docket_number_here);
    checker.maybe("theirs", exception.theirs.as_ref(), Checker::docket_number_here);
    checker.date("due_on", exception.due_on.as_ref());
    checker.text("resolution", exception.resolution.as_ref());
    checker.each("our_evidence", &exception.our_evidence, EVIDENCE_MAX, evidence);
    checker.each("their_evidence", &exception.their_evidence, EVIDENCE_MAX, evidence);
    checker.known_or_none::<v1::MatchStrength>("strength", exception.strength);
    checker.each("reasons", &exception.reasons, EVIDENCE_MAX, |checker, reason| {
        checker.known::<v1::MatchReason>("", *reason);
    });
    checker.known_or_none::<v1::MatchVerdict>("verdict", exception.verdict);
    let both = exception.ours.is_some() && exception.theirs.is_some();
    if exception.verdict() != v1::MatchVerdict::Unspecified && !both {
        checker.wrong("verdict", "missing", "a verdict is about a case on each side: name both");
    }
}

/// What one side has about one case in which registers differ.
fn evidence(checker: &mut Checker, evidence: &v1::ExceptionEvidence) {
    checker.maybe("number", evidence.number.as_ref(), Checker::docket_number_here);
    checker.known_or_none::<v1::Outcome>("outcome", evidence.outcome);
    checker.maybe("joined_to", evidence.joined_to.as_ref(), Checker::docket_number_here);
    checker.maybe("supplement_to", evidence.supplement_to.as_ref(), Checker::docket_number_here);
    checker.each("digests", &evidence.digests, EVIDENCE_MAX, |checker, digest| {
        checker.digest("", digest);
    });
}

/// The answers of a recipient.
fn answered(checker: &mut Checker, content: &Content) -> bool {
    match content {
        Content::Acknowledgement(acknowledgement) => {
            checker.digest("envelope_digest", &acknowledgement.envelope_digest);
            checker.each(
                "document_digests",
                &acknowledgement.document_digests,
                257,
                |checker, digest| {
                    checker.digest("", digest);
                },
            );
        }
        Content::Registration(registration) => {
            checker.docket_number("docket_number", registration.docket_number.as_ref());
            if registration.registered_at_unix_ms <= 0 {
                checker.wrong("registered_at_unix_ms", "missing", "must be given");
            }
            checker.known_or_none::<v1::IntakeRoute>("route", registration.route);
        }
        Content::RefusalToRegister(refusal) => {
            if refusal.grounds.is_empty() {
                checker.wrong("grounds", "missing", "a refusal needs a reason");
            }
            checker.each("grounds", &refusal.grounds, GROUNDS_MAX, |checker, ground| {
                checker.needed_line("code", &ground.code);
                checker.needed_text("reason", ground.reason.as_ref());
                checker.text("remedy", ground.remedy.as_ref());
            });
        }
        _ => return false,
    }
    true
}

pub(super) fn registered(checker: &mut Checker, register: &v1::RegisterStatement) {
    if register.rows.is_empty() && register.as_of.is_none() {
        checker.wrong("rows", "missing", "an empty register says of which day it is");
    }
    checker.line("name", &register.name);
    checker.date("as_of", register.as_of.as_ref());
    checker.each("rows", &register.rows, ROWS_MAX, |checker, row| {
        checker.each("docket_numbers", &row.docket_numbers, 64, Checker::docket_number_here);
        checker.known_or_none::<v1::Outcome>("outcome", row.outcome);
        checker.maybe("supplement_to", row.supplement_to.as_ref(), Checker::docket_number_here);
        checker.maybe("date", row.date.as_ref(), |checker, date| {
            for candidate in &date.candidates {
                checker.date("candidates", Some(candidate));
            }
        });
    });
}

fn key_changed(checker: &mut Checker, event: &v1::KeyEvent) {
    checker.known::<v1::KeyAction>("action", event.action);
    checker.known::<v1::KeyPurpose>("purpose", event.purpose);
    checker.text("reason", event.reason.as_ref());
    if let Err(error) = barid_proto::key::PublicKey::from_spki(&event.spki) {
        checker.wrong("spki", "key", error.to_string());
    }
    let revokes = event.action == i32::from(v1::KeyAction::Revoke);
    if !revokes && event.invalid_from_index != 0 {
        checker.wrong("invalid_from_index", "action", "only a revocation has one");
    }
}
