//! The log as a folder of static files that anybody's tools can check, without the hub.
//!
//! ```text
//! checkpoint                 the signed note, written last
//! tile/<L>/<N>[.p/<W>]       256 hashes each, fewer in the last of a level
//! tile/entries/<N>[.p/<W>]   the leaves, each with its length before it
//! ```
//!
//! Layout: [C2SP tlog-tiles](https://c2sp.org/tlog-tiles). Nothing is written before it is known to
//! be what the checkpoint covers: the right edge leads to the checkpoint's root, each full tile to
//! its hash in the tile above, and the leaves are hashed to make the lowest tiles. A folder that is
//! cut short keeps its old checkpoint and is whole as far as that one goes.
//!
//! Partial tiles of older checkpoints stay, so that those can still be checked.

use std::borrow::Cow;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use barid_proto::tlog::bundle::{Bundle, append_leaf};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::tile::{FULL_WIDTH, Tile, TileReader, TileSet};
use barid_proto::tlog::tree::Tree;
use barid_proto::tlog::{HASH_LEN, Hash, leaf_hash, prove};

use crate::disk;
use crate::error::{ClientError, EvidenceError, LocalError};
use crate::memory::Seen;
use crate::trust::Trust;

/// The name of the signed note in the folder.
const CHECKPOINT: &str = "checkpoint";
/// Levels of tiles that a tree with a 64-bit size can have.
const LEVELS: u8 = 8;

/// A folder that holds a log, while no other process writes to it.
#[derive(Debug)]
pub struct LogFolder {
    path: PathBuf,
    // Held, not read: closing it lets the next process in.
    _lock: File,
}

/// A folder on its way to a larger tree.
#[derive(Debug)]
pub(crate) struct Growing<'a> {
    folder: &'a LogFolder,
    tree: &'a Checkpoint,
}

impl LogFolder {
    /// Opens a folder for writing; it is made when it is not there.
    ///
    /// # Errors
    /// [`LocalError::Disk`]; [`LocalError::Content`] while another process writes to it.
    pub fn open(path: &Path) -> Result<Self, LocalError> {
        disk::make_folder(path)?;
        // The folder itself is locked, so that nothing foreign has to lie in it.
        let lock = File::open(path).map_err(LocalError::at(path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => {
                Err(LocalError::content(path, "another process is writing to it"))
            }
            Err(TryLockError::Error(error)) => Err(LocalError::at(path)(error)),
        }
    }

    /// The checkpoint that the folder has; `None` when it has none yet. Its signatures and the
    /// tiles on its right edge are checked again.
    ///
    /// # Errors
    /// [`LocalError::Disk`]; [`LocalError::Content`] when something here was changed or lost.
    pub fn checkpoint(&self, trust: &Trust) -> Result<Option<Seen>, LocalError> {
        let path = self.path.join(CHECKPOINT);
        let Some(note) = disk::read_if_there(&path)? else { return Ok(None) };
        let verified = trust.checkpoint(&note);
        let checkpoint =
            verified.map_err(|e| LocalError::content(&path, e.to_string()))?.checkpoint;
        let size = checkpoint.size();
        let tree = prove::tree(size, &Stored { path: &self.path, size });
        if tree.is_ok_and(|tree| tree.root() == *checkpoint.root()) {
            return Ok(Some(Seen { checkpoint, note }));
        }
        let why = "its tiles do not lead to its checkpoint: export into a new folder";
        Err(LocalError::content(&self.path, why))
    }

    /// Begins to write what a tree has that the folder lacks.
    pub(crate) fn grow<'a>(&'a self, tree: &'a Checkpoint) -> Growing<'a> {
        Growing { folder: self, tree }
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), LocalError> {
        let path = self.path.join(name);
        path.parent().map_or(Ok(()), disk::make_folder)?;
        disk::replace(&path, bytes)
    }
}

impl Growing<'_> {
    /// Writes the partial tiles of the tree, all at once: only together do they lead to its root.
    pub(crate) fn put_edge(&self, edge: &TileSet) -> Result<(), ClientError> {
        let tree = prove::tree(self.tree.size(), edge);
        if !tree.is_ok_and(|tree| tree.root() == *self.tree.root()) {
            return Err(uncovered(&"the right edge of the tree"));
        }
        for tile in Tile::partial(self.tree.size()) {
            let hashes = edge.read(tile).map_err(|missing| uncovered(&missing.0))?;
            if hashes.len() != tile.byte_len() {
                return Err(uncovered(&tile));
            }
            self.folder.write(&tile.to_string(), &hashes)?;
        }
        Ok(())
    }

