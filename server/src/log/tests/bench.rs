//! A log on a disk that can be opened again, with a clock and a store that do as they are told.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use barid_proto::enrolment::{KeyAct, KeyStep};
use barid_proto::key::{Algorithm, FileKey, KeyId, Signer as _};
use barid_proto::leaf::{LEAF_LEN, LeafKind};
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::{self, KeyPurpose, KeyVoucher};
use tempfile::TempDir;

use crate::error::{Error, Fault, Refusal};
use crate::log::witnesses::WitnessPlan;
use crate::log::{Given, Log, LogSigner, Proposal, Sealed};
use crate::model::id::{CaseId, DocumentDigest, InstitutionId, OfficeAddress};
use crate::model::row::{
    Batch, CaseRow, ChainRow, DeliveryRow, DocketNumberRow, DocumentRow, DocumentUses, FilingRow,
    HeadRow, KeyChange, KeyRow, LifeRow, OverdueRow,
};
use crate::model::wire;
use crate::store::contract::samples::{filing, hash, key, new_key, signing_key};
use crate::store::embedded::Embedded;
use crate::store::{FilingKey, Reader, Store, Wanted};

pub(super) const ORIGIN: &str = "hub.example/log";
/// A time in 2025.
pub(super) const NOW: u64 = 1_763_000_000_000;

/// Where a log lives, and everything it needs to be opened there again.
pub(super) struct Bench {
    pub(super) folder: TempDir,
    pub(super) pem: String,
    pub(super) clock: Arc<AtomicU64>,
    pub(super) patience: Duration,
    pub(super) plan: Option<WitnessPlan>,
    /// From how long on an outage is stated.
    pub(super) outages: Duration,
}

impl Bench {
    pub(super) fn new() -> Self {
        let key = FileKey::generate(Algorithm::Ed25519).unwrap();
        Self {
            folder: TempDir::new().unwrap(),
            pem: key.to_pem().unwrap().to_string(),
            clock: Arc::new(AtomicU64::new(NOW)),
            patience: Duration::from_millis(80),
            plan: None,
            outages: Duration::from_secs(120),
        }
    }

    pub(super) fn signer(&self) -> LogSigner {
        LogSigner::new(ORIGIN, FileKey::from_pem(&self.pem).unwrap()).unwrap()
    }

    /// Opens store and log. The store is free again when both are dropped.
    pub(super) fn open(&self) -> (Log, Arc<FaultyStore>) {
        let store = Arc::new(FaultyStore::new(Embedded::open(self.folder.path()).unwrap()));
        (self.open_on(Arc::clone(&store) as Arc<dyn Store>).unwrap(), store)
    }

    pub(super) fn open_on(&self, store: Arc<dyn Store>) -> Result<Log, Fault> {
        let clock = Arc::clone(&self.clock);
        let clock = Arc::new(move || clock.load(Ordering::Relaxed));
        let plan = self.plan.clone();
        Log::open_with_patience(store, self.signer(), clock, plan, self.outages, self.patience)
    }
}

/// Checks a receipt as a client does that believes this log.
pub(super) fn check_receipt(log: &Log, store: &dyn Store, filing: &FilingRow) -> v1::Receipt {
    let Given::Receipt(receipt) = log.receipt_of(filing).unwrap() else { panic!("pending") };
    let vkey = log.verifier_keys().pop().unwrap();
    let policy = Policy::parse(format!("log {vkey}\nquorum none\n").as_bytes()).unwrap();
    let leaf = store.leaves(filing.leaf, 1).unwrap().pop().unwrap();
    let proven = Receipt::parse(&receipt.tlog_proof).unwrap().verify(&leaf, &policy).unwrap();
    assert_eq!(proven.index, filing.leaf);
    assert_eq!(proven.witnessed.checkpoint.size(), filing.sealed_size);
    assert_eq!(receipt.envelope_digest, filing.digest.to_vec());
    receipt
}

/// Filing `n`, in the sequence of a key, behind filing `previous` of the same key.
pub(super) fn proposal(n: u64, key_number: u64, sequence: u64, previous: Option<u64>) -> Proposal {
    let mut filing = filing(n);
    filing.key_id = key(key_number);
    filing.sequence = sequence;
    propose(filing, previous)
}

/// A proposal of this filing.
pub(super) fn propose(filing: FilingRow, previous: Option<u64>) -> Proposal {
    Proposal {
        leaf_kind: LeafKind::Envelope,
        signers: vec![filing.key_id],
        key_step: None,
        routing_tag: hash("routing", 0),
        previous_digest: previous.map_or([0; 32], |n| hash("digest", n)),
        not_after_ms: None,
        filing: Box::new(filing),
    }
}

