//! `barid period compute`: what a period would be. Everything is given; no hub and no profile.

use std::path::PathBuf;

use barid_proto::assess::{Law, assess};
use barid_proto::explain::sentence;
use barid_proto::kind::filing_kind_name;
use barid_proto::rules::{Operation, PeriodRule, Rule, RuleSet};
use barid_proto::v1::{Address, Assessment, AssessmentFinding, FilingKind, SwitchSetting};
use serde_json::json;

use super::super::rules::Known;
use super::super::{Desk, parse};
use super::what_if::{self, Moment, WhatIf};
use super::{calendar, draw, page};
use crate::exit::Failure;
use crate::render::json_periods;
use crate::wording::Msg;

/// The rule, what set its period going, and what is measured.
#[derive(Debug, clap::Args)]
pub(in crate::command) struct Args {
    /// The rule set: `IQ-L31-2019/1`, `IQ-L31-2019` for its newest version, or a text.
    #[arg(long, value_name = "NAME|FILE")]
    pub(super) rules: String,
    /// The rule: `appeal-window`.
    #[arg(long, value_name = "KEY")]
    pub(super) rule: String,
    /// When the period was set going: 2025-11-17, or 2025-11-17T14:00 by the clock of the office.
    /// Not needed when polling sets it going.
    #[arg(long, value_name = "DAY[THH:MM]", value_parser = what_if::moment)]
    pub(super) from: Option<Moment>,
    /// Of a publication over several days: the last one.
    #[arg(long, value_name = "DAY", value_parser = what_if::day)]
    pub(super) until: Option<jiff::civil::Date>,
    /// By what it was set going, when the rule names several: `answer`.
    #[arg(long, value_name = "KIND", value_parser = parse::kind)]
    pub(super) trigger: Option<FilingKind>,
    /// The hours that the delegation grants, when the rule asks it: 48.
    #[arg(long)]
    pub(super) hours: Option<u32>,
    /// The office whose calendar counts: `ihec/geo-bas`, or `geo-bas`.
    #[arg(long)]
    pub(super) office: Option<String>,
    /// The days off: `IQ`, or a text of closures as docs/periods.md shows it. Several times for
    /// several; later ones count where they say otherwise.
    #[arg(long, value_name = "NAME|FILE")]
    pub(super) calendar: Vec<String>,
    /// When the act was done whose time is measured: 2025-11-23T14:10. Without it the period is
    /// only computed.
    #[arg(long, value_name = "DAYTHH:MM", value_parser = what_if::moment)]
    pub(super) measure: Option<Moment>,
    /// The election, by its identifier in the rule set; its only one by default.
    #[arg(long, value_name = "ID")]
    pub(super) event: Option<String>,
    /// Only readings in which a switch is set so: A1=first. Several times for several.
    #[arg(long = "set", value_name = "SWITCH=OPTION", value_parser = what_if::setting)]
    pub(super) set: Vec<(String, String)>,
    /// Texts of further rule sets to know.
    #[arg(long = "with", value_name = "FILE")]
    pub(super) with: Vec<PathBuf>,
    /// Draw the days too, as an SVG picture; several get numbers behind the name.
    #[arg(long, value_name = "FILE")]
    pub(super) svg: Option<PathBuf>,
}

/// Computes, shows, and ends with what it comes to.
pub(super) fn run(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let rules = Known::with(desk, &args.with)?.named(desk, &args.rules)?;
    let found = computed(&rules, args)?;
    if found.is_empty() {
        let (_, period) = rule(&rules, &args.rule)?;
        let measures: Vec<String> =
            period.measures.iter().map(|kind| filing_kind_name(*kind)).collect();
        let measures = desk.screen.lang.list(&measures);
        let text = desk.screen.say(Msg::PeriodNone, &[&measures]);
        return Err(Failure::usage(text));
    }
    let mut parts = Vec::new();
    for (number, assessment) in (1..).zip(&found) {
        parts.push(page(desk, Some(&rules), assessment));
        if let Some(path) = &args.svg {
            parts.push(draw(desk, path, number, Some(&rules), assessment)?);
        }
    }
    let told: Vec<_> = found.iter().map(|one| json_periods::assessment(one, true)).collect();
    desk.screen.show(&parts.join("\n"), &json!({ "computed": told }));
    let code = found.iter().map(|one| match one.finding() {
        AssessmentFinding::InOrder => 0,
        AssessmentFinding::OutOfOrder => 1,
        _ => 2,
    });
    match code.max() {
        None | Some(0) => Ok(()),
        Some(code) => Err(Failure::Said(code)),
    }
}

