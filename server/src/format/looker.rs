//! Looking at documents: in workers of the hub's own program, confined as a plugin's are.

use std::io;
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
    pub async fn turn(&self, institution: &str) -> Option<Turn> {
        let place = self.shared.places.take(institution).await.ok()?;
        let shared = Arc::clone(&self.shared);
        Some(Turn { institution: institution.to_owned(), shared, _place: place })
    }
}

impl Turn {
    /// Looks at a document of `size` bytes, which `read` gives piece by piece: some of those from a
    /// place on. It may block.
    pub async fn look(
        self,
        size: u64,
        read: impl Fn(u64) -> io::Result<Vec<u8>> + Send + 'static,
    ) -> Look {
        let looking = spawn_blocking(move || {
            let deadline = Instant::now() + Duration::from_millis(Workers::DEADLINE_MS);
            let workers = self.shared.workers().map_err(|error| error.to_string())?;
            let looked = workers.look(size, &read, &self.institution, deadline);
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
