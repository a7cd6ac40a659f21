//! What changed from one rule set to another.

use super::RuleSet;
use super::facts::{Fact, Part, Section, parts};
use crate::word::words;

words! {
    /// What became of a part.
    pub enum Change {
        /// Only the later rule set has it.
        Added = "added",
        /// Only the earlier one has it.
        Removed = "removed",
        /// Both have it, and it says something else.
        Changed = "changed",
    }
}

/// A part in which two rule sets differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What part it is.
    pub section: Section,
    /// Its key.
    pub key: String,
    /// What became of it.
    pub change: Change,
    /// The fields that differ; of a part that came or went, all it says. Never empty.
    pub fields: Vec<FieldChange>,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name: `period.length`.
    pub field: String,
    /// What the earlier rule set says. `None`: nothing.
    pub before: Option<String>,
    /// What the later one says. `None`: nothing.
    pub after: Option<String>,
}

/// Everything that `after` says otherwise than `before`, section by section: first what came or
/// changed, in the order of `after`, then what went, in the order of `before`. Names, versions and
/// the order of parts are no difference.
#[must_use]
pub fn diff(before: &RuleSet, after: &RuleSet) -> Vec<Difference> {
    let (before, after) = (numbered(parts(before)), numbered(parts(after)));
    let same = |one: &Numbered, other: &Numbered| {
        (one.0.section, &one.0.key, one.1) == (other.0.section, &other.0.key, other.1)
    };
    let mut found: Vec<Difference> = Vec::new();
    for one in &after {
        let known = before.iter().find(|other| same(other, one));
        found.extend(difference(known.map(|known| &known.0), Some(&one.0)));
    }
    for one in before.iter().filter(|one| !after.iter().any(|other| same(other, one))) {
        found.extend(difference(Some(&one.0), None));
    }
    // Stable: what came or changed stays before what went.
    found.sort_by_key(|one| one.section);
    found
}

/// A part, and how many of the same key come before it: several errata can be about one article.
type Numbered = (Part, usize);

fn numbered(parts: Vec<Part>) -> Vec<Numbered> {
    let mut all: Vec<Numbered> = Vec::new();
    for part in parts {
        let same = |other: &&Numbered| (other.0.section, &other.0.key) == (part.section, &part.key);
        let number = all.iter().filter(same).count();
        all.push((part, number));
    }
    all
}

fn difference(before: Option<&Part>, after: Option<&Part>) -> Option<Difference> {
    let change = match (before, after) {
        (Some(_), Some(_)) => Change::Changed,
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
    };
    let part = after.or(before)?;
    let fields = fields(facts(before), facts(after));
    let (section, key) = (part.section, part.key.clone());
    (!fields.is_empty()).then_some(Difference { section, key, change, fields })
}

fn facts(part: Option<&Part>) -> &[Fact] {
    part.map(|part| part.facts.as_slice()).unwrap_or_default()
}

