//! Documents that ended a plugin's worker twice: kept, and not read again by that plugin.
//!
//! Each is two files: `NAME.request`, the bytes that were handed over, and `NAME.toml`, what
//! happened. An operator who takes the `.toml` away lets the document in again when plugins are
//! loaded next; a plugin of another digest gets it anyway.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use barid_plugin_host::{CallFailure, PluginIdentity};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::kept;

/// Ends of a worker that put a document in quarantine.
const STRIKES_MAX: u8 = 2;

/// Documents with one strike that are remembered. They are forgotten together when there are more:
/// then each has its two attempts again.
const STRUCK_MAX: usize = 4_096;

/// Documents in quarantine that are remembered, whether their bytes are kept or not. One more is
/// given its two attempts each time: a memory that grows for ever would end the hub instead.
const HELD_MAX: usize = 65_536;

/// Documents whose bytes are kept. More are refused all the same, until the next start.
const KEPT_MAX: usize = 1_000;

/// Most bytes that are kept of all documents together.
const KEPT_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// What was asked, of which plugin: SHA-256 over its digest, the operation and the request.
pub(super) type Name = [u8; 32];

/// What is kept beside the bytes, for an operator and the plugin's authors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    /// The plugin's name and version.
    pub(super) plugin: String,
    /// The library's digest.
    pub(super) plugin_sha256: String,
    /// `decode` or `encode`.
    pub(super) operation: String,
    /// The format.
    pub(super) format: String,
    /// Whose document it was.
    pub(super) institution: String,
    /// How the worker ended.
    pub(super) how: String,
}

/// All documents in quarantine.
#[derive(Debug, Default)]
pub(super) struct Quarantine {
    folder: Option<PathBuf>,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    struck: BTreeMap<Name, u8>,
    held: BTreeSet<Name>,
    bytes: u64,
}

impl Quarantine {
    /// Reads which documents are held in a folder.
    pub(super) fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        let quarantine = Self { folder: Some(folder), known: Mutex::default() };
        quarantine.read_again()?;
        Ok(quarantine)
    }

    /// Reads the folder again: what an operator took away is let in.
    pub(super) fn read_again(&self) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let (mut held, mut bytes) = (BTreeSet::new(), 0);
        for found in fs::read_dir(folder)? {
            let found = found?;
            let path = found.path();
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("toml") => held.extend(name_of(&path)),
                Some("request") => bytes += found.metadata()?.len(),
                _ => {}
            }
        }
        *self.lock() = Known { struck: BTreeMap::new(), held, bytes };
        Ok(())
    }

    /// The name of a request, unless nothing could be known of it: hashing megabytes for every
    /// call would cost more than reading them.
    pub(super) fn name_if_needed(
        &self,
        plugin: &PluginIdentity,
        operation: &str,
        request: impl FnOnce() -> Vec<u8>,
    ) -> Option<Name> {
        let known = self.lock();
        let empty = known.struck.is_empty() && known.held.is_empty();
        drop(known);
        (!empty).then(|| name(plugin, operation, &request()))
    }

    /// Whether this request is not to be given to the plugin.
    pub(super) fn holds(&self, name: &Name) -> bool {
        self.lock().held.contains(name)
    }

    /// Counts the end of a worker. Says whether the request is in quarantine now; it is kept then.
    pub(super) fn strike(&self, name: Name, failure: &CallFailure) -> bool {
        // A worker that died was replaced, and the replacement died too.
        let strikes = if matches!(failure, CallFailure::Died { .. }) { STRIKES_MAX } else { 1 };
        let mut known = self.lock();
        if known.struck.len() >= STRUCK_MAX {
            known.struck.clear();
        }
        let count = known.struck.entry(name).or_default();
        *count = count.saturating_add(strikes);
        if *count < STRIKES_MAX {
            return false;
        }
        known.struck.remove(&name);
        known.held.len() < HELD_MAX && known.held.insert(name)
    }

    /// Keeps the bytes. Blocks.
    pub(super) fn keep(&self, name: &Name, request: &[u8], note: &Note) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let length = request.len() as u64;
        {
            let mut known = self.lock();
            if known.held.len() > KEPT_MAX || known.bytes + length > KEPT_BYTES_MAX {
                return Err(io::Error::other("there is no room left: look at what is there"));
            }
            known.bytes += length;
        }
        let stem = folder.join(barid_plugin_host::manifest::to_hex(name));
        let bytes = stem.with_extension("request");
        let written = kept::write(&bytes, request).and_then(|()| {
            let note = toml::to_string(note).map_err(io::Error::other)?;
            kept::write(&stem.with_extension("toml"), note.as_bytes())
        });
        if written.is_err() {
            // Bytes without a note hold nothing back after a restart, and take room.
            let _ = fs::remove_file(&bytes);
            let mut known = self.lock();
            known.bytes = known.bytes.saturating_sub(length);
        }
        written
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The name of a request to a plugin.
pub(super) fn name(plugin: &PluginIdentity, operation: &str, request: &[u8]) -> Name {
    let mut digest = Sha256::new();
    digest.update(plugin.sha256);
    digest.update(operation);
    digest.update([0]);
    digest.update(request);
    digest.finalize().into()
}

