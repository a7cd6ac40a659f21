//! Complaints, decisions and appeals.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self};

use crate::model::place::Checker;

/// Most respondents, members, witnesses or grounds in one filing.
const PEOPLE_MAX: usize = 256;

/// Most cases in one batch decision, proofs in one certificate, and counts in one complaint.
const BATCH_MAX: usize = 2_048;

/// Checks a content of this family. `false`: it is of another family.
pub(super) fn check(checker: &mut Checker, content: &Content) -> bool {
    match content {
        Content::ComplaintRegistered(complaint) => registered(checker, complaint),
        Content::ComplaintClassified(triage) => classified(checker, triage),
        Content::InquiryReported(inquiry) => reported(checker, inquiry),
        Content::DelegationGranted(delegation) => granted(checker, delegation),
        Content::DelegatedDecision(decision) => delegated(checker, decision),
        Content::CallIn(call) => {
            checker.needed_line("delegated_decision", &call.delegated_decision);
            checker.text("reason", call.reason.as_ref());
        }
        Content::CouncilDecision(decision) => decided(checker, decision),
        Content::PublicationCertificate(certificate) => published(checker, certificate),
        Content::AppealFiled(appeal) => appealed(checker, appeal),
        Content::SupplementFiled(supplement) => {
            checker.docket_number("appeal", supplement.appeal.as_ref());
            if supplement.number == 0 {
                checker.wrong("number", "missing", "supplements are numbered from 1");
            }
            checker.needed_text("addition", supplement.addition.as_ref());
        }
        Content::AppealWithdrawn(withdrawal) => {
            checker.docket_number("appeal", withdrawal.appeal.as_ref());
            checker.text("reason", withdrawal.reason.as_ref());
            checker.date("withdrawn_on", withdrawal.withdrawn_on.as_ref());
        }
        Content::Referral(referral) => referred(checker, referral),
        Content::ReturnToCouncil(returned) => {
            checker.needed_text("reason", returned.reason.as_ref());
            checker.clauses("orders", &returned.orders);
            checker.known_or_none::<v1::ClockEffect>("clock_effect", returned.clock_effect);
        }
        Content::Query(query) => {
            checker.line("number", &query.number);
            checker.needed_text("question", query.question.as_ref());
            checker.date("due_on", query.due_on.as_ref());
            checker.known_or_none::<v1::ClockEffect>("clock_effect", query.clock_effect);
        }
        Content::Answer(answer) => {
            checker.line("query_number", &answer.query_number);
            checker.needed_text("answer", answer.answer.as_ref());
        }
        Content::ImplementationReport(report) => implemented(checker, report),
        Content::CriminalReferral(referral) => {
            checker.act("letter", referral.letter.as_ref());
            checker.needed_line("authority", &referral.authority);
            checker.needed_text("suspicion", referral.suspicion.as_ref());
            checker.each("suspects", &referral.suspects, PEOPLE_MAX, Checker::person_here);
        }
        Content::CriminalReferralAcknowledged(acknowledged) => {
            checker.needed_line("number", &acknowledged.number);
            checker.date("received_on", acknowledged.received_on.as_ref());
        }
        _ => return false,
    }
    true
}

fn registered(checker: &mut Checker, complaint: &v1::ComplaintRegistered) {
    checker.line("form_serial", &complaint.form_serial);
    checker.person("complainant", complaint.complainant.as_ref());
    checker.each("respondents", &complaint.respondents, PEOPLE_MAX, Checker::person_here);
    checker.known_or_none::<v1::VotingStream>("stream", complaint.stream);
    checker.needed_text("facts", complaint.facts.as_ref());
    checker.text("relief", complaint.relief.as_ref());
    checker.each("counts", &complaint.counts, BATCH_MAX, |checker, count| {
        checker.line("result_form", &count.result_form);
        checker.line("station", &count.station);
        checker.each("seals", &count.seals, PEOPLE_MAX, |checker, seal| checker.line("", seal));
    });
    checker.maybe("place", complaint.place.as_ref(), |checker, place| {
        checker.line("centre", &place.centre);
        checker.each("stations", &place.stations, PEOPLE_MAX, |checker, station| {
            checker.needed_line("", station);
        });
    });
    checker.maybe("endorsement", complaint.endorsement.as_ref(), |checker, endorsement| {
        checker.needed_line("name", &endorsement.name);
        checker.line("post", &endorsement.post);
    });
}

fn classified(checker: &mut Checker, triage: &v1::ComplaintClassified) {
    checker.known::<v1::Colour>("colour", triage.colour);
    checker.line("reason_code", &triage.reason_code);
    checker.text("reason", triage.reason.as_ref());
    checker.each("members", &triage.members, PEOPLE_MAX, |checker, member| {
        checker.needed_line("name", &member.name);
        checker.known_or_none::<v1::OfficerRole>("role", member.role);
    });
    checker.date("classified_on", triage.classified_on.as_ref());
}

fn reported(checker: &mut Checker, inquiry: &v1::InquiryReported) {
    checker.known::<v1::Proof>("proof", inquiry.proof);
    checker.needed_text("finding", inquiry.finding.as_ref());
    checker.each("testimonies", &inquiry.testimonies, PEOPLE_MAX, |checker, testimony| {
        checker.person("witness", testimony.witness.as_ref());
        checker.text("summary", testimony.summary.as_ref());
    });
    checker.date("reported_on", inquiry.reported_on.as_ref());
}

