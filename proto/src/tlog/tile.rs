//! Tiles: the tree's hashes cut into pieces of 256, eight levels of the tree at a time.
//!
//! A tile of level `L` holds hashes of subtrees of 256^L leaves; the levels between are hashed
//! again when needed. A stored tile only ever grows at its end, so an older, narrower version of
//! it is a prefix of what is stored and nothing has to be kept twice.
//!
//! Names and paths are those of [C2SP tlog-tiles](https://c2sp.org/tlog-tiles).

use super::HASH_LEN;
use super::ascii::parse_decimal;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Hashes in a full tile.
pub const FULL_WIDTH: u16 = 256;
/// Levels of the tree that one level of tiles spans: 2^8 = 256.
pub(super) const TILE_HEIGHT: u32 = 8;
/// The highest level the specification lets a path name.
pub const MAX_LEVEL: u8 = 63;
/// Levels of tiles that a tree with a 64-bit size can have: 64 levels of nodes, eight each.
pub(super) const TILE_LEVELS: u8 = 8;

/// Which hashes: the first `width` of tile `index` at `level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    pub(super) level: u8,
    pub(super) index: u64,
    pub(super) width: u16,
}

/// Why a tile or its path was refused.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum TileError {
    /// The level is above [`MAX_LEVEL`].
    #[error("tile level {0} is above 63")]
    Level(u8),
    /// The width is zero or above [`FULL_WIDTH`].
    #[error("tile width {0} is not between 1 and 256")]
    Width(u16),
    /// The text is not a path of the form `tile/L/N[.p/W]`, or not in its only spelling.
    #[error("not a tile path")]
    Path,
}

impl Tile {
    /// The first `width` hashes of tile `index` at `level`.
    ///
    /// # Errors
    /// [`TileError::Level`] above 63, [`TileError::Width`] outside 1 to 256.
    pub fn new(level: u8, index: u64, width: u16) -> Result<Self, TileError> {
        if level > MAX_LEVEL {
            return Err(TileError::Level(level));
        }
        if width == 0 || width > FULL_WIDTH {
            return Err(TileError::Width(width));
        }
        Ok(Self { level, index, width })
    }

    /// Tile `index` at `level` as wide as a tree of `size` leaves has it; `None` while it is empty.
    #[must_use]
    pub fn at(level: u8, index: u64, size: u64) -> Option<Self> {
        let hashes_at_level = size.checked_shr(TILE_HEIGHT * u32::from(level)).unwrap_or(0);
        let before = index.checked_mul(u64::from(FULL_WIDTH))?;
        let width = hashes_at_level.checked_sub(before)?.min(u64::from(FULL_WIDTH));
        Self::new(level, index, u16::try_from(width).ok()?).ok()
    }

    /// The partial tiles of a tree of `size` leaves, lowest level first: what has to be read
    /// before the tree can grow. Full tiles never change again.
    pub fn partial(size: u64) -> impl Iterator<Item = Self> {
        (0..TILE_LEVELS).filter_map(move |level| {
            let hashes_at_level = size >> (TILE_HEIGHT * u32::from(level));
            let tile = Self::at(level, hashes_at_level >> TILE_HEIGHT, size)?;
            (tile.width < FULL_WIDTH).then_some(tile)
        })
    }

    /// Level 0 holds leaf hashes, level 1 the roots of full tiles of level 0, and so on.
    #[must_use]
    pub fn level(&self) -> u8 {
        self.level
    }

    /// Position among the tiles of the level, from 0.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Number of hashes, 1 to 256.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Number of bytes: 32 for each hash.
    #[must_use]
    pub fn byte_len(&self) -> usize {
        usize::from(self.width) * HASH_LEN
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/{}", self.level, IndexPath { index: self.index, width: self.width })
    }
}

impl FromStr for Tile {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        let rest = path.strip_prefix("tile/").ok_or(TileError::Path)?;
        let (level, rest) = rest.split_once('/').ok_or(TileError::Path)?;
        let level = parse_decimal(level).ok_or(TileError::Path)?;
        let level = u8::try_from(level).map_err(|_| TileError::Path)?;
        let IndexPath { index, width } = rest.parse()?;
        Self::new(level, index, width)
    }
}

/// The end of a path that tiles and bundles share: `x001/x234/067[.p/W]`.
pub(super) struct IndexPath {
    pub(super) index: u64,
    pub(super) width: u16,
}

