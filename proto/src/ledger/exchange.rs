//! One side of the search for differences, turn by turn.
//!
//! Both have signed their roots. Where the roots differ, one opens its root: the hashes of its
//! sixteen branches. The other answers with those of its own that are different, and at once opens
//! the branches that are; so each turn goes one level down, on the paths of differences only. At
//! the bottom a few blinded lines are left, and those that differ are told in plain.
//!
//! Nothing is believed: what is opened has to hash to what was opened before, up to the signed
//! root, so that the other side can show one map only. Nothing is opened but where the other side's
//! own signed hash differs, so that whoever wants to see another's register has to sign one that
//! differs from it, line by line.

use std::collections::{BTreeMap, BTreeSet};

use super::map::{BlindLine, Children, root_hash};
use super::opening::Held;
use super::path::{Path, STEPS};
use super::{
    DIFFERENCES_MAX, LedgerError, LedgerLine, LedgerMap, LedgerNumber, OPENINGS_MAX, TOLD_MAX,
    TURNS_MAX,
};
use crate::tlog::Hash;
use crate::v1::{CivilDate, LedgerDigest, LedgerOpening, LedgerTurn, Outcome};

/// Most parts in question at once: every difference has at most one branch of sixteen open.
const QUESTION_MAX: usize = 16 * DIFFERENCES_MAX;

/// A digest of a ledger as an institution signed it, well-formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerClaim {
    institution: String,
    counterpart: String,
    as_of: CivilDate,
    counts: BTreeMap<Outcome, u64>,
    size: u64,
    root: Hash,
}

/// A number on which two ledgers differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Our line. `None`: we have none with this number.
    pub ours: Option<LedgerLine>,
    /// Their line. `None`: they have none with this number.
    pub theirs: Option<LedgerLine>,
}

/// One side of an exchange. Feed it the other's turns, send what it gives back.
#[derive(Debug)]
pub struct Exchange {
    map: LedgerMap,
    theirs: LedgerClaim,
    begins: bool,
    /// The number of the turn that comes next, whoever's it is.
    turn: u32,
    /// Parts that are known to differ, with the hash that the other side committed itself to;
    /// `None` for the whole, which stands under its root.
    question: BTreeMap<Path, Option<Hash>>,
    /// What we opened in our last turn and have to be answered.
    opened: Vec<(Path, Option<Hash>, Held)>,
    /// Numbers of ours that differ, those of them that are not told yet, and theirs to be told.
    differ: BTreeSet<Hash>,
    to_tell: BTreeSet<Hash>,
    awaited: BTreeMap<Hash, Hash>,
    told: BTreeMap<Hash, LedgerLine>,
    finished: bool,
    /// The other side did what it must not: nothing of it is taken any more.
    over: bool,
}

impl LedgerClaim {
    /// Reads the digest that `institution` signed.
    ///
    /// # Errors
    /// [`LedgerError::Malformed`] when day, counterpart, root or tallies are missing or wrong.
    pub fn read(institution: &str, digest: &LedgerDigest) -> Result<Self, LedgerError> {
        let mut counts = BTreeMap::new();
        for tally in &digest.tallies {
            let outcome = Outcome::try_from(tally.outcome);
            let outcome = outcome.map_err(|_| LedgerError::Malformed("tallies"))?;
            if tally.count == 0 || counts.insert(outcome, tally.count).is_some() {
                return Err(LedgerError::Malformed("tallies"));
            }
        }
        let total = counts.values().try_fold(0_u64, |sum, count| sum.checked_add(*count));
        if total != Some(digest.size) {
            return Err(LedgerError::Malformed("size"));
        }
        if digest.counterpart.is_empty() || digest.counterpart == institution {
            return Err(LedgerError::Malformed("counterpart"));
        }
        let root = digest.root.as_slice().try_into();
        Ok(Self {
            institution: institution.to_owned(),
            counterpart: digest.counterpart.clone(),
            as_of: digest.as_of.ok_or(LedgerError::Malformed("as_of"))?,
            counts,
            size: digest.size,
            root: root.map_err(|_| LedgerError::Malformed("root"))?,
        })
    }
}

