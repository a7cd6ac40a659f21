//! Institutions' formats: documents to filings, filings to documents.
//!
//! A format lives in a plugin that an operator approved by its digest ([`PluginManifest`]). The
//! rest of the hub sees [`Formats`] only: requests go in, replies come out that have been checked
//! as the untrusted input they are. Where a plugin runs (in a confined worker process, unless its
//! manifest says otherwise) is a secret of `barid-plugin-host`.

mod error;
mod kept;
mod looker;
mod places;
mod quarantine;
mod seat;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use barid_plugin_host::manifest::to_hex;
use barid_plugin_host::{kind_of, quoted};
use barid_proto::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingKind, FormatDescription,
};
use prost::Message;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub use barid_plugin_host::manifest::{DEADLINE_MS_MAX, FORMATS_MAX};
pub use barid_plugin_host::worker::{ARGUMENT as WORKER_ARGUMENT, Program, run as run_worker};
pub use barid_plugin_host::{
    CallFailure, Fault, LibraryFailure, LoadFailure, PluginIdentity, PluginManifest,
};
pub use error::FormatError;
use kept::Kept;
pub use looker::{Looker, Turn};
use quarantine::Quarantine;
use seat::Seat;

/// Where every library is kept that was used here, within the formats' folder.
const LIBRARIES_FOLDER: &str = "libraries";

/// Where documents are kept that ended a worker twice, within the formats' folder.
const QUARANTINE_FOLDER: &str = "quarantine";

/// Plugins of long ago that are started at once: each is a process for one call.
const AGAIN_MAX: usize = 2;

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
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    program: Program,
    offered: ArcSwap<Offered>,
    /// One change at a time.
    changing: Mutex<()>,
    kept: Option<Kept>,
    /// Places for plugins of long ago, which are started for one call.
    again: Arc<Semaphore>,
    quarantine: Arc<Quarantine>,
}

/// The plugins of one moment.
#[derive(Debug, Default)]
struct Offered {
    seats: Vec<Arc<Seat>>,
    by_id: BTreeMap<String, Loaded>,
}

#[derive(Debug, Clone)]
struct Loaded {
    offer: Offer,
    seat: Arc<Seat>,
}

