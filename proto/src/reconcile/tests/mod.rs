//! Seeded truths, found again; single cases; how long it takes.

mod plants;
mod seeded;
mod seeds;
mod single;
mod stated;

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::*;
use crate::v1::{ExceptionKind, IntakeRoute, Outcome};

/// An exception by the cases' own numbers: what is compared with a seeded truth.
type Told = (ExceptionKind, BTreeSet<String>, BTreeSet<String>);

/// The last day of an election's appeals.
const DAY: Date = date(2025, 11, 20);

fn ihec(serial: usize) -> Number {
    let normal = format!("bas-app-2025-{serial:06}");
    let literal = normal.to_uppercase();
    Number { institution: "ihec".into(), normal, literal }
}

fn ejp(serial: usize) -> Number {
    Number {
        institution: "ejp".into(),
        normal: format!("{serial}/2025"),
        literal: format!("{serial}/ الهيئة القضائية للانتخابات/ 2025"),
    }
}

/// A name of four parts that shares none with another person's.
fn person(serial: usize) -> String {
    format!("أ{serial}ا ب{serial}ا ج{serial}ا د{serial}ا")
}

/// An appeal as it stands in either register when nothing is amiss: all against one decision, all
/// on one day.
fn appeal(number: Number, serial: usize) -> RegisteredCase {
    RegisteredCase {
        number: Some(number),
        appellant: person(serial),
        challenged: Some(Challenged { number: "214".into(), day: Some(date(2025, 11, 16)) }),
        days: [DAY].into(),
        outcome: Outcome::Rejected,
        ..RegisteredCase::default()
    }
}

/// As the commission has it: sent.
fn referred(serial: usize) -> RegisteredCase {
    let transfer = Transfer { sent: true, ..Transfer::default() };
    RegisteredCase { transfer, ..appeal(ihec(serial), serial) }
}

/// As the panel has it: with the commission's number.
fn docketed(serial: usize, theirs: usize) -> RegisteredCase {
    let other_numbers = [ihec(theirs)].into();
    RegisteredCase { other_numbers, route: IntakeRoute::Referred, ..appeal(ejp(serial), theirs) }
}

fn registers(
    referring: Vec<RegisteredCase>,
    docketing: Vec<RegisteredCase>,
) -> (Register, Register) {
    let referring = Register::new("ihec", referring).unwrap();
    (referring, Register::new("ejp", docketing).unwrap())
}

fn numbers(register: &Register, places: &[usize]) -> BTreeSet<String> {
    let number = |place: &usize| {
        let number = register.cases()[*place].number.as_ref();
        number.map_or_else(String::new, |number| number.normal.clone())
    };
    places.iter().map(number).collect()
}

fn told(comparison: &Comparison<'_>, found: &Reconciliation) -> Vec<Told> {
    let one = |exception: &Exception| {
        (
            exception.kind,
            numbers(comparison.referring, &exception.referring),
            numbers(comparison.docketing, &exception.docketing),
        )
    };
    let mut told: Vec<Told> = found.exceptions.iter().map(one).collect();
    told.sort();
    told
}
