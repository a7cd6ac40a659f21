//! A register: all cases of one institution, in one order whatever order they came in.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::case::{Challenged, Key, Nature, Number, RegisteredCase};
use crate::v1::{CivilDate, Outcome, RegisterRow, RegisterStatement};

/// Most cases of a register: as many as rows of a statement.
pub const CASES_MAX: usize = 1_000_000;

/// An institution's register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    institution: String,
    cases: Vec<RegisteredCase>,
}

/// More than [`CASES_MAX`] cases.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("a register of {0} cases is too large")]
pub struct TooManyCases(pub usize);

impl Register {
    /// Puts cases in order. What is said twice counts once; rows under one number that complete
    /// each other are one case; rows under one number that contradict each other stay apart, which
    /// [`reconcile`](super::reconcile) tells.
    ///
    /// # Errors
    /// [`TooManyCases`].
    pub fn new(institution: &str, mut cases: Vec<RegisteredCase>) -> Result<Self, TooManyCases> {
        if cases.len() > CASES_MAX {
            return Err(TooManyCases(cases.len()));
        }
        cases.sort_by(|a, b| (key(a), a).cmp(&(key(b), b)));
        let mut united: Vec<RegisteredCase> = Vec::with_capacity(cases.len());
        for case in cases {
            if united.last() == Some(&case) {
                continue;
            }
            let alike = |last: &&mut RegisteredCase| key(last).is_some() && key(last) == key(&case);
            let last = united.last_mut().filter(alike);
            match last.and_then(|last| Some((last.united(&case)?, last))) {
                Some((both, last)) => *last = both,
                None => united.push(case),
            }
        }
        // What was united may have come to stand behind what is like it.
        united.sort_by(|a, b| (key(a), a).cmp(&(key(b), b)));
        Ok(Self { institution: institution.to_owned(), cases: united })
    }

    /// Reads a register as its institution stated it. A row with several numbers is as many cases,
    /// joined to the first. `sent` says of all rows whether they were sent to the other side, which
    /// registers on paper do not say row by row.
    ///
    /// # Errors
    /// [`TooManyCases`].
    pub fn stated(
        institution: &str,
        statement: &RegisterStatement,
        sent: bool,
    ) -> Result<Self, TooManyCases> {
        let cases = statement.rows.iter().flat_map(|row| stated(institution, row, sent));
        Self::new(institution, cases.collect())
    }

    /// This register and what else is known of its cases, from a hub for instance. Numbers are one
    /// here when they are written alike, too: only formats know an institution's normal forms. The
    /// register's own word counts for how a name, a decision, a day or an outcome is written, as
    /// long as both may mean the same; what contradicts it stays a case of its own, and is told.
    ///
    /// # Errors
    /// [`TooManyCases`].
    pub fn with(self, more: Vec<RegisteredCase>) -> Result<Self, TooManyCases> {
        let Self { institution, mut cases } = self;
        let (mut normal, mut written) = (HashMap::new(), HashMap::new());
        for (place, case) in cases.iter().enumerate() {
            if let Some(number) = &case.number {
                normal.entry(number.normal.clone()).or_insert(place);
                // One title may stand for several joined numbers: then it names none of them.
                let several = written.insert(number.written().1, Some(place)).is_some();
                if several {
                    written.insert(number.written().1, None);
                }
            }
        }
        let own = |number: &Number| {
            let by_writing = || written.get(&number.written().1).copied().flatten();
            let place = normal.get(&number.normal).copied().or_else(by_writing)?;
            cases.get(place).filter(|_| number.institution == institution)
        };
        let told = |mut case: RegisteredCase| {
            let by_lead = |number: &Number| own(number).and_then(|lead| lead.number.clone());
            case.joined_to = case.joined_to.map(|lead| by_lead(&lead).unwrap_or(lead));
            match case.number.as_ref().and_then(own) {
                Some(stated) => case.told_as(stated),
                None => case,
            }
        };
        let more: Vec<RegisteredCase> = more.into_iter().map(told).collect();
        cases.extend(more);
        Self::new(&institution, cases)
    }

    /// The institution whose register it is.
    #[must_use]
    pub fn institution(&self) -> &str {
        &self.institution
    }

    /// Its cases, ascending by number; those without one first.
    #[must_use]
    pub fn cases(&self) -> &[RegisteredCase] {
        &self.cases
    }

    /// The places of cases by their own numbers; the first where one number was given twice.
    pub(super) fn by_number(&self) -> HashMap<Key<'_>, usize> {
        let mut places = HashMap::with_capacity(self.cases.len());
        for (place, case) in self.cases.iter().enumerate() {
            if let Some(number) = key(case) {
                places.entry(number).or_insert(place);
            }
        }
        places
    }
}

fn key(case: &RegisteredCase) -> Option<Key<'_>> {
    case.number.as_ref().map(Number::key)
}

/// The cases of one row.
fn stated(institution: &str, row: &RegisterRow, sent: bool) -> Vec<RegisteredCase> {
    let read: BTreeSet<Number> = row.docket_numbers.iter().map(Number::of).collect();
    let own = |number: &Number| number.institution.is_empty() || number.institution == institution;
    let other_numbers: BTreeSet<Number> =
        read.iter().filter(|number| !own(number)).cloned().collect();
    // In the order of the row: the first is the case that goes on.
    let numbers = row.docket_numbers.iter().map(Number::of).filter(own);
    let mut numbers: Vec<Number> =
        numbers.map(|number| Number { institution: institution.to_owned(), ..number }).collect();
    numbers.dedup_by(|b, a| a.key() == b.key());
    let lead = numbers.first().cloned();
    let case = RegisteredCase {
        other_numbers,
        appellant: row.person.clone(),
        challenged: row
            .challenged
            .as_ref()
            .map(|act| Challenged { number: act.number.clone(), day: act.date.and_then(civil) }),
        days: row
            .date
            .iter()
            .flat_map(|date| &date.candidates)
            .copied()
            .filter_map(civil)
            .collect(),
        nature: match &row.supplement_to {
            Some(to) => Nature::Supplement(Some(Number::of(to)).filter(&own)),
            None => Nature::Own,
        },
        outcome: row.outcome(),
        transfer: super::Transfer { sent, ..super::Transfer::default() },
        ..RegisteredCase::default()
    };
    if numbers.is_empty() {
        return vec![case];
    }
    let numbered = |number: Number| {
        let joined_to = lead.clone().filter(|lead| lead.key() != number.key());
        let joined = joined_to.is_some() && case.outcome == Outcome::Unspecified;
        let outcome = if joined { Outcome::Joined } else { case.outcome };
        RegisteredCase { number: Some(number), joined_to, outcome, ..case.clone() }
    };
    numbers.into_iter().map(numbered).collect()
}

/// A day of the wire. `None`: there is no such day.
pub(super) fn civil(day: CivilDate) -> Option<Date> {
    let (year, month) = (i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?);
    Date::new(year, month, i8::try_from(day.day).ok()?).ok()
}
