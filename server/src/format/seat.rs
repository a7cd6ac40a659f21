//! One plugin in use: its places, its deadline, and what happens to documents that end it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use barid_plugin_host::manifest::to_hex;
use barid_plugin_host::worker::Program;
use barid_plugin_host::{CallFailure, Plugin, PluginManifest};
use barid_proto::v1::{DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FormatDescription};
use prost::Message;
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::spawn_blocking;
use tokio::time::timeout_at;

use super::places::Places;
use super::quarantine::{Note, Quarantine, name};
use super::{FormatError, Offer};

/// How much longer than its deadline a call in a worker is waited for: the worker is ended in it.
const ENDING_MAX: Duration = Duration::from_secs(2);

/// A plugin and its places.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) plugin: Plugin,
    places: Places,
    /// Of a plugin of long ago: its place among those, given back when its workers are gone.
    _again: Option<OwnedSemaphorePermit>,
}

/// One call: what, for whom, and in which bytes.
#[derive(Debug)]
struct Asked {
    operation: &'static str,
    format: String,
    institution: String,
}

impl Asked {
    fn of(operation: &'static str, format: &str, institution: &str) -> Self {
        Self { operation, format: format.to_owned(), institution: institution.to_owned() }
    }
}

impl Seat {
    /// A plugin of long ago, for one call.
    pub(super) fn again(plugin: Plugin, place: OwnedSemaphorePermit) -> Self {
        Self { plugin, places: Places::new(), _again: Some(place) }
    }

    pub(super) fn load(manifest: &PluginManifest, program: &Program) -> Result<Self, FormatError> {
        let plugin = Plugin::load(manifest, program)
            .map_err(|failure| FormatError::Loading { path: manifest.path.clone(), failure })?;
        Ok(Self { plugin, places: Places::new(), _again: None })
    }

    pub(super) fn offers(&self) -> Vec<Offer> {
        let offer = |description: &FormatDescription| Offer {
            description: description.clone(),
            plugin: self.plugin.identity().clone(),
        };
        self.plugin.formats().iter().map(offer).collect()
    }

    pub(super) fn tell_confinement(&self) {
        let plugin = self.plugin.identity();
        match self.plugin.confinement() {
            Some(confinement) if confinement.is_full() => {
                tracing::info!(%plugin, "{confinement}");
            }
            Some(confinement) => tracing::warn!(%plugin, "{confinement}"),
            None => tracing::warn!(
                %plugin,
                "runs within the hub's own process, as its manifest says: its crash is the hub's"
            ),
        }
    }

    pub(super) async fn decode(
        self: Arc<Self>,
        request: DecodeRequest,
        quarantine: &Arc<Quarantine>,
    ) -> Result<DecodeReply, FormatError> {
        let asked = Asked::of("decode", &request.format, &request.institution);
        self.ask(asked, request, quarantine, Plugin::decode).await
    }

    pub(super) async fn encode(
        self: Arc<Self>,
        format: FormatDescription,
        request: EncodeRequest,
        quarantine: &Arc<Quarantine>,
    ) -> Result<EncodeReply, FormatError> {
        let asked = Asked::of("encode", &request.format, &request.institution);
        self.ask(asked, request, quarantine, move |plugin, request, deadline| {
            plugin.encode(&format, request, deadline)
        })
        .await
    }

    /// Has the plugin asked, unless the request is in quarantine; puts it there if need be.
    async fn ask<R: Message + 'static, T: Send + 'static>(
        self: Arc<Self>,
        asked: Asked,
        request: R,
        quarantine: &Arc<Quarantine>,
        work: impl FnOnce(&Plugin, &R, Instant) -> Result<T, CallFailure> + Send + 'static,
    ) -> Result<T, FormatError> {
        let request = Arc::new(request);
        let bytes = {
            let request = Arc::clone(&request);
            move || request.encode_to_vec()
        };
        let work = move |plugin: &Plugin, deadline| work(plugin, &request, deadline);
        let identity = self.plugin.identity();
        let known = quarantine.name_if_needed(identity, asked.operation, &bytes);
        if let Some(name) = known.filter(|name| quarantine.holds(name)) {
            return Err(FormatError::Quarantined { format: asked.format, name: to_hex(&name) });
        }
        let failure = match self.within_deadline(&asked.institution, work).await {
            Ok(reply) => return Ok(reply),
            Err(failure) => failure,
        };
        if failure.is_deadly() {
            let plugin = identity.to_string();
            tracing::warn!(%plugin, format = asked.format, %failure, "a document ended a plugin");
            self.strike(&asked, bytes, quarantine, &failure).await?;
        }
        let plugin = identity.to_string();
        Err(FormatError::Calling { plugin, format: asked.format, failure })
    }

    /// Counts the end of a worker, and keeps the request when it was the second.
    ///
    /// # Errors
    /// [`FormatError::Quarantined`], when it is in quarantine now.
    async fn strike(
        &self,
        asked: &Asked,
        request: impl Fn() -> Vec<u8> + Send + 'static,
        quarantine: &Arc<Quarantine>,
        failure: &CallFailure,
    ) -> Result<(), FormatError> {
        let identity = self.plugin.identity();
        let note = Note {
            plugin: identity.to_string(),
            plugin_sha256: to_hex(&identity.sha256),
            operation: asked.operation.to_owned(),
            format: asked.format.clone(),
            institution: asked.institution.clone(),
            how: failure.to_string(),
        };
        let (failure, identity) = (failure.clone(), identity.clone());
        let quarantine = Arc::clone(quarantine);
        let counting = spawn_blocking(move || {
            let bytes = request();
            let name = name(&identity, &note.operation, &bytes);
            quarantine.strike(name, &failure).then(|| {
                match quarantine.keep(&name, &bytes, &note) {
                    Ok(()) => tracing::error!(
                        name = to_hex(&name),
                        institution = note.institution,
                        "a document was put in quarantine: the plugin's authors need it"
                    ),
                    Err(error) => tracing::error!(
                        name = to_hex(&name),
                        %error,
                        "a document is in quarantine, and its bytes cannot be kept"
                    ),
                }
                to_hex(&name)
            })
        });
        match counting.await {
            Ok(Some(name)) => Err(FormatError::Quarantined { format: asked.format.clone(), name }),
            _ => Ok(()),
        }
    }

    /// Does the work on a thread of its own, within the deadline. In a worker it ends with it;
    /// within the hub it goes on and keeps its place, so that runaway calls cannot pile up.
    async fn within_deadline<T: Send + 'static>(
        self: &Arc<Self>,
        institution: &str,
        work: impl FnOnce(&Plugin, Instant) -> Result<T, CallFailure> + Send + 'static,
    ) -> Result<T, CallFailure> {
        let deadline_ms = self.plugin.manifest().deadline_ms;
        let deadline = Instant::now() + Duration::from_millis(deadline_ms);
        let place = timeout_at(deadline.into(), self.places.take(institution))
            .await
            .map_err(|_| CallFailure::Busy)?
            .map_err(|_| CallFailure::Stopped)?;
        let given = deadline.saturating_duration_since(Instant::now());
        let seat = Arc::clone(self);
        let call = spawn_blocking(move || {
            let _place = place;
            work(&seat.plugin, deadline)
        });
        let ending = if self.plugin.confinement().is_some() { ENDING_MAX } else { Duration::ZERO };
        timeout_at((deadline + ending).into(), call)
            .await
            .map_err(|_| CallFailure::late(given, deadline_ms))?
            .map_err(|_| CallFailure::Stopped)?
    }
}
