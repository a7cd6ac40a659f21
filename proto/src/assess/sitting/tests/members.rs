//! Who sat: seats, oaths, terms, and who may not be there.

use super::*;

#[test]
fn a_member_without_an_oath_is_named_and_the_vote_is_not_counted() {
    // Rule: IQ-L11-2007 oath
    let rules = rules(&[A11], &[ROLL, OATH, MAJORITY]);
    let new =
        changed(2, vec![change(5, SeatAction::Leave, 5, 20), change(5, SeatAction::Take, 10, 20)]);
    let mut roll = roll("ffffaaaax");
    roll[4] = Attendance { ballot: Ballot::InFavour.into(), ..roll[4].clone() };
    roll[4].member_id = "m10".to_owned();
    roll[4].name = "Member 10".to_owned();
    let decision = decided(50, CouncilDecision { roll, ..CouncilDecision::default() });
    let found = assessed(&rules, vec![], vec![nine(), new], &decision);
    assert_eq!(conclusions(about(&found, "roll")), ["members-entitled"], "a seat is held");
    let sworn = about(&found, "oath");
    assert_eq!((sworn.finding(), conclusions(sworn)), (OUT_OF_ORDER, vec!["no-oath"]));
    assert_eq!(value(sworn, "no-oath"), Some("Member 10"));
    // Five to three would be, four to three of seven is.
    let votes = value(about(&found, "majority"), "votes (present, not-counted)");
    assert_eq!(votes, Some("4 in favour, 3 against, 0 abstained: more than half of 7 needed"));
}

#[test]
fn an_oath_taken_on_the_day_of_the_sitting_counts_and_one_of_the_day_after_does_not() {
    // Rule: IQ-L11-2007 oath
    let rules = rules(&[], &[OATH]);
    for (day, conclusion) in [(16, "oaths-taken"), (17, "no-oath")] {
        let oath =
            SeatChange { effective_from: november(day), ..change(1, SeatAction::Oath, 1, 7) };
        let seat = changed(1, vec![change(1, SeatAction::Take, 1, 7), oath]);
        let found = one(&rules, vec![], vec![seat], &by_roll("f"));
        assert_eq!(conclusions(&found), [conclusion], "{day}");
    }
}

#[test]
fn a_term_that_ended_the_day_before_ends_the_vote_and_a_prolonged_one_does_not() {
    // Rule: IQ-L11-2007 membership-ends
    let rules = rules(&[], &[ROLL]);
    let seat = |until| {
        let take = SeatChange { term_until: until, ..change(1, SeatAction::Take, 1, 7) };
        changed(1, vec![take, change(1, SeatAction::Oath, 1, 7)])
    };
    for (until, conclusion) in [(15, "term-over"), (16, "members-entitled")] {
        let found = one(&rules, vec![], vec![seat(november(until))], &by_roll("f"));
        assert_eq!(conclusions(&found), [conclusion], "{until}");
    }
    let longer =
        SeatChange { term_until: date(2027, 1, 6), ..change(1, SeatAction::Prolong, 1, 8) };
    let general = vec![seat(november(15)), changed(2, vec![longer])];
    assert_eq!(conclusions(&one(&rules, vec![], general, &by_roll("f"))), ["members-entitled"]);
}

#[test]
fn a_whole_council_is_replaced_in_a_day_and_its_earlier_votes_stay() {
    // Rule: IQ-L11-2007 membership-ends
    let rules = rules(&[A10], &[ROLL, QUORUM]);
    let mut changes: Vec<SeatChange> = Vec::new();
    for number in 1..=9 {
        // The new member first: the order within the day does not matter.
        for (action, member) in [
            (SeatAction::Take, number + 10),
            (SeatAction::Leave, number),
            (SeatAction::Oath, number + 10),
        ] {
            let day = november(16);
            changes.push(SeatChange { effective_from: day, ..change(number, action, member, 1) });
        }
    }
    let replaced = changed(2, changes);
    let general = vec![nine(), replaced];
    let old = |day| {
        let roll = roll("fffffffff");
        let decision = reference("1", day);
        act(50, Content::CouncilDecision(CouncilDecision { decision, roll, ..Default::default() }))
    };
    let before = assessed(&rules, vec![], general.clone(), &old(15));
    assert_eq!(conclusions(about(&before, "roll")), ["members-entitled"]);
    assert_eq!(about(&before, "quorum").finding(), IN_ORDER);
    let after = assessed(&rules, vec![], general.clone(), &old(16));
    assert_eq!(conclusions(about(&after, "roll")), ["seat-left"]);
    assert_eq!(about(&after, "quorum").finding(), OUT_OF_ORDER);
    let mut new = roll("fffffffff");
    for (number, member) in (11..).zip(&mut new) {
        member.member_id = format!("m{number}");
    }
    let new = decided(50, CouncilDecision { roll: new, ..CouncilDecision::default() });
    let found = assessed(&rules, vec![], general, &new);
    assert_eq!(conclusions(about(&found, "roll")), ["members-entitled"]);
    assert_eq!(about(&found, "quorum").finding(), IN_ORDER);
}

