//! At the office again: everything is verified without a link, and then settled.

use std::collections::BTreeMap;
use std::path::Path;

use barid_proto::envelope;
use barid_proto::tlog::Hash;
use barid_proto::v1::{
    HubStatementKind, Reason, ReceiveResponse, SealedStatement, StickOutcome, StickTree, StickWay,
};
use prost::Message as _;

use super::super::{Client, lacks};
use super::{Named, beside, body_of, join_all, named_in};
use crate::disk;
use crate::error::{ClientError, EvidenceError};
use crate::memory::{Claim, Seen};
use crate::outbox::{Pending, Turn};
use crate::refusal::Refusal;
use crate::stick::lock::Opener;
use crate::stick::{Loaded, Pieces, StickError};
use crate::verify::stated;

/// What a stick brought.
#[derive(Debug, Clone, Default)]
pub struct Unpacked {
    /// Numbers of envelopes that have their receipt now, with its leaf.
    pub settled: Vec<(u64, u64)>,
    /// Numbers of envelopes that the hub refused for good, and what it said.
    pub refused: Vec<(u64, Refusal)>,
    /// Numbers of envelopes that are still pending, with what the hub said of them, if anything.
    pub waiting: Vec<(u64, String)>,
    /// Outcomes of envelopes that are settled already.
    pub known: usize,
    /// Positions in the inbox that came.
    pub served: Vec<u64>,
    /// The next position that is not here, when others behind it are: they are on another stick.
    pub gap: Option<u64>,
    /// Documents of which all is here, and of which parts are missing.
    pub documents: (usize, usize),
    /// Leaves of the newest tree that it proves.
    pub size: u64,
    /// That tree could not be compared with the newest one that was known: the next stick, or the
    /// link, does that.
    pub uncompared: bool,
}

impl Client {
    /// Takes in what came back: verifies it as what comes over the link, settles the outbox,
    /// remembers the checkpoint, and puts what was served into the inbox. Needs no link. The same
    /// stick again changes nothing.
    ///
    /// # Errors
    /// Any [`StickError`]. What was settled before stays settled.
    pub async fn unpack_stick(&self, path: &Path, opener: &Opener) -> Result<Unpacked, StickError> {
        let pieces = Pieces::open(&self.carried_folder().join("documents"))?;
        let loaded = self.load_stick(path, opener, &pieces, StickWay::ToOffice).await?;
        if loaded.head.office.as_ref() != Some(&self.office.address) {
            let office = loaded.head.office.unwrap_or_default();
            return Err(StickError::OtherOffice { office });
        }
        let mut unpacked = Unpacked::default();
        self.follow(&loaded.history, &mut unpacked)?;
        self.take_outcomes(&loaded, &mut unpacked).await?;
        self.take_inbox(&loaded.inbox, &mut unpacked).await?;
        let bodies = loaded.inbox.iter().map(|served| body_of(served.filing.as_ref()));
        let named: Vec<Named> = bodies.flat_map(|body| named_in(&body)).collect();
        unpacked.documents = beside(move || join_all(&pieces, &named)).await?;
        Ok(unpacked)
    }

