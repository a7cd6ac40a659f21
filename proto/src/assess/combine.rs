//! From readings to an assessment.

use std::collections::BTreeMap;

use super::{Act, ENGINE, Law};
use crate::explain;
use crate::rules::{Rule, Settings};
use crate::v1::filing_content::Content;
use crate::v1::{Assessment, AssessmentFinding, AssessmentInput, Period, PeriodFrame, RuleReading};

/// What a rule comes to under one setting of its switches.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) settings: Settings,
    pub(super) finding: AssessmentFinding,
    pub(super) conclusion: &'static str,
    pub(super) period: Option<Period>,
}

impl Read {
    /// What a rule comes to under one setting, without a period.
    pub(super) fn new(
        settings: Settings,
        (finding, conclusion): (AssessmentFinding, &'static str),
    ) -> Self {
        Self { settings, finding, conclusion, period: None }
    }

    /// What a rule comes to that has one meaning.
    pub(super) fn plain(finding: AssessmentFinding, conclusion: &'static str) -> Self {
        Self::new(Settings::default(), (finding, conclusion))
    }
}

/// Something that went into an assessment.
pub(super) fn input(name: &str, value: impl std::fmt::Display) -> AssessmentInput {
    AssessmentInput { name: name.to_owned(), value: value.to_string() }
}

/// What an assessment says besides its readings.
#[derive(Debug, Clone, Default)]
pub(super) struct Basis {
    /// What was assessed: `timeliness`.
    pub(super) about: &'static str,
    /// Leaves it rests on, in any order.
    pub(super) leaves: Vec<u64>,
    /// What went in.
    pub(super) inputs: Vec<AssessmentInput>,
    /// From what and by whose calendar days were counted.
    pub(super) frame: Option<PeriodFrame>,
}

/// The assessment that several readings make; the first is the preferred one.
pub(super) fn combine(
    law: &Law<'_>,
    rule: &Rule,
    subject: &Act,
    basis: Basis,
    reads: Vec<Read>,
) -> Assessment {
    let mut readings: Vec<RuleReading> = Vec::new();
    for read in reads {
        let same = |known: &&mut RuleReading| {
            known.finding == i32::from(read.finding)
                && known.conclusion == read.conclusion
                && known.period == read.period
        };
        match readings.iter_mut().find(same) {
            Some(known) => known.settings.push((&read.settings).into()),
            None => readings.push(RuleReading {
                settings: vec![(&read.settings).into()],
                finding: read.finding.into(),
                conclusion: read.conclusion.to_owned(),
                period: read.period,
            }),
        }
    }
    // Readings share most of what goes into them.
    let mut inputs: Vec<AssessmentInput> = Vec::new();
    for input in basis.inputs {
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    let mut leaves = basis.leaves;
    leaves.extend(published(law, subject));
    leaves.sort_unstable();
    leaves.dedup();
    leaves.retain(|leaf| *leaf != subject.leaf);
    let mut assessment = Assessment {
        subject: basis.about.to_owned(),
        rule_set_id: law.rules.name(),
        rule: rule.key.clone(),
        finding: overall(&readings).into(),
        explanation: None,
        inputs,
        rule_set_sha256: law.rules.sha256.to_vec(),
        article: rule.article.clone(),
        as_of_size: law.acts.as_of_size,
        leaves,
        frame: basis.frame,
        readings,
        engine: ENGINE,
    };
    assessment.explanation = Some(explain::sentence(law.rules, &assessment));
    assessment
}

/// Where the rule set was published, and those that it builds on: the first time each. Whoever does
/// not have its text finds there who issued it.
fn published(law: &Law<'_>, subject: &Act) -> Vec<u64> {
    let mut first: BTreeMap<&str, u64> = BTreeMap::new();
    for act in law.acts.for_subject(subject) {
        let Some(Content::RuleSetPublished(published)) = &act.content else { continue };
        let name = published.rule_set_id.as_str();
        let below = law.rules.extends.iter().any(|below| below == name);
        if below || published.sha256 == law.rules.sha256 {
            first.entry(name).or_insert(act.leaf);
        }
    }
    first.into_values().collect()
}

/// What all readings say; contested when one says yes and another no.
fn overall(readings: &[RuleReading]) -> AssessmentFinding {
    let any = |finding| readings.iter().any(|reading| reading.finding() == finding);
    let yes = any(AssessmentFinding::InOrder);
    let no = any(AssessmentFinding::OutOfOrder);
    let open = any(AssessmentFinding::Undecided);
    match (yes, no, open) {
        (true, true, _) => AssessmentFinding::Contested,
        (true, false, false) => AssessmentFinding::InOrder,
        (false, true, false) => AssessmentFinding::OutOfOrder,
        _ => AssessmentFinding::Undecided,
    }
}
