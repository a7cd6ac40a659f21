//! Outages: which of them count for a period at an office, and what an office's report is worth.
//!
//! The hub states its own outages in the log, and an office reports that it could not reach the
//! hub. Either could say what suits it. So a report is held against the log: it is contradicted
//! when the same office filed something meanwhile, confirmed when the hub was down all the time by
//! its own statement, and otherwise no more than what the office says.

#[cfg(test)]
mod tests;

use super::combine::Basis;
use super::{Act, Acts, ENGINE, Law};
use crate::explain;
use crate::period::Down;
use crate::rules::OutageSource;
use crate::v1::filing_content::Content;
use crate::v1::{
    Address, Assessment, AssessmentFinding, AssessmentInput, Outage, OutageReported, OutageScope,
    RuleReading, SwitchSetting,
};
use crate::word::Word as _;

/// How far the clocks of an office and of the hub may lie apart before one of them is wrong: as far
/// as a witness takes the hub's for right.
const CLOCKS_APART_MS: i64 = 120_000;

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// What a report is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worth {
    /// The office filed this leaf meanwhile.
    Contradicted(u64),
    /// The hub states in this leaf that it was down itself.
    Confirmed(u64),
    /// Nothing in the log says more.
    Reported,
}

/// Outages as they bear on a period.
struct Reckoned<'a> {
    /// Those that count.
    down: Vec<Down>,
    /// What the assessment says of them, and of those that do not count.
    basis: &'a mut Basis,
}

/// Outages that ended after `since_ms` and that a rule accepts, for a period at this office: the
/// hub's own, and what the office reported and the log does not contradict.
pub(super) fn down(
    law: &Law<'_>,
    accepts: &[OutageSource],
    subject: &Act,
    office: &Address,
    since_ms: i64,
    basis: &mut Basis,
) -> Vec<Down> {
    let mut reckoned = Reckoned { down: Vec::new(), basis };
    let bears = |outage: &Outage| outage.until_unix_ms > since_ms;
    for (leaf, outage) in law.acts.outages.iter().filter(|(_, outage)| bears(outage)) {
        match source(outage.scope()) {
            Some(source) if source != OutageSource::Link && accepts.contains(&source) => {
                reckoned.add(*leaf, source, outage, None);
            }
            _ => {}
        }
    }
    for act in law.acts.for_subject(subject).filter(|_| accepts.contains(&OutageSource::Link)) {
        let own = act.body.sender.as_ref() == Some(office);
        if let Some((_, outage)) = reported(act).filter(|(_, outage)| own && bears(outage)) {
            let worth = worth(law.acts, act, outage);
            reckoned.add(act.leaf, OutageSource::Link, outage, Some(worth));
        }
    }
    reckoned.down
}

impl Reckoned<'_> {
    fn add(&mut self, leaf: u64, source: OutageSource, outage: &Outage, worth: Option<Worth>) {
        let Outage { from_unix_ms: from_ms, until_unix_ms: until_ms, .. } = *outage;
        let mut value = format!("{leaf} {} {from_ms}..{until_ms}", source.word());
        if let Some(worth) = worth {
            value += &format!(" {}", worth.conclusion());
            if let Some(other) = worth.leaf() {
                value += &format!(" {other}");
            }
        }
        let input = input("outage", value);
        // Each reading meets the same again.
        if !self.basis.inputs.contains(&input) {
            self.basis.inputs.push(input);
        }
        self.basis.leaves.push(leaf);
        self.basis.leaves.extend(worth.and_then(Worth::leaf));
        if !matches!(worth, Some(Worth::Contradicted(_))) {
            self.down.push(Down { from_ms, until_ms });
        }
    }
}

impl Worth {
    fn finding(self) -> AssessmentFinding {
        match self {
            Self::Contradicted(_) => AssessmentFinding::OutOfOrder,
            Self::Confirmed(_) => AssessmentFinding::InOrder,
            Self::Reported => AssessmentFinding::Undecided,
        }
    }

