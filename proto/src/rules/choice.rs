//! What a rule says itself, and what it leaves to a switch.

use crate::v1;
use crate::word::Word;

/// A value of a rule: fixed, or the answer to a switch's question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice<T> {
    /// The law says it.
    Fixed(T),
    /// The law leaves it open; the options of this switch are words of `T`.
    Switch(String),
}

impl<T: Word> Choice<T> {
    /// The value under these settings. `None`: they do not set the switch, which a rule set that
    /// was parsed never leads to.
    #[must_use]
    pub fn under(&self, settings: &Settings) -> Option<T> {
        match self {
            Self::Fixed(value) => Some(*value),
            Self::Switch(key) => settings.get(key).and_then(T::from_word),
        }
    }
}

impl Choice<String> {
    /// The text under these settings. `None`: they do not set the switch, which a rule set that was
    /// parsed never leads to.
    #[must_use]
    pub fn text_under<'a>(&'a self, settings: &'a Settings) -> Option<&'a str> {
        match self {
            Self::Fixed(text) => Some(text),
            Self::Switch(key) => settings.get(key),
        }
    }
}

/// How switches are set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings(Vec<(String, String)>);

impl Settings {
    /// The same with one switch more.
    #[must_use]
    pub fn with(&self, key: &str, word: &str) -> Self {
        let mut values = self.0.clone();
        values.push((key.to_owned(), word.to_owned()));
        Self(values)
    }

    /// How a switch is set.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, word)| word.as_str())
    }
}

impl From<&Settings> for v1::SwitchSetting {
    fn from(settings: &Settings) -> Self {
        let value = |(name, value): &(String, String)| v1::SwitchValue {
            name: name.clone(),
            value: value.clone(),
        };
        Self { values: settings.0.iter().map(value).collect() }
    }
}
