//! What is odd about a rule set that can be used all the same.

use std::fmt;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::choice::Settings;
use super::operation::{Operation, PeriodRule, TriggerKind};
use super::{Rule, RuleSet, Switch, SwitchOption};
use crate::period::{Calendar, Counting, Down, End, Special, Trigger, count};

/// Days of triggers on which two answers are tried. Closures come every eighth and ninth day and
/// outages every fifth, so that all that a count can tell apart meets every day of the week.
const TRIED_DAYS: i32 = 63;

/// Years of days that are known while answers are tried: beyond the longest period in days.
const TRIED_YEARS: i32 = 12;

/// Hours for calling a decision in, where an instrument of delegation gives them.
const GRANTED_HOURS: u32 = 48;

/// Something odd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleWarning {
    /// Path of the value: `switch.A2`.
    pub path: String,
    /// Stable code: `idle-option`.
    pub code: &'static str,
    /// What is odd, in English.
    pub what: String,
}

impl fmt::Display for RuleWarning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.what)
    }
}

/// Everything that is odd: answers that change nothing, elections outside their season or the
/// rule set's validity, sources quoted in one language only.
#[must_use]
pub fn lint(set: &RuleSet) -> Vec<RuleWarning> {
    let mut found = Vec::new();
    let tried = Tried::of(set);
    for switch in &set.switches {
        let idle = |option: &&SwitchOption| {
            tried.as_ref().is_some_and(|tried| tried.is_idle(switch, option))
        };
        let idle = switch.options.iter().skip(1).filter(idle);
        found.extend(idle.map(|option| RuleWarning {
            path: format!("switch.{}", switch.key),
            code: "idle-option",
            what: format!("{:?} changes no rule: no period ends otherwise", option.word),
        }));
    }
    found.extend(events(set));
    found.extend(quotes(set));
    found
}

/// What answers are tried on: everything occurs in it that a count can tell apart.
struct Tried<'a> {
    set: &'a RuleSet,
    begins: Date,
    calendar: Calendar,
    outages: Vec<Down>,
}

impl<'a> Tried<'a> {
    /// `None`: the weekly hours begin where no calendar goes, and nothing can be tried.
    fn of(set: &'a RuleSet) -> Option<Self> {
        let begins = set.calendar.weeks.last()?.from;
        let ends = begins.checked_add(TRIED_YEARS.years()).ok()?;
        let mut calendar = Calendar::new(&set.calendar.zone, set.calendar.weeks.clone()).ok()?;
        calendar.cover(begins, ends);
        let mut outages = Vec::new();
        for (number, day) in begins.series(1.day()).take_while(|day| *day <= ends).enumerate() {
            let announced_ms = match (number % 8, number % 9) {
                (3, _) => i64::MAX,
                (_, 4) => i64::MIN,
                _ => {
                    let hours = calendar.hours(day).filter(|_| number % 5 == 0);
                    outages.extend(hours.map(|(from_ms, until_ms)| Down { from_ms, until_ms }));
                    continue;
                }
            };
            let special =
                Special { working: false, closes: None, name: None, announced_ms, leaf: 0 };
            calendar.set(day, special);
        }
        Some(Self { set, begins, calendar, outages })
    }

    /// Whether an answer leads nowhere else than the preferred one, in any rule that asks the
    /// question. A question that no rule computes is for people, and its answers are never idle.
    fn is_idle(&self, switch: &Switch, option: &SwitchOption) -> bool {
        let asks = |rule: &&Rule| rule.switches.contains(&switch.key);
        let mut asking = self.set.rules.iter().filter(asks).peekable();
        asking.peek().is_some() && !asking.any(|rule| self.differs(rule, switch, option))
    }

    fn differs(&self, rule: &Rule, switch: &Switch, option: &SwitchOption) -> bool {
        let Operation::Period(period) = &rule.operation else { return true };
        let readings = self.set.readings(rule);
        let default = switch.options.first().map(|option| option.word.as_str());
        let mut preferred = readings.iter().filter(|reading| reading.get(&switch.key) == default);
        preferred.any(|preferred| {
            let others = || rule.switches.iter().filter(|key| **key != switch.key);
            let other = readings.iter().find(|reading| {
                reading.get(&switch.key) == Some(&option.word)
                    && others().all(|key| reading.get(key) == preferred.get(key))
            });
            other.is_some_and(|other| {
                finds_another_trigger(period, preferred, other)
                    || self.ends(period, preferred) != self.ends(period, other)
            })
        })
    }

    /// Where the period ends from many days on.
    fn ends(&self, period: &PeriodRule, settings: &Settings) -> Vec<End> {
        let Some(counting) = counting(period, settings) else { return Vec::new() };
        let days = (0..TRIED_DAYS).filter_map(|day| self.begins.checked_add(day.days()).ok());
        days.filter_map(|day| {
            let (opens, _) = self.calendar.hours(day)?;
            let trigger = Trigger { day, instant_ms: opens };
            Some(count(&counting, trigger, &self.calendar, &[], &self.outages).end)
        })
        .collect()
    }
}

/// Whether trigger or pause may be others under the one reading than under the other.
fn finds_another_trigger(period: &PeriodRule, one: &Settings, other: &Settings) -> bool {
    let filed = period.triggers.iter().any(|trigger| matches!(trigger, TriggerKind::Filing(_)));
    let moved = period.occurrence.under(one) != period.occurrence.under(other)
        || period.on.under(one) != period.on.under(other);
    let paused = period.pause.as_ref().map(|pause| pause.effect.under(one))
        != period.pause.as_ref().map(|pause| pause.effect.under(other));
    (filed && moved) || paused
}

