//! A truth is seeded: what became of each of some hundred appeals, and how two registers came to
//! tell it. Whatever order they tell it in, the seeded differences are found, and no others.

use proptest::prelude::*;

use super::seeds::{SEEDS, Seed, Truth};
use super::*;
use crate::v1::MatchStrength;

/// The days compared: November.
const WINDOW: Option<(Date, Date)> = Some((date(2025, 11, 1), date(2025, 11, 30)));

fn check(
    truth: &Truth,
    referring: Vec<RegisteredCase>,
    docketing: Vec<RegisteredCase>,
) -> Reconciliation {
    let (referring, docketing) = registers(referring, docketing);
    let comparison = Comparison { window: WINDOW, ..Comparison::of(&referring, &docketing) };
    let begun = std::time::Instant::now();
    let found = reconcile(&comparison);
    let took = begun.elapsed();
    if found.matches.len() > 5_000 {
        let (here, there) = (referring.cases().len(), docketing.cases().len());
        println!("{here} against {there}: {took:?}");
        // Unoptimised it takes one to two seconds; what is quadratic takes minutes.
        assert!(took < std::time::Duration::from_secs(60), "{took:?}");
    }
    // Nothing less, nothing more: recall and precision are 1.
    let told = told(&comparison, &found);
    let (seeded, said) =
        (truth.told.iter().collect::<BTreeSet<_>>(), told.iter().collect::<BTreeSet<_>>());
    let missed: Vec<_> = seeded.difference(&said).collect();
    let invented: Vec<_> = said.difference(&seeded).collect();
    assert!(missed.is_empty() && invented.is_empty(), "missed {missed:?}, invented {invented:?}");
    assert_eq!(told, truth.told);
    let pair = |found: &Match| {
        let number = |case: &RegisteredCase| case.number.clone().unwrap().normal;
        let one = number(&referring.cases()[found.referring]);
        (one, number(&docketing.cases()[found.docketing]))
    };
    assert_eq!(found.matches.iter().map(pair).collect::<BTreeSet<_>>(), truth.pairs);
    assert!(found.balance.holds());
    assert_eq!(found.balance.within(Side::Referring).left[0].cases.len(), referring.cases().len());
    for exception in &found.exceptions {
        let certain = exception.strength == MatchStrength::Certain;
        let probable = exception.strength == MatchStrength::Probable;
        match exception.kind {
            ExceptionKind::IdentifierMiswritten => assert!(certain || probable),
            _ => assert!(!probable, "{exception:?}"),
        }
        assert_eq!(exception.strength == MatchStrength::Unspecified, exception.reasons.is_empty());
    }
    found
}

/// Some hundred appeals; what nothing is amiss with is the most.
fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    let seed = prop_oneof![2 => Just(Seed::Fine), 3 => prop::sample::select(SEEDS)];
    prop::collection::vec(seed, 0..240)
}

/// Rows in any order, some of them twice.
fn told_in_any_order() -> impl Strategy<Value = (Truth, Vec<RegisteredCase>, Vec<RegisteredCase>)> {
    seeds().prop_flat_map(|seeds| {
        let truth = Truth::of(&seeds);
        let rows = |rows: &[RegisteredCase]| {
            let twice = rows.iter().step_by(7);
            Just(rows.iter().chain(twice).cloned().collect::<Vec<_>>()).prop_shuffle()
        };
        let (referring, docketing) = (rows(&truth.referring), rows(&truth.docketing));
        (Just(seeds), referring, docketing)
            .prop_map(|(seeds, one, other)| (Truth::of(&seeds), one, other))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_seeded_difference_is_found_and_no_other(
        (truth, referring, docketing) in told_in_any_order(),
    ) {
        let shuffled = check(&truth, referring, docketing);
        let in_order = check(&truth, truth.referring.clone(), truth.docketing.clone());
        prop_assert_eq!(shuffled, in_order);
    }
}

/// Each fate at least thirty times, so that none is left to chance.
#[test]
fn every_fate_is_told_as_what_it_is() {
    let seeds: Vec<Seed> = SEEDS.iter().cycle().take(SEEDS.len() * 31).copied().collect();
    let truth = Truth::of(&seeds);
    let found = check(&truth, truth.referring.clone(), truth.docketing.clone());
    let kinds: BTreeSet<ExceptionKind> = found.exceptions.iter().map(|one| one.kind).collect();
    assert_eq!(kinds.len(), 14, "{kinds:?}: all but the ambiguous, which is in `single`");
    let near = found.exceptions.iter().filter(|one| {
        one.kind == ExceptionKind::IdentifierMiswritten && one.strength == MatchStrength::Probable
    });
    assert_eq!(near.count(), 62, "slips are told with their strength");
}

/// Ten thousand against ten thousand, 3,000 of them with something amiss.
#[test]
fn ten_thousand_against_ten_thousand_are_quick() {
    let seed = |at| if at % 10 < 7 { Seed::Fine } else { SEEDS[at % SEEDS.len()] };
    let truth = Truth::of(&(0..10_000).map(seed).collect::<Vec<_>>());
    check(&truth, truth.referring.clone(), truth.docketing.clone());
}

/// The worst for the blocks: nothing matches exactly, and every number is near dozens of others.
#[test]
fn ten_thousand_slips_of_the_pen_are_quick_too() {
    let truth = Truth::of(&[Seed::MiswrittenSlip; 10_000]);
    check(&truth, truth.referring.clone(), truth.docketing.clone());
}
