//! What an outage does to a period, and what a report of one is worth.

use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;

use super::*;
use crate::assess::assess;
use crate::rules::samples::SMALL;
use crate::rules::{Catalogue, RuleSet};
use crate::v1::{
    ActReference, AppealFiled, CivilDate, EnvelopeBody, FilingKind, HolidayCalendar,
    PublicationCertificate, Stamp,
};

/// The small rule set, whose offices close at two, with more about its period: three days from the
/// day after publication to the close of office hours. None of them is a holiday, so that its open
/// question makes no difference.
fn text(more: &str) -> String {
    SMALL.replace("closes = \"15:00\"", "closes = \"14:00\"") + more + "\n"
}

fn rules(more: &str) -> RuleSet {
    let set = Catalogue::default().add(&text(more));
    set.unwrap_or_else(|problems| panic!("{problems:?}")).as_ref().clone()
}

/// An instant in Baghdad, on a day of November 2025: the 16th is a Sunday.
fn at(day: i8, hour: i8, minute: i8) -> i64 {
    let local: DateTime = date(2025, 11, day).at(hour, minute, 0, 0);
    local.to_zoned(TimeZone::get("Asia/Baghdad").unwrap()).unwrap().timestamp().as_millisecond()
}

fn office(name: &str) -> Address {
    Address { institution: "ihec".into(), office: name.into() }
}

fn act(leaf: u64, name: &str, kind: FilingKind, accepted_at_ms: i64, content: Content) -> Act {
    let sender = Some(office(name));
    let body = EnvelopeBody { kind: kind.into(), sender, ..EnvelopeBody::default() };
    Act { leaf, accepted_at_ms, digest: [0; 32], body, content: Some(content) }
}

fn decision() -> Option<ActReference> {
    Some(ActReference {
        institution: "ihec".into(),
        number: "214".into(),
        ..ActReference::default()
    })
}

fn day(day: i32) -> Option<CivilDate> {
    Some(CivilDate { year: 2025, month: 11, day })
}

/// Published on Sunday the 16th; the whole of November is known.
fn published() -> Vec<Act> {
    let calendar = Content::HolidayCalendar(HolidayCalendar {
        covers_from: day(1),
        covers_until: day(30),
        ..HolidayCalendar::default()
    });
    let certificate = Content::PublicationCertificate(PublicationCertificate {
        decision: decision(),
        first_day: day(16),
        last_day: day(16),
        ..PublicationCertificate::default()
    });
    let kind = FilingKind::PublicationCertificate;
    vec![
        act(1, "national", FilingKind::HolidayCalendar, at(1, 9, 0), calendar),
        act(2, "national", kind, at(16, 9, 0), certificate),
    ]
}

/// An appeal that was stamped at the office in Basra.
fn appeal(stamped_ms: i64) -> Act {
    let content =
        Content::AppealFiled(AppealFiled { challenged: decision(), ..AppealFiled::default() });
    let mut appeal = act(90, "geo-bas", FilingKind::AppealFiled, stamped_ms, content);
    appeal.body.stamp = Some(Stamp {
        office: Some(office("geo-bas")),
        stamped_at_unix_ms: stamped_ms,
        ..Stamp::default()
    });
    appeal
}

fn outage(scope: OutageScope, from_unix_ms: i64, until_unix_ms: i64) -> Outage {
    Outage { scope: scope.into(), from_unix_ms, until_unix_ms, ..Outage::default() }
}

fn report(leaf: u64, name: &str, from_ms: i64, until_ms: i64) -> Act {
    let outage = Some(outage(OutageScope::Link, from_ms, until_ms));
    let content = OutageReported { outage, attempts: 9, ..OutageReported::default() };
    let content = Content::OutageReported(content);
    act(leaf, name, FilingKind::OutageReported, until_ms, content)
}

fn held(general: Vec<Act>, outages: Vec<(u64, Outage)>) -> Acts {
    Acts { as_of_size: 90, general, outages, ..Acts::default() }
}

/// The assessment of an appeal that was stamped on Thursday the 20th at nine, a day late: the last
/// day is Wednesday the 19th.
fn measured(rules: &RuleSet, acts: &Acts) -> Assessment {
    let law = Law { rules, acts, event: "" };
    assess(&law, &appeal(at(20, 9, 0))).into_iter().next().unwrap()
}

fn deadline(assessment: &Assessment) -> i64 {
    assessment.readings[0].period.as_ref().unwrap().deadline_unix_ms
}

fn outages_told(assessment: &Assessment) -> Vec<&str> {
    let told = assessment.inputs.iter().filter(|input| input.name == "outage");
    told.map(|input| input.value.as_str()).collect()
}

