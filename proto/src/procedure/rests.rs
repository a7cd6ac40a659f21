//! Why a case rests: suspended, waiting for an answer, sent back, joined with another.

use super::links::{goes_on_in, is_one_of};
use crate::assess::{Act, Acts, same_act, same_number};
use crate::v1::filing_content::Content;
use crate::v1::{Address, CourseRest, CourseRestKind, InterimOrder};

/// What lets a case rest, in the order of the log.
pub(super) fn rests(acts: &Acts) -> Vec<CourseRest> {
    let mut rests: Vec<CourseRest> = acts.case.iter().filter_map(|act| rest(acts, act)).collect();
    if let Some((leaf_index, lead)) = goes_on_in(acts) {
        rests.push(CourseRest {
            kind: CourseRestKind::Joined.into(),
            leaf_index,
            lead: Some(lead.clone()),
            ..CourseRest::default()
        });
    }
    rests.sort_by_key(|rest| rest.leaf_index);
    rests
}

fn rest(acts: &Acts, act: &Act) -> Option<CourseRest> {
    let later = || acts.case.iter().filter(|other| other.leaf > act.leaf);
    let (kind, until) = match act.content.as_ref()? {
        Content::InterimOrder(order) if !order.lifted => {
            let lifts = |other: &Act| match &other.content {
                Some(Content::InterimOrder(later)) => later.lifted && same_order(order, later),
                _ => false,
            };
            if later().any(lifts) {
                return None;
            }
            (CourseRestKind::Suspended, order.until)
        }
        Content::Query(query) => {
            let answered = |other: &Act| match &other.content {
                Some(Content::Answer(answer)) => {
                    other.answers(act)
                        || same_number(&answer.query_number, &query.number)
                        || (names_no_question(acts, other) && newest_question(acts, act, other))
                }
                _ => false,
            };
            if later().any(|other| answered(other) || rules(other)) {
                return None;
            }
            (CourseRestKind::Question, query.due_on)
        }
        Content::ReturnToCouncil(_) => {
            let comes_again = |other: &Act| {
                other.answers(act) || matches!(other.content, Some(Content::Referral(_)))
            };
            if later().any(|other| comes_again(other) || rules(other)) {
                return None;
            }
            (CourseRestKind::SentBack, None)
        }
        _ => return None,
    };
    let waits_for: Option<Address> = match kind {
        CourseRestKind::Question | CourseRestKind::SentBack => act.body.recipients.first().cloned(),
        _ => None,
    };
    let (kind, leaf_index) = (kind.into(), act.leaf);
    Some(CourseRest { kind, leaf_index, until, waits_for, lead: None })
}

/// Whether an answer does not say what it answers.
fn names_no_question(acts: &Acts, answer: &Act) -> bool {
    let number = match &answer.content {
        Some(Content::Answer(content)) => content.query_number.as_str(),
        _ => "",
    };
    number.is_empty() && !acts.case.iter().any(|other| answer.answers(other))
}

/// Whether a question is the newest one before an answer.
fn newest_question(acts: &Acts, question: &Act, answer: &Act) -> bool {
    let between = |other: &&Act| other.leaf > question.leaf && other.leaf < answer.leaf;
    let mut between = acts.case.iter().filter(between);
    !between.any(|other| matches!(other.content, Some(Content::Query(_))))
}

/// Whoever rules waits for nothing any more.
fn rules(act: &Act) -> bool {
    matches!(act.content, Some(Content::RulingIssued(_) | Content::RatificationDecision(_)))
}

/// Whether an order lifts another: in the same suit, or about the same act.
fn same_order(order: &InterimOrder, later: &InterimOrder) -> bool {
    let suit = match (&order.suit, &later.suit) {
        (Some(left), Some(right)) => is_one_of(left, &[right]),
        _ => false,
    };
    let act = match (&order.suspended, &later.suspended) {
        (Some(left), Some(right)) => same_act(left, right),
        _ => false,
    };
    suit || act
}
