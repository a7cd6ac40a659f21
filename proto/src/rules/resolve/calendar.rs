//! Weekly hours: no gap, no overlap.

use jiff::civil::Weekday;

use super::super::WeeklyCalendar;
use super::super::written::{Line, WrittenCalendar, WrittenWeek};
use super::fields::Fields;
use crate::period::{Calendar, Week};

/// Days of the week as texts write them.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("sunday", Weekday::Sunday),
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
];

pub(super) fn weekly(
    written: Option<&WrittenCalendar>,
    fields: &mut Fields<'_, '_>,
) -> Option<WeeklyCalendar> {
    let Some(written) = written else {
        fields.wrong(None, "calendar", "missing", "a rule set gives a zone and weekly hours");
        return None;
    };
    let zone = fields.line("calendar.zone", &written.zone, None);
    if let Err(error) = Calendar::new(&zone, Vec::new()) {
        let at = written.zone.as_ref().and_then(|field| field.at);
        fields.wrong(at, "calendar.zone", "zone", error.to_string());
    }
    let weeks: Vec<Week> = written.week.iter().filter_map(|one| week(one, fields)).collect();
    if written.week.is_empty() {
        fields.wrong(None, "calendar.week", "missing", "no weekly hours are given");
    }
    for (pair, one) in weeks.windows(2).zip(written.week.iter().skip(1)) {
        let [earlier, later] = pair else { continue };
        let follows = earlier.until.and_then(|last| last.tomorrow().ok()) == Some(later.from);
        if !follows {
            let at = one.from.as_ref().and_then(|field| field.at);
            let what = "must begin on the day after the one before ends: no gap, no overlap";
            fields.wrong(at, "calendar.week.from", "overlap", what);
        }
    }
    Some(WeeklyCalendar { zone, weeks })
}

fn week(one: &WrittenWeek, fields: &mut Fields<'_, '_>) -> Option<Week> {
    let from = fields.needed_date("calendar.week.from", one.from.as_ref());
    let until = fields.date("calendar.week.until", one.until.as_ref());
    let works = works(one, fields);
    let opens = minute("calendar.week.opens", &one.opens, fields);
    let closes = minute("calendar.week.closes", &one.closes, fields);
    if let (Some(opens), Some(closes)) = (opens, closes)
        && closes <= opens
    {
        let at = one.closes.as_ref().and_then(|field| field.at);
        fields.wrong(at, "calendar.week.closes", "order", "offices close after they open");
    }
    Some(Week { from: from?, until, works, opens: opens?, closes: closes? })
}

fn works(one: &WrittenWeek, fields: &mut Fields<'_, '_>) -> Vec<Weekday> {
    let mut days = Vec::new();
    let at = one.works.as_ref().and_then(|field| field.at);
    for name in one.works.iter().flat_map(|field| &field.value) {
        match WEEKDAYS.iter().find(|(known, _)| known == name) {
            Some((_, day)) if !days.contains(day) => days.push(*day),
            Some(_) => fields.wrong(at, "calendar.week.works", "twice", format!("{name} twice")),
            None => {
                let what = format!("{name:?} is no day of the week in English");
                fields.wrong(at, "calendar.week.works", "unknown-word", what);
            }
        }
    }
    if days.is_empty() {
        fields.wrong(at, "calendar.week.works", "missing", "offices work on no day");
    }
    days
}

/// `15:00` as minutes after midnight.
fn minute(path: &str, line: &Line, fields: &mut Fields<'_, '_>) -> Option<u32> {
    let value = fields.line(path, line, None);
    let minute = value.split_once(':').and_then(|(hour, minute)| {
        let two = |text: &str| (text.len() == 2).then(|| text.parse::<u32>().ok()).flatten();
        let (hour, minute) = (two(hour)?, two(minute)?);
        let sum = hour * 60 + minute;
        (minute < 60 && sum <= 1_440).then_some(sum)
    });
    if minute.is_none() && !value.is_empty() {
        let at = line.as_ref().and_then(|field| field.at);
        fields.wrong(at, path, "time", format!("{value:?} is no time: write 15:00, up to 24:00"));
    }
    minute
}
