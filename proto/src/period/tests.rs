//! Counting, by hand-made calendars, foreign vectors and properties.

use std::path::Path;

use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

use super::*;
use crate::v1::DayPart;

const SUNDAY_TO_THURSDAY: [Weekday; 5] =
    [Weekday::Sunday, Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday];

/// Offices work from 8 to 15, Sunday to Thursday, Baghdad time; the days around November 2025 are
/// known, but for what tests add.
fn baghdad() -> Calendar {
    let week = Week {
        from: date(2020, 1, 1),
        until: None,
        works: SUNDAY_TO_THURSDAY.to_vec(),
        opens: 480,
        closes: 900,
    };
    let mut calendar = Calendar::new("Asia/Baghdad", vec![week]).unwrap();
    calendar.cover(date(2025, 10, 1), date(2026, 3, 31));
    calendar
}

fn holiday(announced_ms: i64) -> Special {
    Special { working: false, closes: None, name: None, announced_ms, leaf: 7 }
}

/// Three calendar days from the day after, to the end of office hours, rolled.
const WINDOW: Counting = Counting {
    length: 3,
    unit: Unit::CalendarDay,
    start: Start::DayAfter,
    close: Close::OfficeHours,
    roll: Roll::NextWorkingDay,
    late_closures: LateClosures::Count,
    outages: OutageEffect::None,
};

/// Ten working days.
const RULING: Counting =
    Counting { length: 10, unit: Unit::WorkingDay, roll: Roll::Never, ..WINDOW };

fn at(day: Date) -> Trigger {
    Trigger { day, instant_ms: baghdad().midnight(day).unwrap() }
}

