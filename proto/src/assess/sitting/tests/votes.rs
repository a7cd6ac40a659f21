//! Quorums, majorities and the chair: the law's cases.

use super::*;
use crate::v1::DelegationGranted;

#[test]
fn five_of_nine_make_a_quorum_and_four_do_not() {
    // Rule: IQ-L11-2007 quorum
    let rules = rules(&[A10], &[QUORUM]);
    let five = one(&rules, vec![], vec![nine()], &by_roll("fffffxxxx"));
    assert_eq!(five.finding(), IN_ORDER);
    assert_eq!(value(&five, "members (seats, not-counted)"), Some("5 of 9, needed 5"));
    assert_eq!(five.leaves, [1]);
    let four = one(&rules, vec![], vec![nine()], &by_roll("ffffxxxxx"));
    assert_eq!((four.finding(), conclusions(&four)), (OUT_OF_ORDER, vec!["quorum-missing"]));
}

#[test]
fn two_vacancies_make_the_base_seven_under_one_reading_and_leave_it_nine_under_the_other() {
    // Rule: IQ-L11-2007 quorum
    let rules = rules(&[A10], &[QUORUM]);
    let left =
        changed(2, vec![change(8, SeatAction::Leave, 8, 20), change(9, SeatAction::Leave, 9, 20)]);
    let four = one(&rules, vec![], vec![nine(), left], &by_roll("ffffxxx"));
    assert_eq!(four.finding(), AssessmentFinding::Contested);
    assert_eq!(conclusions(&four), ["quorum-missing", "quorum-met"]);
    assert_eq!(value(&four, "members (members, not-counted)"), Some("4 of 7, needed 4"));
}

#[test]
fn who_stood_aside_makes_up_the_quorum_only_where_the_rule_says_so() {
    // Rule: IQ-L11-2007 quorum
    let strict = rules(&[A10], &[QUORUM]);
    let loose = rules(&[A10], &[&format!("{QUORUM}\nrecused = \"counted\"")]);
    let sitting = by_roll("ffffrxxxx");
    assert_eq!(one(&strict, vec![], vec![nine()], &sitting).finding(), OUT_OF_ORDER);
    assert_eq!(one(&loose, vec![], vec![nine()], &sitting).finding(), IN_ORDER);
}

#[test]
fn without_a_seat_table_a_base_of_sitting_members_cannot_be_decided() {
    // Rule: IQ-L11-2007 quorum
    let rules = rules(&[A10], &[QUORUM]);
    let found = one(&rules, vec![], vec![], &by_roll("fffffxxxx"));
    assert_eq!(found.finding(), AssessmentFinding::Undecided);
    assert_eq!(conclusions(&found), ["quorum-met", "seats-unknown"]);
}

#[test]
fn four_three_one_of_eight_fails_among_those_present_and_passes_among_votes_cast() {
    // Rule: IQ-L11-2007 majority
    let found = one(&majority(), vec![], vec![nine()], &by_roll("ffffaaa-x"));
    assert_eq!(found.finding(), AssessmentFinding::Contested);
    assert_eq!(conclusions(&found), ["failed", "passed"]);
    let votes = value(&found, "votes (present, not-counted)");
    assert_eq!(votes, Some("4 in favour, 3 against, 1 abstained: more than half of 8 needed"));
    let votes = value(&found, "votes (cast, not-counted)");
    assert_eq!(votes, Some("4 in favour, 3 against, 1 abstained: more than half of 7 needed"));
}

#[test]
fn four_to_four_is_carried_by_a_chair_in_favour_and_lost_by_one_against() {
    // Rule: IQ-L11-2007 casting-vote
    let found = one(&majority(), vec![], vec![nine()], &by_roll("ffffaaaax"));
    assert_eq!((found.finding(), conclusions(&found)), (IN_ORDER, vec!["decided-by-casting-vote"]));
    let found = one(&majority(), vec![], vec![nine()], &by_roll("afffaaafx"));
    assert_eq!(
        (found.finding(), conclusions(&found)),
        (OUT_OF_ORDER, vec!["lost-by-casting-vote"])
    );
}

#[test]
fn four_to_four_without_the_chair_is_tied() {
    // Rule: IQ-L11-2007 casting-vote
    let rules = rules(&[A11], &[MAJORITY, CASTING]);
    for (ballots, why) in [
        ("xffffaaaa", "chair-absent"),
        ("rffffaaaa", "chair-recused"),
        ("-ffffaaaa", "chair-did-not-vote"),
    ] {
        let found = assessed(&rules, vec![], vec![nine()], &by_roll(ballots));
        assert_eq!(conclusions(about(&found, "majority")), ["tied"], "{ballots}");
        let casting = about(&found, "casting-vote");
        assert_eq!((casting.finding(), conclusions(casting)), (OUT_OF_ORDER, vec![why]));
    }
}

#[test]
fn the_decisions_own_flag_is_held_against_what_is_computed() {
    // Rule: IQ-L11-2007 casting-vote
    let rules = rules(&[], &[CASTING]);
    let read = |ballots: &str, casting_vote| {
        let vote = Some(Vote { casting_vote, ..Vote::default() });
        let decision = CouncilDecision { roll: roll(ballots), vote, ..CouncilDecision::default() };
        let found = one(&rules, vec![], vec![nine()], &decided(50, decision));
        (found.finding(), found.readings[0].conclusion.clone())
    };
    assert_eq!(read("ffffaaaax", true), (IN_ORDER, "chair-decided".to_owned()));
    assert_eq!(read("ffffaaaax", false), (OUT_OF_ORDER, "casting-vote-not-declared".to_owned()));
    assert_eq!(read("fffffaaax", true), (OUT_OF_ORDER, "no-casting-vote".to_owned()));
    assert_eq!(read("fffffaaax", false), (IN_ORDER, "not-needed".to_owned()));
}

