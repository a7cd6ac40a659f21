//! Outages of this log: for how long it was down before a start, and for how long no quorum of
//! witnesses answered.
//!
//! What happened before a start is stated in the first commit behind it, together with whatever
//! else is in that commit: so it is stated once, whenever the hub dies. It is told from the mark of
//! life, from the newest leaf, and from the newest time at which a quorum had cosigned; whichever
//! is latest. All of it is the hub's own word but the witnesses' times, which the statement names.

use std::sync::atomic::Ordering;
use std::time::Duration;

use barid_proto::v1::{HubStatement, HubStatementKind, Outage, OutageScope};
use prost::Message as _;

use super::Log;
use crate::error::Fault;
use crate::model::row::LifeRow;
use crate::model::wire;
use crate::store::Store;

/// Statements of outages that are looked through for the newest about witnesses: each commit has
/// two at most.
const LOOKED_THROUGH: usize = 8;

/// What the lines under a head say of the witnesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heard {
    /// Number of leaves of the head.
    pub size: u64,
    /// The newest time at or after which a whole quorum had cosigned it, by the witnesses' clocks,
    /// milliseconds since 1970 UTC. 0: no quorum has, or none is asked.
    pub quorum_ms: u64,
}

impl Log {
    /// Whether this log signs, and has stated what there was to state of the time before its start.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.begun.load(Ordering::Acquire) && self.witnesses.may_sign().is_ok()
    }

    /// From how long on an outage is stated.
    #[must_use]
    pub fn outages_from(&self) -> Duration {
        self.outages_from
    }
}

/// What was found at a start of the time before it.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    life: LifeRow,
    /// When the newest leaf was accepted.
    accepted_at_ms: u64,
    /// What witnesses had said.
    before: Heard,
    /// Until when the newest outage of the witnesses lasted that was stated.
    stated_until_ms: u64,
    at_least_ms: u64,
}

impl Opening {
    /// Looks what the store knows of the time before. `None`: it has no mark of life, since the hub
    /// never worked here, or was of a version that left none.
    pub(super) fn look(
        store: &dyn Store,
        accepted_at_ms: u64,
        heard: impl FnOnce(&LifeRow) -> Result<Heard, Fault>,
        at_least: Duration,
    ) -> Result<Option<Self>, Fault> {
        let Some(life) = store.life()? else { return Ok(None) };
        let before = heard(&life)?;
        let stated_until_ms = stated_until(store)?;
        let at_least_ms = millis(at_least);
        Ok(Some(Self { life, accepted_at_ms, before, stated_until_ms, at_least_ms }))
    }

    /// What is to be stated in the first commit, at `now_ms`; `after` is what witnesses say now.
    pub(super) fn statements(&self, now_ms: u64, after: Heard) -> Vec<HubStatement> {
        let worked_ms = self.life.at_ms.max(self.accepted_at_ms).max(self.before.quorum_ms);
        if now_ms < worked_ms {
            let ahead_ms = worked_ms - now_ms;
            tracing::warn!(
                ahead_ms,
                "the hub is known to have worked at a time that has not come yet: the clock was \
                 set back while it was down, or the witnesses' are ahead. No outage is stated"
            );
            return Vec::new();
        }
        let mut stated = Vec::new();
        if now_ms - worked_ms >= self.at_least_ms {
            stated.push((OutageScope::Hub, worked_ms));
        }
        let silent_ms = self.before.quorum_ms.max(self.stated_until_ms);
        let asked = self.before.quorum_ms > 0;
        if asked && silent_ms.saturating_add(self.at_least_ms) <= self.life.at_ms {
            stated.push((OutageScope::Witnesses, silent_ms));
        }
        let span =
            |(scope, from_ms)| statement(scope, (from_ms, now_ms), self.before, after, now_ms);
        stated.into_iter().map(span).collect()
    }
}

/// The statement of an outage that is over. `before` and `after` are what witnesses said.
#[must_use]
pub fn statement(
    scope: OutageScope,
    (from_ms, until_ms): (u64, u64),
    before: Heard,
    after: Heard,
    now_ms: u64,
) -> HubStatement {
    let again = after.quorum_ms > before.quorum_ms;
    let size_before = if before.quorum_ms > 0 { before.size } else { 0 };
    let outage = Outage {
        scope: scope.into(),
        from_unix_ms: wire::instant(from_ms),
        until_unix_ms: wire::instant(until_ms),
        size_before,
        witnessed_before_unix_ms: wire::instant(before.quorum_ms),
        witnessed_after_unix_ms: if again { wire::instant(after.quorum_ms) } else { 0 },
    };
    HubStatement {
        kind: HubStatementKind::Outage.into(),
        at_unix_ms: wire::instant(now_ms),
        outage: Some(outage),
        ..HubStatement::default()
    }
}

/// Until when the newest outage of the witnesses lasted that was stated; 0: none was.
fn stated_until(store: &dyn Store) -> Result<u64, Fault> {
    for leaf in store.outages(u64::MAX, LOOKED_THROUGH)? {
        let bytes = store.statement(leaf)?.unwrap_or_default();
        let stated = HubStatement::decode(bytes.as_slice())
            .map_err(|error| Fault::while_doing(format!("reading statement {leaf}"), error))?;
        match stated.outage {
            Some(outage) if outage.scope() == OutageScope::Witnesses => {
                return Ok(u64::try_from(outage.until_unix_ms).unwrap_or_default());
            }
            _ => {}
        }
    }
    Ok(0)
}

/// A duration in milliseconds.
#[must_use]
pub fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