#[test]
fn who_sat_is_found_by_name_where_no_identifier_is_given() {
    let rules = rules(&[], &[ROLL]);
    let seat = changed(
        1,
        vec![
            SeatChange { name: "أحمد".to_owned(), ..change(1, SeatAction::Take, 1, 7) },
            change(1, SeatAction::Oath, 1, 7),
        ],
    );
    let read = |name: &str| {
        let one_there = Attendance { name: name.to_owned(), present: true, ..Default::default() };
        let decision = CouncilDecision { roll: vec![one_there], ..CouncilDecision::default() };
        let found = one(&rules, vec![], vec![seat.clone()], &decided(50, decision));
        found.readings[0].conclusion.clone()
    };
    assert_eq!(read("احمد"), "members-entitled");
    assert_eq!(read("محمود"), "no-seat");
}

#[test]
fn nobody_votes_twice_or_from_outside_the_room() {
    let rules = rules(&[], &[ROLL]);
    let read = |roll: Vec<Attendance>| {
        let decision = CouncilDecision { roll, ..CouncilDecision::default() };
        let found = one(&rules, vec![], vec![nine()], &decided(50, decision));
        found.readings[0].conclusion.clone()
    };
    let mut twice = roll("ff");
    twice[1].member_id = "m1".to_owned();
    assert_eq!(read(twice), "listed-twice");
    let mut outside = roll("fx");
    outside[1].ballot = Ballot::InFavour.into();
    assert_eq!(read(outside), "voted-absent");
    let mut aside = roll("fr");
    aside[1].ballot = Ballot::Against.into();
    assert_eq!(read(aside), "voted-recused");
    assert_eq!(read(vec![]), "roll-missing");
}

#[test]
fn an_institution_with_two_bodies_has_to_say_which_decided() {
    let rules = rules(&[], &[ROLL]);
    let Some(Content::MembershipChanged(mut other)) = nine().content else { panic!() };
    other.body = "panel".to_owned();
    let general = vec![nine(), act(2, Content::MembershipChanged(other))];
    let read = |body: &str| {
        let (roll, body) = (roll("fffff"), body.to_owned());
        let decision = CouncilDecision { roll, body, ..CouncilDecision::default() };
        let found = one(&rules, vec![], general.clone(), &decided(50, decision));
        found.readings[0].conclusion.clone()
    };
    assert_eq!(read(""), "body-unclear");
    assert_eq!(read("council"), "members-entitled");
}

#[test]
fn nine_seats_two_of_them_lawyers() {
    // Rule: IQ-L11-2007 seats
    let rule = "[rule.sitting]\npart = \"composition\"\nseats = 9\nprofessions = { lawyer = 2 }";
    let rules = rules(&[], &[rule]);
    let with = |lawyers: u32, seats: u32| {
        let each = |number| SeatChange {
            profession: if number <= lawyers { "lawyer" } else { "judge" }.to_owned(),
            ..change(number, SeatAction::Take, number, 7)
        };
        one(&rules, vec![], vec![], &changed(1, (1..=seats).map(each).collect()))
    };
    assert_eq!(conclusions(&with(2, 9)), ["composition-met"]);
    assert_eq!(conclusions(&with(1, 9)), ["profession-missing"]);
    assert_eq!(value(&with(1, 9), "lawyer"), Some("1, at least 2 needed"));
    assert_eq!(conclusions(&with(2, 8)), ["seats-vacant"]);
}

#[test]
fn a_body_of_another_name_has_rules_of_its_own() {
    let rules = rules(&[A11], &[&format!("{MAJORITY}\nbody = \"council\"")]);
    let body = "regional-panel".to_owned();
    let decision = CouncilDecision { roll: roll("aaaaa"), body, ..CouncilDecision::default() };
    assert!(assessed(&rules, vec![], vec![nine()], &decided(50, decision)).is_empty());
}
