//! Reading a document: every chunk compared with the list before a byte of it leaves.

use std::sync::Arc;

use barid_proto::chunk::{CHUNK_BYTES, ChunkList};
use bytes::Bytes;

use super::depot::Depots;
use crate::error::Fault;
use crate::model::row::DocumentRow;

/// A document of which the chunk list is known.
pub struct DocumentReader {
    depots: Arc<Depots>,
    row: DocumentRow,
    list: ChunkList,
}

impl DocumentReader {
    pub(super) fn new(depots: Arc<Depots>, row: DocumentRow, list: ChunkList) -> Self {
        Self { depots, row, list }
    }

    /// Length of the document.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.row.size
    }

    /// The hashes of its chunks.
    #[must_use]
    pub fn list(&self) -> &ChunkList {
        &self.list
    }

    /// The bytes from `offset` to the end of the chunk that it lies in; none behind the end.
    ///
    /// # Errors
    /// When the chunk cannot be read, or has rotted in every depot.
    pub fn rest_of_chunk(&self, offset: u64) -> Result<Bytes, Fault> {
        if offset >= self.size() {
            return Ok(Bytes::new());
        }
        let chunk = self.depots.chunk(&self.row, offset / CHUNK_BYTES, &self.list)?;
        let skipped = usize::try_from(offset % CHUNK_BYTES).unwrap_or(usize::MAX);
        Ok(chunk.slice(skipped.min(chunk.len())..))
    }

    /// Up to `max` bytes from `offset` on; fewer only at the end.
    ///
    /// # Errors
    /// As [`DocumentReader::rest_of_chunk`].
    pub fn read_at(&self, offset: u64, max: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let mut at = offset;
        while bytes.len() < max {
            let part = self.rest_of_chunk(at)?;
            if part.is_empty() {
                break;
            }
            let wanted = part.len().min(max - bytes.len());
            bytes.extend_from_slice(part.get(..wanted).unwrap_or_default());
            at = at.saturating_add(wanted as u64);
        }
        Ok(bytes)
    }
}
