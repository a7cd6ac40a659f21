//! The judgement: may this checkpoint be cosigned, given what was cosigned before?
//!
//! Pure: what was seen goes in, what to do comes out. The order of the checks and the answers are
//! those of C2SP tlog-witness, except that a checkpoint with extension lines is malformed here
//! (nobody can audit such lines, and ML-DSA cosignatures do not cover them).

use crate::finding::Finding;
use barid_proto::tlog::add_checkpoint::AddCheckpoint;
use barid_proto::tlog::checkpoint::{Checkpoint, CheckpointError};
use barid_proto::tlog::note::Note;
use barid_proto::tlog::proof::verify_consistency;
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::tlog::{EMPTY_ROOT, Hash};

/// What a witness knows of a log: the largest tree it cosigned, or that it cosigned none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(pub Option<Checkpoint>);

/// Why a checkpoint is not cosigned.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refusal {
    /// Not a checkpoint, or its old size is above its size. 400.
    #[error("{0}")]
    Malformed(String),
    /// No log of this origin is known. 404.
    #[error("unknown log {0:?}")]
    UnknownLog(String),
    /// No line of a trusted key, or one that does not verify. 403.
    #[error("invalid signature: {0}")]
    NotTheLog(String),
    /// The old size is not the one the witness knows. 409: ask again from `known`.
    #[error("the latest cosigned tree has {known} leaves")]
    OtherOldSize {
        /// The size of the latest cosigned tree; 0 when there is none.
        known: u64,
        /// What the checkpoint gives away all the same.
        finding: Option<Finding>,
    },
    /// The tree is not shown to contain the one that was cosigned. 422.
    #[error("the consistency proof does not verify: {why}")]
    NotConsistent {
        /// What is wrong.
        why: String,
        /// What it means for the log, which did sign this checkpoint.
        finding: Option<Finding>,
    },
}

impl Seen {
    /// The number of leaves of the largest tree; 0 when there is none.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.0.as_ref().map_or(0, Checkpoint::size)
    }

    /// The root of that tree.
    #[must_use]
    pub fn root(&self) -> &Hash {
        self.0.as_ref().map_or(&EMPTY_ROOT, Checkpoint::root)
    }
}

impl Refusal {
    /// The HTTP code that tlog-witness gives it.
    #[must_use]
    pub fn code(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::NotTheLog(_) => 403,
            Self::UnknownLog(_) => 404,
            Self::OtherOldSize { .. } => 409,
            Self::NotConsistent { .. } => 422,
        }
    }

    /// What it says against the log, if anything.
    #[must_use]
    pub fn finding(&self) -> Option<Finding> {
        match self {
            Self::OtherOldSize { finding, .. } | Self::NotConsistent { finding, .. } => *finding,
            Self::Malformed(_) | Self::NotTheLog(_) | Self::UnknownLog(_) => None,
        }
    }
}

/// Judges a question about the log whose keys these are, all named after its origin. The
/// checkpoint that is given back may be cosigned, once it is stored in place of what was seen.
///
/// # Errors
/// Any [`Refusal`].
pub fn judge(
    seen: &Seen,
    keys: &[VerifierKey],
    request: &AddCheckpoint,
) -> Result<Checkpoint, Refusal> {
    if !keys.iter().any(|key| key.name() == request.origin()) {
        return Err(Refusal::UnknownLog(request.origin().to_owned()));
    }
    check_signatures(&request.note, keys)?;
    let offered = match Checkpoint::parse(request.note.text()) {
        Ok(offered) => offered,
        Err(error @ CheckpointError::EmptyRoot) => {
            let finding = Some(Finding::FullEmptyTree);
            return Err(Refusal::NotConsistent { why: error.to_string(), finding });
        }
        Err(error) => return Err(Refusal::Malformed(error.to_string())),
    };
    if request.old_size > offered.size() {
        let why = "the old size is larger than the checkpoint's";
        return Err(Refusal::Malformed(why.to_owned()));
    }
    if request.old_size != seen.size() {
        let finding = contradiction(seen, &offered);
        return Err(Refusal::OtherOldSize { known: seen.size(), finding });
    }
    let (old, new) = (seen.size(), offered.size());
    match verify_consistency(old, new, &request.proof, seen.root(), offered.root()) {
        Ok(()) => Ok(offered),
        Err(error) => {
            let finding = contradiction(seen, &offered).or_else(|| suspicion(seen, &offered));
            Err(Refusal::NotConsistent { why: error.to_string(), finding })
        }
    }
}

/// At least one trusted line, and none that is false.
fn check_signatures(note: &Note, keys: &[VerifierKey]) -> Result<(), Refusal> {
    let mut signed = false;
    for key in keys {
        match note.verify(key) {
            Ok(found) => signed |= found.is_some(),
            Err(error) => return Err(Refusal::NotTheLog(error.to_string())),
        }
    }
    if signed { Ok(()) } else { Err(Refusal::NotTheLog("no line of a trusted key".to_owned())) }
}

/// What two signed checkpoints say without any proof.
fn contradiction(seen: &Seen, offered: &Checkpoint) -> Option<Finding> {
    let seen = seen.0.as_ref()?;
    if offered.size() < seen.size() {
        return Some(Finding::Smaller);
    }
    let same_size = offered.size() == seen.size();
    (same_size && offered.root() != seen.root()).then_some(Finding::TwoRoots)
}

/// A larger tree with a wrong proof. Where no proof is needed, a wrong one says nothing of the log.
fn suspicion(seen: &Seen, offered: &Checkpoint) -> Option<Finding> {
    (seen.size() > 0 && offered.size() > seen.size()).then_some(Finding::NotProven)
}
