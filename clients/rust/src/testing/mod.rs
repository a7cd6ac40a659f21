//! A log in memory, with a real key and real proofs, for the tests of this crate.

pub(crate) mod authority;
pub(crate) mod law;
pub(crate) mod network;

use std::sync::Arc;

use barid_proto::key::{Algorithm, FileKey, KeyId, Signer as _};
use barid_proto::leaf::{self, Leaf, LeafKind};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::{Note, NoteSigner};
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::tlog::{Hash, node_hash};
use barid_proto::v1::{self, FilingKind, HubStatement, SealedFiling, SealedStatement};
use prost::Message as _;

use crate::draft::Draft;
use crate::outbox::Outbox;
use crate::source::Machine;
use crate::trust::Trust;
use crate::verify;

pub(crate) const ORIGIN: &str = "hub.test/log";

/// The log: its leaves' hashes and its key.
pub(crate) struct TestLog {
    signer: NoteSigner,
    hashes: Vec<Hash>,
}

impl TestLog {
    pub(crate) fn new() -> Self {
        let key = FileKey::generate(Algorithm::Ed25519).unwrap();
        Self { signer: NoteSigner::new(ORIGIN, Box::new(key)).unwrap(), hashes: Vec::new() }
    }

    pub(crate) fn trust(&self) -> Trust {
        let key = self.signer.verifier().to_string();
        Trust::new(Policy::parse(Trust::text([key.as_str()]).as_bytes()).unwrap())
    }

    /// Changes history.
    pub(crate) fn rewrite(&mut self, index: usize) {
        self.hashes[index][0] ^= 1;
    }

    pub(crate) fn append(&mut self, hash: Hash) -> u64 {
        self.hashes.push(hash);
        self.hashes.len() as u64 - 1
    }

    pub(crate) fn size(&self) -> usize {
        self.hashes.len()
    }

    pub(crate) fn verifier(&self) -> &VerifierKey {
        self.signer.verifier()
    }

    pub(crate) fn checkpoint(&self, size: usize) -> (Checkpoint, Note) {
        let root = root(&self.hashes[..size]);
        let checkpoint = Checkpoint::new(ORIGIN, size as u64, root).unwrap();
        let note = checkpoint.sign(&self.signer).unwrap();
        (checkpoint, note)
    }

    pub(crate) fn note(&self, size: usize) -> Vec<u8> {
        self.checkpoint(size).1.to_string().into_bytes()
    }

    pub(crate) fn inclusion(&self, index: u64, size: usize) -> Vec<Hash> {
        inclusion(index as usize, &self.hashes[..size])
    }

    pub(crate) fn receipt(&self, index: u64, extra: &[u8]) -> Vec<u8> {
        let note = barid_proto::tlog::note::Note::parse(&self.note(self.hashes.len())).unwrap();
        let path = inclusion(index as usize, &self.hashes);
        let receipt = Receipt { extra: extra.to_vec(), index, path, checkpoint: note };
        receipt.to_string().into_bytes()
    }

    /// By which leaves of the log's own words name it.
    pub(crate) fn key_id(&self) -> KeyId {
        self.signer.verifier().log_key_id().unwrap()
    }

    /// Inclusion in the tree as it is.
    pub(crate) fn path(&self, index: u64) -> Vec<Hash> {
        inclusion(index as usize, &self.hashes)
    }

    /// Appends a statement as a hub does, with another leaf behind it.
    pub(crate) fn say(&mut self, statement: &HubStatement) -> SealedStatement {
        let bytes = statement.encode_to_vec();
        let kind = LeafKind::of_statement(statement.kind()).unwrap_or(LeafKind::Statement);
        let digest = leaf::statement_digest(&bytes);
        let leaf = Leaf::of_hub(kind, NOON_MS, digest, self.key_id());
        self.seal(&leaf, bytes)
    }

    /// Appends a leaf, with another behind it, as the one of a statement.
    pub(crate) fn seal(&mut self, leaf: &Leaf, statement: Vec<u8>) -> SealedStatement {
        let index = self.append(leaf.hash());
        self.append([9; 32]);
        let receipt = v1::Receipt {
            tlog_proof: self.receipt(index, &leaf.extra()),
            leaf_index: index,
            accepted_at_unix_ms: leaf.accepted_at_ms.cast_signed(),
            envelope_digest: leaf.envelope_digest.to_vec(),
            case_id: Vec::new(),
        };
        SealedStatement { statement, receipt: Some(receipt) }
    }

