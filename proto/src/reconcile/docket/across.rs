//! Which case a number means, and the acts that count for other cases than the one on whose docket
//! they stand.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::case::Number;
use super::Docket;
use super::facts::{Answer, Filed, Step, What};
use crate::tlog::Hash;
use crate::v1::Outcome;

/// What acts say of each case, in the order of the log.
#[derive(Clone, Debug, Default)]
pub(super) struct Effects {
    each: Vec<Vec<Effect>>,
    /// Envelopes in which a dispute begins, and whose.
    begun: HashMap<Hash, usize>,
}

/// What one act says of one case.
#[derive(Clone, Debug)]
pub(super) struct Effect {
    pub(super) leaf: u64,
    /// The act: which docket it stands on, and where on that.
    pub(super) act: (usize, usize),
    pub(super) says: Says,
}

/// See [`What`].
#[derive(Clone, Debug)]
pub(super) enum Says {
    Ruled(Outcome),
    Withdrawn,
    Decided(Outcome),
    /// The case goes on in that of this number, and which that is if it can be told.
    Joined(Number, Option<usize>),
    Parted,
    Corrected {
        wrong: Number,
        right: Number,
    },
}

impl Effects {
    pub(super) fn of(dockets: &[Docket]) -> Self {
        let mut index = Index::of(dockets);
        let mut effects = Self { each: vec![Vec::new(); dockets.len()], begun: HashMap::new() };
        let mut acts: Vec<(u64, (usize, usize), &Filed)> = Vec::new();
        for (place, docket) in dockets.iter().enumerate() {
            for (at, filed) in docket.filed.iter().enumerate() {
                acts.push((filed.leaf, (place, at), filed));
                if filed.brought().is_some_and(super::facts::Brought::begins) {
                    effects.begun.entry(filed.digest).or_insert(place);
                }
            }
        }
        acts.sort_by_key(|(leaf, act, _)| (*leaf, *act));
        for (leaf, act, filed) in &acts {
            if let What::Corrected { wrong, right } = &filed.what
                && wrong.institution == filed.from.institution
            {
                let says = Says::Corrected { wrong: wrong.clone(), right: right.clone() };
                let case = index.corrected(wrong, right, act.0, *leaf);
                effects.tell(case, *leaf, *act, &says);
            }
        }
        let mut told = BTreeSet::new();
        for (leaf, act, filed) in acts {
            for (case, says) in said(filed, act.0, &index) {
                // A decision on many cases stands on the dockets of all, and counts once.
                if told.insert((leaf, case)) {
                    effects.tell(Some(case), leaf, act, &says);
                }
            }
        }
        for each in &mut effects.each {
            each.sort_by_key(|effect| effect.leaf);
        }
        effects
    }

    fn tell(&mut self, case: Option<usize>, leaf: u64, act: (usize, usize), says: &Says) {
        if let Some(each) = case.and_then(|case| self.each.get_mut(case)) {
            each.push(Effect { leaf, act, says: says.clone() });
        }
    }

