//! Everything that can go wrong between a host and a plugin, whose fault it is, and what to do.

use std::io;
use std::time::Duration;

use barid_plugin::abi::{BARID_ABI_VERSION, BARID_ABI_VERSION_OLDEST, BARID_TABLE_SIZE_MIN};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Longest foreign text that an error repeats, in characters. It ends in a line of a log.
const QUOTE_CHARS_MAX: usize = 500;

/// Who has to do something about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The operator: a manifest or a library on the disk is not as it should be.
    Configuration,
    /// The plugin's authors: it broke the promises of the boundary.
    Plugin,
    /// Whoever asked: the format is not offered, does not know the kind, or the request is too big.
    Caller,
    /// Nobody; the same request may succeed later.
    Load,
}

/// Why a plugin was not loaded. Each text says what to do.
#[derive(Debug, Error)]
pub enum LoadFailure {
    /// A field of the manifest is out of its bounds.
    #[error("the manifest is wrong: {0}")]
    Manifest(String),
    /// The library could not be read from the disk.
    #[error("cannot be read ({0}): correct the manifest's `path`, or its permissions")]
    Unreadable(#[source] io::Error),
    /// The library is larger than any honest one.
    #[error("has more than {max} bytes: strip it of its debugging symbols")]
    TooLarge {
        /// Most bytes.
        max: u64,
    },
    /// It is not the library that the operator approved.
    #[error(
        "has SHA-256 {found}, and the manifest says {expected}: put back the library that was \
         approved, or approve this one by writing its digest into the manifest"
    )]
    DigestDiffers {
        /// Digest in the manifest, hexadecimal.
        expected: String,
        /// Digest of what lies there.
        found: String,
    },
    /// No memory could be sealed for it.
    #[error(
        "cannot be sealed in memory ({0}): the hub needs memfd_create with seals, Linux 3.17 or \
         later, and a sandbox that lets it"
    )]
    Sealing(#[source] io::Error),
    /// Its worker process could not be started.
    #[error("its worker process does not start ({0})")]
    Worker(String),
    /// The library itself is not what the boundary asks for.
    #[error(transparent)]
    Library(#[from] LibraryFailure),
    /// `describe` failed.
    #[error("cannot describe itself: {0}")]
    Describing(#[source] CallFailure),
    /// The description breaks a rule.
    #[error("describes itself wrongly: {0}; its authors must mend that")]
    Description(String),
    /// The manifest names a format that the plugin does not have.
    #[error("has no format {format:?}; it offers {offered}: correct the manifest's `formats`")]
    FormatMissing {
        /// The format in the manifest.
        format: String,
        /// What the plugin describes.
        offered: String,
    },
}

/// What is wrong with a library. Travels from a worker to its host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum LibraryFailure {
    /// It is no shared library.
    #[error("is not an ELF shared library: name the built library (`.so`), not its source")]
    NotALibrary,
    /// The system's loader refused it.
    #[error(
        "is refused by the system's loader ({0}): build it for this machine and system, with \
         everything but the C library linked into it"
    )]
    Loader(String),
    /// It does not export the symbol.
    #[error(
        "does not export `barid_plugin_entry`: in Rust say export_format! in a crate of type \
         cdylib, elsewhere include barid_plugin.h and define that function"
    )]
    SymbolMissing,
    /// The entry function returned null, or a pointer that no table can have.
    #[error("`barid_plugin_entry` returned no table: it must return the address of a static")]
    TableMissing,
    /// Compiled for another version of the boundary.
    #[error(
        "was built for version {plugin} of the boundary, and this hub loads versions \
         {BARID_ABI_VERSION_OLDEST} to {BARID_ABI_VERSION}: {}", version_remedy(*plugin)
    )]
    AbiVersion {
        /// The plugin's version.
        plugin: u32,
    },
    /// The table ends before the required functions do.
    #[error(
        "has a table of {size} bytes, and version 1 needs {BARID_TABLE_SIZE_MIN}: set table_size \
         to sizeof(BaridPluginTable)"
    )]
    TableTooSmall {
        /// The plugin's `table_size`.
        size: u32,
    },
    /// A required function is null.
    #[error("has no function `{0}`: every function of version 1 is required")]
    FunctionMissing(String),
}

