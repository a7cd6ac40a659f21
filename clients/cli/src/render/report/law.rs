//! What was computed from the law, and whether it came out again.

use barid_client::hex;
use barid_client::verify::{ProvenFiling, Report, RulesSource, UsedRules};
use barid_proto::v1::Assessment;
use serde_json::{Value, json};

use super::{View, office, shown_office, visible};
use crate::wording::{self, Msg};

impl View<'_> {
    /// The assessments of a filing: first those that came out again.
    pub(super) fn assessments(&self, filing: &ProvenFiling) -> Vec<String> {
        let told = |msg: Msg, one: &Assessment| self.lang.say(msg, &[&self.words(one)]);
        let computed = filing.computed.iter().map(|one| told(Msg::ProvenComputed, one));
        let others = filing.unconfirmed().map(|one| told(Msg::ProvenUnconfirmed, one));
        computed.chain(others).collect()
    }

    /// An assessment in words; without any, what was assessed and what came out.
    fn words(&self, one: &Assessment) -> String {
        let words = self.lang.rendering(one.explanation.as_ref());
        if words.is_empty() {
            let finding = wording::finding(self.lang, one.finding());
            return visible(&format!("{}: {finding}", one.subject));
        }
        words
    }

    /// The law that counted, and how many assessments came out again.
    pub(super) fn law(&self, report: &Report) -> Vec<String> {
        let (logged, same) = report.recomputed();
        let mut lines = Vec::new();
        if !(report.law.is_empty() && report.outages.is_empty() && report.rules.is_empty()) {
            lines.extend([String::new(), self.lang.say(Msg::LawRests, &[])]);
        }
        lines.extend(report.law.iter().map(|filing| format!("  {}", self.lawful(filing))));
        lines.extend(report.outages.iter().map(|own| {
            let leaf = own.leaf_index.to_string();
            format!("  {}", self.lang.say(Msg::LawOutage, &[&leaf]))
        }));
        lines.extend(report.rules.iter().map(|rules| format!("  {}", self.rules(rules))));
        if logged > 0 {
            let (same, logged) = (same.to_string(), logged.to_string());
            lines.push(String::new());
            lines.push(match same == logged {
                true => self.lang.say(Msg::Recomputed, &[&same]),
                false => self.lang.say(Msg::RecomputedSome, &[&same, &logged]),
            });
        }
        lines
    }

    fn lawful(&self, filing: &ProvenFiling) -> String {
        let kind = wording::kind(self.lang, filing.body.kind());
        let (sender, leaf) =
            (shown_office(filing.body.sender.as_ref()), filing.leaf_index.to_string());
        self.lang.say(Msg::LawFiling, &[kind, &sender, &leaf])
    }

    fn rules(&self, rules: &UsedRules) -> String {
        let (name, digest) = (visible(&rules.name), hex::encode(&rules.sha256));
        match &rules.source {
            RulesSource::Given => self.lang.say(Msg::RulesGiven, &[&name, &digest]),
            RulesSource::Published { by, leaf_index } => {
                let (by, leaf) = (shown_office(Some(by)), leaf_index.to_string());
                self.lang.say(Msg::RulesPublished, &[&name, &by, &leaf, &digest])
            }
        }
    }
}

/// What stays open although assessments came out again.
pub(super) fn open(report: &Report) -> Vec<Msg> {
    let mut open = Vec::new();
    if report.recomputed().0 > 0 {
        open.push(Msg::OpenLaw);
    }
    if report.rules.iter().any(|rules| rules.source != RulesSource::Given) {
        open.push(Msg::OpenRules);
    }
    open
}

/// The same for scripts.
pub(super) fn value(report: &Report) -> Value {
    let (logged, same) = report.recomputed();
    let filing = |filing: &ProvenFiling| {
        json!({
            "place": filing.place,
            "kind": filing.body.kind().as_str_name(),
            "sender": office(filing.body.sender.as_ref()),
            "leaf_index": filing.leaf_index,
            "envelope_digest": hex::encode(&filing.digest),
        })
    };
    let rules = |rules: &UsedRules| {
        let (published_by, leaf_index) = match &rules.source {
            RulesSource::Given => (None, None),
            RulesSource::Published { by, leaf_index } => (Some(office(Some(by))), Some(leaf_index)),
        };
        json!({
            "name": rules.name,
            "sha256": hex::encode(&rules.sha256),
            "published_by": published_by,
            "leaf_index": leaf_index,
        })
    };
    json!({
        "assessments": logged,
        "as_logged": same,
        "rests_on": report.law.iter().map(filing).collect::<Vec<_>>(),
        "outages": report.outages.iter().map(|own| own.leaf_index).collect::<Vec<_>>(),
        "rule_sets": report.rules.iter().map(rules).collect::<Vec<_>>(),
    })
}
