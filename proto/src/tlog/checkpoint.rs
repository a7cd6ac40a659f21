//! Checkpoints: how large a log's tree is and what its root is, signed.
//!
//! ```text
//! example.com/behind-the-sofa
//! 20852163
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//! ```
//!
//! Format: [C2SP tlog-checkpoint v1.0.0](https://c2sp.org/tlog-checkpoint@v1.0.0). Extension lines
//! are refused: nobody can audit them, and ML-DSA cosignatures do not cover them.

use super::ascii::{decode_hash, encode_base64, parse_decimal};
use super::note::{Note, NoteError, NoteSigner, is_key_name};
use super::vkey::VerifierKey;
use super::{EMPTY_ROOT, Hash};
use crate::key::SignError;
use std::fmt;

/// The longest origin: what an ML-DSA cosignature can name, in bytes.
pub const MAX_ORIGIN_LEN: usize = 255;

/// A tree head: origin, size and root. On its own it is a claim; see [`Checkpoint::verify`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
}

/// Why something is not a valid checkpoint.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum CheckpointError {
    /// The origin is empty, longer than [`MAX_ORIGIN_LEN`], or could not name a key.
    #[error("{0:?} is not an origin")]
    Origin(String),
    /// Not three lines: origin, size, root.
    #[error("a checkpoint has three lines: origin, size, root")]
    Lines,
    /// The size is not a decimal number without leading zeroes.
    #[error("the tree size is malformed")]
    Size,
    /// The root is not the base64 of 32 bytes.
    #[error("the root is malformed")]
    Root,
    /// Size 0 with a root other than [`EMPTY_ROOT`].
    #[error("an empty tree with the root of another")]
    EmptyRoot,
    /// Not a signed note, or a known key's line is wrong.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The key that was asked about has not signed.
    #[error("{0} has not signed this checkpoint")]
    NotSigned(String),
    /// The key has signed the checkpoint of another log.
    #[error("the checkpoint is of {0}")]
    OtherOrigin(String),
}

impl Checkpoint {
    /// The claim that the log `origin` has a tree of `size` leaves with `root`.
    ///
    /// # Errors
    /// [`CheckpointError::Origin`], [`CheckpointError::EmptyRoot`].
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        // Stricter than the specification: an origin that could not name a key helps nobody.
        if origin.len() > MAX_ORIGIN_LEN || !is_key_name(origin) {
            return Err(CheckpointError::Origin(origin.to_owned()));
        }
        if size == 0 && root != EMPTY_ROOT {
            return Err(CheckpointError::EmptyRoot);
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// Reads the text of a note, without looking at signatures.
    ///
    /// # Errors
    /// Any [`CheckpointError`] up to [`CheckpointError::EmptyRoot`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?.split('\n');
        let mut next = || lines.next().ok_or(CheckpointError::Lines);
        let (origin, size, root) = (next()?, next()?, next()?);
        if lines.next().is_some() {
            return Err(CheckpointError::Lines);
        }
        let size = parse_decimal(size).ok_or(CheckpointError::Size)?;
        let root = decode_hash(root).ok_or(CheckpointError::Root)?;
        Self::new(origin, size, root)
    }

    /// Reads a signed checkpoint and checks that `key`, whose name is the log's origin, signed it.
    ///
    /// # Errors
    /// Any [`CheckpointError`].
    pub fn verify(note: &[u8], key: &VerifierKey) -> Result<Self, CheckpointError> {
        let note = Note::parse(note)?;
        let checkpoint = Self::parse(note.text())?;
        if checkpoint.origin != key.name() {
            return Err(CheckpointError::OtherOrigin(checkpoint.origin));
        }
        match note.verify(key)? {
            Some(_) => Ok(checkpoint),
            None => Err(CheckpointError::NotSigned(key.name().to_owned())),
        }
    }

    /// Signs this checkpoint as the log. The caller has stored that it will, so that it never
    /// signs two trees of one size.
    ///
    /// # Errors
    /// When the key cannot be used now, or its name is not the origin.
    pub fn sign(&self, log: &NoteSigner) -> Result<Note, SignError> {
        if log.verifier().name() != self.origin {
            return Err(SignError("a log signs under its origin".into()));
        }
        let text = self.to_string();
        let signature = log.sign(&text)?;
        let mut note = Note::new(text).map_err(|error| SignError(error.to_string()))?;
        note.add(signature).map_err(|error| SignError(error.to_string()))?;
        Ok(note)
    }

    /// The identity of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree at this size.
    #[must_use]
    pub fn root(&self) -> &Hash {
        &self.root
    }
}

/// The text that is signed: three lines.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, encode_base64(&self.root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    #[test]
    fn the_example_of_the_specification() {
        let checkpoint = Checkpoint::parse(TEXT).unwrap();
        assert_eq!(checkpoint.origin(), "example.com/behind-the-sofa");
        assert_eq!(checkpoint.size(), 20_852_163);
        assert_eq!(checkpoint.to_string(), TEXT);
    }

    #[test]
    fn what_is_no_checkpoint_is_refused() {
        let wrong = |from: &str, to: &str| Checkpoint::parse(&TEXT.replace(from, to)).unwrap_err();
        assert_eq!(wrong("example.com/behind-the-sofa", ""), CheckpointError::Origin("".into()));
        assert!(matches!(wrong("-the-", "+"), CheckpointError::Origin(_)));
        assert_eq!(wrong("20852163", "020852163"), CheckpointError::Size);
        assert_eq!(wrong("20852163", "-1"), CheckpointError::Size);
        assert_eq!(wrong("20852163", "0"), CheckpointError::EmptyRoot);
        assert_eq!(wrong("q2I=", "q2J="), CheckpointError::Root);
        assert_eq!(wrong("CsUY", ""), CheckpointError::Root);
        assert_eq!(wrong("q2I=\n", "q2I=\nextension\n"), CheckpointError::Lines);
        assert_eq!(wrong("q2I=\n", "q2I="), CheckpointError::Lines);
        assert_eq!(wrong("q2I=\n", "q2I=\n\n"), CheckpointError::Lines);
        assert_eq!(Checkpoint::parse("\n"), Err(CheckpointError::Lines));
    }
}
