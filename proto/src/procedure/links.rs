//! Other cases that belong to a case.

use crate::assess::{Acts, same_number};
use crate::v1::filing_content::Content;
use crate::v1::{CaseRelation, CourseLink, CourseLinkKind, DocketNumber};

/// The numbers by which the case is known: those that its filings give it, and those under which it
/// was registered.
#[must_use]
pub fn numbers(acts: &Acts) -> Vec<&DocketNumber> {
    let mut numbers: Vec<&DocketNumber> = Vec::new();
    for act in &acts.case {
        numbers.extend(act.body.case.iter().flat_map(|case| &case.docket_numbers));
        match &act.content {
            Some(Content::Registration(registration)) => {
                numbers.extend(&registration.docket_number);
            }
            Some(Content::RatificationDecision(decision)) => {
                numbers.extend(&decision.docket_number);
            }
            _ => {}
        }
    }
    numbers
}

/// Whether a number is among others: same institution, same number.
#[must_use]
pub fn is_one_of(wanted: &DocketNumber, known: &[&DocketNumber]) -> bool {
    known.iter().any(|one| {
        one.institution == wanted.institution
            && (same_number(&one.literal, &wanted.literal)
                || same_number(&one.normal, &wanted.normal))
    })
}

/// The case in which this one goes on, and the leaf that says so. `None`: it goes on itself.
#[must_use]
pub fn goes_on_in(acts: &Acts) -> Option<(u64, &DocketNumber)> {
    let own = numbers(acts);
    let mut lead = None;
    for act in &acts.case {
        match &act.content {
            Some(Content::JoinCases(join)) => {
                let joined = join.joined.iter().any(|number| is_one_of(number, &own));
                let leads = join.lead.as_ref().is_some_and(|number| is_one_of(number, &own));
                if joined && !leads {
                    lead = join.lead.as_ref().map(|number| (act.leaf, number));
                }
            }
            Some(Content::SplitCases(split))
                if split.parted.iter().any(|number| is_one_of(number, &own)) =>
            {
                lead = None;
            }
            _ => {}
        }
    }
    lead
}

/// Other cases, in the order of the log.
pub(super) fn links(acts: &Acts) -> Vec<CourseLink> {
    let own = numbers(acts);
    let mut links = Vec::new();
    for act in &acts.case {
        let mut link = |other: &DocketNumber, kind: CourseLinkKind| {
            let (leaf_index, other) = (act.leaf, Some(other.clone()));
            links.push(CourseLink { leaf_index, other, kind: kind.into() });
        };
        match &act.content {
            Some(Content::JoinCases(join)) => {
                let leads = join.lead.as_ref().is_some_and(|number| is_one_of(number, &own));
                let goes = join.joined.iter().any(|number| is_one_of(number, &own));
                let others = join.joined.iter().filter(|number| !is_one_of(number, &own));
                match (leads, goes, &join.lead) {
                    (true, _, _) => {
                        others.for_each(|other| link(other, CourseLinkKind::TakenIn));
                    }
                    (false, true, Some(lead)) => link(lead, CourseLinkKind::GoesOnIn),
                    (false, _, lead) => {
                        let all = lead.iter().chain(others);
                        all.for_each(|other| link(other, CourseLinkKind::Joined));
                    }
                }
            }
            Some(Content::SplitCases(split)) => {
                let all = split.from.iter().chain(&split.parted);
                let others = all.filter(|number| !is_one_of(number, &own));
                others.for_each(|other| link(other, CourseLinkKind::Parted));
            }
            Some(Content::LinkCases(content)) => {
                if let Some(other) = &content.other {
                    link(other, relation(content.relation()));
                }
            }
            _ => {}
        }
    }
    links
}

fn relation(relation: CaseRelation) -> CourseLinkKind {
    match relation {
        CaseRelation::Duplicate => CourseLinkKind::Duplicate,
        CaseRelation::Successor => CourseLinkKind::Successor,
        CaseRelation::LaterEffect => CourseLinkKind::LaterEffect,
        CaseRelation::Related | CaseRelation::Unspecified => CourseLinkKind::Related,
    }
}
