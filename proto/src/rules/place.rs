//! Where a rule set is wrong.

use std::fmt;

/// One thing that is wrong with a rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleProblem {
    /// Line of the text, from 1. 0: no single line.
    pub line: usize,
    /// Column, in characters from 1. 0: no single place.
    pub column: usize,
    /// Path of the value: `rule.appeal-window.period.unit`.
    pub path: String,
    /// Stable code: `unknown-word`, `overlap`.
    pub code: &'static str,
    /// What is wrong, in English.
    pub what: String,
}

impl fmt::Display for RuleProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(formatter, "{}:{}: ", self.line, self.column)?;
        }
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        formatter.write_str(&self.what)
    }
}

/// Everything that is wrong with a rule set, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the rule set cannot be used:\n{}", lines(.0))]
pub struct RuleProblems(pub Vec<RuleProblem>);

fn lines(problems: &[RuleProblem]) -> String {
    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
    all.join("\n")
}

/// A text with what was found wrong in it so far.
#[derive(Debug)]
pub(super) struct Checked<'a> {
    text: &'a str,
    problems: Vec<RuleProblem>,
}

impl<'a> Checked<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, problems: Vec::new() }
    }

    /// Something is wrong at a byte of the text.
    pub(super) fn wrong(
        &mut self,
        at: Option<usize>,
        path: impl Into<String>,
        code: &'static str,
        what: impl Into<String>,
    ) {
        let (line, column) = at.map_or((0, 0), |at| place(self.text, at));
        let (path, what) = (path.into(), what.into());
        self.problems.push(RuleProblem { line, column, path, code, what });
    }

    /// Whether nothing was wrong so far.
    pub(super) fn fine(&self) -> bool {
        self.problems.is_empty()
    }

    /// Nothing, or everything that was wrong.
    pub(super) fn finish(mut self) -> Result<(), RuleProblems> {
        if self.problems.is_empty() {
            return Ok(());
        }
        self.problems.sort_by_key(|problem| (problem.line, problem.column));
        Err(RuleProblems(self.problems))
    }
}

fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}