fn name_of(path: &Path) -> Option<Name> {
    let text = path.file_stem()?.to_str()?;
    barid_plugin_host::manifest::from_hex(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plugin() -> PluginIdentity {
        PluginIdentity { name: "p".to_owned(), version: "1".to_owned(), sha256: [1; 32] }
    }

    fn note() -> Note {
        Note {
            plugin: "p 1".to_owned(),
            plugin_sha256: "01".to_owned(),
            operation: "decode".to_owned(),
            format: "p/x".to_owned(),
            institution: "ihec".to_owned(),
            how: "it aborted".to_owned(),
        }
    }

    #[test]
    fn two_slow_calls_or_two_deaths_put_a_request_away() {
        let quarantine = Quarantine::default();
        let slow = CallFailure::TooSlow { deadline_ms: 1 };
        let dead = CallFailure::Died { how: "it aborted".to_owned() };
        let ours = name(&plugin(), "decode", b"a");
        assert!(quarantine.name_if_needed(&plugin(), "decode", Vec::new).is_none());
        assert!(!quarantine.strike(ours, &slow));
        assert!(!quarantine.holds(&ours));
        assert_eq!(quarantine.name_if_needed(&plugin(), "decode", || b"a".to_vec()), Some(ours));
        assert!(quarantine.strike(ours, &slow));
        assert!(quarantine.holds(&ours));
        let other = name(&plugin(), "encode", b"a");
        assert!(!quarantine.holds(&other), "another operation is another request");
        assert!(quarantine.strike(other, &dead));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let quarantine = Quarantine::default();
        let dead = CallFailure::Died { how: "it aborted".to_owned() };
        let number = |at: usize| name(&plugin(), "decode", &at.to_le_bytes());
        assert!((0..HELD_MAX).all(|at| quarantine.strike(number(at), &dead)));
        assert!(!quarantine.strike(number(HELD_MAX), &dead));
        assert!(!quarantine.holds(&number(HELD_MAX)));
        assert!(quarantine.holds(&number(0)), "what is there stays");
    }

    #[test]
    fn what_cannot_be_kept_leaves_nothing_and_takes_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let quarantine = Quarantine::open(folder.path().to_owned()).unwrap();
        let ours = name(&plugin(), "decode", b"bytes");
        let stem = folder.path().join(barid_plugin_host::manifest::to_hex(&ours));
        // In the way of the note.
        fs::create_dir(stem.with_extension("toml")).unwrap();
        quarantine.keep(&ours, b"bytes", &note()).unwrap_err();
        assert!(!stem.with_extension("request").exists());
        assert_eq!(quarantine.lock().bytes, 0);
    }

    #[test]
    fn what_is_kept_is_there_after_a_restart_until_it_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Quarantine::open(folder.path().join("quarantine")).unwrap();
        let ours = name(&plugin(), "decode", b"bytes");
        open().keep(&ours, b"bytes", &note()).unwrap();
        let again = open();
        assert!(again.holds(&ours));
        let stem =
            folder.path().join("quarantine").join(barid_plugin_host::manifest::to_hex(&ours));
        assert_eq!(fs::read(stem.with_extension("request")).unwrap(), b"bytes");
        let read: Note =
            toml::from_str(&fs::read_to_string(stem.with_extension("toml")).unwrap()).unwrap();
        assert_eq!(read, note());
        fs::remove_file(stem.with_extension("toml")).unwrap();
        again.read_again().unwrap();
        assert!(!again.holds(&ours));
    }
}
