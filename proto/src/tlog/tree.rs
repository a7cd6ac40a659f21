//! The growing tree, kept as its right edge.
//!
//! To append and to know the root, only the roots of the complete subtrees along the right edge
//! are needed: one hash for each bit set in the size, at most 64. That makes a [`Tree`] cheap to
//! clone, so a sequencer can grow a copy and drop it when its commit fails.

use super::{EMPTY_ROOT, Hash, node_hash};

/// An RFC 6962 Merkle tree that can grow, without the leaves it has already taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    pub(super) size: u64,
    /// Roots of the complete subtrees, from the largest (leftmost) to the smallest.
    pub(super) edge: Vec<Hash>,
}

/// A right edge that does not belong to the size given with it.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("a tree of {size} leaves has {wanted} hashes on its right edge, not {given}")]
pub struct WrongEdge {
    /// The number of leaves asked for.
    pub size: u64,
    /// The number of hashes such a tree has.
    pub wanted: usize,
    /// The number of hashes that were given.
    pub given: usize,
}

impl Tree {
    /// The tree without leaves.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The tree of `size` leaves whose right edge is `edge`, in the order of [`Tree::edge`].
    ///
    /// # Errors
    /// When the number of hashes is not the number of bits set in `size`. That the hashes are the
    /// right ones shows only when the root is compared.
    pub fn from_edge(size: u64, edge: Vec<Hash>) -> Result<Self, WrongEdge> {
        // At most 64, so it fits whatever a `usize` is.
        let wanted = size.count_ones() as usize;
        if edge.len() == wanted {
            Ok(Self { size, edge })
        } else {
            Err(WrongEdge { size, wanted, given: edge.len() })
        }
    }

    /// Takes in one more leaf, given by its [`leaf_hash`](super::leaf_hash).
    pub fn append(&mut self, leaf_hash: Hash) {
        let mut subtree = leaf_hash;
        // Each one at the end of the size is a complete subtree as large as the one in hand.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.edge.pop() {
                subtree = node_hash(&left, &subtree);
            }
        }
        self.edge.push(subtree);
        self.size += 1;
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The Merkle tree hash over all leaves; [`EMPTY_ROOT`] when there are none.
    #[must_use]
    pub fn root(&self) -> Hash {
        let folded = self.edge.iter().rev().copied();
        folded.reduce(|right, left| node_hash(&left, &right)).unwrap_or(EMPTY_ROOT)
    }

    /// The roots of the complete subtrees along the right edge, the largest first.
    #[must_use]
    pub fn edge(&self) -> &[Hash] {
        &self.edge
    }
}

impl Extend<Hash> for Tree {
    fn extend<I: IntoIterator<Item = Hash>>(&mut self, leaf_hashes: I) {
        for leaf_hash in leaf_hashes {
            self.append(leaf_hash);
        }
    }
}

/// The root over `leaf_hashes` alone.
pub(crate) fn root_of(leaf_hashes: impl IntoIterator<Item = Hash>) -> Hash {
    let mut tree = Tree::empty();
    tree.extend(leaf_hashes);
    tree.root()
}

#[cfg(test)]
mod tests {
    use super::super::leaf_hash;
    use super::*;

    /// The definition in RFC 6962 §2.1, word for word: slow and obviously right.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => EMPTY_ROOT,
            [only] => *only,
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                node_hash(&by_definition(left), &by_definition(right))
            }
        }
    }

    #[test]
    fn every_size_has_the_root_of_the_definition() {
        let leaves: Vec<Hash> = (0..600_u32).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let mut tree = Tree::empty();
        for (size, leaf) in leaves.iter().enumerate() {
            assert_eq!(tree.root(), by_definition(&leaves[..size]), "{size}");
            tree.append(*leaf);
        }
        assert_eq!(tree.size(), 600);
    }

    #[test]
    fn the_edge_is_all_it_takes_to_go_on() {
        let mut whole = Tree::empty();
        whole.extend((0..77_u8).map(|n| leaf_hash(&[n])));
        let mut resumed = Tree::from_edge(whole.size(), whole.edge().to_vec()).unwrap();
        resumed.append(leaf_hash(b"next"));
        whole.append(leaf_hash(b"next"));
        assert_eq!(resumed, whole);
        assert_eq!(
            Tree::from_edge(3, vec![EMPTY_ROOT]),
            Err(WrongEdge { size: 3, wanted: 2, given: 1 })
        );
    }
}