    /// Follows the history on the stick from a tree that is known here, and believes what it leads
    /// to.
    fn follow(&self, history: &[StickTree], unpacked: &mut Unpacked) -> Result<(), StickError> {
        let (origin, trust) = (&self.origin, &self.office.trust);
        let trees = chained(history)?;
        let last = history.last().ok_or(StickError::NoCommonTree)?;
        let checkpoint = trust.checkpoint(&last.note).map_err(ClientError::from)?.checkpoint;
        let newest = Seen { checkpoint: checkpoint.clone(), note: last.note.clone() };
        if trees.get(&checkpoint.size()) != Some(checkpoint.root())
            || checkpoint.origin() != &**origin
        {
            return Err(wrong("the newest checkpoint", "another tree than the history"));
        }
        let had = self.memory.newest(origin, trust)?;
        let open = self.memory.uncompared(origin, trust)?;
        let notes = history.iter().filter(|tree| !tree.note.is_empty());
        for known in had.iter().chain(&open) {
            self.same_size(known, notes.clone(), &trees, &newest)?;
        }
        let knows = |size: &u64, root: &Hash| {
            *size > 0 && self.told(|told| told.root(*size).copied()) == Some(*root)
        };
        let anchored = trees.iter().any(|(size, root)| knows(size, root));
        if had.is_some() && !anchored {
            return Err(StickError::NoCommonTree);
        }
        let on_it = |seen: &Seen| trees.contains_key(&seen.checkpoint.size());
        match &had {
            Some(known) if !on_it(known) => {
                // Both continue a tree that is known; whether one continues the other nobody can
                // say here.
                self.memory.keep_uncompared(known)?;
                self.memory.keep_uncompared(&newest)?;
                unpacked.uncompared = true;
            }
            _ if open.iter().all(on_it) => self.memory.all_compared(origin)?,
            _ => unpacked.uncompared = true,
        }
        self.memory.add_trees(origin, &trees)?;
        self.told(|told| trees.iter().for_each(|(size, root)| told.learn(*size, *root)));
        self.memory.remember(had.as_ref(), &newest)?;
        unpacked.size = checkpoint.size();
        Ok(())
    }

