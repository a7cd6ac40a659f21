//! Cases with what is compared of them, made once: folding a name takes longer than comparing ten.

use super::Comparison;
use super::case::RegisteredCase;
use super::links::Pair;
use super::name::Name;

/// A case with its name taken apart and its decision's number folded.
pub(super) struct SeenCase<'a> {
    pub(super) case: &'a RegisteredCase,
    pub(super) name: Name,
    pub(super) challenged: Option<String>,
}

/// All cases of both sides, each at its place in its register.
pub(super) struct Seen<'a> {
    pub(super) referring: Vec<SeenCase<'a>>,
    pub(super) docketing: Vec<SeenCase<'a>>,
}

impl<'a> Seen<'a> {
    pub(super) fn of(comparison: &Comparison<'a>) -> Self {
        let seen = |case: &'a RegisteredCase| SeenCase {
            case,
            name: Name::of(&case.appellant),
            challenged: case.challenged_form(),
        };
        Self {
            referring: comparison.referring.cases().iter().map(seen).collect(),
            docketing: comparison.docketing.cases().iter().map(seen).collect(),
        }
    }

    /// The two cases of a pair.
    pub(super) fn pair(&self, (a, b): Pair) -> Option<(&SeenCase<'a>, &SeenCase<'a>)> {
        Some((self.referring.get(a)?, self.docketing.get(b)?))
    }
}
