//! Documents by their SHA-256: unfinished uploads on the hub's own disk, complete ones in a depot.
//!
//! How they travel and lie is told in `docs/exhibits.md`. Everything here blocks. Names are digests
//! and checked identifiers, so no path is ever made from foreign text.

mod chunkwise;
mod depot;
mod marking;
mod reader;
mod scrub;
mod staging;
mod upload;

#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use barid_proto::chunk;
use barid_proto::v1::Reason;

use crate::error::{Error, Fault, Refusal};
use crate::model::id::{DocumentDigest, InstitutionId};
use crate::model::row::DocumentRow;

use depot::{Bucket, Depot, Depots, Disk};
use staging::{MAX_PARTIALS, Partial, RETRY_MS};

pub use depot::{BucketPlace, Look};
pub use reader::DocumentReader;
pub use scrub::Scrubbed;
pub use upload::Upload;

/// Bytes read at a time when what lies on a disk is hashed.
const HASHED_AT_ONCE: usize = 1024 * 1024;

/// How much documents may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentLimits {
    /// The longest document, bytes.
    pub max_bytes: u64,
    /// All documents of one institution, bytes: complete ones and unfinished uploads.
    pub quota_bytes: u64,
    /// Free bytes on the disk below which no upload goes on.
    pub reserve_bytes: u64,
}

impl Default for DocumentLimits {
    fn default() -> Self {
        let max_bytes = 64 * 1024 * 1024 * 1024;
        Self { max_bytes, quota_bytes: u64::MAX, reserve_bytes: 1024 * 1024 * 1024 }
    }
}

/// Where complete documents lie: in each of these, and read from the first that has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The directory that unfinished uploads lie in, too.
    pub own: bool,
    /// Another directory.
    pub second: Option<PathBuf>,
    /// A bucket.
    pub bucket: Option<BucketPlace>,
}

impl Default for Places {
    fn default() -> Self {
        Self { own: true, second: None, bucket: None }
    }
}

impl Places {
    fn directories<'a>(&'a self, own: &'a Path) -> impl Iterator<Item = &'a Path> {
        Some(own).filter(|_| self.own).into_iter().chain(self.second.as_deref())
    }
}

/// The documents of a hub.
pub struct Documents {
    partial: PathBuf,
    depots: Arc<Depots>,
    limits: DocumentLimits,
    chunkwise: chunkwise::Places,
    /// Numbers documents that are being kept as a whole, so that their unfinished names differ.
    kept: AtomicU64,
}

/// The disk that uploads lie on, and how much of it stays free.
#[derive(Debug, Clone)]
struct Room {
    folder: PathBuf,
    reserve_bytes: u64,
}

/// What is held of a document that an institution has begun to upload.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Bytes: where the upload may go on.
    pub bytes: u64,
    /// Whether the list of its chunks is held, too.
    pub list: bool,
}

impl Documents {
    /// Opens the documents, with the unfinished uploads under a directory, which is made when it is
    /// missing.
    ///
    /// # Errors
    /// When directories cannot be made, or there is no depot.
    pub fn open(root: &Path, places: &Places, limits: DocumentLimits) -> Result<Self, Fault> {
        let partial = root.join("partial");
        fs::create_dir_all(&partial).map_err(|error| disk_fault("making", &partial, error))?;
        let mut depots: Vec<Box<dyn Depot>> = Vec::new();
        for directory in places.directories(root) {
            depots.push(Box::new(Disk::open(directory)?));
        }
        if let Some(bucket) = &places.bucket {
            depots.push(Box::new(Bucket::open(bucket)?));
        }
        if depots.is_empty() {
            return Err(Fault::broken("complete documents have no place to lie"));
        }
        let (depots, kept) = (Arc::new(Depots::new(depots)), AtomicU64::new(0));
        Ok(Self { partial, depots, limits, chunkwise: chunkwise::Places::default(), kept })
    }

    /// Length of a complete document. `None`: it is not held.
    ///
    /// # Errors
    /// When the depot cannot be read.
    pub fn size(&self, document: DocumentDigest) -> Result<Option<u64>, Fault> {
        self.depots.size(document)
    }

    /// What is held of an institution's own unfinished upload.
    ///
    /// # Errors
    /// When the disk cannot be read.
    pub fn held(
        &self,
        institution: &InstitutionId,
        document: DocumentDigest,
    ) -> Result<Held, Fault> {
        let partial = Partial::of(&self.partial, institution, document);
        let bytes = partial.length()?.unwrap_or(0);
        Ok(Held { bytes, list: length(&partial.list)?.is_some() })
    }

