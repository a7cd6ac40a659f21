//! Small cases with figures computed by hand, and sums that hold whatever the cases are.

mod fixture;
mod sums;

use super::*;

use crate::v1::filing_content::Content;
use crate::v1::{
    AppealWithdrawn, Colour, CriminalReferral, FilingKind, Outcome, RefusalToRegister, Sex,
    SupplementFiled,
};

use fixture::*;

fn found(all: &Statistics, name: &str) -> Vec<(String, usize)> {
    let figure = all.figures.iter().find(|figure| figure.name() == name);
    let Some(Counted::Classes(classes)) = figure.map(|figure| &figure.counted) else {
        panic!("{name} in {:?}", all.figures.iter().map(Figure::name).collect::<Vec<_>>())
    };
    classes.iter().map(|(class, units)| (class.clone(), units.len())).collect()
}

fn one(class: &str) -> Vec<(String, usize)> {
    vec![(class.to_owned(), 1)]
}

#[test]
fn a_case_that_went_the_whole_way_is_counted_as_a_person_would() {
    let all = statistics(vec![whole_way(Sex::Female)], &moment(100));
    assert_eq!(
        found(&all, "filed/matters"),
        [("appeal".to_owned(), 1), ("complaint".to_owned(), 1)]
    );
    assert_eq!(found(&all, "outcome/complaint"), one("upheld"));
    assert_eq!(found(&all, "outcome/appeal"), one("decision-annulled"));
    assert_eq!(found(&all, "admission/appeal"), one("admitted"));
    assert_eq!(found(&all, "reasons/complaint"), one("published"));
    assert_eq!(found(&all, "reasons/appeal"), one("not-given"));
    assert_eq!(found(&all, "in-time/appeal-window"), one("contested"));
    assert_eq!(found(&all, "in-time/panel-period"), one("late"));
    assert_eq!(found(&all, "appealed/decisions"), one("appealed"));
    assert_eq!(found(&all, "carried-out/rulings"), one("done"));
    // The complaint stays with the commission, the appeal goes from it to the panel.
    assert_eq!(found(&all, "body/ihec/complaint"), one("decided"));
    assert_eq!(found(&all, "body/ihec/appeal"), one("referred"));
    assert_eq!(found(&all, "body/ejp/appeal"), one("decided"));
    assert_eq!(found(&all, "outcome/complaint@sex=female"), one("upheld"));
    assert_eq!(found(&all, "outcome/complaint@colour=red"), one("upheld"));
    assert_eq!(found(&all, "outcome/appeal@stage=polling"), one("decision-annulled"));
    assert_eq!(found(&all, "outcome/appeal@office=ihec/geo-bas"), one("decision-annulled"));

    let figure = |name: &str| all.figures.iter().find(|figure| figure.name() == name).unwrap();
    // Filed on day 0, decided on day 2; the appeal on day 4, ruled on day 7.
    let days = |name: &str| figure(name).quantiles().map(|(median, _)| median / 86_400);
    assert_eq!(days("took/complaint-to-decision"), Some(2));
    assert_eq!(days("took/appeal-to-decision"), Some(3));
    assert_eq!(days("took/step-referral"), Some(1));
    // Ruled on 23 November, done on the 25th.
    assert_eq!(days("took/rulings-to-implementation"), Some(2));
    assert_eq!(figure("seats-changed/all").amount(), Some(1));
    assert_eq!(figure("stations-annulled/all").amount(), Some(1));
    let shares = figure("outcome/appeal").shares();
    assert!(shares.contains(&(Share::ForFiler, 1, 1)) && shares.contains(&(Share::Closed, 1, 1)));
    let title = all.titles.get(&(Indicator::InTime, "appeal-window".to_owned())).unwrap();
    assert!(title.renderings.iter().any(|one| one.text == "مدة الطعن"), "{title:?}");
    let (_, units) = all.open("outcome/appeal@office=ihec/geo-bas:decision-annulled").unwrap();
    assert_eq!(units, [Unit { matter: 1, leaf: 4 }]);
    assert!(all.open("outcome/appeal:upheld").is_none());
    let mut light = whole_way(Sex::Female);
    light.lighten();
    assert_eq!(statistics(vec![light], &moment(100)), all);
}

