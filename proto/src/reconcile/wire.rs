//! Exceptions as filings carry them.

use super::case::{Nature, RegisteredCase};
use super::{Comparison, Exception, Number, Side};
use crate::v1;

/// Most cases of one side that an exception lists with their evidence.
const EVIDENCE_MAX: usize = 16;

/// Most digests of one case that it lists.
const DIGESTS_MAX: usize = 16;

impl Exception {
    /// The exception as `ours` files it. `owner` is who is to settle it, by its address: the
    /// proposal's institution ([`owner`](Self::owner)), or whoever people have named instead.
    #[must_use]
    pub fn to_wire(
        &self,
        comparison: &Comparison<'_>,
        ours: Side,
        owner: v1::Address,
    ) -> v1::ReconciliationException {
        let evidence = |side: Side| {
            let places = match side {
                Side::Referring => &self.referring,
                Side::Docketing => &self.docketing,
            };
            let cases = comparison.register(side).cases();
            let cases = places.iter().filter_map(|place| cases.get(*place));
            cases.take(EVIDENCE_MAX).map(evidence).collect::<Vec<_>>()
        };
        let (our_evidence, their_evidence) = (evidence(ours), evidence(ours.other()));
        let number = |evidence: &[v1::ExceptionEvidence]| {
            evidence.iter().find_map(|evidence| evidence.number.clone())
        };
        v1::ReconciliationException {
            kind: self.kind.into(),
            ours: number(&our_evidence),
            theirs: number(&their_evidence),
            owner: Some(owner),
            due_on: None,
            resolution: None,
            our_evidence,
            their_evidence,
            strength: self.strength.into(),
            reasons: self.reasons.iter().map(|reason| (*reason).into()).collect(),
            verdict: v1::MatchVerdict::Unspecified.into(),
        }
    }
}

fn evidence(case: &RegisteredCase) -> v1::ExceptionEvidence {
    let supplement_to = match &case.nature {
        Nature::Supplement(to) => to.as_ref(),
        Nature::Own => None,
    };
    // A case without a number of its own is named by a number that others gave it.
    let number = case.number.as_ref().or(case.other_numbers.first());
    v1::ExceptionEvidence {
        number: number.map(Number::to_wire),
        outcome: case.outcome.into(),
        joined_to: case.joined_to.as_ref().map(Number::to_wire),
        supplement_to: supplement_to.map(Number::to_wire),
        sent_at_unix_ms: case.transfer.sent_at_ms,
        fetched_at_unix_ms: case.transfer.fetched_at_ms,
        acknowledged_at_unix_ms: case.transfer.acknowledged_at_ms,
        registered_at_unix_ms: case.transfer.registered_at_ms,
        digests: case.digests.iter().take(DIGESTS_MAX).map(|digest| digest.to_vec()).collect(),
    }
}
