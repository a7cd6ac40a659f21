//! Floor 3: the story. The only code that sees identity, format, log and store together.
//!
//! - [`submit`]: steps 2 to 6 of the way of a case file, on one screen;
//! - [`recognise`], [`understand`], [`look`], [`judge`], [`assess`]: those steps, one file each;
//! - [`serve`]: inboxes; [`exhibit`]: documents; [`read`], [`proven`]: dockets, registers, filings;
//! - [`carry`]: envelopes that somebody else hands in;
//! - [`reject`], [`stated`]: what the hub states itself, and who may see it;
//! - [`outage`]: when the hub was down, or gave no receipts;
//! - [`access`]: whose keys of sealed exhibits are wrapped in a filing;
//! - [`retention`]: holds on documents, and their destruction;
//! - [`registers`]: differences between registers, as they were filed;
//! - [`enrol`]: directory and keys; [`audit`]: the log; [`clock`]: time-stamps of third parties;
//! - [`search`]: cases by what somebody remembers of them;
//! - [`law`]: rule sets, and what they say about a filing; [`course`]: where a case stands;
//!   [`check`]: the dry run.

mod access;
mod assess;
mod attend;
mod audit;
mod carry;
mod change;
mod check;
mod clock;
mod course;
mod enrol;
mod exhibit;
mod judge;
mod law;
mod look;
mod outage;
mod proven;
mod read;
mod recognise;
mod registers;
mod reject;
mod reread;
mod retention;
pub(crate) mod scrub;
mod search;
mod serve;
mod standing;
mod stated;
mod submit;
mod understand;

use std::sync::Arc;

use barid_proto::v1;
use futures::stream::BoxStream;
use tokio::sync::{Semaphore, watch};

use crate::error::{Error, Fault, Refusal};
use crate::format::{Formats, Looker};
use crate::identity::caller::Caller;
use crate::identity::directory::Directory;
use crate::identity::policy::Policy;
use crate::log::witnesses::Loss;
use crate::log::{Clock, Log};
use crate::model::id::OfficeAddress;
use crate::model::shares::{Share, Shares};
use crate::store::Store;
use crate::store::documents::Documents;

pub use check::Check;
pub use exhibit::Part;

use enrol::KeyRing;
use law::Laws;
use look::Looks;
use reject::Rejections;

pub use attend::{Steps, Unasked, WitnessLine};

/// Blocking jobs at once: signature checks and store reads. More than cores only where jobs wait
/// for the disk; the rest queue in front of the semaphore, where a deadline can still end them.
const BLOCKING_JOBS_MAX: usize = 16;

/// Streams that one office may have open: its inbox, the cases its clerks look at, the documents
/// they fetch. Each holds a page of filings or an open file, and wakes up with each commit.
const STREAMS_PER_OFFICE_MAX: usize = 64;

/// Answers of a streaming call.
pub type Answers<T> = BoxStream<'static, Result<T, Error>>;

/// What a hub is made of. All parts are required; none has a stand-in.
#[derive(Clone)]
pub struct HubParts {
    /// Institutions and offices.
    pub directory: Directory,
    /// The permission table.
    pub policy: Policy,
    /// The institutions' formats.
    pub formats: Formats,
    /// What looks at documents.
    pub looker: Looker,
    /// The log.
    pub log: Arc<Log>,
    /// Durable memory.
    pub store: Arc<dyn Store>,
    /// Documents by digest.
    pub documents: Arc<Documents>,
    /// The hub's clock, milliseconds since 1970 UTC.
    pub clock: Clock,
}

/// The hub.
pub struct Hub {
    crafts: Arc<Crafts>,
    blocking: Arc<Semaphore>,
    streams: Arc<Shares<OfficeAddress>>,
    draining: watch::Sender<bool>,
    rejections: Rejections,
}

/// The parts, shared with the threads that do blocking work.
pub(crate) struct Crafts {
    directory: Directory,
    policy: Policy,
    formats: Formats,
    looks: Looks,
    log: Arc<Log>,
    store: Arc<dyn Store>,
    documents: Arc<Documents>,
    clock: Clock,
    keys: KeyRing,
    laws: Laws,
}

