//! Assessments in words: Arabic, Sorani, English and Spanish.
//!
//! What counts is what is computed; words are made from it and can be made again, better, by a
//! later version. So whoever compares two assessments leaves the words out.

use crate::rules::{LANGUAGES, RuleSet};
use crate::v1::{Assessment, Rendering, Text};

/// An assessment in a sentence, in every language.
#[must_use]
pub fn sentence(rules: &RuleSet, assessment: &Assessment) -> Text {
    let title = rules.rule(&assessment.rule).map(|rule| &rule.title);
    let conclusion = assessment.readings.first().map_or("", |reading| reading.conclusion.as_str());
    let rendering = |language: &str| {
        let title = title.and_then(|title| title.get(language)).map_or("", String::as_str);
        let text = format!("{title} ({}): {conclusion}", assessment.article);
        Rendering { language: language.to_owned(), text }
    };
    Text {
        renderings: LANGUAGES.into_iter().map(rendering).collect(),
        authoritative: String::new(),
    }
}
