//! What is too small to be published: figures about persons that could point at one of them.
//!
//! Only figures told apart by capacity, sex or respondent are concerned. In what is published they
//! come without the cases behind them, and:
//!
//! 1. Strata with fewer matters than the minimum are withheld, and so many of the next smaller ones
//!    that their sum tells nothing about one of them either.
//! 2. Within the others, classes in which one stratum has fewer than the minimum are withheld in
//!    *all* strata of the dimension, again until what is left out of each stratum is none or at
//!    least the minimum: the sums of rows and columns are known, and subtracting them must lead
//!    nowhere.
//! 3. Times and amounts are withheld for the whole dimension as soon as one stratum is that small.

use std::collections::{BTreeMap, BTreeSet};

use super::class::Dimension;
use super::figure::{Counted, Figure, Indicator, Shown};

/// The minimum when nothing else is said.
pub const MINIMUM: usize = 5;

/// Withholds what is too small. Figures that are not about persons stay as they are.
pub fn withhold(figures: &mut [Figure], minimum: usize) {
    let small = small_strata(figures, minimum);
    let mut tables: BTreeMap<(Indicator, String, Dimension), Vec<&mut Figure>> = BTreeMap::new();
    for figure in figures {
        let Some((dimension, _)) = figure.stratum.clone().filter(|(one, _)| one.is_personal())
        else {
            continue;
        };
        figure.shown = Shown::Numbers;
        let key = (figure.indicator, figure.of.clone(), dimension);
        tables.entry(key).or_default().push(figure);
    }
    for (_, mut table) in tables {
        // Strata that are withheld count as one: what is left of a sum is theirs together.
        let mut together: BTreeMap<String, usize> = BTreeMap::new();
        for figure in &mut table {
            if figure.stratum.as_ref().is_some_and(|stratum| small.contains(stratum)) {
                figure.shown = Shown::Nothing;
                if let Counted::Classes(classes) = &figure.counted {
                    for (class, units) in classes {
                        *together.entry(class.clone()).or_default() += units.len();
                    }
                }
            }
        }
        let mut left: Vec<&mut Figure> =
            table.into_iter().filter(|figure| figure.shown != Shown::Nothing).collect();
        within(&mut left, &together, minimum);
    }
}

/// Strata that are withheld whole: with too few matters, and those that would be told by them.
fn small_strata(figures: &[Figure], minimum: usize) -> BTreeSet<(Dimension, String)> {
    let mut sizes: BTreeMap<Dimension, Vec<(usize, String)>> = BTreeMap::new();
    for figure in figures.iter().filter(|figure| figure.indicator == Indicator::Filed) {
        if let Some((dimension, value)) = &figure.stratum
            && dimension.is_personal()
        {
            sizes.entry(*dimension).or_default().push((figure.count(), value.clone()));
        }
    }
    let mut small = BTreeSet::new();
    for (dimension, mut strata) in sizes {
        strata.sort();
        let (mut sum, mut taken) = (0, 0);
        for (count, value) in strata {
            if count >= minimum && (taken == 0 || (taken > 1 && sum >= minimum)) {
                break;
            }
            (sum, taken) = (sum + count, taken + 1);
            small.insert((dimension, value));
        }
    }
    small
}

/// Withholds classes of a table until nothing small is left; or the whole table.
fn within(table: &mut [&mut Figure], together: &BTreeMap<String, usize>, minimum: usize) {
    let mut totals = together.clone();
    let few = together.iter().filter(|(_, count)| **count < minimum);
    let mut too_small: BTreeSet<String> = few.map(|(class, _)| class.clone()).collect();
    let mut whole = false;
    for figure in table.iter() {
        match &figure.counted {
            Counted::Classes(classes) => {
                for (class, units) in classes {
                    *totals.entry(class.clone()).or_default() += units.len();
                    if units.len() < minimum {
                        too_small.insert(class.clone());
                    }
                }
            }
            _ => whole |= figure.count() < minimum,
        }
    }
    let mut ascending: Vec<(usize, String)> =
        totals.into_iter().map(|(class, count)| (count, class)).collect();
    ascending.sort();
    let mut hidden = too_small;
    while !hidden.is_empty() && tells(table, together, &hidden, minimum) {
        let next = ascending.iter().find(|(_, class)| !hidden.contains(class));
        match next {
            Some((_, class)) => drop(hidden.insert(class.clone())),
            None => break,
        }
    }
    whole |= !hidden.is_empty() && hidden.len() == ascending.len();
    for figure in table.iter_mut() {
        figure.withheld = hidden.iter().cloned().collect();
        if whole {
            figure.shown = Shown::Nothing;
        }
    }
}

/// Whether what is hidden can be told from what is not: one class alone follows from the sum of its
/// stratum, and few units in several are almost as telling.
fn tells(
    table: &[&mut Figure],
    together: &BTreeMap<String, usize>,
    hidden: &BTreeSet<String>,
    minimum: usize,
) -> bool {
    let few = |sum: usize| sum > 0 && sum < minimum;
    let merged = hidden.iter().filter_map(|class| together.get(class)).sum();
    hidden.len() < 2
        || few(merged)
        || table
            .iter()
            .any(|figure| few(hidden.iter().map(|class| figure.class(class).len()).sum()))
}
