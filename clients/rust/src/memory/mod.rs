//! Remembers the newest checkpoint one has verified, and notices a log that rewrites its past.
//!
//! A receipt proves that a leaf is in *a* tree. Only somebody who remembers the tree of yesterday
//! can tell that today's tree is another one. So every checkpoint this machine verifies is compared
//! with the largest one before it, and the larger one is kept. What contradicts is kept for ever,
//! both sides of it: that is the evidence to show to the other institutions.

mod carried;

use std::path::{Path, PathBuf};

use barid_proto::tlog::Hash;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::proof::verify_consistency;
use barid_proto::v1::{SealedFiling, SeenCheckpoint};
use prost::Message as _;
use sha2::{Digest as _, Sha256};

use crate::disk;
use crate::error::{ClientError, EvidenceError, HistoryFault, LocalError};
use crate::hex;
use crate::trust::Trust;

/// More false filings than any court asks for.
const FALSE_MAX: usize = 256;

/// The folder that remembers.
#[derive(Debug, Clone)]
pub struct Memory {
    folder: PathBuf,
}

/// A verified checkpoint with the note it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Origin, size and root.
    pub checkpoint: Checkpoint,
    /// The signed note.
    pub note: Vec<u8>,
}

/// How a checkpoint stands to the one remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is the one remembered, or the first of its log: nothing more to prove.
    Settled,
    /// A consistency proof between these two sizes has to show that one tree begins the other.
    Needs {
        /// The smaller size.
        old_size: u64,
        /// The larger size.
        new_size: u64,
    },
}

/// What a checkpoint claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The newest one: it must not be smaller than what was seen before.
    Newest,
    /// One of any age, such as that of an old receipt.
    OfSomeTime,
}

