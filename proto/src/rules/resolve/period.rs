//! Periods.

use super::super::choice::Choice;
use super::super::operation::{
    Length, Occurrence, OutageSource, PauseEffect, PauseRule, PeriodRule, Tie, TriggerKind,
};
use super::super::written::{Line, WrittenLength, WrittenPeriod};
use super::fields::{Asked, Fields};
use crate::kind::filing_kind_of_name;
use crate::period::{Close, LENGTH_MAX, LateClosures, OutageEffect, Roll, Start, Unit};
use crate::word::Word;

/// Whose outages count where a rule does not say: those by which filing was not possible. That
/// witnesses were away keeps nobody from filing; only the receipt comes later.
const ACCEPTED: [OutageSource; 2] = [OutageSource::Hub, OutageSource::Link];

/// How a rule names polling as what sets a period going.
const POLLING: &str = "polling";

/// How a rule says that the instrument of delegation gives its length.
const CALL_IN: &str = "call-in";

pub(super) fn rule(
    written: &WrittenPeriod,
    path: &str,
    mut asked: Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<PeriodRule> {
    let asked = &mut asked;
    let from = written.measures_from.as_ref();
    let triggers = triggers(written, path, asked, fields);
    let measures = fields.kinds(&format!("{path}.measures"), written.measures.as_ref());
    let owner = fields.line(&format!("{path}.owner"), &written.owner, asked.near);
    let length = length(written, path, asked, fields);
    let tie = tie(written, path, asked, fields);
    let unit = fields.choice(&format!("{path}.unit"), &written.unit, asked);
    let out_of_season = written.out_of_season.as_ref();
    let out_of_season = out_of_season.and_then(|_| {
        fields.word(&format!("{path}.out-of-season"), &written.out_of_season, asked.near)
    });
    let close =
        if unit == Some(Choice::Fixed(Unit::Hour)) { Close::Exact } else { Close::Midnight };
    let rule = PeriodRule {
        owner,
        kept_by_recipient: written.kept_by_recipient.as_ref().is_some_and(|field| field.value),
        triggers,
        about: fields.kinds(&format!("{path}.about"), written.about.as_ref()),
        from: fields.institutions(&format!("{path}.from"), written.from.as_ref()),
        to: fields.institutions(&format!("{path}.to"), written.to.as_ref()),
        tie: tie?,
        occurrence: or_fixed(
            Occurrence::Last,
            &written.occurrence,
            &format!("{path}.occurrence"),
            asked,
            fields,
        )?,
        on: fields.choice(&format!("{path}.on"), &written.on, asked)?,
        measures,
        measures_from: fields.institutions(&format!("{path}.measures-from"), from),
        length: length?,
        unit: unit?,
        out_of_season,
        starts: or_fixed(
            Start::DayAfter,
            &written.starts,
            &format!("{path}.starts"),
            asked,
            fields,
        )?,
        closes: or_fixed(close, &written.closes, &format!("{path}.closes"), asked, fields)?,
        rolls: or_fixed(Roll::Never, &written.rolls, &format!("{path}.rolls"), asked, fields)?,
        late_closures: or_fixed(
            LateClosures::Count,
            &written.late_closures,
            &format!("{path}.late-closures"),
            asked,
            fields,
        )?,
        outages: or_fixed(
            OutageEffect::None,
            &written.outages,
            &format!("{path}.outages"),
            asked,
            fields,
        )?,
        accepts: accepts(written, path, asked, fields),
        pause: pause(written, path, asked, fields),
    };
    hours_are_exact(&rule, written, path, asked, fields);
    Some(rule)
}

/// Whose outages count.
fn accepts(
    written: &WrittenPeriod,
    path: &str,
    asked: &Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Vec<OutageSource> {
    let Some(field) = &written.accepts else { return ACCEPTED.to_vec() };
    let path = format!("{path}.accepts");
    let sources = fields.words(&path, field, asked.near);
    if field.value.is_empty() {
        let what = "accepts no outage: write `outages = \"none\"` instead";
        fields.wrong_near(field.at, asked.near, &path, "missing", what);
    }
    sources
}

/// A choice, or the usual one where the text says nothing.
fn or_fixed<T: Word>(
    usual: T,
    line: &Line,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<Choice<T>> {
    if line.is_none() { Some(Choice::Fixed(usual)) } else { fields.choice(path, line, asked) }
}

fn tie(
    written: &WrittenPeriod,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<Tie> {
    let path = format!("{path}.tie");
    match or_fixed(Tie::Case, &written.tie, &path, asked, fields)? {
        Choice::Fixed(tie) => Some(tie),
        Choice::Switch(_) => {
            let at = written.tie.as_ref().and_then(|field| field.at);
            let what = "how a trigger is found is not open to readings: give a word";
            fields.wrong(at, &path, "fixed", what);
            None
        }
    }
}

fn triggers(
    written: &WrittenPeriod,
    path: &str,
    asked: &Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Vec<TriggerKind> {
    let path = format!("{path}.triggers");
    let at = written.triggers.as_ref().and_then(|field| field.at);
    let mut triggers = Vec::new();
    for name in written.triggers.iter().flat_map(|field| &field.value) {
        match (name.as_str(), filing_kind_of_name(name)) {
            (POLLING, _) => triggers.push(TriggerKind::Polling),
            (_, Some(kind)) => triggers.push(TriggerKind::Filing(kind)),
            (_, None) => {
                let what = format!("{name:?} is neither a kind of filing nor {POLLING:?}");
                fields.wrong(at, &path, "unknown-kind", what);
            }
        }
    }
    if triggers.is_empty() {
        fields.wrong_near(at, asked.near, &path, "missing", "nothing sets the period going");
    }
    triggers
}

fn length(
    written: &WrittenPeriod,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<Length> {
    let path = format!("{path}.length");
    let Some(field) = &written.length else {
        fields.wrong_near(None, asked.near, &path, "missing", "must be given");
        return None;
    };
    let fits = |length: u32| (1..=LENGTH_MAX).contains(&length);
    let what = match &field.value {
        WrittenLength::Number(length) if fits(*length) => return Some(Length::Fixed(*length)),
        WrittenLength::Number(length) => format!("{length} is not 1 to {LENGTH_MAX}"),
        WrittenLength::Word(word) if word == CALL_IN => {
            let hours = written.unit.as_ref().is_some_and(|unit| unit.value == Unit::Hour.word());
            let about = written.about.as_ref().is_some_and(|about| !about.value.is_empty());
            if hours && about {
                return Some(Length::CallIn);
            }
            format!("{CALL_IN:?} is a length in hours, of a trigger with `about`")
        }
        WrittenLength::Word(word) => {
            if let Some(name) = word.strip_prefix('?') {
                let fits = |word: &str| word.parse().is_ok_and(fits);
                let wanted = format!("1 to {LENGTH_MAX}");
                let key = fields.switch(&path, field.at, name, asked, fits, &wanted);
                return key.map(Length::Switch);
            }
            format!("{word:?} is no number, no switch and not {CALL_IN:?}")
        }
    };
    fields.wrong_near(field.at, asked.near, &path, "range", what);
    None
}

fn pause(
    written: &WrittenPeriod,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<PauseRule> {
    let by = fields.kinds(&format!("{path}.paused-by"), written.paused_by.as_ref());
    let until = fields.kinds(&format!("{path}.paused-until"), written.paused_until.as_ref());
    if by.is_empty() != until.is_empty() {
        let what = "`paused-by` and `paused-until` go together";
        fields.wrong_near(None, asked.near, &format!("{path}.paused-by"), "pause", what);
    }
    if by.is_empty() {
        return None;
    }
    let effect = or_fixed(
        PauseEffect::None,
        &written.pause_effect,
        &format!("{path}.pause-effect"),
        asked,
        fields,
    )?;
    Some(PauseRule { by, until, effect })
}

/// Hours run to the instant; days do not.
fn hours_are_exact(
    rule: &PeriodRule,
    written: &WrittenPeriod,
    path: &str,
    asked: &Asked<'_>,
    fields: &mut Fields<'_, '_>,
) {
    let hours = rule.unit == Choice::Fixed(Unit::Hour);
    let exact = rule.closes == Choice::Fixed(Close::Exact);
    let rolls = rule.rolls != Choice::Fixed(Roll::Never);
    if hours != exact || (hours && rolls) {
        let at = written.closes.as_ref().or(written.rolls.as_ref()).and_then(|field| field.at);
        let what = "hours close exactly and never roll, and only hours do";
        fields.wrong_near(at, asked.near, &format!("{path}.closes"), "hours", what);
    }
}
