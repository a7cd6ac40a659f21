//! From the hub's types to messages. The other direction is parsing, and lives with the types that
//! cannot be malformed ([`super::filing`]).

use std::collections::BTreeMap;

use barid_proto::v1;

use super::id::OfficeAddress;
use super::row::{CaseRow, DeliveryRow, DocketNumberRow, KeyRow};

/// A text from its renderings by language.
#[must_use]
pub fn text(renderings: &BTreeMap<String, String>) -> v1::Text {
    v1::Text {
        renderings: renderings
            .iter()
            .map(|(language, text)| v1::Rendering {
                language: language.clone(),
                text: text.clone(),
            })
            .collect(),
        authoritative: String::new(),
    }
}

/// An office's address.
#[must_use]
pub fn address(office: &OfficeAddress) -> v1::Address {
    v1::Address {
        institution: office.institution.as_str().to_owned(),
        office: office.office.as_str().to_owned(),
    }
}

/// A docket number.
#[must_use]
pub fn docket_number(row: &DocketNumberRow) -> v1::DocketNumber {
    v1::DocketNumber {
        institution: row.institution.as_str().to_owned(),
        literal: row.literal.clone(),
        normal: row.normal.clone(),
    }
}

/// An instant for a signed field; instants of the hub are far from overflow.
#[must_use]
pub fn instant(milliseconds: u64) -> i64 {
    i64::try_from(milliseconds).unwrap_or(i64::MAX)
}

/// A case as its parties see it.
#[must_use]
pub fn case_file(row: &CaseRow) -> v1::CaseFile {
    v1::CaseFile {
        case_id: row.case.to_vec(),
        docket_numbers: row.docket_numbers.iter().map(docket_number).collect(),
        data_class: row.opening.data_class,
        procedure_id: row.opening.procedure_id.clone(),
        rule_set_id: row.opening.rule_set_id.clone(),
        election_event_id: row.opening.election_event_id.clone(),
        parties: row.parties.iter().map(|(office, _)| address(office)).collect(),
        opened_by: row.opened_by,
        opened_at_unix_ms: instant(row.opened_at_ms),
        changed_at_unix_ms: instant(row.changed_at_ms),
        filings: row.filings,
    }
}

/// What became of a filing at one recipient.
#[must_use]
pub fn delivery(row: &DeliveryRow) -> v1::Delivery {
    let step = match row {
        DeliveryRow { settled_leaf: Some(_), refused: true, .. } => v1::DeliveryStep::Refused,
        DeliveryRow { settled_leaf: Some(_), .. } => v1::DeliveryStep::Registered,
        DeliveryRow { acknowledged_leaf: Some(_), .. } => v1::DeliveryStep::Acknowledged,
        DeliveryRow { fetched_leaf: Some(_), .. } => v1::DeliveryStep::Fetched,
        _ => v1::DeliveryStep::Consigned,
    };
    v1::Delivery {
        recipient: Some(address(&row.recipient)),
        step: step.into(),
        fetched_leaf: row.fetched_leaf,
        acknowledged_leaf: row.acknowledged_leaf,
        settled_leaf: row.settled_leaf,
        docket_number: row.docket_number.as_ref().map(docket_number),
        expired_leaf: row.expired_leaf,
    }
}

/// A key as the directory shows it.
#[must_use]
pub fn enrolled_key(row: &KeyRow) -> v1::EnrolledKey {
    v1::EnrolledKey {
        key_id: row.key_id.as_bytes().to_vec(),
        spki: row.spki.clone(),
        holder: Some(address(&row.holder)),
        purpose: row.purpose,
        added_leaf: row.added_leaf,
        retired_leaf: row.retired_leaf,
        revoked_from_leaf: row.revoked_from_leaf,
    }
}
