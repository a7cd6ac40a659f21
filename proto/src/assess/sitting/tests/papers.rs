//! What a decision says of itself: its tally, its cases, its parts.

use super::*;
use crate::v1::{Agreement, CaseOutcome, DocketNumber, LegalBasis};

#[test]
fn a_tally_that_the_ballots_contradict_is_told_with_both_numbers() {
    // Rule: IQ-L11-2007 tally
    let rules = rules(&[], &["[rule.sitting]\npart = \"tally\""]);
    let read = |ballots: &str, vote| {
        let (roll, vote) = (roll(ballots), Some(vote));
        let decision = CouncilDecision { roll, vote, ..CouncilDecision::default() };
        one(&rules, vec![], vec![nine()], &decided(50, decision))
    };
    assert_eq!(conclusions(&read("ffffaaa-x", vote(8, 4, 3, 1))), ["tally-agrees"]);
    let differs = read("ffffaaa-x", vote(8, 5, 3, 0));
    assert_eq!((differs.finding(), conclusions(&differs)), (OUT_OF_ORDER, vec!["tally-differs"]));
    assert_eq!(value(&differs, "in-favour"), Some("declared 5, counted 4"));
    assert_eq!(value(&differs, "abstained"), Some("declared 0, counted 1"));
    // Standing aside is being there for some and not for others.
    for present in [7, 8] {
        let found = read("rffffaaax", vote(present, 4, 3, 0));
        assert_eq!(conclusions(&found), ["tally-agrees"], "{present}");
    }
    let unanimous = Vote { agreement: Agreement::Unanimous.into(), ..vote(8, 4, 3, 1) };
    assert_eq!(conclusions(&read("ffffaaa-x", unanimous)), ["agreement-differs"]);
    // A chair's casting vote may stand as a vote of its own, and nothing else may.
    let extra = Vote { casting_vote: true, ..vote(8, 5, 4, 0) };
    assert_eq!(conclusions(&read("", extra)), ["ballots-unknown"]);
    assert_eq!(conclusions(&read("", vote(8, 5, 4, 0))), ["more-votes-than-present"]);
}

#[test]
fn five_hundred_cases_of_a_sitting_are_settled_once_each_and_counted() {
    // Rule: IQ-L11-2007 decide-complaints
    let rules = rules(&[], &["[rule.sitting]\npart = \"batch\""]);
    let outcome = |number: u32| CaseOutcome {
        docket_number: Some(DocketNumber {
            institution: "board".to_owned(),
            literal: format!("BAS-CMP-2025-{number:04}"),
            normal: String::new(),
        }),
        outcome: if number.is_multiple_of(10) { 13 } else { 3 },
        reason: words("no evidence"),
    };
    let decision = |outcomes| decided(50, CouncilDecision { outcomes, ..Default::default() });
    let mut outcomes: Vec<CaseOutcome> = (1..=500).map(outcome).collect();
    let found = one(&rules, vec![], vec![], &decision(outcomes.clone()));
    assert_eq!(conclusions(&found), ["each-case-once"]);
    assert_eq!(value(&found, "cases"), Some("500"));
    assert_eq!(value(&found, "OUTCOME_REJECTED"), Some("450"));
    assert_eq!(value(&found, "OUTCOME_RECOUNT_ORDERED"), Some("50"));
    // The same number in other digits is the same case.
    let mut again = outcome(7);
    again.docket_number.as_mut().unwrap().literal = "BAS-CMP-2025-٠٠٠٧".to_owned();
    outcomes.push(again);
    let found = one(&rules, vec![], vec![], &decision(outcomes));
    assert_eq!((found.finding(), conclusions(&found)), (OUT_OF_ORDER, vec!["case-twice"]));
}

#[test]
fn parts_that_a_decision_lacks_are_named() {
    // Rule: IQ-L31-2019 decision-form
    let requires = "[rule.sitting]\npart = \"anatomy\"\n\
                    requires = [\"number\", \"date\", \"minutes\", \"basis\", \"charged\"]";
    let rules = rules(&[], &[requires]);
    let found = one(&rules, vec![], vec![], &decided(50, CouncilDecision::default()));
    assert_eq!(conclusions(&found), ["parts-missing"]);
    let missing: Vec<&str> = found
        .inputs
        .iter()
        .filter(|input| input.name == "missing")
        .map(|input| input.value.as_str())
        .collect();
    assert_eq!(missing, ["minutes", "basis", "charged"]);
    let instrument = "Law 31 of 2019".to_owned();
    let basis = vec![LegalBasis { instrument, article: "20(1)".to_owned() }];
    let only = "[rule.sitting]\npart = \"anatomy\"\nrequires = [\"basis\"]";
    let rules = super::rules(&[], &[only]);
    let decision = decided(50, CouncilDecision { basis, ..CouncilDecision::default() });
    assert_eq!(conclusions(&one(&rules, vec![], vec![], &decision)), ["parts-complete"]);
}
