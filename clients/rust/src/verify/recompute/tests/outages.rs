//! Reports of outages are held against the log again.

use barid_proto::v1::{Outage, OutageScope};

use super::*;
use crate::testing::network::START_MS;

/// Ten minutes around the whole case.
fn outage() -> Outage {
    let (start, around) = (START_MS.cast_signed(), 300_000);
    let (from_unix_ms, until_unix_ms) = (start - around, start + around);
    let scope = OutageScope::Hub.into();
    Outage { scope, from_unix_ms, until_unix_ms, ..Outage::default() }
}

/// What is said of the report of an outage that comes last.
fn of_the_report(report: &Report) -> Option<(&str, Vec<u64>)> {
    let one = report.filings.last()?.computed.iter().find(|one| one.subject == "outage")?;
    Some((one.readings[0].conclusion.as_str(), one.leaves.clone()))
}

#[test]
fn a_report_of_an_outage_is_held_against_the_log_again() {
    let mut case = law::case(honest(), None);
    let mut clerk = case.network.office("fsc", "clerk");
    case.state_outage(outage());
    case.report_outage(&mut clerk, outage());
    let stated = case.stated[0].1;
    let whole = reported(&case, &case.bundle());
    assert_eq!(codes(&whole), []);
    assert_eq!(of_the_report(&whole), Some(("confirmed", vec![stated])));
    assert_eq!(whole.outages.len(), 1);
    // Without the hub's statement it would come out otherwise, and that is no lie of the hub's.
    let mut bundle = case.bundle();
    bundle.outages.clear();
    let without = reported(&case, &bundle);
    assert_eq!(codes(&without), [Code::AssessmentOpen]);
    assert_eq!(of_the_report(&without), None);
    // A statement that is none, and one on which nothing rests.
    let mut bundle = case.bundle();
    bundle.outages[0].bytes[0] ^= 1;
    assert!(codes(&reported(&case, &bundle)).contains(&Code::StatementWrong));
    let mut bundle = case.bundle();
    bundle.filings.pop();
    assert_eq!(codes(&reported(&case, &bundle)), [Code::LawUnused]);
}

#[test]
fn what_an_office_filed_while_it_says_that_its_link_was_down_is_found_again() {
    let mut case = law::case(honest(), None);
    let appeal = case.filings[0].clone();
    let mut basra = case.desks.remove(1);
    case.report_outage(&mut basra, outage());
    let report = reported(&case, &case.bundle());
    assert_eq!(codes(&report), []);
    assert_eq!(of_the_report(&report), Some(("contradicted", vec![appeal.index])));
    let mut bundle = case.bundle();
    bundle.filings.remove(0);
    let found = codes(&reported(&case, &bundle));
    assert!(found.contains(&Code::AssessmentOpen), "{found:?}");
    assert!(!found.contains(&Code::AssessmentDiffers), "{found:?}");
}

#[test]
fn a_report_that_is_said_to_be_worth_more_is_noticed() {
    let mut case = twisting(|kind, added| {
        if kind == FilingKind::OutageReported {
            let one = &mut added.assessments[0];
            one.finding = AssessmentFinding::InOrder.into();
            one.readings[0].finding = AssessmentFinding::InOrder.into();
            one.readings[0].conclusion = "confirmed".into();
        }
    });
    let mut clerk = case.network.office("fsc", "clerk");
    case.report_outage(&mut clerk, outage());
    let report = reported(&case, &case.bundle());
    assert_eq!(codes(&report), [Code::AssessmentDiffers]);
}
