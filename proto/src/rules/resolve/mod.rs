//! From what a text says to what it means; everything that is wrong is told.

use std::collections::BTreeSet;

use super::place::Checked;
use super::written::{
    Field, Line, Written, WrittenErratum, WrittenEvent, WrittenRule, WrittenSwitch,
};
use super::{
    ElectionEvent, Erratum, Instrument, LANGUAGES, Names, READINGS_MAX, Rule, RuleSet, Switch,
    SwitchOption,
};

mod calendar;
mod fields;
mod formal;
mod operation;
mod period;
mod procedure;
mod publication;
mod sitting;

use fields::Fields;

/// The rule set of a text; `None` when something that must be there is missing, and that was told.
pub(super) fn resolve(written: Written, checked: &mut Checked<'_>) -> Option<RuleSet> {
    let mut fields = Fields::new(checked);
    let id = fields.identifier("id", &written.id);
    let version = fields.needed("version", written.version.as_ref()).filter(|version| {
        let positive = *version > 0;
        let at = written.version.as_ref().and_then(|field| field.at);
        if !positive {
            fields.wrong(at, "version", "range", "versions begin with 1");
        }
        positive
    });
    fields.names("title", None, &written.title);
    let effective_from = fields.needed_date("effective-from", written.effective_from.as_ref());
    let effective_until = fields.date("effective-until", written.effective_until.as_ref());
    if let (Some(from), Some(until)) = (effective_from, effective_until)
        && until < from
    {
        let at = written.effective_until.as_ref().and_then(|field| field.at);
        fields.wrong(at, "effective-until", "order", "lies before effective-from");
    }
    let instruments = instruments(&written, &mut fields);
    let switches = switches(&written, &mut fields);
    let calendar = calendar::weekly(written.calendar.as_ref(), &mut fields);
    let rules = rules(&written.rule, &instruments, &switches, &mut fields);
    // What a rule asks is known only when nothing is wrong with it.
    if fields.fine() {
        every_switch_is_asked(&written.switch, &rules, &mut fields);
    }
    // A step that names a rule which is wrong is not wrong for that.
    let whole = rules.len() == written.rule.len();
    let steps = if whole { written.procedure.as_slice() } else { &[] };
    let procedures = procedure::procedures(steps, &rules, &mut fields);
    let events = events(&written.event, &mut fields);
    let errata = errata(&written.erratum, &instruments, &mut fields);
    Some(RuleSet {
        id: id?,
        version: version?,
        sha256: [0; 32],
        extends: Vec::new(),
        title: written.title,
        effective_from: effective_from?,
        effective_until,
        instruments,
        switches,
        calendar: calendar?,
        rules,
        procedures,
        events,
        errata,
    })
}

fn instruments(written: &Written, fields: &mut Fields<'_, '_>) -> Vec<Instrument> {
    let mut known = BTreeSet::new();
    let mut instruments = Vec::new();
    for one in &written.instrument {
        let Some(key) = fields.key("instrument", &one.key, &mut known) else { continue };
        let path = format!("instrument.{key}");
        fields.names(&format!("{path}.title"), one.key.as_ref(), &one.title);
        let source = fields.line(&format!("{path}.source"), &one.source, one.key.as_ref());
        instruments.push(Instrument { key, title: one.title.clone(), source });
    }
    instruments
}

fn switches(written: &Written, fields: &mut Fields<'_, '_>) -> Vec<Switch> {
    let mut known = BTreeSet::new();
    let mut switches = Vec::new();
    for one in &written.switch {
        let Some(key) = fields.key("switch", &one.key, &mut known) else { continue };
        let path = format!("switch.{key}");
        let place = one.key.as_ref();
        fields.names(&format!("{path}.question"), place, &one.question);
        fields.names(&format!("{path}.reason"), place, &one.reason);
        let default = fields.line(&format!("{path}.default"), &one.default, place);
        let mut words = vec![default];
        words.extend(one.alternatives.iter().flat_map(|field| field.value.clone()));
        let distinct: BTreeSet<&String> = words.iter().collect();
        if words.len() < 2 || distinct.len() < words.len() {
            let at = one.alternatives.as_ref().and_then(|field| field.at);
            let what = "a switch has a default and at least one other answer, none twice";
            fields.wrong_near(at, place, &format!("{path}.alternatives"), "options", what);
        }
        let options = words.into_iter().map(|word| {
            let meaning = one.meaning.get(&word).cloned().unwrap_or_default();
            fields.names(&format!("{path}.meaning.{word}"), place, &meaning);
            SwitchOption { word, meaning }
        });
        let options: Vec<_> = options.collect();
        for word in one.meaning.keys().filter(|word| options.iter().all(|o| o.word != **word)) {
            let what = format!("{word:?} is no option of the switch");
            fields.wrong_near(None, place, &format!("{path}.meaning"), "unknown-word", what);
        }
        let (question, reason) = (one.question.clone(), one.reason.clone());
        switches.push(Switch { key, question, options, reason });
    }
    switches
}

