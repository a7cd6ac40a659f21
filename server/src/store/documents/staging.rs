//! Where unfinished uploads lie, each its institution's own.
//!
//! ```text
//! ROOT/partial/<institution>.<hex>       the bytes so far
//! ROOT/partial/<institution>.<hex>.list  the chunk list that came with it
//! ROOT/partial/<institution>.<hex>.mark  up to where its bytes are durable, and the hasher there
//! ROOT/partial/.whole.N                  a small document on its way
//! ```

use std::fs::{self, DirEntry, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use barid_proto::v1::Reason;

use super::{disk_fault, length};
use crate::error::{Error, Fault, Refusal};
use crate::model::id::{DocumentDigest, InstitutionId};

/// Unfinished uploads of one institution: its offices' largest filings at one time.
pub(super) const MAX_PARTIALS: usize = 256;
/// An unfinished upload that nobody went on with for so long is given up.
pub(super) const PARTIAL_AGE: Duration = Duration::from_secs(14 * 24 * 60 * 60);
/// When to try again after somebody else's upload of the same document, milliseconds.
pub(super) const RETRY_MS: u64 = 5_000;
/// Ending of a chunk list's name.
const LIST: &str = "list";
/// Ending of a mark's name.
const MARK: &str = "mark";

/// The paths of one unfinished upload.
#[derive(Debug, Clone)]
pub(super) struct Partial {
    pub(super) bytes: PathBuf,
    pub(super) list: PathBuf,
    pub(super) mark: PathBuf,
}

/// What an institution has begun.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Begun {
    /// How many uploads.
    pub(super) count: usize,
    /// Bytes of all of them.
    pub(super) bytes: u64,
}

impl Partial {
    pub(super) fn of(folder: &Path, institution: &InstitutionId, document: DocumentDigest) -> Self {
        let bytes = folder.join(format!("{institution}.{document}"));
        let (list, mark) = (bytes.with_added_extension(LIST), bytes.with_added_extension(MARK));
        Self { bytes, list, mark }
    }

    /// Length of the bytes so far. `None`: nothing was begun.
    pub(super) fn length(&self) -> Result<Option<u64>, Fault> {
        length(&self.bytes)
    }

    /// Opens the bytes for one upload alone.
    ///
    /// # Errors
    /// Refused while another has them open.
    pub(super) fn lock(&self) -> Result<File, Error> {
        let path = &self.bytes;
        let failed = |error| disk_fault("opening", path, error);
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(false).read(true).write(true).open(path);
        let file = file.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy().into()),
            Err(TryLockError::Error(error)) => return Err(failed(error).into()),
        }
        // Whoever had the lock may have put this very file in its place as a complete document.
        let opened = file.metadata().map_err(failed)?.ino();
        match fs::metadata(path) {
            Ok(named) if named.ino() == opened => Ok(file),
            _ => Err(busy().into()),
        }
    }

    /// Puts something beside the bytes, durably: `path` is one of this upload's.
    pub(super) fn put_beside(path: &Path, content: &[u8]) -> Result<(), Fault> {
        let unfinished = path.with_added_extension("new");
        let put = || {
            let mut file = File::create(&unfinished)?;
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&unfinished, path)
        };
        put().map_err(|error| disk_fault("writing", path, error))
    }

    /// What lies beside the bytes; `None`: nothing.
    pub(super) fn beside(path: &Path) -> Result<Option<Vec<u8>>, Fault> {
        match fs::read(path) {
            Ok(content) => Ok(Some(content)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(disk_fault("reading", path, error)),
        }
    }

    /// Drops what lies beside the bytes.
    pub(super) fn drop_beside(&self) -> Result<(), Fault> {
        [&self.list, &self.mark].into_iter().try_for_each(|path| remove(path))
    }

    /// Drops everything.
    pub(super) fn drop_all(&self) -> Result<(), Fault> {
        remove(&self.bytes)?;
        self.drop_beside()
    }
}

/// Counts what an institution has begun.
pub(super) fn begun(folder: &Path, institution: &InstitutionId) -> Result<Begun, Fault> {
    let failed = |error| disk_fault("listing", folder, error);
    let prefix = format!("{institution}.");
    let mut begun = Begun::default();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let Some(rest) = name.as_encoded_bytes().strip_prefix(prefix.as_bytes()) else { continue };
        if rest.contains(&b'.') {
            continue;
        }
        // One that ends at this moment is none any more.
        if let Ok(metadata) = entry.metadata() {
            begun.count += 1;
            begun.bytes = begun.bytes.saturating_add(metadata.len());
        }
    }
    Ok(begun)
}

/// Drops what anybody has begun of a document.
pub(super) fn drop_document(folder: &Path, document: DocumentDigest) -> Result<(), Fault> {
    let failed = |error| disk_fault("listing", folder, error);
    let (name, beside) = (format!(".{document}"), format!(".{document}."));
    for found in fs::read_dir(folder).map_err(failed)? {
        let path = found.map_err(failed)?.path();
        let text = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if text.ends_with(&name) || text.contains(&beside) {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Gives up what nobody went on with, and says how many bytes that freed.
pub(super) fn sweep(folder: &Path, now: SystemTime) -> Result<u64, Fault> {
    let failed = |error| disk_fault("sweeping", folder, error);
    let mut freed = 0;
    for entry in fs::read_dir(folder).map_err(failed)? {
        freed += sweep_one(&entry.map_err(failed)?, now).map_err(failed)?;
    }
    Ok(freed)
}

fn sweep_one(entry: &DirEntry, now: SystemTime) -> io::Result<u64> {
    let path = entry.path();
    let beside = [LIST, MARK].iter().any(|end| path.extension().is_some_and(|is| is == *end));
    if beside && path.with_extension("").exists() {
        return Ok(0);
    }
    let metadata = entry.metadata()?;
    // A file from the future has no age yet.
    let age = now.duration_since(metadata.modified()?).unwrap_or_default();
    // One that is locked is gone on with at this moment.
    if age <= PARTIAL_AGE || File::open(&path)?.try_lock().is_err() {
        return Ok(0);
    }
    fs::remove_file(&path)?;
    Ok(metadata.len())
}

fn remove(path: &Path) -> Result<(), Fault> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(disk_fault("dropping", path, error))
        }
        _ => Ok(()),
    }
}

fn busy() -> Box<Refusal> {
    Refusal::new(Reason::TooMany, "This document is being uploaded already.").with_retry(RETRY_MS)
}
