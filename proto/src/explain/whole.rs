//! An assessment with everything it rests on, line by line.

use super::conclusion::conclusion;
use super::dates::{date, span};
use super::language::{Four, Language};
use super::sentence::{deadline, left};
use super::{Subject, counting, kinds, settings, words};
use crate::rules::{Length, Operation, PeriodRule, READINGS_MAX, Settings};
use crate::v1::{
    AssessmentFinding, CivilDate, CountedDay, DayKind, PeriodEnd, PeriodFrame, RuleReading,
};

/// Days of a reading that are written out: a year and a month.
const DAYS_MAX: usize = 400;

/// The whole explanation; each line ends with a line break.
pub(super) fn explanation(subject: &Subject<'_>, language: Language) -> String {
    let mut page = Page { subject, language, lines: Vec::new() };
    page.heading();
    page.rule();
    page.basis();
    let readings = &subject.assessment.readings;
    for (number, reading) in (1..).zip(readings) {
        page.reading(number, reading);
    }
    page.preference();
    page.lines.push(language.pick(words::INFORMS).to_owned());
    page.lines.iter().map(|line| format!("{line}\n")).collect()
}

struct Page<'a> {
    subject: &'a Subject<'a>,
    language: Language,
    lines: Vec<String>,
}

impl Page<'_> {
    fn add(&mut self, wording: Four, values: &[&str]) {
        self.lines.push(self.language.fill(wording, values));
    }

    /// A line under another.
    fn under(&mut self, line: &str) {
        self.lines.push(format!("  {line}"));
    }

    fn exact(&self, text: &str) -> String {
        self.language.exact(text)
    }

    fn heading(&mut self) {
        let (assessment, language) = (self.subject.assessment, self.language);
        let finding = match (assessment.finding(), assessment.readings.first()) {
            (AssessmentFinding::Contested, _) | (_, None) => {
                language.pick(words::finding(assessment.finding())).to_owned()
            }
            (_, Some(first)) => conclusion(language, &first.conclusion),
        };
        let title = self.subject.title(language);
        self.add(words::PAIR, &[&title, &finding]);
        self.lines.push(String::new());
    }

    /// The rule set, the rule, its article and the words of its source.
    fn rule(&mut self) {
        let (subject, language) = (self.subject, self.language);
        let assessment = subject.assessment;
        if !assessment.rule_set_id.is_empty() {
            let digest: String =
                assessment.rule_set_sha256.iter().take(6).map(|b| format!("{b:02x}")).collect();
            let digest = if digest.is_empty() { "-" } else { &digest };
            let name = self.exact(&assessment.rule_set_id);
            self.add(words::RULE_SET, &[&name, &self.exact(digest)]);
        }
        let Some(rule) = subject.rule else {
            let why =
                if subject.rules.is_some() { words::RULE_UNKNOWN } else { words::RULE_SET_UNKNOWN };
            if !assessment.rule_set_id.is_empty() {
                self.add(why, &[]);
            }
            if !assessment.rule.is_empty() {
                self.add(words::RULE_BARE, &[&self.exact(&assessment.rule)]);
            }
            if !assessment.article.is_empty() {
                self.add(words::ARTICLE, &[&self.exact(&assessment.article)]);
            }
            return;
        };
        let title = language.named(&rule.title);
        self.add(words::RULE, &[&title, &self.exact(&rule.key)]);
        let article = self.exact(&assessment.article);
        let instruments = subject.rules.map_or(&[][..], |rules| &rules.instruments);
        let instrument = instruments.iter().find(|known| known.key == rule.instrument);
        match instrument.map(|known| language.named(&known.title)) {
            Some(law) if !law.is_empty() => self.add(words::ARTICLE_OF, &[&article, &law]),
            _ => self.add(words::ARTICLE, &[&article]),
        }
        for (tag, quote) in &rule.quote {
            self.add(words::QUOTE, &[&self.exact(tag), &language.foreign(quote)]);
        }
    }

    /// What set the period going, by whose calendar, and what was measured.
    fn basis(&mut self) {
        let (subject, language) = (self.subject, self.language);
        let assessment = subject.assessment;
        if let Some(frame) = &assessment.frame {
            self.frame(frame);
        }
        if let Some(at) = subject.measured().or(assessment.readings.iter().find_map(deadline)) {
            self.add(words::ZONE, &[&subject.clock.name(language, at)]);
        }
        // The time zone stands in the line above.
        for input in assessment.inputs.iter().filter(|input| input.name != "time-zone") {
            self.add(words::INPUT, &[&self.exact(&input.name), &language.foreign(&input.value)]);
        }
        let size = self.exact(&assessment.as_of_size.to_string());
        let leaves: Vec<String> =
            assessment.leaves.iter().map(|leaf| self.exact(&leaf.to_string())).collect();
        match (assessment.as_of_size, leaves.as_slice()) {
            (0, []) => {}
            (_, []) => self.add(words::RESTS_ON_NONE, &[&size]),
            (_, leaves) => self.add(words::RESTS_ON, &[&size, &language.list(leaves)]),
        }
    }

    fn frame(&mut self, frame: &PeriodFrame) {
        let language = self.language;
        if !frame.trigger.is_empty() {
            let kind = kinds::trigger(language, &frame.trigger);
            let kind = match frame.trigger_leaf {
                Some(leaf) => {
                    language.fill(words::OF_LEAF, &[&kind, &self.exact(&leaf.to_string())])
                }
                None if frame.trigger == "polling" => kind,
                None => language.fill(words::OWN_LEAF, &[&kind]),
            };
            self.add(words::TRIGGER, &[&kind]);
        }
        if let Some(office) = &frame.office {
            let all = office.office.is_empty();
            let wording = if all { words::OFFICE_ALL } else { words::OFFICE };
            self.add(wording, &[&language.office(office)]);
        }
        let calendars = frame.calendars.iter().map(|version| {
            let digest: String =
                version.envelope_digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
            let leaf = self.exact(&version.leaf_index.to_string());
            language.fill(words::LEAF, &[&leaf, &self.exact(&digest)])
        });
        match calendars.collect::<Vec<_>>().as_slice() {
            [] => self.add(words::CALENDARS_NONE, &[]),
            calendars => self.add(words::CALENDARS, &[&language.list(calendars)]),
        }
        if let Some(at) = self.subject.measured() {
            self.add(words::MEASURED, &[&self.subject.clock.moment(language, at)]);
        }
    }

    fn reading(&mut self, number: usize, reading: &RuleReading) {
        let (subject, language) = (self.subject, self.language);
        let readings = &subject.assessment.readings;
        let best = subject.base().is_some_and(|base| base.preferred && base.is(reading));
        let result = conclusion(language, &reading.conclusion);
        let result = if best && readings.len() > 1 {
            language.fill(words::PREFERRED_MARK, &[&result])
        } else {
            result
        };
        self.lines.push(String::new());
        let (at, of) = (self.exact(&number.to_string()), self.exact(&readings.len().to_string()));
        self.add(words::READING, &[&at, &of, &result]);
        self.settings(reading);
        if let Some(Operation::Period(rule)) = subject.rule.map(|rule| &rule.operation) {
            let how = how(language, rule, reading);
            if !how.is_empty() {
                self.under(&language.fill(words::HOW, &[&language.list(&how)]));
            }
        }
        self.days(reading);
        self.end(reading);
    }

    /// How its switches are set: of the preferred reading all that matter, of others what is read
    /// otherwise; with the questions and what the options mean.
    fn settings(&mut self, reading: &RuleReading) {
        let (subject, language) = (self.subject, self.language);
        let Some(base) = subject.base() else { return };
        let all = &subject.assessment.readings;
        let (wording, terms) = if base.is(reading) {
            let others = base.deviations(all.iter().filter(|one| !base.is(one)));
            (words::SETTING, vec![base.deciding(others.iter().map(|(term, _)| term))])
        } else {
            let own = base.deviations([reading]);
            let wording = if base.preferred { words::DEVIATES } else { words::SETTING };
            (wording, own.into_iter().map(|(term, _)| term).collect())
        };
        if terms.iter().all(Vec::is_empty) {
            return;
        }
        self.under(&language.fill(wording, &[&settings::alternatives(language, &terms)]));
        let mut explained: Vec<&(String, String)> = Vec::new();
        for one in terms.iter().flatten() {
            let switch = subject.rules.and_then(|rules| rules.switch(&one.0));
            let Some(switch) = switch.filter(|_| !explained.contains(&one)) else { continue };
            explained.push(one);
            let question = language.named(&switch.question);
            let meaning = settings::meaning(language, subject.rules, one);
            let set = settings::set(language, one);
            self.under(&language.fill(words::QUESTION, &[&set, &question, &meaning]));
        }
    }

    fn days(&mut self, reading: &RuleReading) {
        let language = self.language;
        let Some(period) = &reading.period else { return };
        for day in period.days.iter().take(DAYS_MAX) {
            let what = described(language, day);
            self.day(day.day, &what);
        }
        if let Some(more) = period.days.len().checked_sub(DAYS_MAX).filter(|more| *more > 0) {
            self.under(&language.fill(counting::MORE_DAYS, &[&self.exact(&more.to_string())]));
        }
        if period.end() == PeriodEnd::UnknownDay {
            self.day(period.doubtful_day, language.pick(counting::DOUBTFUL));
        }
    }

    fn day(&mut self, day: Option<CivilDate>, what: &str) {
        let day = date(self.language, day.unwrap_or_default());
        self.under(&format!("{day} \u{2013} {what}"));
    }

    /// The last instant in time, and how far the act was from it.
    fn end(&mut self, reading: &RuleReading) {
        let (subject, language) = (self.subject, self.language);
        let result = conclusion(language, &reading.conclusion);
        if let Some(end) = deadline(reading) {
            let moment = subject.clock.moment(language, end);
            self.under(&language.fill(words::END, &[&moment]));
            if let Some(at) = subject.measured() {
                let apart = span(language, end, at);
                let wording = if at <= end { words::BEFORE_END } else { words::AFTER_END };
                let result = language.fill(wording, &[&result, &apart]);
                self.under(&language.fill(words::RESULT, &[&result]));
            }
            return;
        }
        let result = match reading.period.as_ref().filter(|period| period.remaining > 0) {
            Some(_) => {
                let left = left(subject, language, reading).unwrap_or_default();
                language.fill(words::LEFT, &[&result, &left])
            }
            None => result,
        };
        self.under(&language.fill(words::RESULT, &[&result]));
    }

    /// Which reading the rule set prefers, by which switch, and why.
    fn preference(&mut self) {
        let (subject, language) = (self.subject, self.language);
        let readings = &subject.assessment.readings;
        self.lines.push(String::new());
        if readings.len() < 2 {
            return;
        }
        let Some(base) = subject.base().filter(|base| base.preferred) else {
            self.add(words::PREFERENCE_NONE, &[]);
            return;
        };
        let at = readings.iter().position(|one| base.is(one)).unwrap_or(0) + 1;
        let others = base.deviations(readings.iter().filter(|one| !base.is(one)));
        let deciding = base.deciding(others.iter().map(|(term, _)| term));
        if deciding.is_empty() {
            return;
        }
        let set: Vec<String> = deciding.iter().map(|one| settings::set(language, one)).collect();
        self.add(words::PREFERENCE, &[&self.exact(&at.to_string()), &set.join(" + ")]);
        for one in &deciding {
            let switch = subject.rules.and_then(|rules| rules.switch(&one.0));
            let reason = switch.map(|switch| language.named(&switch.reason)).unwrap_or_default();
            if !reason.is_empty() {
                let line = language.fill(words::REASON, &[&settings::set(language, one), &reason]);
                self.under(&line);
            }
        }
    }
}

