//! What the network agrees on about law, time and offices.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self};

use crate::model::place::Checker;

/// Most days or offices in one calendar or directory.
const DAYS_MAX: usize = 4_096;

/// Most changes of seats in one filing: a body is replaced as a whole, and terms are corrected.
const CHANGES_MAX: usize = 256;

/// Checks a content of this family. `false`: it is of another family.
pub(super) fn check(checker: &mut Checker, content: &Content) -> bool {
    match content {
        Content::RuleSetPublished(rules) => {
            checker.needed_line("rule_set_id", &rules.rule_set_id);
            checker.digest("sha256", &rules.sha256);
            checker.date("effective_from", rules.effective_from.as_ref());
        }
        Content::HolidayCalendar(calendar) => holidays(checker, calendar),
        Content::OfficeDirectory(directory) => {
            checker.each("offices", &directory.offices, DAYS_MAX, |checker, office| {
                checker.needed_line("office", &office.office);
                checker.needed_line("time_zone", &office.time_zone);
            });
        }
        Content::MembershipChanged(change) => seats(checker, change),
        Content::OutageReported(report) => {
            checker.needed("outage", report.outage.as_ref(), |checker, outage| {
                if outage.scope() != v1::OutageScope::Link {
                    let what = "an office speaks for its own link: OUTAGE_SCOPE_LINK";
                    checker.wrong("scope", "scope", what);
                }
                if outage.from_unix_ms <= 0 || outage.until_unix_ms <= outage.from_unix_ms {
                    checker.wrong("until_unix_ms", "order", "an outage ends after it began");
                }
            });
            checker.line("cause", &report.cause);
        }
        _ => return false,
    }
    true
}

fn holidays(checker: &mut Checker, calendar: &v1::HolidayCalendar) {
    checker.each("offices", &calendar.offices, DAYS_MAX, |checker, office| {
        checker.needed_line("institution", &office.institution);
        checker.needed_line("office", &office.office);
    });
    checker.each("holidays", &calendar.holidays, DAYS_MAX, |checker, holiday| {
        checker.needed("day", holiday.day.as_ref(), |_, _| {});
        checker.date("day", holiday.day.as_ref());
        checker.needed_text("name", holiday.name.as_ref());
        checker.line("citation", &holiday.citation);
        if holiday.announced_at_unix_ms < 0 {
            checker.wrong("announced_at_unix_ms", "negative", "is before 1970");
        }
        if holiday.closes_at_minute > 1_440 {
            checker.wrong("closes_at_minute", "range", "a day has 1,440 minutes");
        }
        if holiday.closes_at_minute > 0 && !holiday.working {
            checker.wrong("closes_at_minute", "closed", "an office that is closed does not close");
        }
    });
    checker.date("covers_from", calendar.covers_from.as_ref());
    checker.date("covers_until", calendar.covers_until.as_ref());
    let day = |date: v1::CivilDate| (date.year, date.month, date.day);
    match (calendar.covers_from.map(day), calendar.covers_until.map(day)) {
        (Some(from), Some(until)) if from <= until => {}
        (None, None) if !calendar.holidays.is_empty() => {}
        (None, None) => checker.wrong("holidays", "missing", "the calendar says nothing"),
        _ => {
            let what = "what a calendar covers has a first day and a last day behind it";
            checker.wrong("covers_until", "order", what);
        }
    }
}

fn seats(checker: &mut Checker, change: &v1::MembershipChanged) {
    checker.identifier("body", &change.body, 32);
    checker.maybe("act", change.act.as_ref(), |_, _| {});
    if change.changes.is_empty() {
        checker.wrong("changes", "missing", "nothing changes");
    }
    checker.each("changes", &change.changes, CHANGES_MAX, |checker, seat| {
        if seat.seat == 0 {
            checker.wrong("seat", "missing", "seats are numbered from 1");
        }
        checker.known::<v1::SeatAction>("action", seat.action);
        checker.identifier("member_id", &seat.member_id, 64);
        checker.line("name", &seat.name);
        checker.needed("effective_from", seat.effective_from.as_ref(), |_, _| {});
        checker.date("effective_from", seat.effective_from.as_ref());
        checker.date("term_until", seat.term_until.as_ref());
        checker.line("profession", &seat.profession);
        checker.known_or_none::<v1::Sex>("sex", seat.sex);
        checker.text("cause", seat.cause.as_ref());
    });
}
