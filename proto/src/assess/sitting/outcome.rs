//! What votes come to: majorities, and the chair's casting vote.

use super::super::combine::{Basis, Read, input};
use super::count::{Chair, Tally};
use super::{Law, Sitting};
use crate::rules::{
    ActingChair, Casting, Choice, MajorityOf, MajorityRule, Recused, Rule, SeatBase, Settings,
};
use crate::v1::AssessmentFinding::{self, InOrder, OutOfOrder, Undecided};
use crate::word::Word as _;

type Reading = (AssessmentFinding, &'static str);

/// What a vote came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Enough were in favour.
    Carried,
    /// Votes were equal, and the chair was in favour.
    CarriedByChair,
    /// Votes were equal, and the chair was against.
    LostByChair,
    /// Votes were equal, and the chair did not decide.
    Tied(Chair),
    /// Too few were in favour.
    Lost,
}

/// The questions that a majority leaves open, answered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) of: MajorityOf,
    pub(super) recused: Recused,
    pub(super) casting: Casting,
    pub(super) acting: ActingChair,
}

impl Asked {
    fn under(rule: &MajorityRule, settings: &Settings) -> Option<Self> {
        Some(Self {
            of: rule.of.under(settings)?,
            recused: rule.recused.under(settings)?,
            casting: rule.casting.under(settings)?,
            acting: rule.acting.under(settings)?,
        })
    }
}

/// What a tally comes to.
pub(super) fn outcome(tally: Tally, asked: Asked, chair: Chair) -> Outcome {
    let whole = |in_favour: u32| match asked.of {
        MajorityOf::Present => tally.present,
        MajorityOf::VotesCast => in_favour.saturating_add(tally.against),
    };
    let carried = |in_favour: u32| in_favour.saturating_mul(2) > whole(in_favour);
    if carried(tally.in_favour) {
        return Outcome::Carried;
    }
    if tally.in_favour != tally.against || asked.casting == Casting::None {
        return Outcome::Lost;
    }
    match chair {
        // Another vote is not always enough: among members present, abstentions weigh on.
        Chair::InFavour
            if asked.casting == Casting::ExtraVote
                && !carried(tally.in_favour.saturating_add(1)) =>
        {
            Outcome::Lost
        }
        Chair::InFavour => Outcome::CarriedByChair,
        Chair::Against => Outcome::LostByChair,
        silent => Outcome::Tied(silent),
    }
}

/// Whether enough voted in favour. `None`: another majority is needed for the matter.
pub(super) fn majority(
    sitting: &Sitting<'_>,
    law: &Law<'_>,
    rule: &Rule,
    majority: &MajorityRule,
) -> Option<(Basis, Vec<Read>)> {
    if majority.except.iter().any(|matter| matter == sitting.matter) {
        return None;
    }
    let mut basis = sitting.basis("majority");
    let reads = each(sitting, law, rule, majority, &mut basis, |outcomes| {
        told(outcomes, |outcome| match outcome {
            Outcome::Carried => (InOrder, "passed"),
            Outcome::CarriedByChair => (InOrder, "decided-by-casting-vote"),
            Outcome::LostByChair => (OutOfOrder, "lost-by-casting-vote"),
            Outcome::Tied(Chair::Unknown) => (Undecided, "chair-vote-unknown"),
            Outcome::Tied(_) => (OutOfOrder, "tied"),
            Outcome::Lost => (OutOfOrder, "failed"),
        })
    });
    Some((basis, reads))
}

/// Whether the chair's vote decided, and whether the decision says so. `None`: the matter has a
/// majority of its own, and nobody says that the chair decided.
pub(super) fn casting_vote(
    sitting: &Sitting<'_>,
    law: &Law<'_>,
    rule: &Rule,
    majority: &MajorityRule,
) -> Option<(Basis, Vec<Read>)> {
    let declared = sitting.vote.is_some_and(|vote| vote.casting_vote);
    let mut basis = sitting.basis("casting-vote");
    basis.inputs.push(input("declared", declared));
    if majority.except.iter().any(|matter| matter == sitting.matter) {
        basis.inputs.push(input("matter", sitting.matter));
        let excluded = Read::plain(OutOfOrder, "casting-vote-excluded");
        // The matter decides, whatever the switches say.
        let all = law.rules.readings(rule).into_iter();
        let reads = all.map(|settings| Read { settings, ..excluded.clone() }).collect();
        return declared.then_some((basis, reads));
    }
    let reads = each(sitting, law, rule, majority, &mut basis, |outcomes| {
        told(outcomes, |outcome| match (outcome, declared) {
            (Outcome::CarriedByChair | Outcome::LostByChair, true) => (InOrder, "chair-decided"),
            (Outcome::CarriedByChair | Outcome::LostByChair, false) => {
                (OutOfOrder, "casting-vote-not-declared")
            }
            (Outcome::Tied(Chair::Absent), _) => (OutOfOrder, "chair-absent"),
            (Outcome::Tied(Chair::Recused), _) => (OutOfOrder, "chair-recused"),
            (Outcome::Tied(Chair::Silent), _) => (OutOfOrder, "chair-did-not-vote"),
            (Outcome::Tied(_), _) => (Undecided, "chair-vote-unknown"),
            (Outcome::Carried | Outcome::Lost, true) => (OutOfOrder, "no-casting-vote"),
            (Outcome::Carried | Outcome::Lost, false) => (InOrder, "not-needed"),
        })
    });
    Some((basis, reads))
}

