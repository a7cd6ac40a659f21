//! Which of the cases that are left may be one: numbers that differ in one character, names,
//! decisions, days.
//!
//! Nothing is compared with everything. Cases meet in blocks: those whose numbers are the same when
//! one character is left out of each, and those with one appellant. A block that many are in says
//! nothing about any of them and is passed over, so the work grows with the number of cases.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::case::{Number, RegisteredCase};
use super::links::{Link, Pair, corroborate};
use super::seen::{Seen, SeenCase};
use super::{Comparison, Side};
use crate::v1::MatchReason;

/// Most cases of one side in a block. Ten numbers differ from each other in the same digit.
const BLOCK_MAX: usize = 16;

/// Longest number of which characters are left out; longer ones are compared as they are.
const NUMBER_MAX_CHARS: usize = 48;

/// From this weight on, two cases may be one.
const POSSIBLE: i32 = 4;

/// From this weight on they are, if nothing else weighs as much.
pub(super) const PROBABLE: i32 = 5;

/// Cases that may be one, out of those that are free: what speaks for each pair, weighed.
pub(super) fn find(
    comparison: &Comparison<'_>,
    seen: &Seen<'_>,
    doubtful: &BTreeMap<Pair, Link>,
    is_free: impl Fn(Pair) -> bool,
) -> BTreeMap<Pair, Link> {
    let referring = free(&seen.referring, |a| is_free((a, usize::MAX)));
    let docketing = free(&seen.docketing, |b| is_free((usize::MAX, b)));
    let mut pairs: BTreeSet<Pair> =
        doubtful.keys().copied().filter(|pair| is_free(*pair)).collect();
    for side in Side::BOTH {
        let keys =
            |seen: &SeenCase<'_>| number_keys(seen.case, comparison.register(side).institution());
        meet(&blocks(&referring, keys), &blocks(&docketing, keys), &mut pairs);
    }
    let name = |seen: &SeenCase<'_>| seen.name.form().map(str::to_owned).into_iter().collect();
    meet(&blocks(&referring, name), &blocks(&docketing, name), &mut pairs);

    let mut found = BTreeMap::new();
    for pair in pairs {
        let Some((a, b)) = seen.pair(pair) else { continue };
        let numbered = doubtful.get(&pair);
        let mut link = numbered.cloned().unwrap_or_default();
        if numbers_near(a.case, b.case) {
            link.reasons.insert(MatchReason::NearNumber);
        }
        corroborate(a, b, &mut link);
        link.weight = weigh(&link, a, b);
        let weighs = link.weight >= POSSIBLE || numbered.is_some();
        if weighs && !comparison.is_apart(a.case, b.case) {
            found.insert(pair, link);
        }
    }
    found
}

fn weigh(link: &Link, a: &SeenCase<'_>, b: &SeenCase<'_>) -> i32 {
    let reasons = link.reasons.iter().map(|reason| match reason {
        MatchReason::LiteralNumber | MatchReason::NormalNumber => 5,
        MatchReason::NearNumber | MatchReason::Appellant | MatchReason::CorrectedNumber => 3,
        MatchReason::NearAppellant => 2,
        MatchReason::Challenged | MatchReason::Day => 1,
        _ => 0,
    });
    let clash = if a.name.clashes_with(&b.name) { 2 } else { 0 };
    let nature = i32::from(a.case.is_supplement() != b.case.is_supplement());
    reasons.sum::<i32>() - clash - nature
}

fn free<'a>(
    cases: &'a [SeenCase<'a>],
    is_free: impl Fn(usize) -> bool,
) -> Vec<(usize, &'a SeenCase<'a>)> {
    cases.iter().enumerate().filter(|(place, _)| is_free(*place)).collect()
}

/// The cases by the keys of their blocks.
fn blocks(
    cases: &[(usize, &SeenCase<'_>)],
    keys: impl Fn(&SeenCase<'_>) -> BTreeSet<String>,
) -> HashMap<String, Vec<usize>> {
    let mut blocks: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, case) in cases {
        for key in keys(case) {
            blocks.entry(key).or_default().push(*place);
        }
    }
    blocks.retain(|_, places| places.len() <= BLOCK_MAX);
    blocks
}

fn meet(
    left: &HashMap<String, Vec<usize>>,
    right: &HashMap<String, Vec<usize>>,
    pairs: &mut BTreeSet<Pair>,
) {
    for (key, places) in left {
        for b in right.get(key).into_iter().flatten() {
            pairs.extend(places.iter().map(|a| (*a, *b)));
        }
    }
}

/// An institution's numbers of a case, whole and with each character left out.
fn number_keys(case: &RegisteredCase, institution: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for number in numbers(case).filter(|number| number.institution == institution) {
        keys.insert(number.normal.clone());
        let letters: Vec<char> = number.normal.chars().collect();
        if letters.len() > NUMBER_MAX_CHARS {
            continue;
        }
        for left_out in 0..letters.len() {
            let kept = letters.iter().enumerate().filter(|(at, _)| *at != left_out);
            keys.insert(kept.map(|(_, letter)| letter).collect());
        }
    }
    keys
}

fn numbers(case: &RegisteredCase) -> impl Iterator<Item = &Number> {
    case.number.iter().chain(&case.other_numbers)
}

/// Whether one side has nearly a number that the other has.
pub(super) fn numbers_near(a: &RegisteredCase, b: &RegisteredCase) -> bool {
    let near = |one: &Number| {
        numbers(b).any(|other| {
            one.institution == other.institution && is_near(&one.normal, &other.normal)
        })
    };
    numbers(a).any(near)
}

/// Whether two texts differ in one character put in, left out or exchanged, or in two neighbours
/// that changed places.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    let mut letters = one.char_indices().zip(other.chars());
    let differ = letters.find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    // What is alike before has as many bytes in both.
    let at = differ.unwrap_or(one.len().min(other.len()));
    let (one, other) = (one.get(at..).unwrap_or_default(), other.get(at..).unwrap_or_default());
    let (Some((a, one_less)), (b, other_less)) = (first(one), first(other).unzip()) else {
        return first(other).is_some_and(|(_, rest)| rest == one);
    };
    let swapped = || {
        let ((c, one), (d, other)) = (first(one_less)?, first(other_less?)?);
        Some(Some(c) == b && d == a && one == other)
    };
    one_less == other
        || other_less == Some(one)
        || other_less == Some(one_less)
        || swapped().unwrap_or_default()
}

/// The first character, and the rest.
fn first(text: &str) -> Option<(char, &str)> {
    let mut letters = text.chars();
    Some((letters.next()?, letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn near_is_one_slip_of_the_pen() {
        for (one, other) in [
            ("126/2024", "12/2024"),
            ("612/2025", "621/2025"),
            ("612/2025", "613/2025"),
            ("612/2025", "6612/2025"),
            ("31/2019", "13/2019"),
        ] {
            assert!(is_near(one, other) && is_near(other, one), "{one} {other}");
        }
        for (one, other) in
            [("612/2025", "612/2025"), ("612/2025", "216/2025"), ("1", "234"), ("", "12")]
        {
            assert!(!is_near(one, other) && !is_near(other, one), "{one} {other}");
        }
    }
}
