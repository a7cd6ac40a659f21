//! Periods: opened by what triggers them, and measured by what has to be done within them.

use crate::kind::filing_kind_name;
use crate::period::{Calendar, Counting, End, OutageEffect, Pause, Trigger, count, day_of};
use crate::rules::{
    Length, Occurrence, PauseEffect, PauseRule, PeriodRule, Rule, Settings, Tie, TriggerDay,
    TriggerKind,
};
use crate::v1::filing_content::Content;
use crate::v1::{
    Address, Assessment, AssessmentFinding, AssessmentInput, ClockEffect, PeriodFrame,
};

use super::calendar::{OfficeCalendar, day, of_office, offices_named};
use super::combine::{Basis, Read, combine};
use super::told::told;
use super::trigger::{self, call_in_hours, sets_going};
use super::{Act, Law, outage, same_act};

/// What a period rule says about a filing: the period that it opens, at each office whose calendar
/// leads elsewhere; and whether it was in time itself.
pub(super) fn assess(
    law: &Law<'_>,
    rule: &Rule,
    period: &PeriodRule,
    subject: &Act,
) -> Vec<Assessment> {
    let mut found = Vec::new();
    if sets_going(law, period, subject, subject) {
        found.extend(opened(law, rule, period, subject));
    }
    let sender = |one: &String| one == subject.institution();
    let measured_sender =
        period.measures_from.is_empty() || period.measures_from.iter().any(sender);
    if period.measures.contains(&subject.kind()) && measured_sender {
        found.extend(measured(law, rule, period, subject));
    }
    found
}

/// The periods that a filing opens: the general one first.
fn opened(law: &Law<'_>, rule: &Rule, period: &PeriodRule, subject: &Act) -> Vec<Assessment> {
    running(law, rule, period, subject, &[subject])
}

/// The periods that one of several triggers set going, the general one first; each reading takes
/// the trigger that counts for it. `subject` is the last of them, or for a period that runs from
/// polling any filing of the case.
pub(super) fn running(
    law: &Law<'_>,
    rule: &Rule,
    period: &PeriodRule,
    subject: &Act,
    given: &[&Act],
) -> Vec<Assessment> {
    let Some(institution) = keeper(period, subject) else { return Vec::new() };
    let mut offices = vec![Address { institution: institution.clone(), office: String::new() }];
    offices.extend(offices_named(law, subject, &institution));
    let mut found: Vec<Assessment> = Vec::new();
    for office in offices {
        let one = Measuring { law, rule, period, subject, given, measured: None };
        let Some(assessment) = one.at(&office) else { continue };
        let ends = |assessment: &Assessment| -> Vec<i64> {
            let deadline = |reading: &crate::v1::RuleReading| {
                reading.period.as_ref().map_or(0, |period| period.deadline_unix_ms)
            };
            assessment.readings.iter().map(deadline).collect()
        };
        // An office is listed when its own calendar leads elsewhere than the general one.
        let general = found.first().map(ends);
        if general.is_none_or(|general| general != ends(&assessment)) {
            found.push(assessment);
        }
    }
    found
}

/// The institution whose calendar a period that was only opened goes by: that of the trigger, or of
/// whom it was sent to when others have to act.
fn keeper(period: &PeriodRule, subject: &Act) -> Option<String> {
    let sender = subject.body.sender.as_ref()?;
    let addressed = subject.body.recipients.first();
    let keeper = addressed.filter(|_| period.kept_by_recipient).unwrap_or(sender);
    Some(keeper.institution.clone())
}

/// Whether a filing was in time.
fn measured(law: &Law<'_>, rule: &Rule, period: &PeriodRule, subject: &Act) -> Option<Assessment> {
    let measured = Some(subject.stamped_ms());
    let one = Measuring { law, rule, period, subject, given: &[], measured };
    one.at(&subject.office())
}

struct Measuring<'a> {
    law: &'a Law<'a>,
    rule: &'a Rule,
    period: &'a PeriodRule,
    subject: &'a Act,
    /// The triggers when they are given, in the order of the log: the filing itself. None: they are
    /// looked for.
    given: &'a [&'a Act],
    measured: Option<i64>,
}

