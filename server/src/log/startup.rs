//! Before anything is signed: is what the disk holds what was signed last?
//!
//! A log that starts from less than it signed, or from something else, would sign a second history
//! over the same leaves, and no apology undoes that. So every answer but "exactly the same" stops
//! the hub. That a whole, older copy was put back cannot be seen from here: witnesses see it.

use barid_proto::leaf::Leaf;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::prove;
use barid_proto::tlog::tile::{FULL_WIDTH, Tile, TileReader};
use barid_proto::tlog::tree::Tree;
use barid_proto::tlog::{EMPTY_ROOT, HASH_LEN, Hash, leaf_hash};

use super::signer::LogSigner;
use super::tiles::Tiles;
use crate::error::Fault;
use crate::model::row::HeadRow;
use crate::store::Store;

/// Leaves under one tile.
const WIDTH: u64 = FULL_WIDTH as u64;

/// What the log goes on from.
pub(super) struct Found {
    /// The newest signed head.
    pub(super) head: HeadRow,
    /// Its tree.
    pub(super) tree: Tree,
    /// When the newest leaf was accepted; 0: there is none.
    pub(super) accepted_at_ms: u64,
}

/// Checks the store against its last signed head.
pub(super) fn check(store: &dyn Store, tiles: &Tiles, signer: &LogSigner) -> Result<Found, Fault> {
    let Some(head) = store.head()? else { return begin(store, signer) };
    check_note(&head, signer)?;
    let size = head.size;
    if !store.leaves(size, 1)?.is_empty() {
        return Err(differs(size, "there are leaves behind it"));
    }
    let fetched = tiles.fetch(prove::tree_tiles(size))?;
    let tree = prove::tree(size, &fetched)
        .map_err(|error| Fault::while_doing("computing the root from the tiles", error))?;
    if tree.root() != head.root {
        return Err(differs(size, "the tiles of the right edge give another root"));
    }
    check_chain(tiles, size)?;
    let accepted_at_ms = check_leaves(store, tiles, size)?;
    Ok(Found { head, tree, accepted_at_ms })
}

/// The newest head that a quorum had cosigned; that of the empty log when there is none.
pub(super) fn published(
    store: &dyn Store,
    signer: &LogSigner,
    size: u64,
) -> Result<HeadRow, Fault> {
    match store.cosigned_within(size)? {
        Some(head) => check_note(&head, signer).map(|()| head),
        None => empty(signer),
    }
}

/// A log that never signed must be empty.
fn begin(store: &dyn Store, signer: &LogSigner) -> Result<Found, Fault> {
    if !store.leaves(0, 1)?.is_empty() || store.tile(0, 0)?.is_some() {
        return Err(differs(0, "there are leaves or tiles, but no head was signed"));
    }
    Ok(Found { head: empty(signer)?, tree: Tree::empty(), accepted_at_ms: 0 })
}

fn empty(signer: &LogSigner) -> Result<HeadRow, Fault> {
    let note = signer.sign(0, EMPTY_ROOT)?.to_string().into_bytes();
    Ok(HeadRow { size: 0, root: EMPTY_ROOT, note })
}

fn check_note(head: &HeadRow, signer: &LogSigner) -> Result<(), Fault> {
    let signed = Checkpoint::verify(&head.note, signer.verifier()).map_err(|error| {
        let what = "its note is not signed by the key and origin configured now: configure those \
                    with which it was signed";
        Fault::while_doing(text(head.size, what), error)
    })?;
    if signed.size() != head.size || *signed.root() != head.root {
        return Err(differs(head.size, "its note says another size or root"));
    }
    Ok(())
}

/// Each level's newest full tile must hash to what the level above says of it.
fn check_chain(tiles: &Tiles, size: u64) -> Result<(), Fault> {
    let mut hashes = size;
    for level in 0_u8.. {
        let Some(newest) = (hashes / WIDTH).checked_sub(1) else { break };
        let below = Tile::at(level, newest, size);
        let above = Tile::at(level + 1, newest / WIDTH, size);
        let (Some(below), Some(above)) = (below, above) else { break };
        let fetched = tiles.fetch([below, above])?;
        let mut tree = Tree::empty();
        tree.extend(hashes_of(&fetched, below)?);
        let named = hashes_of(&fetched, above)?.into_iter().nth((newest % WIDTH) as usize);
        if named != Some(tree.root()) {
            return Err(differs(size, &format!("{below} does not hash to what {above} says")));
        }
        hashes /= WIDTH;
    }
    Ok(())
}

/// The leaves under the last tile must hash to it. Says when the newest was accepted.
fn check_leaves(store: &dyn Store, tiles: &Tiles, size: u64) -> Result<u64, Fault> {
    let index = size.saturating_sub(1) / WIDTH;
    let Some(tile) = Tile::at(0, index, size) else { return Ok(0) };
    let leaves = store.leaves(index * WIDTH, tile.width().into())?;
    let rehashed: Vec<Hash> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
    if rehashed != hashes_of(&tiles.fetch([tile])?, tile)? {
        return Err(differs(size, &format!("its last leaves do not hash to {tile}")));
    }
    let newest = leaves.last().ok_or_else(|| differs(size, "its last leaf is missing"))?;
    let newest = Leaf::decode(newest)
        .map_err(|error| Fault::while_doing(text(size, "its last leaf is none"), error))?;
    Ok(newest.accepted_at_ms)
}

fn hashes_of(reader: &impl TileReader<Error = Fault>, tile: Tile) -> Result<Vec<Hash>, Fault> {
    let bytes = reader.read(tile)?;
    let (hashes, _) = bytes.as_chunks::<HASH_LEN>();
    Ok(hashes.iter().copied().take(tile.width().into()).collect())
}

fn differs(size: u64, what: &str) -> Fault {
    Fault::broken(text(size, what))
}

fn text(size: u64, what: &str) -> String {
    format!(
        "the log does not start: of the tree of {size} leaves that was signed last, {what}. \
         Restore the store from a copy that witnesses confirm; do not delete anything"
    )
}