impl LoadFailure {
    /// Who has to do something about it.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::Manifest(_)
            | Self::Unreadable(_)
            | Self::TooLarge { .. }
            | Self::DigestDiffers { .. }
            | Self::Sealing(_)
            | Self::Worker(_)
            | Self::Library(
                LibraryFailure::NotALibrary
                | LibraryFailure::Loader(_)
                | LibraryFailure::AbiVersion { .. },
            )
            | Self::FormatMissing { .. } => Fault::Configuration,
            Self::Library(_) | Self::Describing(_) | Self::Description(_) => Fault::Plugin,
        }
    }
}

fn version_remedy(plugin: u32) -> &'static str {
    if plugin > BARID_ABI_VERSION {
        "use a newer hub, or an older build of the plugin"
    } else {
        "build the plugin again with the current barid_plugin.h"
    }
}

/// Why a call gave no usable reply.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CallFailure {
    /// The plugin said that it failed.
    #[error("it failed with status {code}: {text}")]
    Failed {
        /// The status; those that are known are in `barid_plugin.h`.
        code: i32,
        /// The plugin's text, shortened, on one line.
        text: String,
    },
    /// The reply is larger than the operator allows.
    #[error("its reply has {bytes} bytes, and the manifest allows {max}")]
    ReplyTooLarge {
        /// Size that the plugin gave.
        bytes: usize,
        /// Most bytes.
        max: usize,
    },
    /// The reply breaks a rule.
    #[error("its reply is invalid: {0}")]
    ReplyInvalid(String),
    /// The call did not end in time. A worker was ended with it; within the host's own process it
    /// may still be running, and keeps its place until it ends.
    #[error("it did not answer within {deadline_ms} ms")]
    TooSlow {
        /// The deadline.
        deadline_ms: u64,
    },
    /// The worker ended in the middle of the call, and a fresh one did too.
    #[error("its worker process ended over this request, twice: {how}")]
    Died {
        /// How the last one ended.
        how: String,
    },
    /// No worker could be started; the next one is tried a little later.
    #[error("its worker process does not start ({0}): try again")]
    NotStarted(String),
    /// The document that it was to look at could not be read.
    #[error("the document cannot be read: {0}")]
    Unread(String),
    /// The places of this plugin were taken until the deadline, or until little of it was left.
    #[error("it is busy with other documents: try again")]
    Busy,
    /// The hub is shutting down.
    #[error("the hub is stopping: try again")]
    Stopped,
}

impl CallFailure {
    /// Who has to do something about it.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::Busy | Self::Stopped | Self::NotStarted(_) | Self::Unread(_) => Fault::Load,
            _ => Fault::Plugin,
        }
    }

    /// What it means that a call did not end in the time it was `given`, of a whole deadline. The
    /// rest went to waiting for others' documents and to starting a worker: a document that had
    /// less than half is not blamed for it.
    #[must_use]
    pub fn late(given: Duration, deadline_ms: u64) -> Self {
        if given.saturating_mul(2) >= Duration::from_millis(deadline_ms) {
            Self::TooSlow { deadline_ms }
        } else {
            Self::Busy
        }
    }

    /// Whether the request itself ended a worker: the same request is better not given to another.
    #[must_use]
    pub fn is_deadly(&self) -> bool {
        matches!(self, Self::TooSlow { .. } | Self::Died { .. })
    }
}

/// A foreign text for an error: on one line, without control and direction characters, shortened.
#[must_use]
pub fn quoted(text: &str) -> String {
    text.chars()
        .map(|one| if one.is_control() || turns_direction(one) { '\u{FFFD}' } else { one })
        .take(QUOTE_CHARS_MAX)
        .collect()
}

/// Whether the character changes the direction of what follows; it could make a line read as
/// something else.
pub(crate) fn turns_direction(one: char) -> bool {
    const MARKS: [char; 3] = ['\u{061C}', '\u{200E}', '\u{200F}'];
    MARKS.contains(&one) || matches!(one, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_document_that_had_its_time_is_blamed() {
        let given = |ms| CallFailure::late(Duration::from_millis(ms), 1_000);
        assert_eq!(given(1_000), CallFailure::TooSlow { deadline_ms: 1_000 });
        assert!(given(500).is_deadly());
        assert_eq!(given(499), CallFailure::Busy);
        assert_eq!(given(0).fault(), Fault::Load);
    }
}
