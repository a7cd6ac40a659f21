//! What an office files, as the arguments of `barid submit`.

use std::path::Path;

/// The election that all of the demonstration is about.
const EVENT: &str = "CoR-2025-6";

/// The rules it is decided under.
const RULE_SET: &str = "IQ-REG10-2025/1";

/// A filing to be.
pub(crate) struct Filing {
    arguments: Vec<String>,
    when: String,
}

impl Filing {
    /// A synthetic paper that a format reads.
    pub(crate) fn of(kind: &str, format: &str, path: &Path) -> Self {
        Self::new(kind, format, path, "synthetic")
    }

    /// Something published: a real register, a real judgment.
    pub(crate) fn published(kind: &str, format: &str, path: &Path) -> Self {
        Self::new(kind, format, path, "published")
    }

    fn new(kind: &str, format: &str, path: &Path, class: &str) -> Self {
        let path = path.display().to_string();
        let words = ["submit", &path, "--kind", kind, "--format", format, "--data-class", class];
        let filing = Self { arguments: words.map(str::to_owned).to_vec(), when: String::new() };
        filing.with("--election-event", EVENT).with("--rule-set", RULE_SET)
    }

    /// For these offices.
    pub(crate) fn to(self, offices: &[&str]) -> Self {
        offices.iter().fold(self, |filing, office| filing.with("--to", office))
    }

    /// In a case that is open.
    pub(crate) fn within(self, case: &str) -> Self {
        self.with("--case", case)
    }

    /// Stamped at the first office, Baghdad time: `2025-11-23T14:10`.
    pub(crate) fn stamped(mut self, at: &str) -> Self {
        at.clone_into(&mut self.when);
        self.with("--stamp-time", &format!("{at}:00+03:00"))
    }

    /// Under a number that was given on the spot.
    pub(crate) fn numbered(self, number: &str) -> Self {
        self.with("--stamp-number", number)
    }

    /// With papers in its support.
    pub(crate) fn exhibits<'p>(self, paths: impl IntoIterator<Item = &'p Path>) -> Self {
        let with =
            |filing: Self, path: &Path| filing.with("--exhibit", &path.display().to_string());
        paths.into_iter().fold(self, with)
    }

    /// As `barid` takes it.
    pub(crate) fn arguments(&self) -> Vec<&str> {
        self.arguments.iter().map(String::as_str).collect()
    }

    /// When it is stamped; empty when it is not.
    pub(crate) fn when(&self) -> &str {
        &self.when
    }

    fn with(mut self, option: &str, value: &str) -> Self {
        self.arguments.extend([option.to_owned(), value.to_owned()]);
        self
    }
}
