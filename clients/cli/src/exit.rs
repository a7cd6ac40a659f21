//! How the command line ends: the number a script sees, and what a person is told.

use barid_client::ClientError;
use barid_client::error::{EvidenceError, LocalError};

/// What each exit code means; part of `barid --help`.
pub(crate) const CODES: &str = "\
Exit codes:
  0  done; for `check`, `verify`, `period compute`, `reconcile`: acceptable, valid, in time, alike;
     for `search`: found; for `batch`: all filed
  1  refused by the hub, not valid, late, different, or not found; the same again cannot succeed
  2  cannot decide, wrong usage, or something on this machine
  3  the hub cannot be reached or is overloaded, or too few witnesses have confirmed the filing;
     what was filed waits in the outbox
  4  the hub's or another institution's evidence does not hold: keep everything and tell the other institutions";

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The client library says why.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// Wrong usage, or something on this machine.
    #[error("{0}")]
    Usage(String),
    /// Another institution's evidence does not hold.
    #[error("{0}")]
    Evident(String),
    /// Said already; only the code is left.
    #[error("exit code {0}")]
    Said(u8),
}

impl Failure {
    /// Wrong usage, said in one sentence that tells what would be right.
    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self::Usage(what.into())
    }

    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Client(ClientError::Refused(refusal)) if refusal.is_temporary() => 3,
            Self::Client(ClientError::Refused(_)) => 1,
            Self::Client(ClientError::Unreachable(_) | ClientError::Unwitnessed(_)) => 3,
            Self::Client(ClientError::Evidence(_)) | Self::Evident(_) => 4,
            Self::Client(ClientError::Local(_)) | Self::Usage(_) => 2,
            Self::Said(code) => *code,
        }
    }
}

impl From<LocalError> for Failure {
    fn from(error: LocalError) -> Self {
        Self::Client(error.into())
    }
}

impl From<EvidenceError> for Failure {
    fn from(error: EvidenceError) -> Self {
        Self::Client(error.into())
    }
}
