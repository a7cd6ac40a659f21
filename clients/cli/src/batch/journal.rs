//! What a batch intended and what became of it, beside its list, durable line by line.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use barid_client::hex;
use serde::{Deserialize, Serialize};

use crate::exit::Failure;

/// The layout of a journal.
const VERSION: u32 = 1;

/// One thing that happened, one line of JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub(crate) enum Step {
    /// The batch began: for which hub, by whose key.
    Began {
        /// The layout.
        version: u32,
        /// The hub's log.
        origin: String,
        /// The key.
        key: String,
    },
    /// A line is going to be signed under this identifier.
    Intended {
        /// The line.
        line: String,
        /// What people know it by.
        shown: String,
        /// What it says, as a digest.
        fingerprint: String,
        /// The envelope's identifier, in hexadecimal digits.
        envelope: String,
        /// Everything that was sent up to this sequence was sent before.
        above: u64,
    },
    /// It has a receipt.
    Stamped {
        /// The line.
        line: String,
        /// Where it is in the log.
        #[serde(flatten)]
        stamped: Stamped,
    },
    /// The hub refused it for good.
    Refused {
        /// The line.
        line: String,
        /// Why.
        #[serde(flatten)]
        refused: Refused,
    },
}

/// Where a line is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamped {
    /// Index of its leaf.
    pub(crate) leaf: u64,
    /// When the hub accepted it, milliseconds since 1970. 0: it was done before this batch.
    pub(crate) accepted_at_unix_ms: u64,
    /// Digest of its envelope, in hexadecimal digits.
    pub(crate) envelope_digest: String,
    /// Its case, likewise. Empty: it is in none, or which it is has not been told.
    pub(crate) case_id: String,
    /// Where envelope and receipt are kept.
    pub(crate) kept: String,
}

/// Why a line was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refused {
    /// The reason's number. 0: only what was kept of it is known.
    pub(crate) reason: i32,
    /// The hub's words, and each problem's.
    pub(crate) text: String,
}

/// What is known of a line.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// What people know it by.
    pub(crate) shown: String,
    /// What it said.
    pub(crate) fingerprint: String,
    /// Its envelope's identifier. All zeroes: it needed none.
    pub(crate) envelope: [u8; 16],
    /// What was sent before it was intended.
    pub(crate) above: u64,
    /// What became of it. `None`: nothing so far.
    pub(crate) outcome: Option<Outcome>,
}

/// What became of a line.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// It has a receipt.
    Stamped(Stamped),
    /// It was refused.
    Refused(Refused),
}

/// A journal, while one process writes it.
pub(crate) struct Journal {
    path: PathBuf,
    open: File,
    known: BTreeMap<String, Known>,
}

impl Journal {
    /// Opens the journal at a path for this hub and key, and makes it when there is none.
    pub(crate) fn open(path: &Path, origin: &str, key: &str) -> Result<Self, Failure> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true);
        let mut open = options.open(path).map_err(|error| at(path, error))?;
        match open.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(at(path, "another run of this batch is at work"));
            }
            Err(TryLockError::Error(error)) => return Err(at(path, error)),
        }
        let mut bytes = Vec::new();
        open.read_to_end(&mut bytes).map_err(|error| at(path, error))?;
        // A line without its end is one that a crash cut: it was never acted on.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        open.set_len(whole as u64).map_err(|error| at(path, error))?;
        open.seek(SeekFrom::End(0)).map_err(|error| at(path, error))?;
        let steps = steps(path, bytes.get(..whole).unwrap_or_default())?;
        let mut journal = Self { path: path.to_owned(), open, known: BTreeMap::new() };
        match steps.first() {
            None => journal.begin(origin, key)?,
            Some(Step::Began { version: VERSION, origin: of, key: by })
                if of == origin && by == key => {}
            Some(_) => {
                return Err(at(path, "this journal is of another hub, key or version of barid"));
            }
        }
        steps.iter().for_each(|step| note(&mut journal.known, step));
        Ok(journal)
    }

    /// What a journal knows, without writing it; nothing when there is none.
    pub(crate) fn look(path: &Path) -> Result<BTreeMap<String, Known>, Failure> {
        let mut known = BTreeMap::new();
        if path.exists() {
            let bytes = std::fs::read(path).map_err(|error| at(path, error))?;
            let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            let steps = steps(path, bytes.get(..whole).unwrap_or_default())?;
            steps.iter().for_each(|step| note(&mut known, step));
        }
        Ok(known)
    }

    fn begin(&mut self, origin: &str, key: &str) -> Result<(), Failure> {
        let (origin, key) = (origin.to_owned(), key.to_owned());
        self.append(&[Step::Began { version: VERSION, origin, key }])?;
        // The name is durable when its folder is.
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|error| at(folder, error))
    }

    /// Writes what happened, durably.
    pub(crate) fn append(&mut self, steps: &[Step]) -> Result<(), Failure> {
        let mut text = String::new();
        for step in steps {
            let line = serde_json::to_string(step).map_err(|error| at(&self.path, error))?;
            text.push_str(&line);
            text.push('\n');
        }
        let written = self.open.write_all(text.as_bytes()).and_then(|()| self.open.sync_data());
        written.map_err(|error| at(&self.path, error))?;
        steps.iter().for_each(|step| note(&mut self.known, step));
        Ok(())
    }

    /// What is known of each line.
    pub(crate) fn known(&self) -> &BTreeMap<String, Known> {
        &self.known
    }
}

