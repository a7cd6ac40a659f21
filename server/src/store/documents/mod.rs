//! Documents by their SHA-256, on disk.
//!
//! ```text
//! ROOT/sha256/ab/cd…                complete, verified and durable; never changed
//! ROOT/partial/<institution>.<hex>  an institution's own unfinished upload
//! ```
//!
//! Everything here blocks. Names are digests and checked identifiers, so no path is ever made from
//! foreign text.

mod reader;
mod upload;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use crate::error::{Error, Fault, Refusal};
use crate::model::id::{DocumentDigest, InstitutionId};
use barid_proto::v1::Reason;

pub use reader::DocumentReader;
pub use upload::Upload;

/// The longest document: some hundred thousand scanned pages. An upload of it takes hours on the
/// links that offices have; more is cut into volumes by whoever files it.
pub const MAX_DOCUMENT_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Unfinished uploads of one institution: its offices' largest filings at one time.
pub const MAX_PARTIALS: usize = 256;
/// An unfinished upload that nobody went on with for so long is given up.
pub const PARTIAL_AGE: Duration = Duration::from_secs(14 * 24 * 60 * 60);
/// When to try again after somebody else's upload of the same document, milliseconds.
const RETRY_MS: u64 = 5_000;
/// Bytes read at a time when a whole document is hashed.
const HASHED_AT_ONCE: usize = 1024 * 1024;

/// The documents under one directory.
pub struct Documents {
    complete: PathBuf,
    partial: PathBuf,
    /// What was hashed as a whole since the hub started; see [`Documents::read`].
    verified: Mutex<HashSet<DocumentDigest>>,
    /// Numbers documents that are being kept as a whole, so that their unfinished names differ.
    kept: AtomicU64,
}

impl Documents {
    /// Opens the documents under a directory, and makes it when it is missing.
    ///
    /// # Errors
    /// When directories cannot be made.
    pub fn open(root: &Path) -> Result<Self, Fault> {
        let documents = Self {
            complete: root.join("sha256"),
            partial: root.join("partial"),
            verified: Mutex::default(),
            kept: AtomicU64::new(0),
        };
        for folder in [&documents.complete, &documents.partial] {
            fs::create_dir_all(folder).map_err(|error| disk_fault("making", folder, error))?;
        }
        sync_folder(root)?;
        Ok(documents)
    }

    /// Length of a complete document. `None`: it is not held.
    ///
    /// # Errors
    /// When the disk cannot be read.
    pub fn size(&self, document: DocumentDigest) -> Result<Option<u64>, Fault> {
        length(&self.complete_path(document))
    }

    /// Bytes held of an institution's own unfinished upload; 0: there is none.
    ///
    /// # Errors
    /// When the disk cannot be read.
    pub fn held_bytes(
        &self,
        institution: &InstitutionId,
        document: DocumentDigest,
    ) -> Result<u64, Fault> {
        Ok(length(&self.partial_path(institution, document))?.unwrap_or(0))
    }

    /// Begins an upload of `size` bytes at `offset`: at 0, which drops what is held, or at
    /// [`Documents::held_bytes`], which hashes what is held again. One upload for each institution
    /// and document at a time.
    ///
    /// # Errors
    /// Refused: too large; an offset where nothing can go on; too many unfinished uploads, or this
    /// one is running already. Failed: the disk.
    pub fn upload(
        &self,
        institution: &InstitutionId,
        document: DocumentDigest,
        size: u64,
        offset: u64,
    ) -> Result<Upload, Error> {
        if size == 0 || size > MAX_DOCUMENT_BYTES {
            let text = format!("A document has 1 to {MAX_DOCUMENT_BYTES} bytes.");
            return Err(Refusal::new(Reason::TooLarge, text).into());
        }
        let partial = self.partial_path(institution, document);
        let known = length(&partial)?.is_some();
        if !known && self.count_partials(institution)? >= MAX_PARTIALS {
            let text = format!("Finish some of the {MAX_PARTIALS} uploads that were begun.");
            return Err(Refusal::new(Reason::TooMany, text).with_retry(RETRY_MS).into());
        }
        Upload::begin(partial, self.complete_path(document), document, size, offset)
    }

