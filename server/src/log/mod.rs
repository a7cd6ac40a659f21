//! Floor 2: the log. A signed checkpoint is never contradicted.
//!
//! [`Log`] is the only way to make anything durable that has legal effect. One thread, the
//! `sequencer`, owns the growing tree: it takes what waits, decides in order, signs the tree that
//! will be and commits once. Around it are what may be sealed at all (`judge`), the room in which
//! a filing waits for its predecessor (`waiting`), the check at start-up (`startup`),
//! receipts (`receipt`), made from tiles that are at hand (`tiles`), and the witnesses without
//! whose lines nothing counts ([`witnesses`]).

mod draft;
mod judge;
pub mod outage;
mod receipt;
mod request;
mod sequencer;
mod signer;
mod startup;
mod stated;
mod tiles;
mod waiting;
pub mod witnesses;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::JoinHandle;
use std::time::Duration;

use barid_proto::enrolment::KeyStep;
use barid_proto::key::KeyId;
use barid_proto::leaf::LeafKind;
use barid_proto::tlog::Hash;
use barid_proto::tlog::prove;
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::v1::{HubStatement, Reason};
use tokio::sync::{mpsc, oneshot, watch};

use crate::error::{Error, Fault, Refusal};
use crate::model::id::OfficeAddress;
use crate::model::row::{FilingRow, HeadRow, LifeRow};
use crate::store::Store;
use outage::Opening;
use receipt::Receipts;
use request::Request;
use sequencer::Sequencer;
use tiles::Tiles;
use witnesses::{WitnessPlan, Witnesses};

pub use receipt::Given;
pub use signer::LogSigner;

/// The hub's time: milliseconds since 1970-01-01T00:00:00Z.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// Requests that wait for the sequencer: four full batches, about a second's work on a slow disk.
/// Who comes later is told to come back, which costs less than a queue that outlives its senders.
pub const QUEUE: usize = 4096;
/// When to come back to a full queue, milliseconds: after most of it was worked off.
const RETRY_MS: u64 = 500;
/// How long a filing waits for the one before it in its sender's sequence. Two that one office
/// sends at once cross on the way by far less.
const PATIENCE: Duration = Duration::from_secs(2);

/// A filing that was judged and is to be sealed.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// What its leaf says it is.
    pub leaf_kind: LeafKind,
    /// All keys that signed, that of the sequence first.
    pub signers: Vec<KeyId>,
    /// What it does to a key, for the rules to decide. `None`: it is no key event.
    pub key_step: Option<KeyStep>,
    /// The recipients, blinded; see [`barid_proto::leaf::routing_tag`].
    pub routing_tag: Hash,
    /// Digest that the envelope names as its predecessor's; zero bytes: it is the key's first.
    pub previous_digest: Hash,
    /// When the sender no longer wants it sealed, milliseconds since 1970 UTC.
    pub not_after_ms: Option<u64>,
    /// The filing. Its leaf, sealed size and time of acceptance are given by the log: whatever
    /// stands there is overwritten.
    pub filing: Box<FilingRow>,
}

/// A filing that is durable.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// The filing as it was committed.
    pub filing: Box<FilingRow>,
    /// It was sealed before, and this is the filing of then.
    pub repeated: bool,
}

/// A statement of the hub itself that is to be sealed.
#[derive(Debug, Clone)]
pub struct Attestation {
    /// The statement.
    pub statement: HubStatement,
    /// The deliveries it speaks of: office and leaf of the filing. By its kind they were fetched,
    /// or expired; none where it is of neither.
    pub deliveries: Vec<(OfficeAddress, u64)>,
}

/// A proof and the size of the tree for which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizedProof {
    /// Number of leaves.
    pub size: u64,
    /// Hashes, in the order of RFC 9162.
    pub path: Vec<Hash>,
}

/// The log of one hub. Dropping it ends the sequencer after the batch in hand.
pub struct Log {
    /// `None` only while this is being dropped.
    requests: Option<mpsc::Sender<Request>>,
    head: watch::Receiver<Arc<HeadRow>>,
    failure: watch::Receiver<Option<String>>,
    tiles: Arc<Tiles>,
    receipts: Arc<Receipts>,
    witnesses: Arc<Witnesses>,
    verifiers: Vec<VerifierKey>,
    /// Whether it was stated what happened before the start.
    begun: Arc<AtomicBool>,
    outages_from: Duration,
    thread: Option<JoinHandle<()>>,
}

impl Log {
    /// Checks what the store holds against its last signed head, and starts the sequencer. With a
    /// plan nothing is sealed before its witnesses have confirmed the log. That it was down, or its
    /// witnesses silent, for `outages_from` or longer is stated in the first commit. Blocks.
    ///
    /// # Errors
    /// When anything differs from what was signed last; the fault says what. A hub whose log does
    /// not open must not run: it could sign a second history.
    pub fn open(
        store: Arc<dyn Store>,
        signer: LogSigner,
        clock: Clock,
        plan: Option<WitnessPlan>,
        outages_from: Duration,
    ) -> Result<Self, Fault> {
        Self::open_with_patience(store, signer, clock, plan, outages_from, PATIENCE)
    }

