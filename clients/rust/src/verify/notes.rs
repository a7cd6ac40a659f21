//! Checkpoints, each checked once however many receipts carry it.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZero;
use std::rc::Rc;
use std::thread;

use barid_proto::tlog::Hash;
use barid_proto::tlog::note::{Note, NoteError};
use barid_proto::tlog::policy::{Policy, VerifyError, Witnessed};
use barid_proto::tlog::receipt::Receipt;
use sha2::{Digest as _, Sha256};

use super::finding::Code;
use crate::bundle::Bundle;

/// The most threads that check signatures: more is not faster than the rest of the verifier.
const THREADS_MAX: usize = 8;

/// A checkpoint that a known log signed.
pub(super) type Weighed = Rc<Witnessed>;

/// What was found instead.
pub(super) type Fault = (Code, String);

type Prepared = HashMap<[u8; 32], Result<Witnessed, VerifyError>>;

/// The checkpoints of a bundle.
pub(super) struct Notes<'a> {
    policy: &'a Policy,
    /// What was checked beforehand, by the digest of the note.
    prepared: Prepared,
    known: HashMap<[u8; 32], Result<Weighed, Fault>>,
    /// For each log and size the root that was seen first.
    roots: BTreeMap<(String, u64), Hash>,
    /// Sizes of trees that a quorum cosigned.
    witnessed: BTreeMap<u64, Hash>,
}

impl<'a> Notes<'a> {
    /// Checks the signatures on all checkpoints of a bundle, on all processors: they take most of
    /// the time that a long case needs. What is made of them is decided later, in order.
    pub(super) fn new(policy: &'a Policy, bundle: &Bundle) -> Self {
        let notes: Vec<([u8; 32], Note)> = notes_of(bundle).into_iter().collect();
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(THREADS_MAX);
        let prepared = thread::scope(|scope| {
            let share = notes.len().div_ceil(threads).max(1);
            let weigh = |notes: &[([u8; 32], Note)]| -> Prepared {
                notes.iter().map(|(key, note)| (*key, policy.weigh(note))).collect()
            };
            let shares: Vec<_> =
                notes.chunks(share).map(|notes| scope.spawn(move || weigh(notes))).collect();
            // A thread that did not end well leaves its share to be checked when it is needed.
            shares.into_iter().flat_map(|share| share.join().unwrap_or_default()).collect()
        });
        let (known, roots, witnessed) = (HashMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { policy, prepared, known, roots, witnessed }
    }

    /// What a note proves. That its quorum is met is part of it.
    pub(super) fn weigh(&mut self, note: &Note) -> Result<Weighed, Fault> {
        let key = key_of(note);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let weighed = self.prepared.remove(&key).unwrap_or_else(|| self.policy.weigh(note));
        let weighed = self.judge(weighed);
        self.known.insert(key, weighed.clone());
        weighed
    }

    fn judge(&mut self, weighed: Result<Witnessed, VerifyError>) -> Result<Weighed, Fault> {
        let witnessed = weighed.map_err(|error| (code_of(&error), error.to_string()))?;
        let checkpoint = &witnessed.checkpoint;
        let name = (checkpoint.origin().to_owned(), checkpoint.size());
        let root = *self.roots.entry(name).or_insert(*checkpoint.root());
        if root != *checkpoint.root() {
            let what =
                format!("{} has two trees of {} leaves", checkpoint.origin(), checkpoint.size());
            return Err((Code::TwoHistories, what));
        }
        if !witnessed.quorum {
            let by: Vec<&str> = witnessed.cosigned.iter().map(|one| one.witness.as_str()).collect();
            let by = if by.is_empty() { "nobody".to_owned() } else { by.join(", ") };
            return Err((Code::NoQuorum, format!("cosigned by {by}")));
        }
        self.witnessed.insert(checkpoint.size(), *checkpoint.root());
        Ok(Rc::new(witnessed))
    }

    /// Whether a cosigned tree ends between two leaves: it has the first and not the second.
    pub(super) fn parted(&self, first: u64, second: u64) -> bool {
        first < second && self.witnessed.range(first + 1..=second).next().is_some()
    }

    /// The root of a tree of this size, when a quorum cosigned one here.
    pub(super) fn root(&self, size: u64) -> Option<&Hash> {
        self.witnessed.get(&size)
    }
}

fn key_of(note: &Note) -> [u8; 32] {
    Sha256::digest(note.to_string()).into()
}

/// Every note in a bundle that can be read, once.
fn notes_of(bundle: &Bundle) -> HashMap<[u8; 32], Note> {
    let filings = bundle.filings.iter();
    let stated = filings.clone().flat_map(|filing| &filing.statements);
    let sealed = filings.clone().map(|filing| &filing.sealed);
    let law = bundle.law.iter().map(|filing| &filing.sealed);
    let sealed = sealed.chain(&bundle.keys).chain(&bundle.clocks).chain(law);
    let receipts = sealed.map(|sealed| &sealed.receipt);
    let receipts = receipts.chain(stated.chain(&bundle.outages).map(|stated| &stated.receipt));
    let notes = receipts.filter_map(|receipt| Some(Receipt::parse(receipt).ok()?.checkpoint));
    let before = filings.filter_map(|filing| filing.before.as_ref());
    let before = before.filter_map(|before| Note::parse(&before.note).ok());
    notes.chain(before).map(|note| (key_of(&note), note)).collect()
}

fn code_of(error: &VerifyError) -> Code {
    match error {
        VerifyError::UnknownLog(_) => Code::LogUnknown,
        VerifyError::NoQuorum { .. } => Code::NoQuorum,
        VerifyError::Note(NoteError::BadSignature { .. }) => Code::CheckpointForged,
        VerifyError::Note(_) | VerifyError::Checkpoint(_) => Code::ReceiptMalformed,
    }
}
