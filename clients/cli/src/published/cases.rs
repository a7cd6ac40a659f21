//! Cases as open data: what may be published of each, field by field, and nothing else.
//!
//! Nothing is taken out of a case; what is published is put in, by the table [`FIELDS`]. Filings
//! that are restricted are as if they were not there, before anything is computed.

use std::collections::BTreeMap;

use barid_client::client::WholeCase;
use barid_client::hex;
use barid_proto::assess::Act;
use barid_proto::kind::filing_kind_name;
use barid_proto::statistics::class::{Dimension, Level};
use barid_proto::statistics::{CaseTold, Matter, Moment, Statistics};
use barid_proto::v1::{CivilDate, Confidentiality, FilingKind};
use barid_proto::word::Word as _;
use serde_json::{Map, Value, json};

use super::table::csv;
use super::{Parts, Scope};
use crate::render::time;

/// The schema of `cases.json`.
const SCHEMA: &str = include_str!("schema/cases.schema.json");

/// A matter, and what it is published from.
struct Source<'a> {
    matter: &'a Matter,
    case: &'a CaseTold,
    numbers: &'a [(String, String)],
    moment: Moment<'a>,
}

/// A field that is published, and why it may be.
struct Field {
    name: &'static str,
    /// Why it may be published.
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads or changes the table"))]
    why: &'static str,
    take: fn(&Source<'_>) -> Value,
}

/// Everything that is published of a matter. A field that is not here is not published; whoever
/// adds one writes down why it may be.
const FIELDS: [Field; 13] = [
    Field {
        name: "case",
        why: "made up of time and chance by the program that opened the case; says nothing",
        take: |source| hex::encode(&source.case.case_id).into(),
    },
    Field {
        name: "docket_numbers",
        why: "registers of courts are public by their numbers; two registers are compared by them",
        take: |source| source.numbers.iter().map(super::number).collect(),
    },
    Field {
        name: "level",
        why: "complaint or appeal: a kind of matter, not of person",
        take: |source| source.matter.level.word().into(),
    },
    Field {
        name: "stage",
        why: "the stage of the election: about hundreds of cases alike",
        take: |source| stratum(source, Dimension::Stage),
    },
    Field {
        name: "office",
        why: "the public office that took it in",
        take: |source| stratum(source, Dimension::Office),
    },
    Field {
        name: "colour",
        why: "the public triage of a complaint",
        take: |source| stratum(source, Dimension::Colour),
    },
    Field {
        name: "filed_on",
        why: "the day of an entry in a public register",
        take: |source| day(source.moment.day_of(source.matter.filed_ms)),
    },
    Field {
        name: "outcome",
        why: "what became of it: Venice Commission CDL-AD(2020)025, paragraph 117",
        take: |source| source.matter.disposal.word().into(),
    },
    Field {
        name: "decided_on",
        why: "the day of a public act",
        take: |source| {
            let at = source.matter.decided.map(|(_, at_ms)| source.moment.day_of(at_ms));
            at.map_or(Value::Null, day)
        },
    },
    Field {
        name: "days",
        why: "how long it took, from the two days above",
        take: |source| {
            let took = source.matter.decided.map(|(_, at_ms)| at_ms - source.matter.filed_ms);
            took.map_or(Value::Null, |ms| (ms.max(0) / 86_400_000).into())
        },
    },
    Field {
        name: "reasons",
        why: "whether the decision has written reasons, not what they are",
        take: |source| source.matter.reasons.map_or(Value::Null, |one| one.word().into()),
    },
    Field {
        name: "challenged",
        why: "number and day of a public act of an institution",
        take: |source| match source.matter.challenged.as_str() {
            "" => Value::Null,
            challenged => challenged.into(),
        },
    },
    Field {
        name: "steps",
        why: "kinds and days of filings, without who or what: the way of a case is public",
        take: |source| {
            let steps = source.case.acts.case.iter().filter(|act| act.leaf >= source.matter.leaf);
            let steps = steps.filter(|act| is_step(act));
            let step = |act: &Act| {
                let on = source.moment.day_of(act.stamped_ms());
                json!({ "kind": filing_kind_name(act.kind()), "on": day(on) })
            };
            steps.map(step).collect()
        },
    },
];

fn stratum(source: &Source<'_>, dimension: Dimension) -> Value {
    source.matter.strata.get(&dimension).map_or(Value::Null, |word| word.as_str().into())
}

fn day(day: CivilDate) -> Value {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day).into()
}

