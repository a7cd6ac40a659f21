//! The four languages: which way they run, and how a value stands within a line of theirs.

use crate::rules::Names;
use crate::text::{is_right_to_left, visible};
use crate::v1::{Address, Text};

/// A wording in all languages, in the order of [`crate::rules::LANGUAGES`].
pub(super) type Four = [&'static str; 4];

/// A language in which assessments are explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// العربية.
    Arabic,
    /// کوردی (سۆرانی).
    Sorani,
    /// English.
    English,
    /// Español.
    Spanish,
}

/// LEFT-TO-RIGHT ISOLATE: numbers, dates and identifiers stay as they are written.
const LEFT: char = '\u{2066}';
/// FIRST STRONG ISOLATE: a text of others runs as its own letters do.
const OWN: char = '\u{2068}';
/// POP DIRECTIONAL ISOLATE.
const END: char = '\u{2069}';

impl Language {
    /// All of them, in the order of [`crate::rules::LANGUAGES`].
    pub const ALL: [Self; 4] = [Self::Arabic, Self::Sorani, Self::English, Self::Spanish];

    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.pick(["ar", "ckb", "en", "es"])
    }

    /// The language of a tag. `None`: another one.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// Whether its lines run from right to left.
    #[must_use]
    pub fn right_to_left(self) -> bool {
        matches!(self, Self::Arabic | Self::Sorani)
    }

    /// This language's wording.
    pub(super) fn pick(self, [arabic, sorani, english, spanish]: Four) -> &'static str {
        match self {
            Self::Arabic => arabic,
            Self::Sorani => sorani,
            Self::English => english,
            Self::Spanish => spanish,
        }
    }

    /// This language's wording with its `{0}`, `{1}`, … filled in. Values come isolated: by
    /// [`Self::exact`], [`Self::foreign`], or made of such.
    pub(super) fn fill(self, wording: Four, values: &[&str]) -> String {
        let mut filled = String::new();
        for (number, part) in self.pick(wording).split('{').enumerate() {
            let place = part.split_once('}').filter(|_| number > 0);
            let value = place.and_then(|(at, _)| values.get(at.parse::<usize>().ok()?));
            filled += value.copied().unwrap_or_default();
            filled += place.map_or(part, |(_, behind)| behind);
        }
        filled
    }

    /// A number, date or identifier: it is read from left to right wherever it stands.
    pub(super) fn exact(self, text: &str) -> String {
        self.isolated(LEFT, text)
    }

    /// What others wrote, on one line and harmless.
    pub(super) fn foreign(self, text: &str) -> String {
        let line: Vec<&str> = text.split_whitespace().collect();
        self.isolated(OWN, &line.join(" "))
    }

    fn isolated(self, kind: char, text: &str) -> String {
        let text = visible(text);
        let needed = self.right_to_left() || text.chars().any(is_right_to_left);
        if needed && !text.is_empty() { format!("{kind}{text}{END}") } else { text }
    }

    /// A text of a rule set in this language, isolated. Empty: it has none.
    pub(super) fn named(self, names: &Names) -> String {
        names.get(self.tag()).map(|text| self.foreign(text)).unwrap_or_default()
    }

    /// A text in this language, else in its authoritative one, else in any; isolated.
    pub(super) fn rendering(self, text: &Text) -> String {
        let of = |tag: &str| text.renderings.iter().find(|one| one.language == tag);
        let best = of(self.tag()).or_else(|| of(&text.authoritative));
        let best = best.or_else(|| text.renderings.first());
        best.map(|one| self.foreign(&one.text)).unwrap_or_default()
    }

    /// An office: `ihec/geo-bas`; every office of an institution: `ihec`.
    pub(super) fn office(self, address: &Address) -> String {
        match (address.institution.as_str(), address.office.as_str()) {
            (institution, "") => self.exact(institution),
            ("", office) => self.exact(office),
            (institution, office) => self.exact(&format!("{institution}/{office}")),
        }
    }

    /// Several things in a row, commas between them.
    pub(super) fn list<S: AsRef<str>>(self, things: &[S]) -> String {
        let things: Vec<&str> = things.iter().map(AsRef::as_ref).collect();
        things.join(self.pick(super::counting::COMMA))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_stand_in_the_order_of_rule_sets() {
        assert_eq!(Language::ALL.map(Language::tag), crate::rules::LANGUAGES);
        assert_eq!(Language::from_tag("ckb"), Some(Language::Sorani));
        assert_eq!(Language::from_tag("fr"), None);
    }

    #[test]
    fn values_go_to_their_places() {
        let wording = ["{1} ← {0}", "", "from {0} to {1}.", "{2}{x}"];
        assert_eq!(Language::English.fill(wording, &["a", "b"]), "from a to b.");
        assert_eq!(Language::Arabic.fill(wording, &["1", "2"]), "2 ← 1");
        assert_eq!(Language::Spanish.fill(wording, &["a"]), "");
    }

    #[test]
    fn foreign_text_cannot_leave_its_place() {
        let hostile = "a\u{2069}\u{202e}b\nc\u{1b}[31m";
        let shown = Language::Arabic.foreign(hostile);
        assert_eq!(shown, "\u{2068}a\u{fffd}\u{fffd}b c\u{fffd}[31m\u{2069}");
        assert_eq!(Language::English.foreign("plain"), "plain");
        assert_eq!(Language::English.foreign("612/هيئة"), "\u{2068}612/هيئة\u{2069}");
        assert_eq!(visible("\u{2028}\u{61c}"), "\u{fffd}\u{fffd}");
    }
}
