//! Receipts: proof in one text that a leaf is in the log and that witnesses saw it.
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! extra AQAAAY8AAAAA
//! index 73894
//! gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
//!
//! example.com/log
//! 109482
//! sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
//!
//! — example.com/log hI2DJw…
//! — witness1.example mJirIklj…
//! ```
//!
//! Format: [C2SP tlog-proof](https://c2sp.org/tlog-proof). `extra` proves nothing by itself; Barid
//! puts into it what the holder of the envelope lacks to rebuild the [`Leaf`](crate::leaf::Leaf),
//! so that a changed byte there makes the proof fail.

use super::ascii::{decode_base64, decode_hash, encode_base64, parse_decimal};
use super::note::{MAX_NOTE_LEN, Note, NoteError};
use super::policy::{Policy, VerifyError, Witnessed};
use super::proof::{MAX_PATH_LEN, ProofError, verify_inclusion};
use super::{Hash, leaf_hash};
use std::fmt;

/// The first line.
const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// The most bytes of `extra`; Barid uses nine.
pub const MAX_EXTRA_LEN: usize = 1024;
/// The longest receipt that is looked at: the longest note, and room for the rest.
pub const MAX_RECEIPT_LEN: usize = MAX_NOTE_LEN + 8 * 1024;

/// A receipt that has been read and not yet verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What the application needs to rebuild the leaf: unauthenticated, at most
    /// [`MAX_EXTRA_LEN`] bytes, empty when there is none.
    pub extra: Vec<u8>,
    /// The position of the leaf in the log, from 0.
    pub index: u64,
    /// The sibling hashes from the leaf up to the root.
    pub path: Vec<Hash>,
    /// The signed and cosigned checkpoint.
    pub checkpoint: Note,
}

/// What a verified receipt proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The position of the leaf in the log, from 0.
    pub index: u64,
    /// The checkpoint that covers it, and who cosigned when.
    pub witnessed: Witnessed,
}

/// Why a receipt proves nothing.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum ReceiptError {
    /// More than [`MAX_RECEIPT_LEN`] bytes.
    #[error("the receipt has {0} bytes")]
    TooLong(usize),
    /// The first line is another, or the text is not UTF-8.
    #[error("not a receipt of the form tlog-proof@v1")]
    Header,
    /// The line `extra` is malformed, empty or too long.
    #[error("the line extra is malformed")]
    Extra,
    /// The line `index` is missing or malformed.
    #[error("the line index is malformed")]
    Index,
    /// A line of the path is not the base64 of a hash, or there are too many.
    #[error("the path is malformed")]
    Path,
    /// The part after the blank line is missing or not a signed note.
    #[error("the checkpoint is malformed")]
    Checkpoint(#[source] NoteError),
    /// The checkpoint is not to be believed.
    #[error(transparent)]
    Untrusted(#[from] VerifyError),
    /// The leaf is not where the receipt says.
    #[error("the leaf is not in the log at this index")]
    NotIncluded(#[from] ProofError),
}

impl Receipt {
    /// Reads a receipt.
    ///
    /// # Errors
    /// Any [`ReceiptError`] up to [`ReceiptError::Checkpoint`]. A receipt that is read is written
    /// again byte for byte.
    pub fn parse(bytes: &[u8]) -> Result<Self, ReceiptError> {
        if bytes.len() > MAX_RECEIPT_LEN {
            return Err(ReceiptError::TooLong(bytes.len()));
        }
        let text = str::from_utf8(bytes).map_err(|_| ReceiptError::Header)?;
        let lines = text.strip_prefix(HEADER).and_then(|rest| rest.strip_prefix('\n'));
        let (lines, note) = lines
            .ok_or(ReceiptError::Header)?
            .split_once("\n\n")
            .ok_or(ReceiptError::Checkpoint(NoteError::NoSignatures))?;
        let mut lines = lines.split('\n').peekable();
        let extra = match lines.next_if(|line| line.starts_with("extra ")) {
            Some(line) => parse_extra(line).ok_or(ReceiptError::Extra)?,
            None => Vec::new(),
        };
        let index = lines.next().and_then(|line| parse_decimal(line.strip_prefix("index ")?));
        let index = index.ok_or(ReceiptError::Index)?;
        let path = lines.take(MAX_PATH_LEN + 1).map(decode_hash).collect::<Option<Vec<_>>>();
        let path = path.filter(|path| path.len() <= MAX_PATH_LEN).ok_or(ReceiptError::Path)?;
        let checkpoint = Note::parse(note.as_bytes()).map_err(ReceiptError::Checkpoint)?;
        Ok(Self { extra, index, path, checkpoint })
    }

    /// Checks that `leaf` is in a log of the policy at this index, under a checkpoint that the
    /// policy's quorum cosigned.
    ///
    /// # Errors
    /// [`ReceiptError::Untrusted`], [`ReceiptError::NotIncluded`].
    pub fn verify(&self, leaf: &[u8], policy: &Policy) -> Result<Proven, ReceiptError> {
        self.prove(leaf, policy.verify(&self.checkpoint)?)
    }

    /// The same without the quorum, for a proof whose cosignatures are still on their way. It is
    /// not a receipt: the log alone could still show others another tree.
    /// [`Witnessed::quorum`] tells which it is.
    ///
    /// # Errors
    /// As [`Receipt::verify`], but never [`VerifyError::NoQuorum`].
    pub fn verify_pending(&self, leaf: &[u8], policy: &Policy) -> Result<Proven, ReceiptError> {
        self.prove(leaf, policy.weigh(&self.checkpoint)?)
    }

    /// The same with what its checkpoint came to, for whoever has many receipts under one.
    /// `witnessed` must be of [`checkpoint`](Self::checkpoint).
    ///
    /// # Errors
    /// [`ReceiptError::NotIncluded`].
    pub fn prove(&self, leaf: &[u8], witnessed: Witnessed) -> Result<Proven, ReceiptError> {
        let tree = &witnessed.checkpoint;
        verify_inclusion(&leaf_hash(leaf), self.index, tree.size(), &self.path, tree.root())?;
        Ok(Proven { index: self.index, witnessed })
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if !self.extra.is_empty() {
            writeln!(f, "extra {}", encode_base64(&self.extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{}", encode_base64(hash)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

fn parse_extra(line: &str) -> Option<Vec<u8>> {
    let extra = decode_base64(line.strip_prefix("extra ")?)?;
    (1..=MAX_EXTRA_LEN).contains(&extra.len()).then_some(extra)
}
