//! A log with a case in it, and ways to read what is assessed.

use std::sync::Arc;

use barid_proto::assess::{Act, Acts, Law, assess};
use barid_proto::period::{GAZETTES, parse_gazette};
use barid_proto::procedure::course;
use barid_proto::rules::{Catalogue, Found, RuleSet};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    ActReference, Address, Answer, AppealFiled, Assessment, AssessmentFinding, CivilDate,
    ClockEffect, Course, DataClass, EnvelopeBody, FilingKind, Holiday, HolidayCalendar, PeriodEnd,
    PublicationCertificate, Query, Referral, Rendering, RuleReading, RulingIssued, Stamp, Text,
};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// The rule sets that come with Barid.
pub(crate) fn built_in() -> Catalogue {
    Catalogue::built_in().unwrap_or_else(|problems| panic!("{problems}"))
}

/// One of them.
pub(crate) fn rule_set(name: &str) -> Arc<RuleSet> {
    match built_in().find(name) {
        Found::One(set) => set,
        other => panic!("{name}: {other:?}"),
    }
}

/// A case under a rule set, and what else is in the log.
pub(crate) struct Case {
    rules: Arc<RuleSet>,
    acts: Acts,
    event: String,
}

/// A closure: the day, when it was announced, what it is called.
pub(crate) type Closure<'a> = (&'a str, &'a str, &'a str);

impl Case {
    pub(crate) fn under(rules: &str) -> Self {
        Self::of(rule_set(rules))
    }

    pub(crate) fn of(rules: Arc<RuleSet>) -> Self {
        Self { rules, acts: Acts::default(), event: String::new() }
    }

    /// The same, of an election.
    pub(crate) fn of_event(mut self, event: &str) -> Self {
        self.event = event.to_owned();
        self
    }

    /// The same with a calendar of all offices of an institution, without closures.
    pub(crate) fn with_calendar(mut self, institution: &str, from: &str, until: &str) -> Self {
        self.calendar((institution, ""), Some((from, until)), &[]);
        self
    }

    /// An institution files a calendar: of one office, or of all when its office is empty.
    pub(crate) fn calendar(
        &mut self,
        (institution, office): (&str, &str),
        covers: Option<(&str, &str)>,
        closures: &[Closure<'_>],
    ) -> u64 {
        let holiday = |(day, announced, name): &Closure<'_>| Holiday {
            day: Some(civil(day)),
            name: Some(text(name)),
            announced_at_unix_ms: self.instant(announced),
            ..Holiday::default()
        };
        let content = Content::HolidayCalendar(HolidayCalendar {
            offices: if office.is_empty() { Vec::new() } else { vec![at(institution, office)] },
            holidays: closures.iter().map(holiday).collect(),
            covers_from: covers.map(|(from, _)| civil(from)),
            covers_until: covers.map(|(_, until)| civil(until)),
        });
        self.file_calendar(institution, content)
    }

    fn file_calendar(&mut self, institution: &str, content: Content) -> u64 {
        let kind = FilingKind::HolidayCalendar;
        let act = self.act(kind, content, (institution, "national"), "2003-04-01T00:00");
        self.acts.general.push(act.clone());
        act.leaf
    }

    /// The same with the closures that were really announced, filed by an institution.
    pub(crate) fn with_announced(mut self, institution: &str) -> Self {
        for (_, text) in GAZETTES {
            let gazette = parse_gazette(text).unwrap_or_else(|problems| panic!("{problems:?}"));
            for calendar in gazette.calendars(institution) {
                self.file_calendar(institution, Content::HolidayCalendar(calendar));
            }
        }
        self
    }

    /// An act of an office at a moment of its own clock; the log grows by it.
    pub(crate) fn act(
        &mut self,
        kind: FilingKind,
        content: Content,
        (institution, office): (&str, &str),
        when: &str,
    ) -> Act {
        let leaf = self.acts.as_of_size;
        self.acts.as_of_size += 1;
        let body = EnvelopeBody {
            kind: kind.into(),
            sender: Some(at(institution, office)),
            data_class: DataClass::Live.into(),
            ..EnvelopeBody::default()
        };
        let digest = std::array::from_fn(|at| leaf.to_be_bytes().get(at).copied().unwrap_or(1));
        Act { leaf, accepted_at_ms: self.instant(when), digest, body, content: Some(content) }
    }