impl Exchange {
    /// Begins to compare what we have with what the other side signed.
    ///
    /// # Errors
    /// [`LedgerError::NotAPair`] unless both digests are of one day and made for each other, and
    /// ours is of this map.
    pub fn new(
        map: LedgerMap,
        ours: &LedgerClaim,
        theirs: LedgerClaim,
    ) -> Result<Self, LedgerError> {
        let each_other =
            ours.institution == theirs.counterpart && theirs.institution == ours.counterpart;
        if !each_other || ours.as_of != theirs.as_of || ours.root != map.root() {
            return Err(LedgerError::NotAPair);
        }
        let alike = ours.root == theirs.root;
        let question = if alike { BTreeMap::new() } else { [(Path::root(), None)].into() };
        Ok(Self {
            map,
            begins: ours.institution < theirs.institution,
            theirs,
            turn: 1,
            question,
            opened: Vec::new(),
            differ: BTreeSet::new(),
            to_tell: BTreeSet::new(),
            awaited: BTreeMap::new(),
            told: BTreeMap::new(),
            finished: alike,
            over: false,
        })
    }

    /// The first turn, if it is ours: `None` when the other side begins, or nothing differs.
    pub fn first(&mut self) -> Option<LedgerTurn> {
        let ours = self.begins && self.turn == 1 && !self.finished;
        ours.then(|| self.compose(Vec::new()))
    }

    /// Takes the other side's turn, and gives ours. `None`: the other side waits for nothing more.
    ///
    /// # Errors
    /// Any [`LedgerError`] that a turn can have. The exchange is over then: what the other side
    /// sent is evidence of what it did, with what it signed.
    pub fn receive(&mut self, turn: &LedgerTurn) -> Result<Option<LedgerTurn>, LedgerError> {
        let reply = self.take(turn);
        self.over |= reply.is_err();
        reply
    }

    fn take(&mut self, turn: &LedgerTurn) -> Result<Option<LedgerTurn>, LedgerError> {
        if self.finished || self.over || (self.begins && self.turn == 1) {
            return Err(LedgerError::Unasked);
        }
        if turn.number != self.turn {
            return Err(LedgerError::Turn { wanted: self.turn, given: turn.number });
        }
        if turn.openings.len() > OPENINGS_MAX || turn.told.len() > TOLD_MAX {
            return Err(LedgerError::Malformed("turn"));
        }
        self.turn += 1;
        self.take_answers(&turn.answers)?;
        self.take_told(turn)?;
        let answers = self.take_openings(&turn.openings)?;
        let differing = self.differ.len() + self.told.len() + self.awaited.len();
        if differing > DIFFERENCES_MAX || self.question.len() > QUESTION_MAX {
            return Err(LedgerError::TooDifferent);
        }
        let nothing_left = answers.is_empty() && self.is_settled() && self.to_tell.is_empty();
        let reply = (!nothing_left).then(|| self.compose(answers));
        if self.is_settled() && self.to_tell.is_empty() {
            self.check_figures()?;
            self.finished = true;
        } else if self.turn > TURNS_MAX {
            return Err(LedgerError::TooDifferent);
        }
        Ok(reply)
    }

    /// Whether nothing is open, or awaited from the other side.
    fn is_settled(&self) -> bool {
        self.question.is_empty() && self.opened.is_empty() && self.awaited.is_empty()
    }

    /// The numbers on which the two ledgers differ, ascending. `None`: not all are known yet.
    #[must_use]
    pub fn found(&self) -> Option<Vec<Difference>> {
        if !self.finished {
            return None;
        }
        let numbers: BTreeSet<&Hash> = self.differ.iter().chain(self.told.keys()).collect();
        let difference = |number: &&Hash| Difference {
            ours: self.map.line(number).cloned(),
            theirs: self.told.get(*number).cloned(),
        };
        let mut found: Vec<Difference> = numbers.iter().map(difference).collect();
        found.sort_by(|a, b| a.number().cmp(&b.number()));
        Some(found)
    }

    fn take_answers(&mut self, answers: &[LedgerOpening]) -> Result<(), LedgerError> {
        let opened = std::mem::take(&mut self.opened);
        if answers.len() != opened.len() {
            return Err(LedgerError::Withheld);
        }
        for (answer, (path, signed, ours)) in answers.iter().zip(opened) {
            if answer.path != path.steps() {
                return Err(LedgerError::Unasked);
            }
            let theirs = Held::read(&path, answer, Some(&ours.children(&path)))?;
            self.check_signed(signed, &theirs)?;
            self.narrow(&path, &ours, &theirs);
        }
        Ok(())
    }

