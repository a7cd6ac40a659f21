//! One upload: bytes in order, hashed on the way, durable and in place at the end.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use barid_proto::v1::Reason;
use sha2::{Digest, Sha256};

use super::reader::hash_rest;
use super::{RETRY_MS, disk_fault, put_in_place};
use crate::error::{Error, Fault, Refusal};
use crate::model::id::DocumentDigest;

/// An upload under way. Dropping it keeps what was written, so that another can go on from there.
#[derive(Debug)]
pub struct Upload {
    /// Locked as long as this lives.
    written: File,
    partial: PathBuf,
    complete: PathBuf,
    digest: DocumentDigest,
    size: u64,
    held: u64,
    hasher: Sha256,
}

impl Upload {
    pub(super) fn begin(
        partial: PathBuf,
        complete: PathBuf,
        document: DocumentDigest,
        size: u64,
        offset: u64,
    ) -> Result<Self, Error> {
        let file = lock(&partial)?;
        let failed = |error| disk_fault("going on with", &partial, error);
        if offset == 0 {
            file.set_len(0).map_err(failed)?;
        }
        let mut hasher = Sha256::new();
        let held = hash_rest(&file, &mut hasher).map_err(failed)?;
        if offset != held || held > size {
            let text = format!("An upload goes on at byte {held}, or begins anew at 0.");
            return Err(Refusal::new(Reason::RequestInvalid, text).into());
        }
        Ok(Self { written: file, partial, complete, digest: document, size, held, hasher })
    }

    /// Bytes held so far.
    #[must_use]
    pub fn held_bytes(&self) -> u64 {
        self.held
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// Refused when there are more than were announced; nothing is kept then. Failed: the disk;
    /// what was written before stays.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let held = self.held + bytes.len() as u64;
        if held > self.size {
            let text = format!("There are more than the {} bytes announced.", self.size);
            return Err(self.mismatch(text));
        }
        if let Err(error) = (&self.written).write_all(bytes) {
            self.rewind();
            return Err(disk_fault("writing", &self.partial, error).into());
        }
        self.hasher.update(bytes);
        self.held = held;
        Ok(())
    }

    /// Makes the document durable and puts it in its place.
    ///
    /// # Errors
    /// Refused when bytes are missing (what is held stays) or are not those of the digest (nothing
    /// is kept). Failed: the disk.
    pub fn finish(self) -> Result<(), Error> {
        if self.held < self.size {
            let text = format!("{} of {} bytes came: send the rest.", self.held, self.size);
            return Err(Refusal::new(Reason::RequestInvalid, text).into());
        }
        let digest: [u8; 32] = self.hasher.clone().finalize().into();
        if digest != *self.digest.as_bytes() {
            let text = "The bytes received have another SHA-256 than was announced.";
            return Err(self.mismatch(text.to_owned()));
        }
        self.place().map_err(Error::from)
    }

    /// The order matters: bytes, then the name. A crash in between leaves the partial upload, which
    /// is hashed again before anybody goes on with it.
    fn place(&self) -> Result<(), Fault> {
        let failed = |error| disk_fault("putting in place", &self.complete, error);
        self.written.sync_all().map_err(failed)?;
        put_in_place(&self.partial, &self.complete)
    }

    fn mismatch(&self, text: String) -> Error {
        match fs::remove_file(&self.partial) {
            Ok(()) => Refusal::new(Reason::DigestMismatch, text).into(),
            Err(error) => disk_fault("dropping", &self.partial, error).into(),
        }
    }

    /// Drops what a failed write may have left behind the bytes that were counted. Should this
    /// fail too, the next upload finds a longer file, whose digest will not be right.
    fn rewind(&mut self) {
        let _longer = self.written.set_len(self.held);
        let _elsewhere = self.written.seek(SeekFrom::Start(self.held));
    }
}

/// Opens a partial upload for this upload alone.
fn lock(partial: &Path) -> Result<File, Error> {
    let failed = |error| disk_fault("opening", partial, error);
    let mut options = OpenOptions::new();
    let file = options.create(true).truncate(false).read(true).write(true).open(partial);
    let file = file.map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(busy().into()),
        Err(TryLockError::Error(error)) => return Err(failed(error).into()),
    }
    // Whoever had the lock may have put this very file in its place as a complete document.
    let opened = file.metadata().map_err(failed)?.ino();
    match fs::metadata(partial) {
        Ok(named) if named.ino() == opened => Ok(file),
        _ => Err(busy().into()),
    }
}

fn busy() -> Box<Refusal> {
    Refusal::new(Reason::TooMany, "This document is being uploaded already.").with_retry(RETRY_MS)
}
