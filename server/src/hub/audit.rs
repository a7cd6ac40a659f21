//! The log, for verifiers, witnesses and auditors. Nothing here tells of a case.

use barid_proto::tlog::Hash;
use barid_proto::tlog::bundle::{self, Bundle};
use barid_proto::tlog::tile::{FULL_WIDTH, Tile};
use barid_proto::v1;

use super::Hub;
use super::read::{invalid, not_found};
use crate::error::{Error, Fault};

/// Most leaves in one answer: half a megabyte.
const LEAVES_MAX: u32 = 4_096;

/// Leaves in one answer when the caller does not say: one entry bundle.
const LEAVES_DEFAULT: u32 = 256;

/// Hashes in a whole tile.
const TILE_WIDTH: u32 = 256;

/// Bytes of a hash.
const HASH_BYTES: usize = 32;

impl Hub {
    /// The newest published checkpoint.
    #[must_use]
    pub fn checkpoint(&self) -> v1::GetCheckpointResponse {
        v1::GetCheckpointResponse { note: self.crafts.log.published().borrow().note.clone() }
    }

    /// A tile of the published tree. `None`: that tree is not as large, or the store has not
    /// this much of it.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn published_tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, Error> {
        let widest =
            Tile::at(tile.level(), tile.index(), self.crafts.log.published().borrow().size);
        if widest.is_none_or(|widest| widest.width() < tile.width()) {
            return Ok(None);
        }
        self.blocking(move |crafts| {
            let stored = crafts.store.tile(tile.level(), tile.index())?;
            Ok(stored.filter(|hashes| hashes.len() >= tile.byte_len()).map(|mut hashes| {
                hashes.truncate(tile.byte_len());
                hashes
            }))
        })
        .await
    }

    /// A bundle of the published leaves, as C2SP tlog-tiles writes it. `None`: as
    /// [`Hub::published_tile`].
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn published_bundle(&self, wanted: Bundle) -> Result<Option<Vec<u8>>, Error> {
        let widest = Tile::at(0, wanted.index(), self.crafts.log.published().borrow().size);
        if widest.is_none_or(|widest| widest.width() < wanted.width()) {
            return Ok(None);
        }
        self.blocking(move |crafts| {
            let first = wanted.index() * u64::from(FULL_WIDTH);
            let leaves = crafts.store.leaves(first, wanted.width().into())?;
            let mut bytes = Vec::new();
            for leaf in &leaves {
                bundle::append_leaf(&mut bytes, leaf)
                    .map_err(|error| Fault::while_doing("writing a bundle", error))?;
            }
            Ok((leaves.len() == usize::from(wanted.width())).then_some(bytes))
        })
        .await
    }

    /// A run of leaves.
    ///
    /// # Errors
    /// `REASON_REQUEST_INVALID` for a count that cannot be.
    pub async fn leaves(
        &self,
        request: v1::ListLeavesRequest,
    ) -> Result<v1::ListLeavesResponse, Error> {
        let count = match request.count {
            0 => LEAVES_DEFAULT,
            count if count <= LEAVES_MAX => count,
            _ => return Err(invalid(&format!("count is at most {LEAVES_MAX}"))),
        };
        self.blocking(move |crafts| {
            let leaves = crafts.store.leaves(request.first_index, count as usize)?;
            Ok(v1::ListLeavesResponse { leaves: leaves.iter().map(|leaf| leaf.to_vec()).collect() })
        })
        .await
    }

    /// A tile of hashes.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` when the tree is not that large yet.
    pub async fn tile(&self, request: v1::GetTileRequest) -> Result<v1::GetTileResponse, Error> {
        let width = match request.width {
            0 => TILE_WIDTH,
            width if width <= TILE_WIDTH => width,
            _ => return Err(invalid(&format!("width is at most {TILE_WIDTH}"))),
        };
        let level = u8::try_from(request.level).map_err(|_| not_found())?;
        self.blocking(move |crafts| {
            let mut hashes = crafts.store.tile(level, request.index)?.ok_or_else(not_found)?;
            let wanted = width as usize * HASH_BYTES;
            if hashes.len() < wanted {
                return Err(not_found());
            }
            hashes.truncate(wanted);
            Ok(v1::GetTileResponse { hashes })
        })
        .await
    }

    /// Proof that a leaf is in the tree of a size.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` for a leaf or size that the tree does not have.
    pub async fn inclusion(
        &self,
        request: v1::GetInclusionProofRequest,
    ) -> Result<v1::GetInclusionProofResponse, Error> {
        self.blocking(move |crafts| {
            let proof = crafts.log.inclusion_proof(request.leaf_index, request.tree_size)?;
            let tree_size = proof.size;
            Ok(v1::GetInclusionProofResponse { tree_size, path: hashes(&proof.path) })
        })
        .await
    }

    /// The newest cosigned checkpoint that does not cover a leaf.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` for a size that the tree does not have, or that does not cover the leaf.
    pub async fn bracket(
        &self,
        request: v1::GetBracketRequest,
    ) -> Result<v1::GetBracketResponse, Error> {
        self.blocking(move |crafts| {
            if request.tree_size <= request.leaf_index {
                return Err(not_found());
            }
            let Some(before) = crafts.store.cosigned_within(request.leaf_index)? else {
                return Ok(v1::GetBracketResponse::default());
            };
            let proof = crafts.log.consistency_proof(before.size, request.tree_size)?;
            let path = hashes(&proof.path);
            Ok(v1::GetBracketResponse { before_note: before.note, path })
        })
        .await
    }

    /// Proof that one tree is a prefix of another.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` for sizes that the tree does not have.
    pub async fn consistency(
        &self,
        request: v1::GetConsistencyProofRequest,
    ) -> Result<v1::GetConsistencyProofResponse, Error> {
        self.blocking(move |crafts| {
            let proof = crafts.log.consistency_proof(request.old_size, request.new_size)?;
            let new_size = proof.size;
            Ok(v1::GetConsistencyProofResponse { new_size, path: hashes(&proof.path) })
        })
        .await
    }
}

fn hashes(path: &[Hash]) -> Vec<Vec<u8>> {
    path.iter().map(|hash| hash.to_vec()).collect()
}