impl<'a> Measuring<'a> {
    fn at(&self, office: &Address) -> Option<Assessment> {
        let calendar = of_office(self.law, self.subject, office)?;
        let about = if self.measured.is_some() { "timeliness" } else { "period" };
        let zone = AssessmentInput {
            name: "time-zone".to_owned(),
            value: self.law.rules.calendar.zone.clone(),
        };
        let mut basis = Basis {
            about,
            leaves: calendar.versions.iter().map(|one| one.leaf_index).collect(),
            inputs: vec![zone],
            frame: None,
        };
        let settings = self.law.rules.readings(self.rule);
        let mut trigger = None;
        let mut reads = Vec::new();
        for settings in settings {
            let found = self.trigger_under(&settings);
            trigger = trigger.or(found);
            basis.leaves.extend(found.map(|act| act.leaf));
            let about =
                found.and_then(|act| trigger::about(self.law, self.period, self.subject, act));
            basis.leaves.extend(about.map(|act| act.leaf));
            reads.push(self.read(settings, found, office, &calendar, &mut basis)?);
        }
        let polling = self.period.triggers.contains(&TriggerKind::Polling);
        basis.frame = Some(PeriodFrame {
            office: Some(office.clone()),
            trigger: match trigger {
                Some(act) => filing_kind_name(act.kind()),
                None if polling => "polling".to_owned(),
                None => String::new(),
            },
            trigger_leaf: trigger.filter(|act| act.leaf != self.subject.leaf).map(|act| act.leaf),
            measured_unix_ms: self.measured.unwrap_or_default(),
            calendars: calendar.versions,
        });
        Some(combine(self.law, self.rule, self.subject, basis, reads))
    }

    fn read(
        &self,
        settings: Settings,
        trigger: Option<&Act>,
        office: &Address,
        calendar: &OfficeCalendar,
        basis: &mut Basis,
    ) -> Option<Read> {
        let undecided = |settings, conclusion| Read {
            settings,
            finding: AssessmentFinding::Undecided,
            conclusion,
            period: None,
        };
        let polling = self.period.triggers.contains(&TriggerKind::Polling);
        if trigger.is_none() && !polling {
            return Some(undecided(settings, "trigger-unknown"));
        }
        let Some(start) = self.moment(trigger, &settings, &calendar.calendar) else {
            return Some(undecided(settings, "trigger-undated"));
        };
        let Some(length) = self.length(&settings, trigger, &mut basis.leaves) else {
            return Some(undecided(settings, "length-unknown"));
        };
        let counting = self.counting(&settings, start, length)?;
        let (start, pauses) =
            self.pauses(&settings, start, trigger, &calendar.calendar, &mut basis.leaves)?;
        let outages = match counting.outages {
            OutageEffect::None => Vec::new(),
            OutageEffect::NextWorkingDay => {
                let accepts = &self.period.accepts;
                outage::down(self.law, accepts, self.subject, office, start.instant_ms, basis)
            }
        };
        let outcome = count(&counting, start, &calendar.calendar, &pauses, &outages);
        let period = told(&outcome, start, &calendar.calendar);
        let (finding, conclusion) = self.finding(&outcome.end);
        Some(Read { settings, finding, conclusion, period: Some(period) })
    }

    fn finding(&self, end: &End) -> (AssessmentFinding, &'static str) {
        match (end, self.measured) {
            (End::Fixed { deadline_ms, .. }, Some(at)) if at <= *deadline_ms => {
                (AssessmentFinding::InOrder, "on-time")
            }
            (End::Fixed { .. }, Some(_)) => (AssessmentFinding::OutOfOrder, "late"),
            (End::Fixed { .. }, None) => (AssessmentFinding::InOrder, "runs"),
            (End::Suspended { .. }, Some(_)) => (AssessmentFinding::InOrder, "on-time-suspended"),
            (End::Suspended { .. }, None) => (AssessmentFinding::InOrder, "suspended"),
            (End::UnknownDay { .. }, _) => (AssessmentFinding::Undecided, "no-calendar"),
            (End::Ambiguous { .. }, _) => (AssessmentFinding::Undecided, "no-such-day"),
        }
    }

    /// How long the period is.
    fn length(
        &self,
        settings: &Settings,
        trigger: Option<&Act>,
        leaves: &mut Vec<u64>,
    ) -> Option<u32> {
        let granted = match (&self.period.length, trigger) {
            (Length::CallIn, Some(act)) => {
                call_in_hours(self.law, self.period, self.subject, act, leaves)
            }
            _ => None,
        };
        self.period.length.under(settings, granted)
    }

    /// The rule with all its questions answered.
    fn counting(&self, settings: &Settings, start: Trigger, length: u32) -> Option<Counting> {
        let rule = self.period;
        let unit = rule.unit.under(settings)?;
        let event = self.law.rules.event(self.law.event);
        let season = event.and_then(|event| Some((event.season_from?, event.season_until?)));
        let within = season.is_some_and(|(from, until)| (from..=until).contains(&start.day));
        Some(Counting {
            length,
            unit: rule.out_of_season.filter(|_| !within).unwrap_or(unit),
            start: rule.starts.under(settings)?,
            close: rule.closes.under(settings)?,
            roll: rule.rolls.under(settings)?,
            late_closures: rule.late_closures.under(settings)?,
            outages: rule.outages.under(settings)?,
        })
    }

