//! The same values for scripts. Keys are stable: they are added to, never renamed. Digests and
//! identifiers are hexadecimal, instants are milliseconds since 1970, absent values are `null`.

use barid_client::ClientError;
use barid_client::hex::encode;
use barid_client::verify::Verified;
use barid_client::verify::stated::Stated;
use barid_proto::v1::{
    Address, Assessment, CaseFile, Delivery, DocketNumber, HubStatementKind, Problem, Reason, Text,
};
use serde_json::{Map, Value, json};

use super::{json_periods as periods, office, problems};

/// A text in all its languages.
pub(crate) fn text(text: Option<&Text>) -> Value {
    let Some(text) = text else { return Value::Null };
    let one = |r: &barid_proto::v1::Rendering| (r.language.clone(), json!(r.text));
    Value::Object(text.renderings.iter().map(one).collect::<Map<_, _>>())
}

/// Offices.
pub(crate) fn offices(addresses: &[Address]) -> Value {
    addresses.iter().map(|address| office(Some(address))).collect()
}

/// A docket number.
pub(crate) fn number(number: &DocketNumber) -> Value {
    json!({
        "institution": number.institution,
        "literal": number.literal,
        "normal": number.normal,
    })
}

/// Problems of a document.
pub(crate) fn all_problems(problems: &[Problem]) -> Value {
    let one = |problem: &Problem| {
        json!({
            "severity": problem.severity().as_str_name(),
            "code": problem.code,
            "place": problem.place.as_ref().map(problems::place),
            "what": text(problem.what.as_ref()),
            "remedy": text(problem.remedy.as_ref()),
        })
    };
    problems.iter().map(one).collect()
}

/// Assessments; of periods their ends, and not their days.
pub(crate) fn assessments(assessments: &[Assessment]) -> Value {
    assessments.iter().map(|one| periods::assessment(one, false)).collect()
}

/// What a verified filing proves.
pub(crate) fn verified(verified: &Verified) -> Value {
    let body = &verified.body;
    let added = verified.assessment.as_ref();
    json!({
        "envelope_id": encode(&body.envelope_id),
        "envelope_digest": encode(&verified.digest),
        "kind": body.kind().as_str_name(),
        "sender": office(body.sender.as_ref()),
        "recipients": offices(&body.recipients),
        "sequence": body.sender_sequence,
        "stamped_at_unix_ms": body.stamp.as_ref().map(|stamp| stamp.stamped_at_unix_ms),
        "leaf_index": verified.leaf_index,
        "accepted_at_unix_ms": verified.accepted_at_ms,
        "log": verified.witnessed.checkpoint.origin(),
        "tree_size": verified.witnessed.checkpoint.size(),
        "witnesses": verified.witnessed.cosigned.iter().map(|c| &c.witness).collect::<Vec<_>>(),
        "signers": verified.signers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "assessments": added.map(|added| assessments(&added.assessments)),
    })
}

/// A case.
pub(crate) fn case(case: &CaseFile) -> Value {
    json!({
        "case_id": encode(&case.case_id),
        "docket_numbers": case.docket_numbers.iter().map(number).collect::<Vec<_>>(),
        "data_class": case.data_class().as_str_name(),
        "rule_set": case.rule_set_id,
        "election_event": case.election_event_id,
        "parties": offices(&case.parties),
        "opened_by": case.opened_by().as_str_name(),
        "opened_at_unix_ms": case.opened_at_unix_ms,
        "changed_at_unix_ms": case.changed_at_unix_ms,
        "filings": case.filings,
    })
}

/// What became of a filing at a recipient.
pub(crate) fn delivery(delivery: &Delivery) -> Value {
    json!({
        "recipient": office(delivery.recipient.as_ref()),
        "step": delivery.step().as_str_name(),
        "fetched_leaf": delivery.fetched_leaf,
        "acknowledged_leaf": delivery.acknowledged_leaf,
        "settled_leaf": delivery.settled_leaf,
        "expired_leaf": delivery.expired_leaf,
        "docket_number": delivery.docket_number.as_ref().map(number),
    })
}

/// A statement of the hub.
pub(crate) fn stated(stated: &Stated) -> Value {
    let said = &stated.statement;
    let reason = i32::try_from(said.reason).ok().and_then(|number| Reason::try_from(number).ok());
    let rejected = said.kind() == HubStatementKind::Rejected;
    let expired = said.kind() == HubStatementKind::Expired;
    json!({
        "leaf": stated.leaf_index,
        "accepted_at_unix_ms": stated.accepted_at_ms,
        "kind": said.kind().as_str_name(),
        "office": office(said.office.as_ref()),
        "envelopes": said.envelope_digests.iter().map(|one| encode(one)).collect::<Vec<_>>(),
        "at_unix_ms": said.at_unix_ms,
        "reason": reason.filter(|_| rejected).map(|reason| reason.as_str_name()),
        "number": Some(said.reason).filter(|_| rejected),
        "limit_unix_ms": Some(said.limit_unix_ms).filter(|_| expired),
        "outage": said.outage.map(|outage| json!({
            "scope": outage.scope().as_str_name(),
            "from_unix_ms": outage.from_unix_ms,
            "until_unix_ms": outage.until_unix_ms,
        })),
    })
}

/// An error.
pub(crate) fn fault(error: &ClientError) -> Value {
    let (class, more) = match error {
        ClientError::Refused(refusal) => (
            "refused",
            json!({
                "reason": refusal.reason.as_str_name(),
                "number": refusal.reason as i32,
                "text": refusal.text,
                "problems": all_problems(&refusal.problems),
                "rejection_leaf": refusal.rejection_leaf,
                "correlation_id": refusal.correlation_id,
            }),
        ),
        ClientError::Unreachable(unreachable) => {
            ("unreachable", json!({ "address": unreachable.address, "why": unreachable.why }))
        }
        ClientError::Unwitnessed(one) => ("unwitnessed", json!({ "leaf_index": one.leaf_index })),
        ClientError::Evidence(_) => ("evidence", Value::Null),
        ClientError::Local(_) => ("local", Value::Null),
    };
    json!({ "error": { "class": class, "what": error.to_string(), "details": more } })
}
