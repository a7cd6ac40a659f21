//! Looking at documents: in workers of the hub's own program, confined as a plugin's are.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use barid_look::{Look, Mark, Media};
use barid_plugin_host::worker::Program;
use barid_plugin_host::{CallFailure, LoadFailure, Looker as Workers};
use tokio::task::spawn_blocking;

use super::places::{Place, Places};

/// Looks at documents. Cloning shares the workers.
#[derive(Debug, Clone)]
pub struct Looker {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    program: Program,
    /// `None`: not started yet, or did not start.
    workers: Mutex<Option<Arc<Workers>>>,
    places: Places,
}

/// The right to have one document looked at, given back when dropped.
#[derive(Debug)]
pub struct Turn {
    institution: String,
    shared: Arc<Shared>,
    _place: Place,
}

impl Looker {
    /// A looker whose workers are `program`. None is started before it is needed.
    #[must_use]
    pub fn new(program: Program) -> Self {
        let workers = Mutex::default();
        Self { shared: Arc::new(Shared { program, workers, places: Places::new() }) }
    }

    /// Starts the first worker and says what keeps it in. A hub goes on without: it then says of
    /// each document that nobody looked. Blocks.
    pub fn tell_confinement(&self) {
        match self.shared.workers() {
            Ok(workers) if workers.confinement().is_full() => {
                tracing::info!("what looks at documents {}", workers.confinement());
            }
            Ok(workers) => {
                tracing::warn!("what looks at documents {}", workers.confinement());
            }
            Err(error) => tracing::error!(%error, "nothing looks at documents"),
        }
    }

    /// Waits for a place, first for one of the institution's own: whoever has documents that take
    /// long waits for itself.
    ///
    /// To be had before the document is read: as many are in memory as there are places.
    pub async fn turn(&self, institution: &str) -> Option<Turn> {
        let place = self.shared.places.take(institution).await.ok()?;
        let shared = Arc::clone(&self.shared);
        Some(Turn { institution: institution.to_owned(), shared, _place: place })
    }

    /// How many bytes of a document of this size are wanted, from its first one on.
    #[must_use]
    pub fn wanted(size: u64) -> usize {
        Workers::wanted(size)
    }
}

impl Turn {
    /// Looks at a document of `size` bytes, of which these are [`Looker::wanted`].
    pub async fn look(self, document: Vec<u8>, size: u64) -> Look {
        let looking = spawn_blocking(move || {
            let deadline = Instant::now() + Duration::from_millis(Workers::DEADLINE_MS);
            let workers = self.shared.workers().map_err(|error| error.to_string())?;
            let looked = workers.look(document, size, &self.institution, deadline);
            looked.map_err(|failure: CallFailure| failure.to_string())
        });
        match looking.await {
            Ok(Ok(look)) => {
                if look.marks.contains(&Mark::LookerEnded) {
                    tracing::warn!(media = look.media.media_type(), "a document ended the looker");
                }
                look
            }
            Ok(Err(error)) => {
                tracing::error!(error, "a document was not looked at");
                Look::of(Media::Unknown).with(Mark::NoLooker)
            }
            Err(error) => {
                tracing::error!(%error, "a document was not looked at");
                Look::of(Media::Unknown).with(Mark::NoLooker)
            }
        }
    }
}

impl Shared {
    fn workers(&self) -> Result<Arc<Workers>, LoadFailure> {
        let mut started = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(workers) = started.as_ref() {
            return Ok(Arc::clone(workers));
        }
        let workers = Arc::new(Workers::start(&self.program)?);
        *started = Some(Arc::clone(&workers));
        Ok(workers)
    }
}
