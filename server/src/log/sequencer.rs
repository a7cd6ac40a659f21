//! The one thread that seals.
//!
//! It takes what waits, without a timer: while one batch is made durable the next one gathers, so
//! batches grow with the load by themselves. Per batch there is one time, one signature, one commit
//! and one round of answers.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use barid_proto::leaf::LeafKind;
use barid_proto::tlog::tile::Tile;
use barid_proto::tlog::tree::Tree;
use barid_proto::tlog::{Hash, leaf_hash, prove};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Duration, Instant, timeout_at};

use super::draft::{Draft, Reply, repeated};
use super::judge::{Judge, Memory, Verdict, gap};
use super::outage::{Heard, Opening};
use super::receipt::{Receipts, SignedHead};
use super::request::{BATCH_REQUESTS, Request, take_batch};
use super::startup::Found;
use super::tiles::Tiles;
use super::waiting::{Held, Waiting};
use super::witnesses::Witnesses;
use super::{Attestation, Clock, LogSigner, Proposal, Sealed};
use crate::error::{Error, Fault};
use crate::model::row::{Batch, HeadRow, TileRow};
use crate::store::Store;

/// How far the clock may step back before nothing is sealed any more: what corrections over the
/// network do. Within it, the last time is used again, so that leaves never go back in time.
const CLOCK_TOLERANCE_MS: u64 = 10_000;

/// What a sequencer is made of.
pub(super) struct Parts {
    pub(super) store: Arc<dyn Store>,
    pub(super) signer: LogSigner,
    pub(super) clock: Clock,
    pub(super) tiles: Arc<Tiles>,
    pub(super) receipts: Arc<Receipts>,
    pub(super) witnesses: Arc<Witnesses>,
    pub(super) head: watch::Sender<Arc<HeadRow>>,
    pub(super) failure: watch::Sender<Option<String>>,
    pub(super) patience: Duration,
    pub(super) found: Found,
    pub(super) opening: Option<Opening>,
    pub(super) begun: Arc<AtomicBool>,
}

/// The state of the thread.
pub(super) struct Sequencer {
    store: Arc<dyn Store>,
    signer: LogSigner,
    clock: Clock,
    tiles: Arc<Tiles>,
    receipts: Arc<Receipts>,
    witnesses: Arc<Witnesses>,
    head: watch::Sender<Arc<HeadRow>>,
    failure: watch::Sender<Option<String>>,
    waiting: Waiting,
    memory: Memory,
    tree: Tree,
    accepted_at_ms: u64,
    /// What is to be stated of the time before the start, until it is.
    opening: Option<Opening>,
    begun: Arc<AtomicBool>,
    /// Only for its timer: the thread itself does the work.
    runtime: tokio::runtime::Runtime,
}

/// After this nothing may be written any more. Who waited for the batch learns it last, so that
/// whoever asks again finds the log stopped.
struct Stop {
    fault: Fault,
    draft: Box<Draft>,
}