    /// What is said of a case.
    pub(super) fn on(&self, case: usize) -> &[Effect] {
        self.each.get(case).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether an earlier filing lies in a packet and begins another case than this.
    pub(super) fn begins_another(&self, packed: &Hash, case: usize) -> bool {
        self.begun.get(packed).is_some_and(|begun| *begun != case)
    }
}

/// What a filing says of which cases.
fn said(filed: &Filed, own: usize, index: &Index) -> Vec<(usize, Says)> {
    let meant = |number: &Number| index.meant(number, own, filed.leaf);
    match &filed.what {
        What::Ruled { numbers, outcome } => {
            let mut cases: BTreeSet<usize> = numbers.iter().filter_map(meant).collect();
            // Filed in a case whose number it could not name, it is about that.
            if !index.is_numbered(own, &filed.from.institution) || numbers.is_empty() {
                cases.insert(own);
            }
            cases.into_iter().map(|case| (case, Says::Ruled(*outcome))).collect()
        }
        What::Withdrawn(number) => {
            let case = number.as_ref().and_then(meant);
            let others = number.as_ref().is_some_and(|number| {
                case.is_none() && index.is_numbered(own, &number.institution)
            });
            let case = case.or((!others).then_some(own));
            case.map(|case| (case, Says::Withdrawn)).into_iter().collect()
        }
        What::Decided(outcomes) => {
            let of = |(number, outcome): &(Option<Number>, Outcome)| {
                let case = match number {
                    None => Some(own),
                    Some(number) => meant(number),
                };
                Some((case?, Says::Decided(*outcome)))
            };
            outcomes.iter().filter_map(of).collect()
        }
        What::Joined { lead, joined } => {
            let to = meant(lead);
            let cases = joined.iter().filter_map(meant).filter(|case| Some(*case) != to);
            cases.map(|case| (case, Says::Joined(lead.clone(), to))).collect()
        }
        What::Parted(parted) => {
            parted.iter().filter_map(meant).map(|case| (case, Says::Parted)).collect()
        }
        _ => Vec::new(),
    }
}

/// Cases by the numbers that institutions gave them, in normal form and as written. A number that
/// was corrected is the case's until the leaf of its correction.
#[derive(Debug, Default)]
struct Index {
    places: BTreeMap<(String, String), Vec<(usize, u64)>>,
    numbered: BTreeSet<(usize, String)>,
}

impl Index {
    fn of(dockets: &[Docket]) -> Self {
        let mut index = Self::default();
        for (case, docket) in dockets.iter().enumerate() {
            for filed in &docket.filed {
                if filed.brought().is_some() {
                    filed.answers.iter().filter_map(registered).for_each(|(_, number)| {
                        index.add(case, number);
                    });
                }
                let own = |number: &&Number| number.institution == filed.from.institution;
                filed.claims.iter().filter(own).for_each(|number| index.add(case, number));
            }
        }
        index
    }

    fn add(&mut self, case: usize, number: &Number) {
        self.numbered.insert((case, number.institution.clone()));
        for form in forms(number) {
            let places = self.places.entry(form).or_default();
            if !places.iter().any(|(known, _)| *known == case) {
                places.push((case, u64::MAX));
            }
        }
    }

    /// The case that a number means in an act at a leaf: that of the docket it stands on, if it is
    /// one of several; none when it means several others.
    fn meant(&self, number: &Number, own: usize, leaf: u64) -> Option<usize> {
        let places = forms(number).into_iter().filter_map(|form| self.places.get(&form)).flatten();
        let places: BTreeSet<usize> =
            places.filter(|(_, until)| leaf < *until).map(|(case, _)| *case).collect();
        if places.contains(&own) {
            return Some(own);
        }
        let mut places = places.into_iter();
        places.next().filter(|_| places.next().is_none())
    }

    fn is_numbered(&self, case: usize, institution: &str) -> bool {
        self.numbered.contains(&(case, institution.to_owned()))
    }

    /// Takes a number from the case that it means and gives it the right one; tells which case.
    fn corrected(
        &mut self,
        wrong: &Number,
        right: &Number,
        own: usize,
        leaf: u64,
    ) -> Option<usize> {
        let case = self.meant(wrong, own, leaf)?;
        for form in forms(wrong) {
            for (known, until) in self.places.get_mut(&form).into_iter().flatten() {
                if *known == case {
                    *until = leaf;
                }
            }
        }
        self.add(case, right);
        Some(case)
    }
}

fn forms(number: &Number) -> [(String, String); 2] {
    let (institution, normal) = number.key();
    let (_, written) = number.written();
    [(institution.to_owned(), normal.to_owned()), (institution.to_owned(), written)]
}

/// The number under which a recipient registered a filing.
pub(super) fn registered(answer: &Answer) -> Option<(&Answer, &Number)> {
    match &answer.step {
        Step::Registered { number: Some(number), .. } => Some((answer, number)),
        _ => None,
    }
}