/// How a rule counts in a reading, part by part: `3 working days`, `from the day after`. Where
/// several settings lead to the reading, parts that differ stand side by side.
fn how(language: Language, rule: &PeriodRule, reading: &RuleReading) -> Vec<String> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for setting in reading.settings.iter().take(READINGS_MAX) {
        let parts = parts(language, rule, &settings::settings(setting));
        all.resize(parts.len(), Vec::new());
        for (known, part) in all.iter_mut().zip(parts) {
            if !part.is_empty() && !known.contains(&part) {
                known.push(part);
            }
        }
    }
    all.iter().map(|one| one.join(" / ")).filter(|one| !one.is_empty()).collect()
}

fn parts(language: Language, rule: &PeriodRule, settings: &Settings) -> [String; 7] {
    let pick = |wording: Option<Four>| wording.map_or("", |wording| language.pick(wording));
    let length = match (&rule.length, rule.length.under(settings, None)) {
        (_, Some(length)) => Some(language.exact(&length.to_string())),
        (Length::CallIn, None) => Some(language.pick(counting::GRANTED).to_owned()),
        (_, None) => None,
    };
    let unit = pick(rule.unit.under(settings).map(counting::unit));
    let otherwise = rule
        .out_of_season
        .map(|unit| language.fill(counting::OUT_OF_SEASON, &[language.pick(counting::unit(unit))]));
    let on = pick(rule.on.under(settings).map(counting::trigger_day));
    [
        length.map(|length| language.fill(counting::LENGTH, &[&length, unit])).unwrap_or_default(),
        otherwise.unwrap_or_default(),
        pick(rule.starts.under(settings).map(counting::start)).to_owned(),
        if on.is_empty() { String::new() } else { language.fill(counting::RUNS_FROM, &[on]) },
        pick(rule.closes.under(settings).map(counting::close)).to_owned(),
        pick(rule.rolls.under(settings).and_then(counting::roll)).to_owned(),
        [
            pick(rule.late_closures.under(settings).and_then(counting::late_closures)),
            pick(rule.outages.under(settings).and_then(counting::outages)),
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(language.pick(counting::COMMA)),
    ]
}

/// What a day is in the count and why: `not counted (weekend)`.
pub(super) fn described(language: Language, day: &CountedDay) -> String {
    let number = language.exact(&day.number.to_string());
    let part = language.fill(counting::part(day.part()), &[&number]);
    let mut why = Vec::new();
    match day.kind() {
        DayKind::Weekend => why.push(language.pick(counting::WEEKEND).to_owned()),
        DayKind::Closed => why.push(language.pick(counting::CLOSED).to_owned()),
        DayKind::Unspecified | DayKind::Working => {}
    }
    why.extend(day.name.as_ref().map(|name| language.rendering(name)));
    if let Some(leaf) = day.calendar_leaf {
        why.push(language.fill(counting::CALENDAR_LEAF, &[&language.exact(&leaf.to_string())]));
    }
    if day.announced_late {
        why.push(language.pick(counting::ANNOUNCED_LATE).to_owned());
        // It has the name of a closure and is none.
        let open = matches!(day.kind(), DayKind::Working | DayKind::Weekend);
        why.extend(open.then(|| language.pick(counting::IGNORED).to_owned()));
    }
    why.retain(|why| !why.is_empty());
    match why.as_slice() {
        [] => part,
        why => format!("{part} ({})", language.list(why)),
    }
}
