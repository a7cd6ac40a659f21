//! Copies of the documents that pending envelopes name, so that what was stamped without a link
//! can be sent when the link is back, whatever became of the original path.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::disk;
use crate::draft::{ByteSource, HashedDocument};
use crate::error::LocalError;
use crate::hex;

/// Read at once while hashing: large enough to keep a disk busy, small enough for any machine.
pub(crate) const BLOCK_BYTES: usize = 256 * 1024;

/// Where the copy of a document lies.
pub(super) fn place(folder: &Path, sha256: &[u8]) -> PathBuf {
    folder.join(hex::encode(sha256))
}

/// Copies a document into `folder`, unless it is there already.
///
/// # Errors
/// [`LocalError::Content`] when the bytes changed since they were hashed for the draft.
pub(super) fn keep(folder: &Path, document: &HashedDocument) -> Result<(), LocalError> {
    let place = place(folder, &document.sha256);
    if place.exists() {
        return Ok(());
    }
    match &document.bytes {
        ByteSource::InMemory(bytes) => disk::replace(&place, bytes),
        ByteSource::At(source) => {
            let unfinished = folder.join("incoming.unfinished");
            let digest = copy(source, &unfinished)?;
            if digest != document.sha256 {
                return Err(LocalError::content(source, "it changed while it was being filed"));
            }
            fs::rename(&unfinished, &place).map_err(LocalError::at(&place))
        }
    }
}

/// Copies and hashes in one pass; the copy is on the disk when this returns.
fn copy(source: &Path, target: &Path) -> Result<[u8; 32], LocalError> {
    let mut from = File::open(source).map_err(LocalError::at(source))?;
    let mut to = File::create(target).map_err(LocalError::at(target))?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; BLOCK_BYTES];
    loop {
        let read = from.read(&mut block).map_err(LocalError::at(source))?;
        let Some(part) = block.get(..read).filter(|part| !part.is_empty()) else { break };
        hasher.update(part);
        to.write_all(part).map_err(LocalError::at(target))?;
    }
    to.sync_all().map_err(LocalError::at(target))?;
    Ok(hasher.finalize().into())
}

/// Removes copies that no pending envelope names any more.
pub(super) fn prune(folder: &Path, named: &BTreeSet<PathBuf>) -> Result<(), LocalError> {
    disk::finished(folder)?
        .iter()
        .filter(|path| !named.contains(*path))
        .try_for_each(|p| disk::remove(p))
}
