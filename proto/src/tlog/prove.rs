//! Making proofs from tiles, and growing the tiles.
//!
//! Everything a prover needs is the hash of some range of leaves, and every such range falls into
//! complete subtrees whose hashes are in tiles. So each question here comes twice: as the tiles
//! it needs (`…_tiles`, for callers that must fetch them first) and as the answer made from them.

use super::proof::MAX_PATH_LEN;
use super::tile::{FULL_WIDTH, TILE_HEIGHT, TILE_LEVELS, Tile, TileReader};
use super::tree::{Tree, root_of};
use super::{HASH_LEN, Hash};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Why nothing could be made from the tiles.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum ProveError<E> {
    /// The leaf is not in a tree of that size, or the older tree is the larger one.
    #[error("{asked} is outside a tree of {size} leaves")]
    Outside {
        /// The index of the leaf, or the size of the older tree.
        asked: u64,
        /// The size of the tree.
        size: u64,
    },
    /// Less is stored of a tile than a tree of that size needs.
    #[error("{0} is stored too short")]
    ShortTile(Tile),
    /// The tiles lead to another root than the tree: one of the two is damaged. Sign nothing.
    #[error("tree and tiles do not agree")]
    EdgeMismatch,
    /// A tile could not be read.
    #[error("a tile could not be read")]
    Read(#[source] E),
}

/// What one commit of the sequencer writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Growth {
    /// The tree with the new leaves.
    pub tree: Tree,
    /// The tiles that changed, each with all its bytes, lowest level first.
    pub tiles: Vec<(Tile, Vec<u8>)>,
}

/// The tiles that [`inclusion`] reads, no wider than needed; none when the leaf is not in the
/// tree. A static log has each partial tile in the width of its checkpoint only: ask it for
/// [`Tile::at`] of that size instead.
#[must_use]
pub fn inclusion_tiles(index: u64, size: u64) -> Vec<Tile> {
    tiles_of(inclusion_ranges(index, size).unwrap_or_default())
}

/// The path that proves leaf `index` in the tree of `size` leaves (RFC 9162 §2.1.3.1).
///
/// # Errors
/// [`ProveError::Outside`] unless `index < size`; otherwise when the tiles do not suffice.
pub fn inclusion<R: TileReader>(
    index: u64,
    size: u64,
    reader: &R,
) -> Result<Vec<Hash>, ProveError<R::Error>> {
    let ranges = inclusion_ranges(index, size).ok_or(ProveError::Outside { asked: index, size })?;
    hashes_of(ranges, reader)
}

/// The tiles that [`consistency`] reads; none when the older tree is the larger one.
#[must_use]
pub fn consistency_tiles(old_size: u64, size: u64) -> Vec<Tile> {
    tiles_of(consistency_ranges(old_size, size).unwrap_or_default())
}

/// The proof that the tree of `old_size` leaves began the tree of `size` leaves (RFC 9162
/// §2.1.4.1). Empty from size 0 and between equal sizes.
///
/// # Errors
/// [`ProveError::Outside`] unless `old_size <= size`; otherwise when the tiles do not suffice.
pub fn consistency<R: TileReader>(
    old_size: u64,
    size: u64,
    reader: &R,
) -> Result<Vec<Hash>, ProveError<R::Error>> {
    let ranges =
        consistency_ranges(old_size, size).ok_or(ProveError::Outside { asked: old_size, size })?;
    hashes_of(ranges, reader)
}

/// The tiles that [`tree`] reads.
#[must_use]
pub fn tree_tiles(size: u64) -> Vec<Tile> {
    tiles_of(std::iter::once(0..size))
}

/// The tree of `size` leaves with its root, recomputed from the tiles: for a sequencer that
/// starts, and for checking what was just written before it is signed.
///
/// # Errors
/// When the tiles do not suffice.
pub fn tree<R: TileReader>(size: u64, reader: &R) -> Result<Tree, ProveError<R::Error>> {
    Loaded::read(tree_tiles(size), reader)?.range_tree(0..size)
}

/// Grows `tree` by `leaf_hashes` and tells which tiles to write. Reads [`Tile::partial`] of the
/// present size and nothing else.
///
/// The new root is computed twice, from the tree's edge and from the bytes to be written: one bit
/// flipped in memory has ended a public log before.
///
/// # Errors
/// [`ProveError::EdgeMismatch`], or when the tiles do not suffice.
pub fn grow<R: TileReader>(
    tree: &Tree,
    leaf_hashes: &[Hash],
    reader: &R,
) -> Result<Growth, ProveError<R::Error>> {
    let loaded = Loaded::read(Tile::partial(tree.size), reader)?;
    let mut tiles = Vec::new();
    let mut rising = leaf_hashes.to_vec();
    let mut partial = Tile::partial(tree.size).peekable();
    for level in 0..TILE_LEVELS {
        if rising.is_empty() {
            break;
        }
        let mut hashes = match partial.next_if(|tile| tile.level == level) {
            Some(tile) => loaded.hashes(tile, 0)?.to_vec(),
            None => Vec::new(),
        };
        hashes.append(&mut rising);
        let first = tree.size >> (TILE_HEIGHT * u32::from(level)) >> TILE_HEIGHT;
        for (index, chunk) in (first..).zip(hashes.chunks(usize::from(FULL_WIDTH))) {
            let width = chunk.len() as u16;
            if width == FULL_WIDTH {
                rising.push(root_of(chunk.iter().copied()));
            }
            tiles.push((Tile { level, index, width }, chunk.concat()));
        }
    }
    let mut grown = tree.clone();
    grown.extend(leaf_hashes.iter().copied());
    let mut written = loaded;
    for (tile, bytes) in &tiles {
        written.0.insert((tile.level, tile.index), Cow::Borrowed(bytes));
    }
    if written.range_tree(0..grown.size)? != grown {
        return Err(ProveError::EdgeMismatch);
    }
    Ok(Growth { tree: grown, tiles })
}

