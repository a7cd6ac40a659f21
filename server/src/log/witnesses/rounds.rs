//! Rounds: all witnesses are asked about the same head, and their lines gathered under it.
//!
//! One head at a time: witnesses that were each asked about another would never be a quorum of
//! anything. While a round goes on the log grows, and the next round covers all of it. A witness
//! that is slower than the others answers late; its line is added to the head all the same, and it
//! goes on with whatever is asked by then.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use std::time::Duration;

use barid_proto::tlog::note::{Note, NoteSignature};
use barid_proto::tlog::vkey::VerifierKey;
use tokio::time::{Instant, sleep_until, timeout};

use super::Witnesses;
use crate::error::Fault;
use crate::model::row::HeadRow;

/// How long a round may last before the next one asks about a newer head.
const ROUND: Duration = Duration::from_secs(1);

/// Heads for which lines are still taken: the slowest witness may be so many rounds behind.
const GATHERINGS: usize = 32;

/// What witnesses are asked about now.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Counts the rounds, those over the same head too.
    pub(super) number: u64,
    /// The head.
    pub(super) head: Arc<HeadRow>,
}

/// A key of a policy: two keys of one witness share their name, not their identifier.
pub(super) type KeyName = (String, [u8; 4]);

/// What tells a policy's keys apart.
pub(super) fn name_of(key: &VerifierKey) -> KeyName {
    (key.name().to_owned(), key.id())
}

/// The lines under one head.
pub(super) struct Gathering {
    /// The head with the log's own lines.
    own: Note,
    /// The first line of each key, in the order in which they came: what receipts are made of,
    /// since the earliest time says most.
    first: Vec<NoteSignature>,
    /// The newest line of each key: it shows that the head is current.
    newest: BTreeMap<KeyName, NoteSignature>,
}

impl Witnesses {
    /// Asks, for as long as it is polled. Without a plan it never has anything to do.
    pub async fn ask(&self) {
        let Some(plan) = &self.plan else { return std::future::pending().await };
        let mut sealed = self.sealed.clone();
        let mut published = self.published.subscribe();
        let mut begun = Instant::now();
        loop {
            let newest = Arc::clone(&sealed.borrow_and_update());
            if newest.size > self.target.borrow().head.size || self.target.borrow().number == 0 {
                begun = Instant::now();
                let size = newest.size;
                self.begin(newest);
                // Early or late, the next look decides.
                let covered = published.wait_for(|head| head.size >= size);
                let _early_or_late = timeout(ROUND, covered).await.is_ok();
                continue;
            }
            tokio::select! {
                changed = sealed.changed() => if changed.is_err() { return },
                () = sleep_until(begun + plan.heartbeat) => {
                    begun = Instant::now();
                    self.begin(newest);
                }
            }
        }
    }

    fn begin(&self, head: Arc<HeadRow>) {
        self.target.send_modify(|target| {
            *target = Target { number: target.number + 1, head };
        });
    }

    /// Takes in lines over a head that were verified, and publishes it when they are enough.
    ///
    /// # Errors
    /// A fault when the head's own note cannot be read.
    pub(in crate::log) fn gather(
        &self,
        head: &HeadRow,
        lines: Vec<(KeyName, NoteSignature)>,
    ) -> Result<(), Fault> {
        let Some(plan) = &self.plan else { return Ok(()) };
        let mut rounds = self.rounds();
        // Before there is a quorum too: enough witnesses may be away for days.
        while rounds.gatherings.len() >= GATHERINGS && !rounds.gatherings.contains_key(&head.size) {
            rounds.gatherings.pop_first();
        }
        let gathering = match rounds.gatherings.entry(head.size) {
            Entry::Occupied(found) => found.into_mut(),
            Entry::Vacant(place) => place.insert(Gathering::new(head)?),
        };
        let more = gathering.add(lines);
        let cosigned = |key: &VerifierKey| gathering.newest.contains_key(&name_of(key));
        if !plan.policy.would_suffice(|witness| cosigned(&witness.key)) {
            return Ok(());
        }
        let newest = gathering.row(head, gathering.newest.values())?;
        // The head of the empty log is never stored, and nothing is under it.
        if more && head.size > 0 {
            let first = gathering.row(head, &gathering.first)?;
            self.receipts.publish(&first)?;
            rounds.unkept.insert(head.size, first);
        }
        drop(rounds);
        self.published.send_if_modified(|published| {
            let current = newest.size >= published.size;
            if current {
                *published = Arc::new(newest);
            }
            current
        });
        Ok(())
    }

    /// The sizes of the heads for which lines are held.
    #[cfg(test)]
    pub(in crate::log) fn gathering(&self) -> Vec<u64> {
        self.rounds().gatherings.keys().copied().collect()
    }
}

impl Gathering {
    fn new(head: &HeadRow) -> Result<Self, Fault> {
        let own = Note::parse(&head.note)
            .map_err(|error| Fault::while_doing("reading a head of our own", error))?;
        Ok(Self { own, first: Vec::new(), newest: BTreeMap::new() })
    }

    /// Adds lines. `true`: one is of a key that had none here.
    fn add(&mut self, lines: Vec<(KeyName, NoteSignature)>) -> bool {
        let before = self.newest.len();
        for (key, line) in lines {
            if self.newest.insert(key, line.clone()).is_none() {
                self.first.push(line);
            }
        }
        self.newest.len() > before
    }

    /// The head with these lines behind the log's own.
    fn row<'a>(
        &self,
        head: &HeadRow,
        lines: impl IntoIterator<Item = &'a NoteSignature>,
    ) -> Result<HeadRow, Fault> {
        let mut note = self.own.clone();
        lines
            .into_iter()
            .try_for_each(|line| note.add(line.clone()))
            .map_err(|error| Fault::while_doing("adding a witness's line to a head", error))?;
        Ok(HeadRow { size: head.size, root: head.root, note: note.to_string().into_bytes() })
    }
}