impl Sequencer {
    pub(super) fn new(parts: Parts) -> Result<Self, Fault> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|error| Fault::while_doing("making the sequencer's timer", error))?;
        Ok(Self {
            memory: Memory::load(parts.store.as_ref(), parts.signer.origin())?,
            store: parts.store,
            signer: parts.signer,
            clock: parts.clock,
            tiles: parts.tiles,
            receipts: parts.receipts,
            witnesses: parts.witnesses,
            head: parts.head,
            failure: parts.failure,
            waiting: Waiting::new(parts.patience),
            tree: parts.found.tree,
            accepted_at_ms: parts.found.accepted_at_ms,
            opening: parts.opening,
            begun: parts.begun,
            runtime,
        })
    }

    /// Works until nobody can ask any more, or until a commit fails.
    pub(super) fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        let mut backlog = VecDeque::new();
        // With witnesses that comes when they have confirmed the log.
        if self.opening.is_some()
            && let Err(stop) = self.seal_batch(Vec::new())
        {
            return self.stop(stop, requests, backlog);
        }
        while self.gather(&mut requests, &mut backlog) {
            if let Err(stop) = self.seal_batch(take_batch(&mut backlog)) {
                return self.stop(stop, requests, backlog);
            }
        }
    }

    fn stop(
        mut self,
        Stop { fault, mut draft }: Stop,
        mut requests: mpsc::Receiver<Request>,
        mut backlog: VecDeque<Request>,
    ) {
        self.failure.send_replace(Some(fault.chain()));
        requests.close();
        while let Ok(request) = requests.try_recv() {
            backlog.push_back(request);
        }
        backlog.into_iter().for_each(|request| request.fail(&fault));
        while let Some(Held { reply, .. }) = self.waiting.take_any() {
            let _gone = reply.send(Err(repeated(&fault).into()));
        }
        draft.fail(&fault);
    }

    /// Waits for requests, or until a filing has waited too long. Returns `false` at the end.
    fn gather(
        &mut self,
        requests: &mut mpsc::Receiver<Request>,
        backlog: &mut VecDeque<Request>,
    ) -> bool {
        if !backlog.is_empty() {
            return true;
        }
        let mut received = Vec::new();
        let next = requests.recv_many(&mut received, BATCH_REQUESTS);
        let open = match self.waiting.deadline() {
            None => self.runtime.block_on(next) > 0,
            // Overdue: nothing came, and there is work nevertheless.
            Some(at) => {
                let counted = self.runtime.block_on(async { timeout_at(at, next).await });
                counted.unwrap_or(1) > 0
            }
        };
        backlog.extend(received);
        open
    }

    fn seal_batch(&mut self, requests: Vec<Request>) -> Result<(), Stop> {
        // Asked before they were queued, too; a witness may have spoken since.
        if let Err(refusal) = self.witnesses.may_sign() {
            requests.into_iter().for_each(|request| request.refuse(&refusal));
            return Ok(());
        }
        let now = match self.now() {
            Ok(now) => now,
            Err(fault) => {
                requests.into_iter().for_each(|request| request.fail(&fault));
                self.give_up_overdue(&Draft::new(self.tree.size(), self.accepted_at_ms));
                return Ok(());
            }
        };
        let mut draft = Draft::new(self.tree.size(), now);
        self.state_outages(&mut draft);
        for request in requests {
            match request {
                Request::Seal(proposal, reply) => self.take_in(&mut draft, proposal, reply),
                Request::Attest(attestation, reply) => {
                    self.take_in_statement(&mut draft, *attestation, reply);
                }
                // What is to be kept goes along with every commit.
                Request::Keep => {}
            }
        }
        self.give_up_overdue(&draft);
        if draft.is_empty() { self.keep_cosigned(draft) } else { self.seal(draft) }
    }

    /// States, before anything else, what happened before the start.
    fn state_outages(&mut self, draft: &mut Draft) {
        let Some(opening) = &self.opening else { return };
        let published = self.witnesses.published();
        // What they say now is told, not needed.
        let after = self.witnesses.heard(&published.borrow()).unwrap_or_else(|_| Heard::default());
        let statements = opening.statements(draft.accepted_at_ms, after);
        if statements.is_empty() {
            self.begin();
        }
        for statement in statements {
            let attestation = Attestation { statement, deliveries: Vec::new() };
            let (nobody, _) = oneshot::channel();
            draft.enter_statement(LeafKind::Statement, attestation, nobody, &self.signer);
        }
    }

    /// Nothing is left to be stated of the time before the start.
    fn begin(&mut self) {
        self.opening = None;
        self.begun.store(true, Ordering::Release);
    }

    /// Makes durable what witnesses have cosigned when nothing else is written.
    fn keep_cosigned(&mut self, draft: Draft) -> Result<(), Stop> {
        let cosigned = self.witnesses.take_unkept();
        if cosigned.is_empty() {
            return Ok(());
        }
        match self.store.keep_cosigned(&cosigned) {
            Err(fault) if !fault.is_disk_full() => Err(Stop { fault, draft: Box::new(draft) }),
            Err(_full) => {
                self.witnesses.return_unkept(cosigned);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// The time of a batch: never before that of the last.
    fn now(&self) -> Result<u64, Fault> {
        let (now, last) = ((self.clock)(), self.accepted_at_ms);
        if now.saturating_add(CLOCK_TOLERANCE_MS) < last {
            let back = last - now;
            return Err(Fault::broken(format!("the clock went back by {back} ms: set it right")));
        }
        Ok(now.max(last))
    }

    /// Decides about a filing, and about those that waited for it.
    fn take_in(&mut self, draft: &mut Draft, proposal: Box<Proposal>, reply: Reply<Sealed>) {
        let key = proposal.filing.key_id;
        self.decide(draft, Held { proposal, reply });
        while let Some(lowest) = self.waiting.lowest(&key) {
            match self.judge(draft).chain(&key) {
                Ok(at) if lowest <= at.sequence + 1 => {}
                _ => break,
            }
            let Some(held) = self.waiting.take_lowest(&key) else { break };
            self.decide(draft, held);
        }
    }

    fn decide(&mut self, draft: &mut Draft, held: Held) {
        let verdict = self.judge(draft).decide(&held.proposal);
        let Held { proposal, reply } = held;
        let answer = match verdict {
            Ok(Verdict::Seal(keys)) => {
                return draft.enter(*proposal, keys.map(|keys| *keys), reply, &self.signer);
            }
            Ok(Verdict::InBatch(row)) => return draft.join(row, reply),
            Ok(Verdict::Early) => {
                let held = self.waiting.hold(Held { proposal, reply }, Instant::now());
                let Err((Held { reply, .. }, refusal)) = held else { return };
                let _gone = reply.send(Err(refusal.into()));
                return;
            }
            Ok(Verdict::Before(filing)) => Ok(Sealed { filing, repeated: true }),
            Err(error) => Err(error),
        };
        let _gone = reply.send(answer);
    }

    fn take_in_statement(
        &mut self,
        draft: &mut Draft,
        attestation: Attestation,
        reply: Reply<u64>,
    ) {
        match self.judge(draft).check_statement(&attestation) {
            Ok(kind) => draft.enter_statement(kind, attestation, reply, &self.signer),
            Err(error) => {
                let _gone = reply.send(Err(error));
            }
        }
    }

    fn give_up_overdue(&mut self, draft: &Draft) {
        let now = Instant::now();
        while let Some(Held { proposal, reply }) = self.waiting.take_overdue(now) {
            let at = self.judge(draft).chain(&proposal.filing.key_id);
            let _gone = reply.send(Err(at.map_or_else(Error::Failed, |at| gap(at).into())));
        }
    }

    fn judge<'a>(&'a mut self, draft: &'a Draft) -> Judge<'a> {
        Judge { store: self.store.as_ref(), memory: &mut self.memory, draft }
    }

    fn seal(&mut self, mut draft: Draft) -> Result<(), Stop> {
        draft.close();
        match self.prepare(&mut draft) {
            Ok((batch, tree, signed)) => self.commit(draft, batch, tree, signed),
            Err(fault) => {
                // Nothing was written, and the signature never left this thread.
                self.tiles.forget();
                draft.fail(&fault);
                Ok(())
            }
        }
    }

    /// Grows a copy of the tree and signs it.
    fn prepare(&self, draft: &mut Draft) -> Result<(Batch, Tree, SignedHead), Fault> {
        let hashes: Vec<Hash> = draft.leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
        let edge = self.tiles.fetch(Tile::partial(self.tree.size()))?;
        let growth = prove::grow(&self.tree, &hashes, &edge)
            .map_err(|error| Fault::while_doing("growing the tree", error))?;
        let tiles = growth.tiles.into_iter().map(|(tile, hashes)| TileRow {
            level: tile.level(),
            index: tile.index(),
            hashes,
        });
        let tiles: Vec<TileRow> = tiles.collect();
        let tree = growth.tree;
        self.check_tiles(&tree, &tiles)?;
        let note = self.signer.sign(tree.size(), tree.root())?;
        let note = note.to_string().into_bytes();
        let head = HeadRow { size: tree.size(), root: tree.root(), note };
        let signed = SignedHead::verify(&head, self.signer.verifier())?;
        let leaves = std::mem::take(&mut draft.leaves);
        let entries = std::mem::take(&mut draft.rows);
        let cosigned = self.witnesses.take_unkept();
        let first_leaf = draft.first_leaf;
        let batch = Batch { first_leaf, leaves, tiles, head, entries, cosigned };
        Ok((batch, tree, signed))
    }

    /// Computes the root once more, from the very bytes that will be written. One flipped bit in
    /// memory between hashing and writing ended another log for good.
    fn check_tiles(&self, tree: &Tree, tiles: &[TileRow]) -> Result<(), Fault> {
        let written = |tile: &Tile| {
            tiles.iter().any(|row| row.level == tile.level() && row.index == tile.index())
        };
        let needed = prove::tree_tiles(tree.size()).into_iter();
        let mut reader = self.tiles.fetch(needed.filter(|tile| !written(tile)))?;
        reader.overlay(tiles);
        let rebuilt = prove::tree(tree.size(), &reader)
            .map_err(|error| Fault::while_doing("rebuilding the tree from its tiles", error))?;
        if rebuilt.root() == tree.root() {
            Ok(())
        } else {
            Err(Fault::broken("the tiles to be written give another root: a bit flipped in memory"))
        }
    }

    fn commit(
        &mut self,
        mut draft: Draft,
        batch: Batch,
        tree: Tree,
        signed: SignedHead,
    ) -> Result<(), Stop> {
        // DURABLE: the one moment. A crash before `commit` returns loses the whole batch or none of
        // it; nobody was answered, so senders send again and find out which. A crash after it loses
        // nothing: what follows is memory and answers. A failed commit may be on the disk or not,
        // so nothing may be signed after it until a restart has looked; only a full disk is sure
        // to have taken nothing, and the tree stays as it was.
        if let Err(fault) = self.store.commit(&batch) {
            if !fault.is_disk_full() {
                return Err(Stop { fault, draft: Box::new(draft) });
            }
            self.witnesses.return_unkept(batch.cosigned);
            draft.fail(&fault);
            return Ok(());
        }
        self.tree = tree;
        self.accepted_at_ms = draft.accepted_at_ms;
        self.begin();
        self.memory.absorb(&mut draft.changes);
        self.tiles.remember(&batch.tiles);
        self.receipts.remember(signed, batch.first_leaf, batch.leaves);
        self.head.send_replace(Arc::new(batch.head));
        draft.answer(batch.entries);
        Ok(())
    }
}
