//! Periods of the Mexican pilot: in an electoral process, outside, and over the end of summer time.

use std::sync::Arc;

use barid_proto::assess::Act;
use barid_proto::rules::RuleSet;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{AssessmentFinding, FilingKind, ProofOfService, Referral, ServiceMode};

use crate::fixture::{Case, built_in, decision, finding, rule_set};

const COURT: (&str, &str) = ("tepjf", "sga");
const INE: (&str, &str) = ("ine", "secretariat");

fn served(case: &mut Case, mode: ServiceMode, when: &str) -> Act {
    let content = Content::ProofOfService(ProofOfService {
        act: Some(decision()),
        mode: mode.into(),
        served_at_unix_ms: case.instant(when),
        ..ProofOfService::default()
    });
    let act = case.act(FilingKind::ProofOfService, content, INE, when);
    case.add(act)
}

/// When four days end that began with service at a moment.
fn four_days(case: &mut Case, when: &str) -> String {
    let proof = served(case, ServiceMode::Hand, when);
    let opened = case.one(&proof, "time-to-challenge", "period");
    case.preferred(&opened)
}

/// The rule set with an election in the autumn of 2022, which the real one does not know.
fn with_local_election() -> Arc<RuleSet> {
    let below = rule_set("MX-LGSMIME");
    let digest: String = below.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    let text = format!(
        "id = \"MX-LOCAL\"\nversion = 1\nextends = \"MX-LGSMIME/1\"\nextends-sha256 = \"{digest}\"\n\
         title = {{ ar = \"أ\", ckb = \"ب\", en = \"Local\", es = \"Local\" }}\n\
         effective-from = 2022-01-01\n\
         [[event]]\nid = \"MX-2022-LOCAL\"\nelection = \"local\"\npolling = [2022-11-13]\n\
         season-from = 2022-09-01\nseason-until = 2022-11-30\n"
    );
    built_in().add(&text).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn in_an_electoral_process_every_day_counts_until_midnight() {
    // Rule: MX-LGSMIME time-to-challenge
    let mut case = Case::under("MX-LGSMIME").of_event("MX-2024");
    assert_eq!(four_days(&mut case, "2024-06-06T18:30"), "2024-06-10 24:00", "over a week-end");
}

#[test]
fn outside_only_working_days_count() {
    // Rule: MX-LGSMIME time-to-challenge
    let mut case = Case::under("MX-LGSMIME").of_event("MX-2024");
    case.calendar(("ine", ""), Some(("2024-01-01", "2024-12-31")), &[]);
    assert_eq!(four_days(&mut case, "2024-08-14T10:00"), "2024-08-18 24:00", "the last day of it");
    assert_eq!(four_days(&mut case, "2024-08-15T10:00"), "2024-08-21 24:00", "the day after");
    let mut unknown = Case::under("MX-LGSMIME").of_event("MX-2024");
    let open = four_days(&mut unknown, "2024-08-15T10:00");
    assert_eq!(open, "no calendar for 2024-08-16");
}

#[test]
fn the_end_of_summer_time_moves_no_midnight() {
    // Rule: MX-LGSMIME time-to-challenge
    // Clocks went back for the last time on Sunday 30 October 2022, from UTC-5 to UTC-6.
    let mut case = Case::under("MX-LGSMIME");
    case.calendar(("ine", ""), Some(("2022-10-01", "2022-11-30")), &[]);
    let proof = served(&mut case, ServiceMode::Hand, "2022-10-27T14:00");
    let opened = case.one(&proof, "time-to-challenge", "period");
    assert_eq!(case.preferred(&opened), "2022-11-02 24:00");
    let period = opened.readings.first().and_then(|one| one.period.clone()).expect("a period");
    assert_eq!(period.utc_offset_minutes, -360);
    assert_eq!(period.deadline_unix_ms, 1_667_455_199_999, "3/11/2022 06:00 UTC, less 1 ms");
    // The same with the Day of the Dead off, as the tribunal declares it.
    case.calendar(("ine", ""), None, &[("2022-11-02", "2022-01-10T12:00", "Day of the Dead")]);
    assert_eq!(four_days(&mut case, "2022-10-27T14:00"), "2022-11-03 24:00");
    // And in an electoral process, where the Sunday itself counts.
    let mut case = Case::of(with_local_election()).of_event("MX-2022-LOCAL");
    assert_eq!(four_days(&mut case, "2022-10-27T14:00"), "2022-10-31 24:00");
}

#[test]
fn some_acts_have_three_days_only_and_both_are_shown() {
    // Rule: MX-LGSMIME time-to-challenge
    // Rule: MX-LGSMIME late-challenges
    let mut case = Case::under("MX-LGSMIME").of_event("MX-2024");
    served(&mut case, ServiceMode::Hand, "2024-06-06T18:30");
    for (when, expected) in [
        ("2024-06-09T23:59", AssessmentFinding::InOrder),
        ("2024-06-10T20:00", AssessmentFinding::Contested),
        ("2024-06-11T00:00", AssessmentFinding::OutOfOrder),
    ] {
        let challenge = case.appeal(INE, when);
        let timely = case.timeliness(&challenge, "time-to-challenge");
        assert_eq!(finding(&timely), expected, "{when}");
        assert_eq!(case.under_setting(&timely, &[("M1", "3")]), "2024-06-09 24:00");
        assert_eq!(case.under_setting(&timely, &[("M1", "4")]), "2024-06-10 24:00");
    }
}

#[test]
fn presence_in_the_session_is_service() {
    // Rule: MX-LGSMIME service-by-presence
    let mut case = Case::under("MX-LGSMIME").of_event("MX-2024");
    let proof = served(&mut case, ServiceMode::Presence, "2024-06-06T18:30");
    let opened = case.one(&proof, "time-to-challenge", "period");
    assert_eq!(case.preferred(&opened), "2024-06-10 24:00");
}

#[test]
fn the_notice_hangs_seventy_two_hours_and_the_file_follows_within_a_day() {
    // Rule: MX-LGSMIME notice-board
    // Rule: MX-LGSMIME sending-the-file
    let mut case = Case::under("MX-LGSMIME");
    // Hours are hours: the clock on the wall goes back by one on the way.
    let challenge = case.appeal(INE, "2022-10-29T12:00");
    let challenge = case.add(challenge);
    let notice = case.one(&challenge, "notice-board", "period");
    assert_eq!(case.preferred(&notice), "2022-11-01 11:00");
    let sending = case.one(&challenge, "sending-the-file", "period");
    assert_eq!(case.preferred(&sending), "2022-11-02 11:00");
    for (when, expected) in [
        ("2022-11-02T11:00", AssessmentFinding::InOrder),
        ("2022-11-02T11:01", AssessmentFinding::OutOfOrder),
    ] {
        let content = Content::Referral(Referral::default());
        let mut referral = case.act(FilingKind::Referral, content, INE, when);
        referral.body.recipients = vec![crate::fixture::at(COURT.0, COURT.1)];
        let timely = case.timeliness(&referral, "sending-the-file");
        assert_eq!(finding(&timely), expected, "{when}");
    }
}
