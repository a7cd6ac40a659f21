//! Where and when a filing can stand in the log, given what its own sender signed and what
//! witnesses saw: the hub chooses index and time of a leaf, but not freely.

use barid_proto::key::KeyId;
use barid_proto::tlog::Hash;
use barid_proto::tlog::policy::Witnessed;
use barid_proto::v1::EnvelopeBody;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Verified;
use crate::error::EvidenceError;

/// How far the hub's clock and the witnesses' may lie apart, milliseconds: the witnesses' own
/// tolerance for the times in leaves.
pub const TIME_TOLERANCE_MS: u64 = 120_000;

/// Keys and tree sizes that are remembered; more only means that a proof is asked for again.
const REMEMBERED_MAX: usize = 4096;

/// The envelope is for this log, and its leaf is not inside a tree that its sender had seen before
/// it signed.
///
/// # Errors
/// [`EvidenceError::Contradiction`].
pub fn check(filing: &Verified) -> Result<(), EvidenceError> {
    let (origin, log) = (&filing.body.hub_origin, filing.witnessed.checkpoint.origin());
    if is_foreign(&filing.body, log) {
        let (said, proven) = (log.to_owned(), format!("an envelope for {origin}"));
        return Err(EvidenceError::Contradiction { field: "hub_origin", said, proven });
    }
    if let Some(seen) = seen_past(&filing.body, filing.leaf_index) {
        let said = filing.leaf_index.to_string();
        let proven = format!("a sender that had seen {seen} leaves before it signed");
        return Err(EvidenceError::Contradiction { field: "leaf_index", said, proven });
    }
    Ok(())
}

/// Whether an envelope is for another log than this one.
pub(super) fn is_foreign(body: &EnvelopeBody, log: &str) -> bool {
    body.hub_origin != log
}

/// The tree that a sender had seen before it signed, when the leaf is inside it.
pub(super) fn seen_past(body: &EnvelopeBody, leaf_index: u64) -> Option<u64> {
    body.last_seen.as_ref().map(|seen| seen.size).filter(|seen| *seen > leaf_index)
}

/// The hub's time in the leaf fits the witnesses': not before the newest tree without the leaf was
/// cosigned, not after the tree with it was. Where nobody cosigned, nothing can be said.
///
/// # Errors
/// [`EvidenceError::Time`].
pub fn dated(filing: &Verified, before: Option<&Witnessed>) -> Result<(), EvidenceError> {
    let before = before.filter(|before| before.checkpoint.size() <= filing.leaf_index);
    let not_before = before.and_then(likely_time_ms);
    let not_after = likely_time_ms(&filing.witnessed);
    let accepted_at_ms = filing.accepted_at_ms;
    let early =
        not_before.is_some_and(|time| accepted_at_ms.saturating_add(TIME_TOLERANCE_MS) < time);
    let late =
        not_after.is_some_and(|time| accepted_at_ms > time.saturating_add(TIME_TOLERANCE_MS));
    if early || late {
        return Err(EvidenceError::Time { accepted_at_ms, not_before, not_after });
    }
    Ok(())
}

/// The lower middle of the witnesses' times: with three lines and one liar it is a time of an
/// honest witness, or between two such.
fn likely_time_ms(witnessed: &Witnessed) -> Option<u64> {
    let middle = witnessed.cosigned.len().div_ceil(2);
    Some(witnessed.kth_time(middle)?.saturating_mul(1000))
}

/// What verified filings said so far: trees that are known to be in one history, and how far each
/// key's chain has come.
#[derive(Debug, Default)]
pub struct Told {
    roots: BTreeMap<u64, Hash>,
    /// The roots of all trees up to one, by their size.
    history: Arc<[Hash]>,
    newest: BTreeMap<KeyId, Link>,
}

/// Where an envelope of a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Link {
    sequence: u64,
    leaf: u64,
}

impl Told {
    /// The root of a tree that is known to be in this log's one history.
    #[must_use]
    pub fn root(&self, size: u64) -> Option<&Hash> {
        let made = usize::try_from(size).ok().and_then(|size| self.history.get(size));
        made.or_else(|| self.roots.get(&size))
    }

    /// All trees of this log's history up to one whose root was proven, by their size.
    pub fn learn_history(&mut self, roots: Arc<[Hash]>) {
        self.history = roots;
    }

    /// A tree was proven to be in it.
    pub fn learn(&mut self, size: u64, root: Hash) {
        if self.roots.len() >= REMEMBERED_MAX {
            self.roots.pop_first();
        }
        self.roots.insert(size, root);
    }

    /// A key's envelopes stand in the log in the order in which it signed them.
    ///
    /// # Errors
    /// [`EvidenceError::Order`].
    pub fn in_order(&mut self, filing: &Verified) -> Result<(), EvidenceError> {
        let Some(key) = filing.signers.first() else { return Ok(()) };
        let own = Link { sequence: filing.body.sender_sequence, leaf: filing.leaf_index };
        if let Some(known) = self.newest.get(key) {
            if own.sequence.cmp(&known.sequence) != own.leaf.cmp(&known.leaf) {
                let (earlier, later) =
                    if own.sequence < known.sequence { (own, *known) } else { (*known, own) };
                return Err(EvidenceError::Order {
                    earlier: earlier.sequence,
                    earlier_leaf: earlier.leaf,
                    later: later.sequence,
                    later_leaf: later.leaf,
                });
            }
            if own.sequence <= known.sequence {
                return Ok(());
            }
        }
        if self.newest.len() >= REMEMBERED_MAX && !self.newest.contains_key(key) {
            self.newest.pop_first();
        }
        self.newest.insert(*key, own);
        Ok(())
    }
}
