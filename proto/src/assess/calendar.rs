//! The calendar of an office, from the weekly hours of the rule set and the calendars in the log.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Act, Law};
use crate::period::{Calendar, Special};
use crate::rules::RuleSet;
use crate::v1::filing_content::Content;
use crate::v1::{Address, CalendarVersion, CivilDate, HolidayCalendar};

/// The calendar of an office, and the filings it was made from.
pub(super) struct OfficeCalendar {
    pub(super) calendar: Calendar,
    pub(super) versions: Vec<CalendarVersion>,
}

/// The calendar of an office as the log has it. `None`: the rule set's time zone is unknown here,
/// which one that was parsed with the same time zone database never leads to.
pub(super) fn of_office(law: &Law<'_>, subject: &Act, office: &Address) -> Option<OfficeCalendar> {
    let mut calendar = weekly(law.rules)?;
    let mut versions = Vec::new();
    // Those for all offices first, so that those for this one go before them.
    for own in [false, true] {
        for (act, content) in calendars(law, subject, &office.institution) {
            let named = content.offices.iter().any(|named| named.office == office.office);
            let for_all = content.offices.is_empty();
            if if own { !named } else { !for_all } {
                continue;
            }
            add(&mut calendar, act, content);
            let digest = act.digest.to_vec();
            versions.push(CalendarVersion { leaf_index: act.leaf, envelope_digest: digest });
        }
    }
    versions.sort_by_key(|version| version.leaf_index);
    Some(OfficeCalendar { calendar, versions })
}

/// The offices of an institution for which a calendar says something of its own.
#[must_use]
pub fn offices_named(law: &Law<'_>, subject: &Act, institution: &str) -> Vec<Address> {
    let calendars = calendars(law, subject, institution);
    let named = calendars.flat_map(|(_, content)| content.offices.iter());
    let offices: BTreeSet<&str> = named.map(|office| office.office.as_str()).collect();
    let address =
        |office: &str| Address { institution: institution.to_owned(), office: office.to_owned() };
    offices.into_iter().map(address).collect()
}

fn calendars<'a>(
    law: &Law<'a>,
    subject: &'a Act,
    institution: &'a str,
) -> impl Iterator<Item = (&'a Act, &'a HolidayCalendar)> {
    law.acts.for_subject(subject).filter_map(move |act| match &act.content {
        // An institution speaks for its own offices only.
        Some(Content::HolidayCalendar(content)) if act.institution() == institution => {
            Some((act, content))
        }
        _ => None,
    })
}

fn weekly(rules: &RuleSet) -> Option<Calendar> {
    Calendar::new(&rules.calendar.zone, rules.calendar.weeks.clone()).ok()
}

fn add(calendar: &mut Calendar, act: &Act, content: &HolidayCalendar) {
    let (from, until) = (content.covers_from.and_then(day), content.covers_until.and_then(day));
    if let (Some(from), Some(until)) = (from, until) {
        calendar.cover(from, until);
    }
    for holiday in &content.holidays {
        let Some(day) = holiday.day.and_then(day) else { continue };
        let announced = holiday.announced_at_unix_ms;
        let special = Special {
            working: holiday.working,
            closes: Some(holiday.closes_at_minute).filter(|minute| *minute > 0),
            name: holiday.name.clone(),
            // A calendar that does not say when was known when it was filed, and not before.
            announced_ms: if announced > 0 { announced } else { act.stamped_ms() },
            leaf: act.leaf,
        };
        calendar.set(day, special);
    }
}

/// A day of a message. `None`: there is no such day.
pub(super) fn day(written: CivilDate) -> Option<Date> {
    let year = i16::try_from(written.year).ok()?;
    Date::new(year, i8::try_from(written.month).ok()?, i8::try_from(written.day).ok()?).ok()
}

/// A day as a message has it.
pub(super) fn civil(day: Date) -> CivilDate {
    CivilDate { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}
