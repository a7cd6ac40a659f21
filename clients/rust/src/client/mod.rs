//! Everything one office does with a hub, behind one handle.

mod cases;
mod directory;
mod docket;
mod door;
mod event;
mod exceptions;
mod exhibit;
mod export;
mod filing;
mod found;
mod gather;
mod inbox;
mod log;
mod outage;
mod retention;
mod sealed;
mod signing;
mod stick;

pub use cases::{EventCases, Line, WholeCase};
pub use directory::Caller;
pub use docket::{CaseName, Watch};
pub use event::EventDockets;
pub use exceptions::Settlement;
pub use exhibit::{Compared, Progress};
pub use export::Exported;
pub use filing::{Filed, Teller};
pub use inbox::{From, Inbox, Served, registering};
pub(crate) use outage::begun;
pub use outage::{OutageReport, OwnOutage, WorkedMeanwhile, draft_of as outage_draft};
pub use retention::Disposition;
pub use sealed::{Order, Recipient};
pub use signing::Signing;

pub use stick::{Delivered, Fate, Outcome, Packed, Packing, Unpacked};

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use barid_proto::key::Signer;
use barid_proto::tlog::EMPTY_ROOT;
use barid_proto::v1::{Address, Officer};
use tonic::transport::Channel;
use tonic::{Response, Status};

use crate::connect::Connection;
use crate::error::{ClientError, LocalError, Unreachable};
use crate::memory::Memory;
use crate::outbox::Outbox;
use crate::refusal;
use crate::retry;
use crate::source::Source;
use crate::trust::Trust;
use crate::verify::place::Told;

/// How long a call that asks may take. Streams have no deadline, since they may rightly be long;
/// the connection's keep-alive ends those whose link is gone.
const READ_WITHIN: Duration = Duration::from_secs(30);
/// How long a call that files may take: reading a large register with a format takes a while.
const FILE_WITHIN: Duration = Duration::from_secs(60);
/// The largest answer taken: a docket of thousands of filings, each with its receipt.
const ANSWER_MAX_BYTES: usize = 64 * 1024 * 1024;

/// Who one is, and where one keeps what must not be lost.
#[derive(Clone)]
pub struct Office {
    /// This office, exactly as its certificate names it.
    pub address: Address,
    /// Who acts. `None` only for programs without people.
    pub officer: Option<Officer>,
    /// The key that signs envelopes.
    pub signer: Arc<dyn Signer>,
    /// Keys that sign every envelope too, behind `signer`: ML-DSA, against the day when quantum
    /// computers break the first. In use at the hub, at most three; none is the rule.
    pub further_signers: Vec<Arc<dyn Signer>>,
    /// A folder of its own: outbox, inbox position, remembered checkpoints.
    pub folder: PathBuf,
    /// Whom one believes.
    pub trust: Arc<Trust>,
    /// Time and randomness.
    pub source: Arc<dyn Source>,
}

/// An office at work with a hub. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    connection: Connection,
    office: Office,
    memory: Memory,
    outbox: Arc<Outbox>,
    // Within one process filings queue here, in order; the outbox's own lock is between processes.
    queue: Arc<tokio::sync::Mutex<()>>,
    origin: Arc<str>,
    // What filings told so far. Lost when the process ends; then proofs are asked for again.
    told: Arc<Mutex<Told>>,
}

impl Client {
    /// Opens the office's folder. Makes no call: signing and queueing work without a link.
    ///
    /// # Errors
    /// [`LocalError`], also when the trust names no log or several: an envelope is for one hub.
    pub fn new(connection: Connection, office: Office) -> Result<Self, LocalError> {
        // A log may sign with several keys; all are named after it.
        let mut origins = office.trust.policy().logs().iter().map(|log| log.key.name());
        let origin = origins.next().filter(|first| origins.all(|other| other == *first));
        let Some(origin) = origin else {
            let why = "it has to name exactly one log: the hub that envelopes are for";
            return Err(LocalError::Argument { field: "trust", why: why.to_owned() });
        };
        let origin: Arc<str> = origin.into();
        let memory = Memory::open(&office.folder.join("memory"))?;
        let (signer, further) = (Arc::clone(&office.signer), office.further_signers.clone());
        let folder = office.folder.join("outbox");
        let outbox = Arc::new(Outbox::open_with(&folder, &origin, signer, further)?);
        let queue = Arc::default();
        let told = Arc::new(Mutex::new(known_trees(&memory, &origin, &office.trust)?));
        Ok(Self { connection, office, memory, outbox, queue, origin, told })
    }

    /// The name of the hub's log, which every envelope carries.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The durable side of sending.
    #[must_use]
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// The office's own folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.office.folder
    }

    /// Calls, and calls again when that is safe and may help. Only for what may be repeated:
    /// reading, and filing the identical envelope.
    async fn call<T, F, A>(&self, ask: F) -> Result<T, ClientError>
    where
        F: Fn(Channel) -> A,
        A: Future<Output = Result<Response<T>, Status>>,
    {
        let mut tried = 0;
        loop {
            tried += 1;
            let error = match ask(self.channel()?).await {
                Ok(answer) => return Ok(answer.into_inner()),
                Err(status) => refusal::from_status(&status, self.connection.address()),
            };
            match retry::wait(&error, tried, self.office.source.as_ref()) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(error),
            }
        }
    }

    fn channel(&self) -> Result<Channel, ClientError> {
        self.connection.channel().ok_or_else(|| {
            let address = self.connection.address().to_owned();
            Unreachable { address, why: "no connection".to_owned(), hint: None }.into()
        })
    }

    /// Looks at what filings told so far, or adds to it.
    fn told<R>(&self, look: impl FnOnce(&mut Told) -> R) -> R {
        look(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn broken(&self, status: &Status) -> ClientError {
        refusal::from_status(status, self.connection.address())
    }
}

/// Runs work on a disk beside the threads that mind the network.
async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LocalError> + Send + 'static,
) -> Result<T, ClientError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(error) => Err(LocalError::Interrupted(error.to_string()).into()),
    }
}

/// The trees that are known to be in the log's one history: those that came on sticks, and the
/// empty one.
fn known_trees(memory: &Memory, origin: &str, trust: &Trust) -> Result<Told, LocalError> {
    let mut told = Told::default();
    told.learn(0, EMPTY_ROOT);
    memory.trees(origin)?.into_iter().for_each(|(size, root)| told.learn(size, root));
    // What does not verify is told when it is needed.
    if let Ok(Some(newest)) = memory.newest(origin, trust) {
        told.learn(newest.checkpoint.size(), *newest.checkpoint.root());
    }
    Ok(told)
}

/// A request with its deadline, which the hub is told too.
fn within<T>(deadline: Duration, message: T) -> tonic::Request<T> {
    let mut request = tonic::Request::new(message);
    request.set_timeout(deadline);
    request
}

/// What an answer must have in it and has not: the other side speaks another version.
fn lacks(what: &'static str) -> ClientError {
    let why = "the hub's answer lacks it: the hub speaks another version of the protocol";
    LocalError::Argument { field: what, why: why.to_owned() }.into()
}

/// Makes a generated client with this crate's bounds.
macro_rules! stub {
    ($client:ident, $channel:expr) => {
        $client::new($channel).max_decoding_message_size(crate::client::ANSWER_MAX_BYTES)
    };
}
use stub;
