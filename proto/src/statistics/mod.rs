//! Statistics: what became of the complaints and appeals of an election, how long it took, and
//! whether it was within the law's time; every figure with the cases behind it.
//!
//! A pure computation from cases ([`CaseTold`]) as of one size of the log and one instant, both
//! told and neither looked up. Whoever may read the same cases gets the same figures. Definitions,
//! with their sources: `docs/statistics.md`.
//!
//! What is counted is a *matter*: a complaint, or an appeal. Each matter is in exactly one class of
//! each figure, and what is not known is a class of its own, so that sums always add up.
//!
//! | module | what |
//! |---|---|
//! | [`told`] | what goes in |
//! | [`class`] | the words of classes and strata |
//! | [`matter`] | the matters of a case, and in which strata they are |
//! | `decided`, `bodies`, `stage`, `effects`, `spans` | what filings say about them |
//! | `light` | cases without their long texts |
//! | `gather` | everything that is counted, put down once and told apart |
//! | [`figure`] | a figure: classes, times, amounts; shares |
//! | [`quantile`] | quantiles by nearest rank |
//! | [`withhold`] | what is too small to be published |

mod bodies;
pub mod class;
mod decided;
mod effects;
pub mod figure;
mod gather;
mod light;
pub mod matter;
pub mod quantile;
mod spans;
mod stage;
#[cfg(test)]
mod tests;
pub mod told;
pub mod withhold;

use std::collections::BTreeMap;

pub use figure::{Counted, Figure, Indicator, Share, Shown, Unit};
pub use matter::{Matter, NOT_SAID};
pub use told::CaseTold;

use crate::v1::{CivilDate, Text};

/// As of when figures are: told, never looked up.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The election.
    pub event: &'a str,
    /// How many leaves of the log are counted.
    pub as_of_size: u64,
    /// The instant to which what is pending has waited. Milliseconds since 1970.
    pub at_ms: i64,
    /// The day that this is where the institutions work: an order is overdue when its day is over.
    pub day: CivilDate,
    /// How many minutes their clocks are ahead of UTC: on which day an act was done.
    pub utc_offset_minutes: i32,
}

/// Figures about the cases of an election.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// The cases that were counted, in the order in which they were opened.
    pub cases: Vec<CountedCase>,
    /// Their matters, in the same order.
    pub matters: Vec<Matter>,
    /// The figures, in one order.
    pub figures: Vec<Figure>,
    /// What steps and rules are called, by indicator and what the figure is of.
    pub titles: BTreeMap<(Indicator, String), Text>,
    /// The rule sets that were used, each with the SHA-256 of its text.
    pub rule_sets: BTreeMap<String, [u8; 32]>,
    /// Cases under no rule set that is known here: their steps are not told apart.
    pub without_rules: Vec<usize>,
}

/// A case that was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedCase {
    /// Its identifier, 16 bytes.
    pub case_id: Vec<u8>,
    /// Numbers by which institutions know it: institution and number as written, ascending.
    pub numbers: Vec<(String, String)>,
}

impl Moment<'_> {
    /// The day of an instant where the institutions work.
    #[must_use]
    pub fn day_of(&self, at_ms: i64) -> CivilDate {
        let local = at_ms.saturating_add(i64::from(self.utc_offset_minutes) * 60_000);
        let at = jiff::Timestamp::from_millisecond(local).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let date = at.to_zoned(jiff::tz::TimeZone::UTC).date();
        CivilDate { year: date.year().into(), month: date.month().into(), day: date.day().into() }
    }
}

/// Computes all figures. Cases without a filing below the size are left out.
#[must_use]
pub fn statistics(mut cases: Vec<CaseTold>, moment: &Moment<'_>) -> Statistics {
    cases.iter_mut().for_each(|case| case.until(moment.as_of_size));
    cases.retain(|case| !case.acts.case.is_empty());
    let opened = |case: &CaseTold| case.acts.case.first().map_or(u64::MAX, |first| first.leaf);
    cases.sort_by_key(opened);
    let matters: Vec<Matter> =
        cases.iter().enumerate().flat_map(|(place, case)| matter::matters(place, case)).collect();
    let gathered = gather::Gathered::of(&cases, &matters, moment);
    let figures = gathered.figures(&matters);
    let mut rule_sets = BTreeMap::new();
    let mut without_rules = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        match &case.rules {
            Some(rules) => drop(rule_sets.insert(rules.name(), rules.sha256)),
            None => without_rules.push(place),
        }
    }
    let cases = cases.iter().map(counted).collect();
    let titles = gathered.titles;
    Statistics { cases, matters, figures, titles, rule_sets, without_rules }
}

fn counted(case: &CaseTold) -> CountedCase {
    let numbers = crate::procedure::numbers(&case.acts).into_iter().chain(&case.docket_numbers);
    let mut numbers: Vec<(String, String)> =
        numbers.map(|one| (one.institution.clone(), one.literal.clone())).collect();
    numbers.sort();
    numbers.dedup();
    CountedCase { case_id: case.case_id.clone(), numbers }
}

impl Statistics {
    /// The figures of all, and those told apart by one dimension.
    pub fn by(&self, dimension: Option<class::Dimension>) -> impl Iterator<Item = &Figure> {
        self.figures.iter().filter(move |figure| match &figure.stratum {
            None => true,
            Some((apart, _)) => Some(*apart) == dimension,
        })
    }

    /// A figure by its name, or one class of it: `outcome/appeal`,
    /// `outcome/appeal@sex=female:upheld`; with the units behind it.
    #[must_use]
    pub fn open(&self, name: &str) -> Option<(&Figure, Vec<Unit>)> {
        let whole = self.figures.iter().find(|figure| figure.name() == name);
        if let Some(figure) = whole {
            return Some((figure, figure.units()));
        }
        let (name, class) = name.rsplit_once(':')?;
        let figure = self.figures.iter().find(|figure| figure.name() == name)?;
        let units = figure.class(class);
        (!units.is_empty()).then(|| (figure, units.to_vec()))
    }
}
