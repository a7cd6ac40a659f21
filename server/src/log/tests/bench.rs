//! A log on a disk that can be opened again, with a clock and a store that do as they are told.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use barid_proto::enrolment::{KeyAct, KeyStep};
use barid_proto::key::{Algorithm, FileKey, KeyId, Signer as _};
use barid_proto::leaf::LeafKind;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::{self, KeyPurpose, KeyVoucher};
use tempfile::TempDir;

use super::faulty::FaultyStore;
use crate::error::{Error, Fault, Refusal};
use crate::log::witnesses::WitnessPlan;
use crate::log::{Given, Log, LogSigner, Proposal, Sealed};
use crate::model::row::{FilingRow, KeyChange};
use crate::model::wire;
use crate::store::Store;
use crate::store::contract::samples::{filing, hash, key, new_key, signing_key};
use crate::store::embedded::Embedded;

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
