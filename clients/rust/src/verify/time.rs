//! Between which instants a filing came into the log, as witnesses say.

use barid_proto::tlog::note::Note;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::proof::verify_consistency;

use super::examine::Place;
use super::finding::Code;
use super::notes::{Fault, Notes};
use super::place::TIME_TOLERANCE_MS;
use crate::bundle::Bracket;

/// How far a hub's honest clock may be from the witnesses', in seconds.
const SKEW_S: u64 = TIME_TOLERANCE_MS / 1000;

/// The instants.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bounds {
    /// It existed no later than this; seconds since 1970.
    pub(super) existed_by: Option<u64>,
    /// No tree that witnesses had seen by then had it; seconds since 1970.
    pub(super) not_before: Option<u64>,
    /// Leaves of the largest tree without it that witnesses had seen.
    pub(super) before_size: Option<u64>,
}

/// The bounds of a filing, and what is wrong with them.
pub(super) fn bounds(
    policy: &Policy,
    notes: &mut Notes<'_>,
    filing: &Place,
    before: Option<&Bracket>,
) -> (Bounds, Vec<Fault>) {
    let mut found = Vec::new();
    let existed_by = policy.existed_by(&filing.witnessed);
    let (before_size, not_before) = match before {
        None => {
            found.push((Code::NoBracket, String::new()));
            (None, None)
        }
        Some(before) => match bracket(policy, notes, filing, before) {
            Ok((size, not_before)) => (Some(size), not_before),
            Err(fault) => {
                found.push(fault);
                (None, None)
            }
        },
    };
    let accepted = filing.leaf.accepted_at_ms / 1000;
    let early = not_before.is_some_and(|bound| accepted.saturating_add(SKEW_S) < bound);
    let late = existed_by.is_some_and(|bound| accepted > bound.saturating_add(SKEW_S));
    if early || late {
        let seen = (not_before, existed_by);
        found.push((Code::TimeOutside, format!("the hub says {accepted}, witnesses {seen:?}")));
    }
    let limit = u64::try_from(filing.opened.body.not_after_unix_ms).unwrap_or(0);
    if limit != 0 && filing.leaf.accepted_at_ms > limit {
        found.push((Code::AcceptedLate, format!("the limit was {limit}")));
    }
    (Bounds { existed_by, not_before, before_size }, found)
}

fn bracket(
    policy: &Policy,
    notes: &mut Notes<'_>,
    filing: &Place,
    before: &Bracket,
) -> Result<(u64, Option<u64>), Fault> {
    let note = Note::parse(&before.note);
    let note = note.map_err(|error| (Code::ReceiptMalformed, error.to_string()))?;
    let witnessed = notes.weigh(&note)?;
    let (old, new) = (&witnessed.checkpoint, &filing.witnessed.checkpoint);
    if old.origin() != new.origin() {
        return Err((Code::BracketForked, format!("it is of {}", old.origin())));
    }
    if old.size() > filing.index {
        return Err((Code::BracketCovers, format!("it has {} leaves", old.size())));
    }
    verify_consistency(old.size(), new.size(), &before.path, old.root(), new.root())
        .map_err(|error| (Code::BracketForked, error.to_string()))?;
    Ok((old.size(), policy.newest_until(&witnessed)))
}
