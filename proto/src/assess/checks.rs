//! What needs no parameters: pins to rule sets, complaint forms, criminal referrals, reports.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::calendar::day;
use super::combine::{Basis, Read, combine, input};
use super::standing::shown;
use super::{Act, Law, same_act, same_number};
use crate::period::{Calendar, day_of};
use crate::rules::{Check, Rule};
use crate::v1::AssessmentFinding::{self, InOrder, OutOfOrder, Undecided};
use crate::v1::filing_content::Content;
use crate::v1::{
    ActReference, Assessment, ComplaintRegistered, CriminalReferral, ImplementationReport,
    OperativeClause,
};

type Reading = (AssessmentFinding, &'static str);

/// What a check says about a filing.
pub(super) fn assess(
    law: &Law<'_>,
    rule: &Rule,
    check: Check,
    subject: &Act,
) -> Option<Assessment> {
    let mut basis = Basis::default();
    let (finding, conclusion) = match (check, subject.content.as_ref()) {
        (Check::Pin, _) => pin(law, subject, &mut basis)?,
        (Check::CriminalReferral, Some(Content::CriminalReferral(referral))) => {
            referred(subject, referral, &mut basis)
        }
        (Check::CriminalReferral, Some(Content::CriminalReferralAcknowledged(_))) => {
            acknowledged(law, subject, &mut basis)
        }
        (Check::ComplaintForm, Some(Content::ComplaintRegistered(complaint))) => {
            form(complaint, &mut basis)
        }
        (check, Some(Content::ImplementationReport(report))) => {
            // Both articles ask for the same; an act is either one's own or another's.
            let act = report.act.as_ref()?;
            let own = match check {
                Check::DecisionImplemented => true,
                Check::RulingImplemented => false,
                _ => return None,
            };
            if own != (act.institution == subject.institution()) {
                return None;
            }
            implemented(law, subject, report, &mut basis)
        }
        _ => return None,
    };
    Some(combine(law, rule, subject, basis, vec![Read::plain(finding, conclusion)]))
}

/// Whether a filing that names a rule set names the one of its case, and whether that one was in
/// force: on the last polling day of the election or, without an election, when the case began. A
/// filing that names none is looked at only when it opens its case.
fn pin(law: &Law<'_>, subject: &Act, basis: &mut Basis) -> Option<Reading> {
    let named = subject.body.rule_set_id.as_str();
    let opening = law.acts.case.first().unwrap_or(subject);
    if named.is_empty() && opening.leaf != subject.leaf {
        return None;
    }
    basis.about = "rule-set";
    basis.inputs.push(input("pinned-to", law.rules.name()));
    if !named.is_empty() {
        basis.inputs.push(input("named", named));
        if named != law.rules.id && named != law.rules.name() {
            return Some((OutOfOrder, "other-rule-set"));
        }
    }
    let polling = law.rules.event(law.event).and_then(|event| event.polling.iter().max());
    let day = match polling {
        Some(day) => Some(*day),
        None => {
            basis.leaves.push(opening.leaf);
            local_day(law, opening)
        }
    };
    let Some(day) = day else { return Some((Undecided, "day-unknown")) };
    basis.inputs.push(input(if polling.is_some() { "polling" } else { "opened" }, day));
    basis.inputs.push(input("in-force-from", law.rules.effective_from));
    if let Some(until) = law.rules.effective_until {
        basis.inputs.push(input("in-force-until", until));
    }
    if day < law.rules.effective_from {
        return Some((OutOfOrder, "not-yet-in-force"));
    }
    if law.rules.effective_until.is_some_and(|until| until < day) {
        return Some((OutOfOrder, "no-longer-in-force"));
    }
    Some((InOrder, "in-force"))
}

fn local_day(law: &Law<'_>, act: &Act) -> Option<Date> {
    let calendar = Calendar::new(&law.rules.calendar.zone, Vec::new()).ok()?;
    day_of(act.stamped_ms(), calendar.zone())
}

/// Whether a referral hands over the exhibits that it lists.
fn referred(subject: &Act, referral: &CriminalReferral, basis: &mut Basis) -> Reading {
    basis.about = "criminal-referral";
    let there: BTreeSet<&str> =
        subject.body.exhibits.iter().map(|exhibit| exhibit.number.as_str()).collect();
    basis.inputs.push(input("listed", referral.exhibit_numbers.len()));
    basis.inputs.push(input("handed-over", there.len()));
    let absent = referral.exhibit_numbers.iter().filter(|number| !there.contains(number.as_str()));
    let absent: Vec<&String> = absent.collect();
    basis.inputs.extend(absent.iter().map(|number| input("missing", number)));
    let unlisted = there
        .iter()
        .filter(|number| referral.exhibit_numbers.iter().all(|listed| listed != *number));
    basis.inputs.extend(unlisted.map(|number| input("not-listed", number)));
    if !absent.is_empty() {
        (OutOfOrder, "exhibits-missing")
    } else if referral.exhibit_numbers.is_empty() {
        (Undecided, "no-exhibits-listed")
    } else {
        (InOrder, "exhibits-present")
    }
}

/// Whether an acknowledgement is about a referral, by one to whom it was sent.
fn acknowledged(law: &Law<'_>, subject: &Act, basis: &mut Basis) -> Reading {
    basis.about = "criminal-referral";
    let answered = subject.body.in_reply_to.as_ref();
    let referral = law.acts.case.iter().rev().find(|act| {
        matches!(act.content, Some(Content::CriminalReferral(_)))
            && answered.is_none_or(|answered| answered.digest == act.digest)
    });
    let Some(referral) = referral else { return (Undecided, "referral-unknown") };
    basis.leaves.push(referral.leaf);
    let sent_to = referral.body.recipients.iter().map(|to| to.institution.as_str());
    let sent_to: Vec<&str> = sent_to.collect();
    basis.inputs.push(input("referred-to", sent_to.join(", ")));
    basis.inputs.push(input("acknowledged-by", subject.institution()));
    if sent_to.contains(&subject.institution()) {
        (InOrder, "acknowledged")
    } else {
        (OutOfOrder, "not-the-one-referred-to")
    }
}

/// Whether a complaint has what its form asks for.
fn form(complaint: &ComplaintRegistered, basis: &mut Basis) -> Reading {
    basis.about = "complaint-form";
    let there = [
        ("form-number", !complaint.form_serial.trim().is_empty()),
        ("signature", complaint.signed),
        ("own-witness", complaint.witnessed),
        ("endorsement", complaint.endorsement.is_some()),
    ];
    basis.inputs.extend(there.map(|(part, there)| input(part, if there { "yes" } else { "no" })));
    let lacking = there.iter().filter(|(_, there)| !there);
    match lacking.map(|(part, _)| *part).collect::<Vec<_>>().as_slice() {
        [] => (InOrder, "form-complete"),
        // People may accept a form that nobody endorsed.
        ["endorsement"] => (Undecided, "not-endorsed"),
        _ => (OutOfOrder, "form-incomplete"),
    }
}

/// Whether a report covers every clause of the act that was carried out, and what is open.
fn implemented(
    law: &Law<'_>,
    subject: &Act,
    report: &ImplementationReport,
    basis: &mut Basis,
) -> Reading {
    basis.about = "implementation";
    let Some(named) = &report.act else { return (Undecided, "act-unknown") };
    basis.inputs.push(input("act", shown(named)));
    let Some((act, clauses)) = carried_out(law, subject, named) else {
        return (Undecided, "act-unknown");
    };
    basis.leaves.push(act.leaf);
    let tasks = |number: u32| report.tasks.iter().filter(move |task| task.clause == number);
    let open = |number: u32| tasks(number).any(|task| task.done_on.is_none());
    let today = local_day(law, subject);
    let (mut uncovered, mut overdue) = (false, false);
    basis.inputs.push(input("clauses", clauses.len()));
    for clause in clauses {
        let number = clause.number;
        let due = clause.due_on.and_then(day);
        let (first, last) = (tasks(number).next(), tasks(number).filter_map(|task| task.done_on));
        let done = last.filter_map(day).max();
        let late = due.is_some_and(|due| match (open(number), done) {
            (true, _) => today.is_some_and(|today| due < today),
            (false, done) => done.is_some_and(|done| due < done),
        });
        let what = match first {
            None => "no task".to_owned(),
            Some(_) if open(number) => "open".to_owned(),
            Some(_) => done.map_or_else(|| "done".to_owned(), |day| format!("done on {day}")),
        };
        let due = due.map_or_else(String::new, |due| format!(", due on {due}"));
        basis.inputs.push(input(&format!("clause {number}"), format!("{what}{due}")));
        uncovered |= first.is_none();
        overdue |= late;
    }
    let known = |number: u32| clauses.iter().any(|clause| clause.number == number);
    let stray: Vec<u32> =
        report.tasks.iter().map(|task| task.clause).filter(|clause| !known(*clause)).collect();
    basis.inputs.extend(stray.iter().map(|clause| input("no-such-clause", clause)));
    if uncovered {
        (OutOfOrder, "clauses-not-covered")
    } else if !stray.is_empty() {
        (OutOfOrder, "no-such-clause")
    } else if overdue {
        (OutOfOrder, "overdue")
    } else if report.tasks.iter().any(|task| task.done_on.is_none()) {
        (InOrder, "tasks-open")
    } else {
        (InOrder, "carried-out")
    }
}

/// The act that a report is about, with its clauses.
fn carried_out<'a>(
    law: &Law<'a>,
    subject: &'a Act,
    named: &ActReference,
) -> Option<(&'a Act, &'a [OperativeClause])> {
    let fitting = law.acts.for_subject(subject).filter_map(|act| {
        let own = act.own().is_some_and(|own| same_act(own, named));
        match &act.content {
            Some(Content::CouncilDecision(decision)) if own => {
                Some((act, decision.clauses.as_slice()))
            }
            Some(Content::RulingIssued(ruling)) if own => Some((act, ruling.clauses.as_slice())),
            Some(Content::RatificationDecision(decision)) if own => {
                Some((act, decision.clauses.as_slice()))
            }
            Some(Content::DelegatedDecision(decision))
                if act.institution() == named.institution
                    && same_number(&decision.number, &named.number) =>
            {
                Some((act, decision.clauses.as_slice()))
            }
            _ => None,
        }
    });
    fitting.max_by_key(|(act, _)| act.leaf)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{
        act, assessed, conclusions, from, november, one, reference, rules, value, words,
    };
    use super::super::{Acts, assess as assess_all};
    use super::*;
    use crate::v1::{
        Address, CouncilDecision, CriminalReferralAcknowledged, Endorsement, Exhibit,
        ImplementationTask, Query,
    };

    fn filed(leaf: u64, named: &str) -> Act {
        let mut subject = act(leaf, Content::Query(Query::default()));
        subject.body.rule_set_id = named.to_owned();
        subject
    }

    #[test]
    fn a_filing_under_another_rule_set_than_its_case_is_marked() {
        // Rule: IQ-L11-2007 regime
        let rules = rules(&[], &["check = \"pin\""]);
        let case = || vec![filed(1, "TEST/1")];
        let read = |named: &str| {
            let found = assessed(&rules, case(), vec![], &filed(2, named));
            found.first().map(|found| (found.finding(), found.readings[0].conclusion.clone()))
        };
        assert_eq!(read("TEST"), Some((InOrder, "in-force".to_owned())));
        assert_eq!(read("TEST/1"), Some((InOrder, "in-force".to_owned())));
        assert_eq!(read("TEST/2"), Some((OutOfOrder, "other-rule-set".to_owned())));
        assert_eq!(read(""), None, "nothing is said of every filing of a case");
        let opening = one(&rules, vec![], vec![], &filed(1, ""));
        assert_eq!(conclusions(&opening), ["in-force"]);
        assert_eq!(value(&opening, "polling"), Some("2025-11-11"));
    }

    #[test]
    fn a_rule_set_is_not_applied_before_it_is_in_force_or_after() {
        // Rule: IQ-L11-2007 regime
        let mut rules = rules(&[], &["check = \"pin\""]);
        let (early, late) = (jiff::civil::date(2025, 11, 12), jiff::civil::date(2025, 11, 10));
        rules.effective_from = early;
        assert_eq!(conclusions(&one(&rules, vec![], vec![], &filed(1, ""))), ["not-yet-in-force"]);
        rules.effective_from = jiff::civil::date(2020, 1, 1);
        rules.effective_until = Some(late);
        let found = one(&rules, vec![], vec![], &filed(1, ""));
        assert_eq!(conclusions(&found), ["no-longer-in-force"]);
        // Without an election, the day on which the case began counts: 16 November 2025.
        rules.effective_until = Some(jiff::civil::date(2025, 11, 16));
        let (acts, subject) = (Acts::default(), filed(1, ""));
        let found = assess_all(&Law { rules: &rules, acts: &acts, event: "" }, &subject);
        assert_eq!(value(&found[0], "opened"), Some("2025-11-16"));
        assert_eq!(conclusions(&found[0]), ["in-force"]);
    }

    #[test]
    fn a_referral_hands_over_what_it_lists_and_is_acknowledged_by_who_got_it() {
        // Rule: IQ-L11-2007 criminal-referral
        let rules = rules(&[], &["check = \"criminal-referral\""]);
        let referral = |listed: &[&str], there: &[&str]| {
            let mut subject = act(
                5,
                Content::CriminalReferral(CriminalReferral {
                    exhibit_numbers: listed.iter().map(|number| (*number).to_owned()).collect(),
                    ..CriminalReferral::default()
                }),
            );
            let exhibit =
                |number: &&str| Exhibit { number: (*number).to_owned(), ..Exhibit::default() };
            subject.body.exhibits = there.iter().map(exhibit).collect();
            subject.body.recipients =
                vec![Address { institution: "prosecutor".to_owned(), ..Address::default() }];
            subject
        };
        let read = |subject: &Act, case| {
            let found = one(&rules, case, vec![], subject);
            (found.finding(), found.readings[0].conclusion.clone())
        };
        let told = |word: &str| word.to_owned();
        let whole = referral(&["E1", "E2"], &["E1", "E2"]);
        assert_eq!(read(&whole, vec![]), (InOrder, told("exhibits-present")));
        let short = referral(&["E1", "E2"], &["E1", "E3"]);
        assert_eq!(read(&short, vec![]), (OutOfOrder, told("exhibits-missing")));
        let found = one(&rules, vec![], vec![], &short);
        assert_eq!(
            (value(&found, "missing"), value(&found, "not-listed")),
            (Some("E2"), Some("E3"))
        );
        assert_eq!(read(&referral(&[], &[]), vec![]), (Undecided, told("no-exhibits-listed")));
        let by = |institution| {
            let content = CriminalReferralAcknowledged::default();
            from(institution, "", 6, Content::CriminalReferralAcknowledged(content))
        };
        let case = vec![whole];
        assert_eq!(read(&by("prosecutor"), case.clone()), (InOrder, told("acknowledged")));
        let stranger = (OutOfOrder, told("not-the-one-referred-to"));
        assert_eq!(read(&by("court"), case), stranger);
        assert_eq!(read(&by("prosecutor"), vec![]), (Undecided, told("referral-unknown")));
    }

    #[test]
    fn a_report_covers_every_clause_and_lists_what_is_open() {
        // Rule: IQ-L11-2007 implement-decisions
        let rules = rules(&[], &["check = \"decision-implemented\""]);
        let clause = |number, due| OperativeClause {
            number,
            text: words("restore the stations"),
            charged: None,
            due_on: due,
        };
        let decision = act(
            5,
            Content::CouncilDecision(CouncilDecision {
                decision: reference("214", 16),
                clauses: vec![clause(1, None), clause(2, november(14))],
                ..CouncilDecision::default()
            }),
        );
        let report = |tasks: &[(u32, Option<i32>)]| {
            let task = |(clause, done): &(u32, Option<i32>)| ImplementationTask {
                clause: *clause,
                done_on: done.and_then(november),
                ..ImplementationTask::default()
            };
            act(
                6,
                Content::ImplementationReport(ImplementationReport {
                    act: reference("214", 16),
                    tasks: tasks.iter().map(task).collect(),
                    changes: Vec::new(),
                }),
            )
        };
        let read = |tasks: &[(u32, Option<i32>)], case: Vec<Act>| {
            let found = one(&rules, case, vec![], &report(tasks));
            (found.finding(), found.readings[0].conclusion.clone())
        };
        let told = |word: &str| word.to_owned();
        let case = || vec![decision.clone()];
        let done = [(1, Some(16)), (2, Some(14))];
        assert_eq!(read(&done, case()), (InOrder, told("carried-out")));
        assert_eq!(read(&[(1, None), (2, Some(14))], case()), (InOrder, told("tasks-open")));
        assert_eq!(read(&done[..1], case()), (OutOfOrder, told("clauses-not-covered")));
        let stray = [done[0], done[1], (3, Some(16))];
        assert_eq!(read(&stray, case()), (OutOfOrder, told("no-such-clause")));
        // The report is of 16 November; the second clause was due on the 14th.
        assert_eq!(read(&[done[0], (2, None)], case()), (OutOfOrder, told("overdue")));
        assert_eq!(read(&[done[0], (2, Some(15))], case()), (OutOfOrder, told("overdue")));
        assert_eq!(read(&done, vec![]), (Undecided, told("act-unknown")));
        let found = one(&rules, case(), vec![], &report(&[done[0], (2, None)]));
        assert_eq!(value(&found, "clause 2"), Some("open, due on 2025-11-14"));
    }

    #[test]
    fn what_a_complaint_form_lacks_is_said_and_an_endorsement_is_for_people() {
        // Rule: IQ-L31-2019 complaint-form
        let rules = rules(&[], &["check = \"complaint-form\""]);
        let read = |signed, endorsed: bool| {
            let found = one(
                &rules,
                vec![],
                vec![],
                &act(
                    1,
                    Content::ComplaintRegistered(ComplaintRegistered {
                        form_serial: "110/0007".to_owned(),
                        witnessed: true,
                        signed,
                        endorsement: endorsed.then(Endorsement::default),
                        ..ComplaintRegistered::default()
                    }),
                ),
            );
            (found.finding(), found.readings[0].conclusion.clone())
        };
        assert_eq!(read(true, true), (InOrder, "form-complete".to_owned()));
        assert_eq!(read(true, false), (Undecided, "not-endorsed".to_owned()));
        assert_eq!(read(false, false), (OutOfOrder, "form-incomplete".to_owned()));
    }

    #[test]
    fn a_rule_for_people_says_nothing() {
        let rules = rules(&[], &["check = \"people\""]);
        assert!(assessed(&rules, vec![], vec![], &filed(1, "TEST")).is_empty());
    }
}
