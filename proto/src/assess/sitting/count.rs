//! Counting members and their votes.

use super::super::combine::{Basis, Read, input};
use super::super::seats::NoSeats;
use super::{Law, Sitting};
use crate::rules::{ActingChair, Choice, Recused, Rule, SeatBase, SeatCount};
use crate::v1::{AssessmentFinding, Attendance, Ballot, Vote};
use crate::word::Word as _;

/// How the members of a body voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    /// Members present, as the rule counts them.
    pub(super) present: u32,
    /// In favour.
    pub(super) in_favour: u32,
    /// Against.
    pub(super) against: u32,
    /// Abstained.
    pub(super) abstained: u32,
}

/// What the chair did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chair {
    /// Nobody who may vote chaired.
    Absent,
    /// Stood aside.
    Recused,
    /// Did not vote, or abstained.
    Silent,
    /// Voted in favour.
    InFavour,
    /// Voted against.
    Against,
    /// The decision does not say how the chair voted.
    Unknown,
}

/// Whether enough sat.
pub(super) fn quorum(
    sitting: &Sitting<'_>,
    law: &Law<'_>,
    rule: &Rule,
    seats: &SeatCount,
    base: &Choice<SeatBase>,
    recused: &Choice<Recused>,
) -> (Basis, Vec<Read>) {
    let mut basis = sitting.basis("quorum");
    let mut reads = Vec::new();
    for settings in law.rules.readings(rule) {
        let asked = (seats.under(&settings), base.under(&settings), recused.under(&settings));
        let (Some(seats), Some(base), Some(recused)) = asked else { continue };
        let present = sitting.counted_present(recused);
        let whole = sitting.whole(seats, base);
        let (Some(present), Ok(whole)) = (present, whole) else {
            let why = if present.is_none() { "roll-missing" } else { "seats-unknown" };
            reads.push(Read::new(settings, (AssessmentFinding::Undecided, why)));
            continue;
        };
        let needed = whole / 2 + 1;
        let sum = format!("{present} of {whole}, needed {needed}");
        basis.inputs.push(input(&format!("members ({}, {})", base.word(), recused.word()), sum));
        let read = if present >= needed {
            (AssessmentFinding::InOrder, "quorum-met")
        } else {
            (AssessmentFinding::OutOfOrder, "quorum-missing")
        };
        reads.push(Read::new(settings, read));
    }
    (basis, reads)
}

impl Sitting<'_> {
    /// Of how many members a share is taken.
    pub(super) fn whole(&self, seats: u32, base: SeatBase) -> Result<u32, NoSeats> {
        match base {
            SeatBase::Seats => Ok(seats),
            SeatBase::SittingMembers => match &self.seats {
                Ok(known) => Ok(number(known.held().count())),
                Err(none) => Err(*none),
            },
        }
    }

    /// How many were there. `None`: the decision does not say.
    pub(super) fn counted_present(&self, recused: Recused) -> Option<u32> {
        if self.roll.is_empty() {
            return self.vote.map(|vote| vote.present);
        }
        let counts = |one: &&&Attendance| recused == Recused::Counted || !one.recused;
        Some(number(self.members().iter().filter(counts).count()))
    }

    /// Every way in which the members can have voted; one when the roll has all ballots. `None`:
    /// the decision says nothing about the votes.
    pub(super) fn tallies(&self, recused: Recused) -> Option<Vec<Tally>> {
        let present = self.counted_present(recused)?;
        let members = self.members();
        let voting = || members.iter().filter(|one| !one.recused);
        if !self.roll.is_empty() && voting().all(|one| one.ballot() != Ballot::Unspecified) {
            let count = |ballot| number(voting().filter(|one| one.ballot() == ballot).count());
            return Some(vec![Tally {
                present,
                in_favour: count(Ballot::InFavour),
                against: count(Ballot::Against),
                abstained: count(Ballot::Abstained),
            }]);
        }
        Some(without(self.vote?, number(self.barred_present().len()), present))
    }

    /// What the chair did: the one whom the seats name, and whoever chaired the sitting where they
    /// name none or another may act.
    pub(super) fn chair_vote(&self, acting: ActingChair) -> Chair {
        if self.roll.is_empty() {
            return Chair::Unknown;
        }
        let members = self.members();
        let presiding = members.iter().find(|one| one.chair);
        let named = self.seats.as_ref().ok().and_then(|seats| Some((seats, seats.chair()?)));
        let own = named.and_then(|(seats, chair)| {
            let is_chair = |one: &&&Attendance| {
                seats.of(one, false).is_ok_and(|tenure| tenure.member == chair)
            };
            members.iter().find(is_chair)
        });
        let chair = match (named, acting) {
            (Some(_), ActingChair::Fails) => own,
            (Some(_), ActingChair::Casts) => presiding.or(own),
            (None, _) => presiding,
        };
        let Some(chair) = chair else { return Chair::Absent };
        let ballots = members.iter().any(|one| one.ballot() != Ballot::Unspecified);
        match chair.ballot() {
            _ if chair.recused => Chair::Recused,
            Ballot::InFavour => Chair::InFavour,
            Ballot::Against => Chair::Against,
            Ballot::Abstained => Chair::Silent,
            Ballot::Unspecified if ballots => Chair::Silent,
            Ballot::Unspecified => Chair::Unknown,
        }
    }
}

/// A declared tally without the votes of so many who may not vote, in every way in which they can
/// have voted.
fn without(vote: &Vote, barred: u32, present: u32) -> Vec<Tally> {
    let mut tallies = Vec::new();
    for for_it in 0..=barred.min(vote.in_favour) {
        for against in 0..=(barred - for_it).min(vote.against) {
            let rest = barred - for_it - against;
            tallies.push(Tally {
                present,
                in_favour: vote.in_favour - for_it,
                against: vote.against - against,
                abstained: vote.abstentions.saturating_sub(rest),
            });
        }
    }
    tallies
}

/// Members are few.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
