//! Assessments in words: Arabic, Sorani, English and Spanish.
//!
//! What counts is what is computed; words are made from it and can be made again, better, by a
//! later version. So whoever compares two assessments leaves the words out.
//!
//! [`sentence`] says what a clerk has to know, [`explanation`] everything down to the single day,
//! and [`strip`] draws it. All three are pure functions of the assessment and, where it is known,
//! of the text of its rule set; they take whatever stands in a leaf and say what is missing.

mod conclusion;
mod counting;
mod course;
mod dates;
mod formal;
mod kinds;
mod language;
mod outage;
mod registers;
mod sentence;
mod settings;
mod strip;
#[cfg(test)]
mod tests;
mod whole;
mod words;

pub use crate::text::visible;
pub use course::course;
pub use language::Language;

pub(crate) use outage::outage;
pub(crate) use registers::registers;

use dates::Clock;
use settings::Base;

use crate::rules::{Rule, RuleSet};
use crate::v1::{Assessment, Text};

/// An assessment in one or two sentences, in every language.
#[must_use]
pub fn sentence(rules: &RuleSet, assessment: &Assessment) -> Text {
    sentence::sentence(&Subject::new(Some(rules), assessment))
}

/// The same in one language, for whoever may not know the text of the rule set.
#[must_use]
pub fn said(rules: Option<&RuleSet>, assessment: &Assessment, language: Language) -> String {
    sentence::said(&Subject::new(rules, assessment), language)
}

/// An assessment with everything it rests on: rule, article and its words, what set the period
/// going, whose calendars, and under each reading each day.
///
/// Without the rule set, or with another text than the one it was computed by, what is in the
/// assessment is shown and that is said.
#[must_use]
pub fn explanation(rules: Option<&RuleSet>, assessment: &Assessment, language: Language) -> String {
    whole::explanation(&Subject::new(rules, assessment), language)
}

/// The days of an assessment as a picture, one row for each reading and one cell for each day: an
/// SVG without scripts, links or foreign resources. In Arabic and Sorani it runs from right to
/// left.
#[must_use]
pub fn strip(rules: Option<&RuleSet>, assessment: &Assessment, language: Language) -> String {
    strip::strip(&Subject::new(rules, assessment), language)
}

/// What a conclusion code means. A code of a later version is shown as it is.
#[must_use]
pub fn conclusion(language: Language, code: &str) -> String {
    conclusion::conclusion(language, code)
}

/// An assessment with what is known about it.
struct Subject<'a> {
    assessment: &'a Assessment,
    /// The text it was computed by, if it is that.
    rules: Option<&'a RuleSet>,
    /// Its rule in that text.
    rule: Option<&'a Rule>,
    clock: Clock,
}

impl<'a> Subject<'a> {
    fn new(rules: Option<&'a RuleSet>, assessment: &'a Assessment) -> Self {
        let same = |rules: &&RuleSet| {
            let digest = assessment.rule_set_sha256.as_slice();
            digest.is_empty() || digest == rules.sha256
        };
        let rules = rules.filter(same);
        let rule = rules.and_then(|rules| rules.rule(&assessment.rule));
        Self { assessment, rules, rule, clock: Clock::of(assessment) }
    }

    /// The reading that the rule set prefers, from which others deviate. `None`: no readings.
    fn base(&self) -> Option<Base<'a>> {
        Base::of(self.rules, self.rule, &self.assessment.readings)
    }

    /// When the act was done whose time was measured. `None`: nothing was.
    fn measured(&self) -> Option<i64> {
        let frame = self.assessment.frame.as_ref()?;
        (frame.measured_unix_ms != 0).then_some(frame.measured_unix_ms)
    }

    /// What the rule is called, else its key, else what was assessed.
    fn title(&self, language: Language) -> String {
        let title = self.rule.map(|rule| language.named(&rule.title)).unwrap_or_default();
        match (title.as_str(), self.assessment.rule.as_str()) {
            ("", "") => language.exact(&self.assessment.subject),
            ("", key) => language.exact(key),
            _ => title,
        }
    }
}
