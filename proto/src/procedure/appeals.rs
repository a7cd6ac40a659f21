//! Appeals: their supplements, and appeals that are one.

use super::links::is_one_of;
use crate::assess::{Act, Acts, same_act, same_number};
use crate::text::fold;
use crate::v1::filing_content::Content;
use crate::v1::{
    AppealFiled, AppealSupplement, IntakeRoute, Person, PossibleDuplicate, SupplementFiled,
};

/// Pairs of appeals that are told: whoever files more often than this is told enough.
const DUPLICATES_MAX: usize = 256;

/// The supplements of a case, each with its appeal.
pub(super) fn supplements(acts: &Acts) -> Vec<AppealSupplement> {
    let mut counted = Vec::new();
    for act in &acts.case {
        let Some(Content::SupplementFiled(supplement)) = &act.content else { continue };
        counted.push(AppealSupplement {
            leaf_index: act.leaf,
            number: supplement.number,
            appeal_leaf: appeal_of(acts, act, supplement),
        });
    }
    counted
}

/// The appeal to which a supplement belongs: the one that it answers, the one that was registered
/// under the number it gives, or the only one there is.
fn appeal_of(acts: &Acts, act: &Act, supplement: &SupplementFiled) -> Option<u64> {
    let appeals: Vec<&Act> = acts.case.iter().filter(|act| appeal(act).is_some()).collect();
    let registered = |under: &Act| {
        acts.case.iter().any(|other| match (&other.content, &supplement.appeal) {
            (Some(Content::Registration(registration)), Some(number)) => {
                let given = registration.docket_number.as_ref();
                other.answers(under) && given.is_some_and(|given| is_one_of(number, &[given]))
            }
            _ => false,
        })
    };
    let named = appeals.iter().find(|appeal| act.answers(appeal) || registered(appeal));
    match (named, appeals.as_slice()) {
        (Some(appeal), _) => Some(appeal.leaf),
        (None, [only]) => Some(only.leaf),
        (None, _) => None,
    }
}

/// Appeals of one appellant against one act, in the case and between it and others.
pub(super) fn duplicates(acts: &Acts, elsewhere: &[Act]) -> Vec<PossibleDuplicate> {
    let appeals = |acts: &[Act]| -> Vec<(u64, AppealFiled)> {
        let some = acts.iter().filter_map(|act| Some((act.leaf, appeal(act)?.clone())));
        some.collect()
    };
    let own = appeals(&acts.case);
    let others = appeals(elsewhere);
    let mut found = Vec::new();
    for (at, (leaf, one)) in own.iter().enumerate() {
        for (other_leaf, other) in own.iter().skip(at + 1).chain(&others) {
            if other_leaf != leaf && same_appeal(one, other) && found.len() < DUPLICATES_MAX {
                found.push(PossibleDuplicate {
                    earlier_leaf: *leaf.min(other_leaf),
                    later_leaf: *leaf.max(other_leaf),
                    both_routes: both_routes(one.route(), other.route()),
                });
            }
        }
    }
    found.sort_by_key(|pair| (pair.earlier_leaf, pair.later_leaf));
    found
}

fn appeal(act: &Act) -> Option<&AppealFiled> {
    match &act.content {
        Some(Content::AppealFiled(appeal)) => Some(appeal),
        _ => None,
    }
}

fn same_appeal(left: &AppealFiled, right: &AppealFiled) -> bool {
    let act = match (&left.challenged, &right.challenged) {
        (Some(left), Some(right)) => same_act(left, right),
        _ => false,
    };
    let person = match (&left.appellant, &right.appellant) {
        (Some(left), Some(right)) => same_person(left, right),
        _ => false,
    };
    act && person
}

/// Whether two people are one: by the number of the entity or the accreditation when both give one,
/// and by name only where neither number can tell.
fn same_person(left: &Person, right: &Person) -> bool {
    for (left, right) in [
        (&left.accreditation_number, &right.accreditation_number),
        (&left.entity_number, &right.entity_number),
    ] {
        if !left.is_empty() && !right.is_empty() {
            return same_number(left, right);
        }
    }
    let name = fold(&left.full_name);
    !name.is_empty() && name == fold(&right.full_name)
}

fn both_routes(left: IntakeRoute, right: IntakeRoute) -> bool {
    let direct = |route| route == IntakeRoute::Direct;
    let referred = |route| route == IntakeRoute::Referred;
    (direct(left) && referred(right)) || (referred(left) && direct(right))
}
