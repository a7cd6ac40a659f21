//! The Council's decisions.

use barid_json_reading::Fields;
use barid_json_reading::Need::{Optional, Required};
use barid_json_reading::terms::{
    self, Object, read_act, read_basis, read_clause, write_act, write_basis, write_clause,
};
use barid_json_reading::words::{BALLOTS, OUTCOMES, word_for};
use barid_proto::v1::{Attendance, CaseOutcome, CouncilDecision};
use serde_json::Value;

use super::value::{docket_number, list};
use super::vote::{read_vote, write_vote};

/// Reads a decision.
pub(super) fn read_decision(fields: &mut Fields<'_, '_>, owner: &str) -> CouncilDecision {
    CouncilDecision {
        decision: fields.object("decision", Required, read_act),
        session: fields.string("session", Optional),
        roll: fields.objects("roll", Optional, read_attendance),
        vote: fields.object("vote", Optional, read_vote),
        basis: fields.objects("basis", Optional, read_basis),
        deliberation: fields.text("deliberation", Optional),
        clauses: fields.objects("clauses", Required, read_clause),
        outcomes: fields.objects("outcomes", Optional, |fields| read_outcome(fields, owner)),
        r#final: fields.flag("final", Optional),
        matter: fields.string("matter", Optional),
        body: fields.string("body", Optional),
    }
}

fn read_attendance(fields: &mut Fields<'_, '_>) -> Attendance {
    Attendance {
        name: fields.string("name", Required),
        present: fields.flag("present", Required),
        recused: fields.flag("recused", Optional),
        chair: fields.flag("chair", Optional),
        member_id: fields.string("member", Optional),
        ballot: fields.choice("ballot", Optional, BALLOTS).map_or(0, Into::into),
    }
}

fn read_outcome(fields: &mut Fields<'_, '_>, owner: &str) -> CaseOutcome {
    CaseOutcome {
        docket_number: fields.object("case", Required, |fields| docket_number(fields, owner)),
        outcome: fields.choice("outcome", Required, OUTCOMES).map_or(0, Into::into),
        reason: fields.text("reason", Optional),
    }
}

/// Writes a decision.
pub(super) fn write_decision(decision: &CouncilDecision) -> Object {
    Object::new()
        .field("decision", decision.decision.as_ref().map(write_act))
        .field("session", decision.session.as_str())
        .field("roll", list(&decision.roll, write_attendance))
        .field("vote", decision.vote.as_ref().map(write_vote))
        .field("basis", list(&decision.basis, write_basis))
        .field("deliberation", decision.deliberation.as_ref().map(terms::write_text))
        .field("clauses", list(&decision.clauses, write_clause))
        .field("outcomes", list(&decision.outcomes, write_outcome))
        .field("final", decision.r#final)
        .field("matter", decision.matter.as_str())
        .field("body", decision.body.as_str())
}

fn write_attendance(attendance: &Attendance) -> Value {
    Object::new()
        .field("name", attendance.name.as_str())
        .field("present", attendance.present)
        .field("recused", attendance.recused)
        .field("chair", attendance.chair)
        .field("member", attendance.member_id.as_str())
        .field("ballot", word_for(BALLOTS, attendance.ballot()))
        .into()
}

fn write_outcome(outcome: &CaseOutcome) -> Value {
    Object::new()
        .field("case", outcome.docket_number.as_ref().map(terms::write_docket_number))
        .field("outcome", word_for(OUTCOMES, outcome.outcome()))
        .field("reason", outcome.reason.as_ref().map(terms::write_text))
        .into()
}
