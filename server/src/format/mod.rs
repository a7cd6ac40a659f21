//! Institutions' formats: documents to filings, filings to documents.
//!
//! A format lives in a plugin that an operator approved by its digest ([`PluginManifest`]). The
//! rest of the hub sees [`Formats`] only: requests go in, replies come out that have been checked
//! as the untrusted input they are. Where a plugin runs is a secret of `host`.

mod description;
mod error;
mod host;
mod manifest;
mod plugin;
mod reply;
mod sealed;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use barid_proto::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingKind, FormatDescription,
};
use prost::Message;

pub use error::{CallFailure, Fault, FormatError, LoadFailure};
pub use manifest::{DEADLINE_MS_MAX, FORMATS_MAX, PluginManifest};
use plugin::Plugin;

/// Which plugin read or wrote: part of every reading, so that in ten years one can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginIdentity {
    /// The plugin's name: `ihec`.
    pub name: String,
    /// Its version, as its authors count.
    pub version: String,
    /// SHA-256 of its library.
    pub sha256: [u8; 32],
}

impl fmt::Display for PluginIdentity {
    /// Name and version, as a `Reading` keeps them: `ihec 1.2.0`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.name, self.version)
    }
}

/// One format that can be used here.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What it is and which kinds of filing it reads and writes.
    pub description: FormatDescription,
    /// Who speaks it.
    pub plugin: PluginIdentity,
}

/// A document, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// Content of the kind that was asked for, or at least one problem of severity error.
    pub reply: DecodeReply,
    /// Who read it.
    pub plugin: PluginIdentity,
}

/// A filing, written.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoded {
    /// A document, or at least one problem of severity error.
    pub reply: EncodeReply,
    /// Who wrote it.
    pub plugin: PluginIdentity,
}

/// All formats of this hub. Cloning shares them.
#[derive(Debug, Clone)]
pub struct Formats {
    by_id: Arc<BTreeMap<String, Loaded>>,
}

#[derive(Debug)]
struct Loaded {
    offer: Offer,
    plugin: Arc<Plugin>,
}

impl Formats {
    /// Loads all plugins. Blocks; to be done once, when the hub starts. None is a hub that takes
    /// ready-made content only.
    ///
    /// # Errors
    /// [`FormatError::Loading`] for the first plugin that cannot be used as its manifest says, and
    /// [`FormatError::ClaimedTwice`] when two manifests name one format.
    pub fn load(manifests: &[PluginManifest]) -> Result<Self, FormatError> {
        let mut by_id: BTreeMap<String, Loaded> = BTreeMap::new();
        for manifest in manifests {
            let (plugin, descriptions) = Plugin::load(manifest)
                .map_err(|failure| FormatError::Loading { path: manifest.path.clone(), failure })?;
            let plugin = Arc::new(plugin);
            for description in descriptions {
                let id = description.id.clone();
                let offer = Offer { description, plugin: plugin.identity.clone() };
                let loaded = Loaded { offer, plugin: Arc::clone(&plugin) };
                if let Some(earlier) = by_id.insert(id.clone(), loaded) {
                    return Err(FormatError::ClaimedTwice {
                        format: id,
                        first: earlier.plugin.manifest.path.clone(),
                        second: manifest.path.clone(),
                    });
                }
            }
        }
        Ok(Self { by_id: Arc::new(by_id) })
    }

    /// All formats, sorted by identifier.
    pub fn describe(&self) -> impl Iterator<Item = &Offer> {
        self.by_id.values().map(|loaded| &loaded.offer)
    }

    /// One format by its identifier.
    #[must_use]
    pub fn find(&self, format: &str) -> Option<&Offer> {
        self.by_id.get(format).map(|loaded| &loaded.offer)
    }

    /// Whether [`Formats::decode`] would hand this request to a plugin. Runs nothing.
    ///
    /// The dry run of a whole reading is `decode` itself: it records nothing.
    ///
    /// # Errors
    /// [`FormatError::Unknown`], [`FormatError::KindNotOffered`], [`FormatError::RequestTooLarge`].
    pub fn check(&self, request: &DecodeRequest) -> Result<(), FormatError> {
        self.reader(request).map(|_| ())
    }

