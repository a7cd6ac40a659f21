//! Whole chunks on their way to the disk, past the kernel's page cache.
//!
//! A video of eight gigabytes is written once and not read soon. Through the page cache it would
//! push out what the hub needs all the time, its tables, and each new page costs nearly as much as
//! hashing it. So a chunk is gathered, hashed, compared, and written as one piece. What is less
//! than a chunk, papers that somebody will fetch in a minute, and everything on a file system that
//! cannot do this, are written as usual.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::Arc;

use barid_proto::chunk::CHUNK_BYTES;
use rustix::fs::OFlags;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What memory and places on a disk have to be a multiple of: the page, and more than any sector.
const ALIGNED_BYTES: usize = 4096;
/// Bytes of a chunk, in memory.
const CHUNK: usize = CHUNK_BYTES as usize;

/// Chunks that may be gathered at once: 64 MiB. Further uploads are written as usual.
const AT_ONCE_MAX: usize = 64;

/// Documents from this length on are written past the page cache.
const LARGE_BYTES: u64 = 64 * CHUNK_BYTES;

/// The places for chunks in memory.
#[derive(Debug)]
pub(super) struct Places {
    free: Arc<Semaphore>,
    large_bytes: u64,
}

impl Default for Places {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(AT_ONCE_MAX)), large_bytes: LARGE_BYTES }
    }
}

/// Writes whole chunks of one upload.
pub(super) struct Chunkwise {
    file: File,
    /// A chunk, and as much as it takes to begin it where it has to begin.
    buffer: Vec<u8>,
    begins: usize,
    filled: usize,
    _place: OwnedSemaphorePermit,
}

impl Chunkwise {
    /// For the file at this path, of a document with this length. `None`: it is not large, there is
    /// no place, or the file system cannot do it.
    pub(super) fn open(path: &Path, size: u64, places: &Places) -> Option<Self> {
        if size < places.large_bytes {
            return None;
        }
        let place = Arc::clone(&places.free).try_acquire_owned().ok()?;
        let direct = i32::try_from(OFlags::DIRECT.bits()).ok()?;
        let file = OpenOptions::new().write(true).custom_flags(direct).open(path).ok()?;
        let buffer = vec![0; CHUNK + ALIGNED_BYTES];
        let begins = buffer.as_ptr().align_offset(ALIGNED_BYTES);
        (begins <= ALIGNED_BYTES).then_some(Self { file, buffer, begins, filled: 0, _place: place })
    }

    /// Bytes gathered that no chunk was written of.
    pub(super) fn gathered(&self) -> &[u8] {
        self.buffer.get(self.begins..self.begins + self.filled).unwrap_or_default()
    }

    /// Takes more of the chunk, which has room for it, and says whether it is whole.
    pub(super) fn gather(&mut self, part: &[u8]) -> bool {
        let from = self.begins + self.filled;
        if let Some(place) = self.buffer.get_mut(from..from + part.len()) {
            place.copy_from_slice(part);
            self.filled += part.len();
        }
        self.filled == CHUNK
    }

    /// Writes the whole chunk, at its place in the file.
    pub(super) fn write_at(&mut self, offset: u64) -> std::io::Result<()> {
        self.file.write_all_at(self.gathered(), offset)?;
        self.clear();
        Ok(())
    }

    /// Gives up what was gathered.
    pub(super) fn clear(&mut self) {
        self.filled = 0;
    }
}

#[cfg(test)]
impl Places {
    /// For documents of any length.
    pub(super) fn for_any() -> Self {
        Self { large_bytes: 0, ..Self::default() }
    }

    /// Takes all, so that everything is written as usual.
    pub(super) fn take_all(&self) -> OwnedSemaphorePermit {
        let all = u32::try_from(AT_ONCE_MAX).unwrap();
        Arc::clone(&self.free).try_acquire_many_owned(all).unwrap()
    }
}