/// A complete subtree: 2^height leaves, the `offset`-th such group from the left.
#[derive(Clone, Copy)]
struct Subtree {
    height: u32,
    offset: u64,
}

impl Subtree {
    /// The tile that holds its hash, or the hashes below from which it is made: no wider than
    /// needed, with the position in it of the first of those hashes.
    fn place(self) -> (Tile, usize) {
        let below = self.height % TILE_HEIGHT;
        // Does not overflow: counts smaller subtrees of a tree whose leaves fit a `u64`.
        let first = self.offset << below;
        let start = (first % u64::from(FULL_WIDTH)) as u16;
        let tile = Tile {
            level: (self.height / TILE_HEIGHT) as u8,
            index: first >> TILE_HEIGHT,
            width: start + (1 << below),
        };
        (tile, usize::from(start))
    }
}

/// The siblings met from the leaf up to the root.
fn inclusion_ranges(index: u64, size: u64) -> Option<Vec<Range<u64>>> {
    if index >= size {
        return None;
    }
    let mut ranges = Vec::with_capacity(MAX_PATH_LEN);
    let mut tree = 0..size;
    while tree.end - tree.start > 1 {
        let middle = split(&tree);
        if index < middle {
            ranges.push(middle..tree.end);
            tree.end = middle;
        } else {
            ranges.push(tree.start..middle);
            tree.start = middle;
        }
    }
    ranges.reverse();
    Some(ranges)
}

/// The last complete subtree of the old tree (unless it is all of it), then the siblings on the
/// way from it up to the root.
fn consistency_ranges(old_size: u64, size: u64) -> Option<Vec<Range<u64>>> {
    if old_size > size {
        return None;
    }
    let mut ranges = Vec::with_capacity(MAX_PATH_LEN);
    if old_size == 0 {
        return Some(ranges);
    }
    let mut tree = 0..size;
    while tree.end != old_size {
        let middle = split(&tree);
        if old_size <= middle {
            ranges.push(middle..tree.end);
            tree.end = middle;
        } else {
            ranges.push(tree.start..middle);
            tree.start = middle;
        }
    }
    if tree.start != 0 {
        ranges.push(tree);
    }
    ranges.reverse();
    Some(ranges)
}

/// Where a tree of two leaves or more parts: after the largest power of two below its size.
fn split(tree: &Range<u64>) -> u64 {
    tree.start + (1 << (tree.end - tree.start - 1).ilog2())
}

/// The complete subtrees of a range that starts where one of the largest can start.
fn subtrees(range: Range<u64>) -> impl Iterator<Item = Subtree> {
    let mut start = range.start;
    std::iter::from_fn(move || {
        let height = range.end.checked_sub(start)?.checked_ilog2()?;
        let subtree = Subtree { height, offset: start >> height };
        start += 1 << height;
        Some(subtree)
    })
}

/// The tiles needed for all ranges, each once and only as wide as needed.
fn tiles_of(ranges: impl IntoIterator<Item = Range<u64>>) -> Vec<Tile> {
    let mut widest = BTreeMap::new();
    for (tile, _) in ranges.into_iter().flat_map(subtrees).map(Subtree::place) {
        let known = widest.entry((tile.level, tile.index)).or_insert(tile);
        *known = tile.max(*known);
    }
    widest.into_values().collect()
}

fn hashes_of<R: TileReader>(
    ranges: Vec<Range<u64>>,
    reader: &R,
) -> Result<Vec<Hash>, ProveError<R::Error>> {
    let loaded = Loaded::read(tiles_of(ranges.iter().cloned()), reader)?;
    ranges.into_iter().map(|range| Ok(loaded.range_tree(range)?.root())).collect()
}

/// The tiles of one question, each read once.
struct Loaded<'a>(BTreeMap<(u8, u64), Cow<'a, [u8]>>);

impl<'a> Loaded<'a> {
    fn read<R: TileReader>(
        tiles: impl IntoIterator<Item = Tile>,
        reader: &'a R,
    ) -> Result<Self, ProveError<R::Error>> {
        let mut loaded = BTreeMap::new();
        for tile in tiles {
            let bytes = reader.read(tile).map_err(ProveError::Read)?;
            if bytes.len() < tile.byte_len() {
                return Err(ProveError::ShortTile(tile));
            }
            loaded.insert((tile.level, tile.index), bytes);
        }
        Ok(Self(loaded))
    }

    /// The hashes from `start` to the end of `tile`.
    fn hashes<E>(&self, tile: Tile, start: usize) -> Result<&[Hash], ProveError<E>> {
        let bytes = self.0.get(&(tile.level, tile.index));
        let wanted = bytes.and_then(|bytes| bytes.get(start * HASH_LEN..tile.byte_len()));
        Ok(wanted.ok_or(ProveError::ShortTile(tile))?.as_chunks().0)
    }

    /// The tree over a range alone, whose right end may be ragged.
    fn range_tree<E>(&self, range: Range<u64>) -> Result<Tree, ProveError<E>> {
        let size = range.end - range.start;
        let roots = subtrees(range).map(|subtree| {
            let (tile, start) = subtree.place();
            Ok(root_of(self.hashes(tile, start)?.iter().copied()))
        });
        Ok(Tree { size, edge: roots.collect::<Result<_, _>>()? })
    }
}
