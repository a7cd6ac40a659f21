//! The Merkle map of a ledger.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::path::{Path, STEPS};
use super::{DaySecret, LEAVES_MAX, Ledger, LedgerError, LedgerLine};
use crate::tlog::Hash;
use crate::v1::{CivilDate, LedgerDigest};

/// Keep lists, branches and roots apart.
const LEAVES_LABEL: &[u8] = b"barid-ledger-leaves/v1\n";
const BRANCH_LABEL: &[u8] = b"barid-ledger-branch/v1\n";
const ROOT_LABEL: &[u8] = b"barid-ledger-root/v1\n";

/// A line as the other side sees it before it is told: number and line, blinded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BlindLine {
    pub(super) number: Hash,
    pub(super) line: Hash,
}

/// A ledger, blinded and hashed, with the lines behind the hashes.
#[derive(Debug)]
pub struct LedgerMap {
    ledger: Ledger,
    secret: DaySecret,
    /// Ascending by blinded number.
    leaves: Vec<BlindLine>,
    /// For each leaf, its line's place in the ledger.
    places: Vec<usize>,
    /// The hashes of all parts with more than [`LEAVES_MAX`] lines.
    branches: BTreeMap<Path, Hash>,
}

impl LedgerMap {
    /// Blinds and hashes a ledger.
    ///
    /// # Errors
    /// [`LedgerError::TooLarge`] when more than [`LEAVES_MAX`] blinded numbers begin with the same
    /// sixteen digits, which does not happen by chance.
    pub fn new(ledger: Ledger, secret: DaySecret) -> Result<Self, LedgerError> {
        let blind = |line: &LedgerLine| BlindLine {
            number: secret.number(&line.number),
            line: secret.line(line),
        };
        let mut blinded: Vec<(BlindLine, usize)> =
            ledger.lines().iter().map(blind).zip(0..).collect();
        blinded.sort_unstable();
        let (leaves, places) = blinded.into_iter().unzip();
        let mut map = Self { ledger, secret, leaves, places, branches: BTreeMap::new() };
        let mut branches = BTreeMap::new();
        map.hash_branches(&Path::root(), &mut branches)?;
        map.branches = branches;
        Ok(map)
    }

    /// Hashes a part, and keeps the hash of each branch on the way.
    fn hash_branches(
        &self,
        path: &Path,
        kept: &mut BTreeMap<Path, Hash>,
    ) -> Result<Hash, LedgerError> {
        let held = self.leaves_under(path);
        if held.len() <= LEAVES_MAX {
            return Ok(leaves_hash(held));
        }
        let mut children = [None; STEPS as usize];
        for (step, child) in (0..STEPS).zip(&mut children) {
            let below = path.below(step).ok_or(LedgerError::TooLarge(held.len()))?;
            if !self.leaves_under(&below).is_empty() {
                *child = Some(self.hash_branches(&below, kept)?);
            }
        }
        let hash = branch_hash(&children);
        kept.insert(path.clone(), hash);
        Ok(hash)
    }

    /// The lines under a path, blinded.
    pub(super) fn leaves_under(&self, path: &Path) -> &[BlindLine] {
        let from = self.leaves.partition_point(|leaf| path.compare(&leaf.number).is_lt());
        let rest = self.leaves.get(from..).unwrap_or_default();
        let length = rest.partition_point(|leaf| path.compare(&leaf.number).is_eq());
        rest.get(..length).unwrap_or_default()
    }

    /// The hash of a part, whether it is listed or branched.
    pub(super) fn hash_under(&self, path: &Path) -> Hash {
        let listed = || leaves_hash(self.leaves_under(path));
        self.branches.get(path).copied().unwrap_or_else(listed)
    }

    /// The hashes of the sixteen parts below a path; none for one without lines.
    pub(super) fn children(&self, path: &Path) -> Children {
        let mut children = [None; STEPS as usize];
        for (step, child) in (0..STEPS).zip(&mut children) {
            *child = path
                .below(step)
                .filter(|below| !self.leaves_under(below).is_empty())
                .map(|below| self.hash_under(&below));
        }
        children
    }

    /// The line behind a blinded number.
    pub(super) fn line(&self, number: &Hash) -> Option<&LedgerLine> {
        let at = self.leaves.binary_search_by(|leaf| leaf.number.cmp(number)).ok()?;
        self.ledger.lines().get(*self.places.get(at)?)
    }

    /// The secret it is blinded with.
    pub(super) fn secret(&self) -> &DaySecret {
        &self.secret
    }

    /// The ledger.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Hash {
        root_hash(self.leaves.len() as u64, &self.hash_under(&Path::root()))
    }

    /// What an institution signs at the end of a day.
    #[must_use]
    pub fn digest(&self, as_of: CivilDate, counterpart: &str) -> LedgerDigest {
        LedgerDigest {
            as_of: Some(as_of),
            tallies: self.ledger.tallies(),
            root: self.root().to_vec(),
            size: self.leaves.len() as u64,
            counterpart: counterpart.to_owned(),
        }
    }
}

/// The hashes of the sixteen parts below a path; none for one without lines.
pub(super) type Children = [Option<Hash>; STEPS as usize];

/// The hash of a part that is listed; also of one without lines.
pub(super) fn leaves_hash(leaves: &[BlindLine]) -> Hash {
    // Callers list at most `LEAVES_MAX`.
    let count = u8::try_from(leaves.len()).unwrap_or(u8::MAX);
    let mut hasher = Sha256::new().chain_update(LEAVES_LABEL).chain_update([count]);
    for leaf in leaves {
        hasher.update(leaf.number);
        hasher.update(leaf.line);
    }
    hasher.finalize().into()
}

/// The hash of a part that is branched.
pub(super) fn branch_hash(children: &Children) -> Hash {
    let mut hasher = Sha256::new().chain_update(BRANCH_LABEL);
    hasher.update(present(children).to_be_bytes());
    for hash in children.iter().flatten() {
        hasher.update(hash);
    }
    hasher.finalize().into()
}

/// Which children there are: bit `n` for child `n`.
pub(super) fn present(children: &Children) -> u16 {
    children
        .iter()
        .enumerate()
        .fold(0, |bits, (step, child)| bits | u16::from(child.is_some()) << step)
}

/// The root of a map with this many lines.
pub(super) fn root_hash(size: u64, whole: &Hash) -> Hash {
    let hasher = Sha256::new().chain_update(ROOT_LABEL);
    hasher.chain_update(size.to_be_bytes()).chain_update(whole).finalize().into()
}