/// Filings that are steps of a case before the public. Criminal referrals are not, whatever their
/// class.
fn is_step(act: &Act) -> bool {
    !matches!(
        act.kind(),
        FilingKind::Acknowledgement
            | FilingKind::KeyEvent
            | FilingKind::ClockToken
            | FilingKind::AccessGranted
            | FilingKind::DocumentsDestroyed
            | FilingKind::HoldPlaced
            | FilingKind::HoldLifted
            | FilingKind::CriminalReferral
            | FilingKind::CriminalReferralAcknowledged
            | FilingKind::PilotPaper
    )
}

/// A case as if its restricted filings were not there. `None`: the filing that opened it is.
pub(crate) fn public(whole: &WholeCase) -> Option<WholeCase> {
    let restricted = |confidentiality| confidentiality == Confidentiality::Restricted;
    let mut open = whole.clone();
    open.lines.retain(|line| !restricted(line.verified.body.confidentiality()));
    let first = whole.lines.first().map(|line| line.verified.leaf_index);
    let opens = open.lines.first().map(|line| line.verified.leaf_index);
    (first == opens && first.is_some()).then_some(open)
}

/// The parts that tell of cases. `told` are the public cases that `all` was computed from.
pub(crate) fn parts(parts: &mut Parts, scope: &Scope, told: &[CaseTold], all: &Statistics) {
    let mut rows: Vec<Map<String, Value>> = Vec::new();
    let told: BTreeMap<&[u8], &CaseTold> =
        told.iter().map(|case| (case.case_id.as_slice(), case)).collect();
    for matter in all.matters.iter().filter(|matter| matter.level != Level::Other) {
        let Some(counted) = all.cases.get(matter.case) else { continue };
        let Some(case) = told.get(counted.case_id.as_slice()) else { continue };
        let moment = scope.moment();
        let source = Source { matter, case, numbers: &counted.numbers, moment };
        let row = FIELDS.iter().map(|field| (field.name.to_owned(), (field.take)(&source)));
        rows.push(row.collect());
    }
    let names = FIELDS.map(|field| field.name);
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| names.iter().map(|name| cell(row.get(*name))).collect()).collect();
    parts.add("cases.csv", "text/csv", &csv(&names, &cells));
    let whole = json!({
        "format": "barid-open-cases/1",
        "event": scope.event,
        "data_class": scope.class_word(),
        "log": scope.log,
        "as_of_size": scope.as_of_size,
        "at": time::rfc3339(scope.at_ms, 0).unwrap_or_default(),
        "matters": rows,
    });
    parts.json("cases.json", &whole);
    parts.schema("cases.schema.json", SCHEMA);
}

/// A value in one cell: lists with a bar between.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(all)) => {
            all.iter().map(|one| cell(Some(one))).collect::<Vec<_>>().join(" | ")
        }
        Some(Value::Object(map)) => {
            map.values().map(|one| cell(Some(one))).collect::<Vec<_>>().join(" ")
        }
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_has_its_reason_and_none_is_about_a_person() {
        for field in &FIELDS {
            assert!(field.why.len() > 15, "{}", field.name);
            for word in ["name", "sex", "capacity", "appellant", "address", "telephone", "facts"] {
                assert!(!field.name.contains(word), "{}", field.name);
            }
        }
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        let known = &schema["properties"]["matters"]["items"]["properties"];
        let mut known: Vec<&str> = known.as_object().unwrap().keys().map(String::as_str).collect();
        let mut fields = FIELDS.map(|field| field.name);
        known.sort_unstable();
        fields.sort_unstable();
        assert_eq!(known, fields);
    }

    #[test]
    fn lists_stand_in_one_cell() {
        let steps = json!([{ "kind": "referral", "on": "2025-11-24" }, { "kind": "x", "on": "y" }]);
        assert_eq!(cell(Some(&steps)), "referral 2025-11-24 | x y");
        assert_eq!(cell(Some(&Value::Null)), "");
    }
}