    /// Puts an act into the case.
    pub(crate) fn add(&mut self, act: Act) -> Act {
        self.acts.case.push(act.clone());
        act
    }

    /// Puts an act where other cases see it too.
    pub(crate) fn add_for_all(&mut self, act: Act) -> Act {
        self.acts.general.push(act.clone());
        act
    }

    /// The council's certificate that decision 214 was published.
    pub(crate) fn published(&mut self, first: &str, last: &str) -> Act {
        let content = Content::PublicationCertificate(PublicationCertificate {
            decision: Some(decision()),
            first_day: Some(civil(first)),
            last_day: Some(civil(last)),
            ..PublicationCertificate::default()
        });
        let kind = FilingKind::PublicationCertificate;
        let act = self.act(kind, content, ("ihec", "council"), &format!("{last}T15:00"));
        self.add_for_all(act)
    }

    /// An appeal against decision 214, stamped at an office.
    pub(crate) fn appeal(&mut self, office: (&str, &str), when: &str) -> Act {
        let content = Content::AppealFiled(AppealFiled {
            challenged: Some(decision()),
            ..AppealFiled::default()
        });
        self.act(FilingKind::AppealFiled, content, office, when)
    }

    /// The council's referral to the panel, by a letter of a day.
    pub(crate) fn referral(&mut self, letter: &str, when: &str) -> Act {
        let letter = ActReference {
            institution: "ihec".to_owned(),
            number: "(خ/ 25 ر.م/ 61)".to_owned(),
            date: Some(civil(letter)),
            ..ActReference::default()
        };
        let content = Content::Referral(Referral { letter: Some(letter), ..Referral::default() });
        let mut act = self.act(FilingKind::Referral, content, ("ihec", "council"), when);
        act.body.recipients = vec![at("ejp", "registry")];
        self.add(act)
    }

    /// The panel asks the council something.
    pub(crate) fn query(&mut self, effect: ClockEffect, when: &str) -> Act {
        let content = Content::Query(Query { clock_effect: effect.into(), ..Query::default() });
        let mut act = self.act(FilingKind::Query, content, ("ejp", "registry"), when);
        act.body.recipients = vec![at("ihec", "council")];
        self.add(act)
    }

    /// The council answers.
    pub(crate) fn answer(&mut self, when: &str) -> Act {
        let content = Content::Answer(Answer::default());
        let mut act = self.act(FilingKind::Answer, content, ("ihec", "council"), when);
        act.body.recipients = vec![at("ejp", "registry")];
        self.add(act)
    }

    /// The panel rules.
    pub(crate) fn ruling(&mut self, when: &str) -> Act {
        let content = Content::RulingIssued(RulingIssued::default());
        self.act(FilingKind::RulingIssued, content, ("ejp", "registry"), when)
    }

    /// What the rules say about an act, from everything that is in the log now.
    pub(crate) fn assess(&self, subject: &Act) -> Vec<Assessment> {
        let law = Law { rules: &self.rules, acts: &self.acts, event: &self.event };
        assess(&law, subject)
    }

    /// The course of the case, from everything that is in the log now.
    pub(crate) fn course(&self, procedure: &str, elsewhere: &[Act]) -> Course {
        let law = Law { rules: &self.rules, acts: &self.acts, event: &self.event };
        course(&law, procedure, elsewhere)
    }

    /// What one rule says about an act; it must say one thing.
    pub(crate) fn one(&self, subject: &Act, rule: &str, about: &str) -> Assessment {
        let fits = |one: &Assessment| one.rule == rule && one.subject == about;
        let mut found: Vec<Assessment> = self.assess(subject).into_iter().filter(fits).collect();
        match (found.pop(), found.as_slice()) {
            (Some(one), []) => one,
            (one, others) => panic!("{rule} {about}: {one:?} and {} others", others.len()),
        }
    }

    /// What a rule says about the time of an act.
    pub(crate) fn timeliness(&self, subject: &Act, rule: &str) -> Assessment {
        self.one(subject, rule, "timeliness")
    }

    /// An instant by the offices' clocks.
    pub(crate) fn instant(&self, local: &str) -> i64 {
        let local: DateTime = local.parse().unwrap_or_else(|error| panic!("{local}: {error}"));
        let zoned = local.to_zoned(self.zone()).unwrap_or_else(|error| panic!("{error}"));
        zoned.timestamp().as_millisecond()
    }

