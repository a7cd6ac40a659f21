//! One process's turn at an outbox.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use barid_proto::key::{KeyId, Signer};
use barid_proto::v1::{EnvelopeBody, Receipt, SealedFiling};

use super::chain::Head;
use super::pending::Pending;
use super::reach::{Reach, Reported};
use super::waiting::Waiting;
use super::{DOCUMENTS, Outbox, PENDING, REACH, REFUSED, SENT, documents};
use crate::bundle::{Bundle, Evidence, SealedEnvelope};
use crate::client::begun;
use crate::disk;
use crate::draft::HashedDocument;
use crate::error::LocalError;
use crate::hex;
use crate::refusal::{ExpectedLink, Refusal};

/// The outbox, while nobody else can touch it. Dropping it lets the next process in.
pub struct Turn<'a> {
    outbox: &'a Outbox,
    head: Head,
    /// The newest envelope of this turn that the hub has and that has no receipt yet.
    passed: Option<Head>,
    waiting: Mutex<Waiting>,
    // Held, not read: closing it releases the lock, even when the process is killed.
    _lock: File,
}

impl<'a> Turn<'a> {
    /// Takes the turn now; `None` while another has it.
    pub(super) fn take(outbox: &'a Outbox) -> Result<Option<Self>, LocalError> {
        let path = outbox.part("lock");
        let lock = File::create(&path).map_err(LocalError::at(&path))?;
        match lock.try_lock() {
            Ok(()) => Self::begin(outbox, lock).map(Some),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(LocalError::at(&path)(error)),
        }
    }

    fn begin(outbox: &'a Outbox, lock: File) -> Result<Self, LocalError> {
        for part in [PENDING, DOCUMENTS, SENT, REFUSED] {
            disk::sweep(&outbox.part(part))?;
        }
        let path = outbox.part("head");
        let head = match disk::read_if_there(&path)? {
            None => Head::START,
            Some(bytes) => {
                Head::parse(&bytes).ok_or_else(|| LocalError::content(&path, "not a chain head"))?
            }
        };
        let waiting = Mutex::default();
        let mut turn = Self { outbox, head, passed: None, waiting, _lock: lock };
        turn.finish_settling()?;
        Ok(turn)
    }

    /// How far the chain is proven by receipts.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// Everything signed and not yet answered, in the order of sending.
    ///
    /// # Errors
    /// [`LocalError::Content`] for one that is damaged.
    pub fn pending(&self) -> Result<Vec<Pending>, LocalError> {
        let signers = self.outbox.at_hand();
        let paths = disk::finished(&self.outbox.part(PENDING))?;
        paths.iter().map(|path| Pending::read(path, &signers)).collect()
    }

    /// Gives `body` the next link of the chain, has all keys of the outbox sign it, and makes it
    /// durable together with the documents it names. From here on it is not lost.
    ///
    /// # Errors
    /// [`LocalError::Key`], [`LocalError::Disk`], and [`LocalError::Content`] when a document
    /// changed since it was hashed, or the body breaks a bound of the envelope.
    pub fn sign(
        &self,
        body: EnvelopeBody,
        given: &[HashedDocument],
    ) -> Result<Pending, LocalError> {
        self.sign_by(&self.outbox.signers, body, given)
    }

    /// As [`Turn::sign`], but signed by the key of the chain and, behind it, exactly these.
    ///
    /// # Errors
    /// As [`Turn::sign`].
    pub fn sign_beside(
        &self,
        others: &[Arc<dyn Signer>],
        body: EnvelopeBody,
        given: &[HashedDocument],
    ) -> Result<Pending, LocalError> {
        let chain = self.outbox.signers.iter().take(1);
        let signers: Vec<_> = chain.chain(others).cloned().collect();
        self.outbox.lend(others);
        self.sign_by(&signers, body, given)
    }

    fn sign_by(
        &self,
        signers: &[Arc<dyn Signer>],
        mut body: EnvelopeBody,
        given: &[HashedDocument],
    ) -> Result<Pending, LocalError> {
        body.hub_origin.clone_from(&self.outbox.origin);
        for document in given {
            documents::keep(&self.outbox.part(DOCUMENTS), document)?;
        }
        let (path, last) = {
            let waiting = self.waiting();
            (self.next_path(&waiting), waiting.last().unwrap_or(self.head))
        };
        self.noted(Pending::sign(path, body, last, signers)?)
    }

