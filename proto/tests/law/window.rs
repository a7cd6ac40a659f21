//! The window of scenario B: decision 214, published on 17, 18 and 19 November 2025.

use barid_proto::v1::AssessmentFinding;

use crate::fixture::{Case, finding, stamped};

const BASRA: (&str, &str) = ("ihec", "geo-bas");

fn scenario_b() -> Case {
    let mut case = Case::under("IQ-L11-2007").with_calendar("ihec", "2025-11-01", "2025-12-31");
    case.published("2025-11-17", "2025-11-19");
    case
}

#[test]
fn each_reading_of_the_window_has_its_own_end() {
    // Rule: IQ-L11-2007 appeal-window
    let mut case = scenario_b();
    let appeal = case.appeal(BASRA, "2025-11-23T14:10");
    let timely = case.timeliness(&appeal, "appeal-window");
    let end = |settings: &[(&str, &str)]| case.under_setting(&timely, settings);
    let (first, last) = (("A1", "first-publication-day"), ("A1", "last-publication-day"));
    let working = ("A3-unit", "working-day");
    assert_eq!(end(&[first]), "2025-11-20 15:00");
    assert_eq!(end(&[last]), "2025-11-23 15:00", "the 22nd is a Saturday");
    assert_eq!(end(&[last, ("A3-roll", "never")]), "2025-11-22 15:00");
    assert_eq!(end(&[last, working]), "2025-11-24 15:00");
    assert_eq!(end(&[first, working]), "2025-11-20 15:00");
    assert_eq!(end(&[last, working, ("A3-close", "midnight")]), "2025-11-24 24:00");
    assert_eq!(case.preferred(&timely), "2025-11-23 15:00");
}

#[test]
fn an_appeal_between_the_readings_is_contested_and_says_which_is_preferred() {
    // Rule: IQ-L11-2007 appeal-window
    let mut case = scenario_b();
    let appeal = case.appeal(BASRA, "2025-11-23T14:10");
    let timely = case.timeliness(&appeal, "appeal-window");
    assert_eq!(finding(&timely), AssessmentFinding::Contested);
    let preferred = timely.readings.first().expect("a reading");
    assert_eq!(preferred.conclusion, "on-time");
    let first = case.reading(&timely, &[("A1", "first-publication-day")]);
    assert_eq!(first.conclusion, "late");
    assert_eq!(timely.article, "8-V");
    assert_eq!(timely.rule_set_id, "IQ-L11-2007/1");
    let frame = timely.frame.expect("a frame");
    assert_eq!(frame.trigger, "publication-certificate");
    assert_eq!(frame.trigger_leaf, Some(1));
    assert_eq!(timely.leaves, [0, 1], "the calendar and the certificate");
}

#[test]
fn what_is_early_under_all_readings_is_in_order_and_what_is_late_under_all_is_not() {
    // Rule: IQ-L11-2007 appeal-window
    let mut case = scenario_b();
    for (when, expected) in [
        ("2025-11-17T09:00", AssessmentFinding::InOrder),
        ("2025-11-20T15:00", AssessmentFinding::InOrder),
        ("2025-11-20T15:01", AssessmentFinding::Contested),
        ("2025-11-24T23:59", AssessmentFinding::Contested),
        ("2025-11-25T00:00", AssessmentFinding::OutOfOrder),
    ] {
        let appeal = case.appeal(BASRA, when);
        assert_eq!(finding(&case.timeliness(&appeal, "appeal-window")), expected, "{when}");
    }
}

#[test]
fn the_last_instant_of_the_window_is_within_it() {
    // Rule: IQ-L31-2019 appeal-window
    let mut case = Case::under("IQ-L31-2019").with_calendar("ihec", "2025-11-01", "2025-12-31");
    case.published("2025-11-16", "2025-11-16");
    let appeal = case.appeal(BASRA, "2025-11-19T14:00");
    let deadline = case.instant("2025-11-19T15:00");
    for (late_ms, conclusion) in [(-1, "on-time"), (0, "on-time"), (1, "late")] {
        let appeal = stamped(appeal.clone(), BASRA, deadline + late_ms);
        let timely = case.timeliness(&appeal, "appeal-window");
        assert_eq!(case.preferred(&timely), "2025-11-19 15:00", "published on Sunday the 16th");
        assert_eq!(timely.readings.first().expect("a reading").conclusion, conclusion);
    }
}