fn fields(before: &[Fact], after: &[Fact]) -> Vec<FieldChange> {
    let value = |facts: &[Fact], field: &str| {
        facts.iter().find(|fact| fact.field == field).map(|fact| fact.value.clone())
    };
    let gone = before.iter().filter(|fact| value(after, &fact.field).is_none());
    after
        .iter()
        .chain(gone)
        .map(|fact| FieldChange {
            field: fact.field.clone(),
            before: value(before, &fact.field),
            after: value(after, &fact.field),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{BASE, OVERLAY, read};
    use super::super::{Catalogue, parse};
    use super::*;

    fn pair() -> (RuleSet, RuleSet) {
        let sets = read(&[BASE, OVERLAY]);
        (sets[0].clone(), sets[1].clone())
    }

    fn other(from: &str, to: &str) -> RuleSet {
        assert!(BASE.contains(from), "{from}");
        parse(&BASE.replacen(from, to, 1), &Catalogue::default()).unwrap()
    }

    fn told(found: &[Difference]) -> Vec<String> {
        let field = |change: &FieldChange| {
            let say = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
            format!("{} {} -> {}", change.field, say(&change.before), say(&change.after))
        };
        let one = |one: &Difference| {
            let fields: Vec<String> = one.fields.iter().map(field).collect();
            format!("{:?} {} {:?}: {}", one.section, one.key, one.change, fields.join("; "))
        };
        found.iter().map(one).collect()
    }

    #[test]
    fn a_rule_set_does_not_differ_from_itself() {
        let (base, over) = pair();
        assert_eq!(diff(&base, &base), []);
        assert_eq!(diff(&over, &over), []);
    }

    #[test]
    fn an_overlay_differs_in_exactly_what_it_says() {
        let (base, over) = pair();
        assert_eq!(
            told(&diff(&base, &over)),
            [
                "Frame  Changed: title.en A law -> A regulation; \
                 effective-from 2007-01-01 -> 2025-07-30",
                "Switch A1 Changed: default last-publication-day -> first-publication-day; \
                 alternatives first-publication-day -> last-publication-day",
                "Rule appeal Changed: period.length 3 -> 4",
                "Rule notice Added: instrument - -> LAW; article - -> 2; title.ar - -> إشعار; \
                 title.ckb - -> ئاگاداری; title.en - -> Notice; title.es - -> Aviso; \
                 quote.en - -> shall be notified; does - -> says that it is notified; \
                 check - -> kept",
                "Event E-2 Added: election - -> provincial-council; polling - -> 2026-01-10",
            ]
        );
    }

    #[test]
    fn backwards_what_came_went_and_before_is_after() {
        let (base, over) = pair();
        let there = diff(&base, &over);
        let mut back = diff(&over, &base);
        for one in &mut back {
            one.change = match one.change {
                Change::Added => Change::Removed,
                Change::Removed => Change::Added,
                Change::Changed => Change::Changed,
            };
            for field in &mut one.fields {
                std::mem::swap(&mut field.before, &mut field.after);
            }
        }
        assert_eq!(back, there);
    }

    #[test]
    fn hours_of_offices_and_fields_that_come_are_told() {
        let base = parse(BASE, &Catalogue::default()).unwrap();
        let longer = other("closes = \"15:00\"", "closes = \"16:30\"");
        assert_eq!(told(&diff(&base, &longer)), ["Week 2007-01-01 Changed: closes 15:00 -> 16:30"]);
        let until = other("works = [", "until = 2030-12-31\nworks = [");
        assert_eq!(told(&diff(&base, &until)), ["Week 2007-01-01 Changed: until - -> 2030-12-31"]);
    }

    #[test]
    fn steps_of_procedures_are_told() {
        let base = parse(BASE, &Catalogue::default()).unwrap();
        let open = other("period = \"appeal\"", "no-period = \"whenever\"");
        assert_eq!(
            told(&diff(&base, &open)),
            ["Step appeal/filing Changed: no-period - -> whenever; period appeal -> -"]
        );
    }

    #[test]
    fn an_erratum_more_about_the_same_article_is_one_difference() {
        let one = "\n[[erratum]]\ninstrument = \"LAW\"\narticle = \"1\"\ntext = \"first\"\n";
        let two = format!("{one}{}", one.replace("first", "second"));
        let known = Catalogue::default();
        let one = parse(&format!("{BASE}{one}"), &known).unwrap();
        let two = parse(&format!("{BASE}{two}"), &known).unwrap();
        assert_eq!(told(&diff(&one, &two)), ["Erratum LAW 1 Added: text - -> second"]);
    }

    #[test]
    fn the_order_of_rules_is_no_difference() {
        let over = read(&[BASE, OVERLAY]).pop().unwrap();
        let mut turned = over.clone();
        turned.rules.reverse();
        assert_eq!(diff(&over, &turned), []);
    }
}
