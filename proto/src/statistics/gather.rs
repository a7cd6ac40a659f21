//! From cases to figures: everything that is counted is put down once, and then told apart by each
//! dimension.

use std::collections::{BTreeMap, BTreeSet};

use super::class::{Carried, Dimension, Level, Timely};
use super::decided::decides;
use super::effects::effects;
use super::figure::{Counted, Figure, Indicator, Shown, Unit};
use super::matter::{Matter, act_name};
use super::spans::{span, steps};
use super::{CaseTold, Moment};
use crate::procedure::tasks;
use crate::reconcile::Fate;
use crate::v1::filing_content::Content;
use crate::v1::{
    AssessmentFinding, CivilDate, CourseTaskKind, CourseTaskStanding, FilingKind, Text,
};
use crate::word::Word as _;

/// What is counted: indicator and what of it.
type Key = (Indicator, String);

/// Everything that was put down.
#[derive(Default)]
pub(super) struct Gathered {
    classes: BTreeMap<Key, Vec<(String, Unit)>>,
    times: BTreeMap<Key, Vec<(Option<u64>, Unit)>>,
    amounts: BTreeMap<Key, Vec<(u64, Unit)>>,
    /// What steps and rules are called, by indicator and key.
    pub(super) titles: BTreeMap<Key, Text>,
}

/// What is known of one case while it is put down.
struct Within<'a> {
    case: &'a CaseTold,
    /// Its matters, with their places among all.
    matters: Vec<(usize, &'a Matter)>,
}

impl Within<'_> {
    /// The matter that a filing belongs to: the newest before it, or the first.
    fn unit(&self, leaf: u64) -> Unit {
        let newest = self.matters.iter().rev().find(|(_, matter)| matter.leaf <= leaf);
        let matter = newest.or(self.matters.first()).map_or(0, |(place, _)| *place);
        Unit { matter, leaf }
    }
}

impl Gathered {
    /// Puts down everything about all cases.
    pub(super) fn of(cases: &[CaseTold], matters: &[Matter], moment: &Moment<'_>) -> Self {
        let mut all = Self::default();
        for (place, case) in cases.iter().enumerate() {
            let own = matters.iter().enumerate().filter(|(_, matter)| matter.case == place);
            let within = Within { case, matters: own.collect() };
            for (place, matter) in &within.matters {
                all.matter(*place, matter, moment);
            }
            all.steps(&within, moment);
            all.timeliness(&within);
            all.tasks(&within, moment);
            all.effects(&within);
        }
        all.decisions(cases, matters);
        all
    }

    fn class(&mut self, indicator: Indicator, of: &str, class: &str, unit: Unit) {
        let key = (indicator, of.to_owned());
        self.classes.entry(key).or_default().push((class.to_owned(), unit));
    }

    fn time(&mut self, indicator: Indicator, of: &str, time: Option<u64>, unit: Unit) {
        self.times.entry((indicator, of.to_owned())).or_default().push((time, unit));
    }

    fn matter(&mut self, place: usize, matter: &Matter, moment: &Moment<'_>) {
        let unit = Unit { matter: place, leaf: matter.leaf };
        let level = matter.level.word();
        self.class(Indicator::Filed, "matters", level, unit);
        if !matches!(matter.level, Level::Complaint | Level::Appeal) {
            return;
        }
        self.class(Indicator::Admission, level, matter.admission.word(), unit);
        self.class(Indicator::Outcome, level, matter.disposal.word(), unit);
        if let Some(reasons) = matter.reasons {
            self.class(Indicator::Reasons, level, reasons.word(), unit);
        }
        match matter.decided {
            Some((leaf, at_ms)) => {
                let took = span(matter.filed_ms, at_ms).ok();
                let unit = Unit { matter: place, leaf };
                self.time(Indicator::Took, &format!("{level}-to-decision"), took, unit);
            }
            None if matter.disposal == super::class::Disposal::Pending => {
                let waits = span(matter.filed_ms, moment.at_ms).ok();
                self.time(Indicator::Waits, level, waits, unit);
            }
            None => {}
        }
        for (body, fate) in &matter.bodies {
            self.class(Indicator::Body, &format!("{body}/{level}"), fate_word(*fate), unit);
        }
    }