fn on(text: &str) -> i64 {
    text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

fn fixed(outcome: &Outcome) -> (Date, i64) {
    match outcome.end {
        End::Fixed { last_day, deadline_ms } => (last_day, deadline_ms),
        ref other => panic!("{other:?}"),
    }
}

fn parts(outcome: &Outcome) -> Vec<(i8, DayPart)> {
    outcome.days.iter().map(|counted| (counted.day.day(), counted.part)).collect()
}

#[test]
fn the_day_of_the_trigger_is_not_counted_and_hours_end_the_last_day() {
    let outcome = count(&WINDOW, at(date(2025, 11, 17)), &baghdad(), &[], &[]);
    assert_eq!(fixed(&outcome), (date(2025, 11, 20), on("2025-11-20T15:00:00+03:00")));
    let parts = parts(&outcome);
    assert_eq!(parts[0], (17, DayPart::Trigger));
    assert!(parts[1..].iter().all(|(_, part)| *part == DayPart::Counted));
}

#[test]
fn a_period_that_ends_on_a_day_off_ends_on_the_next_working_day() {
    let outcome = count(&WINDOW, at(date(2025, 11, 19)), &baghdad(), &[], &[]);
    assert_eq!(fixed(&outcome), (date(2025, 11, 23), on("2025-11-23T15:00:00+03:00")));
    let expected = [
        (19, DayPart::Trigger),
        (20, DayPart::Counted),
        (21, DayPart::Counted),
        (22, DayPart::Counted),
        (23, DayPart::RolledTo),
    ];
    assert_eq!(parts(&outcome), expected);
    let stays = count(
        &Counting { roll: Roll::Never, ..WINDOW },
        at(date(2025, 11, 19)),
        &baghdad(),
        &[],
        &[],
    );
    assert_eq!(fixed(&stays).0, date(2025, 11, 22));
}

#[test]
fn working_days_pass_over_days_off() {
    let outcome = count(&RULING, at(date(2025, 12, 1)), &baghdad(), &[], &[]);
    assert_eq!(fixed(&outcome).0, date(2025, 12, 15));
    let passed = parts(&outcome).iter().filter(|(_, part)| *part == DayPart::PassedOver).count();
    assert_eq!(passed, 4);
}

#[test]
fn a_closure_announced_in_between_counts_or_not_and_is_shown() {
    let mut calendar = baghdad();
    calendar.set(date(2025, 11, 20), holiday(on("2025-11-19T12:00:00+03:00")));
    let rolled = count(&WINDOW, at(date(2025, 11, 17)), &calendar, &[], &[]);
    assert_eq!(fixed(&rolled).0, date(2025, 11, 23));
    let closed = rolled.days.iter().find(|counted| counted.day.day() == 20).unwrap();
    assert!(closed.announced_late);
    assert_eq!(closed.kind, Some(Day::Closed));

    let strict = Counting { late_closures: LateClosures::Ignored, ..WINDOW };
    let stays = count(&strict, at(date(2025, 11, 17)), &calendar, &[], &[]);
    assert_eq!(fixed(&stays).0, date(2025, 11, 20));
    // Announced before the period began, it counts under both.
    calendar.set(date(2025, 11, 20), holiday(on("2025-11-01T12:00:00+03:00")));
    let rolled = count(&strict, at(date(2025, 11, 17)), &calendar, &[], &[]);
    assert_eq!(fixed(&rolled).0, date(2025, 11, 23));
}

#[test]
fn a_day_that_no_calendar_knows_ends_the_count() {
    let edge = at(date(2026, 3, 29));
    let End::UnknownDay { day, remaining } = count(&RULING, edge, &baghdad(), &[], &[]).end else {
        panic!("decided")
    };
    assert_eq!((day, remaining), (date(2026, 4, 1), 8));
    // Whether the last day is a day off is not known either.
    let end = count(&WINDOW, edge, &baghdad(), &[], &[]).end;
    assert_eq!(end, End::UnknownDay { day: date(2026, 4, 1), remaining: 0 });
    // Nothing is asked of a calendar when nothing depends on it.
    let plain = Counting { roll: Roll::Never, close: Close::Midnight, ..WINDOW };
    let outcome = count(&plain, edge, &baghdad(), &[], &[]);
    assert_eq!(fixed(&outcome), (date(2026, 4, 1), on("2026-04-01T23:59:59.999+03:00")));
}

#[test]
fn a_short_working_day_and_a_working_friday_are_used_as_they_are() {
    let mut calendar = baghdad();
    let special = |working, closes| Special { working, closes, ..holiday(0) };
    calendar.set(date(2025, 11, 20), special(true, Some(720)));
    let early = count(&WINDOW, at(date(2025, 11, 17)), &calendar, &[], &[]);
    assert_eq!(fixed(&early).1, on("2025-11-20T12:00:00+03:00"));
    calendar.set(date(2025, 11, 21), special(true, None));
    let friday = count(&WINDOW, at(date(2025, 11, 18)), &calendar, &[], &[]);
    assert_eq!(fixed(&friday).0, date(2025, 11, 21));
}

#[test]
fn a_period_stands_still_from_the_act_to_its_answer() {
    let pause = Pause { from: at(date(2025, 11, 26)), until: Some(at(date(2025, 11, 30))) };
    let days = Counting { roll: Roll::Never, ..WINDOW };
    let days = Counting { length: 10, ..days };
    let through = count(&days, at(date(2025, 11, 24)), &baghdad(), &[], &[]);
    assert_eq!(fixed(&through).0, date(2025, 12, 4));
    let paused = count(&days, at(date(2025, 11, 24)), &baghdad(), &[pause], &[]);
    assert_eq!(fixed(&paused).0, date(2025, 12, 8), "four days stood still: 27 to 30");
    let suspended: Vec<_> =
        parts(&paused).into_iter().filter(|(_, part)| *part == DayPart::Suspended).collect();
    assert_eq!(suspended.len(), 4);
    let open = Pause { until: None, ..pause };
    let end = count(&days, at(date(2025, 11, 24)), &baghdad(), &[open], &[]).end;
    assert_eq!(end, End::Suspended { remaining: 8 });
}

#[test]
fn hours_run_from_the_instant_and_stand_still_between_instants() {
    let trigger = Trigger { day: date(2025, 11, 17), instant_ms: on("2025-11-17T14:00:00+03:00") };
    let hours =
        Counting { length: 48, unit: Unit::Hour, close: Close::Exact, roll: Roll::Never, ..WINDOW };
    let outcome = count(&hours, trigger, &baghdad(), &[], &[]);
    assert_eq!(fixed(&outcome), (date(2025, 11, 19), on("2025-11-19T14:00:00+03:00")));
    let moment = |text| Trigger { day: date(2025, 11, 18), instant_ms: on(text) };
    let pause = Pause {
        from: moment("2025-11-18T10:00:00+03:00"),
        until: Some(moment("2025-11-18T16:30:00+03:00")),
    };
    let outcome = count(&hours, trigger, &baghdad(), &[pause], &[]);
    assert_eq!(fixed(&outcome).1, on("2025-11-19T20:30:00+03:00"));
    let open = Pause { until: None, ..pause };
    let end = count(&hours, trigger, &baghdad(), &[open], &[]).end;
    assert_eq!(end, End::Suspended { remaining: 28 });
}

#[test]
fn an_outage_in_the_last_days_hours_moves_the_end_where_the_rule_says_so() {
    let down = |from, until| Down { from_ms: on(from), until_ms: on(until) };
    let late = down("2025-11-20T14:00:00+03:00", "2025-11-20T18:00:00+03:00");
    let long = down("2025-11-20T14:00:00+03:00", "2025-11-23T08:30:00+03:00");
    let night = down("2025-11-20T15:00:00+03:00", "2025-11-23T08:00:00+03:00");
    let moved = Counting { outages: OutageEffect::NextWorkingDay, ..WINDOW };
    let last = |counting: &Counting, down: Down| {
        fixed(&count(counting, at(date(2025, 11, 17)), &baghdad(), &[], &[down])).0
    };
    assert_eq!(last(&WINDOW, late), date(2025, 11, 20), "the rule does not accept it");
    assert_eq!(last(&moved, late), date(2025, 11, 23), "Friday and Saturday are days off");
    assert_eq!(last(&moved, long), date(2025, 11, 24), "still down on Sunday morning");
    assert_eq!(last(&moved, night), date(2025, 11, 20), "outside office hours");
}

#[test]
fn an_unknown_zone_is_refused() {
    let error = Calendar::new("Mars/Olympus", Vec::new()).unwrap_err();
    assert!(error.to_string().contains("Mars/Olympus"));
}

/// Lines of a vector file, without its heading; `None` when the samples are not there.
fn vectors(name: &str) -> Option<Vec<Vec<String>>> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples/9-periods");
    let Ok(text) = std::fs::read_to_string(samples.join(name)) else {
        println!("skipped: samples not present ({name})");
        return None;
    };
    let cells = |line: &str| line.split(';').map(|cell| cell.trim().to_owned()).collect();
    Some(text.lines().skip(1).map(cells).collect())
}

