//! With the closures that were really announced: what the windows of five elections were, and what
//! a day off that is declared on the eve does.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{AssessmentFinding, ClockEffect, ComplaintRegistered, FilingKind};

use crate::fixture::{Case, finding};

#[test]
fn the_announced_last_days_fit_calendar_days_and_not_working_days() {
    // Rule: IQ-L31-2019 appeal-window
    // Published, the last day that was announced, and the third working day.
    for (published, announced, working) in [
        ("2021-10-11", "2021-10-14", "2021-10-14"),
        // The Prophet's birthday on the 18th, announced on the 13th, did not move the 19th.
        ("2021-10-16", "2021-10-19", "2021-10-20"),
        ("2023-12-28", "2023-12-31", "2024-01-03"),
        ("2024-10-30", "2024-11-03", "2024-11-04"),
        ("2025-11-17", "2025-11-20", "2025-11-20"),
    ] {
        let mut case = Case::under("IQ-L31-2019").with_announced("ihec");
        let certificate = case.published(published, published);
        let opened = case.assess(&certificate);
        let opened = opened.iter().find(|one| one.rule == "appeal-window").expect("a window");
        assert_eq!(case.preferred(opened), format!("{announced} 15:00"));
        let other = case.under_setting(opened, &[("A3-unit", "working-day")]);
        assert_eq!(other, format!("{working} 15:00"), "published {published}");
    }
}

#[test]
fn the_day_after_polling_was_declared_a_day_off_on_polling_day() {
    // Rule: IQ-REG10-2025 complaint-window
    let mut case = Case::under("IQ-REG10-2025").of_event("CoR-2025-6").with_announced("ihec");
    for (when, expected) in [
        ("2025-11-12T14:00", AssessmentFinding::InOrder),
        ("2025-11-13T10:00", AssessmentFinding::Contested),
        ("2025-11-13T15:01", AssessmentFinding::OutOfOrder),
    ] {
        let content = Content::ComplaintRegistered(ComplaintRegistered::default());
        let kind = FilingKind::ComplaintRegistered;
        let complaint = case.act(kind, content, ("ihec", "geo-nin"), when);
        let timely = case.timeliness(&complaint, "complaint-window");
        assert_eq!(finding(&timely), expected, "{when}");
        assert_eq!(case.preferred(&timely), "2025-11-12 15:00");
        let rolled = case.under_setting(&timely, &[("C1", "next-working-day")]);
        assert_eq!(rolled, "2025-11-13 15:00");
    }
}

#[test]
fn a_day_off_that_was_declared_while_the_panel_had_the_file_is_shown_so() {
    // Rule: IQ-L31-2019 panel-period
    let mut case = Case::under("IQ-L31-2019").with_announced("ihec").with_announced("ejp");
    case.query(ClockEffect::Unspecified, "2025-11-20T15:00");
    case.answer("2025-12-01T14:00");
    let ruling = case.ruling("2025-12-16T10:00");
    let timely = case.timeliness(&ruling, "panel-period");
    assert_eq!(finding(&timely), AssessmentFinding::Contested);
    assert_eq!(case.preferred(&timely), "2025-12-16 24:00", "the 10th was declared on the 9th");
    let ignored = case.under_setting(&timely, &[("A3-late", "ignored")]);
    assert_eq!(ignored, "2025-12-15 24:00");
    let period = timely.readings.first().and_then(|one| one.period.clone()).expect("a period");
    let late = period.days.iter().filter(|day| day.announced_late);
    let late: Vec<i32> = late.filter_map(|one| one.day).map(|day| day.day).collect();
    assert_eq!(late, [10]);
}

#[test]
fn basra_closed_on_5_november_and_said_so_on_the_4th() {
    // Rule: IQ-L31-2019 appeal-window
    let mut case = Case::under("IQ-L31-2019").with_announced("ihec");
    case.published("2025-11-02", "2025-11-02");
    let basra = case.appeal(("ihec", "geo-bas"), "2025-11-06T10:00");
    let timely = case.timeliness(&basra, "appeal-window");
    assert_eq!(case.preferred(&timely), "2025-11-06 15:00");
    assert_eq!(case.under_setting(&timely, &[("A3-late", "ignored")]), "2025-11-05 15:00");
    let nineveh = case.appeal(("ihec", "geo-nin"), "2025-11-06T10:00");
    let timely = case.timeliness(&nineveh, "appeal-window");
    assert_eq!(case.preferred(&timely), "2025-11-05 15:00");
}