fn at(path: &Path, error: impl std::fmt::Display) -> Failure {
    Failure::usage(format!("{}: {error}", path.display()))
}

fn steps(path: &Path, bytes: &[u8]) -> Result<Vec<Step>, Failure> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let steps = lines.enumerate().map(|(number, line)| {
        serde_json::from_slice(line).map_err(|error| {
            at(path, format!("line {}: not a step of a batch: {error}", number + 1))
        })
    });
    steps.collect()
}

fn note(known: &mut BTreeMap<String, Known>, step: &Step) {
    match step {
        Step::Began { .. } => {}
        Step::Intended { line, shown, fingerprint, envelope, above } => {
            let one = Known {
                shown: shown.clone(),
                fingerprint: fingerprint.clone(),
                envelope: hex::decode(envelope).unwrap_or_default(),
                above: *above,
                outcome: None,
            };
            known.insert(line.clone(), one);
        }
        Step::Stamped { line, stamped } => {
            if let Some(one) = known.get_mut(line) {
                one.outcome = Some(Outcome::Stamped(stamped.clone()));
            }
        }
        Step::Refused { line, refused } => {
            if let Some(one) = known.get_mut(line) {
                one.outcome = Some(Outcome::Refused(refused.clone()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intended(line: &str, byte: u8) -> Step {
        Step::Intended {
            line: line.to_owned(),
            shown: "a.json".to_owned(),
            fingerprint: "f".to_owned(),
            envelope: hex::encode(&[byte; 16]),
            above: 3,
        }
    }

    #[test]
    fn what_a_crash_cut_was_never_acted_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv.journal");
        let mut journal = Journal::open(&path, "hub", "key").unwrap();
        journal.append(&[intended("2", 1), intended("3", 2)]).unwrap();
        let refused = Refused { reason: 301, text: "كذا".to_owned() };
        journal.append(&[Step::Refused { line: "2".to_owned(), refused }]).unwrap();
        assert!(matches!(Journal::open(&path, "hub", "key"), Err(Failure::Usage(_))), "in use");
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        for cut in 1..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let ends = whole[..cut].iter().filter(|byte| **byte == b'\n').count();
            let journal = Journal::open(&path, "hub", "key").unwrap();
            assert_eq!(journal.known().len(), ends.saturating_sub(1).min(2), "{cut}");
            drop(journal);
            // Whatever was left, it can be gone on with.
            let mut journal = Journal::open(&path, "hub", "key").unwrap();
            journal.append(&[intended("9", 9)]).unwrap();
            assert_eq!(Journal::look(&path).unwrap()["9"].envelope, [9; 16]);
        }
    }

    #[test]
    fn a_journal_is_of_one_hub_and_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv.journal");
        drop(Journal::open(&path, "hub", "key").unwrap());
        assert!(Journal::open(&path, "hub", "key").is_ok());
        for (origin, key) in [("other", "key"), ("hub", "other")] {
            assert!(Journal::open(&path, origin, key).is_err());
        }
        std::fs::write(&path, "{\"step\":\"danced\"}\n").unwrap();
        assert!(Journal::open(&path, "hub", "key").is_err());
    }

    #[test]
    fn a_line_that_is_intended_again_begins_anew() {
        let mut known = BTreeMap::new();
        note(&mut known, &intended("2", 1));
        let refused = Refused { reason: 1, text: String::new() };
        note(&mut known, &Step::Refused { line: "2".into(), refused });
        assert!(known["2"].outcome.is_some());
        note(&mut known, &intended("2", 2));
        assert!(known["2"].outcome.is_none());
        assert_eq!(known["2"].envelope, [2; 16]);
    }
}
