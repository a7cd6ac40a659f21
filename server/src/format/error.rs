//! Everything that can go wrong between the hub and a format, whose fault it is, and what to do.

use std::path::PathBuf;

use barid_plugin_host::{CallFailure, Fault, LoadFailure};
use thiserror::Error;

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
    /// What the hub keeps of its plugins cannot be kept.
    #[error("{}: {error}: the hub keeps its plugins and what ended them there", path.display())]
    Keeping {
        /// Where.
        path: PathBuf,
        /// What the system says.
        #[source]
        error: std::io::Error,
    },
    /// No plugin offers the format.
    #[error("format {format:?} is unknown here: use one of those that the hub lists")]
    Unknown {
        /// The format, shortened.
        format: String,
    },
    /// No plugin of this digest is kept here.
    #[error(
        "no plugin with SHA-256 {sha256} is kept here: either this hub never read with it, or it \
         could not be kept, of which the hub's operator was told then"
    )]
    NotKept {
        /// The digest, hexadecimal.
        sha256: String,
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
    /// The request ended the plugin's worker twice, and is not given to another.
    #[error(
        "this document ended the worker of format {format} twice and was put in quarantine as \
         {name}: it is not read again, and the hub's operator was told"
    )]
    Quarantined {
        /// The format.
        format: String,
        /// The name under which it is kept.
        name: String,
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
            Self::ClaimedTwice { .. } | Self::Keeping { .. } => Fault::Configuration,
            Self::Unknown { .. }
            | Self::NotKept { .. }
            | Self::KindNotOffered { .. }
            | Self::RequestTooLarge { .. } => Fault::Caller,
            Self::Quarantined { .. } => Fault::Plugin,
            Self::Calling { failure, .. } => failure.fault(),
        }
    }
}
