//! Everything that is wrong with the settings, told at once.

use std::fmt;

/// Everything that is wrong with the settings or with what they point at, one line each, beginning
/// with the setting's name.
#[derive(Debug, Default, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("\n"))
    }
}

impl Problems {
    /// Adds one.
    pub fn add(&mut self, setting: impl fmt::Display, what: impl fmt::Display) {
        self.0.push(format!("{setting}: {what}"));
    }

    /// Whether a setting, or one within it, has a problem.
    #[must_use]
    pub fn concern(&self, setting: &str) -> bool {
        self.0.iter().any(|line| line.starts_with(setting))
    }

    /// The value of a result, or one problem more.
    pub fn note<T, E: fmt::Display>(
        &mut self,
        setting: impl fmt::Display,
        result: Result<T, E>,
    ) -> Option<T> {
        result.map_err(|error| self.add(setting, error)).ok()
    }
}
