//! A figure: what is counted, of what, in which stratum, with the cases behind it.

use super::class::Dimension;
use super::quantile::nearest_rank;
use crate::word::{Word as _, words};

words! {
    /// What a figure shows. Each is defined in `docs/statistics.md`.
    pub enum Indicator {
        /// Matters filed, by their kind.
        Filed = "filed",
        /// How far matters came.
        Admission = "admission",
        /// What became of matters.
        Outcome = "outcome",
        /// Whether decisions have reasons in writing.
        Reasons = "reasons",
        /// Whether acts were within their legal time.
        InTime = "in-time",
        /// How long steps took.
        Took = "took",
        /// How long what is pending has waited.
        Waits = "waits",
        /// Which decisions were appealed against.
        Appealed = "appealed",
        /// Supplements to appeals, which are no appeals of their own.
        Supplements = "supplements",
        /// How orders of decisions and rulings stand.
        Carried = "carried-out",
        /// Stations that were counted again.
        Recounted = "stations-recounted",
        /// Stations whose results were annulled.
        Annulled = "stations-annulled",
        /// Seats that changed hands.
        Seats = "seats-changed",
        /// Reports that give no figures, so that stations and seats are not known from them.
        Silent = "reports-without-figures",
        /// Referrals to the criminal authorities.
        Criminal = "criminal-referrals",
        /// What became of matters at each body.
        Body = "body",
    }
}

words! {
    /// A share: one part of a figure over another.
    pub enum Share {
        /// Rejected on form, of those whose form was decided.
        OnForm = "rejected-on-form",
        /// Decided on the merits, of all.
        OnMerits = "decided-on-merits",
        /// For the filer, of those decided on the merits; of appeals: reversed.
        ForFiler = "for-the-filer",
        /// Over, of all.
        Closed = "closed",
        /// With reasons in writing, of those decided.
        WithReasons = "with-reasons",
        /// With published reasons, of those decided.
        PublishedReasons = "with-published-reasons",
        /// In time, of those that are certainly in time or late.
        InTime = "in-time",
        /// Done, of what has to be done.
        Done = "carried-out",
        /// Appealed against, of all decisions in view.
        Appealed = "appealed",
    }
}

/// One thing that is counted: it belongs to a matter, and stands in a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// The matter, by its place among all.
    pub matter: usize,
    /// Leaf of the filing that it is read off.
    pub leaf: u64,
}

/// What a figure counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted {
    /// Each unit in exactly one class; classes in their order, none empty.
    Classes(Vec<(String, Vec<Unit>)>),
    /// How long each took, in seconds, ascending; and those whose stamps contradict each other.
    Times(Vec<(u64, Unit)>, Vec<Unit>),
    /// How much each adds.
    Amount(Vec<(u64, Unit)>),
}

/// How much of a figure is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// All, down to the cases.
    All,
    /// Numbers, without the cases behind them.
    Numbers,
    /// Nothing: it is about so few that it could point at one of them.
    Nothing,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it shows.
    pub indicator: Indicator,
    /// Of what: a kind of matter, a step, a rule, a body.
    pub of: String,
    /// Within which stratum. `None`: all.
    pub stratum: Option<(Dimension, String)>,
    /// What it counts.
    pub counted: Counted,
    /// How much of it is shown.
    pub shown: Shown,
    /// Classes whose numbers are not shown.
    pub withheld: Vec<String>,
}

impl Figure {
    /// Its name, by which it is opened: `outcome/appeal@office=ihec/geo-bas`.
    #[must_use]
    pub fn name(&self) -> String {
        let name = format!("{}/{}", self.indicator.word(), self.of);
        match &self.stratum {
            Some((dimension, value)) => format!("{name}@{}={value}", dimension.word()),
            None => name,
        }
    }

