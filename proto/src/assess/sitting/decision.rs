//! The form of a decision: whether its numbers agree, whether each case is settled once, whether
//! its parts are there; and whether a body's seats are filled.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::super::calendar::day;
use super::super::combine::{Basis, Read, input};
use super::super::{Act, Law, same_number, seats};
use super::Sitting;
use super::count::number;
use crate::rules::{DecisionPart, Rule, SeatCount, SittingRule};
use crate::v1::AssessmentFinding::{InOrder, OutOfOrder, Undecided};
use crate::v1::filing_content::Content;
use crate::v1::{
    Agreement, Attendance, Ballot, CouncilDecision, DocketNumber, Outcome, Text, Vote,
};
use crate::word::Word as _;

/// Whether the tally is what the ballots on the roll add up to.
pub(super) fn tally(sitting: &Sitting<'_>) -> (Basis, Vec<Read>) {
    let mut basis = sitting.basis("tally");
    let Some(vote) = sitting.vote else {
        return (basis, vec![Read::plain(Undecided, "votes-unknown")]);
    };
    let there: Vec<&Attendance> = sitting.roll.iter().filter(|one| one.present).collect();
    let cast = |ballot| number(there.iter().filter(|one| one.ballot() == ballot).count());
    let aside = number(there.iter().filter(|one| one.recused).count());
    let silent = there.iter().any(|one| !one.recused && one.ballot() == Ballot::Unspecified);
    let on_roll = number(there.len());
    let rows = [
        ("in-favour", vote.in_favour, cast(Ballot::InFavour)),
        ("against", vote.against, cast(Ballot::Against)),
        ("abstained", vote.abstentions, cast(Ballot::Abstained)),
    ];
    let mut differs = false;
    if !there.is_empty() {
        // A decision may or may not count those who stood aside among those present.
        differs |= !(on_roll.saturating_sub(aside)..=on_roll).contains(&vote.present);
        basis.inputs.push(declared("present", vote.present, on_roll));
        for (name, said, cast) in rows {
            // Where the roll is silent about somebody, it can only show that there were more.
            differs |= if silent { cast > said } else { cast != said };
            basis.inputs.push(declared(name, said, cast));
        }
    }
    let read = if differs {
        (OutOfOrder, "tally-differs")
    } else if too_many(vote) {
        basis.inputs.push(input("more-than-present", sum(vote)));
        (OutOfOrder, "more-votes-than-present")
    } else if disagrees(vote) {
        basis.inputs.push(input("agreement", vote.agreement().as_str_name()));
        (OutOfOrder, "agreement-differs")
    } else if there.is_empty() || silent {
        (Undecided, "ballots-unknown")
    } else {
        (InOrder, "tally-agrees")
    };
    (basis, vec![Read::plain(read.0, read.1)])
}

fn declared(name: &str, said: u32, counted: u32) -> crate::v1::AssessmentInput {
    input(name, format!("declared {said}, counted {counted}"))
}

fn sum(vote: &Vote) -> u64 {
    u64::from(vote.in_favour) + u64::from(vote.against) + u64::from(vote.abstentions)
}

/// A casting vote may have been written down as a vote of its own.
fn too_many(vote: &Vote) -> bool {
    sum(vote) > u64::from(vote.present) + u64::from(vote.casting_vote)
}

/// Whether it says unanimous and somebody was against, or the other way round. With abstentions
/// alone both are said.
fn disagrees(vote: &Vote) -> bool {
    match vote.agreement() {
        Agreement::Unanimous => vote.against > 0,
        Agreement::Majority => vote.in_favour > 0 && vote.against == 0 && vote.abstentions == 0,
        Agreement::Unspecified => false,
    }
}

/// Whether a decision about many cases settles each once, and how.
pub(super) fn batch(subject: &Act) -> Option<(Basis, Vec<Read>)> {
    let Some(Content::CouncilDecision(decision)) = &subject.content else { return None };
    if decision.outcomes.is_empty() {
        return None;
    }
    let mut basis = Basis { about: "batch", ..Basis::default() };
    basis.inputs.push(input("cases", decision.outcomes.len()));
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut known: BTreeMap<(&str, String), u32> = BTreeMap::new();
    let mut open = false;
    for one in &decision.outcomes {
        let outcome = Outcome::try_from(one.outcome).unwrap_or_default();
        open |= outcome == Outcome::Unspecified;
        *counts.entry(outcome.as_str_name()).or_default() += 1;
        let Some(case) = &one.docket_number else { continue };
        *known.entry((case.institution.as_str(), normal(case))).or_default() += 1;
    }
    basis.inputs.extend(counts.iter().map(|(outcome, count)| input(outcome, count)));
    let twice: Vec<_> = known.iter().filter(|(_, count)| **count > 1).collect();
    basis.inputs.extend(twice.iter().map(|((_, case), _)| input("case-twice", case)));
    let read = match (twice.is_empty(), open) {
        (false, _) => (OutOfOrder, "case-twice"),
        (true, true) => (OutOfOrder, "outcome-missing"),
        (true, false) => (InOrder, "each-case-once"),
    };
    Some((basis, vec![Read::plain(read.0, read.1)]))
}