    /// Keeps a small document that came as a whole. Several may keep the same one at once. It is
    /// written also when it is held: how long this takes tells nobody what others hold, the name is
    /// durable when this returns, and bytes that rotted are mended.
    ///
    /// # Errors
    /// When the disk cannot be written.
    pub fn keep(&self, content: &[u8]) -> Result<DocumentDigest, Fault> {
        let document = DocumentDigest::of(content);
        let complete = self.complete_path(document);
        let number = self.kept.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.partial.join(format!(".whole.{number}"));
        let write = || {
            let mut file = File::create(&unfinished)?;
            file.write_all(content)?;
            file.sync_all()
        };
        write().map_err(|error| disk_fault("writing", &unfinished, error))?;
        put_in_place(&unfinished, &complete)?;
        Ok(document)
    }

    /// Opens a document for reading. The first time since the hub started, the whole of it is
    /// hashed before a byte leaves: bytes that rotted on the disk are a fault and never an answer.
    ///
    /// # Errors
    /// When the disk cannot be read, or holds other bytes than it should.
    pub fn read(&self, document: DocumentDigest) -> Result<Option<DocumentReader>, Fault> {
        let path = self.complete_path(document);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(disk_fault("opening", &path, error)),
        };
        reader::open(file, path, document, &self.verified).map(Some)
    }

    /// Gives up unfinished uploads that are older than [`PARTIAL_AGE`], and says how many bytes
    /// that freed.
    ///
    /// # Errors
    /// When the disk cannot be read or written.
    pub fn sweep(&self, now: SystemTime) -> Result<u64, Fault> {
        let failed = |error| disk_fault("sweeping", &self.partial, error);
        let mut freed = 0;
        for entry in fs::read_dir(&self.partial).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let metadata = entry.metadata().map_err(failed)?;
            // A file from the future has no age yet.
            let age = now.duration_since(metadata.modified().map_err(failed)?).unwrap_or_default();
            // One that is locked is gone on with at this moment.
            if age > PARTIAL_AGE && File::open(entry.path()).map_err(failed)?.try_lock().is_ok() {
                fs::remove_file(entry.path()).map_err(failed)?;
                freed += metadata.len();
            }
        }
        Ok(freed)
    }

    fn complete_path(&self, document: DocumentDigest) -> PathBuf {
        let hex = document.to_string();
        let (folder, name) = hex.split_at(2);
        self.complete.join(folder).join(name)
    }

    fn partial_path(&self, institution: &InstitutionId, document: DocumentDigest) -> PathBuf {
        self.partial.join(format!("{institution}.{document}"))
    }

    fn count_partials(&self, institution: &InstitutionId) -> Result<usize, Fault> {
        let failed = |error| disk_fault("listing", &self.partial, error);
        let prefix = format!("{institution}.");
        let mut count = 0;
        for entry in fs::read_dir(&self.partial).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            count += usize::from(name.as_encoded_bytes().starts_with(prefix.as_bytes()));
        }
        Ok(count)
    }
}

fn length(path: &Path) -> Result<Option<u64>, Fault> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(disk_fault("measuring", path, error)),
    }
}

/// Gives a file whose bytes are durable its name as a complete document, durably.
fn put_in_place(unfinished: &Path, complete: &Path) -> Result<(), Fault> {
    let failed = |error| disk_fault("putting in place", complete, error);
    let folder = complete.parent().ok_or_else(|| failed(no_folder()))?;
    if !folder.exists() {
        fs::create_dir_all(folder).map_err(failed)?;
        sync_folder(folder.parent().ok_or_else(|| failed(no_folder()))?)?;
    }
    fs::rename(unfinished, complete).map_err(failed)?;
    sync_folder(folder)
}

fn no_folder() -> io::Error {
    io::Error::other("a path without a folder")
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
