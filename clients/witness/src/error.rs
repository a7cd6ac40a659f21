//! What keeps a witness from working: always something on its own machine.

use barid_client::error::LocalError;
use std::path::{Path, PathBuf};

/// Somebody has to look after this machine; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// Reading or writing failed.
    #[error(transparent)]
    Disk(#[from] LocalError),
    /// Another process holds the ledger.
    #[error("{}: another process is using this witness", .0.display())]
    InUse(PathBuf),
    /// There is a key but no ledger: what the key has cosigned is not known any more.
    #[error(
        "{}: the ledger of this witness is missing, so what its key has cosigned is not known. \
         Never use the key again: make a witness with a new name (`barid-witness init`) and have \
         it put into the policies in place of this one",
        .0.display()
    )]
    NoLedger(PathBuf),
    /// The ledger belongs to another key than the one that lies beside it.
    #[error("the ledger belongs to {wanted}, and the key beside it is {found}")]
    OtherKey {
        /// The verifier key that the ledger names.
        wanted: String,
        /// The verifier key of the key that was found.
        found: String,
    },
    /// A path holds something else than it should.
    #[error("{}: {why}", path.display())]
    Content {
        /// Where.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A write failed, so what is on the disk is not known. The process has to be started again.
    #[error("an earlier write failed; start the witness again")]
    Broken,
    /// A key cannot be made or used.
    #[error("key: {0}")]
    Key(String),
    /// A setting or an argument cannot be used.
    #[error("{0}")]
    Setting(String),
}

impl WitnessError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Disk(LocalError::Disk { path, source })
    }

    pub(crate) fn content(path: &Path, why: impl ToString) -> Self {
        Self::Content { path: path.to_owned(), why: why.to_string() }
    }
}
