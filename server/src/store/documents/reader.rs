//! Reading a document whose bytes were checked.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::{HASHED_AT_ONCE, disk_fault};
use crate::error::Fault;
use crate::model::id::DocumentDigest;

/// Digests that are remembered as verified: 2 MiB of them. Then remembering starts again.
const REMEMBERED: usize = 65_536;

/// A document that was hashed as a whole and is what its digest says.
#[derive(Debug)]
pub struct DocumentReader {
    opened: File,
    path: PathBuf,
    size: u64,
}

impl DocumentReader {
    /// Length of the document.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Up to `max` bytes from `offset` on; fewer only at the end.
    ///
    /// # Errors
    /// When the disk cannot be read, or the file has become shorter.
    pub fn read_at(&self, offset: u64, max: usize) -> Result<Vec<u8>, Fault> {
        let left = self.size.saturating_sub(offset);
        let wanted = usize::try_from(left).map_or(max, |left| left.min(max));
        let mut bytes = vec![0; wanted];
        let read = self.opened.read_exact_at(&mut bytes, offset);
        read.map_err(|error| disk_fault("reading", &self.path, error))?;
        Ok(bytes)
    }
}

/// Takes an open file as a document, once its bytes were hashed.
pub(super) fn open(
    opened: File,
    path: PathBuf,
    document: DocumentDigest,
    verified: &Mutex<HashSet<DocumentDigest>>,
) -> Result<DocumentReader, Fault> {
    let metadata = opened.metadata().map_err(|error| disk_fault("measuring", &path, error))?;
    let known = || verified.lock().unwrap_or_else(PoisonError::into_inner);
    if !known().contains(&document) {
        let mut hasher = Sha256::new();
        hash_rest(&opened, &mut hasher).map_err(|error| disk_fault("reading", &path, error))?;
        if <[u8; 32]>::from(hasher.finalize()) != *document.as_bytes() {
            let place = path.display();
            return Err(Fault::broken(format!("{place} does not hold the bytes of its name")));
        }
        let mut known = known();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(document);
    }
    Ok(DocumentReader { opened, path, size: metadata.len() })
}

/// Hashes a file from where it stands to its end, and says how many bytes that were.
pub(super) fn hash_rest(mut file: &File, hasher: &mut Sha256) -> std::io::Result<u64> {
    let mut buffer = vec![0; HASHED_AT_ONCE];
    let mut length = 0;
    loop {
        let read = file.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(length);
        };
        hasher.update(bytes);
        length += read as u64;
    }
}
