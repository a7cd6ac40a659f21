//! Which cases of two registers are certainly one: identifiers and digests that agree.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::case::{Key, Number, RegisteredCase};
use super::seen::{Seen, SeenCase};
use super::{Comparison, Register, Side};
use crate::tlog::Hash;
use crate::v1::MatchReason;

/// Most cases of one register that a digest may stand in and still say which case it is. What more
/// have in common is a letter for many, and says nothing.
const DIGEST_CASES_MAX: usize = 3;

/// What speaks for two cases' being one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) reasons: BTreeSet<MatchReason>,
    /// How many of the two name the other's number.
    named_by: u32,
    /// One of them names several numbers of the other's institution: cases registered together.
    among_several: bool,
    /// They share a digest that no third case has.
    by_own_digest: bool,
    /// How much speaks for it; compared only with other links.
    pub(super) weight: i32,
}

/// Places in the two registers: of the referring side's case, and the docketing side's.
pub(super) type Pair = (usize, usize);

/// What is found before anything is decided.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Cases that are certainly one, or one of several that are.
    pub(super) certain: BTreeMap<Pair, Link>,
    /// A number says they are one, and all names say they are not.
    pub(super) doubtful: BTreeMap<Pair, Link>,
    /// For each side, cases that share a digest with an earlier case of the same register.
    pub(super) repeated: [BTreeMap<usize, usize>; 2],
}

/// Finds all links.
pub(super) fn find(comparison: &Comparison<'_>, seen: &Seen<'_>) -> Links {
    let mut found: BTreeMap<Pair, Link> = BTreeMap::new();
    by_numbers(comparison, &mut found);
    by_case(comparison, &mut found);
    let repeated = by_digests(comparison, &mut found);
    let (referring, docketing) = (Index::of(comparison.referring), Index::of(comparison.docketing));
    for (one, other) in &comparison.together {
        for (a, _) in referring.places(one, comparison.referring) {
            for (b, _) in docketing.places(other, comparison.docketing) {
                found.entry((a, b)).or_default().reasons.insert(MatchReason::Confirmed);
            }
        }
    }
    let mut links = Links { repeated, ..Links::default() };
    for (pair, mut link) in found {
        let Some((a, b)) = seen.pair(pair) else { continue };
        if comparison.is_apart(a.case, b.case) {
            continue;
        }
        let doubtful = link.is_by_one_number() && a.name.clashes_with(&b.name);
        corroborate(a, b, &mut link);
        link.weight = link.weigh(a.case, b.case);
        let kept = if doubtful { &mut links.doubtful } else { &mut links.certain };
        kept.insert(pair, link);
    }
    links
}

impl Link {
    /// Whether nothing but one side's note of the other's number says so.
    fn is_by_one_number(&self) -> bool {
        let by_more = [MatchReason::Confirmed, MatchReason::Case, MatchReason::Digest];
        self.named_by < 2
            && !self.among_several
            && !self.reasons.iter().any(|reason| by_more.contains(reason))
    }

    fn weigh(&self, a: &RegisteredCase, b: &RegisteredCase) -> i32 {
        let reasons = self.reasons.iter().map(|reason| match reason {
            MatchReason::Confirmed => 1_000,
            MatchReason::Case => 400,
            MatchReason::Digest => 300,
            MatchReason::CorrectedNumber => 100,
            MatchReason::Appellant => 20,
            MatchReason::Challenged => 10,
            MatchReason::NearAppellant | MatchReason::Day => 5,
            _ => 0,
        });
        // A digest that several have says that they are one paper, and not which is which.
        let numbers = 350 * i32::try_from(self.named_by).unwrap_or_default();
        let digest = if self.by_own_digest { 200 } else { 0 };
        let nature = i32::from(a.is_supplement() == b.is_supplement());
        let joined = i32::from(a.joined_to.is_some() == b.joined_to.is_some());
        reasons.sum::<i32>() + numbers + digest + 40 * nature + 30 * joined
    }
}

/// Adds what else agrees.
pub(super) fn corroborate(a: &SeenCase<'_>, b: &SeenCase<'_>, link: &mut Link) {
    if a.name.equals(&b.name) {
        link.reasons.insert(MatchReason::Appellant);
    } else if a.name.is_near(&b.name) {
        link.reasons.insert(MatchReason::NearAppellant);
    }
    if a.challenged.is_some() && a.challenged == b.challenged {
        link.reasons.insert(MatchReason::Challenged);
    }
    if a.case.days.intersection(&b.case.days).next().is_some() {
        link.reasons.insert(MatchReason::Day);
    }
}

