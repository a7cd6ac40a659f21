//! An assessment in a few words: what, under which article, until when, in time or not; where
//! readings differ, which says what and which the rule set prefers.

use super::conclusion::conclusion;
use super::dates::{date, span};
use super::language::Language;
use super::{Subject, counting, kinds, settings, words};
use crate::kind::filing_kind_name;
use crate::period::Unit;
use crate::rules::{Operation, Rule, TriggerKind};
use crate::v1::{AssessmentFinding, Rendering, RuleReading, Text};

/// Readings that are told one by one.
const TOLD_MAX: usize = 4;

/// Readings that come to the same.
pub(super) struct Group<'a> {
    /// The readings, in the order of the assessment.
    pub(super) readings: Vec<&'a RuleReading>,
}

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
    let groups = groups(subject);
    let contested = assessment.finding() == AssessmentFinding::Contested;
    let what = match groups.first() {
        None => language.pick(words::finding(assessment.finding())).to_owned(),
        Some(_) if contested => language.pick(words::CONTESTED).to_owned(),
        Some(first) => clause(subject, language, first),
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
    // The first of a finding that is not contested was told in the heading.
    let told = usize::from(!contested);
    sentences.extend(others(subject, language, &groups, told));
    sentences.extend(preference(subject, language, &groups));
    let deadlines = assessment.readings.iter().filter_map(deadline);
    if let Some(at) = measured.or(deadlines.min()) {
        let zone = subject.clock.name(language, at);
        sentences.push(language.fill(words::TIMES, &[&zone]));
    }
    sentences.join(" ")
}

/// Readings by what they come to: the preferred ones first, then those that come to something else
/// than these, then the rest.
pub(super) fn groups<'a>(subject: &Subject<'a>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for reading in &subject.assessment.readings {
        let same = |group: &&mut Group<'_>| {
            group.readings.first().is_some_and(|first| outcome(first) == outcome(reading))
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.readings.push(reading),
            None => groups.push(Group { readings: vec![reading] }),
        }
    }
    let preferred = subject.preferred();
    let best = |group: &Group<'_>| {
        preferred.is_some_and(|best| group.readings.iter().any(|one| std::ptr::eq(*one, best)))
    };
    let finding = preferred.map(|reading| reading.finding);
    for group in &mut groups {
        group.readings.sort_by_key(|one| !preferred.is_some_and(|best| std::ptr::eq(*one, best)));
    }
    groups.sort_by_key(|group| {
        let other = group.readings.first().map(|reading| reading.finding) != finding;
        (!best(group), !other)
    });
    groups
}

/// What two readings have in common that come to the same, whenever it ends.
fn outcome(reading: &RuleReading) -> (i32, &str) {
    (reading.finding, &reading.conclusion)
}

/// The last instant in time. `None`: there is none.
pub(super) fn deadline(reading: &RuleReading) -> Option<i64> {
    let period = reading.period.as_ref()?;
    (period.deadline_unix_ms != 0).then_some(period.deadline_unix_ms)
}

fn others(
    subject: &Subject<'_>,
    language: Language,
    groups: &[Group<'_>],
    told: usize,
) -> Vec<String> {
    let one = |group: &Group<'_>| {
        let terms = settings::terms(&group.readings, &subject.assessment.readings);
        let under = settings::told(language, subject.rules, &terms);
        language.fill(words::UNDER, &[&under, &clause(subject, language, group)])
    };
    let mut said: Vec<String> = groups.iter().skip(told).take(TOLD_MAX).map(one).collect();
    let left = groups.iter().skip(told + TOLD_MAX).map(|group| group.readings.len()).sum::<usize>();
    if left > 0 {
        let left = language.exact(&left.to_string());
        said.push(language.fill(words::MORE_READINGS, &[&left]));
    }
    said
}

/// Which of them the rule set prefers, and that it does not decide. `None`: all come to the same
/// end.
fn preference(subject: &Subject<'_>, language: Language, groups: &[Group<'_>]) -> Option<String> {
    let preferred = subject.preferred()?;
    let group = groups
        .iter()
        .find(|group| group.readings.iter().any(|reading| std::ptr::eq(*reading, preferred)))?;
    // Between groups their difference counts, within the only one that of their ends.
    let readings: Vec<&RuleReading> = match groups {
        [_] => {
            let same = |one: &&&RuleReading| deadline(one) == deadline(preferred);
            group.readings.iter().filter(same).copied().collect()
        }
        _ => group.readings.clone(),
    };
    let terms = settings::terms(&readings, &subject.assessment.readings);
    let term = settings::leading(&terms, preferred)?;
    let set: Vec<String> = term.iter().map(|one| settings::set(language, one)).collect();
    let name = language.exact(&subject.assessment.rule_set_id);
    Some(language.fill(words::PREFERS, &[&name, &set.join(" + ")]))
}

/// What a group comes to, with its end: `late by 2 days; the period ended on …`. Its other ends
/// come behind, with the settings that lead to them.
fn clause(subject: &Subject<'_>, language: Language, group: &Group<'_>) -> String {
    let Some(first) = group.readings.first() else { return String::new() };
    let said = first_clause(subject, language, first);
    let mut ends: Vec<i64> = group.readings.iter().filter_map(|one| deadline(one)).collect();
    let own = deadline(first);
    ends.retain(|end| Some(*end) != own);
    ends.sort_unstable();
    ends.dedup();
    let otherwise: Vec<String> = ends
        .iter()
        .take(TOLD_MAX)
        .map(|end| {
            let leading = group.readings.iter().filter(|one| deadline(one) == Some(*end));
            let leading: Vec<&RuleReading> = leading.copied().collect();
            let terms = settings::terms(&leading, &subject.assessment.readings);
            let under = settings::told(language, None, &terms);
            let moment = subject.clock.moment(language, *end);
            format!("{moment} ({under})")
        })
        .collect();
    match otherwise.as_slice() {
        [] => said,
        others => language.fill(words::OTHERWISE, &[&said, &language.list(others)]),
    }
}

/// What a reading comes to, with its end.
fn first_clause(subject: &Subject<'_>, language: Language, reading: &RuleReading) -> String {
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
