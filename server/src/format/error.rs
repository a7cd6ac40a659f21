//! Everything that can go wrong between the hub and a format, whose fault it is, and what to do.

use std::io;
use std::path::PathBuf;

use barid_plugin::abi::{BARID_ABI_VERSION, BARID_ABI_VERSION_OLDEST, BARID_TABLE_SIZE_MIN};
use thiserror::Error;

/// Longest foreign text that an error repeats, in characters. It ends in a line of a log.
const QUOTE_CHARS_MAX: usize = 500;

/// Who has to do something about a [`FormatError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The hub's operator: a manifest or a library on the disk is not as it should be.
    Configuration,
    /// The plugin's authors: it broke the promises of the boundary.
    Plugin,
    /// Whoever asked: the format is not offered, does not know the kind, or the request is too big.
    Caller,
    /// Nobody; the same request may succeed later.
    Load,
}

/// A format could not be loaded or used.
#[derive(Debug, Error)]
pub enum FormatError {
    /// A plugin was not loaded.
    #[error("plugin {}: {failure}", path.display())]
    Loading {
        /// The library's path in the manifest.
        path: PathBuf,
        /// What is wrong.
        #[source]
        failure: LoadFailure,
    },
    /// Two manifests offer one format.
    #[error(
        "format {format} is claimed by {} and by {}: leave it in the `formats` of one of them",
        first.display(), second.display()
    )]
    ClaimedTwice {
        /// The format.
        format: String,
        /// The library of the first manifest.
        first: PathBuf,
        /// The library of the second.
        second: PathBuf,
    },
    /// No plugin offers the format.
    #[error("format {format:?} is unknown here: use one of those that the hub lists")]
    Unknown {
        /// The format, shortened.
        format: String,
    },
    /// The format does not read or write this kind of filing.
    #[error("format {format} does not {verb} {kind}: use another format, or another kind")]
    KindNotOffered {
        /// The format.
        format: String,
        /// `read` or `write`.
        verb: &'static str,
        /// The kind's name.
        kind: String,
    },
    /// The request is larger than the operator allows for this plugin.
    #[error("a request of {bytes} bytes is more than the {max} that format {format} takes")]
    RequestTooLarge {
        /// The format.
        format: String,
        /// Size of the serialised request.
        bytes: usize,
        /// Most bytes, from the manifest.
        max: usize,
    },
    /// The plugin was called and gave no usable reply.
    #[error("plugin {plugin}, format {format}: {failure}")]
    Calling {
        /// Name and version of the plugin.
        plugin: String,
        /// The format.
        format: String,
        /// What went wrong.
        #[source]
        failure: CallFailure,
    },
}

impl FormatError {
    /// Who has to do something about it.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::Loading { failure, .. } => failure.fault(),
            Self::ClaimedTwice { .. } => Fault::Configuration,
            Self::Unknown { .. } | Self::KindNotOffered { .. } | Self::RequestTooLarge { .. } => {
                Fault::Caller
            }
            Self::Calling { failure: CallFailure::Busy | CallFailure::Stopped, .. } => Fault::Load,
            Self::Calling { .. } => Fault::Plugin,
        }
    }
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
    /// It is no shared library.
    #[error("is not an ELF shared library: name the built library (`.so`), not its source")]
    NotALibrary,
    /// No memory could be sealed for it.
    #[error(
        "cannot be sealed in memory ({0}): the hub needs memfd_create with seals, Linux 3.17 or \
         later, and a sandbox that lets it"
    )]
    Sealing(#[source] io::Error),
    /// The system's loader refused it.
    #[error("is refused by the system's loader ({0}): build it for this machine and system")]
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
    FunctionMissing(&'static str),
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

impl LoadFailure {
    fn fault(&self) -> Fault {
        match self {
            Self::Manifest(_)
            | Self::Unreadable(_)
            | Self::TooLarge { .. }
            | Self::DigestDiffers { .. }
            | Self::NotALibrary
            | Self::Sealing(_)
            | Self::Loader(_)
            | Self::AbiVersion { .. }
            | Self::FormatMissing { .. } => Fault::Configuration,
            Self::SymbolMissing
            | Self::TableMissing
            | Self::TableTooSmall { .. }
            | Self::FunctionMissing(_)
            | Self::Describing(_)
            | Self::Description(_) => Fault::Plugin,
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
#[derive(Debug, Error)]
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
    /// The call did not end in time. It may still be running, and keeps its place until it ends.
    #[error("it did not answer within {deadline_ms} ms")]
    TooSlow {
        /// The deadline.
        deadline_ms: u64,
    },
    /// All places of this plugin were taken until the deadline.
    #[error("it is busy with other documents: try again")]
    Busy,
    /// The hub is shutting down.
    #[error("the hub is stopping: try again")]
    Stopped,
}

/// A foreign text for an error: on one line, without control and direction characters, shortened.
pub(super) fn quoted(text: &str) -> String {
    text.chars()
        .map(|one| if one.is_control() || turns_direction(one) { '\u{FFFD}' } else { one })
        .take(QUOTE_CHARS_MAX)
        .collect()
}

/// Whether the character changes the direction of what follows; it could make a line read as
/// something else.
pub(super) fn turns_direction(one: char) -> bool {
    const MARKS: [char; 3] = ['\u{061C}', '\u{200E}', '\u{200F}'];
    MARKS.contains(&one) || matches!(one, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
