//! What the witness has cosigned: the one thing that must never be lost or go back.
//!
//! ```text
//! ledger/keys           whose ledger this is; written last by `init`, never changed
//! ledger/lock           held by the one process that may use it
//! ledger/logs           a verifier key of a log on each line
//! ledger/HASH.seen      the newest cosigned checkpoint of the log with that origin hash
//! ```
//!
//! Comparing and persisting are one step under one lock (tlog-witness demands it). A checkpoint
//! is on the disk, name and folder flushed, before its cosignature leaves this module's callers;
//! after a failed write nobody knows what is on the disk, and nothing is cosigned until the process
//! has been started again and has read it.
//!
//! A ledger restored from a backup is a ledger lost: it does not know what its key has cosigned
//! since. Nothing on this machine can notice that; the witness must be retired.

mod log;

pub use log::{Head, Log, origin_hash};

use crate::cosigners::Keys;
use crate::error::WitnessError;
use barid_client::disk;
use barid_proto::tlog::vkey::{KeyType, VerifierKey};
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// More logs than any institution follows; each costs a line and a note.
const MAX_LOGS: usize = 64;
/// The keys of one log: two algorithms, in use and next.
const MAX_KEYS_OF_A_LOG: usize = 4;

/// The ledger, held by this process alone.
#[derive(Debug)]
pub struct Ledger {
    folder: PathBuf,
    logs: BTreeMap<String, Log>,
    /// Unlocked when dropped.
    _lock: File,
}

impl Ledger {
    /// Makes an empty ledger of these keys. It must not be there yet.
    ///
    /// # Errors
    /// [`WitnessError::Content`] when it is; [`WitnessError::Disk`].
    pub fn create(folder: &Path, keys: &Keys) -> Result<(), WitnessError> {
        if folder.exists() {
            return Err(WitnessError::content(folder, "there is a ledger already"));
        }
        fs::create_dir_all(folder).map_err(WitnessError::io(folder))?;
        disk::replace(&folder.join("logs"), b"")?;
        Ok(disk::replace(&folder.join("keys"), keys.lines().as_bytes())?)
    }

    /// Takes the ledger for this process, with the keys it belongs to.
    ///
    /// # Errors
    /// [`WitnessError::NoLedger`] when there are keys without it, [`WitnessError::Setting`] when
    /// there is neither, [`WitnessError::InUse`], [`WitnessError::OtherKey`], and
    /// [`WitnessError::Content`] when what a listed log was cosigned for is missing or damaged.
    pub fn open(folder: &Path, key_folder: &Path) -> Result<(Self, Keys), WitnessError> {
        if !key_folder.exists() {
            let why = format!("{}: no witness here; see `barid-witness init`", folder.display());
            return Err(WitnessError::Setting(why));
        }
        let lines = fs::read_to_string(folder.join("keys"));
        let lines = lines.map_err(|_| WitnessError::NoLedger(folder.to_owned()))?;
        let lock = take_lock(folder)?;
        let keys = Keys::load(key_folder, &lines)?;
        let path = folder.join("logs");
        let listed = fs::read_to_string(&path).map_err(WitnessError::io(&path))?;
        let mut logs: BTreeMap<String, Log> = BTreeMap::new();
        for line in listed.lines() {
            let key: VerifierKey =
                line.parse().map_err(|error| WitnessError::content(&path, error))?;
            match logs.get_mut(key.name()) {
                Some(log) => log.trust(key),
                None => {
                    let log = Log::open(folder, key, &keys.witness)?;
                    logs.insert(log.origin().to_owned(), log);
                }
            }
        }
        Ok((Self { folder: folder.to_owned(), logs, _lock: lock }, keys))
    }

    /// Follows the log that signs with `key`, or trusts one more key of a log that is followed.
    ///
    /// # Errors
    /// [`WitnessError::Setting`] when nothing would change or there are too many;
    /// [`WitnessError::Disk`].
    pub fn add_log(&mut self, key: VerifierKey) -> Result<(), WitnessError> {
        if key.key_type() == KeyType::CosignatureEd25519 {
            let why = "a log signs with a key of type 0x01 or 0x06; this one is a witness's";
            return Err(WitnessError::Setting(why.to_owned()));
        }
        let known = self.logs.get(key.name()).map(Log::keys).unwrap_or_default();
        if known.contains(&key) {
            return Err(WitnessError::Setting(format!("{key} is trusted already")));
        }
        if known.len() >= MAX_KEYS_OF_A_LOG || self.logs.len() >= MAX_LOGS {
            return Err(WitnessError::Setting("there are too many logs or keys".to_owned()));
        }
        match self.logs.get_mut(key.name()) {
            Some(log) => log.trust(key),
            None => {
                // The empty beginning is on the disk before the list names it: a listed log whose
                // beginning is missing has lost its memory.
                let log = Log::begin(&self.folder, key)?;
                self.logs.insert(log.origin().to_owned(), log);
            }
        }
        let keys = self.logs.values().flat_map(Log::keys);
        let listed: String = keys.map(|key| format!("{key}\n")).collect();
        Ok(disk::replace(&self.folder.join("logs"), listed.as_bytes())?)
    }

    /// The log of this origin.
    #[must_use]
    pub fn log(&self, origin: &str) -> Option<&Log> {
        self.logs.get(origin)
    }

    /// Whether a write has failed, so that nothing can be cosigned until the process has been
    /// started again.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.logs.values().any(|log| log.head().is_err())
    }

    /// The logs that are followed, in the order of their origins.
    pub fn logs(&self) -> impl Iterator<Item = &Log> {
        self.logs.values()
    }
}

fn take_lock(folder: &Path) -> Result<File, WitnessError> {
    let path = folder.join("lock");
    let lock = File::create(&path).map_err(WitnessError::io(&path))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(WitnessError::InUse(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(WitnessError::io(&path)(error)),
    }
}
