//! One rule set over another: what it does not say stays as it is below.

use std::collections::BTreeMap;

use super::Names;
use super::sections::{
    WrittenDelegation, WrittenFinality, WrittenPublication, WrittenRatification, WrittenRuling,
    WrittenSitting, WrittenStanding,
};
use super::written::{
    Field, Line, Written, WrittenCalendar, WrittenPeriod, WrittenProcedure, WrittenRule,
    WrittenStep, WrittenSwitch, WrittenWeek,
};

/// Puts `over` on `below`. Sections of the same key are merged, new ones come behind.
pub(super) fn merge(below: Written, over: Written) -> Written {
    let mut below = below.unplaced();
    Written {
        id: over.id,
        version: over.version,
        extends: over.extends,
        extends_sha256: over.extends_sha256,
        title: over.title,
        effective_from: over.effective_from,
        effective_until: over.effective_until,
        instrument: joined(below.instrument, over.instrument),
        switch: keyed(&mut below.switch, over.switch, |one| &one.key, WrittenSwitch::over),
        calendar: over.calendar.or(below.calendar),
        rule: keyed(&mut below.rule, over.rule, |one| &one.key, WrittenRule::over),
        procedure: keyed(
            &mut below.procedure,
            over.procedure,
            |one| &one.key,
            WrittenProcedure::over,
        ),
        event: joined(below.event, over.event),
        erratum: joined(below.erratum, over.erratum),
    }
}

fn joined<T>(mut below: Vec<T>, over: Vec<T>) -> Vec<T> {
    below.extend(over);
    below
}

fn keyed<T>(
    below: &mut Vec<T>,
    over: Vec<T>,
    key: impl Fn(&T) -> &Line,
    put: impl Fn(T, &mut T),
) -> Vec<T> {
    for one in over {
        let name = key(&one).as_ref().map(|field| field.value.clone());
        let same = |other: &&mut T| {
            name.is_some() && key(other).as_ref().map(|field| &field.value) == name.as_ref()
        };
        match below.iter_mut().find(same) {
            Some(known) => put(one, known),
            None => below.push(one),
        }
    }
    std::mem::take(below)
}

fn replace<T>(known: &mut Option<T>, given: Option<T>) {
    if given.is_some() {
        *known = given;
    }
}

fn replace_names(known: &mut Names, given: Names) {
    known.extend(given);
}

impl WrittenSwitch {
    fn over(self, known: &mut Self) {
        // The options stay those below unless they are given: an overlay that prefers another
        // answer names only the default.
        let before = known.default.take();
        if self.alternatives.is_none()
            && let (Some(before), Some(after)) = (&before, &self.default)
            && let Some(alternatives) = &mut known.alternatives
        {
            let swapped = |word: &mut String| {
                if *word == after.value {
                    word.clone_from(&before.value);
                }
            };
            alternatives.value.iter_mut().for_each(swapped);
        }
        known.default = self.default.or(before);
        replace(&mut known.alternatives, self.alternatives);
        replace_names(&mut known.question, self.question);
        replace_names(&mut known.reason, self.reason);
        for (word, meaning) in self.meaning {
            replace_names(known.meaning.entry(word).or_default(), meaning);
        }
    }
}

impl WrittenRule {
    fn over(self, known: &mut Self) {
        if self.check.is_some() {
            known.compute_nothing();
        } else if self.computes() {
            known.check = None;
        }
        replace(&mut known.instrument, self.instrument);
        replace(&mut known.article, self.article);
        replace_names(&mut known.title, self.title);
        replace_names(&mut known.quote, self.quote);
        replace(&mut known.does, self.does);
        replace(&mut known.ambiguities, self.ambiguities);
        replace(&mut known.check, self.check);
        laid(&mut known.period, self.period, WrittenPeriod::over);
        laid(&mut known.sitting, self.sitting, WrittenSitting::over);
        laid(&mut known.publication, self.publication, WrittenPublication::over);
        laid(&mut known.delegation, self.delegation, WrittenDelegation::over);
        laid(&mut known.standing, self.standing, WrittenStanding::over);
        laid(&mut known.finality, self.finality, WrittenFinality::over);
        laid(&mut known.ruling, self.ruling, WrittenRuling::over);
        laid(&mut known.ratification, self.ratification, WrittenRatification::over);
    }

    /// Whether it has a section that says what is computed.
    fn computes(&self) -> bool {
        self.period.is_some()
            || self.sitting.is_some()
            || self.publication.is_some()
            || self.delegation.is_some()
            || self.standing.is_some()
            || self.finality.is_some()
            || self.ruling.is_some()
            || self.ratification.is_some()
    }

    /// Drops such sections: a text above that gives a `check` means that instead.
    fn compute_nothing(&mut self) {
        self.period = None;
        self.sitting = None;
        self.publication = None;
        self.delegation = None;
        self.standing = None;
        self.finality = None;
        self.ruling = None;
        self.ratification = None;
    }
}

