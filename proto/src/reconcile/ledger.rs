//! A register's lines for the daily digest.

use std::collections::{BTreeMap, BTreeSet};

use super::Register;
use super::case::{Key, Number, RegisteredCase};
use super::judge::{is_joined, kin};
use crate::ledger::{Ledger, LedgerError, LedgerLine, LedgerNumber, LineFacts};
use crate::v1::Outcome;

/// What a register says to another institution: a line for each docket number of the two that it
/// knows, so that a case which one of them knows by one number only still meets its counterpart.
///
/// # Errors
/// [`LedgerError::Malformed`] when a number is empty or too long, or an institution none,
/// [`LedgerError::TooLarge`].
pub fn ledger(register: &Register, counterpart: &str) -> Result<Ledger, LedgerError> {
    let pair = [register.institution(), counterpart];
    let ours = |number: &&Number| pair.contains(&number.institution.as_str());
    // Several cases stand under one number when they were joined, or are one case twice.
    let mut cases: BTreeMap<Key<'_>, Vec<&RegisteredCase>> = BTreeMap::new();
    for case in register.cases() {
        let numbers: BTreeSet<Key<'_>> =
            case.number.iter().chain(&case.other_numbers).filter(ours).map(Number::key).collect();
        for number in numbers {
            cases.entry(number).or_default().push(case);
        }
    }
    let leads = register.by_number();
    let lead = |case: &RegisteredCase| {
        let place = leads.get(&case.joined_to.as_ref()?.key())?;
        register.cases().get(*place)
    };
    let lines: Result<Vec<LedgerLine>, LedgerError> = cases
        .iter()
        .map(|(number, cases)| {
            let speaks = speaker(*number, cases);
            let joined_to = speaks.and_then(lead).into_iter();
            Ok(LedgerLine {
                number: LedgerNumber::new(number.0, number.1)?,
                outcome: speaks.map_or(Outcome::Unspecified, |case| kin(case.outcome)),
                facts: LineFacts {
                    numbers: numbers(cases.iter().copied(), &pair)?,
                    joined_to: numbers(joined_to, &pair)?,
                }
                .digest(),
            })
        })
        .collect();
    Ledger::new(lines?)
}

/// Of several cases under one number: the one whose own it is, then the one that goes on.
fn speaker<'a>(number: Key<'_>, cases: &[&'a RegisteredCase]) -> Option<&'a RegisteredCase> {
    let own = |case: &&&RegisteredCase| case.number.as_ref().map(Number::key) == Some(number);
    let goes_on = |case: &&&RegisteredCase| !is_joined(case);
    let found = cases.iter().find(own).or_else(|| cases.iter().find(goes_on));
    found.or(cases.first()).copied()
}

/// All numbers of the two institutions that some cases have.
fn numbers<'a>(
    cases: impl Iterator<Item = &'a RegisteredCase>,
    pair: &[&str; 2],
) -> Result<BTreeSet<LedgerNumber>, LedgerError> {
    let written = cases.flat_map(|case| case.number.iter().chain(&case.other_numbers));
    let of_pair = written.filter(|number| pair.contains(&number.institution.as_str()));
    of_pair.map(|number| LedgerNumber::new(&number.institution, &number.normal)).collect()
}