#[test]
fn a_tally_alone_does_not_say_how_the_chair_voted() {
    // Rule: IQ-L11-2007 casting-vote
    let decision = CouncilDecision { vote: Some(vote(8, 4, 4, 0)), ..CouncilDecision::default() };
    let found = one(&majority(), vec![], vec![nine()], &decided(50, decision));
    assert_eq!(found.finding(), AssessmentFinding::Undecided);
    assert_eq!(conclusions(&found), ["chair-vote-unknown"]);
}

#[test]
fn a_senior_post_needs_five_and_no_casting_vote_helps() {
    // Rule: IQ-L11-2007 special-majority
    let rules = rules(&[A10, A11], &[SPECIAL, MAJORITY, CASTING]);
    let sitting = |ballots: &str| {
        let vote = Some(Vote { casting_vote: true, ..Vote::default() });
        let matter = "appoint".to_owned();
        decided(50, CouncilDecision { roll: roll(ballots), vote, matter, ..Default::default() })
    };
    let found = assessed(&rules, vec![], vec![nine()], &sitting("ffffaaaax"));
    assert_eq!(found.len(), 2, "the ordinary majority does not apply");
    let special = about(&found, "special-majority");
    assert_eq!(conclusions(special), ["special-majority-missing"]);
    assert_eq!(value(special, "votes (seats)"), Some("4 in favour, 5 needed"));
    assert_eq!(conclusions(about(&found, "casting-vote")), ["casting-vote-excluded"]);
    let found = assessed(&rules, vec![], vec![nine()], &sitting("fffffaaax"));
    assert_eq!(about(&found, "special-majority").finding(), IN_ORDER);
}

#[test]
fn with_seven_sitting_four_are_enough_under_one_reading() {
    // Rule: IQ-L11-2007 special-majority
    let rules = rules(&[A10], &[SPECIAL]);
    let left =
        changed(2, vec![change(8, SeatAction::Leave, 8, 20), change(9, SeatAction::Leave, 9, 20)]);
    let (roll, matter) = (roll("ffffaaa"), "appoint".to_owned());
    let decision = decided(50, CouncilDecision { roll, matter, ..CouncilDecision::default() });
    let found = one(&rules, vec![], vec![nine(), left], &decision);
    assert_eq!(conclusions(&found), ["special-majority-missing", "special-majority-met"]);
}

#[test]
fn a_declared_tally_is_taken_in_every_way_in_which_strangers_can_have_voted() {
    let strangers = |declared, ballots: &str| {
        let mut roll = roll(ballots);
        for one in &mut roll {
            one.ballot = Ballot::Unspecified.into();
        }
        roll[0].member_id = "stranger".to_owned();
        decided(50, CouncilDecision { roll, vote: Some(declared), ..CouncilDecision::default() })
    };
    let read = |declared, ballots: &str| {
        let found = one(&majority(), vec![], vec![nine()], &strangers(declared, ballots));
        found.readings[0].conclusion.clone()
    };
    assert_eq!(read(vote(8, 7, 1, 0), "ffffffff"), "passed");
    assert_eq!(read(vote(8, 5, 3, 0), "ffffffff"), "passed");
    assert_eq!(read(vote(7, 4, 3, 0), "fffffff"), "depends-on-votes-not-entitled");
    assert_eq!(read(vote(8, 2, 6, 0), "ffffffff"), "failed");
}

#[test]
fn a_delegation_is_voted_on_as_any_decision_is() {
    let vote = Some(vote(8, 7, 0, 1));
    let granted = DelegationGranted { decision: reference("71", 3), vote, ..Default::default() };
    let found = one(&majority(), vec![], vec![], &act(50, Content::DelegationGranted(granted)));
    assert_eq!(conclusions(&found), ["passed"]);
}

#[test]
fn a_deputy_in_the_chair_breaks_a_tie_under_one_reading() {
    // Rule: IQ-L11-2007 casting-vote
    let a11 = ("A11-chair", "fails", "acting-chair");
    let casting = "[rule.sitting]\npart = \"casting-vote\"\ncasting = \"side-prevails\"\n\
                   acting = \"?A11-chair\"";
    let rules = rules(&[a11], &[casting]);
    let chair = changed(2, vec![change(9, SeatAction::Chair, 9, 7)]);
    // The first member chairs, because the ninth, whom the seats name, is not there.
    let vote = Some(Vote { casting_vote: true, ..Vote::default() });
    let roll = roll("ffffaaaax");
    let decision = decided(50, CouncilDecision { roll, vote, ..CouncilDecision::default() });
    let found = one(&rules, vec![], vec![nine(), chair], &decision);
    assert_eq!(found.finding(), AssessmentFinding::Contested);
    assert_eq!(conclusions(&found), ["chair-absent", "chair-decided"]);
}

#[test]
fn a_council_of_eight_instead_of_nine_needs_five_all_the_same() {
    // Rule: IQ-L11-2007 quorum
    let seats = ("A10-director", "9", "8");
    let quorum = "[rule.sitting]\npart = \"quorum\"\nseats = \"?A10-director\"";
    let rules = rules(&[seats], &[quorum]);
    let found = one(&rules, vec![], vec![nine()], &by_roll("fffffxxxx"));
    assert_eq!(conclusions(&found), ["quorum-met"], "both readings lead there");
    assert_eq!(found.readings[0].settings.len(), 2);
    let found = one(&rules, vec![], vec![nine()], &by_roll("ffffxxxxx"));
    assert_eq!(conclusions(&found), ["quorum-missing"]);
}