fn granted(checker: &mut Checker, delegation: &v1::DelegationGranted) {
    checker.act("decision", delegation.decision.as_ref());
    checker.needed_text("scope", delegation.scope.as_ref());
    checker.text("limits", delegation.limits.as_ref());
    checker.each("delegates", &delegation.delegates, PEOPLE_MAX, |checker, office| {
        checker.needed_line("institution", &office.institution);
    });
    checker.each("colours", &delegation.colours, 3, |checker, colour| {
        checker.known::<v1::Colour>("", *colour);
    });
    checker.date("valid_from", delegation.valid_from.as_ref());
    checker.date("valid_until", delegation.valid_until.as_ref());
    checker.vote("vote", delegation.vote.as_ref());
    if let (Some(from), Some(until)) = (&delegation.valid_from, &delegation.valid_until)
        && (from.year, from.month, from.day) > (until.year, until.month, until.day)
    {
        checker.wrong("valid_until", "before-start", "lies before the first day of validity");
    }
}

fn delegated(checker: &mut Checker, decision: &v1::DelegatedDecision) {
    checker.needed_line("number", &decision.number);
    checker.known::<v1::DelegationMode>("mode", decision.mode);
    checker.known::<v1::Outcome>("outcome", decision.outcome);
    checker.text("reasons", decision.reasons.as_ref());
    checker.clauses("clauses", &decision.clauses);
    checker.date("decided_on", decision.decided_on.as_ref());
    if decision.mode == i32::from(v1::DelegationMode::Decide) {
        checker.act("delegation", decision.delegation.as_ref());
    }
}

fn decided(checker: &mut Checker, decision: &v1::CouncilDecision) {
    checker.act("decision", decision.decision.as_ref());
    checker.line("session", &decision.session);
    checker.line("matter", &decision.matter);
    checker.line("body", &decision.body);
    checker.each("roll", &decision.roll, PEOPLE_MAX, |checker, member| {
        checker.needed_line("name", &member.name);
        checker.line("member_id", &member.member_id);
        checker.known_or_none::<v1::Ballot>("ballot", member.ballot);
    });
    checker.vote("vote", decision.vote.as_ref());
    checker.text("deliberation", decision.deliberation.as_ref());
    checker.clauses("clauses", &decision.clauses);
    checker.each("outcomes", &decision.outcomes, BATCH_MAX, |checker, outcome| {
        checker.docket_number("docket_number", outcome.docket_number.as_ref());
        checker.known::<v1::Outcome>("outcome", outcome.outcome);
        checker.text("reason", outcome.reason.as_ref());
    });
    if decision.clauses.is_empty() && decision.outcomes.is_empty() {
        checker.wrong("clauses", "missing", "a decision orders something or settles a case");
    }
}

fn published(checker: &mut Checker, certificate: &v1::PublicationCertificate) {
    checker.act("decision", certificate.decision.as_ref());
    checker.each("proofs", &certificate.proofs, BATCH_MAX, |checker, proof| {
        checker.needed("day", proof.day.as_ref(), |_, _| {});
        checker.date("day", proof.day.as_ref());
        checker.known::<v1::PublicationChannel>("channel", proof.channel);
        checker.needed_line("outlet", &proof.outlet);
        checker.language("language", &proof.language);
        if !proof.sha256.is_empty() {
            checker.digest("sha256", &proof.sha256);
        }
    });
    if certificate.proofs.is_empty() {
        checker.wrong("proofs", "missing", "a certificate without proofs proves nothing");
    }
    checker.date("first_day", certificate.first_day.as_ref());
    checker.date("last_day", certificate.last_day.as_ref());
}

fn appealed(checker: &mut Checker, appeal: &v1::AppealFiled) {
    checker.person("appellant", appeal.appellant.as_ref());
    checker.act("challenged", appeal.challenged.as_ref());
    checker.each("grounds", &appeal.grounds, PEOPLE_MAX, |checker, ground| {
        checker.needed_text("", Some(ground));
    });
    checker.text("relief", appeal.relief.as_ref());
    checker.known_or_none::<v1::IntakeRoute>("route", appeal.route);
    checker.line("fee", &appeal.fee);
}

fn referred(checker: &mut Checker, referral: &v1::Referral) {
    checker.act("letter", referral.letter.as_ref());
    checker.text("reply", referral.reply.as_ref());
    checker.known_or_none::<v1::Outcome>("recommendation", referral.recommendation);
    checker.each("packing_list", &referral.packing_list, PEOPLE_MAX, |checker, item| {
        checker.needed_line("title", &item.title);
        match (item.exhibit_number.is_empty(), item.digest.is_empty()) {
            (true, true) | (false, false) => {
                checker.wrong(
                    "exhibit_number",
                    "either-or",
                    "name an exhibit or an earlier envelope",
                );
            }
            (true, false) => checker.digest("digest", &item.digest),
            (false, true) => {}
        }
    });
}

fn implemented(checker: &mut Checker, report: &v1::ImplementationReport) {
    checker.act("act", report.act.as_ref());
    checker.each("tasks", &report.tasks, PEOPLE_MAX, |checker, task| {
        // A task that is still open has nothing to report.
        checker.text("report", task.report.as_ref());
        checker.date("done_on", task.done_on.as_ref());
    });
    checker.each("changes", &report.changes, BATCH_MAX, |checker, change| {
        checker.needed_line("subject", &change.subject);
    });
}
