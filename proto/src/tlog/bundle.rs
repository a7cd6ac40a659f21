//! Bundles: the leaves themselves, 256 at a time, each with its length before it.
//!
//! A bundle lies beside the level-0 tile of the same index and has the same width.
//! Format and paths: [C2SP tlog-tiles, "Log entries"](https://c2sp.org/tlog-tiles#log-entries).

use super::tile::{FULL_WIDTH, IndexPath, TileError};
use std::fmt;
use std::str::FromStr;

/// The longest leaf a bundle can hold: its length is written in two bytes.
pub const MAX_LEAF_LEN: usize = u16::MAX as usize;

/// Which leaves: the first `width` of bundle `index`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bundle {
    index: u64,
    width: u16,
}

/// Why a bundle's bytes were refused.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum BundleError {
    /// A leaf to be written is longer than [`MAX_LEAF_LEN`].
    #[error("a leaf of {0} bytes does not fit: the limit is 65535")]
    LeafTooLong(usize),
    /// The bytes end inside a leaf or inside a length.
    #[error("the bundle ends in the middle of leaf {0}")]
    Truncated(usize),
    /// More leaves than a bundle has room for.
    #[error("the bundle holds more than 256 leaves")]
    TooMany,
}

impl Bundle {
    /// The first `width` leaves of bundle `index`.
    ///
    /// # Errors
    /// [`TileError::Width`] outside 1 to 256.
    pub fn new(index: u64, width: u16) -> Result<Self, TileError> {
        if width == 0 || width > FULL_WIDTH {
            return Err(TileError::Width(width));
        }
        Ok(Self { index, width })
    }

    /// Position among the bundles, from 0: the bundle of leaf `i` is `i / 256`.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Number of leaves, 1 to 256.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }
}

impl fmt::Display for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/entries/{}", IndexPath { index: self.index, width: self.width })
    }
}

impl FromStr for Bundle {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        let rest = path.strip_prefix("tile/entries/").ok_or(TileError::Path)?;
        let IndexPath { index, width } = rest.parse()?;
        Self::new(index, width)
    }
}

/// Writes `leaf` at the end of a bundle's bytes.
///
/// # Errors
/// [`BundleError::LeafTooLong`]; nothing is written then.
pub fn append_leaf(bundle: &mut Vec<u8>, leaf: &[u8]) -> Result<(), BundleError> {
    let len = u16::try_from(leaf.len()).map_err(|_| BundleError::LeafTooLong(leaf.len()))?;
    bundle.extend_from_slice(&len.to_be_bytes());
    bundle.extend_from_slice(leaf);
    Ok(())
}

/// The leaves in a bundle's bytes, in order.
///
/// # Errors
/// [`BundleError::Truncated`] or [`BundleError::TooMany`].
pub fn leaves(bundle: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let mut found = Vec::new();
    let mut rest = bundle;
    while !rest.is_empty() {
        if found.len() == usize::from(FULL_WIDTH) {
            return Err(BundleError::TooMany);
        }
        let (leaf, after) = split_leaf(rest).ok_or(BundleError::Truncated(found.len()))?;
        found.push(leaf);
        rest = after;
    }
    Ok(found)
}

fn split_leaf(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*len)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_come_back_as_written() {
        let mut bytes = Vec::new();
        for leaf in [&b"one"[..], b"", &[0xff; MAX_LEAF_LEN]] {
            append_leaf(&mut bytes, leaf).unwrap();
        }
        assert_eq!(leaves(&bytes).unwrap(), [&b"one"[..], b"", &[0xff; MAX_LEAF_LEN]]);
        assert_eq!(
            append_leaf(&mut bytes, &[0; MAX_LEAF_LEN + 1]),
            Err(BundleError::LeafTooLong(MAX_LEAF_LEN + 1))
        );
    }

    #[test]
    fn a_cut_bundle_is_refused() {
        let mut bytes = Vec::new();
        append_leaf(&mut bytes, b"one").unwrap();
        append_leaf(&mut bytes, b"two").unwrap();
        for cut in [1, 2, 4, 6, 9] {
            assert!(matches!(leaves(&bytes[..cut]), Err(BundleError::Truncated(_))), "{cut}");
        }
        assert_eq!(leaves(&[0; 2 * 257]), Err(BundleError::TooMany));
        assert_eq!(leaves(&[0; 2 * 256]).unwrap().len(), 256);
    }

    #[test]
    fn paths() {
        let bundle = Bundle::new(1000, 44).unwrap();
        assert_eq!(bundle.to_string(), "tile/entries/x001/000.p/44");
        assert_eq!("tile/entries/x001/000.p/44".parse(), Ok(bundle));
        assert_eq!("tile/entries/1".parse::<Bundle>(), Err(TileError::Path));
    }
}
