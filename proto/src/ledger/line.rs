//! One line of a ledger.

use std::collections::BTreeSet;
use std::fmt;

use sha2::{Digest as _, Sha256};

use super::LedgerError;
use crate::tlog::Hash;
use crate::v1::{self, Outcome};

/// Longest normal form of a docket number, in bytes; as of its literal.
pub const NORMAL_MAX_BYTES: usize = 512;

/// Longest identifier of an institution, in bytes.
const INSTITUTION_MAX_BYTES: usize = 32;

/// Keeps a digest of facts from being taken for any other.
const FACTS_LABEL: &[u8] = b"barid-ledger-facts/v1\n";

/// A docket number as it is compared: whose, and in normal form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LedgerNumber {
    institution: String,
    normal: String,
}

/// What a ledger says about one docket number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// The number.
    pub number: LedgerNumber,
    /// What became of its case; [`Outcome::Unspecified`]: it is open.
    pub outcome: Outcome,
    /// [`LineFacts::digest`] of what else both sides know.
    pub facts: Hash,
}

/// What two institutions know alike of a case when nothing is amiss. What each spells in its own
/// way (names, reasons, dates of its own acts) has no place here: it would always differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineFacts {
    /// All docket numbers of the two institutions that the case is known by.
    pub numbers: BTreeSet<LedgerNumber>,
    /// All docket numbers of the two institutions that the case is known by to which it was joined.
    /// Empty: it stands alone.
    pub joined_to: BTreeSet<LedgerNumber>,
}

impl LedgerNumber {
    /// A number of an institution, in normal form.
    ///
    /// # Errors
    /// [`LedgerError::Malformed`] unless `institution` is 1 to 32 of `[a-z0-9-]` and `normal` has 1
    /// to [`NORMAL_MAX_BYTES`] bytes.
    pub fn new(institution: &str, normal: &str) -> Result<Self, LedgerError> {
        let letter = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        if !(1..=INSTITUTION_MAX_BYTES).contains(&institution.len())
            || !institution.bytes().all(letter)
        {
            return Err(LedgerError::Malformed("institution"));
        }
        if !(1..=NORMAL_MAX_BYTES).contains(&normal.len()) {
            return Err(LedgerError::Malformed("normal"));
        }
        Ok(Self { institution: institution.to_owned(), normal: normal.to_owned() })
    }

    /// The institution whose number it is.
    #[must_use]
    pub fn institution(&self) -> &str {
        &self.institution
    }

    /// The number in normal form.
    #[must_use]
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// The bytes under which it is hashed: both texts, each with its length before it.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.institution.len() + self.normal.len() + 4);
        for text in [&self.institution, &self.normal] {
            // Both are bounded above, far below 65,536.
            let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
            bytes.extend(length.to_be_bytes());
            bytes.extend(text.as_bytes());
        }
        bytes
    }
}

impl fmt::Display for LedgerNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.institution, self.normal)
    }
}

impl LedgerLine {
    /// The bytes under which it is hashed.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.number.bytes();
        bytes.extend((self.outcome as u32).to_be_bytes());
        bytes.extend(self.facts);
        bytes
    }
}

impl TryFrom<&v1::LedgerLine> for LedgerLine {
    type Error = LedgerError;

    fn try_from(line: &v1::LedgerLine) -> Result<Self, LedgerError> {
        Ok(Self {
            number: LedgerNumber::new(&line.institution, &line.normal)?,
            outcome: Outcome::try_from(line.outcome)
                .map_err(|_| LedgerError::Malformed("outcome"))?,
            facts: line.facts.as_slice().try_into().map_err(|_| LedgerError::Malformed("facts"))?,
        })
    }
}

impl From<&LedgerLine> for v1::LedgerLine {
    fn from(line: &LedgerLine) -> Self {
        Self {
            institution: line.number.institution.clone(),
            normal: line.number.normal.clone(),
            outcome: line.outcome.into(),
            facts: line.facts.to_vec(),
        }
    }
}

impl LineFacts {
    /// SHA-256("barid-ledger-facts/v1\n" | how many numbers u32be | each, ascending | how many
    /// numbers of the case that it was joined to u32be | each, ascending).
    #[must_use]
    pub fn digest(&self) -> Hash {
        let mut hasher = Sha256::new().chain_update(FACTS_LABEL);
        for numbers in [&self.numbers, &self.joined_to] {
            // A case with four thousand million numbers does not exist.
            let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            hasher.update(count.to_be_bytes());
            for number in numbers {
                hasher.update(number.bytes());
            }
        }
        hasher.finalize().into()
    }
}