const EXTENDS: &str = r#"outages = "next-working-day""#;

#[test]
fn an_outage_in_the_last_days_hours_moves_the_end_to_the_next_working_days_close() {
    let extends = rules(EXTENDS);
    let none = measured(&extends, &held(published(), Vec::new()));
    assert_eq!((deadline(&none), none.finding()), (at(19, 14, 0), AssessmentFinding::OutOfOrder));
    let hub = outage(OutageScope::Hub, at(19, 13, 0), at(19, 13, 30));
    let moved = measured(&extends, &held(published(), vec![(7, hub)]));
    assert_eq!((deadline(&moved), moved.finding()), (at(20, 14, 0), AssessmentFinding::InOrder));
    assert!(moved.leaves.contains(&7));
    let told = format!("7 hub {}..{}", at(19, 13, 0), at(19, 13, 30));
    assert_eq!(outages_told(&moved), [told]);
    // Where Thursday is hit too, Sunday is the next on which offices work.
    let longer = outage(OutageScope::Hub, at(19, 13, 0), at(20, 9, 0));
    let moved = measured(&extends, &held(published(), vec![(7, longer)]));
    assert_eq!(deadline(&moved), at(23, 14, 0));
}

#[test]
fn an_outage_outside_the_last_days_hours_changes_nothing() {
    let extends = rules(EXTENDS);
    for (from_ms, until_ms) in [
        (at(19, 14, 0), at(20, 7, 0)),
        (at(18, 14, 0), at(19, 8, 0)),
        (at(17, 8, 0), at(18, 14, 0)),
        (at(10, 8, 0), at(10, 14, 0)),
    ] {
        let hub = outage(OutageScope::Hub, from_ms, until_ms);
        let same = measured(&extends, &held(published(), vec![(7, hub)]));
        assert_eq!(deadline(&same), at(19, 14, 0), "{from_ms}..{until_ms}");
    }
}

#[test]
fn an_outage_never_makes_a_deadline_earlier() {
    let extends = rules(EXTENDS);
    let without = deadline(&measured(&extends, &held(published(), Vec::new())));
    for from in 0..(10 * 24) {
        for hours in [1, 5, 30, 200] {
            let from_ms = at(14, 0, 0) + from * 3_600_000;
            let hub = outage(OutageScope::Hub, from_ms, from_ms + hours * 3_600_000);
            let acts = held(published(), vec![(7, hub)]);
            let with = deadline(&measured(&extends, &acts));
            assert!(with >= without, "{from_ms} and {hours} h");
        }
    }
}

#[test]
fn only_outages_of_the_accepted_scopes_count() {
    let span = (at(19, 9, 0), at(19, 10, 0));
    let moves = |more: &str, acts: &Acts| deadline(&measured(&rules(more), acts)) > at(19, 14, 0);
    let hub = held(published(), vec![(7, outage(OutageScope::Hub, span.0, span.1))]);
    let witnesses = held(published(), vec![(7, outage(OutageScope::Witnesses, span.0, span.1))]);
    let mut general = published();
    general.push(report(8, "geo-bas", span.0, span.1));
    let link = held(general, Vec::new());
    let accepts = |list: &str| format!("{EXTENDS}\naccepts = [{list}]");
    for (more, expected) in [
        (String::new(), [false, false, false]),
        (EXTENDS.to_owned(), [true, true, false]),
        (accepts("\"hub\""), [true, false, false]),
        (accepts("\"link\""), [false, true, false]),
        (accepts("\"witnesses\", \"hub\""), [true, false, true]),
    ] {
        let found = [&hub, &link, &witnesses].map(|acts| moves(&more, acts));
        assert_eq!(found, expected, "{more}");
    }
}

#[test]
fn an_office_reports_for_itself_alone() {
    let extends = rules(EXTENDS);
    let mut general = published();
    general.push(report(8, "geo-nin", at(19, 9, 0), at(19, 10, 0)));
    let same = measured(&extends, &held(general, Vec::new()));
    assert_eq!(deadline(&same), at(19, 14, 0));
    assert!(outages_told(&same).is_empty());
}

/// A report of an hour on the last day, and what else the log has.
fn reported(more: impl IntoIterator<Item = Act>, outages: Vec<(u64, Outage)>) -> (Acts, Act) {
    let report = report(8, "geo-bas", at(19, 9, 0), at(19, 10, 0));
    let mut general = published();
    general.push(report.clone());
    general.extend(more);
    (held(general, outages), report)
}

