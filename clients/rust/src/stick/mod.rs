//! A memory stick as the link: what an office has signed goes to where the hub can be reached, and
//! receipts, refusals and what was served come back, days later, in any order, twice without harm.
//!
//! What lies on a stick, and under which names, is told in `proto/barid/v1/stick.proto`; how it is
//! locked in [`lock`]. A stick is believed nothing: envelopes are signed by their senders,
//! documents have their digests, receipts and statements prove themselves, and a history is
//! followed step by step from a tree that one knows. Who carries is named in the log and trusted
//! with nothing.
//!
//! The four acts are those of [`Client`](crate::Client): `pack_stick` at the office,
//! `deliver_stick` and `answer_stick` where there is a link, `unpack_stick` at the office again.

pub mod lock;
mod pieces;
mod read;
mod write;

pub use pieces::Pieces;
pub use read::{Loaded, read};
pub use write::{Load, Written, write};

use std::io;
use std::path::PathBuf;

use barid_proto::tlog::Hash;
use barid_proto::v1::{Address, StickWay};

use crate::error::{ClientError, LocalError};
use crate::hex;
use crate::source::NoRandomness;

/// The name of the member that stands first, and says which version this is.
const HEAD: &str = "barid-stick-v1";
/// The name of the member that stands last.
const END: &str = "end";
/// Most envelopes on a stick, and most outcomes, filings and trees of each: a year of a busy
/// office.
pub const MEMBERS_MAX: usize = 9_999;
/// The longest member that is no document: a filing with its reading.
const MEMBER_MAX_BYTES: u64 = 32 * 1024 * 1024;
/// Most bytes of all of them.
const MEMORY_MAX: u64 = 512 * 1024 * 1024;

/// Why a stick cannot be packed, read or dealt with.
#[derive(Debug, thiserror::Error)]
pub enum StickError {
    /// It is something else, or of another version.
    #[error("this is no stick of version 1, or its beginning is missing")]
    NotAStick,
    /// It is locked to somebody else, or with a passphrase.
    #[error("it is locked {}{}",
        if *by_passphrase { "with a passphrase" } else { "to a key" },
        if *tried { ", and not with this one" } else { ", and none was given" })]
    Locked {
        /// With a passphrase; else to a key.
        by_passphrase: bool,
        /// One was tried, and is another.
        tried: bool,
    },
    /// Bytes were changed, left out or mixed up on the way.
    #[error("it is damaged or cut short; have it packed again: nothing is lost by it")]
    Damaged,
    /// A member that no stick has, or not in this place.
    #[error("{name:?} does not belong there: {why}")]
    Member {
        /// Its name, made harmless.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// It goes the other way.
    #[error("this stick goes {}",
        if matches!(way, StickWay::ToHub) { "to the hub" } else { "to an office" })]
    OtherWay {
        /// Which way it goes.
        way: StickWay,
    },
    /// It is for another hub.
    #[error("it is for the hub {found}, this is an office of {own}")]
    OtherHub {
        /// The hub that is named.
        found: String,
        /// One's own.
        own: String,
    },
    /// It is for another office.
    #[error("it is for {}/{}", office.institution, office.office)]
    OtherOffice {
        /// The office that is named.
        office: Address,
    },
    /// Nothing that it tells of the log is known here, so that nothing can be compared.
    #[error(
        "it proves no tree of the log that this office knows: have it packed again from a \
             newer stick of this office"
    )]
    NoCommonTree,
    /// A document does not fit on a stick with what has to be there too.
    #[error("a stick of {limit} bytes is too small: {needed} bytes are needed beside documents")]
    TooSmall {
        /// What is needed.
        needed: u64,
        /// What was allowed.
        limit: u64,
    },
    /// More of something than a stick holds.
    #[error("{what}: {given}, and a stick holds at most {max}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        given: usize,
        /// How many there may be.
        max: usize,
    },
    /// A document that has to go along is not here.
    #[error("the document {} is not here any more", hex::encode(sha256))]
    DocumentMissing {
        /// Its digest.
        sha256: Hash,
    },
    /// A passphrase is too short.
    #[error("a passphrase has {least} characters at least: a lost stick can be tried for ever")]
    Passphrase {
        /// How many it has to have.
        least: usize,
    },
    /// A key cannot be used.
    #[error("the key for sticks: {0}")]
    Key(String),
    /// Reading failed.
    #[error("the stick cannot be read: {0}")]
    Reading(io::Error),
    /// Writing failed, as when it is full.
    #[error("the stick cannot be written: {0}")]
    Writing(io::Error),
    /// A file cannot be opened or made.
    #[error("{}: {source}", path.display())]
    Path {
        /// Which.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The hub, its evidence, or this machine.
    #[error(transparent)]
    Client(#[from] ClientError),
}

impl StickError {
    fn at(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Path { path, source }
    }

    fn member(name: &str, why: impl Into<String>) -> Self {
        let name = barid_proto::text::legible(name).chars().take(80).collect();
        Self::Member { name, why: why.into() }
    }

    /// What reading a locked stream gave.
    fn reading(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Self::Damaged,
            _ => Self::Reading(error),
        }
    }
}

impl From<LocalError> for StickError {
    fn from(error: LocalError) -> Self {
        Self::Client(error.into())
    }
}

impl From<NoRandomness> for StickError {
    fn from(error: NoRandomness) -> Self {
        Self::Client(error.into())
    }
}