    /// Writes a full tile. The tiles above it must have been written.
    pub(crate) fn put_tile(&self, tile: Tile, hashes: &[u8]) -> Result<(), ClientError> {
        let (chunks, rest) = hashes.as_chunks::<HASH_LEN>();
        if hashes.len() != tile.byte_len() || !rest.is_empty() {
            return Err(uncovered(&tile));
        }
        let mut subtree = Tree::empty();
        subtree.extend(chunks.iter().copied());
        if self.hash_above(tile)? != Some(subtree.root()) {
            return Err(uncovered(&tile));
        }
        Ok(self.folder.write(&tile.to_string(), hashes)?)
    }

    /// Writes the leaves under a tile of the lowest level, and that tile.
    pub(crate) fn put_leaves(&self, tile: Tile, leaves: &[Vec<u8>]) -> Result<(), ClientError> {
        let bundle = Bundle::new(tile.index(), tile.width()).map_err(|_| uncovered(&tile))?;
        let hashes: Vec<u8> = leaves.iter().flat_map(|leaf| leaf_hash(leaf)).collect();
        if tile.width() == FULL_WIDTH {
            self.put_tile(tile, &hashes)?;
        } else if self.stored(tile)? != hashes {
            return Err(uncovered(&bundle));
        }
        let mut bytes = Vec::new();
        for leaf in leaves {
            append_leaf(&mut bytes, leaf).map_err(|_| uncovered(&bundle))?;
        }
        Ok(self.folder.write(&bundle.to_string(), &bytes)?)
    }

    /// Writes the checkpoint: from now on the folder holds the tree.
    pub(crate) fn finish(self, note: &[u8]) -> Result<(), LocalError> {
        self.folder.write(CHECKPOINT, note)
    }

    /// What the tree has as the root of a full tile.
    fn hash_above(&self, tile: Tile) -> Result<Option<Hash>, LocalError> {
        let width = u64::from(FULL_WIDTH);
        let (index, at) = (tile.index() / width, tile.index() % width);
        let Some(above) = Tile::at(tile.level() + 1, index, self.tree.size()) else {
            return Ok(None);
        };
        let stored = self.stored(above)?;
        let hash = usize::try_from(at).ok().and_then(|at| stored.as_chunks().0.get(at).copied());
        Ok(hash)
    }

    fn stored(&self, tile: Tile) -> Result<Vec<u8>, LocalError> {
        let stored = Stored { path: &self.folder.path, size: self.tree.size() };
        stored.read(tile).map(Cow::into_owned)
    }
}

/// The tiles of a folder as wide as a tree of `size` leaves has them.
struct Stored<'a> {
    path: &'a Path,
    size: u64,
}

impl TileReader for Stored<'_> {
    type Error = LocalError;

    fn read(&self, tile: Tile) -> Result<Cow<'_, [u8]>, LocalError> {
        let tile = Tile::at(tile.level(), tile.index(), self.size).unwrap_or(tile);
        let path = self.path.join(tile.to_string());
        std::fs::read(&path).map(Cow::Owned).map_err(LocalError::at(&path))
    }
}

/// The full tiles above the lowest level that a tree of `size` leaves has and one of `had` leaves
/// had not; each after the one above it.
pub(crate) fn full_tiles(had: u64, size: u64) -> impl Iterator<Item = Tile> {
    (1..LEVELS).rev().flat_map(move |level| tiles(level, had, size)).filter(is_full)
}

/// The tiles of the lowest level, the last of which may be partial, that a tree of `size` leaves
/// has and one of `had` leaves had not, or not as wide.
pub(crate) fn leaf_tiles(had: u64, size: u64) -> impl Iterator<Item = Tile> {
    tiles(0, had, size)
}

fn tiles(level: u8, had: u64, size: u64) -> impl Iterator<Item = Tile> {
    let leaves_in_tile = u64::from(FULL_WIDTH).checked_pow(u32::from(level) + 1);
    let first = leaves_in_tile.map_or(0, |leaves| had / leaves);
    (first..).map_while(move |index| Tile::at(level, index, size))
}

fn is_full(tile: &Tile) -> bool {
    tile.width() == FULL_WIDTH
}

fn uncovered(what: &dyn std::fmt::Display) -> ClientError {
    EvidenceError::Uncovered { what: what.to_string() }.into()
}

#[cfg(test)]
mod tests;