#[test]
fn the_stamp_of_the_first_office_counts_and_not_when_the_hub_got_it() {
    // Rule: IQ-L11-2007 any-office
    // Rule: IQ-L31-2019 any-office
    for law in ["IQ-L11-2007", "IQ-L31-2019"] {
        let mut case = Case::under(law).with_calendar("ihec", "2025-11-01", "2025-12-31");
        case.published("2025-11-16", "2025-11-16");
        let sent = case.appeal(("ihec", "national"), "2025-11-22T20:00");
        let late = case.timeliness(&sent, "appeal-window");
        assert_eq!(late.readings.first().expect("a reading").conclusion, "late", "{law}");
        let when = case.instant("2025-11-18T11:00");
        let timely = case.timeliness(&stamped(sent, BASRA, when), "appeal-window");
        assert_eq!(finding(&timely), AssessmentFinding::InOrder, "{law}");
        let frame = timely.frame.expect("a frame");
        assert_eq!(frame.office.expect("an office").office, "geo-bas", "its calendar counts");
        assert_eq!(frame.measured_unix_ms, when);
    }
}

#[test]
fn a_late_appeal_is_assessed_like_any_other_and_never_refused() {
    // Rule: IQ-L31-2019 appeal-window
    // Rule: IQ-L31-2019 exclusion-appeals
    let mut case = Case::under("IQ-L31-2019").with_calendar("ihec", "2025-10-01", "2025-12-31");
    // An exclusion: published on Wednesday 29 October, the third day is a Saturday.
    case.published("2025-10-29", "2025-10-29");
    let appeal = case.appeal(("ejp", "registry"), "2025-11-09T09:00");
    let late = case.timeliness(&appeal, "appeal-window");
    assert_eq!(finding(&late), AssessmentFinding::Undecided, "the panel has filed no calendar");
    let appeal = case.appeal(BASRA, "2025-11-09T09:00");
    let late = case.timeliness(&appeal, "appeal-window");
    assert_eq!(finding(&late), AssessmentFinding::OutOfOrder);
    assert_eq!(case.preferred(&late), "2025-11-02 15:00");
    assert!(late.readings.iter().all(|reading| reading.conclusion == "late"));
}

#[test]
fn without_a_certificate_nothing_says_when_the_window_opened() {
    // Rule: IQ-L31-2019 appeal-window
    let mut case = Case::under("IQ-L31-2019").with_calendar("ihec", "2025-11-01", "2025-12-31");
    let appeal = case.appeal(BASRA, "2025-11-19T14:00");
    let open = case.timeliness(&appeal, "appeal-window");
    assert_eq!(finding(&open), AssessmentFinding::Undecided);
    assert!(open.readings.iter().all(|reading| reading.conclusion == "trigger-unknown"));
}

#[test]
fn days_that_no_calendar_knows_are_named_and_nothing_is_assumed() {
    // Rule: IQ-L11-2007 appeal-window
    let mut case = Case::under("IQ-L11-2007").with_calendar("ihec", "2025-11-01", "2025-11-21");
    case.published("2025-11-17", "2025-11-19");
    let appeal = case.appeal(BASRA, "2025-11-20T10:00");
    let open = case.timeliness(&appeal, "appeal-window");
    assert_eq!(finding(&open), AssessmentFinding::Undecided);
    assert_eq!(case.preferred(&open), "no calendar for 2025-11-22");
    assert_eq!(open.readings.first().expect("a reading").conclusion, "no-calendar");
    let first = case.under_setting(&open, &[("A1", "first-publication-day")]);
    assert_eq!(first, "2025-11-20 15:00", "what is known is said");
}