    /// Has a document read, within the plugin's deadline. Records nothing.
    ///
    /// # Errors
    /// As [`Formats::check`], and [`FormatError::Calling`] when the plugin gave no usable reply.
    /// What is wrong with the *document* is no error: it is in the reply's problems.
    pub async fn decode(&self, request: DecodeRequest) -> Result<Decoded, FormatError> {
        let loaded = self.reader(&request)?;
        let outcome = loaded.plugin.within_deadline(move |plugin| plugin.decode(&request)).await;
        loaded.decoded(outcome)
    }

    /// As [`Formats::decode`], on the caller's thread and without deadline: for tools and tests.
    ///
    /// # Errors
    /// As [`Formats::decode`].
    pub fn decode_blocking(&self, request: &DecodeRequest) -> Result<Decoded, FormatError> {
        let loaded = self.reader(request)?;
        loaded.decoded(loaded.plugin.decode(request))
    }

    /// Has a filing written in a format, within the plugin's deadline.
    ///
    /// # Errors
    /// As [`Formats::decode`]. What the format cannot express is in the reply's problems.
    pub async fn encode(&self, request: EncodeRequest) -> Result<Encoded, FormatError> {
        let loaded = self.writer(&request)?;
        let format = loaded.offer.description.clone();
        let work = move |plugin: &Plugin| plugin.encode(&format, &request);
        loaded.encoded(loaded.plugin.within_deadline(work).await)
    }

    /// As [`Formats::encode`], on the caller's thread and without deadline: for tools and tests.
    ///
    /// # Errors
    /// As [`Formats::encode`].
    pub fn encode_blocking(&self, request: &EncodeRequest) -> Result<Encoded, FormatError> {
        let loaded = self.writer(request)?;
        loaded.encoded(loaded.plugin.encode(&loaded.offer.description, request))
    }

    fn reader(&self, request: &DecodeRequest) -> Result<&Loaded, FormatError> {
        let loaded = self.loaded(&request.format)?;
        loaded.check_kind("read", &loaded.offer.description.decodes, request.kind)?;
        loaded.check_size(request.encoded_len())?;
        Ok(loaded)
    }

    fn writer(&self, request: &EncodeRequest) -> Result<&Loaded, FormatError> {
        let loaded = self.loaded(&request.format)?;
        loaded.check_size(request.encoded_len())?;
        let kind = request.content.as_ref().and_then(reply::kind_of).unwrap_or_default();
        loaded.check_kind("write", &loaded.offer.description.encodes, kind)?;
        Ok(loaded)
    }

    fn loaded(&self, format: &str) -> Result<&Loaded, FormatError> {
        let unknown = || FormatError::Unknown { format: error::quoted(format) };
        self.by_id.get(format).ok_or_else(unknown)
    }
}

impl Loaded {
    fn check_kind(&self, verb: &'static str, known: &[i32], kind: i32) -> Result<(), FormatError> {
        if known.contains(&kind) {
            return Ok(());
        }
        let name = FilingKind::try_from(kind).map_or("an unknown kind", |kind| kind.as_str_name());
        let format = self.offer.description.id.clone();
        Err(FormatError::KindNotOffered { format, verb, kind: name.to_owned() })
    }

    fn check_size(&self, bytes: usize) -> Result<(), FormatError> {
        let max = self.plugin.manifest.max_input_bytes;
        if bytes <= max {
            return Ok(());
        }
        let format = self.offer.description.id.clone();
        Err(FormatError::RequestTooLarge { format, bytes, max })
    }

    fn decoded(&self, outcome: Result<DecodeReply, CallFailure>) -> Result<Decoded, FormatError> {
        let reply = outcome.map_err(|failure| self.failed(failure))?;
        Ok(Decoded { reply, plugin: self.offer.plugin.clone() })
    }

    fn encoded(&self, outcome: Result<EncodeReply, CallFailure>) -> Result<Encoded, FormatError> {
        let reply = outcome.map_err(|failure| self.failed(failure))?;
        Ok(Encoded { reply, plugin: self.offer.plugin.clone() })
    }

    fn failed(&self, failure: CallFailure) -> FormatError {
        FormatError::Calling {
            plugin: self.offer.plugin.to_string(),
            format: self.offer.description.id.clone(),
            failure,
        }
    }
}
