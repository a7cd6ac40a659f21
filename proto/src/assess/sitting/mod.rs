//! Sittings: who sat, whether enough sat, and what their votes come to.
//!
//! What is assessed is what the decision says of itself, held against the seats as the log knows
//! them. Where the roll gives each member's ballot, the ballots of those who may vote are counted;
//! otherwise the tally that the decision declares is taken, in every way in which those who may not
//! vote can have voted.

mod count;
mod decision;
mod outcome;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use super::calendar::day;
use super::combine::{Basis, Read, combine, input};
use super::seats::{self, Bar, NoSeats, Seats};
use super::{Act, Law};
use crate::rules::{Operation, Rule, SittingPart, SittingRule};
use crate::v1::filing_content::Content;
use crate::v1::{Assessment, AssessmentFinding, Attendance, Vote};

/// What a rule about sittings says about a filing.
pub(super) fn assess(
    law: &Law<'_>,
    rule: &Rule,
    sitting: &SittingRule,
    subject: &Act,
) -> Option<Assessment> {
    if !sitting.of.contains(&subject.kind()) {
        return None;
    }
    let (basis, reads) = match &sitting.part {
        SittingPart::Composition { seats, professions } => {
            decision::composition(law, rule, sitting, subject, seats, professions)?
        }
        SittingPart::Anatomy { requires } => decision::anatomy(subject, requires)?,
        SittingPart::Batch => decision::batch(subject)?,
        part => {
            let sat = Sitting::of(law, sitting, subject)?;
            match part {
                SittingPart::Roll => sat.roll(),
                SittingPart::Oath => sat.oaths(),
                SittingPart::Quorum { seats, base, recused } => {
                    count::quorum(&sat, law, rule, seats, base, recused)
                }
                SittingPart::Majority(majority) => outcome::majority(&sat, law, rule, majority)?,
                SittingPart::CastingVote(majority) => {
                    outcome::casting_vote(&sat, law, rule, majority)?
                }
                SittingPart::SpecialMajority { matters, threshold, out_of, base } => {
                    let special =
                        outcome::Special { matters, threshold: *threshold, out_of: *out_of, base };
                    outcome::special_majority(&sat, law, rule, &special)?
                }
                _ => decision::tally(&sat),
            }
        }
    };
    Some(combine(law, rule, subject, basis, reads))
}

/// What the rules about sittings say of a filing, taken together: whether the decision that it
/// gives came about. Rules that are about form only have no say in it.
pub(super) fn carried(law: &Law<'_>, subject: &Act) -> Vec<Assessment> {
    let counts = |part: &SittingPart| {
        matches!(
            part,
            SittingPart::Quorum { .. }
                | SittingPart::Majority(_)
                | SittingPart::SpecialMajority { .. }
        )
    };
    let assessed = |rule: &Rule| match &rule.operation {
        Operation::Sitting(sitting) if counts(&sitting.part) => assess(law, rule, sitting, subject),
        _ => None,
    };
    law.rules.rules.iter().filter_map(assessed).collect()
}

/// A sitting, as the filing tells it.
pub(super) struct Sitting<'a> {
    roll: &'a [Attendance],
    vote: Option<&'a Vote>,
    matter: &'a str,
    day: Option<Date>,
    seats: Result<Seats, NoSeats>,
    /// Those on the roll whose vote does not count, by their place on it. Empty while no seats are
    /// known: then everybody is taken for a member, and the rule about the roll says so.
    barred: Vec<(usize, Bar)>,
}

impl<'a> Sitting<'a> {
    /// `None`: the filing tells of no sitting, or of that of another body.
    fn of(law: &Law<'_>, rule: &SittingRule, subject: &'a Act) -> Option<Self> {
        let (roll, vote, matter, body): (&[Attendance], _, _, _) = match subject.content.as_ref()? {
            Content::CouncilDecision(decision) => {
                let body = decision.body.as_str();
                (&decision.roll, decision.vote.as_ref(), decision.matter.as_str(), body)
            }
            Content::DelegationGranted(delegation) => (&[], delegation.vote.as_ref(), "", ""),
            Content::ResultsAdopted(results) => (&[], results.vote.as_ref(), "", ""),
            _ => return None,
        };
        if !rule.body.is_empty() && !body.is_empty() && body != rule.body {
            return None;
        }
        let body = if body.is_empty() { rule.body.as_str() } else { body };
        let day = subject.date().and_then(day);
        let seats = day.map_or(Err(NoSeats::Unknown), |day| seats::on(law, subject, body, day));
        let mut sitting = Self { roll, vote, matter, day, seats, barred: Vec::new() };
        sitting.barred = sitting.bars(asks_for_oath(law, rule));
        Some(sitting)
    }

    fn bars(&self, oath: bool) -> Vec<(usize, Bar)> {
        let Ok(seats) = &self.seats else { return Vec::new() };
        let mut barred = Vec::new();
        let mut seen: Vec<u32> = Vec::new();
        for (place, attendance) in self.roll.iter().enumerate() {
            match seats.of(attendance, oath) {
                Ok(tenure) if seen.contains(&tenure.seat) => barred.push((place, Bar::Twice)),
                Ok(tenure) => seen.push(tenure.seat),
                Err(bar) => barred.push((place, bar)),
            }
        }
        barred
    }

