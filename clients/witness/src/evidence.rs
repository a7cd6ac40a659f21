//! What proves or suggests that a log misbehaved, kept for a court.
//!
//! ```text
//! evidence/ORIGIN-HASH/TIME-DIGEST/finding.txt      what was found, and when
//! evidence/ORIGIN-HASH/TIME-DIGEST/...              the notes, proofs or leaves, as received
//! evidence/ORIGIN-HASH/halted                       names what stopped the witness until it is
//! evidence/ORIGIN-HASH/mirror-halted                acknowledged; what stopped the mirror
//! ```
//!
//! Nothing is overwritten, and the same thing is kept, and told, once. Suspicions are limited in
//! number and bytes, since anybody who reaches the witness can cause some: each kind by itself, so
//! that old checkpoints sent again by the thousand leave room for a fork. Proof is always kept.

use crate::alarm::Alarm;
use crate::error::WitnessError;
use crate::finding::{Finding, Halt};
use barid_client::{disk, hex};
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// More suspicions of one kind about one log than a person will read; they are only logged beyond.
const MAX_SUSPICIONS_OF_A_KIND: usize = 64;
/// Bytes of all suspicions about one log: leaves that a hub makes up can be long, and a witness's
/// disk is small.
const MAX_SUSPICION_BYTES: u64 = 64 * 1024 * 1024;
/// Bytes of the digest that name a folder: enough to tell what was kept already.
const NAME_DIGEST_LEN: usize = 16;

/// Where evidence is kept, and who is told.
#[derive(Clone, Debug)]
pub struct Evidence {
    folder: PathBuf,
    alarm: Alarm,
}

/// One thing to keep.
pub struct Exhibit<'a> {
    /// The log's origin hash in hexadecimal.
    pub origin_hash: &'a str,
    /// The log's origin.
    pub origin: &'a str,
    /// What was found.
    pub finding: Finding,
    /// When, in seconds since 1970.
    pub time: u64,
    /// What tells it from others of its kind: a note's text, a leaf.
    pub subject: &'a [u8],
    /// Names and bytes of what is kept.
    pub parts: &'a [(&'a str, &'a [u8])],
}

impl Evidence {
    /// Keeps evidence under `folder`.
    #[must_use]
    pub fn new(folder: PathBuf, alarm: Alarm) -> Self {
        Self { folder, alarm }
    }

    /// Who is told.
    #[must_use]
    pub fn alarm(&self) -> &Alarm {
        &self.alarm
    }

    /// Keeps an exhibit and tells of it, unless it is kept already, and marks what it
    /// [halts](Finding::halts).
    ///
    /// # Errors
    /// [`WitnessError::Disk`].
    pub fn keep(&self, exhibit: &Exhibit<'_>) -> Result<(), WitnessError> {
        let folder = self.folder.join(exhibit.origin_hash);
        fs::create_dir_all(&folder).map_err(WitnessError::io(&folder))?;
        let sentence = exhibit.finding.sentence();
        let digest = Sha256::new().chain_update(sentence).chain_update(exhibit.subject).finalize();
        let digest = hex::encode(digest.get(..NAME_DIGEST_LEN).unwrap_or_default());
        let kept = names(&folder)?;
        let halt = exhibit.finding.halts();
        if let Some(name) = kept.iter().find(|name| name.ends_with(&digest)) {
            // A crash may have come before the mark; what a person has acknowledged stays so.
            let settled = folder.join(name).join("acknowledged.txt").exists();
            return if settled { Ok(()) } else { mark(&folder, halt, name) };
        }
        if halt.is_none() && is_full(&folder, &kept, sentence) {
            tracing::warn!(origin = exhibit.origin, "{sentence}; too many to keep");
            return Ok(());
        }
        let name = format!("{}-{digest}", exhibit.time);
        let kept = folder.join(&name);
        write_all(&kept, exhibit)?;
        mark(&folder, halt, &name)?;
        self.alarm.raise(exhibit.origin, exhibit.finding, &kept);
        Ok(())
    }