    fn steps(&mut self, within: &Within<'_>, moment: &Moment<'_>) {
        for step in steps(within.case, moment.event) {
            let (unit, of) = (within.unit(step.leaf), format!("step-{}", step.key));
            if let Some(title) = step.title {
                self.titles.entry((Indicator::Took, of.clone())).or_insert(title);
            }
            match step.took {
                Ok(None) => {}
                Ok(Some(took)) => self.time(Indicator::Took, &of, Some(took), unit),
                Err(_) => self.time(Indicator::Took, &of, None, unit),
            }
        }
        for act in &within.case.acts.case {
            let unit = within.unit(act.leaf);
            match act.kind() {
                FilingKind::SupplementFiled => {
                    self.class(Indicator::Supplements, "appeal", "supplement", unit);
                }
                FilingKind::CriminalReferral => {
                    self.class(Indicator::Criminal, "all", "referred", unit);
                }
                _ => {}
            }
        }
    }

    fn timeliness(&mut self, within: &Within<'_>) {
        for (leaf, assessments) in &within.case.timeliness {
            for one in assessments {
                let timely = match one.finding() {
                    AssessmentFinding::InOrder => Timely::InTime,
                    AssessmentFinding::OutOfOrder => Timely::Late,
                    AssessmentFinding::Contested => Timely::Contested,
                    _ => Timely::Undecided,
                };
                self.class(Indicator::InTime, &one.rule, timely.word(), within.unit(*leaf));
                let rule = within.case.rules.as_ref().and_then(|rules| rules.rule(&one.rule));
                if let Some(rule) = rule {
                    let title = crate::procedure::text(&rule.title);
                    self.titles.entry((Indicator::InTime, one.rule.clone())).or_insert(title);
                }
            }
        }
    }

    fn tasks(&mut self, within: &Within<'_>, moment: &Moment<'_>) {
        for task in tasks(&within.case.acts) {
            if task.kind() != CourseTaskKind::Clause {
                continue;
            }
            let act = within.case.acts.case.iter().find(|act| act.leaf == task.leaf_index);
            let Some(act) = act else { continue };
            let of = match act.kind() {
                FilingKind::RulingIssued => "rulings",
                _ => "decisions",
            };
            let unit = within.unit(task.leaf_index);
            let over = task.due_on.is_some_and(|due| days(due) < days(moment.day));
            let carried = match task.standing() {
                CourseTaskStanding::Done => Carried::Done,
                CourseTaskStanding::FellAway => Carried::FellAway,
                _ if over => Carried::Overdue,
                _ => Carried::Open,
            };
            self.class(Indicator::Carried, of, carried.word(), unit);
            if let Some(done) = task.done_on.filter(|_| carried == Carried::Done) {
                // Reports give a day, so the time is in whole days since that of the act.
                let from = days(moment.day_of(act.stamped_ms()));
                let took = u64::try_from(days(done) - from).ok().map(|days| days * DAY_S);
                self.time(Indicator::Took, &format!("{of}-to-implementation"), took, unit);
            }
        }
    }

    fn effects(&mut self, within: &Within<'_>) {
        for effect in effects(within.case) {
            let unit = within.unit(effect.leaf);
            let amounts = [
                (Indicator::Recounted, effect.recounted.len() as u64),
                (Indicator::Annulled, effect.annulled.len() as u64),
                (Indicator::Seats, effect.seats),
            ];
            for (indicator, amount) in amounts.into_iter().filter(|(_, amount)| *amount > 0) {
                let key = (indicator, "all".to_owned());
                self.amounts.entry(key).or_default().push((amount, unit));
            }
            if effect.silent {
                self.class(Indicator::Silent, "all", "without-figures", unit);
            }
        }
    }

    /// Every decision in view, and whether an appeal names it; and appeals against decisions that
    /// are not in view.
    fn decisions(&mut self, cases: &[CaseTold], matters: &[Matter]) {
        let appeals = || matters.iter().enumerate().filter(|(_, one)| one.level == Level::Appeal);
        let challenged: BTreeSet<&str> =
            appeals().map(|(_, one)| one.challenged.as_str()).collect();
        let mut known: BTreeSet<String> = BTreeSet::new();
        for (place, case) in cases.iter().enumerate() {
            let own: Vec<_> =
                matters.iter().enumerate().filter(|(_, matter)| matter.case == place).collect();
            let within = Within { case, matters: own };
            for act in case.acts.case.iter().filter(|act| decides(act)) {
                let Some(name) = decision_name(act) else { continue };
                // A decision about many stands on the docket of each.
                if known.insert(name.clone()) {
                    let class = match challenged.contains(name.as_str()) {
                        true => "appealed",
                        false => "not-appealed",
                    };
                    self.class(Indicator::Appealed, "decisions", class, within.unit(act.leaf));
                }
            }
        }
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (place, appeal) in appeals() {
            let unit = Unit { matter: place, leaf: appeal.leaf };
            let name = appeal.challenged.as_str();
            if !name.is_empty() && !known.contains(name) && seen.insert(name) {
                self.class(Indicator::Appealed, "decisions", "appealed-not-in-view", unit);
            }
        }
    }

