//! Two registers compared case by case: which cases are one, and where and why the two differ.
//!
//! One side refers, the other dockets: the Council of Commissioners and the panel, or the panel and
//! a court above it. Each case of each register comes to stand in exactly one place
//! ([`Standing`]), so that the two sides' figures add up, and everything in which they differ is an
//! [`Exception`] with its kind, the cases on both sides and who has to settle it.
//!
//! That two cases are one is a claim with reasons and a strength ([`Match`]). It is certain when an
//! identifier or a digest agrees, and when a person has said so; everything else is told as what it
//! is, and never merged in silence. The result depends on what the registers say, and not on the
//! order in which they say it.
//!
//! | module | what |
//! |---|---|
//! | [`case`] | a case as one register has it |
//! | [`changes`] | what changed from one statement of a register to the next |
//! | [`docket`] | both registers out of the dockets of an election event |
//! | [`known`] | cases out of what became known in the hub, one thing after the other |
//! | [`register`] | all cases of an institution; read from its statement |
//! | `links`, `near`, `name` | which cases may be one: by identifiers, by slips of the pen, by names |
//! | `pairing` | which are, and which of several |
//! | [`said`] | what institutions filed about differences, and which cases people say are one |
//! | `judge`, `alone` | what the two sides say differently; what is on one side only |
//! | [`balance`] | how the figures add up |
//! | [`ledger`] | a register's lines for the daily digest |

mod alone;
pub mod balance;
pub mod case;
pub mod changes;
pub mod docket;
mod judge;
pub mod known;
pub mod ledger;
mod links;
mod name;
mod near;
mod pairing;
pub mod register;
pub mod said;
mod seen;
#[cfg(test)]
mod tests;
mod wire;

use std::collections::BTreeSet;

use jiff::civil::Date;

pub use balance::{Balance, Equation, Fate, Term};
pub use case::{Challenged, Nature, Number, RegisteredCase, Transfer};
pub use changes::{Change, changes};
pub use docket::{Docket, Dockets};
pub use known::Known;
pub use register::{Register, TooManyCases};
pub use said::Said;

use crate::v1::{ExceptionKind, MatchReason, MatchStrength};

/// One of the two registers that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The body that takes in and refers.
    Referring,
    /// The body that dockets what is referred to it, and rules.
    Docketing,
}

/// What is compared.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The register of the body that refers.
    pub referring: &'a Register,
    /// The register of the body that dockets.
    pub docketing: &'a Register,
    /// The days compared, first and last. `None`: all.
    pub window: Option<(Date, Date)>,
    /// Cases that a person has confirmed to be one: the referring body's number, the docketing's.
    pub together: Vec<(Number, Number)>,
    /// Cases that a person has said not to be one.
    pub apart: Vec<(Number, Number)>,
}

/// Two cases that are one: a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Place of the case in the referring register.
    pub referring: usize,
    /// Place of the case in the docketing register.
    pub docketing: usize,
    /// How sure it is; never `Possible`, which is no match but an exception.
    pub strength: MatchStrength,
    /// What speaks for it.
    pub reasons: BTreeSet<MatchReason>,
}

/// Where a case stands towards the other register. Each case stands in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// One case of the other register is this one, and both count it.
    Matched,
    /// It is a supplement and counts in neither.
    Supplement,
    /// The other side has it within the case that it was joined to.
    Joined,
    /// It was never sent, and the other side does not have it: decided, withdrawn or still open.
    Kept,
    /// It was sent, came back, and never stood in the other register.
    CameBack,
    /// Both sides have it, outside the days compared.
    Outside,
    /// Its counterpart is missing or counts otherwise, as an exception of this kind tells.
    Excepted(ExceptionKind),
}

/// A difference between two registers, typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exception {
    /// What it is, or the best guess.
    pub kind: ExceptionKind,
    /// Places of the cases it is about in the referring register, the one in question first.
    pub referring: Vec<usize>,
    /// Places of the cases it is about in the docketing register, the one in question first.
    pub docketing: Vec<usize>,
    /// How sure it is that the two sides' cases are one; unspecified where only one side has any.
    pub strength: MatchStrength,
    /// What speaks for it.
    pub reasons: BTreeSet<MatchReason>,
    /// Who should settle it: a proposal, which people may change.
    pub owner: Side,
}

/// How two registers stand to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// The cases that are one, ascending by their place in the referring register.
    pub matches: Vec<Match>,
    /// Every difference, ascending by kind and place.
    pub exceptions: Vec<Exception>,
    /// How the figures add up.
    pub balance: Balance,
}

impl Side {
    /// Both, in the order in which pairs have them.
    pub const BOTH: [Self; 2] = [Self::Referring, Self::Docketing];

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Referring => Self::Docketing,
            Self::Docketing => Self::Referring,
        }
    }

    /// A pair out of a place on this side and one on the other.
    fn pair(self, here: usize, there: usize) -> links::Pair {
        match self {
            Self::Referring => (here, there),
            Self::Docketing => (there, here),
        }
    }
}

impl<'a> Comparison<'a> {
    /// All days of two registers, about which nobody has said anything yet.
    #[must_use]
    pub fn of(referring: &'a Register, docketing: &'a Register) -> Self {
        Self { referring, docketing, window: None, together: Vec::new(), apart: Vec::new() }
    }

    /// The register of one side.
    #[must_use]
    pub fn register(&self, side: Side) -> &'a Register {
        match side {
            Side::Referring => self.referring,
            Side::Docketing => self.docketing,
        }
    }

    /// Whether a person has said that these two are not one.
    fn is_apart(&self, a: &RegisteredCase, b: &RegisteredCase) -> bool {
        let (Some(a), Some(b)) = (&a.number, &b.number) else { return false };
        self.apart.iter().any(|(one, other)| one.is(a) && other.is(b))
    }

    /// Whether a case belongs to the days compared. One without a day does.
    fn is_within(&self, case: &RegisteredCase) -> bool {
        let Some((first, last)) = self.window else { return true };
        case.days.is_empty() || case.days.iter().any(|day| (first..=last).contains(day))
    }
}

/// Compares two registers.
#[must_use]
pub fn reconcile(comparison: &Comparison<'_>) -> Reconciliation {
    let seen = seen::Seen::of(comparison);
    let links = links::find(comparison, &seen);
    let pairing = pairing::pair(comparison, &seen, &links);
    let mut judge = judge::Judge::new(comparison, &pairing);
    judge.pairs();
    judge.further();
    judge.alone();
    judge.numbers_given_twice();
    let (mut exceptions, standings) = judge.finish();
    exceptions.sort();
    exceptions.dedup();
    let balance = Balance::of(comparison, standings);
    Reconciliation { matches: pairing.matches, exceptions, balance }
}