    fn open_with_patience(
        store: Arc<dyn Store>,
        signer: LogSigner,
        clock: Clock,
        plan: Option<WitnessPlan>,
        outages_from: Duration,
        patience: Duration,
    ) -> Result<Self, Fault> {
        let tiles = Arc::new(Tiles::new(Arc::clone(&store)));
        let found = startup::check(store.as_ref(), &tiles, &signer)?;
        let verifiers = signer.verifiers();
        let published = startup::published(store.as_ref(), &signer, found.head.size)?;
        let receipts = Receipts::new(
            Arc::clone(&store),
            signer.verifier().clone(),
            plan.is_some(),
            published.size,
        );
        let receipts = Arc::new(receipts);
        let (head_sender, head) = watch::channel(Arc::new(found.head.clone()));
        let witnesses = Arc::new(Witnesses::new(witnesses::Parts {
            plan,
            keys: verifiers.clone(),
            sealed: head.clone(),
            published,
            tiles: Arc::clone(&tiles),
            receipts: Arc::clone(&receipts),
        }));
        let heard = |life: &LifeRow| witnesses.heard(&life.published);
        let opening = Opening::look(store.as_ref(), found.accepted_at_ms, heard, outages_from)?;
        let begun = Arc::new(AtomicBool::new(opening.is_none()));
        let (failure_sender, failure) = watch::channel(None);
        let (sender, receiver) = mpsc::channel(QUEUE);
        let sequencer = Sequencer::new(sequencer::Parts {
            store,
            signer,
            clock,
            tiles: Arc::clone(&tiles),
            receipts: Arc::clone(&receipts),
            witnesses: Arc::clone(&witnesses),
            head: head_sender,
            failure: failure_sender,
            patience,
            found,
            opening,
            begun: Arc::clone(&begun),
        })?;
        let thread = std::thread::Builder::new()
            .name("sequencer".to_owned())
            .spawn(move || sequencer.run(receiver))
            .map_err(|error| Fault::while_doing("starting the sequencer's thread", error))?;
        Ok(Self {
            requests: Some(sender),
            head,
            failure,
            tiles,
            receipts,
            witnesses,
            verifiers,
            begun,
            outages_from,
            thread: Some(thread),
        })
    }

    /// Seals a filing: when this returns, it is durable and in the log.
    ///
    /// # Errors
    /// Refused: `Unconfirmed` and `HistoryLost` while the log may not sign;
    /// `EnvelopeConflict`, `EnvelopeExpired`, `SequenceGap` with what is next, `TooMany`
    /// with when to come back; and what may have changed since the filing was judged:
    /// `KeyOutOfUse`, what the rules for keys forbid
    /// ([`forbidden`](crate::model::keys::forbidden)), `CaseUnknown`, `NothingToAnswer`. Failed:
    /// nothing of it was sealed, unless a receipt says so when it is asked for again.
    pub async fn seal(&self, proposal: Proposal) -> Result<Sealed, Error> {
        self.ask(|reply| Request::Seal(Box::new(proposal), reply)).await
    }

    /// Seals a statement of the hub itself, and what it says of deliveries. Returns its leaf.
    ///
    /// # Errors
    /// Refused: `TooMany`, `Unconfirmed`, `HistoryLost`; `NothingToAnswer` when a delivery it
    /// speaks of was never made, or is said to have expired and was answered meanwhile. Failed: as
    /// [`Log::seal`].
    pub async fn attest(&self, attestation: Attestation) -> Result<u64, Error> {
        self.ask(|reply| Request::Attest(Box::new(attestation), reply)).await
    }

