//! What the Council lets offices decide, what they decide, and what it takes back to itself.

use barid_json_reading::Fields;
use barid_json_reading::Need::{Optional, Required};
use barid_json_reading::terms::{
    self, Object, read_act, read_address, read_clause, write_act, write_address, write_clause,
};
use barid_json_reading::words::{OUTCOMES, word_for};
use barid_proto::v1::{CallIn, DelegatedDecision, DelegationGranted};

use super::value::{choices, list};
use super::vote::{read_vote, write_vote};
use super::words::{COLOURS, MODES};

/// Reads a delegation.
pub(super) fn read_delegation(fields: &mut Fields<'_, '_>) -> DelegationGranted {
    DelegationGranted {
        decision: fields.object("decision", Required, read_act),
        delegates: fields.objects("delegates", Required, read_address),
        colours: choices(fields, "colours", Optional, COLOURS),
        scope: fields.text("scope", Required),
        limits: fields.text("limits", Optional),
        valid_from: fields.date("valid_from", Required),
        valid_until: fields.date("valid_until", Optional),
        call_in_hours: fields.integer("call_in_hours", Optional),
        vote: fields.object("vote", Optional, read_vote),
    }
}

/// Writes a delegation.
pub(super) fn write_delegation(delegation: &DelegationGranted) -> Object {
    let colours: Vec<&str> = delegation.colours().map(|colour| word_for(COLOURS, colour)).collect();
    Object::new()
        .field("decision", delegation.decision.as_ref().map(write_act))
        .field("delegates", list(&delegation.delegates, write_address))
        .field("colours", colours)
        .field("scope", delegation.scope.as_ref().map(terms::write_text))
        .field("limits", delegation.limits.as_ref().map(terms::write_text))
        .field("valid_from", delegation.valid_from.as_ref().map(terms::write_day))
        .field("valid_until", delegation.valid_until.as_ref().map(terms::write_day))
        .field("call_in_hours", delegation.call_in_hours)
        .field("vote", delegation.vote.as_ref().map(write_vote))
}

/// Reads an office's decision or recommendation.
pub(super) fn read_delegated(fields: &mut Fields<'_, '_>) -> DelegatedDecision {
    DelegatedDecision {
        delegation: fields.object("delegation", Optional, read_act),
        number: fields.identifier("number", Required),
        decided_on: fields.date("decided_on", Required),
        mode: fields.choice("mode", Required, MODES).map_or(0, Into::into),
        outcome: fields.choice("outcome", Required, OUTCOMES).map_or(0, Into::into),
        reasons: fields.text("reasons", Optional),
        clauses: fields.objects("clauses", Optional, read_clause),
        remedy_notice: fields.text("remedy_notice", Optional),
    }
}

/// Writes an office's decision or recommendation.
pub(super) fn write_delegated(decided: &DelegatedDecision) -> Object {
    Object::new()
        .field("delegation", decided.delegation.as_ref().map(write_act))
        .field("number", decided.number.as_str())
        .field("decided_on", decided.decided_on.as_ref().map(terms::write_day))
        .field("mode", word_for(MODES, decided.mode()))
        .field("outcome", word_for(OUTCOMES, decided.outcome()))
        .field("reasons", decided.reasons.as_ref().map(terms::write_text))
        .field("clauses", list(&decided.clauses, write_clause))
        .field("remedy_notice", decided.remedy_notice.as_ref().map(terms::write_text))
}

/// Reads a call-in, or that there is none.
pub(super) fn read_call_in(fields: &mut Fields<'_, '_>) -> CallIn {
    CallIn {
        delegated_decision: fields.identifier("delegated_decision", Required),
        called_in: fields.flag("called_in", Required),
        reason: fields.text("reason", Optional),
    }
}

/// Writes a call-in.
pub(super) fn write_call_in(call_in: &CallIn) -> Object {
    Object::new()
        .field("delegated_decision", call_in.delegated_decision.as_str())
        .field("called_in", call_in.called_in)
        .field("reason", call_in.reason.as_ref().map(terms::write_text))
}