    /// Begins an upload at `offset`: at 0, which drops what is held, or at [`Documents::held`]. One
    /// upload for each institution and document at a time. `used_bytes` is what the institution's
    /// complete documents have.
    ///
    /// # Errors
    /// Refused: too large; over the quota; an offset where nothing can go on; too many unfinished
    /// uploads, or this one is running already. Failed: the disk, or too little room on it.
    pub fn upload(
        &self,
        institution: &InstitutionId,
        announced: DocumentRow,
        offset: u64,
        used_bytes: u64,
    ) -> Result<Upload, Error> {
        let (size, max) = (announced.size, self.limits.max_bytes.min(chunk::MAX_DOCUMENT_BYTES));
        if size == 0 || size > max {
            let text = format!("A document has 1 to {max} bytes, this one {size}.");
            return Err(Refusal::new(Reason::TooLarge, text).into());
        }
        let partial = Partial::of(&self.partial, institution, announced.digest);
        let own = partial.length()?;
        let begun = staging::begun(&self.partial, institution)?;
        if own.is_none() && begun.count >= MAX_PARTIALS {
            let text = format!("Finish some of the {MAX_PARTIALS} uploads that were begun.");
            return Err(Refusal::new(Reason::TooMany, text).with_retry(RETRY_MS).into());
        }
        let others = begun.bytes.saturating_sub(own.unwrap_or(0));
        let used = used_bytes.saturating_add(others);
        if used.saturating_add(size) > self.limits.quota_bytes {
            let quota = self.limits.quota_bytes;
            let text = format!(
                "{institution} holds {used} of the {quota} bytes it may hold; this document has \
                 {size}."
            );
            return Err(Refusal::new(Reason::QuotaUsed, text).into());
        }
        let places = (Arc::clone(&self.depots), self.room(), &self.chunkwise);
        Upload::begin(partial, announced, offset, places)
    }

    /// Keeps a small document that came as a whole. Several may keep the same one at once. It is
    /// written also when it is held: how long this takes tells nobody what others hold, the name is
    /// durable when this returns, and bytes that rotted are mended.
    ///
    /// # Errors
    /// When the disk cannot be written.
    pub fn keep(&self, content: &[u8]) -> Result<DocumentRow, Fault> {
        let hashes = chunk::hashes_of(content);
        let digest = DocumentDigest::new(hashes.sha256);
        let number = self.kept.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.partial.join(format!(".whole.{number}"));
        let write = || {
            let mut file = File::create(&unfinished)?;
            file.write_all(content)?;
            file.sync_all()
        };
        write().map_err(|error| disk_fault("writing", &unfinished, error))?;
        self.depots.place(&unfinished, digest, &hashes.chunks)?;
        Ok(DocumentRow { digest, size: hashes.size, chunk_root: Some(hashes.chunks.root()) })
    }

    /// Opens a document for reading. One whose root is not in the books yet is read as a whole.
    ///
    /// # Errors
    /// When a depot cannot be read, or no depot holds the document's list or bytes.
    pub fn read(&self, document: &DocumentRow) -> Result<DocumentReader, Fault> {
        let list = match &document.chunk_root {
            Some(root) => self.depots.list(document, root)?,
            None => self.depots.compute(document)?,
        };
        Ok(DocumentReader::new(Arc::clone(&self.depots), *document, list))
    }

    /// Whether bytes of a document were found in no depot, when it was read or by the scrubber.
    /// Whoever has them may upload them again.
    #[must_use]
    pub fn is_lost(&self, document: DocumentDigest) -> bool {
        self.depots.is_lost(document)
    }

    /// Notes that bytes of a document are nowhere.
    pub(crate) fn lose(&self, document: DocumentDigest) {
        self.depots.lose(document);
    }

    /// Removes the content of a document from every place, and what anybody has begun to upload of
    /// it. Doing so again changes nothing.
    ///
    /// # Errors
    /// When a place cannot be written; the others are done all the same.
    pub fn destroy(&self, document: DocumentDigest) -> Result<(), Fault> {
        let begun = staging::drop_document(&self.partial, document);
        self.depots.remove(document).and(begun)
    }

    /// The whole of a small document. `None`: it is not held, or has more than `max` bytes.
    ///
    /// # Errors
    /// As [`Documents::read`].
    pub fn whole(&self, document: DocumentDigest, max: usize) -> Result<Option<Vec<u8>>, Fault> {
        let size = self.depots.size(document)?;
        let Some(size) = size.filter(|size| *size <= max as u64) else { return Ok(None) };
        let row = DocumentRow { digest: document, size, chunk_root: None };
        self.read(&row)?.read_at(0, max).map(Some)
    }

    /// Gives up unfinished uploads that nobody went on with for two weeks, and says how many bytes
    /// that freed.
    ///
    /// # Errors
    /// When the disk cannot be read or written.
    pub fn sweep(&self, now: SystemTime) -> Result<u64, Fault> {
        staging::sweep(&self.partial, now)
    }

    fn room(&self) -> Room {
        Room { folder: self.partial.clone(), reserve_bytes: self.limits.reserve_bytes }
    }
}

impl Room {
    /// Whether more bytes may be written.
    ///
    /// # Errors
    /// When less is free than has to stay free.
    fn check(&self) -> Result<(), Error> {
        let disk = rustix::fs::statvfs(&self.folder);
        let disk = disk.map_err(|error| disk_fault("measuring", &self.folder, error.into()))?;
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        if free >= self.reserve_bytes {
            return Ok(());
        }
        let (place, reserve) = (self.folder.display(), self.reserve_bytes);
        let text = format!("{free} bytes are free at {place}, and {reserve} have to stay free");
        Err(Fault::broken(text).disk_full().into())
    }
}

fn length(path: &Path) -> Result<Option<u64>, Fault> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(disk_fault("measuring", path, error)),
    }
}

/// Makes the names in a directory durable.
fn sync_folder(folder: &Path) -> Result<(), Fault> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| disk_fault("making durable the names in", folder, error))
}

fn disk_fault(doing: &str, path: &Path, error: io::Error) -> Fault {
    let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    let fault = Fault::while_doing(format!("{doing} {}", path.display()), error);
    if full { fault.disk_full() } else { fault }
}