fn rules(
    written: &[WrittenRule],
    instruments: &[Instrument],
    switches: &[Switch],
    fields: &mut Fields<'_, '_>,
) -> Vec<Rule> {
    let mut known = BTreeSet::new();
    let mut rules = Vec::new();
    for one in written {
        let Some(key) = fields.key("rule", &one.key, &mut known) else { continue };
        let path = format!("rule.{key}");
        cited(one, &path, instruments, fields);
        fields.names(&format!("{path}.title"), one.key.as_ref(), &one.title);
        let does = fields.line(&format!("{path}.does"), &one.does, one.key.as_ref());
        let mut used = BTreeSet::new();
        for word in one.ambiguities.iter().flat_map(|field| &field.value) {
            if switches.iter().all(|switch| switch.key != *word) {
                let at = one.ambiguities.as_ref().and_then(|field| field.at);
                let what = format!("{word:?} is no switch of this rule set");
                fields.wrong(at, &format!("{path}.ambiguities"), "unknown-switch", what);
            }
        }
        let operation = operation::of_rule(one, &path, switches, &mut used, fields);
        let Some(operation) = operation else { continue };
        let used: Vec<String> = switches
            .iter()
            .map(|switch| &switch.key)
            .filter(|key| used.contains(*key))
            .cloned()
            .collect();
        let readings = used.iter().filter_map(|key| switches.iter().find(|s| s.key == *key));
        let readings: usize = readings.map(|switch| switch.options.len()).product();
        if readings > READINGS_MAX {
            let what = format!("has {readings} readings, and a rule at most {READINGS_MAX}");
            fields.wrong_near(None, one.key.as_ref(), &path, "readings", what);
        }
        rules.push(Rule {
            key,
            instrument: text(&one.instrument),
            article: text(&one.article),
            title: one.title.clone(),
            quote: one.quote.clone(),
            does,
            switches: used,
            ambiguities: one.ambiguities.iter().flat_map(|field| field.value.clone()).collect(),
            operation,
        });
    }
    rules
}

fn cited(one: &WrittenRule, path: &str, instruments: &[Instrument], fields: &mut Fields<'_, '_>) {
    let near = one.key.as_ref();
    let instrument = fields.line(&format!("{path}.instrument"), &one.instrument, near);
    if !instrument.is_empty() && instruments.iter().all(|known| known.key != instrument) {
        let at = one.instrument.as_ref().and_then(|field| field.at);
        let what = format!("{instrument:?} is no instrument of this rule set");
        fields.wrong(at, &format!("{path}.instrument"), "uncited", what);
    }
    fields.line(&format!("{path}.article"), &one.article, near);
    if one.quote.is_empty() || one.quote.values().any(|words| words.trim().is_empty()) {
        let what = "a rule quotes its source in at least one language";
        fields.wrong_near(None, near, &format!("{path}.quote"), "uncited", what);
    }
}

/// A question that no rule asks is a slip of the pen.
fn every_switch_is_asked(written: &[WrittenSwitch], rules: &[Rule], fields: &mut Fields<'_, '_>) {
    for line in written.iter().filter_map(|switch| switch.key.as_ref()) {
        let key = &line.value;
        let asks = |rule: &Rule| rule.switches.contains(key) || rule.ambiguities.contains(key);
        if !rules.iter().any(asks) {
            let path = format!("switch.{key}");
            fields.wrong(line.at, &path, "unused", "no rule depends on it or names it");
        }
    }
}

fn events(written: &[WrittenEvent], fields: &mut Fields<'_, '_>) -> Vec<ElectionEvent> {
    let mut known = BTreeSet::new();
    let mut events = Vec::new();
    for one in written {
        let Some(id) = fields.key("event", &one.id, &mut known) else { continue };
        let path = format!("event.{id}");
        let election = fields.line(&format!("{path}.election"), &one.election, one.id.as_ref());
        let polling = fields.dates(&format!("{path}.polling"), one.polling.as_ref());
        let season_from = fields.date(&format!("{path}.season-from"), one.season_from.as_ref());
        let season_until = fields.date(&format!("{path}.season-until"), one.season_until.as_ref());
        if season_from.is_some() != season_until.is_some() || season_until < season_from {
            let what = "a season has a first day and a last day behind it";
            fields.wrong_near(None, one.id.as_ref(), &path, "season", what);
        }
        let seats = one.seats;
        events.push(ElectionEvent { id, election, polling, seats, season_from, season_until });
    }
    events
}

fn errata(
    written: &[WrittenErratum],
    instruments: &[Instrument],
    fields: &mut Fields<'_, '_>,
) -> Vec<Erratum> {
    let mut errata = Vec::new();
    for one in written {
        let instrument = text(&one.instrument);
        if instruments.iter().all(|known| known.key != instrument) {
            let at = one.instrument.as_ref().and_then(|field| field.at);
            fields.wrong(at, "erratum.instrument", "uncited", "is no instrument here");
        }
        let text = fields.line("erratum.text", &one.text, one.instrument.as_ref());
        errata.push(Erratum { instrument, article: self::text(&one.article), text });
    }
    errata
}

fn text(line: &Line) -> String {
    line.as_ref().map(|field| field.value.clone()).unwrap_or_default()
}

/// The languages that a text lacks.
fn missing(names: &Names) -> Vec<&'static str> {
    let lacks = |tag: &&str| names.get(*tag).is_none_or(|text| text.trim().is_empty());
    LANGUAGES.into_iter().filter(|tag| lacks(tag)).collect()
}

/// Where a section begins, as near as is known.
fn near(at: Option<usize>, key: Option<&Field<String>>) -> Option<usize> {
    at.or_else(|| key.and_then(|key| key.at))
}
