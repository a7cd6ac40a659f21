//! Checking inclusion and consistency proofs (RFC 9162 §2.1.3.2 and §2.1.4.2).
//!
//! Two decisions where implementations differ:
//!
//! - **Old size 0.** Every tree contains the empty one, so the only valid proof is no hash at all
//!   and the only valid old root is [`EMPTY_ROOT`]. C2SP tlog-witness begins every log this way;
//!   transparency-dev/merkle refuses the question instead.
//! - **Roots and leaf hashes are 32 bytes by type.** "Empty root equals empty leaf" cannot be
//!   asked. Of the 196 probes of transparency-dev/merkle one is answered differently for it: equal
//!   trees with roots of twelve bytes.
//!
//! A proof binds index and size only together with a root that is signed *for that size*: the same
//! path also verifies under other pairs of index and size. Ask with the size of a checkpoint.

use super::{EMPTY_ROOT, Hash, node_hash};

/// Hashes that a proof can need: one for each level of a tree with a 64-bit size.
pub const MAX_PATH_LEN: usize = 64;

/// Why a proof proves nothing.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum ProofError {
    /// The leaf is not in a tree of that size.
    #[error("leaf {index} is outside a tree of {size} leaves")]
    IndexOutside {
        /// The index asked about.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// The newer tree is the smaller one.
    #[error("a tree of {old} leaves cannot have become one of {new}")]
    Shrunk {
        /// The size of the older tree.
        old: u64,
        /// The size of the newer tree.
        new: u64,
    },
    /// There are too many or too few hashes for these sizes.
    #[error("the proof has the wrong number of hashes")]
    WrongLength,
    /// The hashes lead to another root than the one given.
    #[error("the proof leads to another root")]
    WrongRoot,
    /// The hashes lead to another older root than the one given.
    #[error("the proof leads to another old root")]
    WrongOldRoot,
}

/// Checks that the leaf with this hash is number `index` in the tree of `size` leaves with `root`.
///
/// # Errors
/// Any [`ProofError`] but those about an older tree.
pub fn verify_inclusion(
    leaf_hash: &Hash,
    index: u64,
    size: u64,
    path: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    let last = size.checked_sub(1).filter(|last| index <= *last);
    let last = last.ok_or(ProofError::IndexOutside { index, size })?;
    // `at` is the node walked up from the leaf, `edge` the rightmost node of the same level.
    let (mut at, mut edge) = (index, last);
    let mut hash = *leaf_hash;
    for sibling in path {
        if edge == 0 {
            return Err(ProofError::WrongLength);
        }
        if at % 2 == 1 || at == edge {
            hash = node_hash(sibling, &hash);
            (at, edge) = skip_missing_siblings(at, edge);
        } else {
            hash = node_hash(&hash, sibling);
        }
        (at, edge) = (at >> 1, edge >> 1);
    }
    if edge != 0 {
        return Err(ProofError::WrongLength);
    }
    if hash == *root { Ok(()) } else { Err(ProofError::WrongRoot) }
}

/// Checks that the tree of `old_size` leaves with `old_root` is the beginning of the tree of
/// `new_size` leaves with `new_root`.
///
/// # Errors
/// Any [`ProofError`] but [`ProofError::IndexOutside`].
pub fn verify_consistency(
    old_size: u64,
    new_size: u64,
    path: &[Hash],
    old_root: &Hash,
    new_root: &Hash,
) -> Result<(), ProofError> {
    if old_size > new_size {
        return Err(ProofError::Shrunk { old: old_size, new: new_size });
    }
    if old_size == 0 || old_size == new_size {
        return verify_without_path(old_size, new_size, path, old_root, new_root);
    }
    // From the right end of the old tree up to its last complete subtree, where the two part.
    let climbed = (old_size - 1).trailing_ones();
    let (mut at, mut edge) = ((old_size - 1) >> climbed, (new_size - 1) >> climbed);
    // An old tree that is one complete subtree is its own first hash and is not sent.
    let (start, path) = if at == 0 {
        (*old_root, path)
    } else {
        path.split_first().map(|(first, rest)| (*first, rest)).ok_or(ProofError::WrongLength)?
    };
    let (mut old, mut new) = (start, start);
    for hash in path {
        if edge == 0 {
            return Err(ProofError::WrongLength);
        }
        if at % 2 == 1 || at == edge {
            old = node_hash(hash, &old);
            new = node_hash(hash, &new);
            (at, edge) = skip_missing_siblings(at, edge);
        } else {
            new = node_hash(&new, hash);
        }
        (at, edge) = (at >> 1, edge >> 1);
    }
    if edge != 0 {
        return Err(ProofError::WrongLength);
    }
    if old != *old_root {
        return Err(ProofError::WrongOldRoot);
    }
    if new == *new_root { Ok(()) } else { Err(ProofError::WrongRoot) }
}

/// The rightmost node of an incomplete tree climbs levels on which it has no sibling to its left.
fn skip_missing_siblings(at: u64, edge: u64) -> (u64, u64) {
    let levels = if at % 2 == 1 || at == 0 { 0 } else { at.trailing_zeros() };
    (at >> levels, edge >> levels)
}

/// The cases in which sizes and roots alone decide.
fn verify_without_path(
    old_size: u64,
    new_size: u64,
    path: &[Hash],
    old_root: &Hash,
    new_root: &Hash,
) -> Result<(), ProofError> {
    if !path.is_empty() {
        return Err(ProofError::WrongLength);
    }
    if old_size == 0 && *old_root != EMPTY_ROOT {
        return Err(ProofError::WrongOldRoot);
    }
    if old_size == new_size && old_root != new_root {
        return Err(ProofError::WrongRoot);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::leaf_hash;
    use super::*;

    #[test]
    fn the_empty_tree_begins_every_tree() {
        let root = leaf_hash(b"one");
        assert_eq!(verify_consistency(0, 1, &[], &EMPTY_ROOT, &root), Ok(()));
        assert_eq!(verify_consistency(0, 0, &[], &EMPTY_ROOT, &EMPTY_ROOT), Ok(()));
        assert_eq!(verify_consistency(0, 1, &[], &root, &root), Err(ProofError::WrongOldRoot));
        let too_long = verify_consistency(0, 1, &[root], &EMPTY_ROOT, &root);
        assert_eq!(too_long, Err(ProofError::WrongLength));
        assert_eq!(verify_consistency(0, 0, &[], &root, &root), Err(ProofError::WrongOldRoot));
    }

    #[test]
    fn sizes_are_checked_before_hashes() {
        let root = leaf_hash(b"one");
        assert_eq!(verify_inclusion(&root, 0, 1, &[], &root), Ok(()));
        assert_eq!(
            verify_inclusion(&root, 0, 0, &[], &root),
            Err(ProofError::IndexOutside { index: 0, size: 0 })
        );
        assert_eq!(
            verify_consistency(2, 1, &[], &root, &root),
            Err(ProofError::Shrunk { old: 2, new: 1 })
        );
    }

    #[test]
    fn the_last_leaf_of_the_largest_tree_needs_a_whole_path() {
        let leaf = leaf_hash(b"last");
        let short = verify_inclusion(&leaf, u64::MAX - 1, u64::MAX, &[leaf; 2], &leaf);
        assert_eq!(short, Err(ProofError::WrongLength));
        let long = verify_inclusion(&leaf, 0, 2, &[leaf; 3], &leaf);
        assert_eq!(long, Err(ProofError::WrongLength));
    }
}
