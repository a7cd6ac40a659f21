//! The batch in hand: what will be committed, who waits for it, and what it will have changed.

use std::collections::{HashMap, HashSet};
use std::mem;

use barid_proto::enrolment::KeyHistory;
use barid_proto::key::KeyId;
use barid_proto::leaf::{LEAF_LEN, Leaf, LeafKind};
use barid_proto::v1::HubStatementKind;
use prost::Message as _;
use tokio::sync::oneshot;

use super::signer::LogSigner;
use super::{Attestation, Proposal, Sealed};
use crate::error::{Error, Fault};
use crate::model::id::{CaseId, EnvelopeId, OnceKey};
use crate::model::row::{ChainRow, SealedRow, StatementRow};

/// Where an answer goes. That nobody waits for it any more changes nothing.
pub(super) type Reply<T> = oneshot::Sender<Result<T, Error>>;

/// What is to be sealed together, at one time.
pub(super) struct Draft {
    pub(super) first_leaf: u64,
    pub(super) accepted_at_ms: u64,
    pub(super) leaves: Vec<[u8; LEAF_LEN]>,
    pub(super) rows: Vec<SealedRow>,
    /// For each row, who asked for it.
    waiters: Vec<Waiters>,
    pub(super) changes: Changes,
}

/// What a batch changes about what may be sealed next.
#[derive(Default)]
pub(super) struct Changes {
    /// The newest link of each key.
    pub(super) chains: HashMap<KeyId, ChainRow>,
    /// All keys as they stand from now on. `None`: as before.
    pub(super) keys: Option<KeyHistory>,
    /// Cases that are opened.
    pub(super) opened: HashSet<CaseId>,
    /// Envelopes, and the row of each.
    pub(super) once: HashMap<OnceKey, usize>,
    /// Their senders' identifiers.
    pub(super) envelopes: HashSet<EnvelopeId>,
}

enum Waiters {
    /// The first asked for it, others for the same again.
    Filing(Vec<Reply<Sealed>>),
    Statement(Reply<u64>),
}

impl Draft {
    pub(super) fn new(first_leaf: u64, accepted_at_ms: u64) -> Self {
        Self {
            first_leaf,
            accepted_at_ms,
            leaves: Vec::new(),
            rows: Vec::new(),
            waiters: Vec::new(),
            changes: Changes::default(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Size of the tree with this batch.
    pub(super) fn size(&self) -> u64 {
        self.first_leaf + self.leaves.len() as u64
    }

    /// Takes a filing in, with the leaf of its assessment behind its own.
    pub(super) fn enter(
        &mut self,
        proposal: Proposal,
        keys: Option<KeyHistory>,
        reply: Reply<Sealed>,
        signer: &LogSigner,
    ) {
        let Proposal { leaf_kind, routing_tag, mut filing, .. } = proposal;
        filing.leaf = self.size();
        filing.accepted_at_ms = self.accepted_at_ms;
        let leaf = Leaf {
            kind: leaf_kind,
            accepted_at_ms: self.accepted_at_ms,
            envelope_digest: *filing.digest.as_bytes(),
            signer_key_id: filing.key_id,
            routing_tag,
        };
        self.leaves.push(leaf.encode());
        if let Some(assessment) = &filing.assessment {
            self.leaves.push(signer.assessment_leaf(self.accepted_at_ms, assessment));
        }
        self.changes.note(&filing, self.rows.len());
        self.changes.keys = keys.or_else(|| self.changes.keys.take());
        self.rows.push(SealedRow::Filing(filing));
        self.waiters.push(Waiters::Filing(vec![reply]));
    }

    /// Lets another wait for a filing that is in already.
    pub(super) fn join(&mut self, row: usize, reply: Reply<Sealed>) {
        if let Some(Waiters::Filing(replies)) = self.waiters.get_mut(row) {
            replies.push(reply);
        }
    }

    /// Takes a statement in, under a leaf of this kind.
    pub(super) fn enter_statement(
        &mut self,
        kind: LeafKind,
        attestation: Attestation,
        reply: Reply<u64>,
        signer: &LogSigner,
    ) {
        let Attestation { statement, deliveries } = attestation;
        let outage = statement.kind() == HubStatementKind::Outage;
        let (fetched, expired) = match statement.kind() {
            HubStatementKind::Fetched => (deliveries, Vec::new()),
            HubStatementKind::Expired => (Vec::new(), deliveries),
            HubStatementKind::Rejected
            | HubStatementKind::Outage
            | HubStatementKind::Unspecified => (Vec::new(), Vec::new()),
        };
        let statement = statement.encode_to_vec();
        let leaf = self.size();
        self.leaves.push(signer.statement_leaf(kind, self.accepted_at_ms, &statement));
        let row = StatementRow { leaf, statement, fetched, expired, outage };
        self.rows.push(SealedRow::Statement(row));
        self.waiters.push(Waiters::Statement(reply));
    }

    /// Gives every filing the size in which its receipt is given.
    pub(super) fn close(&mut self) {
        let size = self.size();
        for row in &mut self.rows {
            if let SealedRow::Filing(filing) = row {
                filing.sealed_size = size;
            }
        }
    }

    /// Tells all who wait that their rows are durable.
    pub(super) fn answer(self, rows: Vec<SealedRow>) {
        for (row, waiters) in rows.into_iter().zip(self.waiters) {
            match (row, waiters) {
                (SealedRow::Filing(filing), Waiters::Filing(replies)) => {
                    let mut replies = replies.into_iter();
                    let first = replies.next();
                    for reply in replies {
                        let sealed = Sealed { filing: filing.clone(), repeated: true };
                        let _gone = reply.send(Ok(sealed));
                    }
                    if let Some(reply) = first {
                        let _gone = reply.send(Ok(Sealed { filing, repeated: false }));
                    }
                }
                (SealedRow::Statement(statement), Waiters::Statement(reply)) => {
                    let _gone = reply.send(Ok(statement.leaf));
                }
                _ => {}
            }
        }
    }

    /// Tells all who wait that nothing was sealed.
    pub(super) fn fail(&mut self, fault: &Fault) {
        for waiters in mem::take(&mut self.waiters) {
            match waiters {
                Waiters::Filing(replies) => replies.into_iter().for_each(|reply| {
                    let _gone = reply.send(Err(repeated(fault).into()));
                }),
                Waiters::Statement(reply) => {
                    let _gone = reply.send(Err(repeated(fault).into()));
                }
            }
        }
    }
}

impl Changes {
    fn note(&mut self, filing: &crate::model::row::FilingRow, row: usize) {
        self.once.insert(filing.once_key, row);
        self.envelopes.insert(filing.envelope_id);
        let link = ChainRow { sequence: filing.sequence, digest: *filing.digest.as_bytes() };
        self.chains.insert(filing.key_id, link);
        if let Some(change) = filing.case.as_ref().filter(|change| change.opening.is_some()) {
            self.opened.insert(change.case);
        }
    }
}

/// The same fault for one more who asked.
pub(super) fn repeated(fault: &Fault) -> Fault {
    let again = Fault::broken(fault.chain());
    if fault.is_disk_full() { again.disk_full() } else { again }
}
