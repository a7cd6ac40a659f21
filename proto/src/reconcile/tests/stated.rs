//! Registers read from what institutions state, and what they say for the daily digest.

use super::*;
use crate::ledger::LedgerNumber;
use crate::v1::{CivilDate, DocketNumber, RegisterRow, RegisterStatement, WrittenDate};

fn docket_number(literal: &str, normal: &str) -> DocketNumber {
    DocketNumber { institution: "ejp".into(), literal: literal.into(), normal: normal.into() }
}

fn statement() -> RegisterStatement {
    let joined = RegisterRow {
        docket_numbers: vec![
            docket_number("61", "61/2023"),
            docket_number("62", "62/2023"),
            DocketNumber { institution: "ihec".into(), ..docket_number("ب/ ٧", "") },
        ],
        date: Some(WrittenDate {
            literal: "12/11 /2023".into(),
            candidates: vec![
                CivilDate { year: 2023, month: 11, day: 12 },
                CivilDate { year: 2023, month: 12, day: 11 },
                CivilDate { year: 2023, month: 2, day: 31 },
            ],
        }),
        ..RegisterRow::default()
    };
    let ruled = RegisterRow {
        docket_numbers: vec![docket_number("63", "63/2023")],
        outcome: Outcome::DecisionConfirmed.into(),
        person: "علي".into(),
        ..RegisterRow::default()
    };
    RegisterStatement { rows: vec![ruled, joined, RegisterRow::default()], ..Default::default() }
}

#[test]
fn a_row_may_be_a_supplement() {
    let to = |institution: &str| {
        let number = DocketNumber { institution: institution.into(), ..docket_number("61", "") };
        let row = RegisterRow {
            docket_numbers: vec![docket_number("61/1", "")],
            supplement_to: Some(number),
            ..RegisterRow::default()
        };
        let statement = RegisterStatement { rows: vec![row], ..RegisterStatement::default() };
        Register::stated("ejp", &statement, false).unwrap().cases()[0].nature.clone()
    };
    assert_eq!(to("ejp"), Nature::Supplement(Some(Number::of(&docket_number("61", "")))));
    assert_eq!(to("ihec"), Nature::Supplement(None), "it is told by its own numbers only");
}

#[test]
fn a_row_with_several_numbers_is_several_cases() {
    let register = Register::stated("ejp", &statement(), true).unwrap();
    let cases = register.cases();
    assert_eq!(cases.len(), 4);
    assert_eq!(cases[0].number, None, "a row without a number is a case all the same");
    let normal = |case: &RegisteredCase| case.number.clone().unwrap().normal;
    assert_eq!(
        cases[1..].iter().map(normal).collect::<Vec<_>>(),
        ["61/2023", "62/2023", "63/2023"]
    );
    assert_eq!(cases[1].joined_to, None);
    assert_eq!(cases[2].joined_to, cases[1].number);
    assert_eq!(cases[2].outcome, Outcome::Joined);
    assert_eq!(cases[1].days, [date(2023, 11, 12), date(2023, 12, 11)].into());
    assert_eq!(cases[1].other_numbers.first().unwrap().normal, "ب/7", "made from the literal");
    assert_eq!(
        (cases[3].outcome, cases[3].appellant.as_str()),
        (Outcome::DecisionConfirmed, "علي")
    );
    assert!(cases.iter().all(|case| case.transfer.sent));
}

#[test]
fn the_same_statement_again_changes_nothing() {
    let once = Register::stated("ejp", &statement(), false).unwrap();
    let again = once.clone().with(once.cases().to_vec()).unwrap();
    assert_eq!(again, once);
    assert_eq!(changes(&once, &again), []);
    let mut backwards = statement();
    backwards.rows.reverse();
    assert_eq!(Register::stated("ejp", &backwards, false).unwrap(), once);
    let found = reconcile(&Comparison::of(&once, &again));
    assert!(found.balance.holds());
}

#[test]
fn what_completes_a_row_is_the_same_case_and_what_contradicts_it_is_not() {
    let known = RegisteredCase { number: Some(ejp(1)), ..RegisteredCase::default() };
    let more = RegisteredCase {
        number: Some(ejp(1)),
        outcome: Outcome::Upheld,
        other_numbers: [ihec(7)].into(),
        days: [DAY].into(),
        appellant: "أحمد علي".into(),
        ..RegisteredCase::default()
    };
    let spelled = RegisteredCase { appellant: "احمد  علي".into(), ..more.clone() };
    let united = Register::new("ejp", vec![known.clone(), more.clone(), spelled]).unwrap();
    assert_eq!(united.cases().len(), 1);
    assert_eq!(united.cases()[0].outcome, Outcome::Upheld);
    for contradicting in [
        RegisteredCase { outcome: Outcome::Rejected, ..more.clone() },
        RegisteredCase { appellant: person(9), ..more.clone() },
        RegisteredCase { days: [date(2025, 1, 1)].into(), ..more.clone() },
        RegisteredCase { joined_to: Some(ejp(2)), ..more.clone() },
    ] {
        let base = RegisteredCase { joined_to: Some(ejp(3)), ..more.clone() };
        let more = if contradicting.joined_to.is_some() { base } else { more.clone() };
        let apart = Register::new("ejp", vec![more, contradicting.clone()]).unwrap();
        assert_eq!(apart.cases().len(), 2, "{contradicting:?}");
    }
}

