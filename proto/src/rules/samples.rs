//! Small rule sets for tests: a law, and a regulation over it.

use super::{Catalogue, RuleSet};

/// A law with one period, one open question and one election.
pub(crate) const BASE: &str = include_str!("../../tests/rules/law.toml");

/// A regulation over [`BASE`]: four days, the other answer, one rule and one election more.
pub(crate) const OVERLAY: &str = include_str!("../../tests/rules/regulation.toml");

/// A whole rule set, as small as one can be.
pub(crate) const SMALL: &str = r#"
id = "SMALL"
version = 1
title = { ar = "أ", ckb = "ب", en = "Small", es = "Pequeño" }
effective-from = 2025-01-01

[[instrument]]
key = "ACT"
title = { ar = "أ", ckb = "ب", en = "Act", es = "Ley" }
source = "made up"

[[switch]]
key = "S1"
question = { ar = "أ؟", ckb = "ب؟", en = "Which days?", es = "¿Qué días?" }
default = "calendar-day"
alternatives = ["working-day"]
reason = { ar = "أ", ckb = "ب", en = "Because.", es = "Porque sí." }
[switch.meaning]
calendar-day = { ar = "أ", ckb = "ب", en = "All.", es = "Todos." }
working-day = { ar = "أ", ckb = "ب", en = "Some.", es = "Algunos." }

[calendar]
zone = "Asia/Baghdad"
[[calendar.week]]
from = 2020-01-01
works = ["sunday", "monday", "tuesday", "wednesday", "thursday"]
opens = "08:00"
closes = "15:00"

[[rule]]
key = "window"
instrument = "ACT"
article = "1"
title = { ar = "أ", ckb = "ب", en = "Window", es = "Plazo" }
quote = { en = "Within three days." }
does = "Counts three days."
[rule.period]
owner = "appellant"
triggers = ["publication-certificate"]
tie = "challenged"
on = "last-publication-day"
measures = ["appeal-filed"]
length = 3
unit = "?S1"
rolls = "next-working-day"
closes = "office-hours"
"#;

/// Texts that build on each other, read in this order.
pub(crate) fn read(texts: &[&str]) -> Vec<RuleSet> {
    let mut known = Catalogue::default();
    texts.iter().map(|text| RuleSet::clone(&known.add(text).expect("a good text"))).collect()
}