/// Puts a section on the same one below, where there is one.
fn laid<T>(known: &mut Option<T>, given: Option<T>, over: impl Fn(T, &mut T)) {
    match (given, known.as_mut()) {
        (Some(given), Some(section)) => over(given, section),
        (given, _) => replace(known, given),
    }
}

impl WrittenPeriod {
    fn over(self, known: &mut Self) {
        replace(&mut known.owner, self.owner);
        replace(&mut known.kept_by_recipient, self.kept_by_recipient);
        replace(&mut known.triggers, self.triggers);
        replace(&mut known.about, self.about);
        replace(&mut known.from, self.from);
        replace(&mut known.to, self.to);
        replace(&mut known.tie, self.tie);
        replace(&mut known.occurrence, self.occurrence);
        replace(&mut known.on, self.on);
        replace(&mut known.measures, self.measures);
        replace(&mut known.measures_from, self.measures_from);
        replace(&mut known.length, self.length);
        replace(&mut known.unit, self.unit);
        replace(&mut known.out_of_season, self.out_of_season);
        replace(&mut known.starts, self.starts);
        replace(&mut known.closes, self.closes);
        replace(&mut known.rolls, self.rolls);
        replace(&mut known.late_closures, self.late_closures);
        replace(&mut known.outages, self.outages);
        replace(&mut known.accepts, self.accepts);
        replace(&mut known.paused_by, self.paused_by);
        replace(&mut known.paused_until, self.paused_until);
        replace(&mut known.pause_effect, self.pause_effect);
    }
}

impl WrittenProcedure {
    fn over(self, known: &mut Self) {
        replace_names(&mut known.title, self.title);
        replace(&mut known.goes_on_in, self.goes_on_in);
        known.step = keyed(&mut known.step, self.step, |one| &one.key, WrittenStep::over);
    }
}

impl WrittenStep {
    fn over(self, known: &mut Self) {
        replace_names(&mut known.title, self.title);
        replace(&mut known.filings, self.filings);
        replace(&mut known.only, self.only);
        replace(&mut known.owner, self.owner);
        // A rule takes the place of the reason why there was none, and the other way round.
        if self.rule.is_some() || self.no_rule.is_some() {
            (known.rule, known.no_rule) = (self.rule, self.no_rule);
        }
        if self.period.is_some() || self.no_period.is_some() {
            (known.period, known.no_period) = (self.period, self.no_period);
        }
        replace(&mut known.next, self.next);
        replace(&mut known.returns_to, self.returns_to);
        replace(&mut known.start, self.start);
        replace(&mut known.last, self.last);
        replace(&mut known.optional, self.optional);
        replace(&mut known.any_time, self.any_time);
    }
}

/// Takes out where things stood: places in the text below are none in the text above.
pub(super) trait Unplaced {
    fn unplaced(self) -> Self;
}

impl<T> Unplaced for Field<T> {
    fn unplaced(self) -> Self {
        Self { at: None, ..self }
    }
}

impl<T: Unplaced> Unplaced for Option<T> {
    fn unplaced(self) -> Self {
        self.map(Unplaced::unplaced)
    }
}

impl<T: Unplaced> Unplaced for Vec<T> {
    fn unplaced(self) -> Self {
        self.into_iter().map(Unplaced::unplaced).collect()
    }
}

impl Unplaced for Names {
    fn unplaced(self) -> Self {
        self
    }
}

impl Unplaced for BTreeMap<String, Names> {
    fn unplaced(self) -> Self {
        self
    }
}

impl Unplaced for u32 {
    fn unplaced(self) -> Self {
        self
    }
}

/// Takes the places out of all fields of a section.
macro_rules! unplaced {
    ($($section:ident { $($field:ident),+ $(,)? })+) => {
        $(impl Unplaced for $section {
            fn unplaced(self) -> Self {
                Self { $($field: self.$field.unplaced(),)+ }
            }
        })+
    };
}

use super::written::{WrittenErratum, WrittenEvent, WrittenInstrument};

unplaced! {
    Written {
        id, version, extends, extends_sha256, title, effective_from, effective_until, instrument,
        switch, calendar, rule, procedure, event, erratum,
    }
    WrittenInstrument { key, title, source }
    WrittenSwitch { key, question, default, alternatives, reason, meaning }
    WrittenCalendar { zone, week }
    WrittenWeek { from, until, works, opens, closes }
    WrittenRule {
        key, instrument, article, title, quote, does, ambiguities, check, period, sitting,
        publication, delegation, standing, finality, ruling, ratification,
    }
    WrittenPeriod {
        owner, kept_by_recipient, triggers, about, from, to, tie, occurrence, on, measures,
        measures_from, length, unit, out_of_season, starts, closes, rolls, late_closures, outages,
        accepts, paused_by, paused_until, pause_effect,
    }
    WrittenProcedure { key, title, goes_on_in, step }
    WrittenStep {
        key, title, filings, only, owner, rule, no_rule, period, no_period, next, returns_to, start,
        last, optional, any_time,
    }
    WrittenEvent { id, election, polling, seats, season_from, season_until }
    WrittenErratum { instrument, article, text }
}
