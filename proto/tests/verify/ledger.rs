//! The known answers about ledgers: blinded lines, the map's root, and a whole exchange.

use crate::known_answer::{hex, hold};
use barid_proto::ledger::{
    Difference, Exchange, Ledger, LedgerClaim, LedgerLine, LedgerMap, LedgerNumber, LineFacts,
    PairSecret,
};
use barid_proto::v1::{CivilDate, LedgerTurn, Outcome};
use prost::Message as _;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const DAY: CivilDate = CivilDate { year: 2025, month: 11, day: 26 };
const PAIR: [u8; 32] = [0x5a; 32];

fn number(institution: &str, normal: &str) -> LedgerNumber {
    LedgerNumber::new(institution, normal).unwrap()
}

fn facts(serial: u32) -> LineFacts {
    let numbers = [number("ejp", &format!("{serial}/2025"))];
    let joined_to = (serial % 10 == 7).then(|| number("ejp", &format!("{}/2025", serial - 1)));
    LineFacts { numbers: numbers.into(), joined_to: joined_to.into_iter().collect() }
}

fn line(serial: u32) -> LedgerLine {
    let outcome = match serial % 10 {
        7 => Outcome::Joined,
        0..=4 => Outcome::Rejected,
        _ => Outcome::Unspecified,
    };
    let number = number("ejp", &format!("{serial}/2025"));
    LedgerLine { number, outcome, facts: facts(serial).digest() }
}

fn map(lines: Vec<LedgerLine>) -> LedgerMap {
    let secret = PairSecret::new(PAIR).for_day("ejp", "ihec", DAY);
    LedgerMap::new(Ledger::new(lines).unwrap(), secret).unwrap()
}

/// All turns between two ledgers, and what the first of the two found.
fn exchange(ejp: Vec<LedgerLine>, ihec: Vec<LedgerLine>) -> (Vec<LedgerTurn>, Vec<Difference>) {
    let (ejp, ihec) = (map(ejp), map(ihec));
    let first = LedgerClaim::read("ejp", &ejp.digest(DAY, "ihec")).unwrap();
    let second = LedgerClaim::read("ihec", &ihec.digest(DAY, "ejp")).unwrap();
    let one = Exchange::new(ejp, &first, second.clone()).unwrap();
    let other = Exchange::new(ihec, &second, first).unwrap();
    let mut sides = [other, one];
    let mut turns = vec![sides[1].first().unwrap()];
    while let Some(next) = sides[0].receive(turns.last().unwrap()).unwrap() {
        turns.push(next);
        sides.reverse();
    }
    let found = sides.iter().find_map(|side| {
        let found = side.found().unwrap();
        found.iter().any(|difference| difference.ours.is_some()).then_some(found)
    });
    (turns, found.unwrap())
}

#[test]
fn ledgers() {
    let secret = PairSecret::new(PAIR).for_day("ihec", "ejp", DAY);
    let texts = |numbers: &BTreeSet<LedgerNumber>| -> Vec<String> {
        numbers.iter().map(LedgerNumber::to_string).collect()
    };
    let lines: Vec<Value> = [612, 617]
        .map(|serial| {
            let (line, facts) = (line(serial), facts(serial));
            json!({
                "institution": line.number.institution(),
                "normal": line.number.normal(),
                "outcome": i32::from(line.outcome),
                "facts_numbers": texts(&facts.numbers),
                "facts_joined_to": texts(&facts.joined_to),
                "facts": hex(&line.facts),
                "blinded_number": hex(&secret.number(&line.number)),
                "blinded_line": hex(&secret.line(&line)),
            })
        })
        .into();
    let roots: Vec<Value> = [0, 1, 8, 9, 300]
        .map(|size| {
            let digest = map((0..size).map(line).collect()).digest(DAY, "ihec");
            json!({
                "lines": size,
                "root": hex(&digest.root),
                "digest": hex(&digest.encode_to_vec()),
            })
        })
        .into();
    // Of 40 lines, the second side lacks 13 and has 21 with another outcome.
    let ours: Vec<LedgerLine> = (0..40).map(line).collect();
    let mut theirs = ours.clone();
    theirs.remove(13);
    theirs[20].outcome = Outcome::Upheld;
    let (turns, found) = exchange(ours, theirs);
    let numbers: Vec<String> =
        found.iter().map(|difference| difference.number().unwrap().to_string()).collect();
    assert_eq!(numbers, ["ejp:13/2025", "ejp:21/2025"]);
    hold(
        "ledger.json",
        &json!({
            "pair_secret": hex(&PAIR),
            "institutions": ["ejp", "ihec"],
            "day": "2025-11-26",
            "day_secret": hex(secret.as_bytes()),
            "lines": lines,
            "roots": roots,
            "turns": turns.iter().map(|turn| hex(&turn.encode_to_vec())).collect::<Vec<_>>(),
            "differ": numbers,
        }),
    );
}
