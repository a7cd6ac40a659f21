//! A directory as a depot.
//!
//! ```text
//! ROOT/sha256/ab/cd…  the bytes of a document; never changed
//! ROOT/chunks/ab/cd…  its chunk list, where it has more than one chunk
//! ROOT/incoming/N     a copy on its way
//! ```

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use barid_proto::chunk::ChunkList;

use super::{Depot, Take};
use crate::error::Fault;
use crate::model::id::DocumentDigest;
use crate::store::documents::{disk_fault, length, sync_folder};

/// A directory with documents.
pub(in super::super) struct Disk {
    name: String,
    bytes: PathBuf,
    lists: PathBuf,
    incoming: PathBuf,
    /// Numbers copies on their way, so that their names differ.
    copies: AtomicU64,
}

impl Disk {
    /// Opens a depot in a directory, and makes it when it is missing.
    ///
    /// # Errors
    /// When directories cannot be made.
    pub(in super::super) fn open(root: &Path) -> Result<Self, Fault> {
        let disk = Self {
            name: root.display().to_string(),
            bytes: root.join("sha256"),
            lists: root.join("chunks"),
            incoming: root.join("incoming"),
            copies: AtomicU64::new(0),
        };
        for folder in [&disk.bytes, &disk.lists, &disk.incoming] {
            fs::create_dir_all(folder).map_err(|error| disk_fault("making", folder, error))?;
        }
        for left in fs::read_dir(&disk.incoming).map_err(|error| disk.lost(error))? {
            fs::remove_file(left.map_err(|error| disk.lost(error))?.path())
                .map_err(|error| disk.lost(error))?;
        }
        sync_folder(root)?;
        Ok(disk)
    }

    fn lost(&self, error: io::Error) -> Fault {
        disk_fault("emptying", &self.incoming, error)
    }

    /// A name that no other copy on its way has.
    fn unfinished(&self) -> PathBuf {
        self.incoming.join(self.copies.fetch_add(1, Ordering::Relaxed).to_string())
    }

    fn write(&self, content: &[u8], to: &Path) -> Result<(), Fault> {
        let unfinished = self.unfinished();
        let write = || {
            let mut file = File::create(&unfinished)?;
            file.write_all(content)?;
            file.sync_all()
        };
        write().map_err(|error| disk_fault("writing", &unfinished, error))?;
        put_in_place(&unfinished, to)
    }
}

impl Depot for Disk {
    fn name(&self) -> &str {
        &self.name
    }

    /// The order matters: the list, then the bytes' name. What has its name has its list.
    fn place(
        &self,
        (staged, take): (&Path, Take),
        document: DocumentDigest,
        list: &ChunkList,
    ) -> Result<(), Fault> {
        if list.hashes().len() > 1 {
            self.write(list.packed(), &place_of(&self.lists, document))?;
        }
        let complete = place_of(&self.bytes, document);
        if take == Take::Move {
            return put_in_place(staged, &complete);
        }
        let unfinished = self.unfinished();
        let copy =
            || fs::copy(staged, &unfinished).and_then(|_| File::open(&unfinished)?.sync_all());
        copy().map_err(|error| disk_fault("copying to", &unfinished, error))?;
        put_in_place(&unfinished, &complete)
    }

    fn size(&self, document: DocumentDigest) -> Result<Option<u64>, Fault> {
        length(&place_of(&self.bytes, document))
    }

    fn read(&self, document: DocumentDigest, range: Range<u64>) -> Result<Option<Vec<u8>>, Fault> {
        let path = place_of(&self.bytes, document);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(disk_fault("opening", &path, error)),
        };
        let wanted = usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(usize::MAX);
        let (mut bytes, mut read) = (vec![0; wanted], 0);
        while let Some(rest) = bytes.get_mut(read..).filter(|rest| !rest.is_empty()) {
            match file.read_at(rest, range.start + read as u64) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(disk_fault("reading", &path, error)),
            }
        }
        bytes.truncate(read);
        Ok(Some(bytes))
    }

    fn list(&self, document: DocumentDigest) -> Result<Option<Vec<u8>>, Fault> {
        let path = place_of(&self.lists, document);
        match fs::read(&path) {
            Ok(list) => Ok(Some(list)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(disk_fault("reading", &path, error)),
        }
    }

    /// The bytes first: what has its name has its list.
    fn remove(&self, document: DocumentDigest) -> Result<(), Fault> {
        for folder in [&self.bytes, &self.lists] {
            let path = place_of(folder, document);
            match fs::remove_file(&path) {
                Ok(()) => path.parent().map_or(Ok(()), sync_folder)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(disk_fault("removing", &path, error)),
            }
        }
        Ok(())
    }
}

/// Where something about a document lies.
fn place_of(folder: &Path, document: DocumentDigest) -> PathBuf {
    let hex = document.to_string();
    let (first, rest) = hex.split_at(2);
    folder.join(first).join(rest)
}

/// Gives a file whose bytes are durable its name, durably.
fn put_in_place(unfinished: &Path, complete: &Path) -> Result<(), Fault> {
    let failed = |error| disk_fault("putting in place", complete, error);
    let no_folder = || failed(io::Error::other("a path without a folder"));
    let folder = complete.parent().ok_or_else(no_folder)?;
    if !folder.exists() {
        fs::create_dir_all(folder).map_err(failed)?;
        sync_folder(folder.parent().ok_or_else(no_folder)?)?;
    }
    fs::rename(unfinished, complete).map_err(failed)?;
    sync_folder(folder)
}
