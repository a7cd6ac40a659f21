//! Parts of a map as the other side shows them: read from foreign bytes, and written.

use super::map::{BlindLine, Children, LedgerMap, branch_hash, leaves_hash, present};
use super::path::{DEPTH_MAX, Path, STEPS};
use super::{LEAVES_MAX, LedgerError};
use crate::tlog::{HASH_LEN, Hash};
use crate::v1::{LedgerBranch, LedgerLeaves, LedgerOpening, ledger_opening};

/// What one side has under a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// At most [`LEAVES_MAX`] lines, all of them under the path, ascending.
    Leaves(Vec<BlindLine>),
    /// More, by their children's hashes.
    Branch(Box<Children>),
}

impl Held {
    /// What we have under a path.
    pub(super) fn ours(map: &LedgerMap, path: &Path) -> Self {
        let leaves = map.leaves_under(path);
        if leaves.len() <= LEAVES_MAX {
            Self::Leaves(leaves.to_vec())
        } else {
            Self::Branch(Box::new(map.children(path)))
        }
    }

    /// Reads what the other side shows. `ours` are the children that we have just shown for the
    /// same path, which an answer may call the same; none where it was not an answer.
    ///
    /// # Errors
    /// [`LedgerError::Malformed`] when it could not be a part of any map.
    pub(super) fn read(
        path: &Path,
        opening: &LedgerOpening,
        ours: Option<&Children>,
    ) -> Result<Self, LedgerError> {
        match &opening.held {
            None => Err(LedgerError::Malformed("held")),
            Some(ledger_opening::Held::Leaves(leaves)) => read_leaves(path, leaves),
            Some(ledger_opening::Held::Branch(branch)) => read_branch(path, branch, ours),
        }
    }

    /// As the wire has it. `theirs` are the children that the other side has just shown, which need
    /// not be sent back.
    pub(super) fn write(&self, path: &Path, theirs: Option<&Children>) -> LedgerOpening {
        let held = match self {
            Self::Leaves(leaves) => {
                let packed = leaves.iter().flat_map(|leaf| [leaf.number, leaf.line]).flatten();
                ledger_opening::Held::Leaves(LedgerLeaves { packed: packed.collect() })
            }
            Self::Branch(children) => {
                let mut same = [None; STEPS as usize];
                let mut hashes = Vec::new();
                let theirs = theirs.copied().unwrap_or_default();
                for ((child, theirs), same) in children.iter().zip(theirs).zip(&mut same) {
                    match child {
                        Some(hash) if theirs == Some(*hash) => *same = theirs,
                        Some(hash) => hashes.extend(hash),
                        None => {}
                    }
                }
                let (present, same) = (present(children).into(), present(&same).into());
                ledger_opening::Held::Branch(LedgerBranch { present, same, hashes })
            }
        };
        LedgerOpening { path: path.steps().to_vec(), held: Some(held) }
    }

    /// The hash that its side has signed, if it is what it signed.
    pub(super) fn hash(&self) -> Hash {
        match self {
            Self::Leaves(leaves) => leaves_hash(leaves),
            Self::Branch(children) => branch_hash(children),
        }
    }

    /// The children's hashes, also of a part that is listed.
    pub(super) fn children(&self, path: &Path) -> Children {
        match self {
            Self::Branch(children) => **children,
            Self::Leaves(leaves) => {
                let mut children = [None; STEPS as usize];
                for (step, child) in (0..STEPS).zip(&mut children) {
                    let Some(below) = path.below(step) else { continue };
                    let under = |leaf: &&BlindLine| below.holds(&leaf.number);
                    let held: Vec<BlindLine> = leaves.iter().filter(under).copied().collect();
                    *child = (!held.is_empty()).then(|| leaves_hash(&held));
                }
                children
            }
        }
    }
}

fn read_leaves(path: &Path, leaves: &LedgerLeaves) -> Result<Held, LedgerError> {
    let (packed, rest) = leaves.packed.as_chunks::<{ 2 * HASH_LEN }>();
    if !rest.is_empty() || packed.len() > LEAVES_MAX {
        return Err(LedgerError::Malformed("leaves"));
    }
    let read = |both: &[u8; 2 * HASH_LEN]| {
        let (&[number, line], _) = both.as_chunks::<HASH_LEN>() else { return None };
        path.holds(&number).then_some(BlindLine { number, line })
    };
    let leaves: Option<Vec<BlindLine>> = packed.iter().map(read).collect();
    let leaves = leaves.ok_or(LedgerError::Malformed("leaves"))?;
    if leaves.array_windows().any(|[a, b]| a.number >= b.number) {
        return Err(LedgerError::Malformed("leaves"));
    }
    Ok(Held::Leaves(leaves))
}

fn read_branch(
    path: &Path,
    branch: &LedgerBranch,
    ours: Option<&Children>,
) -> Result<Held, LedgerError> {
    let malformed = LedgerError::Malformed("branch");
    let bits = |bits: u32| u16::try_from(bits).map_err(|_| LedgerError::Malformed("branch"));
    let (shown, same) = (bits(branch.present)?, bits(branch.same)?);
    // What cannot be deeper cannot be branched; what is the same is there.
    if path.depth() >= DEPTH_MAX || shown & same != same {
        return Err(malformed);
    }
    let (hashes, rest) = branch.hashes.as_chunks::<HASH_LEN>();
    let mut hashes = hashes.iter();
    let nothing = leaves_hash(&[]);
    let mut children = [None; STEPS as usize];
    for (step, child) in children.iter_mut().enumerate() {
        let bit = 1_u16 << step;
        if same & bit != 0 {
            let ours = ours.and_then(|ours| ours.get(step).copied().flatten());
            *child = Some(ours.ok_or(LedgerError::Malformed("branch"))?);
        } else if shown & bit != 0 {
            let hash = hashes.next().filter(|hash| **hash != nothing);
            *child = Some(*hash.ok_or(LedgerError::Malformed("branch"))?);
        }
    }
    if rest.is_empty() && hashes.next().is_none() {
        Ok(Held::Branch(Box::new(children)))
    } else {
        Err(malformed)
    }
}
