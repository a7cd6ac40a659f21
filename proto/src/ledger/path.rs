//! Paths in a map: the first hexadecimal digits of blinded numbers.

use super::LedgerError;
use crate::tlog::Hash;

/// Longest path. Two of a million random numbers agree in ten digits; more than
/// [`LEAVES_MAX`](super::LEAVES_MAX) in sixteen are never met, nor made.
pub const DEPTH_MAX: usize = 16;

/// How many branches there are.
pub const STEPS: u8 = 16;

/// A path from the root: digits of 0 to 15, at most [`DEPTH_MAX`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<u8>);

impl Path {
    /// The root's.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a path of the wire.
    ///
    /// # Errors
    /// [`LedgerError::Malformed`] when it is too long or has a byte above 15.
    pub fn read(steps: &[u8]) -> Result<Self, LedgerError> {
        if steps.len() > DEPTH_MAX || steps.iter().any(|step| *step >= STEPS) {
            return Err(LedgerError::Malformed("path"));
        }
        Ok(Self(steps.to_vec()))
    }

    /// The digits.
    #[must_use]
    pub fn steps(&self) -> &[u8] {
        &self.0
    }

    /// How many digits it has.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.len()
    }

    /// One digit further. `None`: it is as long as paths get.
    #[must_use]
    pub fn below(&self, step: u8) -> Option<Self> {
        let fits = self.0.len() < DEPTH_MAX && step < STEPS;
        fits.then(|| Self(self.0.iter().copied().chain([step]).collect()))
    }

    /// Whether a blinded number lies under it: before it (`Less`), under it, or behind it.
    pub(super) fn compare(&self, number: &Hash) -> std::cmp::Ordering {
        digits(number).take(self.0.len()).cmp(self.0.iter().copied())
    }

    /// Whether a blinded number lies under it.
    #[must_use]
    pub fn holds(&self, number: &Hash) -> bool {
        self.compare(number).is_eq()
    }
}

/// The digits of a hash, the high half of each byte first.
fn digits(hash: &Hash) -> impl Iterator<Item = u8> + '_ {
    hash.iter().flat_map(|byte| [byte >> 4, byte & 15])
}
