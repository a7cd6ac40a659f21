//! A governorate closes, and says so a day before.

use barid_proto::v1::{AssessmentFinding, DayPart};

use crate::fixture::{Case, finding};

const BASRA: (&str, &str) = ("ihec", "geo-bas");
const NINEVEH: (&str, &str) = ("ihec", "geo-nin");

/// Decision 214 was published on Wednesday 19 November; the window ends on Sunday the 23rd, and
/// Basra announced on the 22nd that its offices are closed on the 23rd.
fn basra_closes() -> (Case, u64) {
    let mut case = Case::under("IQ-L31-2019").with_calendar("ihec", "2025-11-01", "2025-12-31");
    case.published("2025-11-19", "2025-11-19");
    let closed = ("2025-11-23", "2025-11-22T18:00", "closed by the governorate");
    let leaf = case.calendar(BASRA, None, &[closed]);
    (case, leaf)
}

#[test]
fn the_window_moves_on_at_the_office_that_is_closed_and_nowhere_else() {
    // Rule: IQ-L31-2019 appeal-window
    let (mut case, _) = basra_closes();
    let basra = case.appeal(BASRA, "2025-11-24T10:00");
    assert_eq!(case.preferred(&case.timeliness(&basra, "appeal-window")), "2025-11-24 15:00");
    let nineveh = case.appeal(NINEVEH, "2025-11-24T10:00");
    assert_eq!(case.preferred(&case.timeliness(&nineveh, "appeal-window")), "2025-11-23 15:00");
}

#[test]
fn the_closure_is_shown_as_announced_late_with_its_calendar() {
    // Rule: IQ-L31-2019 appeal-window
    let (mut case, leaf) = basra_closes();
    let appeal = case.appeal(BASRA, "2025-11-24T10:00");
    let timely = case.timeliness(&appeal, "appeal-window");
    assert!(timely.leaves.contains(&leaf));
    let period = timely.readings.first().and_then(|one| one.period.clone()).expect("a period");
    let part = |day: i32| period.days.iter().find(|one| one.day.is_some_and(|d| d.day == day));
    let closed = part(23).expect("the 23rd is listed");
    assert_eq!(closed.part(), DayPart::Rolled);
    assert_eq!(closed.calendar_leaf, Some(leaf));
    assert!(closed.announced_late);
    assert!(closed.name.is_some());
    assert_eq!(part(24).expect("the 24th is listed").part(), DayPart::RolledTo);
}

#[test]
fn whoever_ignores_late_closures_reads_it_otherwise_and_so_it_is_contested() {
    // Rule: IQ-L31-2019 appeal-window
    let (mut case, _) = basra_closes();
    let appeal = case.appeal(BASRA, "2025-11-24T10:00");
    let timely = case.timeliness(&appeal, "appeal-window");
    assert_eq!(finding(&timely), AssessmentFinding::Contested);
    let ignored = case.reading(&timely, &[("A3-late", "ignored")]);
    assert_eq!(case.ends(ignored), "2025-11-23 15:00");
    assert_eq!(ignored.conclusion, "late");
    assert_eq!(timely.readings.first().expect("a reading").conclusion, "on-time");
}

#[test]
fn a_closure_that_was_announced_before_the_window_opened_is_not_late() {
    // Rule: IQ-L31-2019 appeal-window
    let mut case = Case::under("IQ-L31-2019").with_calendar("ihec", "2025-11-01", "2025-12-31");
    case.calendar(BASRA, None, &[("2025-11-23", "2025-11-18T10:00", "a feast of the governorate")]);
    case.published("2025-11-19", "2025-11-19");
    let appeal = case.appeal(BASRA, "2025-11-24T10:00");
    let timely = case.timeliness(&appeal, "appeal-window");
    for late in ["count", "ignored"] {
        let end = case.under_setting(&timely, &[("A3-late", late)]);
        assert_eq!(end, "2025-11-24 15:00", "{late}");
    }
}

#[test]
fn a_certificate_shows_each_office_whose_window_ends_elsewhere() {
    // Rule: IQ-L31-2019 appeal-window
    let mut case = Case::under("IQ-L31-2019").with_calendar("ihec", "2025-11-01", "2025-12-31");
    case.calendar(BASRA, None, &[("2025-11-23", "2025-11-18T10:00", "a feast of the governorate")]);
    case.calendar(NINEVEH, None, &[("2025-11-30", "2025-11-18T10:00", "another one")]);
    let certificate = case.published("2025-11-19", "2025-11-19");
    let opened = case.assess(&certificate);
    let opened: Vec<_> = opened.iter().filter(|one| one.rule == "appeal-window").collect();
    let told: Vec<(String, String)> = opened
        .iter()
        .map(|one| {
            let office = one.frame.as_ref().and_then(|frame| frame.office.clone());
            (office.unwrap_or_default().office, case.preferred(one))
        })
        .collect();
    let expected = [("", "2025-11-23 15:00"), ("geo-bas", "2025-11-24 15:00")];
    assert_eq!(told, expected.map(|(office, end)| (office.to_owned(), end.to_owned())));
}
