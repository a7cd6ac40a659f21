//! A high-water mark beside the database: how far the log has ever been here.
//!
//! SQLite drops what follows a damaged place in its write-ahead log, and an operator may put an
//! older copy of the database back. Either way the hub would find a sound database of some time
//! ago, and sign a second history from there. The mark is written after each commit and lies in
//! another file, so that this is noticed. It is not made durable by itself: after a power cut it
//! may be older than the database, never newer. Witnesses see what it cannot.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::Fault;
use crate::model::row::HeadRow;

/// Its name in the store's directory.
pub(super) const MARK: &str = "hub.head";
/// Size u64be, root 32, checksum 8.
const LEN: usize = 48;

/// The open mark.
pub(super) struct Mark(File);

impl Mark {
    pub(super) fn open(directory: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true);
        Ok(Self(options.open(directory.join(MARK))?))
    }

    /// Refuses a database whose newest head is below the mark, or another at the same size.
    pub(super) fn check(&self, head: Option<&HeadRow>) -> Result<(), Fault> {
        let Some((size, root)) = self.read() else { return Ok(()) };
        let found = head.map_or(0, |head| head.size);
        if found > size || head.is_some_and(|head| found == size && head.root == root) {
            return Ok(());
        }
        Err(Fault::broken(format!(
            "the database ends with a head of {found} leaves, but one of {size} was signed here: \
             it is an older or another copy. Put the newest back; what it lacks was acknowledged"
        )))
    }

    /// Moves the mark to a head that is durable. That it cannot be written makes nothing undone,
    /// so it is no failure: the mark is then older, which it may be.
    pub(super) fn set(&self, head: &HeadRow) {
        let mut bytes = [&head.size.to_be_bytes()[..], &head.root].concat();
        let digest = Sha256::digest(&bytes);
        bytes.extend(digest.iter().take(LEN - bytes.len()));
        let _older = self.0.write_all_at(&bytes, 0);
    }

    /// `None` when there is none, or when a power cut left something else.
    fn read(&self) -> Option<(u64, [u8; 32])> {
        let mut bytes = [0; LEN];
        self.0.read_exact_at(&mut bytes, 0).ok()?;
        let (head, check) = bytes.split_at_checked(LEN - 8)?;
        let (size, root) = head.split_first_chunk()?;
        let sound = Sha256::digest(head).starts_with(check);
        sound.then_some((u64::from_be_bytes(*size), root.try_into().ok()?))
    }
}