/// Two registers that agree have one ledger, in whatever words; each difference is a line or two.
#[test]
fn ledgers_differ_where_registers_do() {
    let ours = |outcome| {
        let mut lead = referred(1);
        lead.other_numbers = [ejp(50)].into();
        let mut joined = referred(2);
        joined.other_numbers = [ejp(51)].into();
        (joined.joined_to, joined.outcome) = (Some(ihec(1)), Outcome::Joined);
        lead.outcome = outcome;
        Register::new("ihec", vec![lead, joined]).unwrap()
    };
    let mut joined = docketed(51, 2);
    (joined.joined_to, joined.outcome) = (Some(ejp(50)), Outcome::Joined);
    let theirs = Register::new("ejp", vec![docketed(50, 1), joined]).unwrap();
    let theirs = ledger::ledger(&theirs, "ihec").unwrap();
    let same = ledger::ledger(&ours(Outcome::DecisionConfirmed), "ejp").unwrap();
    assert_eq!(same, theirs);
    assert_eq!(same.lines().len(), 4, "one for each number");
    let other = ledger::ledger(&ours(Outcome::Upheld), "ejp").unwrap();
    let differ = other.lines().iter().zip(theirs.lines()).filter(|(one, other)| one != other);
    let numbers: Vec<&LedgerNumber> = differ.map(|(line, _)| &line.number).collect();
    assert_eq!(numbers.len(), 2, "{numbers:?}");
    // A third institution's number is none of their business.
    let fsc = Number { institution: "fsc".into(), ..ejp(9) };
    let third = RegisteredCase { other_numbers: [fsc].into(), ..appeal(ihec(3), 3) };
    let alone = Register::new("ihec", vec![third]).unwrap();
    assert_eq!(ledger::ledger(&alone, "ejp").unwrap().lines().len(), 1);
}

#[test]
fn what_a_day_has_brought_is_told_case_by_case() {
    let unnumbered = RegisteredCase { number: None, ..referred(7) };
    let before = vec![referred(1), referred(2), referred(3), unnumbered.clone()];
    let decided = RegisteredCase { outcome: Outcome::Upheld, ..referred(2) };
    let after = vec![referred(1), decided.clone(), referred(4)];
    let register = |cases| Register::new("ihec", cases).unwrap();
    let (before, after) = (register(before), register(after));
    let found = changes(&before, &after);
    let sides: Vec<_> = found.iter().map(|one| (one.before, one.after)).collect();
    let (second, third, fourth) = (referred(2), referred(3), referred(4));
    assert_eq!(
        sides,
        [
            (Some(&unnumbered), None),
            (Some(&second), Some(&decided)),
            (Some(&third), None),
            (None, Some(&fourth)),
        ]
    );
    let back: Vec<_> = changes(&after, &before).iter().map(|one| (one.after, one.before)).collect();
    assert_eq!(back, sides);
}

#[test]
fn what_the_hub_knows_is_told_in_the_words_of_the_register() {
    let register = Register::stated("ejp", &statement(), false).unwrap();
    let known = |literal: &str, appellant: &str, outcome| RegisteredCase {
        // As it is written in a registration: only the panel's formats know its normal form.
        number: Some(Number::of(&docket_number(literal, ""))),
        appellant: appellant.into(),
        case_id: Some([7; 16]),
        days: [date(2023, 11, 20)].into(),
        outcome,
        ..RegisteredCase::default()
    };
    let with = |case| register.clone().with(vec![case]).unwrap();
    let one = with(known("٦٣", "علي حسن", Outcome::Rejected));
    assert_eq!(one.cases().len(), register.cases().len(), "it is the case that is stated");
    let told = one.cases().last().unwrap();
    assert_eq!(told.case_id, Some([7; 16]));
    assert_eq!((told.appellant.as_str(), told.outcome), ("علي", Outcome::DecisionConfirmed));
    assert_eq!(told.number, register.cases().last().unwrap().number);
    // Another outcome is a contradiction, and stays to be seen.
    let two = with(known("63", "علي", Outcome::Upheld));
    assert_eq!(two.cases().len(), register.cases().len() + 1);
    let found = reconcile(&Comparison::of(&Register::new("ihec", vec![]).unwrap(), &two));
    let kinds: Vec<_> = found.exceptions.iter().map(|one| one.kind).collect();
    assert!(kinds.contains(&ExceptionKind::NumberGivenTwice), "{kinds:?}");
    // What is not stated is a case of its own.
    assert_eq!(with(known("64", "علي", Outcome::Rejected)).cases().len(), 5);
}
