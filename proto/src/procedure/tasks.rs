//! What acts call for besides the next step: clauses to be carried out, orders to be answered,
//! referrals to be acknowledged.

use crate::assess::{Act, Acts};
use crate::rules::outcome;
use crate::v1::filing_content::Content;
use crate::v1::{
    Address, CourseTask, CourseTaskKind, CourseTaskStanding, OperativeClause, Outcome,
};

/// The tasks of a case, in the order of the log.
#[must_use]
pub fn tasks(acts: &Acts) -> Vec<CourseTask> {
    let mut tasks = Vec::new();
    for act in &acts.case {
        let later = || acts.case.iter().filter(|other| other.leaf > act.leaf);
        match &act.content {
            Some(Content::CriminalReferral(_)) => tasks.push(acknowledge(act, acts)),
            Some(Content::ReturnToCouncil(returned)) => {
                let answer = later().find(|other| other.answers(act)).or_else(|| {
                    later().find(|other| matches!(other.content, Some(Content::Referral(_))))
                });
                let orders = returned.orders.iter();
                let kind = CourseTaskKind::Order;
                tasks.extend(orders.map(|clause| settled(clause_task(act, clause, kind), answer)));
            }
            Some(content) => {
                let fell = later().find(|other| annuls(other, act));
                for clause in clauses(content).iter().filter(|clause| calls_for_something(clause)) {
                    let task = clause_task(act, clause, CourseTaskKind::Clause);
                    tasks.push(carried_out(task, act, acts, fell));
                }
                tasks.extend(reroute(act, content, acts));
            }
            None => {}
        }
    }
    tasks
}

fn clauses(content: &Content) -> &[OperativeClause] {
    match content {
        Content::RulingIssued(ruling) => &ruling.clauses,
        Content::CouncilDecision(decision) => &decision.clauses,
        Content::DelegatedDecision(decision) => &decision.clauses,
        Content::RatificationDecision(decision) => &decision.clauses,
        _ => &[],
    }
}

/// A clause that charges nobody and sets no day speaks for itself.
fn calls_for_something(clause: &OperativeClause) -> bool {
    clause.charged.is_some() || clause.due_on.is_some()
}

fn clause_task(act: &Act, clause: &OperativeClause, kind: CourseTaskKind) -> CourseTask {
    CourseTask {
        clause: clause.number,
        text: clause.text.clone(),
        charged: clause.charged.clone(),
        due_on: clause.due_on,
        ..task(act, kind)
    }
}

fn task(act: &Act, kind: CourseTaskKind) -> CourseTask {
    CourseTask {
        kind: kind.into(),
        leaf_index: act.leaf,
        act: act.own().cloned(),
        standing: CourseTaskStanding::Open.into(),
        ..CourseTask::default()
    }
}

fn settled(task: CourseTask, by: Option<&Act>) -> CourseTask {
    let Some(by) = by else { return task };
    let standing = CourseTaskStanding::Done.into();
    CourseTask { standing, settled_leaf: Some(by.leaf), ..task }
}

/// A clause as reports leave it: done as soon as one gives the day.
fn carried_out(task: CourseTask, act: &Act, acts: &Acts, fell: Option<&Act>) -> CourseTask {
    for other in acts.case.iter().filter(|other| other.leaf > act.leaf) {
        let Some(Content::ImplementationReport(report)) = &other.content else { continue };
        if !report.act.as_ref().is_some_and(|reference| act.is(reference)) {
            continue;
        }
        let done = |one: &&crate::v1::ImplementationTask| {
            one.clause == task.clause && one.done_on.is_some()
        };
        if let Some(done) = report.tasks.iter().find(done) {
            return CourseTask { done_on: done.done_on, ..settled(task, Some(other)) };
        }
    }
    let Some(fell) = fell else { return task };
    let standing = CourseTaskStanding::FellAway.into();
    CourseTask { standing, settled_leaf: Some(fell.leaf), ..task }
}

/// Whether a ruling takes an act away.
fn annuls(ruling: &Act, act: &Act) -> bool {
    let Some(Content::RulingIssued(content)) = &ruling.content else { return false };
    content.outcome() == Outcome::DecisionAnnulled
        && content.challenged.as_ref().is_some_and(|reference| act.is(reference))
}

/// A criminal referral waits for the authority: for an answer to it, or in the order in which they
/// came where an acknowledgement does not say to which it belongs.
fn acknowledge(act: &Act, acts: &Acts) -> CourseTask {
    let case = || acts.case.iter();
    let referrals =
        || case().filter(|other| matches!(other.content, Some(Content::CriminalReferral(_))));
    let acknowledged = || {
        case()
            .filter(|other| matches!(other.content, Some(Content::CriminalReferralAcknowledged(_))))
    };
    let answered = |referral: &Act| acknowledged().find(|other| other.answers(referral));
    let loose = acknowledged().filter(|other| !referrals().any(|referral| other.answers(referral)));
    let waiting = referrals().filter(|referral| answered(referral).is_none());
    let by_order = waiting
        .zip(loose)
        .find(|(referral, other)| referral.leaf == act.leaf && other.leaf > act.leaf)
        .map(|(_, other)| other);
    settled(task(act, CourseTaskKind::Acknowledge), answered(act).or(by_order))
}

/// Where another body is competent, a link has to say in which case the matter goes on.
fn reroute(act: &Act, content: &Content, acts: &Acts) -> Option<CourseTask> {
    let sent_on = matches!(outcome(content)?, Outcome::Transferred | Outcome::NoCompetence);
    let link = acts.case.iter().find(|other| {
        other.leaf > act.leaf && matches!(other.content, Some(Content::LinkCases(_)))
    });
    let charged: Option<Address> = act.body.sender.clone();
    sent_on.then(|| settled(CourseTask { charged, ..task(act, CourseTaskKind::Reroute) }, link))
}
