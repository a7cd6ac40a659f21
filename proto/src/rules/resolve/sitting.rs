//! Rules about sittings.

use super::super::formal::{
    ActingChair, Casting, DecisionPart, MajorityOf, MajorityRule, Recused, RulingRule, SeatBase,
    SeatCount, SittingPart, SittingRule,
};
use super::super::sections::{WrittenRuling, WrittenSitting};
use super::super::written::{Field, WrittenLength};
use super::fields::{Asked, Fields};
use super::formal::{kinds_or, listed, usual};
use crate::v1::FilingKind;
use crate::word::Word;

/// The parts of a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartWord {
    Roll,
    Oath,
    Quorum,
    Majority,
    CastingVote,
    SpecialMajority,
    Tally,
    Batch,
    Anatomy,
    Composition,
}

impl Word for PartWord {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("roll", Self::Roll),
        ("oath", Self::Oath),
        ("quorum", Self::Quorum),
        ("majority", Self::Majority),
        ("casting-vote", Self::CastingVote),
        ("special-majority", Self::SpecialMajority),
        ("tally", Self::Tally),
        ("batch", Self::Batch),
        ("anatomy", Self::Anatomy),
        ("composition", Self::Composition),
    ];
}

/// Filings that say how a body voted.
const VOTED: [FilingKind; 3] =
    [FilingKind::CouncilDecision, FilingKind::DelegationGranted, FilingKind::ResultsAdopted];

/// Most seats of a deciding body: many times any.
const SEATS_MAX: u32 = 1_000;