/// What a vote comes to under each reading; the arithmetic goes into the inputs.
fn each(
    sitting: &Sitting<'_>,
    law: &Law<'_>,
    rule: &Rule,
    majority: &MajorityRule,
    basis: &mut Basis,
    read: impl Fn(&[Outcome]) -> Reading,
) -> Vec<Read> {
    let mut reads = Vec::new();
    for settings in law.rules.readings(rule) {
        let Some(asked) = Asked::under(majority, &settings) else { continue };
        let chair = sitting.chair_vote(asked.acting);
        basis.inputs.push(input(&format!("chair ({})", asked.acting.word()), chair.code()));
        let Some(tallies) = sitting.tallies(asked.recused) else {
            reads.push(Read::new(settings, (Undecided, "votes-unknown")));
            continue;
        };
        if let [tally] = tallies.as_slice() {
            let of = match asked.of {
                MajorityOf::Present => tally.present,
                MajorityOf::VotesCast => tally.in_favour.saturating_add(tally.against),
            };
            let votes = format!(
                "{} in favour, {} against, {} abstained: more than half of {of} needed",
                tally.in_favour, tally.against, tally.abstained
            );
            let name = format!("votes ({}, {})", asked.of.word(), asked.recused.word());
            basis.inputs.push(input(&name, votes));
        }
        let outcomes: Vec<Outcome> =
            tallies.iter().map(|tally| outcome(*tally, asked, chair)).collect();
        reads.push(Read::new(settings, read(&outcomes)));
    }
    reads
}

/// What all possible outcomes have in common.
fn told(outcomes: &[Outcome], read: impl Fn(Outcome) -> Reading) -> Reading {
    let mut all = outcomes.iter().map(|outcome| read(*outcome));
    match all.next() {
        Some(first) if all.all(|other| other == first) => first,
        _ => (Undecided, "depends-on-votes-not-entitled"),
    }
}

/// A matter that needs more than the ordinary majority.
pub(super) struct Special<'a> {
    pub(super) matters: &'a [String],
    pub(super) threshold: u32,
    pub(super) out_of: u32,
    pub(super) base: &'a Choice<SeatBase>,
}

/// Whether enough voted in favour of a special matter. `None`: it is an ordinary one.
pub(super) fn special_majority(
    sitting: &Sitting<'_>,
    law: &Law<'_>,
    rule: &Rule,
    special: &Special<'_>,
) -> Option<(Basis, Vec<Read>)> {
    if !special.matters.iter().any(|matter| matter == sitting.matter) {
        return None;
    }
    let mut basis = sitting.basis("special-majority");
    basis.inputs.push(input("matter", sitting.matter));
    let tallies = sitting.tallies(Recused::NotCounted);
    let mut reads = Vec::new();
    for settings in law.rules.readings(rule) {
        let Some(base) = special.base.under(&settings) else { continue };
        let needed = match sitting.whole(special.out_of, base) {
            Ok(whole) if whole < special.out_of => scaled(special, whole),
            Ok(_) => special.threshold,
            Err(_) => {
                reads.push(Read::new(settings, (Undecided, "seats-unknown")));
                continue;
            }
        };
        let read = match &tallies {
            None => (Undecided, "votes-unknown"),
            Some(tallies) => {
                let most = tallies.iter().map(|tally| tally.in_favour).max().unwrap_or(0);
                let least = tallies.iter().map(|tally| tally.in_favour).min().unwrap_or(0);
                let votes = format!("{least} in favour, {needed} needed");
                basis.inputs.push(input(&format!("votes ({})", base.word()), votes));
                match (least >= needed, most >= needed) {
                    (true, _) => (InOrder, "special-majority-met"),
                    (false, false) => (OutOfOrder, "special-majority-missing"),
                    (false, true) => (Undecided, "depends-on-votes-not-entitled"),
                }
            }
        };
        reads.push(Read::new(settings, read));
    }
    Some((basis, reads))
}

/// What takes the place of the threshold when fewer members sit. Where it is the smallest greater
/// half, as five of eight, the smallest greater half of them; otherwise the same share, rounded up.
fn scaled(special: &Special<'_>, whole: u32) -> u32 {
    if special.threshold == special.out_of / 2 + 1 {
        return whole / 2 + 1;
    }
    special.threshold.saturating_mul(whole).div_ceil(special.out_of.max(1))
}

impl Chair {
    /// As a stable word.
    fn code(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Recused => "recused",
            Self::Silent => "silent",
            Self::InFavour => "in-favour",
            Self::Against => "against",
            Self::Unknown => "unknown",
        }
    }
}