    fn trigger_under(&self, settings: &Settings) -> Option<&'a Act> {
        let occurrence = self.period.occurrence.under(settings)?;
        if !self.given.is_empty() {
            return match occurrence {
                Occurrence::First => self.given.first().copied(),
                Occurrence::Last => self.given.last().copied(),
            };
        }
        let fits =
            |act: &&Act| sets_going(self.law, self.period, self.subject, act) && self.tied(act);
        let mut fitting = self.law.acts.for_subject(self.subject).filter(fits);
        match occurrence {
            Occurrence::First => fitting.min_by_key(|act| act.leaf),
            Occurrence::Last => fitting.by_ref().max_by_key(|act| act.leaf),
        }
    }

    fn tied(&self, act: &Act) -> bool {
        match self.period.tie {
            Tie::Case => self.law.acts.case.iter().any(|own| own.leaf == act.leaf),
            Tie::Challenged => match (self.subject.about(), act.about().or(act.own())) {
                (Some(challenged), Some(published)) => same_act(challenged, published),
                _ => false,
            },
            Tie::Answered => self
                .subject
                .body
                .in_reply_to
                .as_ref()
                .is_some_and(|answered| answered.digest == act.digest),
        }
    }

    /// When a trigger fell, by the rule set's reading of it.
    fn moment(
        &self,
        trigger: Option<&Act>,
        settings: &Settings,
        calendar: &Calendar,
    ) -> Option<Trigger> {
        let whole = |date| Some(Trigger { day: date, instant_ms: calendar.midnight(date)? });
        let at =
            |instant_ms| Some(Trigger { day: day_of(instant_ms, calendar.zone())?, instant_ms });
        let on = self.period.on.under(settings)?;
        let act = match (on, trigger) {
            (TriggerDay::Polling, _) => {
                let event = self.law.rules.event(self.law.event)?;
                return whole(*event.polling.iter().max()?);
            }
            (_, act) => act?,
        };
        match (on, &act.content) {
            (TriggerDay::PublishedFirst, Some(Content::PublicationCertificate(certificate))) => {
                whole(day(certificate.first_day?)?)
            }
            (TriggerDay::PublishedLast, Some(Content::PublicationCertificate(certificate))) => {
                whole(day(certificate.last_day?)?)
            }
            (TriggerDay::Served, Some(Content::ProofOfService(proof))) => {
                at(proof.served_at_unix_ms)
            }
            (TriggerDay::ActDate, _) => whole(day(act.date()?)?),
            (TriggerDay::Stamped, _) => at(act.stamped_ms()),
            (TriggerDay::Accepted, _) => at(act.accepted_at_ms),
            _ => None,
        }
    }

    /// The pauses behind a trigger. A pause after which the period begins again becomes the
    /// trigger.
    fn pauses(
        &self,
        settings: &Settings,
        start: Trigger,
        trigger: Option<&Act>,
        calendar: &Calendar,
        leaves: &mut Vec<u64>,
    ) -> Option<(Trigger, Vec<Pause>)> {
        let (mut start, mut pauses) = (start, Vec::new());
        let Some(rule) = &self.period.pause else { return Some((start, pauses)) };
        let behind = trigger.map_or(0, |act| act.leaf + 1);
        let case = || self.law.acts.case.iter().filter(|act| act.leaf >= behind);
        let moment = |act: &Act| {
            let instant_ms = act.stamped_ms();
            Some(Trigger { day: day_of(instant_ms, calendar.zone())?, instant_ms })
        };
        for act in case().filter(|act| rule.by.contains(&act.kind())) {
            let effect = effect(rule, act, settings)?;
            if effect == PauseEffect::None {
                continue;
            }
            let answers =
                |other: &&Act| other.leaf > act.leaf && rule.until.contains(&other.kind());
            let answer = case().find(answers);
            leaves.extend([Some(act.leaf), answer.map(|act| act.leaf)].into_iter().flatten());
            let until = match answer {
                Some(answer) => Some(moment(answer)?),
                None => None,
            };
            match (effect, until) {
                (PauseEffect::Restarted, Some(again)) => {
                    start = again;
                    pauses.clear();
                }
                _ => pauses.push(Pause { from: moment(act)?, until }),
            }
        }
        pauses.sort_by_key(|pause| pause.from.instant_ms);
        Some((start, pauses))
    }
}

/// What an act does to a period: what it says itself, or else what the rule says.
fn effect(rule: &PauseRule, act: &Act, settings: &Settings) -> Option<PauseEffect> {
    let said = match act.content.as_ref() {
        Some(Content::Query(query)) => query.clock_effect(),
        Some(Content::ReturnToCouncil(returned)) => returned.clock_effect(),
        _ => ClockEffect::Unspecified,
    };
    match said {
        ClockEffect::Unspecified => rule.effect.under(settings),
        ClockEffect::None => Some(PauseEffect::None),
        ClockEffect::Suspended => Some(PauseEffect::Suspended),
        ClockEffect::Restarted => Some(PauseEffect::Restarted),
    }
}