/// Filing `n` of the office north/one, which brings key `new` into use: vouched for by a
/// certificate, or by key `by`.
pub(super) fn enrolment(n: u64, new: u64, by: Option<u64>) -> Proposal {
    let mut filing = new_key(n, new);
    filing.key_id = key(new);
    let act = KeyAct::Add {
        key: Box::new(signing_key(new).public_key().clone()),
        purpose: KeyPurpose::Seal,
        voucher: by.is_none().then(|| KeyVoucher {
            certificates: vec![b"certificate".to_vec()],
            signature: b"signature".to_vec(),
        }),
    };
    let mut signers = vec![key(new)];
    signers.extend(by.map(key));
    change_keys(propose(filing, None), signers, act)
}

/// Filing `n` of the office north/one, number `sequence` of key `by` behind filing `previous`,
/// which retires that key, or another.
pub(super) fn retirement(n: u64, gone: u64, by: u64, sequence: u64, previous: u64) -> Proposal {
    let mut retiring = proposal(n, by, sequence, Some(previous));
    retiring.filing.key = Some(KeyChange::Retire { key_id: key(gone) });
    change_keys(retiring, vec![key(by)], KeyAct::Retire { key_id: key(gone) })
}

fn change_keys(mut proposal: Proposal, signers: Vec<KeyId>, act: KeyAct) -> Proposal {
    let office = wire::address(&proposal.filing.sender);
    proposal.leaf_kind = LeafKind::Key;
    proposal.signers.clone_from(&signers);
    proposal.key_step = Some(KeyStep { sender: office.clone(), holder: office, signers, act });
    proposal
}