/// Places by a number: its own, in its normal form and as it is written, and those that it had and
/// were corrected.
struct Index<'a> {
    own: HashMap<Key<'a>, Vec<usize>>,
    written: HashMap<(&'a str, String), Vec<usize>>,
    corrected: HashMap<Key<'a>, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(register: &'a Register) -> Self {
        let mut index =
            Self { own: HashMap::new(), written: HashMap::new(), corrected: HashMap::new() };
        for (place, case) in register.cases().iter().enumerate() {
            if let Some(number) = &case.number {
                index.own.entry(number.key()).or_default().push(place);
                index.written.entry(number.written()).or_default().push(place);
            }
            for number in &case.corrected {
                index.corrected.entry(number.key()).or_default().push(place);
            }
        }
        index
    }

    /// The cases that a number stands for, each with why.
    fn places(&self, number: &Number, register: &Register) -> Vec<(usize, MatchReason)> {
        let reason = |place: &usize| {
            let own = register.cases().get(*place).and_then(|case| case.number.as_ref());
            let exact = own.is_some_and(|own| own.literal == number.literal);
            if exact { MatchReason::LiteralNumber } else { MatchReason::NormalNumber }
        };
        let own: BTreeSet<usize> = self
            .own
            .get(&number.key())
            .into_iter()
            .chain(self.written.get(&number.written()))
            .flatten()
            .copied()
            .collect();
        let corrected = self.corrected.get(&number.key()).into_iter().flatten();
        own.iter()
            .map(|place| (*place, reason(place)))
            .chain(corrected.map(|place| (*place, MatchReason::CorrectedNumber)))
            .collect()
    }
}

fn by_numbers(comparison: &Comparison<'_>, found: &mut BTreeMap<Pair, Link>) {
    for side in Side::BOTH {
        let (register, other) = (comparison.register(side), comparison.register(side.other()));
        let index = Index::of(other);
        for (place, case) in register.cases().iter().enumerate() {
            let mut named = BTreeSet::new();
            let theirs = |number: &&Number| number.institution == other.institution();
            let several = case.other_numbers.iter().filter(theirs).map(Number::key);
            let several = several.collect::<BTreeSet<_>>().len() > 1;
            for number in &case.other_numbers {
                for (there, reason) in index.places(number, other) {
                    let pair = side.pair(place, there);
                    let link = found.entry(pair).or_default();
                    link.reasons.insert(reason);
                    link.among_several |= several;
                    // A case that writes one number in two ways names it once; a corrected number
                    // is not the one it has.
                    if reason != MatchReason::CorrectedNumber && named.insert(pair) {
                        link.named_by += 1;
                    }
                }
            }
        }
    }
}

fn by_case(comparison: &Comparison<'_>, found: &mut BTreeMap<Pair, Link>) {
    // A supplement is a filing in the same case of Barid, and still not the appeal.
    let key = |case: &RegisteredCase| Some((case.case_id?, case.is_supplement()));
    let mut index: HashMap<_, Vec<usize>> = HashMap::new();
    for (place, case) in comparison.docketing.cases().iter().enumerate() {
        if let Some(key) = key(case) {
            index.entry(key).or_default().push(place);
        }
    }
    for (place, case) in comparison.referring.cases().iter().enumerate() {
        for there in key(case).and_then(|key| index.get(&key)).into_iter().flatten() {
            found.entry((place, *there)).or_default().reasons.insert(MatchReason::Case);
        }
    }
}

fn by_digests(
    comparison: &Comparison<'_>,
    found: &mut BTreeMap<Pair, Link>,
) -> [BTreeMap<usize, usize>; 2] {
    let indexes = Side::BOTH.map(|side| {
        let mut index: BTreeMap<Hash, Vec<usize>> = BTreeMap::new();
        for (place, case) in comparison.register(side).cases().iter().enumerate() {
            for digest in &case.digests {
                index.entry(*digest).or_default().push(place);
            }
        }
        index.retain(|_, places| places.len() <= DIGEST_CASES_MAX);
        index
    });
    let [referring, docketing] = &indexes;
    for (digest, places) in referring {
        let theirs = docketing.get(digest).map(Vec::as_slice).unwrap_or_default();
        let own = places.len() == 1 && theirs.len() == 1;
        for (a, b) in places.iter().flat_map(|a| theirs.iter().map(move |b| (*a, *b))) {
            let link = found.entry((a, b)).or_default();
            link.reasons.insert(MatchReason::Digest);
            link.by_own_digest |= own;
        }
    }
    indexes.map(|index| {
        let mut repeated: BTreeMap<usize, usize> = BTreeMap::new();
        for places in index.values() {
            let Some((first, rest)) = places.split_first() else { continue };
            for place in rest {
                repeated
                    .entry(*place)
                    .and_modify(|kept| *kept = (*kept).min(*first))
                    .or_insert(*first);
            }
        }
        repeated
    })
}