/// The assessments of the rule, as it would be under these circumstances.
pub(super) fn computed(rules: &RuleSet, args: &Args) -> Result<Vec<Assessment>, Failure> {
    let (rule, period) = rule(rules, &args.rule)?;
    settings_exist(rules, rule, &args.set)?;
    let office = office(period, args.office.as_deref(), args.measure.is_some())?;
    let mut calendars = Vec::new();
    for named in &args.calendar {
        calendars.extend(calendar::read(named, &office.institution)?);
    }
    let asked = WhatIf {
        from: args.from,
        until: args.until,
        trigger: args.trigger,
        hours: args.hours,
        measure: args.measure,
        office: office.clone(),
        calendars,
    };
    let (acts, subject) = what_if::acts(rules, period, asked)?;
    let event = event(rules, args.event.as_deref())?;
    let law = Law { rules, acts: &acts, event };
    let mut found: Vec<Assessment> =
        assess(&law, &subject).into_iter().filter(|one| one.rule == rule.key).collect();
    // An act can both open a period and be measured by it.
    let about = if args.measure.is_some() { "timeliness" } else { "period" };
    found.retain(|one| one.subject == about);
    if !office.office.is_empty() && found.len() > 1 {
        own_office(&mut found, &office);
    }
    for one in &mut found {
        keep(rules, one, &args.set);
    }
    Ok(found)
}

fn rule<'a>(rules: &'a RuleSet, key: &str) -> Result<(&'a Rule, &'a PeriodRule), Failure> {
    let period = |rule: &'a Rule| match &rule.operation {
        Operation::Period(period) => Some((rule, period.as_ref())),
        _ => None,
    };
    rules.rule(key).and_then(period).ok_or_else(|| {
        let all = rules.rules.iter().filter_map(period);
        let keys: Vec<&str> = all.map(|(rule, _)| rule.key.as_str()).collect();
        let name = rules.name();
        Failure::usage(format!("{name} has no period {key:?}; it has {}", keys.join(", ")))
    })
}

fn settings_exist(rules: &RuleSet, rule: &Rule, set: &[(String, String)]) -> Result<(), Failure> {
    for (key, word) in set {
        let switch = rules.switch(key).filter(|_| rule.switches.contains(key));
        let Some(switch) = switch else {
            let all =
                if rule.switches.is_empty() { "none".into() } else { rule.switches.join(", ") };
            let what = format!("{} does not depend on {key:?}; it depends on {all}", rule.key);
            return Err(Failure::usage(what));
        };
        if switch.options.iter().all(|option| option.word != *word) {
            let all: Vec<&str> = switch.options.iter().map(|one| one.word.as_str()).collect();
            let what = format!("{key} cannot be {word:?}; it can be {}", all.join(", "));
            return Err(Failure::usage(what));
        }
    }
    Ok(())
}

/// The office whose calendar counts. Of one without institution, that of whom the rule names.
fn office(period: &PeriodRule, named: Option<&str>, measured: bool) -> Result<Address, Failure> {
    let measuring = period.measures_from.first().filter(|_| measured);
    let keeping = if period.kept_by_recipient { period.to.first() } else { period.from.first() };
    let institution = measuring.or(keeping).map_or("office", String::as_str);
    let named = named.unwrap_or_default();
    if named.contains('/') {
        return parse::office(named).map_err(Failure::usage);
    }
    parse::office(&format!("{institution}/{named}")).map_err(Failure::usage)
}

fn event<'a>(rules: &'a RuleSet, named: Option<&str>) -> Result<&'a str, Failure> {
    match (named, rules.events.as_slice()) {
        (None, [only]) => Ok(&only.id),
        (None, _) => Ok(""),
        (Some(id), events) => {
            let known = rules.event(id).map(|event| event.id.as_str());
            known.ok_or_else(|| {
                let all: Vec<&str> = events.iter().map(|event| event.id.as_str()).collect();
                let all = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
                Failure::usage(format!("{} has no election {id:?}; it has {all}", rules.name()))
            })
        }
    }
}

/// Of a period at several offices, that at the one asked for; of all where it has no calendar.
fn own_office(found: &mut Vec<Assessment>, office: &Address) {
    let of = |one: &Assessment| one.frame.as_ref().and_then(|frame| frame.office.clone());
    let own = found.iter().any(|one| of(one).as_ref() == Some(office));
    found.retain(|one| {
        let at = of(one).unwrap_or_default();
        if own { at == *office } else { at.office.is_empty() }
    });
}

/// Leaves out the readings in which a switch is set otherwise.
fn keep(rules: &RuleSet, assessment: &mut Assessment, set: &[(String, String)]) {
    if set.is_empty() {
        return;
    }
    let fits = |setting: &SwitchSetting| {
        set.iter().all(|(key, word)| {
            setting.values.iter().any(|value| value.name == *key && value.value == *word)
        })
    };
    for reading in &mut assessment.readings {
        reading.settings.retain(fits);
    }
    assessment.readings.retain(|reading| !reading.settings.is_empty());
    let mut findings: Vec<AssessmentFinding> =
        assessment.readings.iter().map(|reading| reading.finding()).collect();
    findings.dedup();
    let any = |finding| findings.contains(&finding);
    let finding = match findings.as_slice() {
        [only] => *only,
        _ if any(AssessmentFinding::InOrder) && any(AssessmentFinding::OutOfOrder) => {
            AssessmentFinding::Contested
        }
        _ => AssessmentFinding::Undecided,
    };
    assessment.finding = finding.into();
    assessment.explanation = Some(sentence(rules, assessment));
}
