//! One log as the ledger has it.

use crate::cosigners::Cosigners;
use crate::error::WitnessError;
use crate::judge::Seen;
use barid_client::{disk, hex};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::vkey::VerifierKey;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Stands where a checkpoint will stand. An empty file could also be a disk that lost its content.
const NOTHING: &str = "nothing cosigned yet\n";

/// SHA-256 of an origin in lower-case hexadecimal: how paths name a log.
#[must_use]
pub fn origin_hash(origin: &str) -> String {
    hex::encode(&Sha256::digest(origin))
}

/// A log that is followed, and what was cosigned of it.
#[derive(Debug)]
pub struct Log {
    origin: String,
    origin_hash: String,
    keys: Vec<VerifierKey>,
    path: PathBuf,
    /// `None` after a failed write.
    head: Mutex<Option<Head>>,
}

/// The newest cosigned checkpoint of a log, or none.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Its size and root.
    pub seen: Seen,
    /// The note with the log's lines and this witness's.
    pub note: Option<Note>,
    /// When it was cosigned, in seconds since 1970; 0 when nothing was.
    pub cosigned_at: u64,
}

impl Log {
    /// A log of which nothing was cosigned yet; that nothing is written down too.
    pub(super) fn begin(folder: &Path, key: VerifierKey) -> Result<Self, WitnessError> {
        let log = Self::new(folder, key, Head::default());
        match fs::read(&log.path) {
            Ok(there) if there != NOTHING.as_bytes() => {
                let why = "a checkpoint of this log was cosigned before; it is not in the list";
                Err(WitnessError::content(&log.path, why))
            }
            _ => {
                disk::replace(&log.path, NOTHING.as_bytes())?;
                Ok(log)
            }
        }
    }

    /// A log as it was left. Its checkpoint must bear a line of this witness: anything else was
    /// not written by it.
    pub(super) fn open(
        folder: &Path,
        key: VerifierKey,
        witness: &Cosigners,
    ) -> Result<Self, WitnessError> {
        let mut log = Self::new(folder, key, Head::default());
        let text = fs::read_to_string(&log.path).map_err(WitnessError::io(&log.path))?;
        if text != NOTHING {
            let damaged = |why: &dyn ToString| WitnessError::content(&log.path, why.to_string());
            let note = Note::parse(text.as_bytes()).map_err(|error| damaged(&error))?;
            let seen = Checkpoint::parse(note.text()).map_err(|error| damaged(&error))?;
            let cosigned_at = witness.cosigned_at(&note);
            let cosigned_at =
                cosigned_at.ok_or_else(|| damaged(&"not cosigned by this witness"))?;
            if seen.origin() != log.origin {
                return Err(damaged(&"a checkpoint of another log"));
            }
            let head = Head { seen: Seen(Some(seen)), note: Some(note), cosigned_at };
            log.head = Mutex::new(Some(head));
        }
        Ok(log)
    }

    fn new(folder: &Path, key: VerifierKey, head: Head) -> Self {
        let origin = key.name().to_owned();
        let origin_hash = origin_hash(&origin);
        let path = folder.join(format!("{origin_hash}.seen"));
        Self { origin, origin_hash, keys: vec![key], path, head: Mutex::new(Some(head)) }
    }

    pub(super) fn trust(&mut self, key: VerifierKey) {
        self.keys.push(key);
    }

    /// The identity of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// SHA-256 of the origin in lower-case hexadecimal, as the monitoring paths have it.
    #[must_use]
    pub fn origin_hash(&self) -> &str {
        &self.origin_hash
    }

    /// The keys that may sign its checkpoints.
    #[must_use]
    pub fn keys(&self) -> &[VerifierKey] {
        &self.keys
    }

    /// The newest checkpoint that was cosigned.
    ///
    /// # Errors
    /// [`WitnessError::Broken`].
    pub fn head(&self) -> Result<Head, WitnessError> {
        let head = self.head.lock().map_err(|_| WitnessError::Broken)?;
        head.clone().ok_or(WitnessError::Broken)
    }

    /// Compares and persists in one step: `next` sees what was cosigned and says what takes its
    /// place, or that nothing does, and nobody else can in between. When this returns well, the new
    /// head is durable.
    ///
    /// # Errors
    /// What `next` says; [`WitnessError::Broken`]; [`WitnessError::Disk`], after which everything
    /// is [`WitnessError::Broken`].
    pub fn exchange<E: From<WitnessError>>(
        &self,
        next: impl FnOnce(&Head) -> Result<Option<Head>, E>,
    ) -> Result<(), E> {
        let mut held = self.head.lock().map_err(|_| WitnessError::Broken)?;
        let Some(head) = next(held.as_ref().ok_or(WitnessError::Broken)?)? else { return Ok(()) };
        // Until the write has succeeded, what is on the disk is one of the two, unknown which.
        *held = None;
        let bytes = head.note.as_ref().map_or_else(|| NOTHING.to_owned(), Note::to_string);
        disk::replace(&self.path, bytes.as_bytes()).map_err(WitnessError::from)?;
        *held = Some(head);
        Ok(())
    }
}
