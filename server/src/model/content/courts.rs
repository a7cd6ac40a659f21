//! Rulings, orders and the way of results to their announcement.

use std::collections::BTreeSet;

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self};

use super::network::differing;
use crate::model::place::Checker;

/// Most docket numbers that one act joins or certifies: more than an election ever had.
const NUMBERS_MAX: usize = 16_384;

/// Most seats of an elected body.
const SEATS_MAX: usize = 4_096;

/// Most judges, bases or places of one act.
const PEOPLE_MAX: usize = 256;

/// Checks a content of this family. `false`: it is of another family.
pub(super) fn check(checker: &mut Checker, content: &Content) -> bool {
    match content {
        Content::RulingIssued(ruling) => ruled(checker, ruling),
        Content::ProofOfService(proof) => {
            checker.act("act", proof.act.as_ref());
            checker.person("served_on", proof.served_on.as_ref());
            checker.known::<v1::ServiceMode>("mode", proof.mode);
            if !proof.proof_sha256.is_empty() {
                checker.digest("proof_sha256", &proof.proof_sha256);
            }
        }
        Content::InterimOrder(order) => {
            checker.docket_number("suit", order.suit.as_ref());
            checker.act("suspended", order.suspended.as_ref());
            checker.date("until", order.until.as_ref());
            checker.text("reason", order.reason.as_ref());
        }
        Content::JoinCases(join) => {
            checker.docket_number("lead", join.lead.as_ref());
            numbers(checker, "joined", &join.joined);
            checker.text("reason", join.reason.as_ref());
        }
        Content::SplitCases(split) => {
            checker.docket_number("from", split.from.as_ref());
            numbers(checker, "parted", &split.parted);
            checker.text("reason", split.reason.as_ref());
        }
        Content::LinkCases(link) => {
            checker.docket_number("other", link.other.as_ref());
            checker.known::<v1::CaseRelation>("relation", link.relation);
            checker.text("reason", link.reason.as_ref());
        }
        Content::CorrectIdentifier(correction) => {
            checker.docket_number("wrong", correction.wrong.as_ref());
            checker.docket_number("right", correction.right.as_ref());
            checker.text("reason", correction.reason.as_ref());
        }
        Content::ClosingCertificate(certificate) => closed(checker, certificate),
        Content::ResultsAdopted(results) => adopted(checker, results),
        Content::RatificationRequest(request) => requested(checker, request),
        Content::RatificationDecision(decision) => ratified(checker, decision),
        Content::RatificationNotice(notice) => {
            checker.act("decision", notice.decision.as_ref());
            checker.needed_line("authority", &notice.authority);
            checker.known::<v1::ServiceMode>("mode", notice.mode);
        }
        Content::ResultsAnnounced(announced) => {
            checker.act("act", announced.act.as_ref());
            checker.act("ratification", announced.ratification.as_ref());
            checker.each("places", &announced.places, PEOPLE_MAX, |checker, place| {
                checker.needed_line("outlet", &place.outlet);
                checker.date("day", place.day.as_ref());
            });
            checker.date("first_session_by", announced.first_session_by.as_ref());
        }
        _ => return false,
    }
    true
}

fn numbers(checker: &mut Checker, name: &str, numbers: &[v1::DocketNumber]) {
    if numbers.is_empty() {
        checker.wrong(name, "missing", "must name at least one case");
    }
    checker.each(name, numbers, NUMBERS_MAX, Checker::docket_number_here);
}

fn ruled(checker: &mut Checker, ruling: &v1::RulingIssued) {
    checker.maybe("challenged", ruling.challenged.as_ref(), |checker, challenged| {
        checker.line("number", &challenged.number);
    });
    checker.each("docket_numbers", &ruling.docket_numbers, 512, Checker::docket_number_here);
    let named = ruling.ruling.is_some()
        || !ruling.docket_numbers.is_empty()
        || !ruling.neutral_citation.is_empty()
        || ruling.judgment.is_some();
    if !named {
        checker.wrong("ruling", "missing", "a ruling needs a number, a citation or its text");
    }
    checker.maybe("ruling", ruling.ruling.as_ref(), |checker, act| {
        checker.line("number", &act.number);
        checker.date("date", act.date.as_ref());
    });
    checker.text("court", ruling.court.as_ref());
    checker.each("judges", &ruling.judges, PEOPLE_MAX, |checker, judge| {
        checker.needed_line("name", &judge.name);
    });
    checker.known_or_none::<v1::Outcome>("outcome", ruling.outcome);
    checker.known_or_none::<v1::Agreement>("agreement", ruling.agreement);
    checker.clauses("clauses", &ruling.clauses);
    checker.text("reasons", ruling.reasons.as_ref());
    checker.text("dissent", ruling.dissent.as_ref());
    checker.line("neutral_citation", &ruling.neutral_citation);
    checker.maybe("judgment", ruling.judgment.as_ref(), |checker, judgment| {
        checker.date("date", judgment.date.as_ref());
    });
}