#[test]
fn as_of_an_earlier_size_what_came_later_has_not_happened() {
    let all = statistics(vec![whole_way(Sex::Male)], &moment(7));
    assert_eq!(found(&all, "outcome/appeal"), one("pending"));
    assert_eq!(found(&all, "admission/appeal"), one("admitted"));
    assert_eq!(found(&all, "body/ejp/appeal"), one("open"));
    let waits = all.figures.iter().find(|figure| figure.name() == "waits/appeal").unwrap();
    assert_eq!(waits.quantiles().map(|(median, _)| median / 86_400), Some(26));
    assert!(!all.figures.iter().any(|figure| figure.name() == "in-time/panel-period"));
    assert!(statistics(vec![whole_way(Sex::Male)], &moment(0)).cases.is_empty());
}

#[test]
fn what_ends_without_a_decision_has_its_own_class() {
    let mut withdrawn = Growing::from_leaf(0);
    withdrawn.files("ihec/geo-bas", None, appeal("70"));
    let content = AppealWithdrawn::default();
    withdrawn.files("ihec/geo-bas", None, Content::AppealWithdrawn(content));
    let mut refused = Growing::from_leaf(10);
    let filed = refused.files("ihec/geo-bas", None, complaint(Sex::Unspecified));
    let content = Content::RefusalToRegister(RefusalToRegister::default());
    refused.files("ihec/council", Some(filed), content);
    let mut yellow = Growing::from_leaf(20);
    yellow.files("ihec/geo-nin", None, complaint(Sex::Male));
    yellow.files("ihec/council", None, colour(Colour::Yellow));
    let mut silent = Growing::from_leaf(30);
    silent.files("ihec/geo-nin", None, complaint(Sex::Male));
    silent.files("ihec/council", None, decision("9", Outcome::Unspecified, None));
    let due = Some(CivilDate { year: 2025, month: 12, day: 15 });
    silent.files("ihec/council", None, decision("10", Outcome::Unspecified, due));
    silent.files("ihec/council", None, Content::CriminalReferral(CriminalReferral::default()));
    let cases = [withdrawn, refused, yellow, silent].map(Growing::told).to_vec();
    let all = statistics(cases, &moment(100));
    let expected = [("inadmissible", 1), ("not-said", 1), ("not-taken-in", 1)];
    let expected: Vec<(String, usize)> =
        expected.iter().map(|(class, count)| ((*class).to_owned(), *count)).collect();
    assert_eq!(found(&all, "outcome/complaint"), expected);
    assert_eq!(found(&all, "outcome/appeal"), one("withdrawn"));
    assert_eq!(found(&all, "admission/appeal"), one("ended"));
    assert_eq!(found(&all, "outcome/complaint@sex=not-said"), one("not-taken-in"));
    assert_eq!(found(&all, "carried-out/decisions"), one("overdue"));
    assert_eq!(found(&all, "criminal-referrals/all"), one("referred"));
    let expected = [("appealed-not-in-view".to_owned(), 1), ("not-appealed".to_owned(), 2)];
    assert_eq!(found(&all, "appealed/decisions"), expected);
}

#[test]
fn a_ruling_decides_the_appeals_it_names() {
    let mut case = Growing::from_leaf(0);
    let one_appeal = case.files("ihec/geo-bas", None, appeal("214"));
    let other = case.files("ihec/geo-nin", None, appeal("215"));
    case.files("ejp/registry", Some(one_appeal), registered("1/2025"));
    case.files("ejp/registry", Some(other), registered("2/2025"));
    case.files("ejp/registry", None, ruling(Outcome::DecisionConfirmed, &["2/2025"]));
    let supplement = Content::SupplementFiled(SupplementFiled::default());
    case.files("ihec/geo-bas", None, supplement);
    let all = statistics(vec![case.told()], &moment(100));
    let name = "outcome/appeal@office=ihec/geo-nin";
    assert_eq!(found(&all, name), one("decision-confirmed"));
    assert_eq!(found(&all, "outcome/appeal@office=ihec/geo-bas"), one("pending"));
    assert_eq!(found(&all, "supplements/appeal"), one("supplement"));
}

#[test]
fn a_kind_of_filing_that_brings_no_matter_is_one_case_all_the_same() {
    let mut case = Growing::from_leaf(3);
    case.files("ihec/council", None, Content::CriminalReferral(CriminalReferral::default()));
    assert_eq!(case.acts[0].kind(), FilingKind::CriminalReferral);
    let all = statistics(vec![case.told()], &moment(100));
    assert_eq!(found(&all, "filed/matters"), one("other"));
    assert!(!all.figures.iter().any(|figure| figure.indicator == Indicator::Outcome));
}
