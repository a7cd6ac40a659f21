//! Taking the whole log home: see [`crate::export`] for what is written and how it is checked.

use std::path::Path;

use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::tile::{Tile, TileSet};
use barid_proto::v1::log_service_client::LogServiceClient;
use barid_proto::v1::{GetTileRequest, ListLeavesRequest};

use super::{Client, Progress, READ_WITHIN, stub, within};
use crate::error::ClientError;
use crate::export::{self, Growing, LogFolder};
use crate::memory::{Claim, Seen};

/// What an export came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The checkpoint that the folder now holds.
    pub newest: Seen,
    /// Leaves that it held before.
    pub had: u64,
}

impl Client {
    /// Writes the log into a folder as C2SP tlog-tiles, or what the folder lacks of it. Progress
    /// is told in leaves.
    ///
    /// # Errors
    /// [`EvidenceError::History`](crate::error::EvidenceError::History) when the log contradicts
    /// the checkpoint in the folder: both are kept with this office's memory. Any [`ClientError`];
    /// the folder then keeps the checkpoint it had.
    pub async fn export_log(
        &self,
        folder: &Path,
        progress: Progress<'_>,
    ) -> Result<Exported, ClientError> {
        let folder = LogFolder::open(folder)?;
        let held = folder.checkpoint(&self.office.trust)?;
        let newest = self.checkpoint().await?;
        self.reconcile(held.as_ref(), &newest, Claim::Newest).await?;
        let had = held.map_or(0, |held| held.checkpoint.size());
        let growing = folder.grow(&newest.checkpoint);
        self.export_tiles(&growing, had, &newest.checkpoint).await?;
        for tile in export::leaf_tiles(had, newest.checkpoint.size()) {
            let first = tile.index() * u64::from(barid_proto::tlog::tile::FULL_WIDTH);
            growing.put_leaves(tile, &self.leaves(first, u32::from(tile.width())).await?)?;
            progress(first + u64::from(tile.width()), newest.checkpoint.size());
        }
        growing.finish(&newest.note)?;
        Ok(Exported { newest, had })
    }

    /// Writes the tiles above the lowest level, and the partial one of that.
    async fn export_tiles(
        &self,
        growing: &Growing<'_>,
        had: u64,
        tree: &Checkpoint,
    ) -> Result<(), ClientError> {
        let mut edge = TileSet::default();
        for tile in Tile::partial(tree.size()) {
            edge.insert(tile.level(), tile.index(), self.tile(tile).await?);
        }
        growing.put_edge(&edge)?;
        for tile in export::full_tiles(had, tree.size()) {
            growing.put_tile(tile, &self.tile(tile).await?)?;
        }
        Ok(())
    }

    pub(super) async fn tile(&self, tile: Tile) -> Result<Vec<u8>, ClientError> {
        let (level, index) = (u32::from(tile.level()), tile.index());
        let request = GetTileRequest { level, index, width: u32::from(tile.width()) };
        let answer = self.call(|channel| {
            let request = within(READ_WITHIN, request);
            async move { stub!(LogServiceClient, channel).get_tile(request).await }
        });
        Ok(answer.await?.hashes)
    }

    /// As many leaves as asked for, unless the hub gives fewer.
    pub(super) async fn leaves(
        &self,
        first_index: u64,
        count: u32,
    ) -> Result<Vec<Vec<u8>>, ClientError> {
        let answer = self.call(|channel| {
            let request = within(READ_WITHIN, ListLeavesRequest { first_index, count });
            async move { stub!(LogServiceClient, channel).list_leaves(request).await }
        });
        Ok(answer.await?.leaves)
    }
}