fn counting(period: &PeriodRule, settings: &Settings) -> Option<Counting> {
    Some(Counting {
        length: period.length.under(settings, Some(GRANTED_HOURS))?,
        unit: period.unit.under(settings)?,
        start: period.starts.under(settings)?,
        close: period.closes.under(settings)?,
        roll: period.rolls.under(settings)?,
        late_closures: period.late_closures.under(settings)?,
        outages: period.outages.under(settings)?,
    })
}

fn events(set: &RuleSet) -> Vec<RuleWarning> {
    let mut found = Vec::new();
    for event in &set.events {
        let mut warn = |code, what: String| {
            let path = format!("event.{}.polling", event.id);
            found.push(RuleWarning { path, code, what });
        };
        let season = event.season_from.zip(event.season_until);
        for day in &event.polling {
            if season.is_some_and(|(from, until)| !(from..=until).contains(day)) {
                warn("season", format!("{day} lies outside the season"));
            }
            let over = set.effective_until.is_some_and(|last| last < *day);
            if *day < set.effective_from || over {
                warn("validity", format!("the rule set is not in force on {day}"));
            }
        }
    }
    found
}

/// One warning for each language that is the only one in which some rules quote their source.
fn quotes(set: &RuleSet) -> Vec<RuleWarning> {
    let alone = |rule: &Rule| (rule.quote.len() == 1).then(|| rule.quote.keys().next().cloned());
    let mut languages: Vec<String> = set.rules.iter().filter_map(alone).flatten().collect();
    languages.sort();
    languages.dedup();
    let told = |language: String| {
        let only = set
            .rules
            .iter()
            .filter(|rule| rule.quote.len() == 1 && rule.quote.contains_key(&language));
        let keys: Vec<&str> = only.map(|rule| rule.key.as_str()).collect();
        let what = format!("quoted in {language} only: {}", keys.join(", "));
        RuleWarning { path: "rule.quote".to_owned(), code: "one-language", what }
    };
    languages.into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{BASE, OVERLAY, read};
    use super::super::{Catalogue, parse};
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let set = parse(text, &Catalogue::default()).unwrap();
        lint(&set).iter().map(ToString::to_string).collect()
    }

    /// [`BASE`] with another question, asked by a line of the period in place of the publication's.
    fn asking(line: &str, default: &str, alternative: &str) -> String {
        BASE.replace("\non = \"?A1\"", "\non = \"stamped\"")
            .replace("\nlength = 3", &format!("\n{line}\nlength = 3"))
            .replace("last-publication-day", default)
            .replace("first-publication-day", alternative)
    }

    #[test]
    fn a_good_rule_set_is_not_odd() {
        assert_eq!(told(BASE), Vec::<String>::new());
    }

    #[test]
    fn an_answer_that_changes_nothing_is_odd() {
        let late = asking("late-closures = \"?A1\"", "count", "ignored");
        assert_eq!(told(&late), Vec::<String>::new(), "closures make the last day roll");
        let never = late.replace("rolls = \"next-working-day\"", "rolls = \"never\"");
        let odd = ["switch.A1: \"ignored\" changes no rule: no period ends otherwise"];
        assert_eq!(told(&never), odd, "calendar days that never roll know no closures");
        let outages = asking("outages = \"?A1\"", "none", "next-working-day");
        assert_eq!(told(&outages), Vec::<String>::new());
    }

    #[test]
    fn on_whatever_day_of_the_week_hours_begin_nothing_is_odd() {
        for day in 1..=7 {
            let late = asking("late-closures = \"?A1\"", "count", "ignored");
            let late = late.replace("from = 2007-01-01", &format!("from = 2007-01-0{day}"));
            assert_eq!(told(&late), Vec::<String>::new(), "{day}");
        }
    }

    #[test]
    fn which_of_several_triggers_counts_is_not_odd_where_there_are_any() {
        let filed = asking("occurrence = \"?A1\"", "last", "first");
        assert_eq!(told(&filed), Vec::<String>::new());
        let polling =
            filed.replace("triggers = [\"publication-certificate\"]", "triggers = [\"polling\"]");
        assert_eq!(told(&polling).len(), 1, "there is one polling");
    }

    #[test]
    fn an_election_outside_its_season_or_the_law_is_odd() {
        let late =
            BASE.replace("seats = 329", "season-from = 2025-01-01\nseason-until = 2025-10-31");
        assert_eq!(told(&late), ["event.E-1.polling: 2025-11-11 lies outside the season"]);
        let over = BASE.replace("effective-from = 2007-01-01", "effective-from = 2026-01-01");
        let odd = ["event.E-1.polling: the rule set is not in force on 2025-11-11"];
        assert_eq!(told(&over), odd);
    }

    #[test]
    fn a_source_in_one_language_is_told_once_for_all_its_rules() {
        let over = read(&[BASE, OVERLAY]).pop().unwrap();
        let found: Vec<String> = lint(&over).iter().map(ToString::to_string).collect();
        let odd = "rule.quote: quoted in en only: notice";
        assert!(found.contains(&odd.to_owned()), "{found:?}");
    }
}
