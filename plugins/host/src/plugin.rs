//! One loaded plugin: what it is, how much it may take, where it runs, and how it is asked.

use std::fmt;
use std::time::Instant;

use barid_plugin::abi::BARID_MESSAGE_BYTES_MAX;
use barid_proto::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FormatDescription, PluginDescription,
};
use prost::Message;

use crate::description::{self, DESCRIPTION_BYTES_MAX};
use crate::error::{CallFailure, LoadFailure};
use crate::library::{Library, Operation};
use crate::manifest::PluginManifest;
use crate::worker::{Asked, Confinement, Pool, Program};
use crate::{reply, sealed};

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

/// A loaded plugin. Its workers end with it; a library in the host's own process is never unloaded.
#[derive(Debug)]
pub struct Plugin {
    identity: PluginIdentity,
    manifest: PluginManifest,
    formats: Vec<FormatDescription>,
    seat: Seat,
}

/// Where the library is.
#[derive(Debug)]
enum Seat {
    Here(Library),
    Apart(Pool),
}

impl Plugin {
    /// Loads the library that the manifest names. `program` becomes its workers, unless the
    /// manifest says `in_process`. Blocks.
    ///
    /// # Errors
    /// What is wrong with manifest, library or description, and what to do about it.
    pub fn load(manifest: &PluginManifest, program: &Program) -> Result<Self, LoadFailure> {
        manifest.check().map_err(LoadFailure::Manifest)?;
        let library = sealed::read(&manifest.path, &manifest.sha256)?;
        Self::of(manifest, &library, program)
    }

    /// As [`Plugin::load`], with a library that was read, and its digest compared, by
    /// [`read_library`](crate::read_library).
    ///
    /// # Errors
    /// As [`Plugin::load`].
    pub fn of(
        manifest: &PluginManifest,
        library: &[u8],
        program: &Program,
    ) -> Result<Self, LoadFailure> {
        manifest.check().map_err(LoadFailure::Manifest)?;
        let (seat, description) = seated(manifest, library, program)?;
        let formats = allowed(manifest, &description)?;
        let identity = PluginIdentity {
            name: description.name,
            version: description.version,
            sha256: manifest.sha256,
        };
        Ok(Self { identity, manifest: manifest.clone(), formats, seat })
    }

    /// What a library says of itself, for those who are about to write its manifest: which formats
    /// this one names plays no part. The library is read, and ended, like any other. Blocks.
    ///
    /// # Errors
    /// As [`Plugin::load`], without [`LoadFailure::FormatMissing`].
    pub fn describe(
        manifest: &PluginManifest,
        program: &Program,
    ) -> Result<PluginDescription, LoadFailure> {
        let library = sealed::read(&manifest.path, &manifest.sha256)?;
        Ok(seated(manifest, &library, program)?.1)
    }

    /// Who it is.
    #[must_use]
    pub fn identity(&self) -> &PluginIdentity {
        &self.identity
    }

    /// What its operator allows.
    #[must_use]
    pub fn manifest(&self) -> &PluginManifest {
        &self.manifest
    }

    /// The formats that the manifest allows, in its order.
    #[must_use]
    pub fn formats(&self) -> &[FormatDescription] {
        &self.formats
    }

    /// What keeps it in. `None`: it runs in the host's own process, kept in by nothing.
    #[must_use]
    pub fn confinement(&self) -> Option<Confinement> {
        match &self.seat {
            Seat::Here(_) => None,
            Seat::Apart(pool) => Some(pool.confinement()),
        }
    }

    /// Has a document read. A worker is given until `deadline`; within the host's own process it
    /// takes the time that it takes.
    ///
    /// # Errors
    /// [`CallFailure`]. What is wrong with the document is none: it is in the reply's problems.
    pub fn decode(
        &self,
        request: &DecodeRequest,
        deadline: Instant,
    ) -> Result<DecodeReply, CallFailure> {
        let asked = request.encode_to_vec();
        let bytes = self.call(Operation::Decode(&asked), &request.institution, deadline)?;
        reply::decoded(&bytes, request.kind).map_err(CallFailure::ReplyInvalid)
    }

    /// Has a filing written in one of [`Plugin::formats`]. As to time, see [`Plugin::decode`].
    ///
    /// # Errors
    /// As [`Plugin::decode`].
    pub fn encode(
        &self,
        format: &FormatDescription,
        request: &EncodeRequest,
        deadline: Instant,
    ) -> Result<EncodeReply, CallFailure> {
        let asked = request.encode_to_vec();
        let bytes = self.call(Operation::Encode(&asked), &request.institution, deadline)?;
        reply::encoded(&bytes, format).map_err(CallFailure::ReplyInvalid)
    }

    fn call(
        &self,
        operation: Operation<'_>,
        institution: &str,
        deadline: Instant,
    ) -> Result<Vec<u8>, CallFailure> {
        match &self.seat {
            Seat::Here(library) => {
                let max = self.manifest.max_output_bytes.min(BARID_MESSAGE_BYTES_MAX);
                library.call(operation, max)
            }
            Seat::Apart(pool) => {
                let asked = match operation {
                    Operation::Decode(request) => Asked::Decode(request),
                    Operation::Encode(request) => Asked::Encode(request),
                    // Each worker has done so when it started.
                    Operation::Describe => return Ok(pool.description().to_vec()),
                };
                pool.call(asked, institution, deadline)
            }
        }
    }
}

/// Puts the library where the manifest wants it, and has it describe itself.
fn seated(
    manifest: &PluginManifest,
    library: &[u8],
    program: &Program,
) -> Result<(Seat, PluginDescription), LoadFailure> {
    let (seat, described) = if manifest.in_process {
        let library = Library::load(&manifest.path, library)?;
        let described = library
            .call(Operation::Describe, DESCRIPTION_BYTES_MAX)
            .map_err(LoadFailure::Describing)?;
        (Seat::Here(library), described)
    } else {
        let pool = Pool::start(manifest, library, program)?;
        let described = pool.description().to_vec();
        (Seat::Apart(pool), described)
    };
    Ok((seat, description::read(&described).map_err(LoadFailure::Description)?))
}

/// The descriptions of the formats that the manifest allows, in its order.
fn allowed(
    manifest: &PluginManifest,
    description: &PluginDescription,
) -> Result<Vec<FormatDescription>, LoadFailure> {
    let find = |wanted: &String| {
        let found = description.formats.iter().find(|format| format.id == *wanted);
        found.cloned().ok_or_else(|| LoadFailure::FormatMissing {
            format: wanted.clone(),
            offered: offered(description),
        })
    };
    manifest.formats.iter().map(find).collect()
}

fn offered(description: &PluginDescription) -> String {
    let ids: Vec<&str> = description.formats.iter().map(|format| format.id.as_str()).collect();
    ids.join(", ")
}
