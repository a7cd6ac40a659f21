//! Windows that really were: what the Commission announced as the last day, and what is computed.

use crate::fixture::Case;

/// Election, publication, the last day that was announced, and the last days when working days are
/// counted and when nothing rolls on.
const EVENTS: [(&str, &str, &str, &str, &str); 5] = [
    ("2021 partial results", "2021-10-11", "2021-10-14", "2021-10-14", "2021-10-14"),
    ("2021 full preliminary", "2021-10-16", "2021-10-19", "2021-10-19", "2021-10-19"),
    ("2023 provincial final", "2023-12-28", "2023-12-31", "2024-01-02", "2023-12-31"),
    ("2024 Kurdistan final", "2024-10-30", "2024-11-03", "2024-11-04", "2024-11-02"),
    ("2025 CoR final", "2025-11-17", "2025-11-20", "2025-11-20", "2025-11-20"),
];

#[test]
fn five_publications_end_on_the_announced_day_under_both_laws() {
    // Rule: IQ-L11-2007 appeal-window
    // Rule: IQ-L31-2019 appeal-window
    // Rule: IQ-REG10-2025 appeal-window
    for law in ["IQ-L11-2007", "IQ-L31-2019", "IQ-REG10-2025"] {
        for (event, published, announced, working, plain) in EVENTS {
            let mut case = Case::under(law).with_calendar("ihec", "2021-01-01", "2025-12-31");
            let certificate = case.published(published, published);
            let opened = case.one(&certificate, "appeal-window", "period");
            let end = |settings: &[(&str, &str)]| case.under_setting(&opened, settings);
            assert_eq!(case.preferred(&opened), format!("{announced} 15:00"), "{law} {event}");
            let unit = [("A3-unit", "working-day")];
            assert_eq!(end(&unit), format!("{working} 15:00"), "{law} {event}");
            let roll = [("A3-roll", "never")];
            assert_eq!(end(&roll), format!("{plain} 15:00"), "{law} {event}");
            let midnight = [("A3-close", "midnight")];
            assert_eq!(end(&midnight), format!("{announced} 24:00"), "{law} {event}");
        }
    }
}

#[test]
fn a_holiday_within_the_window_counts_as_a_day_and_not_as_a_working_day() {
    // Rule: IQ-L31-2019 counting-days
    let mut case = Case::under("IQ-L31-2019");
    let new_year = ("2024-01-01", "2023-12-01T12:00", "New Year");
    case.calendar(("ihec", ""), Some(("2023-12-01", "2024-01-31")), &[new_year]);
    let certificate = case.published("2023-12-28", "2023-12-28");
    let opened = case.one(&certificate, "appeal-window", "period");
    assert_eq!(case.preferred(&opened), "2023-12-31 15:00");
    let working = case.under_setting(&opened, &[("A3-unit", "working-day")]);
    assert_eq!(working, "2024-01-03 15:00", "New Year is passed over");
    let days = |settings: &[(&str, &str)]| -> Vec<(i32, u32)> {
        let period = case.reading(&opened, settings).period.as_ref();
        let days = period.map(|period| period.days.as_slice()).unwrap_or_default();
        days.iter().map(|one| (one.day.map_or(0, |day| day.day), one.number)).collect()
    };
    // The day of publication is not counted, the last day is.
    assert_eq!(days(&[]), [(28, 0), (29, 1), (30, 2), (31, 3)]);
    let working = [(28, 0), (29, 0), (30, 0), (31, 1), (1, 0), (2, 2), (3, 3)];
    assert_eq!(days(&[("A3-unit", "working-day")]), working);
}

#[test]
fn the_window_of_2018_ran_from_the_last_of_three_days() {
    // Rule: IQ-L11-2007 appeal-window
    // It closed on 31/5/2018 at the end of working hours, about six days in all: so the three days
    // of publication were the 26th to the 28th.
    let mut case = Case::under("IQ-L11-2007").with_calendar("ihec", "2018-05-01", "2018-06-30");
    let certificate = case.published("2018-05-26", "2018-05-28");
    let opened = case.one(&certificate, "appeal-window", "period");
    assert_eq!(case.preferred(&opened), "2018-05-31 15:00");
    let first = case.under_setting(&opened, &[("A1", "first-publication-day")]);
    assert_eq!(first, "2018-05-29 15:00");
}