pub(super) fn rule(
    written: &WrittenSitting,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<SittingRule> {
    let part: PartWord = fields.word(&format!("{path}.part"), &written.part, asked.near)?;
    only_what_belongs(part, written, path, asked, fields);
    let body = written.body.as_ref().map(|field| field.value.clone()).unwrap_or_default();
    let usual: &[FilingKind] = match part {
        PartWord::Quorum
        | PartWord::Majority
        | PartWord::CastingVote
        | PartWord::SpecialMajority
        | PartWord::Tally => &VOTED,
        PartWord::Roll | PartWord::Oath | PartWord::Batch | PartWord::Anatomy => {
            &[FilingKind::CouncilDecision]
        }
        PartWord::Composition => &[FilingKind::MembershipChanged],
    };
    let of = kinds_or(usual, written.of.as_ref(), path, fields);
    let part = match part {
        PartWord::Roll => SittingPart::Roll,
        PartWord::Oath => SittingPart::Oath,
        PartWord::Quorum => SittingPart::Quorum {
            seats: seats(written, path, asked, fields)?,
            base: base(written, path, asked, fields)?,
            recused: recused(written, path, asked, fields)?,
        },
        PartWord::Majority => SittingPart::Majority(majority(written, path, asked, fields)?),
        PartWord::CastingVote => SittingPart::CastingVote(majority(written, path, asked, fields)?),
        PartWord::SpecialMajority => special(written, path, asked, fields)?,
        PartWord::Tally => SittingPart::Tally,
        PartWord::Batch => SittingPart::Batch,
        PartWord::Anatomy => anatomy(written, path, asked, fields)?,
        PartWord::Composition => SittingPart::Composition {
            seats: seats(written, path, asked, fields)?,
            professions: written.professions.clone().map(|field| field.value).unwrap_or_default(),
        },
    };
    Some(SittingRule { body, of, part })
}

/// Whether a field is given, and where it stands if that is known.
type Given = Option<Option<usize>>;

/// What a part does not use must not stand there, or somebody believes that it counts.
fn only_what_belongs(
    part: PartWord,
    written: &WrittenSitting,
    path: &str,
    asked: &Asked<'_>,
    fields: &mut Fields<'_, '_>,
) {
    use PartWord::{Anatomy, CastingVote, Composition, Majority, Quorum, SpecialMajority};
    let line = |field: &Option<Field<String>>| field.as_ref().map(|field| field.at);
    let words = |field: &Option<Field<Vec<String>>>| field.as_ref().map(|field| field.at);
    let count = |field: &Option<Field<u32>>| field.as_ref().map(|field| field.at);
    let given: [(&str, Given, &[PartWord]); 10] = [
        ("seats", written.seats.as_ref().map(|field| field.at), &[Quorum, Composition]),
        ("base", line(&written.base), &[Quorum, SpecialMajority]),
        ("recused", line(&written.recused), &[Quorum, Majority, CastingVote]),
        ("majority-of", line(&written.majority_of), &[Majority, CastingVote]),
        ("casting", line(&written.casting), &[Majority, CastingVote]),
        ("acting", line(&written.acting), &[Majority, CastingVote]),
        ("except", words(&written.except), &[Majority, CastingVote]),
        ("matters", words(&written.matters), &[SpecialMajority]),
        ("threshold", count(&written.threshold), &[SpecialMajority]),
        ("requires", words(&written.requires), &[Anatomy]),
    ];
    for (name, at, parts) in given {
        let Some(at) = at.filter(|_| !parts.contains(&part)) else { continue };
        let what = "does not count for this part of a sitting: take it out";
        fields.wrong_near(at, asked.near, &format!("{path}.{name}"), "unused", what);
    }
}

fn base(
    written: &WrittenSitting,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<super::super::Choice<SeatBase>> {
    usual(SeatBase::Seats, &written.base, &format!("{path}.base"), asked, fields)
}

fn recused(
    written: &WrittenSitting,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<super::super::Choice<Recused>> {
    usual(Recused::NotCounted, &written.recused, &format!("{path}.recused"), asked, fields)
}

fn majority(
    written: &WrittenSitting,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<MajorityRule> {
    let of = usual(
        MajorityOf::Present,
        &written.majority_of,
        &format!("{path}.majority-of"),
        asked,
        fields,
    );
    let casting = usual(Casting::None, &written.casting, &format!("{path}.casting"), asked, fields);
    let acting =
        usual(ActingChair::Casts, &written.acting, &format!("{path}.acting"), asked, fields);
    let recused = recused(written, path, asked, fields);
    let except = written.except.as_ref().map(|field| field.value.clone()).unwrap_or_default();
    Some(MajorityRule { of: of?, recused: recused?, casting: casting?, acting: acting?, except })
}

fn special(
    written: &WrittenSitting,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<SittingPart> {
    let matters = fields.needed(&format!("{path}.matters"), written.matters.as_ref());
    let threshold = number(written.threshold.as_ref(), &format!("{path}.threshold"), asked, fields);
    let out_of = number(written.out_of.as_ref(), &format!("{path}.out-of"), asked, fields);
    let base = base(written, path, asked, fields);
    let (threshold, out_of) = (threshold?, out_of?);
    if threshold > out_of {
        let at = written.threshold.as_ref().and_then(|field| field.at);
        let what = format!("{threshold} of {out_of} can never be reached");
        fields.wrong_near(at, asked.near, &format!("{path}.threshold"), "range", what);
    }
    Some(SittingPart::SpecialMajority { matters: matters?, threshold, out_of, base: base? })
}

fn anatomy(
    written: &WrittenSitting,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<SittingPart> {
    let path = format!("{path}.requires");
    let words = fields.needed(&path, written.requires.as_ref())?;
    let at = written.requires.as_ref().and_then(|field| field.at);
    let requires: Vec<DecisionPart> =
        words.iter().filter_map(|word| listed(&path, at, word, asked, fields)).collect();
    if requires.is_empty() {
        fields.wrong_near(at, asked.near, &path, "missing", "names no part of a decision");
    }
    Some(SittingPart::Anatomy { requires })
}

/// What a ruling needs.
pub(super) fn ruling(
    written: &WrittenRuling,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<RulingRule> {
    let from = fields.institutions(&format!("{path}.from"), written.from.as_ref());
    let mut count = |name: &str, field: &Option<Field<WrittenLength>>| match field {
        Some(field) => seat_count(field, format!("{path}.{name}"), asked, fields).map(Some),
        None => Some(None),
    };
    let (seats, needed) = (count("seats", &written.seats)?, count("needed", &written.needed)?);
    let says_final = written.says_final.as_ref().is_some_and(|field| field.value);
    if seats.is_none() && needed.is_none() && !says_final {
        let what = "give `seats`, `needed` or `says-final`";
        fields.wrong_near(None, asked.near, path, "missing", what);
    }
    Some(RulingRule { from, seats, needed, says_final })
}

/// How many seats, which must be given.
fn seats(
    written: &WrittenSitting,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<SeatCount> {
    let path = format!("{path}.seats");
    let Some(field) = &written.seats else {
        fields.wrong_near(None, asked.near, &path, "missing", "must be given");
        return None;
    };
    seat_count(field, path, asked, fields)
}

/// How many seats: a number, or a switch whose options are numbers.
fn seat_count(
    field: &Field<WrittenLength>,
    path: String,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<SeatCount> {
    let fits = |seats: u32| (1..=SEATS_MAX).contains(&seats);
    let what = match &field.value {
        WrittenLength::Number(seats) if fits(*seats) => return Some(SeatCount::Fixed(*seats)),
        WrittenLength::Number(seats) => format!("{seats} is not 1 to {SEATS_MAX}"),
        WrittenLength::Word(word) => match word.strip_prefix('?') {
            Some(name) => {
                let fits = |word: &str| word.parse().is_ok_and(fits);
                let wanted = format!("1 to {SEATS_MAX}");
                let key = fields.switch(&path, field.at, name, asked, fits, &wanted);
                return key.map(SeatCount::Switch);
            }
            None => format!("{word:?} is neither a number nor \"?\" with a switch"),
        },
    };
    fields.wrong_near(field.at, asked.near, &path, "range", what);
    None
}

/// A number of members, which is not 0 and not beyond belief.
fn number(
    field: Option<&Field<u32>>,
    path: &str,
    asked: &Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<u32> {
    let Some(field) = field else {
        fields.wrong_near(None, asked.near, path, "missing", "must be given");
        return None;
    };
    if !(1..=SEATS_MAX).contains(&field.value) {
        let what = format!("{} is not 1 to {SEATS_MAX}", field.value);
        fields.wrong_near(field.at, asked.near, path, "range", what);
        return None;
    }
    Some(field.value)
}
