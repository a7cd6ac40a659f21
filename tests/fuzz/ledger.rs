//! No mutation of a turn of an exchange makes its receiver panic, or find what is not so.

use barid_proto::ledger::{
    Exchange, Ledger, LedgerClaim, LedgerLine, LedgerMap, LedgerNumber, LineFacts, PairSecret,
};
use barid_proto::v1::{CivilDate, LedgerTurn, Outcome};
use prost::Message as _;

use super::mutate;

const DAY: CivilDate = CivilDate { year: 2025, month: 11, day: 26 };

fn map(from: u32) -> LedgerMap {
    let line = |serial: u32| LedgerLine {
        number: LedgerNumber::new("ejp", &format!("{serial}/2025")).expect("a number"),
        outcome: Outcome::Rejected,
        facts: LineFacts::default().digest(),
    };
    let secret = PairSecret::new([7; 32]).for_day("ejp", "ihec", DAY);
    let ledger = Ledger::new((from..30).map(line).collect()).expect("few lines");
    LedgerMap::new(ledger, secret).expect("few lines")
}

/// The panel's side, with all lines, or the commission's, which lacks three.
fn side(panel: bool) -> Exchange {
    let claim = |institution: &str, counterpart: &str, from| {
        LedgerClaim::read(institution, &map(from).digest(DAY, counterpart)).expect("a digest")
    };
    let (ejp, ihec) = (claim("ejp", "ihec", 0), claim("ihec", "ejp", 3));
    let made =
        if panel { Exchange::new(map(0), &ejp, ihec) } else { Exchange::new(map(3), &ihec, ejp) };
    made.expect("a pair")
}

/// The side that receives turn `index` (from 0) of an honest exchange, ready to.
fn receiver(turns: &[LedgerTurn], index: usize) -> Exchange {
    let mut receiver = side(index % 2 == 1);
    let _first = receiver.first();
    for turn in turns.iter().take(index).skip(index % 2).step_by(2) {
        let _reply = receiver.receive(turn);
    }
    receiver
}

#[test]
fn turns_of_an_exchange() {
    let mut sides = [side(false), side(true)];
    let mut turns: Vec<LedgerTurn> = sides[1].first().into_iter().collect();
    while let Some(next) = sides[0].receive(&turns[turns.len() - 1]).expect("honest turns") {
        turns.push(next);
        sides.reverse();
    }
    let found: Vec<usize> =
        sides.iter().map(|side| side.found().map_or(0, |all| all.len())).collect();
    assert_eq!(found, [3, 3]);
    for (index, turn) in turns.iter().enumerate() {
        let name = format!("turn {} of an exchange", index + 1);
        mutate::drive(&name, &[turn.encode_to_vec()], &|bytes| {
            let Ok(turn) = LedgerTurn::decode(bytes) else { return };
            let mut receiver = receiver(&turns, index);
            let _reply = receiver.receive(&turn);
            if let Some(found) = receiver.found() {
                assert_eq!(found.len(), 3, "what is found is so");
            }
        });
    }
}
