//! The panel's time to rule, and the council's time to answer.

use barid_proto::v1::{AssessmentFinding, ClockEffect};

use crate::fixture::{Case, finding};

fn under(law: &str) -> Case {
    let case = Case::under(law).with_calendar("ihec", "2025-11-01", "2025-12-31");
    case.with_calendar("ejp", "2025-11-01", "2025-12-31")
}

#[test]
fn ten_days_from_the_referral_are_counted_in_days_and_in_working_days() {
    // Rule: IQ-L11-2007 panel-period
    let mut case = under("IQ-L11-2007");
    let referral = case.referral("2025-11-24", "2025-11-24T12:30");
    let opened = case.one(&referral, "panel-period", "period");
    assert_eq!(case.preferred(&opened), "2025-12-04 24:00");
    let working = case.under_setting(&opened, &[("A3-unit", "working-day")]);
    assert_eq!(working, "2025-12-08 24:00");
    assert_eq!(opened.frame.expect("a frame").office.expect("an office").institution, "ejp");
}

#[test]
fn the_letters_date_and_its_receipt_are_two_readings() {
    // Rule: IQ-L11-2007 panel-period
    let mut case = under("IQ-L11-2007");
    let referral = case.referral("2025-11-24", "2025-11-26T09:00");
    let opened = case.one(&referral, "panel-period", "period");
    let end = |word: &str| case.under_setting(&opened, &[("A6-start", word)]);
    assert_eq!(end("date-of-act"), "2025-12-04 24:00");
    assert_eq!(end("accepted"), "2025-12-07 24:00", "the tenth day is Saturday the 6th");
}

#[test]
fn a_question_that_does_not_say_what_it_does_is_read_in_three_ways() {
    // Rule: IQ-L11-2007 panel-period
    let mut case = under("IQ-L11-2007");
    case.referral("2025-11-24", "2025-11-24T12:30");
    case.query(ClockEffect::Unspecified, "2025-11-26T10:00");
    let before = case.ruling("2025-11-27T10:00");
    let waiting = case.timeliness(&before, "panel-period");
    let suspended = case.reading(&waiting, &[("A6-pause", "suspended")]);
    assert_eq!(case.ends(suspended), "8 days left");
    assert_eq!(suspended.conclusion, "on-time-suspended");
    case.answer("2025-11-30T11:00");
    let ruling = case.ruling("2025-12-04T13:00");
    let timely = case.timeliness(&ruling, "panel-period");
    let end = |settings: &[(&str, &str)]| case.under_setting(&timely, settings);
    assert_eq!(end(&[("A6-pause", "none")]), "2025-12-04 24:00");
    assert_eq!(end(&[("A6-pause", "suspended")]), "2025-12-08 24:00");
    assert_eq!(end(&[("A6-pause", "restarted")]), "2025-12-10 24:00");
    let working = ("A3-unit", "working-day");
    assert_eq!(end(&[("A6-pause", "none"), working]), "2025-12-08 24:00");
    assert_eq!(end(&[("A6-pause", "suspended"), working]), "2025-12-10 24:00");
    assert_eq!(end(&[("A6-pause", "restarted"), working]), "2025-12-14 24:00");
    assert_eq!(finding(&timely), AssessmentFinding::InOrder, "the 4th is early under all of them");
    let late = case.ruling("2025-12-09T09:00");
    assert_eq!(finding(&case.timeliness(&late, "panel-period")), AssessmentFinding::Contested);
}

#[test]
fn a_question_that_says_what_it_does_is_read_so() {
    // Rule: IQ-L11-2007 panel-period
    for (effect, end) in [
        (ClockEffect::None, "2025-12-04 24:00"),
        (ClockEffect::Suspended, "2025-12-08 24:00"),
        (ClockEffect::Restarted, "2025-12-10 24:00"),
    ] {
        let mut case = under("IQ-L11-2007");
        case.referral("2025-11-24", "2025-11-24T12:30");
        case.query(effect, "2025-11-26T10:00");
        case.answer("2025-11-30T11:00");
        let ruling = case.ruling("2025-12-04T13:00");
        let timely = case.timeliness(&ruling, "panel-period");
        for pause in ["none", "suspended", "restarted"] {
            assert_eq!(case.under_setting(&timely, &[("A6-pause", pause)]), end, "{effect:?}");
        }
    }
}

