//! Sums hold whatever the cases are, and nothing small is told of persons.

use proptest::prelude::*;

use super::super::class::Dimension;
use super::super::withhold::withhold;
use super::super::*;

use crate::v1::filing_content::Content;
use crate::v1::{
    AppealWithdrawn, Colour, Outcome, Referral, RefusalToRegister, Sex, SupplementFiled,
};

use super::fixture::*;

/// A filing that may come next in a made-up case.
fn any_filing() -> impl Strategy<Value = (usize, usize)> {
    (0..14_usize, 0..4_usize)
}

fn made_up(filings: &[(usize, usize)], leaf: u64) -> CaseTold {
    let mut case = Growing::from_leaf(leaf);
    let mut last = None;
    for (what, which) in filings {
        let sex = [Sex::Female, Sex::Male, Sex::Unspecified, Sex::NotApplicable][*which];
        let outcome =
            [Outcome::Rejected, Outcome::DecisionAnnulled, Outcome::Unspecified, Outcome::Abated]
                [*which];
        let body = ["ihec/council", "ihec/geo-bas", "ejp/registry", "ejp"][*which];
        let content = match what {
            0 | 1 => complaint(sex),
            2 => colour([Colour::Yellow, Colour::Green, Colour::Red, Colour::Unspecified][*which]),
            3 => decision("1", outcome, None),
            4 | 5 => appeal(["1", "2", "3", ""][*which]),
            6 => Content::Referral(Referral::default()),
            7 => registered(["1", "2", "3", "4"][*which]),
            8 | 9 => ruling(outcome, [&["1"][..], &["2"], &[], &["1", "2"]][*which]),
            10 => Content::AppealWithdrawn(AppealWithdrawn::default()),
            11 => Content::RefusalToRegister(RefusalToRegister::default()),
            12 => Content::ReturnToCouncil(crate::v1::ReturnToCouncil::default()),
            _ => Content::SupplementFiled(SupplementFiled::default()),
        };
        last = Some(case.files(body, last.filter(|_| matches!(what, 7 | 11)), content));
    }
    case.told()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn sums_always_add_up(
        all in prop::collection::vec(prop::collection::vec(any_filing(), 1..9), 1..12),
        minimum in 1..6_usize,
    ) {
        let cases: Vec<CaseTold> =
            (0..).zip(&all).map(|(at, filings)| made_up(filings, at * 100)).collect();
        let mut all = statistics(cases.clone(), &moment(10_000));
        // In whatever order the cases come, and without their long texts.
        let mut turned = cases;
        turned.reverse();
        turned.iter_mut().for_each(CaseTold::lighten);
        prop_assert_eq!(&statistics(turned, &moment(10_000)), &all);
        let filed = all.figures.iter().find(|one| one.name() == "filed/matters").unwrap();
        prop_assert_eq!(filed.count(), all.matters.len());
        for level in ["complaint", "appeal"] {
            let count = filed.class(level).len();
            for indicator in ["outcome", "admission"] {
                let name = format!("{indicator}/{level}");
                let figure = all.figures.iter().find(|figure| figure.name() == name);
                prop_assert_eq!(figure.map_or(0, Figure::count), count, "{}", name);
            }
            // Opened = closed + pending, at each body.
            let decided = all.figures.iter().find(|one| one.name() == format!("reasons/{level}"));
            let waits = all.figures.iter().find(|one| one.name() == format!("waits/{level}"));
            let known = |figure: Option<&Figure>| figure.map_or(0, Figure::count);
            prop_assert!(known(decided) + known(waits) <= count);
        }
        // Strata part each figure: nothing is lost, nothing counted twice.
        for whole in all.figures.iter().filter(|figure| figure.stratum.is_none()) {
            let mut units = whole.units();
            units.sort_unstable();
            for dimension in [Dimension::Sex, Dimension::Office, Dimension::Stage] {
                let parts = all.figures.iter().filter(|part| {
                    part.indicator == whole.indicator
                        && part.of == whole.of
                        && part.stratum.as_ref().is_some_and(|(one, _)| *one == dimension)
                });
                let mut apart: Vec<Unit> = parts.flat_map(Figure::units).collect();
                apart.sort_unstable();
                prop_assert_eq!(&apart, &units, "{} by {:?}", whole.name(), dimension);
            }
            for (_, part, of) in whole.shares() {
                prop_assert!(part <= of && of <= whole.count());
            }
        }
        withhold(&mut all.figures, minimum);
        nothing_small_is_told(&all.figures, minimum)?;
    }
}

/// What is shown about persons has no small number in it, and none follows by subtraction.
fn nothing_small_is_told(figures: &[Figure], minimum: usize) -> Result<(), TestCaseError> {
    let few = |count: usize| count > 0 && count < minimum;
    for whole in figures.iter().filter(|figure| figure.stratum.is_none()) {
        prop_assert_eq!(whole.shown, Shown::All);
        let Counted::Classes(classes) = &whole.counted else { continue };
        for dimension in [Dimension::Sex, Dimension::Capacity] {
            let table: Vec<&Figure> = figures
                .iter()
                .filter(|part| part.indicator == whole.indicator && part.of == whole.of)
                .filter(|part| part.stratum.as_ref().is_some_and(|(one, _)| *one == dimension))
                .collect();
            prop_assert!(table.iter().all(|part| part.shown != Shown::All));
            let shown: Vec<&&Figure> =
                table.iter().filter(|part| part.shown == Shown::Numbers).collect();
            if shown.is_empty() {
                continue;
            }
            let hidden = &shown[0].withheld;
            prop_assert!(hidden.len() != 1, "{hidden:?} of {}", whole.name());
            for part in &shown {
                let left: usize = hidden.iter().map(|class| part.class(class).len()).sum();
                prop_assert!(!few(left), "{} of {}", left, part.name());
            }
            for (class, units) in classes.iter().filter(|(class, _)| !hidden.contains(class)) {
                let told = shown.iter().map(|part| part.class(class).len());
                prop_assert!(told.clone().all(|count| !few(count)), "{class}");
                let rest = units.len() - told.sum::<usize>();
                prop_assert!(!few(rest), "{} {} remain of {}", rest, class, whole.name());
            }
        }
    }
    Ok(())
}

#[test]
fn one_woman_among_many_is_not_told() {
    let case = |at: usize| {
        let sex = if at == 0 { Sex::Female } else { Sex::Male };
        let mut case = Growing::from_leaf(u64::try_from(at).unwrap() * 10);
        case.files("ihec/geo-bas", None, complaint(sex));
        if at < 7 {
            case.files("ihec/council", None, decision("1", Outcome::Rejected, None));
        }
        case.told()
    };
    let mut all = statistics((0..20).map(case).collect(), &moment(10_000));
    withhold(&mut all.figures, 5);
    let shown = |name: &str| all.figures.iter().find(|one| one.name() == name).unwrap().shown;
    assert_eq!(shown("outcome/complaint@sex=female"), Shown::Nothing);
    assert_eq!(shown("outcome/complaint@sex=male"), Shown::Nothing, "she is the difference");
    assert_eq!(shown("outcome/complaint@capacity=party-agent"), Shown::Numbers);
    assert_eq!(shown("outcome/complaint@office=ihec/geo-bas"), Shown::All);
}