/// The refusal that came instead of a seal.
pub(super) fn refusal(answer: Result<Sealed, Error>) -> Box<Refusal> {
    match answer {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// The fault that came instead of a seal.
pub(super) fn fault(answer: Result<Sealed, Error>) -> Fault {
    match answer {
        Err(Error::Failed(fault)) => fault,
        other => panic!("not failed: {other:?}"),
    }
}

/// What the next writes or reads do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    None,
    /// Nothing of the batch reaches the disk.
    CommitLost,
    /// The batch reaches the disk, but the writer does not learn it.
    CommitPersisted,
    /// There is no room.
    DiskFull,
    /// The disk takes its time: a commit waits as long as this is set.
    Stuck,
    /// Filings cannot be looked up.
    FilingUnreadable,
    /// Tiles cannot be read.
    TileUnreadable,
    /// One bit of each tile that is read is wrong.
    TileFlipped,
}

/// A store that fails as told.
pub(super) struct FaultyStore {
    inner: Embedded,
    trouble: Mutex<Trouble>,
}

impl FaultyStore {
    /// That of a bench.
    pub(super) fn on(bench: &Bench) -> Self {
        Self::new(Embedded::open(bench.folder.path()).unwrap())
    }

    fn new(inner: Embedded) -> Self {
        Self { inner, trouble: Mutex::new(Trouble::None) }
    }

    pub(super) fn set(&self, trouble: Trouble) {
        *self.trouble.lock().unwrap() = trouble;
    }

    fn has(&self, trouble: Trouble) -> bool {
        *self.trouble.lock().unwrap() == trouble
    }
}

impl Store for FaultyStore {
    fn commit(&self, batch: &Batch) -> Result<(), Fault> {
        while self.has(Trouble::Stuck) {
            std::thread::sleep(Duration::from_millis(1));
        }
        let trouble = *self.trouble.lock().unwrap();
        match trouble {
            Trouble::CommitLost => Err(Fault::broken("lost")),
            Trouble::CommitPersisted => {
                self.inner.commit(batch)?;
                Err(Fault::broken("persisted, and nobody knows"))
            }
            Trouble::DiskFull => Err(Fault::broken("no room").disk_full()),
            _ => self.inner.commit(batch),
        }
    }

    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, Fault> {
        if self.has(Trouble::TileUnreadable) {
            return Err(Fault::broken("tile unreadable"));
        }
        let mut tile = self.inner.tile(level, index)?;
        if self.has(Trouble::TileFlipped) {
            tile.iter_mut().for_each(|hashes| hashes[0] ^= 1);
        }
        Ok(tile)
    }

    fn filing(&self, key: FilingKey) -> Result<Option<FilingRow>, Fault> {
        if self.has(Trouble::FilingUnreadable) {
            return Err(Fault::broken("filing unreadable"));
        }
        self.inner.filing(key)
    }

    fn head(&self) -> Result<Option<HeadRow>, Fault> {
        self.inner.head()
    }

    fn keep_cosigned(&self, heads: &[HeadRow]) -> Result<(), Fault> {
        if self.has(Trouble::DiskFull) {
            return Err(Fault::broken("no room").disk_full());
        }
        self.inner.keep_cosigned(heads)
    }

    fn cosigned(&self, above: u64, limit: usize) -> Result<Vec<HeadRow>, Fault> {
        self.inner.cosigned(above, limit)
    }

    fn cosigned_within(&self, size: u64) -> Result<Option<HeadRow>, Fault> {
        self.inner.cosigned_within(size)
    }

    fn head_at(&self, size: u64) -> Result<Option<HeadRow>, Fault> {
        self.inner.head_at(size)
    }

    fn head_above(&self, leaf: u64) -> Result<Option<HeadRow>, Fault> {
        self.inner.head_above(leaf)
    }

    fn outages(&self, before: u64, limit: usize) -> Result<Vec<u64>, Fault> {
        self.inner.outages(before, limit)
    }

    fn keep_life(&self, life: &LifeRow) -> Result<(), Fault> {
        self.inner.keep_life(life)
    }

    fn life(&self) -> Result<Option<LifeRow>, Fault> {
        self.inner.life()
    }

    fn filed_between(
        &self,
        sender: &OfficeAddress,
        from_ms: u64,
        until_ms: u64,
    ) -> Result<Option<FilingRow>, Fault> {
        self.inner.filed_between(sender, from_ms, until_ms)
    }

    fn overdue(&self, now_ms: u64, limit: usize) -> Result<Vec<OverdueRow>, Fault> {
        self.inner.overdue(now_ms, limit)
    }

    fn leaves(&self, first: u64, count: usize) -> Result<Vec<[u8; LEAF_LEN]>, Fault> {
        self.inner.leaves(first, count)
    }

    fn statement(&self, leaf: u64) -> Result<Option<Vec<u8>>, Fault> {
        self.inner.statement(leaf)
    }

    fn chain(&self, key: &KeyId) -> Result<ChainRow, Fault> {
        self.inner.chain(key)
    }

    fn keys(&self) -> Result<Vec<KeyRow>, Fault> {
        self.inner.keys()
    }

    fn key_events(&self, key: &KeyId) -> Result<Vec<u64>, Fault> {
        self.inner.key_events(key)
    }

    fn case(&self, case: CaseId) -> Result<Option<CaseRow>, Fault> {
        self.inner.case(case)
    }

    fn cases_by_number(
        &self,
        reader: &Reader,
        number: &DocketNumberRow,
        limit: usize,
    ) -> Result<Vec<CaseId>, Fault> {
        self.inner.cases_by_number(reader, number, limit)
    }

    fn cases(
        &self,
        reader: &Reader,
        wanted: &Wanted<'_>,
        before: u64,
        limit: usize,
    ) -> Result<Vec<CaseRow>, Fault> {
        self.inner.cases(reader, wanted, before, limit)
    }

    fn docket(&self, case: CaseId, from: u64, limit: usize) -> Result<Vec<FilingRow>, Fault> {
        self.inner.docket(case, from, limit)
    }

    fn public_acts(
        &self,
        institution: &InstitutionId,
        name: &str,
        limit: usize,
    ) -> Result<Vec<FilingRow>, Fault> {
        self.inner.public_acts(institution, name, limit)
    }

    fn deliveries(&self, filing_leaf: u64) -> Result<Vec<DeliveryRow>, Fault> {
        self.inner.deliveries(filing_leaf)
    }

    fn inbox(
        &self,
        office: &OfficeAddress,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(DeliveryRow, FilingRow)>, Fault> {
        self.inner.inbox(office, after, limit)
    }

    fn registrations(
        &self,
        office: &OfficeAddress,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(DeliveryRow, FilingRow)>, Fault> {
        self.inner.registrations(office, after, limit)
    }

    fn add_holding(
        &self,
        document: &DocumentRow,
        institution: &InstitutionId,
    ) -> Result<(), Fault> {
        self.inner.add_holding(document, institution)
    }

    fn add_chunk_root(&self, document: &DocumentRow) -> Result<(), Fault> {
        self.inner.add_chunk_root(document)
    }

    fn held_bytes(&self, institution: &InstitutionId) -> Result<u64, Fault> {
        self.inner.held_bytes(institution)
    }

    fn documents(
        &self,
        after: Option<DocumentDigest>,
        limit: usize,
    ) -> Result<Vec<DocumentRow>, Fault> {
        self.inner.documents(after, limit)
    }

    fn document(&self, document: DocumentDigest) -> Result<Option<DocumentRow>, Fault> {
        self.inner.document(document)
    }

    fn uses(&self, document: DocumentDigest) -> Result<DocumentUses, Fault> {
        self.inner.uses(document)
    }

    fn access(&self, document: DocumentDigest) -> Result<Vec<(OfficeAddress, u64)>, Fault> {
        self.inner.access(document)
    }

    fn readable(
        &self,
        document: DocumentDigest,
        reader: &Reader,
    ) -> Result<Option<DocumentRow>, Fault> {
        self.inner.readable(document, reader)
    }
}
