//! A rule set as its text has it, before anything is checked.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::value::Datetime;

use super::Names;
use super::sections::{
    WrittenDelegation, WrittenFinality, WrittenPublication, WrittenRatification, WrittenRuling,
    WrittenSitting, WrittenStanding,
};

/// A value and where it stands; nowhere in this text when it comes from the rule set below.
#[derive(Debug, Clone)]
pub(super) struct Field<T> {
    pub(super) at: Option<usize>,
    pub(super) value: T,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<T>::deserialize(deserializer)?;
        Ok(Self { at: Some(spanned.span().start), value: spanned.into_inner() })
    }
}

/// A word or name.
pub(super) type Line = Option<Field<String>>;

/// A number, or a word that says where the number comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "a number, \"?\" with a switch, or, as a length, \"call-in\"")]
pub(super) enum WrittenLength {
    Number(u32),
    Word(String),
}

/// A whole text.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Written {
    pub(super) id: Line,
    pub(super) version: Option<Field<u32>>,
    pub(super) extends: Line,
    pub(super) extends_sha256: Line,
    pub(super) title: Names,
    pub(super) effective_from: Option<Field<Datetime>>,
    pub(super) effective_until: Option<Field<Datetime>>,
    pub(super) instrument: Vec<WrittenInstrument>,
    pub(super) switch: Vec<WrittenSwitch>,
    pub(super) calendar: Option<WrittenCalendar>,
    pub(super) rule: Vec<WrittenRule>,
    pub(super) procedure: Vec<WrittenProcedure>,
    pub(super) event: Vec<WrittenEvent>,
    pub(super) erratum: Vec<WrittenErratum>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenInstrument {
    pub(super) key: Line,
    pub(super) title: Names,
    pub(super) source: Line,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenSwitch {
    pub(super) key: Line,
    pub(super) question: Names,
    pub(super) default: Line,
    pub(super) alternatives: Option<Field<Vec<String>>>,
    pub(super) reason: Names,
    pub(super) meaning: BTreeMap<String, Names>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenCalendar {
    pub(super) zone: Line,
    pub(super) week: Vec<WrittenWeek>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenWeek {
    pub(super) from: Option<Field<Datetime>>,
    pub(super) until: Option<Field<Datetime>>,
    pub(super) works: Option<Field<Vec<String>>>,
    pub(super) opens: Line,
    pub(super) closes: Line,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenRule {
    pub(super) key: Line,
    pub(super) instrument: Line,
    pub(super) article: Line,
    pub(super) title: Names,
    pub(super) quote: Names,
    pub(super) does: Line,
    pub(super) ambiguities: Option<Field<Vec<String>>>,
    pub(super) check: Line,
    pub(super) period: Option<WrittenPeriod>,
    pub(super) sitting: Option<WrittenSitting>,
    pub(super) publication: Option<WrittenPublication>,
    pub(super) delegation: Option<WrittenDelegation>,
    pub(super) standing: Option<WrittenStanding>,
    pub(super) finality: Option<WrittenFinality>,
    pub(super) ruling: Option<WrittenRuling>,
    pub(super) ratification: Option<WrittenRatification>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenPeriod {
    pub(super) owner: Line,
    pub(super) kept_by_recipient: Option<Field<bool>>,
    pub(super) triggers: Option<Field<Vec<String>>>,
    pub(super) about: Option<Field<Vec<String>>>,
    pub(super) from: Option<Field<Vec<String>>>,
    pub(super) to: Option<Field<Vec<String>>>,
    pub(super) tie: Line,
    pub(super) occurrence: Line,
    pub(super) on: Line,
    pub(super) measures: Option<Field<Vec<String>>>,
    pub(super) measures_from: Option<Field<Vec<String>>>,
    pub(super) length: Option<Field<WrittenLength>>,
    pub(super) unit: Line,
    pub(super) out_of_season: Line,
    pub(super) starts: Line,
    pub(super) closes: Line,
    pub(super) rolls: Line,
    pub(super) late_closures: Line,
    pub(super) outages: Line,
    pub(super) accepts: Option<Field<Vec<String>>>,
    pub(super) paused_by: Option<Field<Vec<String>>>,
    pub(super) paused_until: Option<Field<Vec<String>>>,
    pub(super) pause_effect: Line,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenEvent {
    pub(super) id: Line,
    pub(super) election: Line,
    pub(super) polling: Option<Field<Vec<Datetime>>>,
    pub(super) seats: u32,
    pub(super) season_from: Option<Field<Datetime>>,
    pub(super) season_until: Option<Field<Datetime>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenErratum {
    pub(super) instrument: Line,
    pub(super) article: Line,
    pub(super) text: Line,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenProcedure {
    pub(super) key: Line,
    pub(super) title: Names,
    pub(super) goes_on_in: Option<Field<Vec<String>>>,
    pub(super) step: Vec<WrittenStep>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct WrittenStep {
    pub(super) key: Line,
    pub(super) title: Names,
    pub(super) filings: Option<Field<Vec<String>>>,
    pub(super) only: Option<Field<BTreeMap<String, Vec<String>>>>,
    pub(super) owner: Line,
    pub(super) rule: Line,
    pub(super) no_rule: Line,
    pub(super) period: Line,
    pub(super) no_period: Line,
    pub(super) next: Option<Field<Vec<String>>>,
    pub(super) returns_to: Option<Field<Vec<String>>>,
    pub(super) start: Option<Field<bool>>,
    #[serde(rename = "final")]
    pub(super) last: Option<Field<bool>>,
    pub(super) optional: Option<Field<bool>>,
    pub(super) any_time: Option<Field<bool>>,
}