/// `[1 years, 2 months, 3 days]`.
fn span(text: &str) -> (u32, u32) {
    let numbers: Vec<u32> = text
        .split(|other: char| !other.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    let [years, months, days] = numbers[..] else { panic!("{text}") };
    (years * 12 + months, days)
}

#[test]
fn foreign_vectors_of_exact_sums() {
    let Some(lines) = vectors("exact_computations.csv") else { return };
    assert!(lines.len() > 15);
    for line in lines {
        let from: Date = line[0].parse().unwrap();
        let (months, days) = span(&line[1]);
        let expected: Date = line[2].parse().unwrap();
        if months > 0 {
            assert_eq!(add_months(from, months), MonthSum::Day(expected), "{line:?}");
        } else {
            let counting =
                Counting { length: days, roll: Roll::Never, close: Close::Midnight, ..WINDOW };
            let trigger = Trigger { day: from, instant_ms: 0 };
            let outcome = count(&counting, trigger, &baghdad(), &[], &[]);
            assert_eq!(fixed(&outcome).0, expected, "{line:?}");
        }
    }
}

#[test]
fn foreign_vectors_of_sums_that_nobody_may_round() {
    let Some(lines) = vectors("ambiguous_computations.csv") else { return };
    assert!(lines.len() > 10);
    for line in lines {
        let from: Date = line[0].parse().unwrap();
        let (months, _) = span(&line[1]);
        let (later, earlier) = (line[2].parse().unwrap(), line[3].parse().unwrap());
        assert_eq!(add_months(from, months), MonthSum::Between { earlier, later }, "{line:?}");
        let counting = Counting { length: months, unit: Unit::Month, ..WINDOW };
        let trigger = Trigger { day: from, instant_ms: 0 };
        let end = count(&counting, trigger, &baghdad(), &[], &[]).end;
        assert_eq!(end, End::Ambiguous { earlier, later }, "{line:?}");
    }
}

#[test]
fn foreign_vectors_of_first_and_last_days_of_months() {
    let Some(lines) = vectors("first_last_day_of_month.csv") else { return };
    for line in lines {
        let day: Date = line[0].parse().unwrap();
        assert_eq!(day.first_of_month().to_string(), line[1]);
        assert_eq!(day.last_of_month().to_string(), line[2]);
    }
}

fn unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::CalendarDay), Just(Unit::WorkingDay)]
}