fn worth_of(acts: &Acts, report: &Act) -> (AssessmentFinding, String, Vec<u64>) {
    let found = outage_report(acts, report).unwrap();
    assert_eq!(found.subject, "outage");
    (found.finding(), found.readings[0].conclusion.clone(), found.leaves)
}

#[test]
fn a_contradicted_report_moves_nothing_and_is_shown() {
    let filed = appeal(at(19, 9, 30));
    let (acts, report) = reported([Act { leaf: 5, ..filed.clone() }], Vec::new());
    let worth = (AssessmentFinding::OutOfOrder, "contradicted".to_owned(), vec![5]);
    assert_eq!(worth_of(&acts, &report), worth);
    let same = measured(&rules(EXTENDS), &acts);
    assert_eq!(deadline(&same), at(19, 14, 0));
    let told = format!("8 link {}..{} contradicted 5", at(19, 9, 0), at(19, 10, 0));
    assert_eq!(outages_told(&same), [told]);
    assert!(same.leaves.contains(&8) && same.leaves.contains(&5));
    // Even where the hub says that it was down: then one of the two is false, and it is shown.
    let down = vec![(6, outage(OutageScope::Hub, at(19, 8, 0), at(19, 11, 0)))];
    let (acts, report) = reported([Act { leaf: 5, ..filed }], down);
    assert_eq!(worth_of(&acts, &report).1, "contradicted");
}

#[test]
fn what_clocks_explain_contradicts_nothing() {
    for accepted_at_ms in [
        at(19, 9, 0),
        at(19, 9, 0) + CLOCKS_APART_MS - 1,
        at(19, 10, 0) - CLOCKS_APART_MS + 1,
        at(19, 10, 0),
    ] {
        let (acts, report) = reported([Act { leaf: 5, ..appeal(accepted_at_ms) }], Vec::new());
        assert_eq!(worth_of(&acts, &report).1, "reported", "{accepted_at_ms}");
    }
    let others = Act { body: report(1, "geo-nin", 1, 2).body, ..appeal(at(19, 9, 30)) };
    let (acts, report) = reported([Act { leaf: 5, ..others }], Vec::new());
    assert_eq!(worth_of(&acts, &report).1, "reported", "another office's filing");
    let brief = outage(OutageScope::Link, 1_000, 1_000 + 2 * CLOCKS_APART_MS - 1);
    assert_eq!(contradicting(&brief), None);
}

#[test]
fn the_hubs_own_outage_confirms_a_report_that_it_covers() {
    let apart = CLOCKS_APART_MS;
    for (from_ms, until_ms, conclusion) in [
        (at(19, 8, 0), at(19, 11, 0), "confirmed"),
        (at(19, 9, 0) + apart, at(19, 10, 0) - apart, "confirmed"),
        (at(19, 9, 0) + apart + 1, at(19, 11, 0), "reported"),
        (at(19, 8, 0), at(19, 9, 30), "reported"),
    ] {
        let own = vec![(6, outage(OutageScope::Witnesses, from_ms, until_ms))];
        let (acts, report) = reported([], own);
        assert_eq!(worth_of(&acts, &report).1, conclusion, "{from_ms}..{until_ms}");
    }
}

#[test]
fn what_a_report_is_worth_is_said_in_every_language() {
    let (acts, report) = reported([], Vec::new());
    for conclusion in ["contradicted", "confirmed", "reported"] {
        let text = explain::outage(conclusion, 95, Some(7));
        let languages: Vec<&str> =
            text.renderings.iter().map(|one| one.language.as_str()).collect();
        assert_eq!(languages, crate::rules::LANGUAGES);
        assert!(text.renderings.iter().all(|one| one.text.contains("95")));
    }
    let found = outage_report(&acts, &report).unwrap();
    let english = found.explanation.unwrap().renderings[2].text.clone();
    assert_eq!(
        english,
        "the office reports that it could not reach the hub for 60 min; nothing in the log \
         confirms or contradicts it"
    );
    assert!(outage_report(&acts, &appeal(1)).is_none());
}

#[test]
fn what_a_rule_accepts_are_scopes_none_twice_and_one_at_least() {
    for (accepts, code) in
        [("[]", "missing"), ("[\"hub\", \"hub\"]", "twice"), ("[\"weather\"]", "unknown-word")]
    {
        let text = text(&format!("{EXTENDS}\naccepts = {accepts}"));
        let problems = Catalogue::default().add(&text).unwrap_err();
        let codes: Vec<&str> = problems.0.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [code], "{accepts}");
        assert!(problems.0[0].path.ends_with("period.accepts"), "{:?}", problems.0[0]);
    }
}
