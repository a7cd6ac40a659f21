//! The panel's published register against itself: no difference; imported twice: no change.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]
#![expect(clippy::panic, reason = "a reply of the wrong kind ends the test")]

use barid_format_ejp::{Ejp, REGISTER};
use barid_plugin::Format as _;
use barid_plugin::v1::filing_content::Content;
use barid_plugin::v1::{DecodeRequest, RegisterStatement};
use barid_proto::ledger::{LedgerMap, PairSecret};
use barid_proto::reconcile::{
    Comparison, Register, RegisteredCase, Side, Standing, changes, reconcile,
};
use barid_proto::v1::{CivilDate, ExceptionKind};
use barid_trial::sample;

const DAY: CivilDate = CivilDate { year: 2025, month: 11, day: 26 };

/// The register as published, read by its format.
fn published() -> Option<RegisterStatement> {
    let path = sample("4-electoral/iraq/electoral-judicial-panel-register.csv")?;
    let reply = Ejp.decode(&DecodeRequest {
        format: REGISTER.to_owned(),
        input: std::fs::read(path).expect("sample"),
        institution: "ejp".to_owned(),
        ..DecodeRequest::default()
    });
    match reply.content.and_then(|content| content.content) {
        Some(Content::RegisterStatement(statement)) => Some(statement),
        other => panic!("not a register: {other:?}"),
    }
}

/// The register as a commission would have it that knows each case by the panel's number.
fn known_elsewhere(register: &Register) -> Register {
    let known = |case: &RegisteredCase| RegisteredCase {
        number: None,
        other_numbers: case.number.iter().cloned().collect(),
        joined_to: None,
        ..case.clone()
    };
    let cases = register.cases().iter().map(known).collect();
    Register::new("ihec", cases).expect("few cases")
}

#[test]
fn imported_twice_it_is_the_register_once() {
    let Some(statement) = published() else { return };
    let once = Register::stated("ejp", &statement, true).expect("few cases");
    assert!(once.cases().len() >= statement.rows.len());
    let again = once
        .clone()
        .with(Register::stated("ejp", &statement, true).expect("few cases").cases().to_vec());
    let again = again.expect("few cases");
    assert_eq!(again, once);
    assert_eq!(changes(&once, &again), []);
    let root = |register: &Register| {
        let lines = barid_proto::reconcile::ledger::ledger(register, "ihec").expect("lines");
        let secret = PairSecret::new([1; 32]).for_day("ejp", "ihec", DAY);
        LedgerMap::new(lines, secret).expect("a map").root()
    };
    let mut backwards = statement;
    backwards.rows.reverse();
    let turned = Register::stated("ejp", &backwards, true).expect("few cases");
    assert_eq!(root(&turned), root(&once));
}

#[test]
fn against_itself_it_differs_in_nothing() {
    let Some(statement) = published() else { return };
    let register = Register::stated("ejp", &statement, true).expect("few cases");
    let elsewhere = known_elsewhere(&register);
    let comparison = Comparison::of(&elsewhere, &register);
    let found = reconcile(&comparison);
    assert_eq!(found.matches.len(), register.cases().len());
    assert!(found.balance.holds());
    assert_eq!(found.exceptions, [], "every case has its counterpart, and says the same");
    // One title less, and that one is missing.
    let mut shorter = statement;
    let gone = shorter.rows.remove(7);
    let shorter = Register::stated("ejp", &shorter, true).expect("few cases");
    let found = reconcile(&Comparison::of(&elsewhere, &shorter));
    let kinds: Vec<ExceptionKind> = found.exceptions.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, vec![ExceptionKind::LostInTransfer; gone.docket_numbers.len()]);
    let standings = found.balance.standings(Side::Docketing);
    assert_eq!(standings.keys().collect::<Vec<_>>(), [&Standing::Matched]);
}
