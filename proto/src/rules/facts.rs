//! What a rule set says, fact by fact: for whoever compares two, or shows one.

use super::choice::Choice;
use super::operation::{Length, Operation, PeriodRule, TriggerKind};
use super::procedure::{Cited, Procedure, Step, Term};
use super::{ElectionEvent, Erratum, Instrument, Names, Rule, RuleSet, Switch};
use crate::kind::filing_kind_name;
use crate::period::Week;
use crate::v1::FilingKind;
use crate::word::{Word, words};

words! {
    /// What a part of a rule set is.
    pub enum Section {
        /// The rule set itself: title, validity, time zone.
        Frame = "rule-set",
        /// A source.
        Instrument = "instrument",
        /// A question that the law leaves open.
        Switch = "switch",
        /// Weekly hours, by their first day.
        Week = "week",
        /// A rule.
        Rule = "rule",
        /// A procedure.
        Procedure = "procedure",
        /// A step, by its procedure.
        Step = "step",
        /// An election.
        Event = "event",
        /// A known error of a source, by instrument and article.
        Erratum = "erratum",
    }
}

/// One thing that a part says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// As the text has it: `period.length`, `title.ar`.
    pub field: String,
    /// As the text has it, lists with commas: `3`, `?A1`, `sunday, monday`.
    pub value: String,
}

/// A part of a rule set, with everything it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub section: Section,
    /// Its key within its section; empty for the rule set itself.
    pub key: String,
    /// What it says, in the order of the text.
    pub facts: Vec<Fact>,
}

/// Everything that a rule set says, but for what names it: identifier, version, what it extends.
#[must_use]
pub fn parts(set: &RuleSet) -> Vec<Part> {
    let mut parts = vec![Part { section: Section::Frame, key: String::new(), facts: frame(set) }];
    parts.extend(set.instruments.iter().map(instrument));
    parts.extend(set.switches.iter().map(switch));
    parts.extend(set.calendar.weeks.iter().map(week));
    parts.extend(set.rules.iter().map(rule));
    parts.extend(set.procedures.iter().map(procedure));
    parts.extend(steps(&set.procedures));
    parts.extend(set.events.iter().map(event));
    parts.extend(set.errata.iter().map(erratum));
    parts
}

/// A rule as a part.
#[must_use]
pub fn rule(rule: &Rule) -> Part {
    let mut facts = Facts::default();
    facts.say("instrument", &rule.instrument);
    facts.say("article", &rule.article);
    facts.names("title", &rule.title);
    facts.names("quote", &rule.quote);
    facts.say("does", &rule.does);
    facts.list("ambiguities", rule.ambiguities.iter().cloned());
    operation(&mut facts, &rule.operation);
    facts.part(Section::Rule, &rule.key)
}

/// What is computed for a rule, without what is told around it.
#[must_use]
pub fn computed(rule: &Rule) -> Vec<Fact> {
    let mut facts = Facts::default();
    operation(&mut facts, &rule.operation);
    facts.0
}

fn operation(facts: &mut Facts, operation: &Operation) {
    match operation {
        Operation::Period(rule) => period(facts, rule),
        formal => super::formal_facts::say(facts, formal),
    }
}

fn kinds(kinds: &[FilingKind]) -> Vec<String> {
    kinds.iter().map(|kind| filing_kind_name(*kind)).collect()
}

fn period(facts: &mut Facts, rule: &PeriodRule) {
    facts.say("period.owner", &rule.owner);
    if rule.kept_by_recipient {
        facts.say("period.kept-by-recipient", "true");
    }
    facts.list("period.triggers", rule.triggers.iter().map(|trigger| trigger_name(*trigger)));
    facts.list("period.about", kinds(&rule.about));
    facts.list("period.from", rule.from.iter().cloned());
    facts.list("period.to", rule.to.iter().cloned());
    facts.say("period.tie", rule.tie.word());
    facts.choice("period.occurrence", &rule.occurrence);
    facts.choice("period.on", &rule.on);
    facts.list("period.measures", kinds(&rule.measures));
    facts.list("period.measures-from", rule.measures_from.iter().cloned());
    facts.say("period.length", &length(&rule.length));
    facts.choice("period.unit", &rule.unit);
    if let Some(unit) = rule.out_of_season {
        facts.say("period.out-of-season", unit.word());
    }
    facts.choice("period.starts", &rule.starts);
    facts.choice("period.closes", &rule.closes);
    facts.choice("period.rolls", &rule.rolls);
    facts.choice("period.late-closures", &rule.late_closures);
    facts.choice("period.outages", &rule.outages);
    if let Some(pause) = &rule.pause {
        facts.list("period.paused-by", kinds(&pause.by));
        facts.list("period.paused-until", kinds(&pause.until));
        facts.choice("period.pause-effect", &pause.effect);
    }
}

/// How long a period is, as a text says it.
#[must_use]
pub fn length(length: &Length) -> String {
    match length {
        Length::Fixed(units) => units.to_string(),
        Length::Switch(key) => format!("?{key}"),
        Length::CallIn => "call-in".to_owned(),
    }
}

/// What sets a period going, as a text names it.
#[must_use]
pub fn trigger_name(trigger: TriggerKind) -> String {
    match trigger {
        TriggerKind::Polling => "polling".to_owned(),
        TriggerKind::Filing(kind) => filing_kind_name(kind),
    }
}

