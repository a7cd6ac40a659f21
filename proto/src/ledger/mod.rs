//! Ledgers: what two institutions' registers say about the numbers that both know, in a form in
//! which they find every difference by exchanging little, and show nothing of what agrees.
//!
//! | module | what |
//! |---|---|
//! | [`line`] | one docket number, what became of its case, a digest of what else both know |
//! | [`list`] | all lines of a day, sorted; how many had which outcome |
//! | [`secret`] | what two institutions share, and what blinds one day's lines |
//! | [`map`] | the Merkle map over blinded lines, whose root is signed every day |
//! | [`exchange`] | one side of the search for differences, turn by turn |
//!
//! A map is a tree of sixteen branches, by the hexadecimal digits of the blinded number. A part
//! with at most [`LEAVES_MAX`] lines is their list. Every hash has a label of its own, as RFC 6962
//! has prefixes, so that no list can be taken for a branch:
//!
//! ```text
//! number = HMAC-SHA256(day, "barid-ledger-number/v1\n" | institution | normal)
//! line   = HMAC-SHA256(day, "barid-ledger-line/v1\n" | institution | normal
//!                                                     | outcome u32be | facts)
//! leaves = SHA-256("barid-ledger-leaves/v1\n" | count u8 | for each, ascending: number | line)
//! branch = SHA-256("barid-ledger-branch/v1\n" | present u16be | hash of each branch present)
//! root   = SHA-256("barid-ledger-root/v1\n" | size u64be | leaves or branch of the whole)
//! ```
//!
//! Texts are written with their length before them (u16be). The search needs one turn for each
//! level at which something differs: seven or so for 100,000 lines.

pub mod exchange;
pub mod line;
pub mod list;
pub mod map;
mod opening;
pub mod path;
pub mod secret;
#[cfg(test)]
mod tests;

pub use exchange::{Difference, Exchange, LedgerClaim};
pub use line::{LedgerLine, LedgerNumber, LineFacts};
pub use list::Ledger;
pub use map::LedgerMap;
pub use secret::{DaySecret, PairSecret};

/// Most lines that a part of a map is listed with; what has more is branched. Eight lines cost as
/// much as the hashes of sixteen branches.
pub const LEAVES_MAX: usize = 8;

/// Most lines of a ledger: sixty times the largest election's complaints and appeals.
pub const LINES_MAX: usize = 1_000_000;

/// Most parts that one turn opens, so that a turn has at most 300 KiB of hashes.
pub const OPENINGS_MAX: usize = 256;

/// Most lines that one turn tells in plain, at most 600 bytes each.
pub const TOLD_MAX: usize = 1_024;

/// Most lines that may differ, both sides together. Registers that differ in more are not two
/// views of one thing; they are compared as whole statements.
pub const DIFFERENCES_MAX: usize = 8_192;

/// Most turns of an exchange. The most differences take fewer than half as many.
pub const TURNS_MAX: u32 = 128;

/// Why a ledger is none, or an exchange does not go on. All of them but the first three say that
/// the other side does not keep to what it signed, or to the rules.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum LedgerError {
    /// One docket number stands for two different lines.
    #[error("{0} stands for two cases")]
    NumberTwice(LedgerNumber),
    /// More than [`LINES_MAX`] lines, or too many under one beginning of their blinded numbers.
    #[error("a ledger of {0} lines is too large")]
    TooLarge(usize),
    /// More than [`DIFFERENCES_MAX`] lines differ, or it would take more than [`TURNS_MAX`] turns.
    #[error("the ledgers differ in too much to be searched: compare the whole registers")]
    TooDifferent,
    /// The two digests are not of one day, or not made for each other.
    #[error("these two digests were not made to be compared")]
    NotAPair,
    /// A line, or a digest, is not well-formed; the element that is not.
    #[error("{0} is not well-formed")]
    Malformed(&'static str),
    /// A turn has another number than the one that comes next.
    #[error("turn {given} comes where turn {wanted} was to come")]
    Turn {
        /// The number that was to come.
        wanted: u32,
        /// The number that came.
        given: u32,
    },
    /// What was opened or told is not under the root that the other side signed.
    #[error("what the other side shows is not what it signed")]
    NotSigned,
    /// An answer to what was not opened, an opening of what does not differ, or a turn when the
    /// exchange is over.
    #[error("the other side shows or asks for what is not in question")]
    Unasked,
    /// What was opened is not answered, or a line that differs is not told.
    #[error("the other side withholds what is in question")]
    Withheld,
    /// After all differences, the other side's number of lines or tallies do not add up.
    #[error("the other side's figures do not add up with its lines")]
    Figures,
}