    /// All units, each once.
    #[must_use]
    pub fn units(&self) -> Vec<Unit> {
        match &self.counted {
            Counted::Classes(classes) => {
                classes.iter().flat_map(|(_, units)| units.iter().copied()).collect()
            }
            Counted::Times(measured, unclear) => {
                measured.iter().map(|(_, unit)| *unit).chain(unclear.iter().copied()).collect()
            }
            Counted::Amount(amounts) => amounts.iter().map(|(_, unit)| *unit).collect(),
        }
    }

    /// The units of a class. None: there are none in it.
    #[must_use]
    pub fn class(&self, class: &str) -> &[Unit] {
        let Counted::Classes(classes) = &self.counted else { return &[] };
        classes.iter().find(|(name, _)| name == class).map_or(&[], |(_, units)| units)
    }

    /// How many units there are in all.
    #[must_use]
    pub fn count(&self) -> usize {
        self.units().len()
    }

    /// What the amounts add up to.
    #[must_use]
    pub fn amount(&self) -> Option<u64> {
        match &self.counted {
            Counted::Amount(amounts) => Some(amounts.iter().map(|(amount, _)| amount).sum()),
            _ => None,
        }
    }

    /// Median and 90th percentile in seconds, by nearest rank. `None`: nothing was measured.
    #[must_use]
    pub fn quantiles(&self) -> Option<(u64, u64)> {
        let Counted::Times(measured, _) = &self.counted else { return None };
        let times: Vec<u64> = measured.iter().map(|(time, _)| *time).collect();
        nearest_rank(&times, 50).zip(nearest_rank(&times, 90))
    }

    /// The shares of this figure: which, numerator, denominator. None whose classes are not shown.
    #[must_use]
    pub fn shares(&self) -> Vec<(Share, usize, usize)> {
        let Counted::Classes(classes) = &self.counted else { return Vec::new() };
        let mut found = Vec::new();
        for &(share, part, whole) in shares_of(self.indicator) {
            let count = |takes: fn(&str) -> bool| -> usize {
                let of = classes.iter().filter(|(class, _)| takes(class));
                of.map(|(_, units)| units.len()).sum()
            };
            let concerns = |class: &String| part(class) || whole(class);
            let hidden = self.shown == Shown::Nothing || self.withheld.iter().any(concerns);
            if !hidden {
                found.push((share, count(part), count(whole)));
            }
        }
        found
    }
}

/// Whether a class belongs to a part.
type Takes = fn(&str) -> bool;

/// Share, its part, its whole.
fn shares_of(indicator: Indicator) -> &'static [(Share, Takes, Takes)] {
    use super::class::Disposal;
    fn disposal(class: &str, of: fn(Disposal) -> bool) -> bool {
        Disposal::from_word(class).is_some_and(of)
    }
    match indicator {
        Indicator::Admission => &[(
            Share::OnForm,
            |class| class == "rejected-on-form",
            |class| matches!(class, "rejected-on-form" | "admitted"),
        )],
        Indicator::Outcome => &[
            (Share::OnMerits, |class| disposal(class, Disposal::is_on_merits), |_| true),
            (
                Share::ForFiler,
                |class| disposal(class, Disposal::is_for_the_filer),
                |class| disposal(class, Disposal::is_on_merits),
            ),
            (Share::Closed, |class| class != "pending", |_| true),
        ],
        Indicator::Reasons => &[
            (Share::WithReasons, |class| class != "not-given", |_| true),
            (Share::PublishedReasons, |class| class == "published", |_| true),
        ],
        Indicator::InTime => &[(
            Share::InTime,
            |class| class == "in-time",
            |class| matches!(class, "in-time" | "late"),
        )],
        Indicator::Carried => {
            &[(Share::Done, |class| class == "done", |class| class != "fell-away")]
        }
        Indicator::Appealed => &[(
            Share::Appealed,
            |class| class == "appealed",
            |class| class != "appealed-not-in-view",
        )],
        Indicator::Body => &[(Share::Closed, |class| class != "open", |_| true)],
        _ => &[],
    }
}