    fn conclusion(self) -> &'static str {
        match self {
            Self::Contradicted(_) => "contradicted",
            Self::Confirmed(_) => "confirmed",
            Self::Reported => "reported",
        }
    }

    fn leaf(self) -> Option<u64> {
        match self {
            Self::Contradicted(leaf) | Self::Confirmed(leaf) => Some(leaf),
            Self::Reported => None,
        }
    }
}

/// What an office's report of an outage is worth, as an assessment of its own: no rule is needed
/// for it. `None`: the filing reports no outage.
///
/// Of what the office filed meanwhile, `acts` must hold the first: see [`contradicting`].
#[must_use]
pub fn outage_report(acts: &Acts, subject: &Act) -> Option<Assessment> {
    let (report, outage) = reported(subject)?;
    let worth = worth(acts, subject, outage);
    let minutes = outage.until_unix_ms.saturating_sub(outage.from_unix_ms) / MINUTE_MS;
    let leaf = worth.leaf().filter(|leaf| *leaf != subject.leaf);
    Some(Assessment {
        subject: "outage".to_owned(),
        finding: worth.finding().into(),
        explanation: Some(explain::outage(worth.conclusion(), minutes, leaf)),
        inputs: vec![
            input("from_unix_ms", outage.from_unix_ms),
            input("until_unix_ms", outage.until_unix_ms),
            input("attempts", report.attempts),
            input("clocks_apart_ms", CLOCKS_APART_MS),
        ],
        as_of_size: acts.as_of_size,
        leaves: leaf.into_iter().collect(),
        readings: vec![RuleReading {
            settings: vec![SwitchSetting::default()],
            finding: worth.finding().into(),
            conclusion: worth.conclusion().to_owned(),
            period: None,
        }],
        engine: ENGINE,
        ..Assessment::default()
    })
}

/// The times, first and last, at which the hub must have accepted something of an office to
/// contradict its report of an outage, milliseconds since 1970 UTC. `None`: the outage is too short
/// for that, as clocks differ.
#[must_use]
pub fn contradicting(outage: &Outage) -> Option<(i64, i64)> {
    let first = outage.from_unix_ms.saturating_add(CLOCKS_APART_MS);
    let last = outage.until_unix_ms.saturating_sub(CLOCKS_APART_MS);
    (first <= last).then_some((first, last))
}

/// The report that a filing is.
fn reported(act: &Act) -> Option<(&OutageReported, &Outage)> {
    match &act.content {
        Some(Content::OutageReported(report)) => Some((report, report.outage.as_ref()?)),
        _ => None,
    }
}

fn worth(acts: &Acts, report: &Act, outage: &Outage) -> Worth {
    // Of whichever class of data: what is asked is only whether the link worked.
    let filed = acts.case.iter().chain(&acts.general);
    let meanwhile = |act: &&Act| {
        act.body.sender.is_some()
            && act.body.sender == report.body.sender
            && contradicting(outage)
                .is_some_and(|(first, last)| (first..=last).contains(&act.accepted_at_ms))
    };
    if let Some(act) = filed.filter(meanwhile).min_by_key(|act| act.leaf) {
        return Worth::Contradicted(act.leaf);
    }
    let covers = |own: &Outage| {
        own.from_unix_ms.saturating_sub(CLOCKS_APART_MS) <= outage.from_unix_ms
            && outage.until_unix_ms <= own.until_unix_ms.saturating_add(CLOCKS_APART_MS)
    };
    let own = acts.outages.iter().find(|(_, own)| covers(own));
    own.map_or(Worth::Reported, |(leaf, _)| Worth::Confirmed(*leaf))
}

fn source(scope: OutageScope) -> Option<OutageSource> {
    match scope {
        OutageScope::Unspecified => None,
        OutageScope::Hub => Some(OutageSource::Hub),
        OutageScope::Witnesses => Some(OutageSource::Witnesses),
        OutageScope::Link => Some(OutageSource::Link),
    }
}

fn input(name: &str, value: impl ToString) -> AssessmentInput {
    AssessmentInput { name: name.to_owned(), value: value.to_string() }
}
