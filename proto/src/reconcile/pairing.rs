//! Which cases are one, out of those that may be.

use std::collections::{BTreeMap, BTreeSet};

use super::links::{Link, Links, Pair};
use super::near::{self, PROBABLE};
use super::seen::Seen;
use super::{Comparison, Match};
use crate::v1::{MatchReason, MatchStrength};

/// What was decided.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    /// The claims, ascending by place in the referring register.
    pub(super) matches: Vec<Match>,
    /// The docketing side's case for a referring side's, and the other way round.
    pub(super) partner: [BTreeMap<usize, usize>; 2],
    /// For each side, cases that are one with a case that has its partner already, by that case's
    /// place in the same register.
    pub(super) further: [BTreeMap<usize, usize>; 2],
    /// Cases of which nothing decides which are one.
    pub(super) ambiguous: Vec<Ambiguity>,
}

/// Cases that may be one with each other, and no way to tell which.
#[derive(Debug, Default)]
pub(super) struct Ambiguity {
    pub(super) referring: BTreeSet<usize>,
    pub(super) docketing: BTreeSet<usize>,
    pub(super) reasons: BTreeSet<MatchReason>,
}

/// Decides: certain links first, the best of each; then what is probable and has no rival.
pub(super) fn pair(comparison: &Comparison<'_>, seen: &Seen<'_>, links: &Links) -> Pairing {
    let mut pairing = Pairing::default();
    for (pair, link) in by_weight(&links.certain) {
        if pairing.is_free(pair) {
            pairing.join(pair, MatchStrength::Certain, link.reasons.clone());
        }
    }
    pairing.attach(links);
    let near = near::find(comparison, seen, &links.doubtful, |pair| pairing.is_free(pair));
    let meeting = Meeting::of(near.keys().copied());
    for (pair, link) in by_weight(&near) {
        let rival = || {
            let mut others = meeting.touching(pair).filter(|other| pairing.is_free(*other));
            others.any(|other| near.get(&other).is_some_and(|other| other.weight >= link.weight))
        };
        if link.weight >= PROBABLE && pairing.is_free(pair) && !rival() {
            pairing.join(pair, MatchStrength::Probable, link.reasons.clone());
        }
    }
    let left = near.keys().copied().filter(|pair| pairing.is_free(*pair));
    pairing.ambiguous = Meeting::of(left).groups(&near);
    pairing.matches.sort_by_key(|found| found.referring);
    pairing
}

/// The heaviest first; of equal ones the first in the registers.
fn by_weight(links: &BTreeMap<Pair, Link>) -> Vec<(Pair, &Link)> {
    let mut sorted: Vec<(Pair, &Link)> = links.iter().map(|(pair, link)| (*pair, link)).collect();
    sorted.sort_by_key(|(pair, link)| (-link.weight, *pair));
    sorted
}

impl Pairing {
    /// Whether neither has a partner or stands behind another. A place beyond the register is free.
    fn is_free(&self, (a, b): Pair) -> bool {
        let taken = |side: usize, place: usize| {
            let has = |map: &[BTreeMap<usize, usize>; 2]| {
                map.get(side).is_some_and(|map| map.contains_key(&place))
            };
            has(&self.partner) || has(&self.further)
        };
        !taken(0, a) && !taken(1, b)
    }

    fn join(&mut self, (a, b): Pair, strength: MatchStrength, reasons: BTreeSet<MatchReason>) {
        let [there, back] = &mut self.partner;
        there.insert(a, b);
        back.insert(b, a);
        self.matches.push(Match { referring: a, docketing: b, strength, reasons });
    }

    /// Puts what is certainly one with a paired case, and has no partner, behind that case.
    fn attach(&mut self, links: &Links) {
        let [there, back] = &self.partner;
        let [behind_a, behind_b] = &mut self.further;
        for ((a, b), _) in by_weight(&links.certain) {
            match (there.get(&a), back.get(&b)) {
                (Some(first), None) => _ = behind_b.entry(b).or_insert(*first),
                (None, Some(first)) => _ = behind_a.entry(a).or_insert(*first),
                _ => {}
            }
        }
        let sides = links.repeated.iter().zip(&self.partner).zip(&mut self.further);
        for ((repeated, partner), further) in sides {
            for (place, first) in repeated {
                // The earlier one may itself be the one without a partner.
                let (later, earlier) =
                    match (partner.contains_key(place), partner.contains_key(first)) {
                        (true, false) => (first, place),
                        (false, _) => (place, first),
                        (true, true) => continue,
                    };
                further.entry(*later).or_insert(*earlier);
            }
        }
    }
}

/// Who may be one with whom, from both sides.
#[derive(Default)]
struct Meeting {
    there: BTreeMap<usize, BTreeSet<usize>>,
    back: BTreeMap<usize, BTreeSet<usize>>,
}

impl Meeting {
    fn of(pairs: impl Iterator<Item = Pair>) -> Self {
        let mut meeting = Self::default();
        for (a, b) in pairs {
            meeting.there.entry(a).or_default().insert(b);
            meeting.back.entry(b).or_default().insert(a);
        }
        meeting
    }

    /// Other pairs with one of these two.
    fn touching(&self, (a, b): Pair) -> impl Iterator<Item = Pair> {
        let there = self.there.get(&a).into_iter().flatten().map(move |other| (a, *other));
        let back = self.back.get(&b).into_iter().flatten().map(move |other| (*other, b));
        there.chain(back).filter(move |pair| *pair != (a, b))
    }

    /// Groups that hang together, in the order of the referring register.
    fn groups(mut self, near: &BTreeMap<Pair, Link>) -> Vec<Ambiguity> {
        let mut groups = Vec::new();
        while let Some((first, others)) = self.there.pop_first() {
            let mut group = Ambiguity { referring: [first].into(), ..Ambiguity::default() };
            let mut ahead: Vec<Pair> = others.into_iter().map(|b| (first, b)).collect();
            while let Some((a, b)) = ahead.pop() {
                group.reasons.extend(near.get(&(a, b)).into_iter().flat_map(|link| &link.reasons));
                group.docketing.insert(b);
                for a in self.back.remove(&b).into_iter().flatten() {
                    group.referring.insert(a);
                    let further = self.there.remove(&a).into_iter().flatten();
                    ahead.extend(further.map(|b| (a, b)));
                }
            }
            groups.push(group);
        }
        groups
    }
}
