//! What changed from one statement of a register to the next.

use super::case::{Key, Number, RegisteredCase};
use super::register::Register;

/// A case that a register has now and had not, had and has not, or has otherwise. Nobody is wrong
/// by that: it is told so that a person sees what a day has brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// As it was. `None`: the case is new.
    pub before: Option<&'a RegisteredCase>,
    /// As it is. `None`: the case is gone.
    pub after: Option<&'a RegisteredCase>,
}

/// What changed, ascending by number; cases without one first. The same register again: nothing.
#[must_use]
pub fn changes<'a>(before: &'a Register, after: &'a Register) -> Vec<Change<'a>> {
    let (mut old, mut new) = (before.cases(), after.cases());
    let mut changes = Vec::new();
    while let Some(number) = old.first().map(key).into_iter().chain(new.first().map(key)).min() {
        let alike = |case: &RegisteredCase| key(case) == number;
        let (were, older) = old.split_at_checked(old.partition_point(alike)).unwrap_or_default();
        let (are, newer) = new.split_at_checked(new.partition_point(alike)).unwrap_or_default();
        (old, new) = (older, newer);
        // Within one number, cases stand in their own order.
        let gone: Vec<_> = were.iter().filter(|case| are.binary_search(case).is_err()).collect();
        let come: Vec<_> = are.iter().filter(|case| were.binary_search(case).is_err()).collect();
        if let ([before], [after], Some(_)) = (gone.as_slice(), come.as_slice(), number) {
            // One number, one case then and now.
            changes.push(Change { before: Some(before), after: Some(after) });
            continue;
        }
        changes.extend(gone.iter().map(|case| Change { before: Some(case), after: None }));
        changes.extend(come.iter().map(|case| Change { before: None, after: Some(case) }));
    }
    changes
}

fn key(case: &RegisteredCase) -> Option<Key<'_>> {
    case.number.as_ref().map(Number::key)
}
