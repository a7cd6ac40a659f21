//! Small rule sets for tests: a law, and a regulation over it.

use super::{Catalogue, RuleSet};

/// A law with one period, one open question and one election.
pub(crate) const BASE: &str = include_str!("../../tests/rules/law.toml");

/// A regulation over [`BASE`]: four days, the other answer, one rule and one election more.
pub(crate) const OVERLAY: &str = include_str!("../../tests/rules/regulation.toml");

/// Texts that build on each other, read in this order.
pub(crate) fn read(texts: &[&str]) -> Vec<RuleSet> {
    let mut known = Catalogue::default();
    texts.iter().map(|text| RuleSet::clone(&known.add(text).expect("a good text"))).collect()
}