#[test]
fn an_appeal_filed_directly_has_no_day_from_which_to_count() {
    // Rule: IQ-L11-2007 panel-period
    let mut case = under("IQ-L11-2007");
    let appeal = case.appeal(("ejp", "registry"), "2025-11-20T10:00");
    case.add(appeal);
    let ruling = case.ruling("2025-12-04T13:00");
    let open = case.timeliness(&ruling, "panel-period");
    assert_eq!(finding(&open), AssessmentFinding::Undecided);
    assert!(open.readings.iter().all(|reading| reading.conclusion == "trigger-unknown"));
}

#[test]
fn the_council_answers_within_seven_working_days_and_the_panel_rules_within_ten_more() {
    // Rule: IQ-L31-2019 council-answer
    // Rule: IQ-L31-2019 panel-period
    // The Commission said on 1/12/2025 that it had sent everything: the seventh working day after
    // the window closed on 20/11.
    let mut case = under("IQ-L31-2019");
    let query = case.query(ClockEffect::Unspecified, "2025-11-20T15:00");
    let opened = case.one(&query, "council-answer", "period");
    assert_eq!(case.preferred(&opened), "2025-12-01 24:00");
    assert_eq!(opened.frame.expect("a frame").office.expect("an office").institution, "ihec");
    let answer = case.answer("2025-12-01T14:00");
    let timely = case.timeliness(&answer, "council-answer");
    assert_eq!(finding(&timely), AssessmentFinding::InOrder);
    let opened = case.one(&answer, "panel-period", "period");
    assert_eq!(case.preferred(&opened), "2025-12-15 24:00");
    let ruling = case.ruling("2025-12-07T12:00");
    let timely = case.timeliness(&ruling, "panel-period");
    assert_eq!(finding(&timely), AssessmentFinding::InOrder);
    assert_eq!(timely.frame.expect("a frame").trigger, "answer");
}

#[test]
fn a_late_answer_is_marked() {
    // Rule: IQ-L31-2019 council-answer
    let mut case = under("IQ-L31-2019");
    case.query(ClockEffect::Unspecified, "2025-11-20T15:00");
    let answer = case.answer("2025-12-02T00:00");
    let late = case.timeliness(&answer, "council-answer");
    assert_eq!(finding(&late), AssessmentFinding::OutOfOrder);
}

#[test]
fn each_completed_file_begins_the_panels_time_again_and_an_open_question_stops_it() {
    // Rule: IQ-L31-2019 panel-period
    let mut case = under("IQ-L31-2019");
    case.referral("2025-11-24", "2025-11-24T12:30");
    let ruling = case.ruling("2025-12-01T10:00");
    let end = |case: &Case| case.preferred(&case.timeliness(&ruling, "panel-period"));
    assert_eq!(end(&case), "2025-12-08 24:00", "no answer yet: from the referral");
    case.query(ClockEffect::Unspecified, "2025-11-26T10:00");
    assert_eq!(end(&case), "8 days left");
    case.answer("2025-11-30T11:00");
    assert_eq!(end(&case), "2025-12-14 24:00", "ten working days from the answer");
    case.query(ClockEffect::None, "2025-12-01T09:00");
    assert_eq!(end(&case), "2025-12-14 24:00", "this question says that it stops nothing");
}

#[test]
fn questions_of_others_set_neither_clock_going() {
    // Rule: IQ-L31-2019 council-answer
    // Rule: IQ-L31-2019 panel-period
    let mut case = under("IQ-L31-2019");
    let mut query = case.query(ClockEffect::Unspecified, "2025-12-10T10:00");
    query.body.sender = Some(crate::fixture::at("fsc", "registry"));
    assert!(case.assess(&query).iter().all(|one| one.rule != "council-answer"));
    let mut answer = case.answer("2025-12-11T10:00");
    answer.body.recipients = vec![crate::fixture::at("fsc", "registry")];
    assert!(case.assess(&answer).iter().all(|one| one.rule != "panel-period"));
}