    /// Consistency between two sizes, by the definition in RFC 6962 §2.1.2.
    pub(crate) fn consistency(&self, old: usize, new: usize) -> Vec<Hash> {
        subproof(old, &self.hashes[..new], true)
    }
}

/// When everything in the log was accepted.
pub(crate) const NOON_MS: u64 = 1_763_896_200_000;

/// A filing of an appeal by `ihec/geo-bas` to `ejp/registry`, in `log` between other leaves, with
/// the assessment that `assess` makes for its digest; empty: none.
pub(crate) fn filing(log: &mut TestLog, assess: impl FnOnce(&Hash) -> Vec<u8>) -> SealedFiling {
    let folder = tempfile::tempdir().unwrap();
    let key = Arc::new(FileKey::generate(Algorithm::EcdsaP256).unwrap());
    let outbox = Outbox::open(folder.path(), ORIGIN, key.clone()).unwrap();
    let sender = v1::Address { institution: "ihec".into(), office: "geo-bas".into() };
    let draft = Draft::new(FilingKind::AppealFiled).to("ejp", "registry");
    let (body, _) = draft.complete(&sender, None, None, &Machine).unwrap();
    let pending = outbox.turn().unwrap().sign(body, &[]).unwrap();
    let nonce = pending.body().nonce.as_slice().try_into().unwrap();
    let names: Vec<String> = pending.body().recipients.iter().map(verify::recipient_name).collect();
    let leaf = Leaf {
        kind: LeafKind::Envelope,
        accepted_at_ms: NOON_MS,
        envelope_digest: pending.digest(),
        signer_key_id: key.public_key().id(),
        routing_tag: leaf::routing_tag(nonce, &names).unwrap(),
    };
    for other in 0..4 {
        log.append([other; 32]);
    }
    let index = log.append(leaf.hash());
    let assessment = assess(&pending.digest());
    if !assessment.is_empty() {
        let digest = leaf::assessment_digest(&assessment);
        let behind = Leaf::of_hub(LeafKind::Assessment, NOON_MS, digest, log.key_id());
        log.append(behind.hash());
    }
    log.append([9; 32]);
    let path = if assessment.is_empty() { Vec::new() } else { log.path(index + 1) };
    SealedFiling {
        envelope: Some(pending.envelope().clone()),
        receipt: Some(v1::Receipt {
            tlog_proof: log.receipt(index, &leaf.extra()),
            leaf_index: index,
            accepted_at_unix_ms: NOON_MS.cast_signed(),
            envelope_digest: pending.digest().to_vec(),
            case_id: pending.body().envelope_id.clone(),
        }),
        signer_spkis: vec![key.public_key().spki().to_vec()],
        assessment: assessment.into(),
        assessment_path: path.iter().map(|hash| hash.to_vec()).collect(),
    }
}

/// Where RFC 6962 splits a tree of more than one leaf.
fn split(len: usize) -> usize {
    len.next_power_of_two() / 2
}

fn root(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => barid_proto::tlog::EMPTY_ROOT,
        [only] => *only,
        _ => {
            let (left, right) = hashes.split_at(split(hashes.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

fn inclusion(index: usize, hashes: &[Hash]) -> Vec<Hash> {
    if hashes.len() <= 1 {
        return Vec::new();
    }
    let at = split(hashes.len());
    let (left, right) = hashes.split_at(at);
    let (mut path, sibling) = if index < at {
        (inclusion(index, left), root(right))
    } else {
        (inclusion(index - at, right), root(left))
    };
    path.push(sibling);
    path
}

fn subproof(old: usize, hashes: &[Hash], whole: bool) -> Vec<Hash> {
    if old == hashes.len() {
        return if whole { Vec::new() } else { vec![root(hashes)] };
    }
    let at = split(hashes.len());
    let (left, right) = hashes.split_at(at);
    let (mut path, other) = if old <= at {
        (subproof(old, left, whole), root(right))
    } else {
        (subproof(old - at, right, false), root(left))
    };
    path.push(other);
    path
}
