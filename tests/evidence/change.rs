//! Changes to the evidence that a verifier must find: one bit, in the middle of one part; and two
//! parts that fit each other and nothing else.
//!
//! Of what is signed it is one bit in the middle of the text and its first line: the second line,
//! the post-quantum one, is long, and none of the verifiers reads it.

use std::fs;
use std::path::Path;

use barid_client::proto::leaf::LEAF_LEN;
use barid_client::proto::tlog::bundle::Bundle;
use barid_client::proto::tlog::tile::Tile;
use barid_client::proto::tlog::{HASH_LEN, leaf_hash};
use tempfile::TempDir;

use super::produced;

/// How a signature line begins, behind the blank line.
const SIGNATURE: &[u8] = "\n\n\u{2014} ".as_bytes();

/// Parts of the evidence by their path, with whether one must read tiles to find a change there.
pub(crate) fn parts() -> Vec<(String, bool)> {
    let size = produced::newest().size();
    let tile = |level, index| Tile::at(level, index, size).expect("the log is large enough");
    let (full, partial) = (tile(0, 2), tile(0, size / 256));
    let bundle = |tile: Tile| Bundle::new(tile.index(), tile.width()).expect("as wide as its tile");
    let tiles = [full, partial, tile(1, 0)].map(|tile| format!("log/{tile}"));
    let bundles = [full, partial].map(|tile| format!("log/{}", bundle(tile)));
    let first = *produced::receipts().first().expect("receipts are kept");
    let rest = [
        "log/checkpoint".to_owned(),
        "older.checkpoint".to_owned(),
        format!("receipts/{first}.receipt"),
        format!("receipts/{first}.leaf"),
    ];
    let in_tiles = tiles.into_iter().chain(bundles).map(|path| (path, true));
    in_tiles.chain(rest.map(|path| (path, false))).collect()
}

/// The evidence with one bit of one part changed.
pub(crate) fn changed(part: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    copy(produced::evidence(), folder.path());
    let path = folder.path().join(part);
    let mut bytes = fs::read(&path).expect("the part is there");
    let middle = understood(&bytes) / 2;
    *bytes.get_mut(middle).expect("the part is not empty") ^= 1;
    fs::write(&path, bytes).expect("the folder is ours");
    folder
}

/// How many bytes the verifiers understand: up to the end of the first signature line, if there is
/// any.
fn understood(bytes: &[u8]) -> usize {
    let mut ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at);
    let signed = bytes.windows(SIGNATURE.len()).position(|run| run == SIGNATURE);
    signed.and_then(|start| ends.find(|end| *end >= start + SIGNATURE.len())).unwrap_or(bytes.len())
}

/// The evidence with one leaf exchanged, and its hash in the tile of the lowest level too. Only
/// the tile above tells: no proof of growth in the evidence passes here.
pub(crate) fn forged() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    copy(produced::evidence(), folder.path());
    let [bundle, tile] = ["log/tile/entries/002", "log/tile/0/002"].map(|p| folder.path().join(p));
    let mut leaves = fs::read(&bundle).expect("the bundle is there");
    let mut hashes = fs::read(&tile).expect("the tile is there");
    // The first leaf stands behind its length.
    let (_, leaf) = leaves.split_at_mut(size_of::<u16>());
    let leaf = leaf.first_chunk_mut::<LEAF_LEN>().expect("a leaf");
    leaf.reverse();
    let hash = hashes.first_chunk_mut::<HASH_LEN>().expect("a hash");
    *hash = leaf_hash(leaf);
    fs::write(&bundle, leaves).expect("the folder is ours");
    fs::write(&tile, hashes).expect("the folder is ours");
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder is ours");
    for found in fs::read_dir(from).expect("the evidence is there") {
        let path = found.expect("a name").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("the folder is ours");
        }
    }
}