/// The form in which docket numbers are compared.
fn normal(case: &DocketNumber) -> String {
    let form = if case.normal.is_empty() { &case.literal } else { &case.normal };
    crate::text::fold(form)
}

/// Whether a decision has its parts.
pub(super) fn anatomy(subject: &Act, requires: &[DecisionPart]) -> Option<(Basis, Vec<Read>)> {
    let Some(Content::CouncilDecision(decision)) = &subject.content else { return None };
    let mut basis = Basis { about: "anatomy", ..Basis::default() };
    let lacks = requires.iter().filter(|part| !has(decision, **part));
    basis.inputs.extend(lacks.map(|part| input("missing", part.word())));
    let read = if basis.inputs.is_empty() {
        (InOrder, "parts-complete")
    } else {
        (OutOfOrder, "parts-missing")
    };
    let all: Vec<&str> = requires.iter().map(|part| part.word()).collect();
    basis.inputs.push(input("required", all.join(", ")));
    Some((basis, vec![Read::plain(read.0, read.1)]))
}

fn has(decision: &CouncilDecision, part: DecisionPart) -> bool {
    let act = decision.decision.clone().unwrap_or_default();
    let says = |text: Option<&Text>| {
        text.is_some_and(|text| text.renderings.iter().any(|one| !one.text.trim().is_empty()))
    };
    match part {
        DecisionPart::Number => !act.number.trim().is_empty(),
        DecisionPart::Date => act.date.is_some(),
        DecisionPart::Minutes => !act.minutes_number.trim().is_empty(),
        DecisionPart::Session => !decision.session.trim().is_empty(),
        DecisionPart::Roll => !decision.roll.is_empty(),
        DecisionPart::Vote => decision.vote.is_some(),
        DecisionPart::Agreement => {
            decision.vote.as_ref().is_some_and(|vote| vote.agreement() != Agreement::Unspecified)
        }
        DecisionPart::Deliberation => says(decision.deliberation.as_ref()),
        DecisionPart::Basis => {
            decision.basis.iter().any(|basis| !basis.instrument.trim().is_empty())
        }
        DecisionPart::Clauses => !decision.clauses.is_empty(),
        DecisionPart::Charged => decision.clauses.iter().any(|clause| clause.charged.is_some()),
    }
}

/// Whether a body's seats are filled as the law asks, on the last day on which the filing changes
/// something.
pub(super) fn composition(
    law: &Law<'_>,
    rule: &Rule,
    sitting: &SittingRule,
    subject: &Act,
    wanted: &SeatCount,
    professions: &BTreeMap<String, u32>,
) -> Option<(Basis, Vec<Read>)> {
    let Some(Content::MembershipChanged(changed)) = &subject.content else { return None };
    if !sitting.body.is_empty() && changed.body != sitting.body {
        return None;
    }
    let last = changed.changes.iter().filter_map(|change| day(change.effective_from?)).max()?;
    let seats = seats::on(law, subject, &changed.body, last).ok()?;
    let mut basis = Basis { about: "composition", ..Basis::default() };
    basis.leaves.extend(&seats.leaves);
    basis.inputs.push(input("day", last));
    let held = number(seats.held().count());
    let mut lacking = false;
    for (profession, least) in professions {
        let has = |name: &str| same_number(name, profession);
        let count = number(seats.held().filter(|tenure| has(&tenure.profession)).count());
        lacking |= count < *least;
        basis.inputs.push(input(profession, format!("{count}, at least {least} needed")));
    }
    let silent = seats.held().any(|tenure| tenure.profession.is_empty());
    let mut reads = Vec::new();
    for settings in law.rules.readings(rule) {
        let wanted = wanted.under(&settings)?;
        basis.inputs.push(input("seats", format!("{held} of {wanted} held")));
        let read = match (held.cmp(&wanted), lacking, silent) {
            (Ordering::Greater, _, _) => (OutOfOrder, "too-many-seats"),
            (Ordering::Less, _, _) => (OutOfOrder, "seats-vacant"),
            (Ordering::Equal, true, true) => (Undecided, "profession-unknown"),
            (Ordering::Equal, true, false) => (OutOfOrder, "profession-missing"),
            (Ordering::Equal, false, _) => (InOrder, "composition-met"),
        };
        reads.push(Read::new(settings, read));
    }
    Some((basis, reads))
}
