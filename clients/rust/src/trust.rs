//! Whom one believes: the logs, and how many witnesses, in one file that a person pins.
//!
//! The file is a C2SP tlog-policy. The smallest one names the log's verifier key and asks for no
//! witness:
//!
//! ```text
//! log hub.example+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx
//! quorum none
//! ```
//!
//! Get the key over a second channel: print, gazette, telephone. A key that only the hub itself
//! told is worth as much as the hub.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use barid_proto::tlog::note::Note;
use barid_proto::tlog::policy::{Policy, VerifyError, Witnessed};

use crate::error::{EvidenceError, LocalError};

/// The logs and witnesses one believes.
pub struct Trust {
    policy: Policy,
    /// The note that was checked last, and what it came to: a hub gives thousands of lines under
    /// one checkpoint, and the same note comes to the same.
    last: Mutex<Option<(Note, Witnessed)>>,
}

impl Trust {
    /// Reads a trust file.
    ///
    /// # Errors
    /// [`LocalError::Disk`], [`LocalError::Trust`].
    pub fn read(path: &Path) -> Result<Self, LocalError> {
        let text = std::fs::read(path).map_err(LocalError::at(path))?;
        let policy = Policy::parse(&text)
            .map_err(|source| LocalError::Trust { path: path.to_owned(), source })?;
        Ok(Self::new(policy))
    }

    /// Trust as a policy says.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { policy, last: Mutex::default() }
    }

    /// The text of a trust file that believes these logs and asks for no witness.
    pub fn text<'a>(log_verifier_keys: impl IntoIterator<Item = &'a str>) -> String {
        let logs = log_verifier_keys.into_iter().map(|key| format!("log {key}\n"));
        logs.chain(["quorum none\n".to_owned()]).collect()
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Checks a signed checkpoint.
    ///
    /// # Errors
    /// [`EvidenceError::Note`], [`EvidenceError::Checkpoint`].
    pub fn checkpoint(&self, note: &[u8]) -> Result<Witnessed, EvidenceError> {
        Ok(self.witnessed(&Note::parse(note)?)?)
    }

    /// Checks a note that was parsed.
    ///
    /// # Errors
    /// As [`Policy::verify`].
    pub fn witnessed(&self, note: &Note) -> Result<Witnessed, VerifyError> {
        let last = || self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, witnessed)) = last().as_ref()
            && known == note
        {
            return Ok(witnessed.clone());
        }
        let witnessed = self.policy.verify(note)?;
        *last() = Some((note.clone(), witnessed.clone()));
        Ok(witnessed)
    }
}
