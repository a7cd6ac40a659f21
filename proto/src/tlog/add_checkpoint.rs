//! The question put to a witness: "you know this size; here is a larger tree and the proof".
//!
//! ```text
//! old 20852014
//! PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
//!
//! example.com/behind-the-sofa
//! 20852163
//! ...
//! ```
//!
//! Format: C2SP tlog-witness, "add-checkpoint".

use super::Hash;
use super::ascii::{decode_hash, encode_base64, parse_decimal};
use super::note::{Note, NoteError};
use std::fmt;

/// The longest question that is read: a checkpoint with 64 post-quantum lines has 210 KB.
pub const MAX_REQUEST_LEN: usize = 256 * 1024;
/// The most hashes in a proof (tlog-witness).
const MAX_PROOF_LINES: usize = 63;

/// One `add-checkpoint` question. Nothing in it has been verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that whoever asks believes the witness to know, in leaves.
    pub old_size: u64,
    /// Proof that the tree of the old size began the one of the checkpoint.
    pub proof: Vec<Hash>,
    /// The checkpoint with its signature lines.
    pub note: Note,
}

/// Why bytes are not a question. Answered with 400.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum RequestError {
    /// More than [`MAX_REQUEST_LEN`] bytes.
    #[error("the request has more than 262144 bytes")]
    TooLong,
    /// Not UTF-8, or no empty line after the proof.
    #[error("not an old size, a proof, an empty line and a checkpoint")]
    Parts,
    /// The first line is not `old N`, N without leading zeroes.
    #[error("the old size line is malformed")]
    OldSize,
    /// This proof line, counted from 1, is not the base64 of 32 bytes.
    #[error("proof line {0} is malformed")]
    ProofLine(usize),
    /// More than 63 proof lines.
    #[error("the proof has more than 63 lines")]
    ProofTooLong,
    /// The checkpoint is not a signed note.
    #[error(transparent)]
    Note(#[from] NoteError),
}

impl AddCheckpoint {
    /// Reads the body of an `add-checkpoint` request.
    ///
    /// # Errors
    /// Any [`RequestError`].
    pub fn parse(body: &[u8]) -> Result<Self, RequestError> {
        if body.len() > MAX_REQUEST_LEN {
            return Err(RequestError::TooLong);
        }
        let text = str::from_utf8(body).map_err(|_| RequestError::Parts)?;
        let (head, note) = text.split_once("\n\n").ok_or(RequestError::Parts)?;
        let mut lines = head.split('\n');
        let old_size = lines.next().and_then(parse_old_size).ok_or(RequestError::OldSize)?;
        let mut proof = Vec::new();
        for (number, line) in (1..).zip(lines) {
            if number > MAX_PROOF_LINES {
                return Err(RequestError::ProofTooLong);
            }
            proof.push(decode_hash(line).ok_or(RequestError::ProofLine(number))?);
        }
        Ok(Self { old_size, proof, note: Note::parse(note.as_bytes())? })
    }

    /// The first line of the checkpoint: the log it claims to be of.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.note.text().split('\n').next().unwrap_or_default()
    }
}

/// The body of the request.
impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old_size)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{}", encode_base64(hash)))?;
        write!(f, "\n{}", self.note)
    }
}

fn parse_old_size(line: &str) -> Option<u64> {
    parse_decimal(line.strip_prefix("old ")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=";
    const NOTE: &str = "log.example\n7\nAAAA\n\n\u{2014} log.example AAAAAAA=\n";

    #[test]
    fn what_is_read_is_written_again() {
        for text in [format!("old 0\n\n{NOTE}"), format!("old 20\n{HASH}\n{HASH}\n\n{NOTE}")] {
            let request = AddCheckpoint::parse(text.as_bytes()).unwrap();
            assert_eq!(request.to_string(), text);
            assert_eq!(request.origin(), "log.example");
        }
    }

    #[test]
    fn what_is_no_question_is_refused() {
        let wrong = |text: String| AddCheckpoint::parse(text.as_bytes()).unwrap_err();
        assert_eq!(wrong(String::new()), RequestError::Parts);
        assert_eq!(wrong(format!("old 0\n{NOTE}")), RequestError::ProofLine(1));
        for old in ["old", "old ", "old 01", "old +1", "old -1", "Old 1", "old  1", "old 1 ", ""] {
            assert_eq!(wrong(format!("{old}\n\n{NOTE}")), RequestError::OldSize, "{old:?}");
        }
        assert_eq!(wrong(format!("old 1\n{HASH}=\n\n{NOTE}")), RequestError::ProofLine(1));
        assert_eq!(wrong(format!("old 1\n{HASH}\nAAAA\n\n{NOTE}")), RequestError::ProofLine(2));
        let long = format!("{HASH}\n").repeat(MAX_PROOF_LINES + 1);
        assert_eq!(wrong(format!("old 1\n{long}\n{NOTE}")), RequestError::ProofTooLong);
        assert!(matches!(wrong("old 1\n\nno note\n".into()), RequestError::Note(_)));
        assert_eq!(wrong("x".repeat(MAX_REQUEST_LEN + 1)), RequestError::TooLong);
    }
}