    fn noted(&self, pending: Pending) -> Result<Pending, LocalError> {
        self.waiting().note(&pending, &self.outbox.part(DOCUMENTS));
        Ok(pending)
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The outbox whose turn it is.
    pub(super) fn outbox(&self) -> &Outbox {
        self.outbox
    }

    /// The envelope as it has to be sent now: itself, or, when an envelope before it was refused,
    /// signed again with the link that is next. Call it in the order of [`Turn::pending`].
    ///
    /// # Errors
    /// As [`Turn::sign`].
    pub fn link(&self, pending: Pending) -> Result<Pending, LocalError> {
        let last = self.passed.unwrap_or(self.head);
        if pending.follows(&last) {
            return Ok(pending);
        }
        let path = pending.path().to_owned();
        let signers = self.signers_of(&pending)?;
        self.noted(Pending::sign(path, pending.body().clone(), last, &signers)?)
    }

    /// The hub has it, and its receipt waits for witnesses: it stays pending, and the next one is
    /// sent behind it. In this turn only: the next one asks for its receipt again.
    pub fn pass(&mut self, pending: &Pending) {
        self.passed = Some(pending.link());
    }

    /// Whether an envelope of this turn waits for its receipt.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        self.passed.is_some()
    }

    /// The keys that verify an envelope, in the order in which they signed.
    ///
    /// # Errors
    /// [`LocalError::Key`] when one is not at hand.
    fn signer_spkis(&self, pending: &Pending) -> Result<Vec<Vec<u8>>, LocalError> {
        let signers = self.signers_of(pending)?;
        Ok(signers.iter().map(|signer| signer.public_key().spki().to_vec()).collect())
    }

    /// An envelope with its receipt and the keys that verify it.
    ///
    /// # Errors
    /// [`LocalError::Key`] when one of the keys is not at hand.
    pub(crate) fn sealed(
        &self,
        pending: &Pending,
        receipt: &Receipt,
    ) -> Result<SealedFiling, LocalError> {
        Ok(SealedFiling {
            envelope: Some(pending.envelope().clone()),
            receipt: Some(receipt.clone()),
            signer_spkis: self.signer_spkis(pending)?,
            ..SealedFiling::default()
        })
    }

    fn signers_of(&self, pending: &Pending) -> Result<Vec<Arc<dyn Signer>>, LocalError> {
        let known = self.outbox.at_hand();
        let find = |id: KeyId| {
            let own = known.iter().find(|signer| signer.public_key().id() == id).cloned();
            own.ok_or_else(|| {
                LocalError::Key(format!(
                    "the key {id} signed a waiting envelope too and is not at hand: give it as \
                     when that was signed, or withdraw the envelope"
                ))
            })
        };
        pending.signers().map(find).collect()
    }

    /// The receipt came and was verified: keeps both and steps on.
    ///
    /// # Errors
    /// [`LocalError::Disk`]; the next turn finishes what was begun.
    pub fn settle(&mut self, pending: &Pending, receipt: &Receipt) -> Result<PathBuf, LocalError> {
        let sealed = SealedEnvelope {
            envelope: pending.envelope().clone(),
            receipt: receipt.tlog_proof.clone(),
            signer_spkis: self.signer_spkis(pending)?,
        };
        let bundle = Bundle::of(vec![Evidence { sealed, ..Evidence::default() }]);
        let path = self.sent_path(pending);
        let bytes = bundle.encode().map_err(|e| LocalError::content(&path, e.to_string()))?;
        disk::replace(&path, &bytes)?;
        self.reported(pending, Reported::Leaf(receipt.leaf_index))?;
        self.step_on(pending)?;
        Ok(path)
    }

    /// The hub refused it for good: keeps it beside the reason. It used no number.
    ///
    /// # Errors
    /// [`LocalError::Disk`].
    pub fn set_aside(&self, pending: &Pending, refusal: &Refusal) -> Result<PathBuf, LocalError> {
        let name = hex::encode(&pending.body().envelope_id);
        let reason = self.outbox.part(REFUSED).join(format!("{name}.txt"));
        let mut text = format!("{refusal}\ncorrelation: {}\n", refusal.correlation_id);
        if let Some(leaf) = refusal.rejection_leaf {
            text.push_str(&format!("stated in the log: leaf {leaf}\n"));
        }
        disk::replace(&reason, text.as_bytes())?;
        let kept = self.outbox.part(REFUSED).join(format!("{name}.envelope"));
        self.reported(pending, Reported::Refused)?;
        std::fs::rename(pending.path(), &kept).map_err(LocalError::at(&kept))?;
        self.waiting().settled(pending);
        self.prune()?;
        Ok(kept)
    }