    fn zone(&self) -> TimeZone {
        TimeZone::get(&self.rules.calendar.zone).unwrap_or_else(|error| panic!("{error}"))
    }

    /// When a reading's period ends, by the offices' clocks: `2025-11-20 15:00`; or why it does
    /// not.
    pub(crate) fn ends(&self, reading: &RuleReading) -> String {
        let Some(period) = &reading.period else { return reading.conclusion.clone() };
        match period.end() {
            PeriodEnd::Fixed => self.local(period.deadline_unix_ms),
            PeriodEnd::UnknownDay => {
                let day = period.doubtful_day.unwrap_or_default();
                format!("no calendar for {:04}-{:02}-{:02}", day.year, day.month, day.day)
            }
            PeriodEnd::Suspended => format!("{} days left", period.remaining),
            other => format!("{other:?}"),
        }
    }

    /// An instant by the offices' clocks; the last millisecond of a day is its 24:00.
    fn local(&self, unix_ms: i64) -> String {
        let instant =
            Timestamp::from_millisecond(unix_ms).unwrap_or_else(|error| panic!("{error}"));
        let local = instant.to_zoned(self.zone());
        if local.strftime("%H:%M:%S%.3f").to_string() == "23:59:59.999" {
            return local.strftime("%Y-%m-%d 24:00").to_string();
        }
        local.strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// When the period ends under the reading that the rule set prefers.
    pub(crate) fn preferred(&self, assessment: &Assessment) -> String {
        assessment.readings.first().map_or_else(String::new, |reading| self.ends(reading))
    }

    /// When it ends with some switches set so, and all others as the rule set prefers.
    pub(crate) fn under_setting(
        &self,
        assessment: &Assessment,
        settings: &[(&str, &str)],
    ) -> String {
        self.ends(self.reading(assessment, settings))
    }

    /// The reading with some switches set so, and all others as the rule set prefers.
    pub(crate) fn reading<'a>(
        &self,
        assessment: &'a Assessment,
        settings: &[(&str, &str)],
    ) -> &'a RuleReading {
        let usual = |name: &str, value: &str| {
            let options = self.rules.switch(name).map(|switch| &switch.options);
            options.and_then(|options| options.first()).is_some_and(|first| first.word == value)
        };
        let fits = |name: &str, value: &str| match settings.iter().find(|(key, _)| *key == name) {
            Some((_, wanted)) => *wanted == value,
            None => usual(name, value),
        };
        let wanted = |reading: &&RuleReading| {
            reading.settings.iter().any(|setting| {
                let asked = |key: &&str| setting.values.iter().any(|one| one.name == **key);
                settings.iter().map(|(key, _)| key).all(asked)
                    && setting.values.iter().all(|one| fits(&one.name, &one.value))
            })
        };
        let found = assessment.readings.iter().find(wanted);
        found.unwrap_or_else(|| panic!("{}: no reading {settings:?}", assessment.rule))
    }
}

/// Decision 214 of the council.
pub(crate) fn decision() -> ActReference {
    ActReference {
        institution: "ihec".to_owned(),
        number: "214".to_owned(),
        ..ActReference::default()
    }
}

/// What came out.
pub(crate) fn finding(assessment: &Assessment) -> AssessmentFinding {
    assessment.finding()
}

/// An office.
pub(crate) fn at(institution: &str, office: &str) -> Address {
    Address { institution: institution.to_owned(), office: office.to_owned() }
}

/// An act as it was stamped at another office and time than those of its sending.
pub(crate) fn stamped(mut act: Act, office: (&str, &str), unix_ms: i64) -> Act {
    act.body.stamp = Some(Stamp {
        office: Some(at(office.0, office.1)),
        stamped_at_unix_ms: unix_ms,
        ..Stamp::default()
    });
    act
}

/// A day as messages have it.
pub(crate) fn civil(day: &str) -> CivilDate {
    let day: Date = day.parse().unwrap_or_else(|error| panic!("{day}: {error}"));
    CivilDate { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}

fn text(english: &str) -> Text {
    let rendering = Rendering { language: "en".to_owned(), text: english.to_owned() };
    Text { renderings: vec![rendering], authoritative: String::new() }
}