fn closed(checker: &mut Checker, certificate: &v1::ClosingCertificate) {
    checker.act("certificate", certificate.certificate.as_ref());
    checker.each("outcomes", &certificate.outcomes, 64, |checker, tally| {
        checker.known::<v1::Outcome>("outcome", tally.outcome);
    });
    checker.each(
        "docket_numbers",
        &certificate.docket_numbers,
        NUMBERS_MAX,
        Checker::docket_number_here,
    );
}

/// Outcomes of a certificate that are not as many as its appeals: appeals that nobody explains.
pub(super) fn unexplained(checker: &mut Checker, certificate: &v1::ClosingCertificate) {
    let sum: u64 = certificate.outcomes.iter().map(|tally| u64::from(tally.count)).sum();
    let docketed = u64::from(certificate.docketed);
    if sum != docketed {
        let what = format!("the outcomes add up to {sum}, but {docketed} appeals were docketed");
        checker.doubtful("outcomes", "sum", what);
    }
}

/// Figures of results that contradict each other. The act says what it says, so they are marked.
pub(super) fn doubts(checker: &mut Checker, results: &v1::ResultsAdopted) {
    checker.each("constituencies", &results.constituencies, SEATS_MAX, |checker, result| {
        if result.voters > result.registered {
            checker.doubtful("voters", "turnout", "more voters than are registered");
        }
        if result.valid.checked_add(result.invalid).is_none_or(|cast| cast > result.voters) {
            checker.doubtful("valid", "vote-sum", "more votes than voters");
        }
    });
}

fn adopted(checker: &mut Checker, results: &v1::ResultsAdopted) {
    checker.act("decision", results.decision.as_ref());
    checker.each("constituencies", &results.constituencies, SEATS_MAX, |checker, result| {
        checker.needed_line("constituency", &result.constituency);
    });
    checker.each("changes", &results.changes, SEATS_MAX, |checker, change| {
        checker.act("ruling", change.ruling.as_ref());
        checker.needed_text("change", change.change.as_ref());
    });
    checker.vote("vote", results.vote.as_ref());
}

fn requested(checker: &mut Checker, request: &v1::RatificationRequest) {
    checker.act("letter", request.letter.as_ref());
    let mut seats = BTreeSet::new();
    checker.each("winners", &request.winners, SEATS_MAX, |checker, winner| {
        if winner.seat == 0 {
            checker.wrong("seat", "missing", "seats are numbered from 1");
        } else if !seats.insert(winner.seat) {
            checker.wrong("seat", "twice", format!("seat {} has another winner", winner.seat));
        }
        checker.needed_line("constituency", &winner.constituency);
        checker.needed_line("full_name", &winner.full_name);
        checker.known_or_none::<v1::Sex>("sex", winner.sex);
    });
    if request.winners.is_empty() {
        checker.wrong("winners", "missing", "there is nothing to ratify without winners");
    }
    checker.each("pending_suits", &request.pending_suits, 512, Checker::docket_number_here);
    checker.maybe("appeals", request.appeals.as_ref(), accounted);
}

/// Sums are not held against it: that the registers differ is what it is there to tell.
fn accounted(checker: &mut Checker, appeals: &v1::AppealsAccount) {
    checker.date("as_of", appeals.as_of.as_ref());
    checker.each("settled", &appeals.settled, 64, |checker, tally| {
        checker.known::<v1::Outcome>("outcome", tally.outcome);
    });
    checker.each("open", &appeals.open, NUMBERS_MAX, Checker::docket_number_here);
    checker.each("exceptions", &appeals.exceptions, NUMBERS_MAX, differing);
}

fn ratified(checker: &mut Checker, decision: &v1::RatificationDecision) {
    checker.act("decision", decision.decision.as_ref());
    checker.known::<v1::RatificationScope>("scope", decision.scope);
    checker.known_or_none::<v1::Agreement>("agreement", decision.agreement);
    checker.clauses("clauses", &decision.clauses);
    let partial = decision.scope == i32::from(v1::RatificationScope::Except);
    if partial == decision.excepted_seats.is_empty() {
        checker.wrong(
            "excepted_seats",
            "scope",
            "seats are excepted exactly when the scope says that some are",
        );
    }
}
