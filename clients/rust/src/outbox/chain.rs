//! The newest link of a chain that has a receipt.

use std::fmt;

use barid_proto::envelope::NO_PREVIOUS;

use crate::hex;

/// The first line of a head on disk.
const LABEL: &str = "barid-chain/v1";

/// How far a chain is proven: sequence and digest of its newest receipted envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The sequence; 0 when nothing was sent yet.
    pub sequence: u64,
    /// The digest of the envelope with its signatures; zeroes when nothing was sent yet.
    pub digest: [u8; 32],
}

impl Head {
    /// The chain without links.
    pub const START: Self = Self { sequence: 0, digest: NO_PREVIOUS };

    /// Reads what [`fmt::Display`] wrote.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut lines = str::from_utf8(bytes).ok()?.strip_suffix('\n')?.split('\n');
        let (label, sequence, digest) = (lines.next()?, lines.next()?, lines.next()?);
        if label != LABEL || lines.next().is_some() {
            return None;
        }
        Some(Self { sequence: sequence.parse().ok()?, digest: hex::decode(digest)? })
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{LABEL}\n{}\n{}", self.sequence, hex::encode(&self.digest))
    }
}