impl Memory {
    /// Remembers in `folder`, which is made when it is not there.
    ///
    /// # Errors
    /// [`LocalError::Disk`].
    pub fn open(folder: &Path) -> Result<Self, LocalError> {
        disk::make_folder(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// The newest checkpoint seen of a log. The note is verified again: whoever can write to this
    /// folder still cannot make up a past.
    ///
    /// # Errors
    /// [`ClientError::Local`], and [`ClientError::Evidence`] when what is kept does not verify.
    pub fn newest(&self, origin: &str, trust: &Trust) -> Result<Option<Seen>, ClientError> {
        let Some(note) = disk::read_if_there(&self.path(origin))? else { return Ok(None) };
        let checkpoint = trust.checkpoint(&note)?.checkpoint;
        Ok(Some(Seen { checkpoint, note }))
    }

    /// What has to be proven before `shown` is believed.
    ///
    /// # Errors
    /// [`EvidenceError::History`] when no proof could help: the log shrank, or signed two trees of
    /// one size.
    pub fn stand(
        &self,
        had: Option<&Seen>,
        shown: &Seen,
        claim: Claim,
    ) -> Result<Standing, ClientError> {
        let Some(had) = had else { return Ok(Standing::Settled) };
        let (had_size, shown_size) = (had.checkpoint.size(), shown.checkpoint.size());
        if had_size == shown_size {
            if had.checkpoint.root() == shown.checkpoint.root() {
                return Ok(Standing::Settled);
            }
            return Err(self.accuse(had, shown, HistoryFault::TwoTrees(shown_size)));
        }
        if shown_size < had_size && claim == Claim::Newest {
            let fault = HistoryFault::Shrunk { had: had_size, shown: shown_size };
            return Err(self.accuse(had, shown, fault));
        }
        let (old_size, new_size) = (had_size.min(shown_size), had_size.max(shown_size));
        Ok(Standing::Needs { old_size, new_size })
    }

    /// Checks the consistency proof that [`Memory::stand`] asked for.
    ///
    /// # Errors
    /// [`EvidenceError::History`] when it does not hold.
    pub fn reconcile(&self, had: &Seen, shown: &Seen, path: &[Hash]) -> Result<(), ClientError> {
        let (old, new) = if had.checkpoint.size() <= shown.checkpoint.size() {
            (&had.checkpoint, &shown.checkpoint)
        } else {
            (&shown.checkpoint, &had.checkpoint)
        };
        verify_consistency(old.size(), new.size(), path, old.root(), new.root())
            .map_err(|proof| self.accuse(had, shown, HistoryFault::Forked(proof)))
    }

    /// Keeps `shown` when it is larger than what was seen before. Only after it was reconciled.
    ///
    /// # Errors
    /// [`LocalError::Disk`].
    pub fn remember(&self, had: Option<&Seen>, shown: &Seen) -> Result<(), LocalError> {
        let larger = had.is_none_or(|had| had.checkpoint.size() < shown.checkpoint.size());
        if larger {
            disk::replace(&self.path(shown.checkpoint.origin()), &shown.note)
        } else {
            Ok(())
        }
    }

    /// Keeps a filing that proves nothing, with the reason, for whoever has to show that the hub
    /// handed it out. Of a hub that never stops, the first [`FALSE_MAX`] are kept.
    ///
    /// # Errors
    /// [`LocalError::Disk`].
    pub fn keep_false(&self, filing: &SealedFiling, why: &str) -> Result<(), LocalError> {
        let folder = self.folder.join("not-believed");
        disk::make_folder(&folder)?;
        let kept = std::fs::read_dir(&folder).map_err(LocalError::at(&folder))?.count();
        if kept >= FALSE_MAX {
            return Ok(());
        }
        let bytes = filing.encode_to_vec();
        let name = hex::encode(&Sha256::digest(&bytes)).chars().take(16).collect::<String>();
        let kept = folder.join(name);
        disk::make_folder(&kept)?;
        disk::replace(&kept.join("why.txt"), format!("{why}\n").as_bytes())?;
        disk::replace(&kept.join("sealed-filing.bin"), &bytes)
    }

    /// Keeps a checkpoint and an envelope whose sender has seen a tree that is not in its history.
    #[must_use]
    pub fn accuse_by(&self, shown: &[u8], envelope: &[u8], size: u64) -> ClientError {
        let parts = [("shown.checkpoint", shown), ("sender.envelope", envelope)];
        self.keep(parts, HistoryFault::OtherSeen(size))
    }

    /// Keeps both notes and names the contradiction.
    pub(crate) fn accuse(&self, had: &Seen, shown: &Seen, why: HistoryFault) -> ClientError {
        self.keep([("had.checkpoint", &had.note), ("shown.checkpoint", &shown.note)], why)
    }

    /// That the disk is full must not hide a contradiction.
    fn keep(&self, parts: [(&str, &[u8]); 2], why: HistoryFault) -> ClientError {
        let named =
            parts.iter().fold(Sha256::new(), |hasher, (_, bytes)| hasher.chain_update(bytes));
        let name = hex::encode(&named.finalize()).chars().take(16).collect::<String>();
        let kept = self.folder.join("contradictions").join(name);
        let keep = || {
            disk::make_folder(&kept)?;
            parts.iter().try_for_each(|(name, bytes)| disk::replace(&kept.join(name), bytes))
        };
        match keep() {
            Ok(()) => EvidenceError::History { why, kept }.into(),
            Err(local) => {
                let kept = PathBuf::from(format!("(could not be kept: {local})"));
                EvidenceError::History { why, kept }.into()
            }
        }
    }

    fn path(&self, origin: &str) -> PathBuf {
        self.named(origin, "checkpoint")
    }

    fn named(&self, origin: &str, what: &str) -> PathBuf {
        let name = hex::encode(&Sha256::digest(origin)).chars().take(16).collect::<String>();
        self.folder.join(format!("{name}.{what}"))
    }
}

impl From<&Seen> for SeenCheckpoint {
    fn from(seen: &Seen) -> Self {
        Self { size: seen.checkpoint.size(), root: seen.checkpoint.root().to_vec() }
    }
}

#[cfg(test)]
mod tests;