    /// What is known of the link to the hub.
    ///
    /// # Errors
    /// [`LocalError::Content`] when that is damaged, [`LocalError::Disk`].
    pub fn reach(&self) -> Result<Reach, LocalError> {
        let path = self.outbox.part(REACH);
        match disk::read_if_there(&path)? {
            None => Ok(Reach::default()),
            Some(bytes) => Reach::parse(&bytes)
                .ok_or_else(|| LocalError::content(&path, "not what an outbox notes of its link")),
        }
    }

    /// Notes that an attempt which began at `from_ms` could not reach the hub, milliseconds since
    /// 1970.
    ///
    /// # Errors
    /// As [`Turn::reach`].
    pub fn not_reached(&self, from_ms: i64, now_ms: i64, cause: &str) -> Result<(), LocalError> {
        let mut reach = self.reach()?;
        reach.failed(from_ms, now_ms, cause);
        self.keep_reach(&reach)
    }

    /// Notes that the hub was reached.
    ///
    /// # Errors
    /// As [`Turn::reach`].
    pub fn reached(&self, now_ms: i64) -> Result<(), LocalError> {
        let mut reach = self.reach()?;
        if reach.reached(now_ms) { self.keep_reach(&reach) } else { Ok(()) }
    }

    /// Notes what became of an envelope, when it reports that the hub could not be reached.
    fn reported(&self, pending: &Pending, report: Reported) -> Result<(), LocalError> {
        let Some(from_ms) = begun(pending.body()) else { return Ok(()) };
        let mut reach = self.reach()?;
        if reach.reported(from_ms, report) { self.keep_reach(&reach) } else { Ok(()) }
    }

    fn keep_reach(&self, reach: &Reach) -> Result<(), LocalError> {
        disk::replace(&self.outbox.part(REACH), reach.to_string().as_bytes())
    }

    /// Takes over a chain that the hub knows and this outbox does not, which is only believable
    /// while this outbox has no receipt of its own: a new folder for a key that was used before.
    ///
    /// # Errors
    /// [`LocalError::ChainElsewhere`] when there are receipts here.
    pub fn adopt(&mut self, expected: &ExpectedLink) -> Result<(), LocalError> {
        if self.head != Head::START {
            let here = self.head.sequence + 1;
            return Err(LocalError::ChainElsewhere { expected: expected.sequence, here });
        }
        let sequence = expected.sequence.saturating_sub(1);
        self.write_head(Head { sequence, digest: expected.previous })
    }

    /// Where the copy of a document lies, when this outbox has one.
    #[must_use]
    pub fn copy_of(&self, sha256: &[u8]) -> Option<PathBuf> {
        let place = documents::place(&self.outbox.part(DOCUMENTS), sha256);
        place.exists().then_some(place)
    }

    /// Does what is left of [`Turn::settle`] for envelopes whose receipt is on the disk.
    fn finish_settling(&mut self) -> Result<(), LocalError> {
        let all = self.pending()?;
        for pending in &all {
            self.waiting().note(pending, &self.outbox.part(DOCUMENTS));
        }
        for pending in all {
            let path = self.sent_path(&pending);
            let Some(bytes) = disk::read_if_there(&path)? else { break };
            let sent = Bundle::decode(&bytes)
                .map_err(|error| LocalError::content(&path, error.to_string()))?;
            let sent = sent.filings.first().map(|filing| &filing.sealed.envelope);
            if sent != Some(pending.envelope()) {
                break;
            }
            self.step_on(&pending)?;
        }
        Ok(())
    }

    fn step_on(&mut self, pending: &Pending) -> Result<(), LocalError> {
        if pending.link().sequence > self.head.sequence {
            self.write_head(pending.link())?;
        }
        disk::remove(pending.path())?;
        self.waiting().settled(pending);
        self.prune()
    }

    fn write_head(&mut self, head: Head) -> Result<(), LocalError> {
        disk::replace(&self.outbox.part("head"), head.to_string().as_bytes())?;
        self.head = head;
        Ok(())
    }

    fn prune(&self) -> Result<(), LocalError> {
        documents::prune(&self.outbox.part(DOCUMENTS), &self.waiting().documents())
    }

    fn sent_path(&self, pending: &Pending) -> PathBuf {
        self.outbox.part(SENT).join(format!("{:012}.barid", pending.link().sequence))
    }

    /// A name after all pending ones. Twelve digits sort as numbers for longer than disks last.
    fn next_path(&self, waiting: &Waiting) -> PathBuf {
        let last = waiting.last_path().and_then(|path| path.file_name()?.to_str()?.parse().ok());
        let last: u64 = last.unwrap_or(0);
        self.outbox.part(PENDING).join(format!("{:012}", last + 1))
    }
}
