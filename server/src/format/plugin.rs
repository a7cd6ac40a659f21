//! One loaded plugin: what it is, how much it may take, and how it is asked.

use std::sync::Arc;
use std::time::Duration;

use barid_proto::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FormatDescription, PluginDescription,
};
use prost::Message;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout_at};

use super::PluginIdentity;
use super::description::{self, DESCRIPTION_BYTES_MAX};
use super::error::{CallFailure, LoadFailure};
use super::host::{Library, Operation};
use super::manifest::PluginManifest;
use super::{reply, sealed};

/// Most calls of one plugin at once. More would only share the same cores; and a plugin that never
/// returns holds this many threads, not all of the hub's.
const CALLS_AT_ONCE_MAX: usize = 4;

/// A loaded plugin.
#[derive(Debug)]
pub(super) struct Plugin {
    pub(super) identity: PluginIdentity,
    pub(super) manifest: PluginManifest,
    library: Library,
    places: Arc<Semaphore>,
}

impl Plugin {
    /// Loads the library that the manifest names; the descriptions are of the allowed formats.
    pub(super) fn load(
        manifest: &PluginManifest,
    ) -> Result<(Self, Vec<FormatDescription>), LoadFailure> {
        manifest.check().map_err(LoadFailure::Manifest)?;
        let bytes = sealed::read(&manifest.path, &manifest.sha256)?;
        let library = Library::load(&manifest.path, &bytes)?;
        let described = library
            .call(Operation::Describe, DESCRIPTION_BYTES_MAX)
            .map_err(LoadFailure::Describing)?;
        let description = description::read(&described).map_err(LoadFailure::Description)?;
        let allowed = allowed(manifest, &description)?;
        let identity = PluginIdentity {
            name: description.name,
            version: description.version,
            sha256: manifest.sha256,
        };
        let places = Arc::new(Semaphore::new(CALLS_AT_ONCE_MAX));
        Ok((Self { identity, manifest: manifest.clone(), library, places }, allowed))
    }

    /// Has a document read. Takes the time that it takes.
    pub(super) fn decode(&self, request: &DecodeRequest) -> Result<DecodeReply, CallFailure> {
        let bytes = self.call(Operation::Decode(&request.encode_to_vec()))?;
        reply::decoded(&bytes, request.kind).map_err(CallFailure::ReplyInvalid)
    }

    /// Has a filing written. Takes the time that it takes.
    pub(super) fn encode(
        &self,
        format: &FormatDescription,
        request: &EncodeRequest,
    ) -> Result<EncodeReply, CallFailure> {
        let bytes = self.call(Operation::Encode(&request.encode_to_vec()))?;
        reply::encoded(&bytes, format).map_err(CallFailure::ReplyInvalid)
    }

    /// Does the work on a thread of its own, within the deadline. A call that overruns it goes on
    /// and keeps its place, so that runaway calls cannot pile up.
    pub(super) async fn within_deadline<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, CallFailure> + Send + 'static,
    ) -> Result<T, CallFailure> {
        let deadline_ms = self.manifest.deadline_ms;
        let deadline = Instant::now() + Duration::from_millis(deadline_ms);
        let place = timeout_at(deadline, Arc::clone(&self.places).acquire_owned())
            .await
            .map_err(|_| CallFailure::Busy)?
            .map_err(|_| CallFailure::Stopped)?;
        let plugin = Arc::clone(self);
        let call = spawn_blocking(move || {
            let _place = place;
            work(&plugin)
        });
        timeout_at(deadline, call)
            .await
            .map_err(|_| CallFailure::TooSlow { deadline_ms })?
            .map_err(|_| CallFailure::Stopped)?
    }

    fn call(&self, operation: Operation<'_>) -> Result<Vec<u8>, CallFailure> {
        self.library.call(operation, self.manifest.max_output_bytes)
    }
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
