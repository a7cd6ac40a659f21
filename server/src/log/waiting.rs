//! The room in which a filing waits for the one before it in its sender's sequence.
//!
//! Two envelopes that an office sends at once may overtake each other on the way. The later one
//! waits a little instead of coming back; it uses no number as long as it is not sealed.

use std::collections::{BTreeMap, HashMap, VecDeque};

use barid_proto::key::KeyId;
use barid_proto::v1::Reason;
use tokio::time::{Duration, Instant};

use super::draft::Reply;
use super::{Proposal, RETRY_MS, Sealed};
use crate::error::Refusal;

/// Filings that wait in total: as many as the queue before the sequencer holds.
const TOTAL: usize = 4096;
/// Filings that wait for one key: what one office sends at once when it was off line for a day.
/// One sender's gap cannot fill the room for all.
const FOR_ONE_KEY: usize = 1024;

/// A filing that waits, and who waits for it.
pub(super) struct Held {
    pub(super) proposal: Box<Proposal>,
    pub(super) reply: Reply<Sealed>,
}

/// Sequence, then order of arrival: the same envelope can wait twice.
type Place = (u64, u64);

/// The room.
pub(super) struct Waiting {
    patience: Duration,
    by_key: HashMap<KeyId, BTreeMap<Place, Held>>,
    /// Who came first is given up first. Those that went on meanwhile are skipped.
    deadlines: VecDeque<(Instant, KeyId, Place)>,
    arrivals: u64,
    total: usize,
}

impl Waiting {
    pub(super) fn new(patience: Duration) -> Self {
        Self { patience, by_key: HashMap::new(), deadlines: VecDeque::new(), arrivals: 0, total: 0 }
    }

    /// Lets a filing wait from `now` on, or gives it back when there is no room.
    pub(super) fn hold(&mut self, held: Held, now: Instant) -> Result<(), (Held, Box<Refusal>)> {
        let key = held.proposal.filing.key_id;
        let for_key = self.by_key.get(&key).map_or(0, BTreeMap::len);
        // The second bound keeps places of those that went on from piling up.
        if self.total >= TOTAL || for_key >= FOR_ONE_KEY || self.deadlines.len() >= 2 * TOTAL {
            let text = "Too many envelopes wait for the ones before them.";
            return Err((held, Refusal::new(Reason::TooMany, text).with_retry(RETRY_MS)));
        }
        self.arrivals += 1;
        let place = (held.proposal.filing.sequence, self.arrivals);
        self.deadlines.push_back((now + self.patience, key, place));
        self.by_key.entry(key).or_default().insert(place, held);
        self.total += 1;
        Ok(())
    }

    /// The lowest sequence that waits for a key.
    pub(super) fn lowest(&self, key: &KeyId) -> Option<u64> {
        let ((sequence, _), _) = self.by_key.get(key)?.first_key_value()?;
        Some(*sequence)
    }

    /// Takes out the filing with the lowest sequence that waits for a key.
    pub(super) fn take_lowest(&mut self, key: &KeyId) -> Option<Held> {
        let (place, _) = self.by_key.get(key)?.first_key_value()?;
        self.remove(*key, *place)
    }

    /// When the next filing is to be given up.
    pub(super) fn deadline(&mut self) -> Option<Instant> {
        while let Some((deadline, key, place)) = self.deadlines.front() {
            if self.by_key.get(key).is_some_and(|held| held.contains_key(place)) {
                return Some(*deadline);
            }
            self.deadlines.pop_front();
        }
        None
    }

    /// Takes out a filing that waited long enough.
    pub(super) fn take_overdue(&mut self, now: Instant) -> Option<Held> {
        if self.deadline()? > now {
            return None;
        }
        let (_, key, place) = self.deadlines.pop_front()?;
        self.remove(key, place)
    }

    /// Takes out whichever filing, for a room that is being closed.
    pub(super) fn take_any(&mut self) -> Option<Held> {
        let key = *self.by_key.keys().next()?;
        self.take_lowest(&key)
    }

    fn remove(&mut self, key: KeyId, place: Place) -> Option<Held> {
        let for_key = self.by_key.get_mut(&key)?;
        let held = for_key.remove(&place)?;
        if for_key.is_empty() {
            self.by_key.remove(&key);
        }
        self.total -= 1;
        Some(held)
    }
}