    fn take_told(&mut self, turn: &LedgerTurn) -> Result<(), LedgerError> {
        for told in &turn.told {
            let line = LedgerLine::try_from(told)?;
            let number = self.map.secret().number(&line.number);
            let signed = self.awaited.remove(&number).ok_or(LedgerError::Unasked)?;
            if self.map.secret().line(&line) != signed {
                return Err(LedgerError::NotSigned);
            }
            self.told.insert(number, line);
        }
        // By now the other side has seen all of ours that these differ from.
        let all = self.awaited.is_empty() || turn.told.len() == TOLD_MAX;
        if all { Ok(()) } else { Err(LedgerError::Withheld) }
    }

    fn take_openings(
        &mut self,
        openings: &[LedgerOpening],
    ) -> Result<Vec<LedgerOpening>, LedgerError> {
        let mut answers = Vec::with_capacity(openings.len());
        for opening in openings {
            let path = Path::read(&opening.path)?;
            // Also refuses what is opened twice: it is in question no longer.
            let signed = self.question.remove(&path).ok_or(LedgerError::Unasked)?;
            let theirs = Held::read(&path, opening, None)?;
            self.check_signed(signed, &theirs)?;
            let ours = Held::ours(&self.map, &path);
            answers.push(ours.write(&path, Some(&theirs.children(&path))));
            self.narrow(&path, &ours, &theirs);
        }
        Ok(answers)
    }

    /// Whether what is shown is what stands under the hash shown before, or under the root.
    fn check_signed(&self, signed: Option<Hash>, theirs: &Held) -> Result<(), LedgerError> {
        let holds = match signed {
            Some(hash) => theirs.hash() == hash,
            None => root_hash(self.theirs.size, &theirs.hash()) == self.theirs.root,
        };
        if holds { Ok(()) } else { Err(LedgerError::NotSigned) }
    }

    /// Goes down: two lists are compared line by line, everything else child by child.
    fn narrow(&mut self, path: &Path, ours: &Held, theirs: &Held) {
        if let (Held::Leaves(ours), Held::Leaves(theirs)) = (ours, theirs) {
            let lacks = |held: &[BlindLine], leaf: &BlindLine| !held.contains(leaf);
            for leaf in ours.iter().filter(|leaf| lacks(theirs, leaf)) {
                self.differ.insert(leaf.number);
                self.to_tell.insert(leaf.number);
            }
            for leaf in theirs.iter().filter(|leaf| lacks(ours, leaf)) {
                self.awaited.insert(leaf.number, leaf.line);
            }
            return;
        }
        let nothing = Held::Leaves(Vec::new()).hash();
        let (ours, theirs): (Children, Children) = (ours.children(path), theirs.children(path));
        for ((step, ours), theirs) in (0..STEPS).zip(ours).zip(theirs) {
            // A branch at the greatest depth was refused when it was read.
            if let Some(below) = path.below(step).filter(|_| ours != theirs) {
                self.question.insert(below, Some(theirs.unwrap_or(nothing)));
            }
        }
    }

    fn compose(&mut self, answers: Vec<LedgerOpening>) -> LedgerTurn {
        let mut openings = Vec::new();
        while openings.len() < OPENINGS_MAX
            && let Some((path, signed)) = self.question.pop_first()
        {
            let ours = Held::ours(&self.map, &path);
            openings.push(ours.write(&path, None));
            self.opened.push((path, signed, ours));
        }
        let mut told = Vec::new();
        while told.len() < TOLD_MAX
            && let Some(number) = self.to_tell.pop_first()
        {
            told.extend(self.map.line(&number).map(Into::into));
        }
        let number = self.turn;
        self.turn += 1;
        LedgerTurn { number, answers, openings, told }
    }

    /// What is alike and what is told has to come to the figures that the other side signed.
    fn check_figures(&self) -> Result<(), LedgerError> {
        let mut counts: BTreeMap<Outcome, u64> = BTreeMap::new();
        let differ = self.differ.iter().filter_map(|number| self.map.line(number));
        let differ: BTreeSet<&LedgerNumber> = differ.map(|line| &line.number).collect();
        let ours = self.map.ledger().lines().iter();
        let alike = ours.filter(|line| !differ.contains(&line.number));
        for line in alike.chain(self.told.values()) {
            *counts.entry(line.outcome).or_insert(0) += 1;
        }
        if counts == self.theirs.counts { Ok(()) } else { Err(LedgerError::Figures) }
    }
}

impl Difference {
    /// The number that it is about.
    #[must_use]
    pub fn number(&self) -> Option<&LedgerNumber> {
        self.ours.as_ref().or(self.theirs.as_ref()).map(|line| &line.number)
    }
}