    /// Whether each who sat holds a seat.
    fn roll(&self) -> (Basis, Vec<Read>) {
        let mut basis = self.basis("roll");
        let present: Vec<usize> = places(self.roll, |attendance| attendance.present);
        // Who has a seat and no oath is the business of another rule.
        let barred = || {
            let there = self.barred.iter().filter(|(place, _)| present.contains(place));
            there.filter(|(_, bar)| *bar != Bar::NoOath)
        };
        for (place, bar) in barred() {
            let name = self.roll.get(*place).map_or("", |attendance| attendance.name.as_str());
            basis.inputs.push(input(bar.code(), name));
        }
        let astray = self.roll.iter().filter(|one| !one.present && one.ballot != 0);
        let aside = self.roll.iter().filter(|one| one.present && one.recused && one.ballot != 0);
        let absent = astray.map(|one| ("voted-absent", one.name.as_str()));
        let odd: Vec<_> =
            absent.chain(aside.map(|one| ("voted-recused", one.name.as_str()))).collect();
        basis.inputs.extend(odd.iter().map(|(code, name)| input(code, name)));
        if let Ok(seats) = &self.seats {
            basis.inputs.push(input("seats-held", seats.held().count()));
            basis.inputs.extend(seats.chair().map(|chair| input("chair-by-seats", chair)));
        }
        let first = barred().map(|(_, bar)| *bar).next();
        let (finding, conclusion) = match (&self.seats, first, odd.first()) {
            (_, _, _) if self.roll.is_empty() => (AssessmentFinding::Undecided, "roll-missing"),
            (_, _, _) if self.day.is_none() => (AssessmentFinding::Undecided, "day-unknown"),
            (Err(NoSeats::Unknown), _, _) => (AssessmentFinding::Undecided, "seats-unknown"),
            (Err(NoSeats::BodyUnclear), _, _) => (AssessmentFinding::Undecided, "body-unclear"),
            (Ok(_), Some(Bar::NameUnclear), _) => (AssessmentFinding::Undecided, "name-unclear"),
            (Ok(_), Some(bar), _) => (AssessmentFinding::OutOfOrder, bar.code()),
            (Ok(_), None, Some((code, _))) => (AssessmentFinding::OutOfOrder, *code),
            (Ok(_), None, None) => (AssessmentFinding::InOrder, "members-entitled"),
        };
        (basis, vec![Read::plain(finding, conclusion)])
    }

    /// Whether each who sat and holds a seat has taken the oath.
    fn oaths(&self) -> (Basis, Vec<Read>) {
        let mut basis = self.basis("oath");
        let sworn = |place: &usize| !self.barred.contains(&(*place, Bar::NoOath));
        let present = places(self.roll, |attendance| attendance.present);
        let without: Vec<&str> = present
            .iter()
            .filter(|place| !sworn(place))
            .filter_map(|place| Some(self.roll.get(*place)?.name.as_str()))
            .collect();
        basis.inputs.extend(without.iter().map(|name| input("no-oath", name)));
        let (finding, conclusion) = match &self.seats {
            _ if self.roll.is_empty() => (AssessmentFinding::Undecided, "roll-missing"),
            Err(_) => (AssessmentFinding::Undecided, "seats-unknown"),
            Ok(_) if without.is_empty() => (AssessmentFinding::InOrder, "oaths-taken"),
            Ok(_) => (AssessmentFinding::OutOfOrder, "no-oath"),
        };
        (basis, vec![Read::plain(finding, conclusion)])
    }

    /// What every assessment of a sitting says: day, roll, and the leaves of the seats.
    fn basis(&self, about: &'static str) -> Basis {
        let mut basis = Basis { about, ..Basis::default() };
        if let Some(day) = self.day {
            basis.inputs.push(input("day", day));
        }
        if !self.roll.is_empty() {
            let present = places(self.roll, |attendance| attendance.present).len();
            basis.inputs.push(input("on-roll", self.roll.len()));
            basis.inputs.push(input("present", present));
        }
        match &self.seats {
            Ok(seats) => {
                basis.leaves.extend(&seats.leaves);
                basis.inputs.push(input("not-entitled", self.barred_present().len()));
            }
            Err(_) => basis.inputs.push(input("seats", "unknown")),
        }
        basis
    }

    /// Places on the roll of those who were there and whose vote does not count.
    fn barred_present(&self) -> Vec<usize> {
        let there = |place: usize| self.roll.get(place).is_some_and(|one| one.present);
        let places = self.barred.iter().filter(|(_, bar)| *bar != Bar::NameUnclear);
        places.map(|(place, _)| *place).filter(|place| there(*place)).collect()
    }

    /// Those who were there and may vote, also those who stood aside.
    fn members(&self) -> Vec<&'a Attendance> {
        let barred = self.barred_present();
        let counts = |(place, one): &(usize, &Attendance)| one.present && !barred.contains(place);
        self.roll.iter().enumerate().filter(counts).map(|(_, one)| one).collect()
    }
}

/// Whether the rule set asks for an oath anywhere: then no rule counts the vote of who took none.
fn asks_for_oath(law: &Law<'_>, own: &SittingRule) -> bool {
    let asks = |rule: &Rule| match &rule.operation {
        Operation::Sitting(sitting) => {
            (sitting.body.is_empty() || own.body.is_empty() || sitting.body == own.body)
                && sitting.part == SittingPart::Oath
        }
        _ => false,
    };
    law.rules.rules.iter().any(asks)
}

fn places(roll: &[Attendance], fits: impl Fn(&Attendance) -> bool) -> Vec<usize> {
    let fitting = roll.iter().enumerate().filter(|(_, attendance)| fits(attendance));
    fitting.map(|(place, _)| place).collect()
}