fn frame(set: &RuleSet) -> Vec<Fact> {
    let mut facts = Facts::default();
    facts.names("title", &set.title);
    facts.say("effective-from", &set.effective_from.to_string());
    facts.date("effective-until", set.effective_until);
    facts.say("calendar.zone", &set.calendar.zone);
    facts.0
}

fn instrument(one: &Instrument) -> Part {
    let mut facts = Facts::default();
    facts.names("title", &one.title);
    facts.say("source", &one.source);
    facts.part(Section::Instrument, &one.key)
}

fn switch(one: &Switch) -> Part {
    let mut facts = Facts::default();
    facts.names("question", &one.question);
    let mut words = one.options.iter().map(|option| option.word.clone());
    facts.say("default", &words.next().unwrap_or_default());
    facts.list("alternatives", words);
    facts.names("reason", &one.reason);
    // By word: which of them is the default is said above.
    let mut options: Vec<_> = one.options.iter().collect();
    options.sort_by(|left, right| left.word.cmp(&right.word));
    for option in options {
        facts.names(&format!("meaning.{}", option.word), &option.meaning);
    }
    facts.part(Section::Switch, &one.key)
}

fn week(one: &Week) -> Part {
    let time = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let mut facts = Facts::default();
    facts.date("until", one.until);
    facts.list("works", one.works.iter().map(|day| format!("{day:?}").to_lowercase()));
    facts.say("opens", &time(one.opens));
    facts.say("closes", &time(one.closes));
    facts.part(Section::Week, &one.from.to_string())
}

fn procedure(one: &Procedure) -> Part {
    let mut facts = Facts::default();
    facts.names("title", &one.title);
    facts.list("steps", one.steps.iter().map(|step| step.key.clone()));
    facts.part(Section::Procedure, &one.key)
}

/// Every step once. A procedure that goes on in another has its steps too; it is told under the
/// shortest one that has it.
fn steps(procedures: &[Procedure]) -> Vec<Part> {
    let mut shortest: Vec<&Procedure> = procedures.iter().collect();
    shortest.sort_by_key(|procedure| procedure.steps.len());
    let mut parts = Vec::new();
    for procedure in procedures {
        for one in &procedure.steps {
            let facts = step(one);
            let same = |other: &&&Procedure| {
                other.step(&one.key).is_some_and(|known| step(known) == facts)
            };
            // Each has at least itself.
            if shortest.iter().find(same).is_some_and(|home| home.key == procedure.key) {
                let key = format!("{}/{}", procedure.key, one.key);
                parts.push(Part { section: Section::Step, key, facts });
            }
        }
    }
    parts
}

fn step(one: &Step) -> Vec<Fact> {
    let mut facts = Facts::default();
    facts.names("title", &one.title);
    facts.list("filings", kinds(&one.filings));
    for condition in &one.only {
        let field = format!("only.{}", condition.feature.word());
        facts.list(&field, condition.words.iter().cloned());
    }
    facts.say("owner", one.owner.word());
    match &one.rule {
        Cited::Rule(key) => facts.say("rule", key),
        Cited::Nowhere(why) => facts.say("no-rule", why),
    }
    match &one.term {
        Some(Term::Period(key)) => facts.say("period", key),
        Some(Term::Open(why)) => facts.say("no-period", why),
        None => {}
    }
    facts.list("next", one.next.iter().cloned());
    facts.list("returns-to", one.returns_to.iter().cloned());
    let marks = [
        ("start", one.start),
        ("final", one.last),
        ("optional", one.optional),
        ("any-time", one.any_time),
    ];
    for (field, _) in marks.into_iter().filter(|(_, marked)| *marked) {
        facts.say(field, "true");
    }
    facts.0
}

fn event(one: &ElectionEvent) -> Part {
    let mut facts = Facts::default();
    facts.say("election", &one.election);
    facts.list("polling", one.polling.iter().map(ToString::to_string));
    if one.seats > 0 {
        facts.say("seats", &one.seats.to_string());
    }
    facts.date("season-from", one.season_from);
    facts.date("season-until", one.season_until);
    facts.part(Section::Event, &one.id)
}

fn erratum(one: &Erratum) -> Part {
    let mut facts = Facts::default();
    facts.say("text", &one.text);
    facts.part(Section::Erratum, format!("{} {}", one.instrument, one.article).trim_end())
}

/// Facts as they are gathered.
#[derive(Default)]
pub(super) struct Facts(Vec<Fact>);

impl Facts {
    pub(super) fn say(&mut self, field: &str, value: &str) {
        self.0.push(Fact { field: field.to_owned(), value: value.to_owned() });
    }

    pub(super) fn list(&mut self, field: &str, values: impl IntoIterator<Item = String>) {
        let values: Vec<String> = values.into_iter().collect();
        if !values.is_empty() {
            self.say(field, &values.join(", "));
        }
    }

    fn names(&mut self, field: &str, names: &Names) {
        for (language, text) in names {
            self.say(&format!("{field}.{language}"), text);
        }
    }

    fn date(&mut self, field: &str, date: Option<jiff::civil::Date>) {
        if let Some(date) = date {
            self.say(field, &date.to_string());
        }
    }

    pub(super) fn choice<T: Word>(&mut self, field: &str, choice: &Choice<T>) {
        match choice {
            Choice::Fixed(value) => self.say(field, value.word()),
            Choice::Switch(key) => self.say(field, &format!("?{key}")),
        }
    }

    fn part(self, section: Section, key: &str) -> Part {
        Part { section, key: key.to_owned(), facts: self.0 }
    }
}