impl Formats {
    /// Loads all plugins; `program` becomes their workers. Blocks; to be done once, when the hub
    /// starts. None is a hub that takes ready-made content only.
    ///
    /// # Errors
    /// [`FormatError::Loading`] for the first plugin that cannot be used as its manifest says, and
    /// [`FormatError::ClaimedTwice`] when two manifests name one format.
    pub fn load(manifests: &[PluginManifest], program: Program) -> Result<Self, FormatError> {
        let offered = Offered::load(manifests, &program, &Offered::default())?;
        let shared = Shared {
            program,
            offered: ArcSwap::from_pointee(offered),
            changing: Mutex::default(),
            kept: None,
            again: Arc::new(Semaphore::new(AGAIN_MAX)),
            quarantine: Arc::default(),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Keeps, in a folder, every library that is used and every document that ended one. A library
    /// for which there is no room is told of, and used all the same. Blocks.
    ///
    /// # Errors
    /// [`FormatError::Keeping`], when there is no folder to keep anything in.
    pub fn keep_in(self, folder: &Path) -> Result<Self, FormatError> {
        let failed = |path: PathBuf| move |error| FormatError::Keeping { path, error };
        let libraries = folder.join(LIBRARIES_FOLDER);
        let kept = Kept::open(libraries.clone()).map_err(failed(libraries))?;
        let held = folder.join(QUARANTINE_FOLDER);
        let quarantine = Quarantine::open(held.clone()).map_err(failed(held))?;
        let offered = self.shared.offered.load_full();
        // A hub on a full disk can still show what it has; it says what it could not keep.
        offered.keep_or_tell(&kept);
        let shared = Shared {
            program: self.shared.program.clone(),
            offered: ArcSwap::new(offered),
            changing: Mutex::default(),
            kept: Some(kept),
            again: Arc::new(Semaphore::new(AGAIN_MAX)),
            quarantine: Arc::new(quarantine),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Exchanges the plugins for those of other manifests; what is in both stays as it is. Calls
    /// under way end where they began. What was taken out of quarantine is let in again. Blocks.
    ///
    /// # Errors
    /// As [`Formats::load`]: then everything stays as it was.
    pub fn reload(&self, manifests: &[PluginManifest]) -> Result<(), FormatError> {
        let shared = &self.shared;
        let _one = shared.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let earlier = shared.offered.load_full();
        let offered = Offered::load(manifests, &shared.program, &earlier)?;
        if let Some(kept) = &shared.kept {
            // What goes now may have found no room when it came.
            earlier.keep_or_tell(kept);
            offered.keep(kept)?;
        }
        if let Err(error) = shared.quarantine.read_again() {
            tracing::error!(%error, "the quarantine cannot be read");
        }
        shared.offered.store(Arc::new(offered));
        Ok(())
    }

    /// All formats, sorted by identifier.
    #[must_use]
    pub fn describe(&self) -> Vec<Offer> {
        self.shared.offered.load().by_id.values().map(|loaded| loaded.offer.clone()).collect()
    }

    /// One format by its identifier.
    #[must_use]
    pub fn find(&self, format: &str) -> Option<Offer> {
        self.shared.offered.load().by_id.get(format).map(|loaded| loaded.offer.clone())
    }

    /// Says for each plugin where it runs and what keeps it in.
    pub fn tell_confinement(&self) {
        for seat in &self.shared.offered.load().seats {
            seat.tell_confinement();
        }
    }

    /// Whether [`Formats::decode`] would hand this request to a plugin. Runs nothing.
    ///
    /// The dry run of a whole reading is `decode` itself: it records nothing.
    ///
    /// # Errors
    /// [`FormatError::Unknown`], [`FormatError::KindNotOffered`], [`FormatError::RequestTooLarge`].
    pub fn check(&self, request: &DecodeRequest) -> Result<(), FormatError> {
        self.loaded(&request.format)?.check_reading(request)
    }

    /// Has a document read, within the plugin's deadline. Records nothing.
    ///
    /// # Errors
    /// As [`Formats::check`]; [`FormatError::Calling`] when the plugin gave no usable reply, and
    /// [`FormatError::Quarantined`] when this document ended it before. What is wrong with the
    /// *document* is no error: it is in the reply's problems.
    pub async fn decode(&self, request: DecodeRequest) -> Result<Decoded, FormatError> {
        self.loaded(&request.format)?.decode(request, &self.shared.quarantine).await
    }

    /// As [`Formats::decode`], by the plugin with this digest, which may be one that was used here
    /// long ago.
    ///
    /// # Errors
    /// As [`Formats::decode`]; [`FormatError::NotKept`] when it was never used here or could not be
    /// kept, and [`FormatError::Loading`] when it cannot be used any more.
    pub async fn decode_by(
        &self,
        sha256: [u8; 32],
        request: DecodeRequest,
    ) -> Result<Decoded, FormatError> {
        let shared = &self.shared;
        let current = self.loaded(&request.format).ok();
        if let Some(loaded) = current.filter(|loaded| loaded.offer.plugin.sha256 == sha256) {
            return loaded.decode(request, &shared.quarantine).await;
        }
        let stopped = || stopped(&request.format);
        let place = Arc::clone(&shared.again).acquire_owned().await.map_err(|_| stopped())?;
        let (shared, format) = (Arc::clone(shared), request.format.clone());
        // The place goes along: a caller who leaves gives back none whose process still runs.
        let loading = tokio::task::spawn_blocking(move || shared.load_kept(sha256, &format, place));
        let loaded = loading.await.map_err(|_| stopped())??;
        loaded.decode(request, &self.shared.quarantine).await
    }

    /// Has a filing written in a format, within the plugin's deadline.
    ///
    /// # Errors
    /// As [`Formats::decode`]. What the format cannot express is in the reply's problems.
    pub async fn encode(&self, request: EncodeRequest) -> Result<Encoded, FormatError> {
        self.loaded(&request.format)?.encode(request, &self.shared.quarantine).await
    }

    fn loaded(&self, format: &str) -> Result<Loaded, FormatError> {
        let unknown = || FormatError::Unknown { format: quoted(format) };
        self.shared.offered.load().by_id.get(format).cloned().ok_or_else(unknown)
    }
}

impl Shared {
    /// Starts what was used here once. Blocks.
    fn load_kept(
        &self,
        sha256: [u8; 32],
        format: &str,
        place: OwnedSemaphorePermit,
    ) -> Result<Loaded, FormatError> {
        let none = || FormatError::NotKept { sha256: to_hex(&sha256) };
        let plugin = self.kept.as_ref().ok_or_else(none)?.load(&sha256, &self.program)?;
        let seat = Arc::new(Seat::again(plugin, place));
        let offer = seat.offers().into_iter().find(|offer| offer.description.id == format);
        let offer = offer.ok_or_else(|| FormatError::Unknown { format: quoted(format) })?;
        Ok(Loaded { offer, seat })
    }
}

fn stopped(format: &str) -> FormatError {
    let failure = CallFailure::Stopped;
    FormatError::Calling { plugin: "of then".to_owned(), format: quoted(format), failure }
}

impl Offered {
    fn load(
        manifests: &[PluginManifest],
        program: &Program,
        earlier: &Self,
    ) -> Result<Self, FormatError> {
        let mut offered = Self::default();
        for manifest in manifests {
            let same = earlier.seats.iter().find(|seat| seat.plugin.manifest() == manifest);
            let seat = match same {
                Some(seat) => Arc::clone(seat),
                None => Arc::new(Seat::load(manifest, program)?),
            };
            offered.add(seat)?;
        }
        Ok(offered)
    }

    fn add(&mut self, seat: Arc<Seat>) -> Result<(), FormatError> {
        for offer in seat.offers() {
            let id = offer.description.id.clone();
            let loaded = Loaded { offer, seat: Arc::clone(&seat) };
            if let Some(other) = self.by_id.insert(id.clone(), loaded) {
                return Err(FormatError::ClaimedTwice {
                    format: id,
                    first: other.seat.plugin.manifest().path.clone(),
                    second: seat.plugin.manifest().path.clone(),
                });
            }
        }
        self.seats.push(seat);
        Ok(())
    }

    fn keep(&self, kept: &Kept) -> Result<(), FormatError> {
        self.seats.iter().try_for_each(|seat| kept.keep(seat.plugin.manifest()))
    }

    fn keep_or_tell(&self, kept: &Kept) {
        for seat in &self.seats {
            if let Err(error) = kept.keep(seat.plugin.manifest()) {
                tracing::error!(%error, "a plugin is not kept: nobody can read with it later");
            }
        }
    }
}

impl Loaded {
    fn check_reading(&self, request: &DecodeRequest) -> Result<(), FormatError> {
        self.check_kind("read", &self.offer.description.decodes, request.kind)?;
        self.check_size(request.encoded_len())
    }

    async fn decode(
        self,
        request: DecodeRequest,
        quarantine: &Arc<Quarantine>,
    ) -> Result<Decoded, FormatError> {
        self.check_reading(&request)?;
        let plugin = self.offer.plugin;
        let reply = Arc::clone(&self.seat).decode(request, quarantine).await?;
        Ok(Decoded { reply, plugin })
    }

    async fn encode(
        self,
        request: EncodeRequest,
        quarantine: &Arc<Quarantine>,
    ) -> Result<Encoded, FormatError> {
        self.check_size(request.encoded_len())?;
        let kind = request.content.as_ref().and_then(kind_of).unwrap_or_default();
        self.check_kind("write", &self.offer.description.encodes, kind)?;
        let Offer { description, plugin } = self.offer;
        let reply = Arc::clone(&self.seat).encode(description, request, quarantine).await?;
        Ok(Encoded { reply, plugin })
    }

    fn check_kind(&self, verb: &'static str, known: &[i32], kind: i32) -> Result<(), FormatError> {
        if known.contains(&kind) {
            return Ok(());
        }
        let name = FilingKind::try_from(kind).map_or("an unknown kind", |kind| kind.as_str_name());
        let format = self.offer.description.id.clone();
        Err(FormatError::KindNotOffered { format, verb, kind: name.to_owned() })
    }

    fn check_size(&self, bytes: usize) -> Result<(), FormatError> {
        let max = self.seat.plugin.manifest().max_input_bytes;
        if bytes <= max {
            return Ok(());
        }
        let format = self.offer.description.id.clone();
        Err(FormatError::RequestTooLarge { format, bytes, max })
    }
}