fn roll() -> impl Strategy<Value = Roll> {
    prop_oneof![Just(Roll::NextWorkingDay), Just(Roll::Never)]
}

prop_compose! {
    fn counting()(length in 1u32..15, unit in unit(), roll in roll(), strict in any::<bool>(),
                  same_day in any::<bool>()) -> Counting {
        Counting {
            length,
            unit,
            roll,
            late_closures: if strict { LateClosures::Ignored } else { LateClosures::Count },
            start: if same_day { Start::SameDay } else { Start::DayAfter },
            ..WINDOW
        }
    }
}

fn some_day() -> impl Strategy<Value = Date> {
    (0i64..60).prop_map(|days| date(2025, 10, 1).checked_add(jiff::Span::new().days(days)).unwrap())
}

proptest! {
    #[test]
    fn a_later_trigger_never_ends_earlier(
        counting in counting(), one in some_day(), two in some_day(), off in some_day(),
    ) {
        let mut calendar = baghdad();
        calendar.set(off, holiday(0));
        let (early, late) = (one.min(two), one.max(two));
        let end = |day| fixed(&count(&counting, at(day), &calendar, &[], &[])).1;
        prop_assert!(end(early) <= end(late));
    }

    #[test]
    fn another_holiday_never_ends_earlier(
        counting in counting(), day in some_day(), off in some_day(), announced in some_day(),
    ) {
        let before = fixed(&count(&counting, at(day), &baghdad(), &[], &[])).1;
        let mut calendar = baghdad();
        calendar.set(off, holiday(at(announced).instant_ms));
        let after = fixed(&count(&counting, at(day), &calendar, &[], &[])).1;
        prop_assert!(before <= after);
    }

    #[test]
    fn a_pause_never_ends_earlier(
        counting in counting(), day in some_day(), one in some_day(), two in some_day(),
    ) {
        let (from, until) = (at(one.min(two)), at(one.max(two)));
        let pause = Pause { from, until: Some(until) };
        let through = fixed(&count(&counting, at(day), &baghdad(), &[], &[])).1;
        let paused = fixed(&count(&counting, at(day), &baghdad(), &[pause], &[])).1;
        prop_assert!(through <= paused);
    }

    #[test]
    fn an_outage_never_ends_earlier(counting in counting(), day in some_day(), hour in 0i64..400) {
        let counting = Counting { outages: OutageEffect::NextWorkingDay, ..counting };
        let from_ms = at(day).instant_ms + hour * 3_600_000;
        let down = Down { from_ms, until_ms: from_ms + 7_200_000 };
        let through = fixed(&count(&counting, at(day), &baghdad(), &[], &[])).1;
        let after = fixed(&count(&counting, at(day), &baghdad(), &[], &[down])).1;
        prop_assert!(through <= after);
    }

    #[test]
    fn every_day_is_listed_once_and_in_order(counting in counting(), day in some_day()) {
        let outcome = count(&counting, at(day), &baghdad(), &[], &[]);
        let days: Vec<Date> = outcome.days.iter().map(|counted| counted.day).collect();
        let next = |pair: &[Date]| pair[0].tomorrow().ok() == Some(pair[1]);
        prop_assert!(days.windows(2).all(next));
        prop_assert_eq!(days.last().copied(), Some(fixed(&outcome).0));
        let counted = outcome.days.iter().filter(|one| one.part == DayPart::Counted);
        let numbers: Vec<u32> = counted.map(|one| one.number).collect();
        prop_assert_eq!(numbers, (1..=counting.length).collect::<Vec<_>>());
    }

    #[test]
    fn a_looser_rule_never_ends_earlier(counting in counting(), day in some_day()) {
        let end = |counting: &Counting| fixed(&count(counting, at(day), &baghdad(), &[], &[])).1;
        let never = Counting { roll: Roll::Never, ..counting };
        let loose = Counting { roll: Roll::NextWorkingDay, ..counting };
        prop_assert!(end(&never) <= end(&loose));
        let calendar = Counting { unit: Unit::CalendarDay, ..counting };
        let working = Counting { unit: Unit::WorkingDay, ..counting };
        prop_assert!(end(&calendar) <= end(&working));
        let midnight = Counting { close: Close::Midnight, ..counting };
        prop_assert!(end(&counting) <= end(&midnight));
    }
}
