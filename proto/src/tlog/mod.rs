//! The transparency log: what two parties need to agree on its bytes.
//!
//! A hub keeps every leaf in one append-only Merkle tree and signs what the tree looks like.
//! Anyone who holds a receipt can check it with the functions of this folder alone: nothing here
//! does I/O, waits, reads a clock or keeps a secret for longer than a signature takes.
//!
//! | module | what | source |
//! |---|---|---|
//! | here, [`tree`] | leaves, nodes, roots: SHA-256 with a prefix for each | [RFC 6962 §2.1] |
//! | [`tile`], [`bundle`] | how hashes and leaves are stored and fetched | [tlog-tiles] |
//! | [`proof`], [`prove`] | inclusion and consistency: checked, made | [RFC 9162 §2.1] |
//! | [`note`], [`vkey`] | a text with signature lines; a key for one | [signed-note] v1.0.0 |
//! | [`checkpoint`] | origin, size and root as a note text | [tlog-checkpoint] v1.0.0 |
//! | [`cosignature`] | a witness's dated line under it | [tlog-cosignature] v1.1.0-rc.1 |
//! | [`add_checkpoint`] | asking a witness for one | [tlog-witness] v1.0.0 |
//! | [`policy`] | which logs and which witnesses one believes | [tlog-policy] |
//! | [`receipt`] | index, path and cosigned checkpoint of one leaf | [tlog-proof] |
//!
//! tlog-policy and tlog-proof carry no version tag yet; this is their text as of C2SP commit
//! `5ba5ee8`.
//!
//! [RFC 6962 §2.1]: https://www.rfc-editor.org/rfc/rfc6962.html#section-2.1
//! [RFC 9162 §2.1]: https://www.rfc-editor.org/rfc/rfc9162.html#section-2.1
//! [tlog-tiles]: https://c2sp.org/tlog-tiles
//! [signed-note]: https://c2sp.org/signed-note@v1.0.0
//! [tlog-checkpoint]: https://c2sp.org/tlog-checkpoint@v1.0.0
//! [tlog-cosignature]: https://c2sp.org/tlog-cosignature
//! [tlog-witness]: https://c2sp.org/tlog-witness@v1.0.0
//! [tlog-policy]: https://c2sp.org/tlog-policy
//! [tlog-proof]: https://c2sp.org/tlog-proof

pub mod add_checkpoint;
mod ascii;
pub mod bundle;
pub mod checkpoint;
pub mod cosignature;
pub mod note;
pub mod policy;
pub mod proof;
pub mod prove;
pub mod receipt;
pub mod tile;
pub mod tree;
pub mod vkey;

use sha2::{Digest, Sha256};

/// A SHA-256 value: of a leaf, of a node, or the root of a tree.
pub type Hash = [u8; HASH_LEN];

/// Bytes in a [`Hash`](type@Hash).
pub const HASH_LEN: usize = 32;

/// The root of the tree without leaves: SHA-256 of nothing (RFC 6962 §2.1).
pub const EMPTY_ROOT: Hash = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
    0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

/// Keeps a leaf from being taken for a node (RFC 6962 §2.1).
const LEAF_PREFIX: [u8; 1] = [0];
/// Keeps a node from being taken for a leaf (RFC 6962 §2.1).
const NODE_PREFIX: [u8; 1] = [1];

/// The hash of a leaf's bytes: SHA-256(0x00 | leaf).
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new().chain_update(LEAF_PREFIX).chain_update(leaf).finalize().into()
}

/// The hash of two neighbouring subtrees: SHA-256(0x01 | left | right).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update(NODE_PREFIX).chain_update(left).chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_root_is_the_hash_of_nothing() {
        let nothing: Hash = Sha256::digest([]).into();
        assert_eq!(EMPTY_ROOT, nothing);
    }

    #[test]
    fn a_leaf_is_never_a_node() {
        let left = leaf_hash(b"left");
        let right = leaf_hash(b"right");
        let both = [left, right].concat();
        assert_ne!(leaf_hash(&both), node_hash(&left, &right));
        assert_ne!(node_hash(&left, &right), node_hash(&right, &left));
    }
}
