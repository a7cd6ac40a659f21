//! All lines of a ledger, sorted by number.

use std::collections::BTreeMap;

use super::{LINES_MAX, LedgerError, LedgerLine};
use crate::v1::{Outcome, OutcomeTally};

/// The lines of one day, ascending by number, no number twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger(Vec<LedgerLine>);

impl Ledger {
    /// Sorts lines into a ledger. A line that is there twice counts once.
    ///
    /// # Errors
    /// [`LedgerError::NumberTwice`] when two different lines have one number,
    /// [`LedgerError::TooLarge`] for more than [`LINES_MAX`].
    pub fn new(mut lines: Vec<LedgerLine>) -> Result<Self, LedgerError> {
        lines.sort_by(|a, b| a.number.cmp(&b.number));
        lines.dedup();
        if let Some([twice, _]) = lines.array_windows().find(|[a, b]| a.number == b.number) {
            return Err(LedgerError::NumberTwice(twice.number.clone()));
        }
        if lines.len() > LINES_MAX {
            return Err(LedgerError::TooLarge(lines.len()));
        }
        Ok(Self(lines))
    }

    /// The lines, ascending by number.
    #[must_use]
    pub fn lines(&self) -> &[LedgerLine] {
        &self.0
    }

    /// How many lines have which outcome, ascending by outcome; none that no line has.
    #[must_use]
    pub fn tallies(&self) -> Vec<OutcomeTally> {
        let mut counts = BTreeMap::new();
        for line in &self.0 {
            *counts.entry(line.outcome).or_insert(0) += 1;
        }
        tallies(&counts)
    }
}

/// Counts as the wire has them.
fn tallies(counts: &BTreeMap<Outcome, u64>) -> Vec<OutcomeTally> {
    let tally = |(outcome, count): (&Outcome, &u64)| OutcomeTally {
        outcome: (*outcome).into(),
        count: *count,
    };
    counts.iter().map(tally).collect()
}
