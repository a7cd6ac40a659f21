//! A case as a register has it: what it is called, and the evidence for where it stands.

use barid_proto::reconcile::{Nature, Number, RegisteredCase};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::{json as values, short, time};
use crate::wording::Lang;
use crate::wording::reconcile::ReconcileMsg as Msg;

/// Digests that are shown of a case; the rest is counted.
const DIGESTS_SHOWN: usize = 2;

/// Its number; without one, the appellant.
pub(crate) fn called(lang: Lang, case: &RegisteredCase) -> String {
    match &case.number {
        Some(number) => lang.isolate(&number.literal),
        None if case.appellant.is_empty() => Msg::NoNumber.fill(lang, &[]),
        None => lang.isolate(&case.appellant),
    }
}

/// What is known of its way, what it was joined to, its identifier in Barid, its papers. Empty: a
/// register on paper says none of it.
pub(crate) fn evidence(lang: Lang, case: &RegisteredCase, zone: &TimeZone) -> String {
    let way = &case.transfer;
    let instants = [
        (Msg::SentAt, way.sent_at_ms),
        (Msg::FetchedAt, way.fetched_at_ms),
        (Msg::ExpiredAt, way.expired_at_ms),
        (Msg::AcknowledgedAt, way.acknowledged_at_ms),
        (Msg::RegisteredAt, way.registered_at_ms),
    ];
    let known = instants.into_iter().filter(|(_, at_ms)| *at_ms > 0);
    let mut told: Vec<String> =
        known.map(|(what, at_ms)| what.fill(lang, &[&time::minute(at_ms, zone)])).collect();
    if case.returned {
        told.push(Msg::WentBack.fill(lang, &[]));
    }
    if let Some(lead) = &case.joined_to {
        told.push(Msg::JoinedTo.fill(lang, &[&lead.literal]));
    }
    if let Nature::Supplement(Some(to)) = &case.nature {
        told.push(Msg::SupplementTo.fill(lang, &[&to.literal]));
    }
    for number in &case.corrected {
        told.push(Msg::Formerly.fill(lang, &[&number.literal]));
    }
    if let Some(case_id) = &case.case_id {
        told.push(Msg::InBarid.fill(lang, &[&short(case_id)]));
    }
    let digests: Vec<String> =
        case.digests.iter().take(DIGESTS_SHOWN).map(|digest| short(digest)).collect();
    if !digests.is_empty() {
        told.push(Msg::Papers.fill(lang, &[&case.digests.len().to_string(), &lang.list(&digests)]));
    }
    lang.list(&told)
}

/// The same for scripts, whole.
pub(crate) fn value(case: &RegisteredCase) -> Value {
    let way = &case.transfer;
    let numbers = |numbers: &mut dyn Iterator<Item = &Number>| {
        numbers.map(|number| values::number(&number.to_wire())).collect::<Value>()
    };
    let hex = |bytes: &[u8]| barid_client::hex::encode(bytes);
    json!({
        "number": case.number.as_ref().map(|number| values::number(&number.to_wire())),
        "other_numbers": numbers(&mut case.other_numbers.iter()),
        "corrected": numbers(&mut case.corrected.iter()),
        "case_id": case.case_id.map(|id| hex(&id)),
        "appellant": case.appellant,
        "challenged": case.challenged.as_ref().map(|act| &act.number),
        "days": case.days.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "outcome": case.outcome.as_str_name(),
        "supplement": case.is_supplement(),
        "joined_to": case.joined_to.as_ref().map(|lead| values::number(&lead.to_wire())),
        "returned": case.returned,
        "sent": way.sent,
        "sent_at_unix_ms": way.sent_at_ms,
        "fetched_at_unix_ms": way.fetched_at_ms,
        "expired_at_unix_ms": way.expired_at_ms,
        "acknowledged_at_unix_ms": way.acknowledged_at_ms,
        "registered_at_unix_ms": way.registered_at_ms,
        "digests": case.digests.iter().map(|digest| hex(digest)).collect::<Vec<_>>(),
    })
}