impl Hub {
    /// Puts a hub together and reads the keys in use. Blocks.
    ///
    /// # Errors
    /// A directory that names kinds which the table does not know, or a store that cannot be read.
    pub fn new(parts: HubParts) -> Result<Self, Fault> {
        for (institution, kind) in parts.directory.kinds() {
            if !parts.policy.knows_kind(kind) {
                return Err(Fault::broken(format!(
                    "institution {institution} is of kind {kind:?}, which the permission table \
                     {:?} does not know: correct the directory or the table",
                    parts.policy.version
                )));
            }
        }
        let HubParts { directory, policy, formats, looker, log, store, documents, clock } = parts;
        let keys = KeyRing::read(&*store, log.origin())?;
        let laws = Laws::read(&*store, &documents, &directory)?;
        let looks = Looks::new(looker);
        let crafts =
            Crafts { directory, policy, formats, looks, log, store, documents, clock, keys, laws };
        Ok(Self {
            crafts: Arc::new(crafts),
            blocking: Arc::new(Semaphore::new(BLOCKING_JOBS_MAX)),
            streams: Shares::new(STREAMS_PER_OFFICE_MAX),
            draining: watch::Sender::new(false),
            rejections: Rejections::default(),
        })
    }

    /// The name of this hub's log.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.crafts.log.origin()
    }

    /// Tells what witnesses hold and the log has lost.
    #[must_use]
    pub fn losses(&self) -> watch::Receiver<Option<Arc<Loss>>> {
        self.crafts.log.witnesses().losses()
    }

    /// From now on new work is refused and open streams end.
    pub fn begin_drain(&self) {
        self.draining.send_replace(true);
    }

    /// Resolves when the log has failed and the process must stop.
    pub async fn failed(&self) -> Fault {
        self.crafts.log.failed().await
    }

    fn refuse_when_draining(&self) -> Result<(), Error> {
        if *self.draining.borrow() {
            return Err(Refusal::new(v1::Reason::Stopping, "the hub is stopping")
                .with_retry(RETRY_AFTER_STOP_MS)
                .into());
        }
        Ok(())
    }

    /// Whether somebody with a good certificate may call at all.
    ///
    /// # Errors
    /// `REASON_OFFICE_UNKNOWN` when the certificate's office is not in the directory, or has left.
    pub fn admit(&self, caller: &Caller) -> Result<(), Box<Refusal>> {
        if self.crafts.directory.knows(&caller.office) {
            return Ok(());
        }
        let text = format!("{} is not in the directory", caller.office);
        Err(Refusal::new(v1::Reason::OfficeUnknown, text))
    }

    /// A place among the streams of the caller's office.
    fn open_stream(&self, caller: &Caller) -> Result<Share<OfficeAddress>, Error> {
        self.streams.take(&caller.office).ok_or_else(|| {
            let text = format!("the office has {STREAMS_PER_OFFICE_MAX} streams open: end some");
            Refusal::new(v1::Reason::TooMany, text).with_retry(RETRY_AFTER_STREAM_MS).into()
        })
    }

    /// Runs blocking work beside the async threads, a bounded number at once.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Crafts) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        run_blocking(Arc::clone(&self.crafts), Arc::clone(&self.blocking), work).await
    }
}

/// As [`Hub::blocking`], for tasks and streams that outlive the call.
async fn run_blocking<T: Send + 'static>(
    crafts: Arc<Crafts>,
    places: Arc<Semaphore>,
    work: impl FnOnce(&Crafts) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let permit = places.acquire_owned().await;
    let job = tokio::task::spawn_blocking(move || {
        let result = work(&crafts);
        drop(permit);
        result
    });
    job.await.map_err(|error| Fault::while_doing("running a blocking job", error))?
}

/// How long a client waits for one of its own streams to end: a short download.
const RETRY_AFTER_STREAM_MS: u64 = 1_000;

/// How long a client waits before it tries a hub that is being restarted: about as long as a
/// restart takes.
const RETRY_AFTER_STOP_MS: u64 = 2_000;

#[cfg(test)]
mod tests;