    /// The folder of what halted the witness or the mirror of this log, if anything did.
    ///
    /// # Errors
    /// [`WitnessError::Disk`].
    pub fn halted(&self, origin_hash: &str, halt: Halt) -> Result<Option<PathBuf>, WitnessError> {
        let folder = self.folder.join(origin_hash);
        match fs::read_to_string(folder.join(halt.mark())) {
            Ok(name) => Ok(Some(folder.join(name))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(WitnessError::io(&folder)(error)),
        }
    }

    /// Writes who acknowledged what halted this log, and why it may be cosigned again, beside the
    /// evidence, and lifts the halt.
    ///
    /// # Errors
    /// [`WitnessError::Setting`] when there is nothing to acknowledge; [`WitnessError::Disk`].
    pub fn acknowledge(&self, origin_hash: &str, words: &str) -> Result<PathBuf, WitnessError> {
        for halt in [Halt::Witness, Halt::Mirror] {
            let Some(kept) = self.halted(origin_hash, halt)? else { continue };
            disk::replace(&kept.join("acknowledged.txt"), format!("{words}\n").as_bytes())?;
            let mark = self.folder.join(origin_hash).join(halt.mark());
            fs::remove_file(&mark).map_err(WitnessError::io(&mark))?;
            return Ok(kept);
        }
        let why = "this log is not halted: there is nothing to acknowledge";
        Err(WitnessError::Setting(why.to_owned()))
    }

    /// The folders of what is kept about a log, oldest first.
    ///
    /// # Errors
    /// [`WitnessError::Disk`].
    pub fn kept(&self, origin_hash: &str) -> Result<Vec<PathBuf>, WitnessError> {
        let folder = self.folder.join(origin_hash);
        if !folder.exists() {
            return Ok(Vec::new());
        }
        Ok(names(&folder)?.into_iter().map(|name| folder.join(name)).collect())
    }
}

/// Whether there are enough suspicions of the kind with this sentence, or bytes of all kinds.
fn is_full(folder: &Path, kept: &[String], sentence: &str) -> bool {
    let (mut alike, mut bytes) = (0, 0);
    for exhibit in kept.iter().map(|name| folder.join(name)) {
        // What cannot be read is counted as another kind: keeping one too many does no harm.
        let said = fs::read_to_string(exhibit.join("finding.txt")).unwrap_or_default();
        alike += usize::from(said.starts_with(sentence));
        let files = fs::read_dir(&exhibit).into_iter().flatten().flatten();
        bytes +=
            files.filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum::<u64>();
    }
    alike >= MAX_SUSPICIONS_OF_A_KIND || bytes >= MAX_SUSPICION_BYTES
}

/// The names of the folders in a folder, in order.
fn names(folder: &Path) -> Result<Vec<String>, WitnessError> {
    let mut names = Vec::new();
    for found in fs::read_dir(folder).map_err(WitnessError::io(folder))? {
        let found = found.map_err(WitnessError::io(folder))?;
        if found.path().is_dir() {
            names.push(found.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Notes durably what stopped the witness or the mirror.
fn mark(folder: &Path, halt: Option<Halt>, name: &str) -> Result<(), WitnessError> {
    match halt {
        Some(halt) => Ok(disk::replace(&folder.join(halt.mark()), name.as_bytes())?),
        None => Ok(()),
    }
}

/// What is half written after a crash ends in another name and is written again.
fn write_all(kept: &Path, exhibit: &Exhibit<'_>) -> Result<(), WitnessError> {
    let beside = kept.with_extension("unfinished");
    fs::create_dir_all(&beside).map_err(WitnessError::io(&beside))?;
    let Exhibit { origin, finding, time, .. } = exhibit;
    let finding = format!("{}\nlog: {origin}\nunix time: {time}\n", finding.sentence());
    disk::replace(&beside.join("finding.txt"), finding.as_bytes())?;
    for (name, bytes) in exhibit.parts {
        disk::replace(&beside.join(name), bytes)?;
    }
    fs::rename(&beside, kept).map_err(WitnessError::io(kept))?;
    // A name is durable only when the folder that holds it is.
    let folder = kept.parent().unwrap_or(kept);
    File::open(folder).and_then(|opened| opened.sync_all()).map_err(WitnessError::io(folder))
}
