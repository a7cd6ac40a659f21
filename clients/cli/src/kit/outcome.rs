//! What a check came to.

use barid_proto::v1::FilingKind;

use super::Reason;

/// Most failures of one check that are kept. A plugin that fails everywhere fails everywhere for
/// the same few reasons.
pub(super) const FAILURES_MAX: usize = 100;

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// The library loads as in a hub.
    Loads,
    /// It describes itself by the rules, and always alike.
    Description,
    /// The documents given read as expected.
    Documents,
    /// The same request gets the same reply, from every worker.
    Deterministic,
    /// What was read, written and read again is the same.
    RoundTrips,
    /// Two damages are told as both.
    AllAtOnce,
    /// Inputs as large as allowed are answered.
    Limits,
    /// Inputs made to hurt are answered.
    Hostile,
    /// Damaged copies of good documents are answered.
    Mutations,
    /// Calls at once are answered as one alone.
    Concurrent,
    /// Whoever reads a problem can do something about it.
    Problems,
    /// It works without files, network and threads.
    Confined,
}

impl Check {
    /// All, in the order in which they run.
    pub(crate) const ALL: [Self; 12] = [
        Self::Loads,
        Self::Description,
        Self::Documents,
        Self::Deterministic,
        Self::RoundTrips,
        Self::AllAtOnce,
        Self::Limits,
        Self::Hostile,
        Self::Mutations,
        Self::Concurrent,
        Self::Problems,
        Self::Confined,
    ];

    /// Its name for scripts and reports; stable.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Loads => "loads",
            Self::Description => "description",
            Self::Documents => "documents",
            Self::Deterministic => "deterministic",
            Self::RoundTrips => "round-trips",
            Self::AllAtOnce => "all-at-once",
            Self::Limits => "limits",
            Self::Hostile => "hostile",
            Self::Mutations => "mutations",
            Self::Concurrent => "concurrent",
            Self::Problems => "problems",
            Self::Confined => "confined",
        }
    }

    /// The check of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|check| check.name() == name)
    }
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Everything was as it should be.
    Passed,
    /// Something was not.
    Failed,
    /// There was nothing to check it on.
    NotApplicable,
}

impl Verdict {
    /// All there are.
    pub(crate) const ALL: [Self; 3] = [Self::Passed, Self::Failed, Self::NotApplicable];

    /// Its name for scripts and reports; stable.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// The verdict of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// What one check found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    /// Which check.
    pub(crate) check: Check,
    /// On how many inputs it ran.
    pub(crate) cases: usize,
    /// What failed, at most [`FAILURES_MAX`].
    pub(crate) failures: Vec<Failure>,
    /// How many more failed.
    pub(crate) more: usize,
    /// What a reader should know besides.
    pub(crate) remarks: Vec<Remark>,
}

impl Outcome {
    /// Nothing found yet.
    pub(super) fn of(check: Check) -> Self {
        Self { check, cases: 0, failures: Vec::new(), more: 0, remarks: Vec::new() }
    }

    /// Adds a failure.
    pub(super) fn fail(&mut self, failure: Failure) {
        if self.failures.len() < FAILURES_MAX {
            self.failures.push(failure);
        } else {
            self.more += 1;
        }
    }

    /// How it ended.
    pub(crate) fn verdict(&self) -> Verdict {
        match (self.failures.is_empty(), self.cases) {
            (false, _) => Verdict::Failed,
            (true, 0) => Verdict::NotApplicable,
            (true, _) => Verdict::Passed,
        }
    }
}

/// What a reader should know of a check besides its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Remark {
    /// The formats that it describes.
    Formats(Vec<String>),
    /// This many documents have content, of this many.
    WithContent(usize, usize),
    /// This many documents are of formats that only read.
    ReadOnly(usize),
    /// This many documents lost what their format, as it said, cannot express.
    Lossy(usize),
    /// This many documents have fewer than two places whose damage is noticed.
    Unnoticed(usize),
    /// Requests had this many bytes.
    FullRequests(usize),
    /// Problems of these codes have no remedy.
    NoRemedy(Vec<String>),
    /// What keeps it in here; the host's sentence.
    Confinement(String),
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    /// The document, or the name of the input that the kit made. Empty: the library as such.
    pub(crate) paper: String,
    /// The format that was asked. Empty: none.
    pub(crate) format: String,
    /// The kind of filing that was asked for.
    pub(crate) kind: FilingKind,
    /// Why it failed.
    pub(crate) reason: Reason,
}

impl Failure {
    /// A failure of the library as such.
    pub(super) fn of_library(reason: Reason) -> Self {
        let (paper, format) = (String::new(), String::new());
        Self { paper, format, kind: FilingKind::Unspecified, reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_what_they_name() {
        for check in Check::ALL {
            assert_eq!(Check::named(check.name()), Some(check));
        }
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::named(verdict.name()), Some(verdict));
        }
        assert_eq!(Check::named("beauty"), None);
    }

    #[test]
    fn failures_are_bounded_and_counted() {
        let mut outcome = Outcome::of(Check::Hostile);
        assert_eq!(outcome.verdict(), Verdict::NotApplicable);
        outcome.cases = 200;
        assert_eq!(outcome.verdict(), Verdict::Passed);
        (0..200).for_each(|_| outcome.fail(Failure::of_library(Reason::NothingAnswered)));
        assert_eq!((outcome.failures.len(), outcome.more), (FAILURES_MAX, 100));
        assert_eq!(outcome.verdict(), Verdict::Failed);
    }
}