impl fmt::Display for IndexPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // 1000^6 is the last power below 2^64: seven elements at most.
        for power in (1..7).rev() {
            let rest = self.index / 1000_u64.pow(power);
            if rest > 0 {
                write!(f, "x{:03}/", rest % 1000)?;
            }
        }
        write!(f, "{:03}", self.index % 1000)?;
        if self.width < FULL_WIDTH {
            write!(f, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

impl FromStr for IndexPath {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        let parsed = parse_index_path(path).ok_or(TileError::Path)?;
        // Formatting again refuses every second spelling: missing `x`, extra zeroes, width 256.
        if parsed.to_string() == path { Ok(parsed) } else { Err(TileError::Path) }
    }
}

fn parse_index_path(path: &str) -> Option<IndexPath> {
    let (index_part, width) = match path.split_once(".p/") {
        Some((index_part, width)) => (index_part, u16::try_from(parse_decimal(width)?).ok()?),
        None => (path, FULL_WIDTH),
    };
    let mut index = 0_u64;
    for element in index_part.split('/') {
        let digits = element.strip_prefix('x').unwrap_or(element);
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    Some(IndexPath { index, width })
}

/// Somewhere tiles can be read from: a table, a folder, a cache.
pub trait TileReader {
    /// Why a tile could not be read.
    type Error;

    /// The bytes stored so far of that tile: at least [`Tile::byte_len`] of them.
    ///
    /// # Errors
    /// When the tile is missing or cannot be read. Whoever calls checks the length.
    fn read(&self, tile: Tile) -> Result<Cow<'_, [u8]>, Self::Error>;
}

/// Tiles held in memory, for callers that fetch first (perhaps asynchronously) and prove after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TileSet(BTreeMap<(u8, u64), Vec<u8>>);

/// A [`TileSet`] was asked for a tile it does not hold.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0} was not fetched")]
pub struct MissingTile(pub Tile);

impl TileSet {
    /// Holds `bytes` as what is stored of tile `index` at `level`, in place of what it held before.
    pub fn insert(&mut self, level: u8, index: u64, bytes: Vec<u8>) {
        self.0.insert((level, index), bytes);
    }
}

impl TileReader for TileSet {
    type Error = MissingTile;

    fn read(&self, tile: Tile) -> Result<Cow<'_, [u8]>, MissingTile> {
        let stored = self.0.get(&(tile.level, tile.index)).ok_or(MissingTile(tile))?;
        Ok(Cow::Borrowed(stored))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_the_specification_shows() {
        let cases = [
            (0, 1_234_067, 256, "tile/0/x001/x234/067"),
            (0, 273, 112, "tile/0/273.p/112"),
            (1, 0, 256, "tile/1/000"),
            (63, 1000, 1, "tile/63/x001/000.p/1"),
            (7, u64::MAX, 255, "tile/7/x018/x446/x744/x073/x709/x551/615.p/255"),
        ];
        for (level, index, width, path) in cases {
            let tile = Tile::new(level, index, width).unwrap();
            assert_eq!(tile.to_string(), path);
            assert_eq!(path.parse(), Ok(tile));
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for path in [
            "tile/0/1",
            "tile/00/001",
            "tile/0/x001",
            "tile/0/001/002",
            "tile/0/x000/001",
            "tile/0/001.p/256",
            "tile/0/001.p/0",
            "tile/0/001.p/01",
            "tile/64/001",
            "tile/0/+01",
            "tile/0/",
            "/tile/0/001",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
            "tile/0/x001/x018/x446/x744/x073/x709/x551/615",
        ] {
            assert!(path.parse::<Tile>().is_err(), "{path}");
        }
    }

    #[test]
    fn the_example_of_70000_leaves() {
        let partial: Vec<String> = Tile::partial(70_000).map(|tile| tile.to_string()).collect();
        assert_eq!(partial, ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
        assert_eq!(Tile::at(0, 272, 70_000).unwrap().width(), FULL_WIDTH);
        assert_eq!(Tile::at(0, 274, 70_000), None);
        let of_256: Vec<String> = Tile::partial(256).map(|tile| tile.to_string()).collect();
        assert_eq!(of_256, ["tile/1/000.p/1"]);
        assert_eq!(Tile::partial(0).count(), 0);
        assert_eq!(Tile::partial(u64::MAX).count(), 8);
    }
}
