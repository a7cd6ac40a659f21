//! Tiles and bundles as files, in the paths of C2SP tlog-tiles.
//!
//! A partial tile is a file of its own and is removed only when the full one is there and counts.

use crate::error::WitnessError;
use barid_client::{disk, hex};
use barid_proto::tlog::bundle::{self, Bundle};
use barid_proto::tlog::tile::{FULL_WIDTH, Tile, TileReader};
use barid_proto::tlog::tree::Tree;
use barid_proto::tlog::{EMPTY_ROOT, Hash, leaf_hash, prove};
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

const FULL: u64 = FULL_WIDTH as u64;

/// The tiles of one log.
pub(super) struct TileFolder {
    folder: PathBuf,
}

/// The tiles as a tree of some size has them.
pub(super) struct TilesAt<'a> {
    folder: &'a Path,
    size: u64,
}

/// What counts of that which lies in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// Number of leaves.
    pub(super) size: u64,
    /// Root of their tree.
    pub(super) root: Hash,
    /// Time of the last leaf, in unix milliseconds.
    pub(super) last_leaf_ms: u64,
    /// When the witness cosigned the last checkpoint that was held whole, in unix seconds.
    pub(super) witnessed_at: u64,
}

impl Held {
    const NOTHING: Self = Self { size: 0, root: EMPTY_ROOT, last_leaf_ms: 0, witnessed_at: 0 };

    pub(super) fn read(folder: &Path) -> Result<Self, WitnessError> {
        let path = folder.join("held");
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).ok_or_else(|| WitnessError::content(&path, "damaged")),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::NOTHING),
            Err(error) => Err(WitnessError::io(&path)(error)),
        }
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), WitnessError> {
        let Self { size, root, last_leaf_ms, witnessed_at } = self;
        let text = format!("{size}\n{}\n{last_leaf_ms}\n{witnessed_at}\n", hex::encode(root));
        Ok(disk::replace(&folder.join("held"), text.as_bytes())?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let size = lines.next()?.parse().ok()?;
        let root = hex::decode(lines.next()?)?;
        let last_leaf_ms = lines.next()?.parse().ok()?;
        let witnessed_at = lines.next()?.parse().ok()?;
        Some(Self { size, root, last_leaf_ms, witnessed_at })
    }
}

impl TileReader for TilesAt<'_> {
    type Error = std::io::Error;

    fn read(&self, tile: Tile) -> Result<Cow<'_, [u8]>, Self::Error> {
        // Stored as wide as this size has it, which is at least as wide as asked for.
        let stored = Tile::at(tile.level(), tile.index(), self.size).unwrap_or(tile);
        fs::read(self.folder.join(stored.to_string())).map(Cow::Owned)
    }
}

impl TileFolder {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub(super) fn at(&self, size: u64) -> TilesAt<'_> {
        TilesAt { folder: &self.folder, size }
    }

    /// The tree of this size, from the hashes on the disk.
    pub(super) fn tree(&self, size: u64) -> Result<Tree, WitnessError> {
        let tree = prove::tree(size, &self.at(size));
        tree.map_err(|error| WitnessError::content(&self.folder, error))
    }

    /// Writes what a tree of `size` leaves gains with these; it does not count yet.
    pub(super) fn write(
        &self,
        size: u64,
        tiles: &[(Tile, Vec<u8>)],
        leaves: &[Vec<u8>],
    ) -> Result<(), WitnessError> {
        for (tile, bytes) in tiles {
            self.write_one(&tile.to_string(), bytes)?;
        }
        let mut bytes = self.partial_bundle(size)?;
        for (index, leaf) in (size..).zip(leaves) {
            let failed = |error| WitnessError::content(&self.folder, error);
            bundle::append_leaf(&mut bytes, leaf).map_err(failed)?;
            if (index + 1).is_multiple_of(FULL) {
                self.write_one(&bundle_path(index + 1), &bytes)?;
                bytes.clear();
            }
        }
        let new_size = size + leaves.len() as u64;
        if bytes.is_empty() { Ok(()) } else { self.write_one(&bundle_path(new_size), &bytes) }
    }

    /// Removes the partial tiles that full ones have replaced. One that stays harms nobody.
    pub(super) fn remove_partials(&self, old_size: u64, size: u64) {
        let partial = Tile::partial(old_size).filter(|tile| {
            Tile::at(tile.level(), tile.index(), size).is_some_and(|now| now.width() == FULL_WIDTH)
        });
        let tiles = partial.map(|tile| tile.to_string());
        let bundle = (old_size / FULL < size / FULL).then(|| bundle_path(old_size));
        for path in tiles.chain(bundle) {
            if let Some((full, _)) = path.split_once(".p/") {
                drop(fs::remove_dir_all(self.folder.join(format!("{full}.p"))));
            }
        }
    }

    /// Hashes every leaf again and compares with the hashes on the disk.
    pub(super) fn audit(&self, held: &Held) -> Result<(), WitnessError> {
        let (mut tree, tiles) = (Tree::empty(), self.at(held.size));
        while tree.size() < held.size {
            let index = tree.size() / FULL;
            let end = ((index + 1) * FULL).min(held.size);
            let path = self.folder.join(bundle_path(end));
            let bytes = fs::read(&path).map_err(WitnessError::io(&path))?;
            let leaves = bundle::leaves(&bytes).map_err(|why| WitnessError::content(&path, why))?;
            let hashes: Vec<Hash> = leaves.into_iter().map(leaf_hash).collect();
            let tile = Tile::at(0, index, held.size);
            let stored = tile.and_then(|tile| tiles.read(tile).ok()).unwrap_or_default();
            if hashes.len() as u64 != end - tree.size() || *stored != *hashes.concat() {
                return Err(WitnessError::content(
                    &path,
                    "a leaf is not the one that was mirrored",
                ));
            }
            tree.extend(hashes);
        }
        if tree.root() == held.root && self.tree(held.size)?.root() == held.root {
            return Ok(());
        }
        Err(WitnessError::content(
            &self.folder,
            "the leaves do not make the root that was mirrored",
        ))
    }

    /// The leaves behind the last full bundle, as their bundle has them.
    fn partial_bundle(&self, size: u64) -> Result<Vec<u8>, WitnessError> {
        if size.is_multiple_of(FULL) {
            return Ok(Vec::new());
        }
        let path = self.folder.join(bundle_path(size));
        fs::read(&path).map_err(WitnessError::io(&path))
    }

    fn write_one(&self, path: &str, bytes: &[u8]) -> Result<(), WitnessError> {
        let path = self.folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(WitnessError::io(parent))?;
        }
        Ok(disk::replace(&path, bytes)?)
    }
}

/// Whether a path is one of a tile or a bundle, in its only spelling.
pub(super) fn is_served(path: &str) -> bool {
    path.parse::<Tile>().is_ok() || path.parse::<Bundle>().is_ok()
}

/// The path of the bundle in which a tree of `size` leaves, not 0, ends.
fn bundle_path(size: u64) -> String {
    let last = size.saturating_sub(1);
    let width = (last % FULL + 1) as u16;
    // The width is between 1 and 256.
    Bundle::new(last / FULL, width).map(|bundle| bundle.to_string()).unwrap_or_default()
}
