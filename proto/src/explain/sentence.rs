//! An assessment in a few words: what, under which article, until when, in time or not; where
//! readings differ, which says what and which the rule set prefers.

use super::conclusion::conclusion;
use super::dates::{date, span};
use super::language::Language;
use super::settings::Term;
use super::{Subject, counting, kinds, settings, words};
use crate::kind::filing_kind_name;
use crate::period::Unit;
use crate::rules::{Operation, Rule, TriggerKind};
use crate::v1::{AssessmentFinding, Rendering, RuleReading, Text};

/// Other readings that are told one by one.
const TOLD_MAX: usize = 4;

/// An assessment in a few words, in every language.
pub(super) fn sentence(subject: &Subject<'_>) -> Text {
    let rendering = |language: Language| Rendering {
        language: language.tag().to_owned(),
        text: said(subject, language),
    };
    Text { renderings: Language::ALL.map(rendering).into(), authoritative: String::new() }
}

/// The same in one language.
pub(super) fn said(subject: &Subject<'_>, language: Language) -> String {
    let assessment = subject.assessment;
    let contested = assessment.finding() == AssessmentFinding::Contested;
    let what = match subject.base() {
        Some(base) if !contested => clause(subject, language, base.reading),
        _ => language.pick(words::finding(assessment.finding())).to_owned(),
    };
    let title = subject.title(language);
    let mut sentences = vec![match assessment.article.as_str() {
        "" => language.fill(words::HEAD_BARE, &[&title, &what]),
        article => language.fill(words::HEAD, &[&title, &language.exact(article), &what]),
    }];
    let measured = subject.measured();
    if let Some(at) = measured {
        let came = subject.clock.moment(language, at);
        sentences.push(language.fill(words::CAME, &[&came]));
    }
    sentences.extend(readings(subject, language, contested));
    let deadlines = assessment.readings.iter().filter_map(deadline);
    if let Some(at) = measured.or(deadlines.min()) {
        let zone = subject.clock.name(language, at);
        sentences.push(language.fill(words::TIMES, &[&zone]));
    }
    sentences.join(" ")
}

/// What the other readings come to, and how they differ from the one that is preferred; first that
/// one itself, if it was not `told` in the heading.
fn readings(subject: &Subject<'_>, language: Language, contested: bool) -> Vec<String> {
    let Some(base) = subject.base() else { return Vec::new() };
    let all = &subject.assessment.readings;
    let same = |one: &&RuleReading| {
        one.finding == base.reading.finding && one.conclusion == base.reading.conclusion
    };
    let mut others = base.deviations(all.iter().filter(|one| !same(one)));
    if others.is_empty() {
        // All come to the same. Then it counts when that ends.
        let end = deadline(base.reading);
        others = base.deviations(all.iter().filter(|one| deadline(one) != end));
    }
    let deciding = base.deciding(others.iter().map(|(deviation, _)| deviation));
    let one = |term: &Term, reading: &RuleReading| {
        let under = settings::told(language, subject.rules, term);
        language.fill(words::UNDER, &[&under, &clause(subject, language, reading)])
    };
    let mut said = Vec::new();
    if contested {
        said.push(one(&deciding, base.reading));
    }
    said.extend(others.iter().take(TOLD_MAX).map(|(deviation, reading)| one(deviation, reading)));
    if let Some(left) = others.len().checked_sub(TOLD_MAX).filter(|left| *left > 0) {
        let left = language.exact(&left.to_string());
        said.push(language.fill(words::MORE_READINGS, &[&left]));
    }
    if base.preferred && !deciding.is_empty() {
        let name = language.exact(&subject.assessment.rule_set_id);
        let set: Vec<String> = deciding.iter().map(|one| settings::set(language, one)).collect();
        said.push(language.fill(words::PREFERS, &[&name, &set.join(" + ")]));
    }
    said
}

/// The last instant in time. `None`: there is none.
pub(super) fn deadline(reading: &RuleReading) -> Option<i64> {
    let period = reading.period.as_ref()?;
    (period.deadline_unix_ms != 0).then_some(period.deadline_unix_ms)
}

/// What a reading comes to, with its end: `late by 2 days; the period ended on …`.
fn clause(subject: &Subject<'_>, language: Language, reading: &RuleReading) -> String {
    let end = deadline(reading);
    let moment = |at: i64| subject.clock.moment(language, at);
    match (reading.conclusion.as_str(), end, subject.measured()) {
        ("on-time", Some(end), _) => language.fill(words::ON_TIME, &[&moment(end)]),
        ("late", Some(end), Some(at)) => {
            language.fill(words::LATE, &[&moment(end), &span(language, end, at)])
        }
        ("runs", Some(end), _) => language.fill(words::RUNS, &[&moment(end)]),
        ("suspended" | "on-time-suspended", ..) => {
            let what = conclusion(language, &reading.conclusion);
            match left(subject, language, reading) {
                Some(left) => language.fill(words::LEFT, &[&what, &left]),
                None => what,
            }
        }
        (code, ..) => undecided(subject, language, reading, code),
    }
}

fn undecided(
    subject: &Subject<'_>,
    language: Language,
    reading: &RuleReading,
    code: &str,
) -> String {
    let doubtful = reading.period.as_ref().and_then(|period| period.doubtful_day);
    match (code, doubtful) {
        ("no-calendar", Some(day)) => {
            let frame = subject.assessment.frame.as_ref();
            let office = frame.and_then(|frame| frame.office.as_ref());
            let office = office.map(|office| language.office(office)).unwrap_or_default();
            language.fill(words::NO_CALENDAR, &[&date(language, day), &office])
        }
        ("no-such-day", Some(day)) => language.fill(words::NO_SUCH_DAY, &[&date(language, day)]),
        ("trigger-unknown", _) => match subject.rule.map(|rule| triggers(language, rule)) {
            Some(triggers) if !triggers.is_empty() => {
                language.fill(words::NO_TRIGGER, &[&triggers])
            }
            _ => conclusion(language, code),
        },
        _ => conclusion(language, code),
    }
}

/// What can set a rule's period going, one behind the other.
fn triggers(language: Language, rule: &Rule) -> String {
    let Operation::Period(period) = &rule.operation else { return String::new() };
    let one = |trigger: &TriggerKind| match trigger {
        TriggerKind::Filing(kind) => kinds::trigger(language, &filing_kind_name(*kind)),
        TriggerKind::Polling => kinds::trigger(language, "polling"),
    };
    let all: Vec<String> = period.triggers.iter().map(one).collect();
    language.list(&all)
}

/// What is left of a period that stands still, with its unit where the rule is known.
pub(super) fn left(
    subject: &Subject<'_>,
    language: Language,
    reading: &RuleReading,
) -> Option<String> {
    let remaining = reading.period.as_ref()?.remaining;
    let number = language.exact(&remaining.to_string());
    let unit = subject.rule.and_then(|rule| unit(rule, reading));
    Some(match unit {
        Some(unit) => {
            language.fill(counting::LENGTH, &[&number, language.pick(counting::unit(unit))])
        }
        None => number,
    })
}

fn unit(rule: &Rule, reading: &RuleReading) -> Option<Unit> {
    let Operation::Period(period) = &rule.operation else { return None };
    // Whether it was counted within the season the assessment does not say.
    if period.out_of_season.is_some() {
        return None;
    }
    period.unit.under(&settings::settings(reading.settings.first()?))
}
