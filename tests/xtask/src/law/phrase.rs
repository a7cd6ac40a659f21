//! A period as a sentence: everything that a rule says about it, also what it leaves open.

use barid_proto::kind::filing_kind_name;
use barid_proto::period::{Close, LateClosures, OutageEffect, Roll, Start, Unit};
use barid_proto::rules::{
    Choice, Length, Occurrence, PauseEffect, PeriodRule, RuleSet, Tie, TriggerDay, TriggerKind,
};
use barid_proto::v1::FilingKind;
use barid_proto::word::Word;

/// What a period rule comes to. What a switch decides stands with its other answers in brackets.
pub(crate) fn period(set: &RuleSet, rule: &PeriodRule) -> String {
    let say = Say(set);
    // Hours run from the instant.
    let hours = rule.unit == Choice::Fixed(Unit::Hour);
    let begins = if hours { "from".to_owned() } else { say.choice(&rule.starts, starts) };
    let day = say.choice(&rule.on, day);
    let mut parts =
        vec![format!("{}, {begins} {day} of {}", say.length(rule), trigger(rule, &say))];
    parts.push(say.closing(rule));
    if let Some(pause) = &rule.pause {
        parts.push(format!(
            "{} until {}: {}",
            kinds(&pause.by),
            kinds(&pause.until),
            say.choice(&pause.effect, pause_effect)
        ));
    }
    let recipient = if rule.kept_by_recipient { ", by the recipient's calendar" } else { "" };
    parts.push(format!("to be kept by the {}{recipient}", rule.owner));
    parts.push(match rule.measures.as_slice() {
        [] => "nothing is measured".to_owned(),
        measured if rule.measures_from.is_empty() => format!("measures {}", kinds(measured)),
        measured => {
            let senders = rule.measures_from.iter().map(|name| quoted(name));
            format!("measures {} of {}", kinds(measured), either(senders))
        }
    });
    format!("Counts {}.", parts.join("; "))
}

struct Say<'a>(&'a RuleSet);

impl Say<'_> {
    /// A value; of a switch the preferred one, with the others and the switch's name.
    fn choice<T: Word>(&self, choice: &Choice<T>, phrase: fn(T) -> &'static str) -> String {
        match choice {
            Choice::Fixed(value) => phrase(*value).to_owned(),
            Choice::Switch(key) => {
                let said = |word: &str| T::from_word(word).map_or("", phrase).to_owned();
                self.open(key, said)
            }
        }
    }

    fn open(&self, key: &str, phrase: impl Fn(&str) -> String) -> String {
        let options = self.0.switch(key).map(|switch| switch.options.as_slice());
        let mut said = options.unwrap_or_default().iter().map(|option| phrase(&option.word));
        let preferred = said.next().unwrap_or_default();
        let others: Vec<String> = said.collect();
        format!("{preferred} ({key}; or {})", others.join(", or "))
    }

    fn length(&self, rule: &PeriodRule) -> String {
        let units = self.choice(&rule.unit, unit);
        let length = match &rule.length {
            Length::Fixed(1) => format!("1 {}", units.replacen("s", "", 1)),
            Length::Fixed(length) => format!("{length} {units}"),
            Length::Switch(key) => format!("{} {units}", self.open(key, str::to_owned)),
            Length::CallIn => format!("as many {units} as the instrument of delegation gives"),
        };
        match rule.out_of_season {
            Some(other) => format!("{length} (outside the season {})", unit(other)),
            None => length,
        }
    }

    /// How the last day ends.
    fn closing(&self, rule: &PeriodRule) -> String {
        if rule.closes == Choice::Fixed(Close::Exact) {
            return "to the instant".to_owned();
        }
        let mut said = format!(
            "the last day ends {}; if offices are closed on it, {}",
            self.choice(&rule.closes, closes),
            self.choice(&rule.rolls, rolls)
        );
        if rule.late_closures != Choice::Fixed(LateClosures::Count) {
            let late = self.choice(&rule.late_closures, late_closures);
            said.push_str(&format!("; closures announced later {late}"));
        }
        if rule.outages != Choice::Fixed(OutageEffect::None) {
            let outage = self.choice(&rule.outages, outages);
            said.push_str(&format!("; after an outage on the last day {outage}"));
        }
        said
    }
}

fn trigger(rule: &PeriodRule, say: &Say<'_>) -> String {
    let names = rule.triggers.iter().map(|trigger| match trigger {
        TriggerKind::Polling => "polling".to_owned(),
        TriggerKind::Filing(kind) => code(*kind),
    });
    let mut said = either(names);
    if !rule.about.is_empty() {
        said.push_str(&format!(" about {}", kinds(&rule.about)));
    }
    if !rule.from.is_empty() {
        said.push_str(&format!(" from {}", either(rule.from.iter().map(|name| quoted(name)))));
    }
    if !rule.to.is_empty() {
        said.push_str(&format!(" to {}", either(rule.to.iter().map(|name| quoted(name)))));
    }
    let filed = rule.triggers.iter().any(|trigger| matches!(trigger, TriggerKind::Filing(_)));
    if filed {
        let which = say.choice(&rule.occurrence, occurrence);
        said.push_str(&format!(" {}, {which}", tie(rule.tie)));
    }
    said
}

fn kinds(kinds: &[FilingKind]) -> String {
    either(kinds.iter().map(|kind| code(*kind)))
}

fn code(kind: FilingKind) -> String {
    quoted(&filing_kind_name(kind))
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}

fn either(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(" or ")
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::CalendarDay => "calendar days",
        Unit::WorkingDay => "working days",
        Unit::Hour => "hours",
        Unit::Month => "months",
        Unit::Year => "years",
    }
}

fn starts(start: Start) -> &'static str {
    match start {
        Start::DayAfter => "from the day after",
        Start::SameDay => "from",
    }
}

fn day(day: TriggerDay) -> &'static str {
    match day {
        TriggerDay::PublishedFirst => "the first day",
        TriggerDay::PublishedLast => "the last day",
        TriggerDay::ActDate => "the date",
        TriggerDay::Stamped => "the stamp",
        TriggerDay::Accepted => "the arrival",
        TriggerDay::Served => "the service",
        TriggerDay::Polling => "the last polling day",
    }
}

fn tie(tie: Tie) -> &'static str {
    match tie {
        Tie::Case => "in the case",
        Tie::Challenged => "about the act that is challenged",
        Tie::Answered => "that is answered",
    }
}

fn occurrence(occurrence: Occurrence) -> &'static str {
    match occurrence {
        Occurrence::First => "the first of several",
        Occurrence::Last => "the last of several",
    }
}

fn closes(close: Close) -> &'static str {
    match close {
        Close::OfficeHours => "with the office's hours",
        Close::Midnight => "at midnight",
        Close::Exact => "to the instant",
    }
}

fn rolls(roll: Roll) -> &'static str {
    match roll {
        Roll::NextWorkingDay => "on the next day on which they work",
        Roll::Never => "all the same",
    }
}

fn late_closures(late: LateClosures) -> &'static str {
    match late {
        LateClosures::Count => "count",
        LateClosures::Ignored => "do not count",
    }
}

fn outages(effect: OutageEffect) -> &'static str {
    match effect {
        OutageEffect::None => "it ends all the same",
        OutageEffect::NextWorkingDay => "it ends on the next working day without one",
    }
}

fn pause_effect(effect: PauseEffect) -> &'static str {
    match effect {
        PauseEffect::None => "no effect",
        PauseEffect::Suspended => "the period stands still",
        PauseEffect::Restarted => "the period begins again",
    }
}