    /// A tree of a size that is known has the root that is known: else the log signed two, and both
    /// are kept.
    fn same_size<'a>(
        &self,
        known: &Seen,
        mut notes: impl Iterator<Item = &'a StickTree>,
        trees: &BTreeMap<u64, Hash>,
        newest: &Seen,
    ) -> Result<(), StickError> {
        let (size, root) = (known.checkpoint.size(), known.checkpoint.root());
        if trees.get(&size).is_none_or(|other| other == root) {
            return Ok(());
        }
        // The note of that very tree where there is one; else the newest, which continues it.
        let own = notes.find(|tree| tree.size == size);
        let trust = &self.office.trust;
        let own = own.and_then(|tree| Some((trust.checkpoint(&tree.note).ok()?, &tree.note)));
        let shown = own.map_or_else(
            || newest.clone(),
            |(witnessed, note)| Seen { checkpoint: witnessed.checkpoint, note: note.clone() },
        );
        let fault = crate::error::HistoryFault::TwoTrees(size);
        Err(self.memory.accuse(known, &shown, fault).into())
    }

    async fn take_outcomes(
        &self,
        loaded: &Loaded,
        unpacked: &mut Unpacked,
    ) -> Result<(), StickError> {
        let outcomes: BTreeMap<&[u8], &StickOutcome> =
            loaded.outcomes.iter().map(|one| (one.envelope_digest.as_slice(), one)).collect();
        let _queued = self.queue.lock().await;
        let mut turn = self.outbox.turn_async().await?;
        let (mut matched, mut in_order) = (0, true);
        for pending in turn.pending()? {
            let outcome = outcomes.get(pending.digest().as_slice()).copied();
            matched += usize::from(outcome.is_some());
            let sequence = pending.body().sender_sequence;
            // Behind one without a receipt there is none that could be kept in order.
            let taken = match outcome.filter(|_| in_order) {
                Some(outcome) => self.take_outcome(&mut turn, &pending, outcome, unpacked).await?,
                None => false,
            };
            if !taken {
                in_order = false;
                let said = outcome.map(|outcome| outcome.text.clone()).unwrap_or_default();
                unpacked.waiting.push((sequence, said));
            }
        }
        unpacked.known = outcomes.len().saturating_sub(matched);
        Ok(())
    }

    /// Settles one envelope, or sets it aside; `false`: it stays pending.
    async fn take_outcome(
        &self,
        turn: &mut Turn<'_>,
        pending: &Pending,
        outcome: &StickOutcome,
        unpacked: &mut Unpacked,
    ) -> Result<bool, StickError> {
        let sequence = pending.body().sender_sequence;
        if let Some(receipt) = &outcome.receipt {
            let filing = turn.sealed(pending, receipt)?;
            let verified = self.verify(filing, Claim::OfSomeTime).await?;
            turn.settle(pending, receipt)?;
            unpacked.settled.push((sequence, verified.leaf_index));
            return Ok(true);
        }
        let Some(rejection) = &outcome.rejection else { return Ok(false) };
        let refusal = self.proven_refusal(pending, rejection, &outcome.text).await?;
        turn.set_aside(pending, &refusal)?;
        unpacked.refused.push((sequence, refusal));
        Ok(true)
    }

    /// The hub's statement is in the log, and says that it refused this very envelope. A carrier's
    /// word alone sets nothing aside.
    async fn proven_refusal(
        &self,
        pending: &Pending,
        rejection: &SealedStatement,
        text: &str,
    ) -> Result<Refusal, StickError> {
        let stated = stated::statement(rejection, &self.office.trust).map_err(ClientError::from)?;
        self.believe_statement(&stated).await?;
        let digest = pending.digest().to_vec();
        let about = stated.statement.envelope_digests == [digest];
        if stated.statement.kind() != HubStatementKind::Rejected || !about {
            return Err(wrong("a statement that it was refused", "something else"));
        }
        let number = i32::try_from(stated.statement.reason).unwrap_or_default();
        Ok(Refusal {
            reason: Reason::try_from(number).unwrap_or_default(),
            text: text.to_owned(),
            problems: Vec::new(),
            expected_link: None,
            rejection_leaf: Some(stated.leaf_index),
            correlation_id: String::new(),
            retry_after: None,
        })
    }

    /// Keeps what was served, each filing once it was verified.
    async fn take_inbox(
        &self,
        inbox: &[ReceiveResponse],
        unpacked: &mut Unpacked,
    ) -> Result<(), StickError> {
        disk::make_folder(&self.carried_folder().join("inbox"))?;
        for served in inbox {
            let filing = served.filing.clone().ok_or_else(|| lacks("filing"))?;
            let place = self.inbox_place(served.cursor);
            if let Some(before) = self.carried_filing(served.cursor)? {
                self.same_filing(&before, served)?;
                continue;
            }
            self.verify(filing, Claim::OfSomeTime).await?;
            disk::replace(&place, &served.encode_to_vec())?;
            unpacked.served.push(served.cursor);
        }
        let next = self.served_until()? + 1;
        let behind = inbox.iter().any(|served| served.cursor > next);
        unpacked.gap = behind.then_some(next);
        Ok(())
    }

    /// One position holds one filing, whichever stick it came on.
    fn same_filing(
        &self,
        before: &ReceiveResponse,
        now: &ReceiveResponse,
    ) -> Result<(), StickError> {
        let digest = |served: &ReceiveResponse| {
            let sealed = served.filing.as_ref()?.envelope.as_ref()?;
            envelope::open(sealed).ok().map(|opened| opened.digest())
        };
        if digest(before) == digest(now) {
            return Ok(());
        }
        let kept = now.filing.clone().unwrap_or_default();
        self.memory
            .keep_false(&kept, "another filing came for this position of the inbox before")?;
        Err(wrong("a filing in the inbox", "another one that came before for the same position"))
    }
}

/// The trees of a history, each proven to continue the one before.
fn chained(history: &[StickTree]) -> Result<BTreeMap<u64, Hash>, StickError> {
    let mut trees: BTreeMap<u64, Hash> = BTreeMap::new();
    for tree in history {
        let malformed = || wrong("a tree of the log", "something that has no root");
        let root = Hash::try_from(tree.root.as_slice()).map_err(|_| malformed())?;
        let path = super::super::log::hashes(&tree.path)?;
        if let Some((size, before)) = trees.last_key_value() {
            let (old, new) = (*size, tree.size);
            barid_proto::tlog::proof::verify_consistency(old, new, &path, before, &root).map_err(
                |error| wrong("a tree that continues the one before", &error.to_string()),
            )?;
        }
        trees.insert(tree.size, root);
    }
    Ok(trees)
}

fn wrong(said: &str, proven: &str) -> StickError {
    let (field, said, proven) = ("stick", said.to_owned(), proven.to_owned());
    ClientError::from(EvidenceError::Contradiction { field, said, proven }).into()
}
