//! The rule sets that are known.

use std::sync::Arc;

use super::place::{RuleProblem, RuleProblems};
use super::{RuleSet, parse};

/// The rule sets that come with Barid, each with its name, those that others build on first.
pub const BUILT_IN: [(&str, &str); 4] = [
    ("IQ-L11-2007/1", include_str!("../../rules/IQ-L11-2007.toml")),
    ("IQ-L31-2019/1", include_str!("../../rules/IQ-L31-2019.toml")),
    ("IQ-REG10-2025/1", include_str!("../../rules/IQ-REG10-2025.toml")),
    ("MX-LGSMIME/1", include_str!("../../rules/MX-LGSMIME.toml")),
];

/// Rule sets, with their texts.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    known: Vec<(Arc<RuleSet>, Arc<str>)>,
}

/// What a name leads to.
#[derive(Debug, Clone)]
pub enum Found {
    /// This one.
    One(Arc<RuleSet>),
    /// Nothing of that name.
    Unknown,
    /// Several, and nothing says which.
    Several(Vec<String>),
}

impl Catalogue {
    /// The rule sets that come with Barid.
    ///
    /// # Errors
    /// A rule set that is wrong, which the tests of this crate rule out.
    pub fn built_in() -> Result<Self, RuleProblems> {
        let mut catalogue = Self::default();
        for (_, text) in BUILT_IN {
            catalogue.add(text)?;
        }
        Ok(catalogue)
    }

    /// Takes a text in. The same text again changes nothing.
    ///
    /// # Errors
    /// Everything that is wrong with it; another text under a name that is taken.
    pub fn add(&mut self, text: &str) -> Result<Arc<RuleSet>, RuleProblems> {
        let set = parse(text, self)?;
        if let Some((known, _)) = self.known.iter().find(|(known, _)| known.name() == set.name()) {
            if known.sha256 == set.sha256 {
                return Ok(Arc::clone(known));
            }
            let what = format!("{} is known with another text: give it a new version", set.name());
            return Err(RuleProblems(vec![RuleProblem {
                line: 0,
                column: 0,
                path: "version".to_owned(),
                code: "taken",
                what,
            }]));
        }
        let set = Arc::new(set);
        self.known.push((Arc::clone(&set), text.into()));
        Ok(set)
    }

    /// All rule sets, in the order in which they became known.
    pub fn all(&self) -> impl Iterator<Item = &Arc<RuleSet>> {
        self.known.iter().map(|(set, _)| set)
    }

    /// The rule set of a name: `IQ-L31-2019/1`, or `IQ-L31-2019` for its newest version.
    #[must_use]
    pub fn find(&self, name: &str) -> Found {
        let exact = self.all().find(|set| set.name() == name);
        let newest = || self.all().filter(|set| set.id == name).max_by_key(|set| set.version);
        exact.or_else(newest).map_or(Found::Unknown, |set| Found::One(Arc::clone(set)))
    }

    /// The rule set under which an election is held: the one that names it and on which no other
    /// that names it stands.
    #[must_use]
    pub fn of_event(&self, event: &str) -> Found {
        let naming: Vec<_> = self.all().filter(|set| set.event(event).is_some()).collect();
        let below = |set: &RuleSet| naming.iter().any(|other| other.extends.contains(&set.name()));
        let top: Vec<_> = naming.iter().filter(|set| !below(set)).collect();
        match top.as_slice() {
            [] => Found::Unknown,
            [one] => Found::One(Arc::clone(one)),
            several => Found::Several(several.iter().map(|set| set.name()).collect()),
        }
    }

    /// The text of a rule set by its full name, and its digest.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<(&str, [u8; 32])> {
        let known = self.known.iter().find(|(set, _)| set.name() == name)?;
        Some((&known.1, known.0.sha256))
    }
}