    /// The figures: all of them, and told apart by each dimension.
    pub(super) fn figures(&self, matters: &[Matter]) -> Vec<Figure> {
        let mut figures = Vec::new();
        for (key, units) in &self.classes {
            strata(
                matters,
                units,
                |(_, unit)| *unit,
                |stratum, units| {
                    figures.push(figure(key, stratum, Counted::Classes(classes(units))));
                },
            );
        }
        for (key, units) in &self.times {
            strata(
                matters,
                units,
                |(_, unit)| *unit,
                |stratum, units| {
                    let unclear =
                        units.iter().filter(|(time, _)| time.is_none()).map(|(_, unit)| *unit);
                    let unclear = unclear.collect();
                    let measured = units.iter().filter_map(|(time, unit)| Some(((*time)?, *unit)));
                    let mut measured: Vec<(u64, Unit)> = measured.collect();
                    measured.sort_unstable();
                    figures.push(figure(key, stratum, Counted::Times(measured, unclear)));
                },
            );
        }
        for (key, units) in &self.amounts {
            strata(
                matters,
                units,
                |(_, unit)| *unit,
                |stratum, units| {
                    figures.push(figure(
                        key,
                        stratum,
                        Counted::Amount(units.into_iter().copied().collect()),
                    ));
                },
            );
        }
        figures.sort_by(|one, other| {
            let key =
                |figure: &Figure| (figure.indicator, figure.of.clone(), figure.stratum.clone());
            key(one).cmp(&key(other))
        });
        figures
    }
}

const DAY_S: u64 = 86_400;

fn figure((indicator, of): &Key, stratum: Option<(Dimension, String)>, counted: Counted) -> Figure {
    let (indicator, of) = (*indicator, of.clone());
    Figure { indicator, of, stratum, counted, shown: Shown::All, withheld: Vec::new() }
}

/// Tells units of all strata, and then those of each stratum of each dimension.
fn strata<'u, T>(
    matters: &[Matter],
    units: &'u [T],
    unit: impl Fn(&T) -> Unit,
    mut tell: impl FnMut(Option<(Dimension, String)>, Vec<&'u T>),
) {
    tell(None, units.iter().collect());
    for (_, dimension) in Dimension::WORDS {
        let mut apart: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
        for one in units {
            let matter = matters.get(unit(one).matter);
            let stratum = matter.and_then(|matter| matter.strata.get(dimension));
            apart.entry(stratum.map_or(super::NOT_SAID, String::as_str)).or_default().push(one);
        }
        for (value, units) in apart {
            tell(Some((*dimension, value.to_owned())), units);
        }
    }
}

fn classes(units: Vec<&(String, Unit)>) -> Vec<(String, Vec<Unit>)> {
    let mut apart: BTreeMap<&str, Vec<Unit>> = BTreeMap::new();
    for (class, unit) in units {
        apart.entry(class).or_default().push(*unit);
    }
    apart.into_iter().map(|(class, units)| (class.to_owned(), units)).collect()
}

/// A decision as appeals name it. `None`: it has no number.
fn decision_name(act: &crate::assess::Act) -> Option<String> {
    match &act.content {
        Some(Content::DelegatedDecision(decision)) if !decision.number.is_empty() => {
            Some(act_name(&crate::v1::ActReference {
                institution: act.institution().to_owned(),
                number: decision.number.clone(),
                date: decision.decided_on,
                minutes_number: String::new(),
            }))
        }
        _ => act.own().map(act_name),
    }
}

/// The word of what became of a case at a body.
pub(super) fn fate_word(fate: Fate) -> &'static str {
    match fate {
        Fate::Supplement => "supplement",
        Fate::Joined => "joined",
        Fate::Returned => "returned",
        Fate::Referred => "referred",
        Fate::Direct => "direct",
        Fate::Withdrawn => "withdrawn",
        Fate::Decided => "decided",
        Fate::Open => "open",
    }
}

/// Days since 1970.
pub(super) fn days(day: CivilDate) -> i64 {
    let parts = (i16::try_from(day.year), i8::try_from(day.month), i8::try_from(day.day));
    let (Ok(year), Ok(month), Ok(day)) = parts else { return 0 };
    let date = jiff::civil::Date::new(year, month, day).unwrap_or(jiff::civil::Date::ZERO);
    let since = date.since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1)));
    since.map_or(0, |span| i64::from(span.get_days()))
}
