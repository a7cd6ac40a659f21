//! How the figures add up: every case of each register is in one class, and what stands on one side
//! of an equation stands on the other.

use std::collections::BTreeMap;

use super::case::RegisteredCase;
use super::judge::is_joined;
use super::{Comparison, Side, Standing};
use crate::v1::{IntakeRoute, Outcome};

/// What became of a case, by its own register alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// A supplement: counted apart.
    Supplement,
    /// Joined to another case of the same register.
    Joined,
    /// Sent back by the body that rules.
    Returned,
    /// Sent to the body that rules. Only of the side that refers.
    Referred,
    /// Filed directly with the body that rules, as this side knows. Only of the side that refers.
    Direct,
    /// Taken back by who filed it.
    Withdrawn,
    /// Decided or ruled.
    Decided,
    /// Open.
    Open,
}

/// The classes of all cases on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    fates: [BTreeMap<Fate, Vec<usize>>; 2],
    standings: [BTreeMap<Standing, Vec<usize>>; 2],
}

/// Cases counted in an equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whose register they are in.
    pub side: Side,
    /// Which they are.
    pub counted: Counted,
    /// Their places in that register.
    pub cases: Vec<usize>,
}

/// Which cases a term counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// All cases of the register.
    All,
    /// Those of which this became.
    Fate(Fate),
    /// Those that stand so towards the other register.
    Standing(Standing),
}

/// Terms that add up to the same. Every figure can be opened down to its cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// What is added on the left.
    pub left: Vec<Term>,
    /// What is added on the right.
    pub right: Vec<Term>,
}

impl Fate {
    /// What became of a case of one side.
    #[must_use]
    pub fn of(side: Side, case: &RegisteredCase) -> Self {
        let refers = side == Side::Referring;
        if case.is_supplement() {
            Self::Supplement
        } else if is_joined(case) {
            Self::Joined
        } else if case.returned {
            Self::Returned
        } else if refers && case.transfer.sent {
            Self::Referred
        } else if refers && case.route == IntakeRoute::Direct {
            Self::Direct
        } else {
            match case.outcome {
                Outcome::Unspecified => Self::Open,
                Outcome::Withdrawn => Self::Withdrawn,
                _ => Self::Decided,
            }
        }
    }
}

impl Equation {
    /// Whether both sides come to the same.
    #[must_use]
    pub fn holds(&self) -> bool {
        let sum = |terms: &[Term]| terms.iter().map(|term| term.cases.len()).sum::<usize>();
        sum(&self.left) == sum(&self.right)
    }
}

impl Balance {
    pub(super) fn of(comparison: &Comparison<'_>, standings: [Vec<Standing>; 2]) -> Self {
        let fates = Side::BOTH.map(|side| {
            let cases = comparison.register(side).cases().iter();
            classes(cases.map(|case| Fate::of(side, case)))
        });
        Self { fates, standings: standings.map(|standings| classes(standings.into_iter())) }
    }

    /// What became of one side's cases, by its own register; places ascending.
    #[must_use]
    pub fn fates(&self, side: Side) -> &BTreeMap<Fate, Vec<usize>> {
        let [referring, docketing] = &self.fates;
        if side == Side::Referring { referring } else { docketing }
    }

    /// Where one side's cases stand towards the other register; places ascending.
    #[must_use]
    pub fn standings(&self, side: Side) -> &BTreeMap<Standing, Vec<usize>> {
        let [referring, docketing] = &self.standings;
        if side == Side::Referring { referring } else { docketing }
    }

    /// One register in itself: all = referred + returned + decided + withdrawn + joined + ….
    #[must_use]
    pub fn within(&self, side: Side) -> Equation {
        let fates = self.fates(side);
        let mut all: Vec<usize> = fates.values().flatten().copied().collect();
        all.sort_unstable();
        let right = fates.iter().map(|(fate, cases)| Term {
            side,
            counted: Counted::Fate(*fate),
            cases: cases.clone(),
        });
        Equation {
            left: vec![Term { side, counted: Counted::All, cases: all }],
            right: right.collect(),
        }
    }

    /// The two against each other: all that one has, and what only the other has (filed directly,
    /// registered twice, supplements counted, …), is all that the other has, and what only the one
    /// has (lost, not yet registered, kept, joined, …).
    #[must_use]
    pub fn across(&self) -> Equation {
        let side = |side: Side| {
            let all = self.within(side).left;
            let only = self.standings(side.other()).iter();
            let only = only.filter(|(standing, _)| **standing != Standing::Matched);
            let only = only.map(|(standing, cases)| Term {
                side: side.other(),
                counted: Counted::Standing(*standing),
                cases: cases.clone(),
            });
            all.into_iter().chain(only).collect()
        };
        Equation { left: side(Side::Referring), right: side(Side::Docketing) }
    }

    /// Whether every equation holds: it is checked, and not assumed.
    #[must_use]
    pub fn holds(&self) -> bool {
        let within = Side::BOTH.iter().all(|side| self.within(*side).holds());
        within && self.across().holds()
    }
}

/// Places by class.
fn classes<T: Ord>(each: impl Iterator<Item = T>) -> BTreeMap<T, Vec<usize>> {
    let mut classes: BTreeMap<T, Vec<usize>> = BTreeMap::new();
    for (place, class) in each.enumerate() {
        classes.entry(class).or_default().push(place);
    }
    classes
}