    async fn ask<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<Result<T, Error>>) -> Request,
    ) -> Result<T, Error> {
        self.witnesses.may_sign()?;
        let (reply, answer) = oneshot::channel();
        let requests = self.requests.as_ref().ok_or_else(|| self.stopped())?;
        requests.try_send(request(reply)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => {
                let text = "More filings arrive than can be sealed now.";
                Refusal::new(Reason::TooMany, text).with_retry(RETRY_MS).into()
            }
            mpsc::error::TrySendError::Closed(_) => Error::Failed(self.stopped()),
        })?;
        answer.await.unwrap_or_else(|_| Err(self.stopped().into()))
    }

    /// The newest signed head. That of an empty log is signed too.
    #[must_use]
    pub fn head(&self) -> Arc<HeadRow> {
        Arc::clone(&self.head.borrow())
    }

    /// Tells of each new head, after it is durable.
    #[must_use]
    pub fn sealed(&self) -> watch::Receiver<Arc<HeadRow>> {
        self.head.clone()
    }

    /// Tells of each newly published head: what is under it may be shown.
    #[must_use]
    pub fn published(&self) -> watch::Receiver<Arc<HeadRow>> {
        self.witnesses.published()
    }

    /// The witnesses of this log.
    #[must_use]
    pub fn witnesses(&self) -> &Arc<Witnesses> {
        &self.witnesses
    }

    /// Waits until a leaf is under a published head, or for as long as the plan says.
    pub async fn until_published(&self, leaf: u64, within: Duration) {
        let mut published = self.published();
        let covered = published.wait_for(|head| head.size > leaf);
        let _late = tokio::time::timeout(within, covered).await.is_ok();
    }

    /// Asks the witnesses, and has what they cosign made durable, for as long as it is polled.
    pub async fn gather_cosignatures(&self) {
        let mut published = self.witnesses.published();
        let keep = async {
            while self.witnesses.plan().is_some() && published.changed().await.is_ok() {
                if let Some(requests) = &self.requests {
                    // When the queue is full a commit is near, which takes it along.
                    let _near = requests.try_send(Request::Keep).is_ok();
                }
            }
            std::future::pending::<()>().await;
        };
        tokio::join!(self.witnesses.ask(), keep);
    }

    /// Waits until the log has stopped for ever, and says why. The process should end then: only a
    /// restart finds out what reached the disk.
    pub async fn failed(&self) -> Fault {
        let mut failure = self.failure.clone();
        let _told_or_gone = failure.wait_for(Option::is_some).await;
        self.stopped()
    }

    fn stopped(&self) -> Fault {
        let reason = self.failure.borrow();
        let reason = reason.as_deref().unwrap_or("its thread ended");
        Fault::broken(format!("the log has stopped, restart the hub: {reason}"))
    }

    /// The receipt of a filing, or what stands in for it while witnesses are missing. A receipt
    /// proves the same leaf at the same index under the same tree whenever it is asked for.
    /// Verified before it is returned. Reads the store unless the filing is recent; then it blocks.
    ///
    /// # Errors
    /// When what is stored does not prove the filing.
    pub fn receipt_of(&self, filing: &FilingRow) -> Result<Given, Fault> {
        self.receipts.make(filing, &[], &self.tiles)
    }

    /// The same with lines of these witnesses besides those of the quorum.
    ///
    /// # Errors
    /// As [`Log::receipt_of`].
    pub fn receipt_with(&self, filing: &FilingRow, witnesses: &[String]) -> Result<Given, Fault> {
        self.receipts.make(filing, witnesses, &self.tiles)
    }

    /// Proof that a leaf is in the tree of `size` leaves; 0: the newest. Blocks.
    ///
    /// # Errors
    /// Refused as `NotFound` when there is no such leaf or size.
    pub fn inclusion_proof(&self, leaf: u64, size: u64) -> Result<SizedProof, Error> {
        let size = self.size_or_newest(size)?;
        if leaf >= size {
            return Err(not_found("There is no such leaf in a tree of this size."));
        }
        let fetched = self.tiles.fetch(prove::inclusion_tiles(leaf, size))?;
        let path = prove::inclusion(leaf, size, &fetched);
        let path = path.map_err(|error| Fault::while_doing("proving inclusion", error))?;
        Ok(SizedProof { size, path })
    }

    /// Proof that the tree of `old` leaves is the beginning of that of `new` leaves; 0: the newest.
    /// Blocks.
    ///
    /// # Errors
    /// Refused as `NotFound` when there are no such sizes.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<SizedProof, Error> {
        let size = self.size_or_newest(new)?;
        if old > size {
            return Err(not_found("The older tree is the larger one."));
        }
        let fetched = self.tiles.fetch(prove::consistency_tiles(old, size))?;
        let path = prove::consistency(old, size, &fetched);
        let path = path.map_err(|error| Fault::while_doing("proving consistency", error))?;
        Ok(SizedProof { size, path })
    }

    fn size_or_newest(&self, size: u64) -> Result<u64, Error> {
        let newest = self.head.borrow().size;
        match size {
            0 => Ok(newest),
            size if size <= newest => Ok(size),
            _ => Err(not_found("The log has not grown to this size yet.")),
        }
    }

    /// The keys that verify this log's checkpoints.
    #[must_use]
    pub fn verifier_keys(&self) -> Vec<VerifierKey> {
        self.verifiers.clone()
    }

    /// The name under which this log signs.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.verifiers.first().map_or("", VerifierKey::name)
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        // The sequencer ends when nobody can ask any more. Its store is free once it has ended.
        self.requests.take();
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
    }
}

fn not_found(text: &str) -> Error {
    Refusal::new(Reason::NotFound, text).into()
}
